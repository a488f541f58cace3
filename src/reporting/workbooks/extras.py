"""What lies on the sheets of a workbook besides their cells: boxes, pictures, files, comments.

Nothing of it is read as an answer, but all of it is named: people write corrections into text
boxes, and answers into comments.
"""

import re
import zipfile
from pathlib import PurePosixPath
from xml.parsers import expat

from reporting.workbooks.cells import BookRefused, Extra, address, split_address
from reporting.workbooks.parts import (
    MAX_COLUMNS,
    MAX_PART,
    MAX_ROW,
    Budget,
    Plain,
    parse_part,
    read_relations,
)

_MOST = 200
"""Things that are listed one by one; the rest is counted."""
_MOST_TEXT = 4_000
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
_ASIDE = frozenset({"Fallback", "rPh"})
_PLACEHOLDER = "tc="
"""How the author of a comment begins that only stands for a thread."""
_VML_SHAPE = re.compile(rb"<v:(?:shape|rect|oval|roundrect|line)\b")
_VML_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_VML_BOX = re.compile(rb"<v:textbox\b[^>]*>")
_TAG = re.compile(rb"<[^>]*>")


class Extras:
    """Collects what lies on the sheets of one workbook.

    A damaged part is named and costs nothing else.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._budget = Budget()
        self._listed: list[Extra] = []
        self._beyond = 0
        self._pictures = 0
        self._read: set[str] = set()

    @property
    def found(self) -> tuple[Extra, ...]:
        """What was found, and how many things more there are."""
        media = sum("/media/" in name for name in self._names)
        rest = [Extra("picture", text=f"{media}张")] if media and not self._pictures else []
        more = [Extra("more", text=str(self._beyond))] if self._beyond else []
        return (*self._listed, *rest, *more)

    def read_sheet(self, name: str, part: str, pictures: list[str]) -> None:
        """Read what belongs to a sheet; ``pictures`` are its cells that hold one."""
        for cell in pictures:
            self._add(Extra("cell picture", name, cell))
        threads: dict[str, str] = {}
        comments: list[Extra] = []
        for kind, target in read_relations(self._archive, part, self._names).values():
            if target not in self._names or target in self._read:
                continue
            self._read.add(target)
            try:
                self._read_target(kind.rpartition("/")[2], target, name, threads, comments)
            except (BookRefused, expat.ExpatError, ValueError, UnicodeError):
                self._add(Extra("unread", name, text=PurePosixPath(target).name))
        for comment in comments:
            if not (comment.author.startswith(_PLACEHOLDER) and comment.cell in threads):
                self._add(comment)
        for cell, text in threads.items():
            self._add(Extra("comment", name, cell, text))

    def _read_target(
        self, kind: str, target: str, sheet: str, threads: dict[str, str], comments: list[Extra]
    ) -> None:
        if kind == "drawing":
            drawing = _Drawing(sheet)
            parse_part(self._archive, target, drawing, self._budget)
            for extra in drawing.found:
                self._add(extra)
        elif kind == "comments":
            listed = _Comments(sheet)
            parse_part(self._archive, target, listed, self._budget)
            comments += listed.found
        elif kind == "threadedComment":
            parse_part(self._archive, target, _Threads(threads), self._budget)
        elif kind in ("oleObject", "package"):
            self._add(Extra("attachment", sheet, text=PurePosixPath(target).name))
        elif kind == "vmlDrawing":
            for text in self._vml_boxes(target):
                self._add(Extra("text", sheet, text=text))

    def _vml_boxes(self, target: str) -> list[str]:
        """Return the texts of old boxes; their part is not always sound XML."""
        if self._archive.getinfo(target).file_size > MAX_PART:
            raise BookRefused("RET-FILE-HUGE", target)
        shapes = _VML_SHAPE.split(self._archive.read(target))[1:]
        texts = []
        for shape in shapes:
            box = _VML_BOX.search(shape)
            if box is None or _VML_NOTE.search(shape):
                continue
            inside = shape[box.end() :].partition(b"</v:textbox>")[0]
            texts.append(" ".join(_TAG.sub(b" ", inside).decode("utf-8", "replace").split()))
        return [text[:_MOST_TEXT] for text in texts if text]

    def _add(self, extra: Extra) -> None:
        if extra.kind in ("picture", "cell picture"):
            self._pictures += 1
        if len(self._listed) < _MOST:
            self._listed.append(extra)
        else:
            self._beyond += 1


class _Text(Plain):
    """Gathers the texts of a part up to a length, what repeats or spells them out left aside."""

    words_in = frozenset({"t"})

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._length = 0
        self._reading = False
        self._aside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _ASIDE:
            self._aside += 1
        elif not self._aside:
            self._reading = tag in self.words_in
            self.begin(tag, attributes)

    def end(self, tag: str) -> None:
        self._reading = False
        if tag in _ASIDE:
            self._aside -= 1
        elif not self._aside:
            self.finish(tag)

    def text(self, data: str) -> None:
        if self._reading and self._length < _MOST_TEXT:
            self._words.append(data)
            self._length += len(data)

    def taken(self) -> str:
        """Return what was gathered, and begin anew."""
        text = "".join(self._words).strip()[:_MOST_TEXT]
        self._words, self._length = [], 0
        return text

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Answer a tag."""

    def finish(self, tag: str) -> None:
        """Answer the end of a tag."""


def _address_in(attributes: dict[str, str]) -> str:
    """Return the address that a comment is for; empty where a sheet has no such cell."""
    try:
        row, column = split_address(attributes.get("ref", ""))
    except ValueError:
        return ""
    return address(row, column) if row <= MAX_ROW and column <= MAX_COLUMNS else ""


class _Drawing(_Text):
    """The anchored things of a drawing: one each, with its words, else its name."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.found: list[Extra] = []
        self._sheet = sheet
        self._inside = False
        self._kinds: set[str] = set()
        self._name = self._counted = ""
        self._place: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _ANCHORS:
            self.taken()
            self._inside, self._kinds, self._name, self._place = True, set(), "", {}
        elif tag in ("pic", "sp", "graphicFrame", "cxnSp", "oleObj", "contentPart"):
            self._kinds.add(tag)
        elif tag == "cNvPr" and not self._name:
            self._name = attributes.get("descr") or attributes.get("name", "")
        elif tag in ("col", "row"):
            self._counted = tag

    def text(self, data: str) -> None:
        if self._counted:
            # The first corner is where the thing stands.
            self._place.setdefault(self._counted, "")
            if len(self._place[self._counted]) < 8:
                self._place[self._counted] += data
            return
        super().text(data)

    def finish(self, tag: str) -> None:
        if tag == "p" and self._length < _MOST_TEXT:
            self._words.append("\n")
        elif tag in ("col", "row"):
            self._counted = ""
        elif tag == "from":
            self._place = {f"first {name}": value for name, value in self._place.items()}
        elif tag in _ANCHORS and self._inside:
            self._inside = False
            self._keep(self.taken())

    def _keep(self, words: str) -> None:
        kind = "text" if words else "picture" if "pic" in self._kinds else "shape"
        self.found.append(Extra(kind, self._sheet, self._cell(), words or self._name[:200]))

    def _cell(self) -> str:
        row, column = (self._place.get(f"first {name}", "").strip() for name in ("row", "col"))
        if not (row.isdecimal() and column.isdecimal()):
            return ""
        within = int(column) < MAX_COLUMNS and int(row) < MAX_ROW
        return address(int(row) + 1, int(column) + 1) if within else ""


class _Comments(_Text):
    """Comments with who wrote them."""

    words_in = frozenset({"t", "author"})

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.found: list[Extra] = []
        self._sheet = sheet
        self._authors: list[str] = []
        self._cell, self._author = "", ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "comment":
            self.taken()
            number = attributes.get("authorId", "")
            known = number.isdecimal() and int(number) < len(self._authors)
            self._author = self._authors[int(number)] if known else ""
            self._cell = _address_in(attributes)

    def finish(self, tag: str) -> None:
        if tag == "author":
            self._authors.append(self.taken())
        elif tag == "comment" and (text := self.taken()):
            self.found.append(Extra("comment", self._sheet, self._cell, text, self._author))


class _Threads(_Text):
    """Comments that are answered one below the other, joined by cell."""

    words_in = frozenset({"text"})

    def __init__(self, threads: dict[str, str]) -> None:
        super().__init__()
        self._threads = threads
        self._cell = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "threadedComment":
            self.taken()
            self._cell = _address_in(attributes)

    def finish(self, tag: str) -> None:
        if tag == "threadedComment" and (text := self.taken()):
            before = self._threads.get(self._cell, "")
            self._threads[self._cell] = f"{before}\n{text}".strip()[:_MOST_TEXT]
