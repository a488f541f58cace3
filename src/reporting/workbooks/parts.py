"""The parts of a workbook's package: read one by one, each within what is left of a budget."""

import posixpath
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from reporting.workbooks.cells import BookRefused

MAX_PART = 24 * 2**20
"""Bytes of one part that must be held whole: shared strings, styles, relationships."""
MAX_CELLS = 100_000
MAX_ELEMENTS = 3_000_000
MAX_LETTERS = 10_000_000
"""Limits of a whole workbook: many sheets, each within bounds, would multiply the work.

A text that many cells share counts in each of them: whoever writes the cells out writes it so
often.
"""
MAX_ROW = 1_048_576
MAX_COLUMNS = 16_384
MAX_PARTS = 10_000
MAX_TOKEN = 4 * 2**20
MAX_DEPTH = 100
MAX_NAMES = 5_000
"""Names of elements and attributes: the parser keeps each for as long as it reads."""
_CHUNK = 2**18


class Budget:
    """What may still be read of one workbook."""

    def __init__(self) -> None:
        self.cells = MAX_CELLS
        self.letters = MAX_LETTERS
        self.hidden_columns = MAX_COLUMNS
        self.events = 2 * MAX_ELEMENTS

    def take_cell(self, letters: int) -> None:
        """Take a filled cell with so many letters."""
        self.cells -= 1
        if self.cells < 0:
            raise BookRefused("RET-FILE-HUGE", f"有内容的单元格超过 {MAX_CELLS} 个")
        self.letters -= letters
        if self.letters < 0:
            raise BookRefused("RET-FILE-HUGE", f"各单元格的文字合计超过 {MAX_LETTERS} 字")

    def take_event(self) -> None:
        """Take the start or the end of an element."""
        self.events -= 1
        if self.events < 0:
            raise BookRefused("RET-FILE-HUGE", f"内容超过 {MAX_ELEMENTS} 个元素")


Relations = dict[str, tuple[str, str]]


def read_relations(archive: zipfile.ZipFile, part: str, names: set[str]) -> Relations:
    """Return type and target part by relationship id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if path in names:

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                target = attributes.get("Target", "")
                target = target.lstrip("/") if target[:1] == "/" else posixpath.join(folder, target)
                found[attributes.get("Id", "")] = (
                    attributes.get("Type", ""),
                    posixpath.normpath(target),
                )
                if len(found) > MAX_PARTS:
                    raise BookRefused("RET-FILE-HUGE", "部件之间的关系过多")

        parse_part(archive, path, Plain(start))
    return found


class Plain:
    """The handlers of one part; a subclass answers those it needs."""

    def __init__(self, start: Callable[[str, dict[str, str]], None] | None = None) -> None:
        self._start = start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Answer the start of an element."""
        if self._start:
            self._start(tag, attributes)

    def end(self, tag: str) -> None:
        """Answer the end of an element."""

    def text(self, data: str) -> None:
        """Answer a piece of text."""


def parse_part(
    archive: zipfile.ZipFile, part: str, handlers: Plain, budget: Budget | None = None
) -> None:
    """Read a part that is held whole, its own size bounded too."""
    size = archive.getinfo(part).file_size
    if size > MAX_PART:
        raise BookRefused("RET-FILE-HUGE", f"部件 {Path(part).name} 解压后 {size // 2**20} MB")
    parse_stream(archive, part, handlers, budget or Budget())


def parse_stream(archive: zipfile.ZipFile, part: str, handlers: Plain, budget: Budget) -> None:
    """Read a part piece by piece, as far as a budget allows."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names: dict[str, str] = {}
    attributed: set[str] = set()
    depth = 0

    def known(tag: str) -> str:
        budget.take_event()
        if tag not in names:
            names[tag] = local_name(tag)
        return names[tag]

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        attributed.update(attributes)
        if depth > MAX_DEPTH:
            raise BookRefused("RET-FILE-DAMAGED", f"XML 嵌套超过 {MAX_DEPTH} 层")
        if len(names) + len(attributed) > MAX_NAMES:
            raise BookRefused("RET-FILE-DAMAGED", "XML 中的标记名过多")
        handlers.start(known(tag), attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handlers.end(known(tag))

    def refuse(*_: Any) -> None:
        raise BookRefused("RET-FILE-DAMAGED", "XML 中含有文档类型声明")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = refuse
    with archive.open(part) as stream:
        given = 0
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            given += len(chunk)
            if given - parser.CurrentByteIndex > MAX_TOKEN:
                raise BookRefused("RET-FILE-HUGE", "内容中有过长的标记")
    parser.Parse(b"", True)


def local_name(name: str) -> str:
    """Return a name without the prefix of its namespace."""
    return name.rpartition(":")[2]
