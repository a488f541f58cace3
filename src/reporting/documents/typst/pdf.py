"""The PDF: Typst, in process, with the page of GB/T 9704-2012."""

import json
import os
import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

import typst

from reporting.documents.assets import PACKAGED, TEMPLATES, Templates
from reporting.documents.blocks import (
    BLOCKS,
    Block,
    Card,
    Cover,
    Fields,
    Figure,
    Page,
    Paragraph,
    Table,
)
from reporting.documents.document import Document, read_document, words
from reporting.documents.fonts.chosen import (
    ROLES,
    SANS,
    Face,
    FontChoice,
    choose_fonts,
    font_folders,
    release_memory,
    shared_compiler,
    shared_fonts,
)
from reporting.documents.layout.pictures import as_svg
from reporting.documents.layout.sections import LANDSCAPE_PT, PORTRAIT_PT, Section, sections
from reporting.documents.layout.widths import balanced, column_widths, row_lines
from reporting.documents.overriding.paper import expect_pages, typst_fault
from reporting.documents.palette import MASTHEAD_RED
from reporting.documents.typst.heights import (
    is_kept,
    is_row_kept,
    is_table_kept,
    is_tall,
    leading_fields,
    leads,
    lone_ends,
    room_for_first,
    row_groups,
)
from reporting.documents.typst.links import PLACES, anchors_of, led
from reporting.errors import PublishError
from reporting.grades import USUAL
from reporting.system.fonts import drawable, missing_glyphs

NAME = "report.typ"
TEMPLATE = TEMPLATES / NAME
TABLE_SIZE_PT = 10.5
_REMEMBERED_CHARACTERS = 400_000
REMEMBERED = "REPORTING_PDF_MEMORY"
"""Variable with another number of characters, for who sets the same documents again and again."""
_FORGOTTEN_AFTER = 10
WIDE_TABLE_SIZE_PT = 9
"""Size of dense tables, and of those on turned pages, which hold the whole year's tasks."""

PAGE_TABLE_SIZE_PT = 9
"""Size of the tables that share a page of their own."""

_LINES_KEPT, _WIDE_LINES_KEPT = 8, 5
"""A row of no more lines than this is not broken over pages."""


def render_pdf(notebook: Mapping[str, Any], *, fonts: Mapping[str, Any] | None = None) -> bytes:
    """Render an executed notebook as a tagged PDF (PDF/UA-1).

    Parameters
    ----------
    fonts : mapping, optional
        ``params.fonts``; see `reporting.documents.fonts.chosen.choose_fonts`.

    Raises
    ------
    PublishError
        Typst refused the document; the text says what it said.
    """
    return render_document(read_document(notebook), choose_fonts(fonts))


def unprintable(notebook: Mapping[str, Any], choice: FontChoice) -> frozenset[str]:
    """Find the characters of a report that no chosen font has.

    In the PDF they are printed as code points (``〔U+1F600〕``), never as empty boxes.
    """
    return _missing(read_document(notebook), choice)


def _missing(document: Document, choice: FontChoice) -> frozenset[str]:
    return missing_glyphs(words(document.blocks), choice.printing)


def render_document(
    document: Document, choice: FontChoice, templates: Templates = PACKAGED
) -> bytes:
    """Set a document in the chosen fonts.

    Raises
    ------
    TemplateFault
        The project's own template fails, or leaves out what every page has to say.
    """
    data, own = typst_data(document, choice), templates.own_text(NAME)
    if own is None:
        return _with_links(data, document, choice)
    # A project's own template may be one of before data were files, and has them as an input.
    content = json.dumps(data, ensure_ascii=False)
    try:
        pdf = _set(own.encode(), document, choice, size=len(content), document_input=content)
    except typst.TypstError as error:
        raise typst_fault(error) from error
    named = [drawable(word, choice.printing) for word in _named(document)]
    expect_pages(own, content, named, font_folders(choice), is_sample=document.is_sample)
    return pdf


def _with_links(data: dict[str, Any], document: Document, choice: FontChoice) -> bytes:
    """Set a document, and its links the quick way if the file is written as we know it."""
    anchors = anchors_of(data["sections"])
    for content in ([data | {"places": anchors}] if anchors else []) + [data]:
        # Data in a file: Typst knows what it has set before, and an input would change all of it.
        text = json.dumps(content, ensure_ascii=False)
        source: Any = {"main.typ": TEMPLATE.read_bytes(), "document.json": text.encode()}
        try:
            pdf = _set(source, document, choice, size=len(text))
        except typst.TypstError as error:
            raise PublishError(f"PDF 排版失败：{error.message}") from error
        if content is data:
            break
        fonts = shared_fonts(font_folders(choice))
        places = typst.query(source, PLACES, "value", one=True, root=TEMPLATES, font_paths=fonts)
        if (linked := led(pdf, places)) is not None:
            return linked
    return pdf


def _set(
    source: Any, document: Document, choice: FontChoice, *, size: int, document_input: str = ""
) -> bytes:
    """Have Typst set a document of so many characters."""
    compiler = shared_compiler(font_folders(choice))
    _MEMORY.make_room(compiler)
    # Without a date of its own a document has a fixed one: same inputs, same bytes.
    day = document.publish_date or date(2000, 1, 1)
    pdf, remarks = compiler.compile_with_warnings(
        source,
        format="pdf",
        sys_inputs={"document": document_input} if document_input else {},
        pdf_standards=["ua-1"],
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    for remark in remarks:
        warnings.warn(f"Typst: {remark.message}", stacklevel=2)
    assert isinstance(pdf, bytes)
    _MEMORY.note(size)
    return pdf


def _named(document: Document) -> tuple[str, ...]:
    """Name whom a report is about, and the quarter."""
    cover = next((block for block in document.blocks if isinstance(block, Cover)), None)
    return (cover.subject_name, cover.period_label) if cover else ()


class _Memory:
    """Keeps what Typst remembers of the documents it has set from growing with their size.

    It forgets a document once it has set ten others, and an empty one is one of them.
    """

    def __init__(self) -> None:
        self._last: deque[int] = deque(maxlen=_FORGOTTEN_AFTER)

    def note(self, characters: int) -> None:
        """Take note of a document that was set."""
        self._last.append(characters)

    def make_room(self, compiler: typst.Compiler) -> None:
        """Let go of the oldest documents while all that are remembered are too much.

        It is done before a document and not after one, for there may be none to come.
        """
        most = int(os.environ.get(REMEMBERED, _REMEMBERED_CHARACTERS))
        if sum(self._last) <= most:
            return
        while sum(self._last) > most:
            compiler.compile(b"")
            self.note(0)
        release_memory()


_MEMORY = _Memory()


def typst_data(document: Document, choice: FontChoice) -> dict[str, Any]:
    """Give what ``report.typ`` sets: texts, pictures, widths and faces, as JSON values."""
    cover = next((block for block in document.blocks if isinstance(block, Cover)), None)
    lacking = missing_glyphs(words(document.blocks), choice.printing[:2])
    last = choice.last if lacking else ()
    content = {
        "title": document.title,
        "headline": "\n".join(cover.headline_lines) if cover else document.title,
        "running": document.running_head,
        "issuer": cover.issuing_office if cover else "",
        "date": _day(document),
        "sample": document.is_sample,
        "seal": cover.seal_text if cover else "",
        "bare-first": bool(cover and cover.full_page),
        "red": MASTHEAD_RED,
        "sans": [*Face(family=SANS).families, *last],
        "fonts": {role: _face(getattr(choice, role), last) for role in ROLES},
        "grades": {grade.word: grade.style.model_dump() for grade in USUAL.values()},
        "sections": [_section(section) for section in sections(document.blocks)],
    }
    return _printable(content, choice) if lacking else content


def _face(face: Face, last: Sequence[str]) -> dict[str, Any]:
    return {"family": [*face.families, *last], "weight": face.weight, "stroke": face.stroke}


def _day(document: Document) -> list[int] | None:
    day = document.publish_date
    return [day.year, day.month, day.day] if day else None


def _printable(content: Any, choice: FontChoice) -> Any:
    """Replace in every text what the fonts cannot print."""
    if isinstance(content, str):
        return drawable(content, choice.printing)
    if isinstance(content, dict):
        return {key: _printable(value, choice) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_printable(item, choice) for item in content]
    return content


def _section(section: Section) -> dict[str, Any]:
    tables = _Tables(LANDSCAPE_PT if section.landscape else PORTRAIT_PT)
    blocks = [_block(block, tables) for block in section.blocks]
    for data, (block, following) in zip(blocks, pairwise(section.blocks), strict=False):
        # What leads to a table stands with it: a heading and a line alone end no page.
        if isinstance(block, Paragraph) and isinstance(following, Table):
            laid = tables.lay_out(following)
            data["leads"] = leads(block, laid.lines, laid.size)
    return {"landscape": section.landscape, "blocks": _with_notices_on_cover(blocks)}


def _with_notices_on_cover(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move what is noted right behind a cover that has a page of its own onto that page."""
    placed: list[dict[str, Any]] = []
    for block in blocks:
        if block["kind"] == "notice" and placed and placed[-1].get("full_page"):
            placed[-1]["notices"].append(block)
        else:
            placed.append(block)
    return placed


def _block(block: Block, tables: "_Tables") -> dict[str, Any]:
    data: dict[str, Any] = BLOCKS.dump_python((block,), mode="json")[0]
    match block:
        case Table():
            _set_table(data, block, tables.lay_out(block))
        case Figure():
            data["svg"] = as_svg(block)
            data["tall"] = is_tall(block)
            del data["data"]
        case Fields():
            data["lead"] = leading_fields(block)
            for row, shown in zip(block.rows, data["rows"], strict=True):
                shown["kept"] = is_row_kept(row)
        case Cover():
            data.update(date_text=block.date_text, seal_text=block.seal_text, notices=[])
        case Card():
            data["blocks"] = [_block(inner, tables) for inner in block.blocks]
            data["kept"] = is_kept(block)
        case Page():
            # What stands on a page of its own has smaller tables than elsewhere.
            small = _Tables(tables.width, PAGE_TABLE_SIZE_PT)
            data["blocks"] = [_block(inner, small) for inner in block.blocks]
    return data


class _Laid(NamedTuple):
    """A table's size of text, the widths of its columns in points, and the lines of its rows."""

    size: float
    widths: list[float]
    lines: list[int]


class _Tables:
    """Lays out the tables of a section, each once: trying widths takes as long as setting some.

    ``size`` is that of their text; 0 for each its own.
    """

    def __init__(self, width: float, size: float = 0) -> None:
        self.width = width
        self._size = size
        # The table is kept beside its number, which would be another's when it is gone.
        self._laid: dict[int, tuple[Table, _Laid]] = {}

    def lay_out(self, table: Table) -> _Laid:
        """Give the measures of a table."""
        if id(table) not in self._laid:
            self._laid[id(table)] = table, self._lay_out(table)
        return self._laid[id(table)][1]

    def _lay_out(self, table: Table) -> _Laid:
        small = table.landscape or table.dense
        size = self._size or (WIDE_TABLE_SIZE_PT if small else TABLE_SIZE_PT)
        widths = column_widths(table, self.width, size)
        return _Laid(size, widths, [row_lines(row, _ems(widths, size)) for row in table.rows])


def _set_table(data: dict[str, Any], table: Table, laid: _Laid) -> None:
    """Add size and widths, break long labels, and tell which rows stay on one page."""
    size, widths, lines = laid
    data.update(size=size, widths=widths)
    for column, given, room in zip(data["columns"], table.columns, _ems(widths, size), strict=True):
        column["label"] = balanced(given.label, room)
    groups = row_groups(lines, size, turned=table.landscape)
    lone = lone_ends(lines, groups)
    most = _WIDE_LINES_KEPT if table.landscape else _LINES_KEPT
    for number, (row, count) in enumerate(zip(data["rows"], lines, strict=True)):
        row["kept"] = count <= most and number not in lone.values()
    data["kept"] = is_table_kept(lines, size)
    data["groups"] = groups
    head = max(column["label"].count("\n") + 1 for column in data["columns"])
    data["room"] = room_for_first(head, lines[0], size) if 0 in lone else 0
    data["pushed"] = lone.get(len(lines) - 1)


def _ems(widths: Sequence[float], size: float) -> list[float]:
    # The padding of a cell is not the text's.
    return [(points - 8) / size for points in widths]
