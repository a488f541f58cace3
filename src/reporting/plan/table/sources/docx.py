"""Word documents: the tables of a docx file as they stand in its XML.

python-docx is not used for reading: it repeats a merged cell for each place it covers without
saying so, skips rows inside content controls and shows deleted text, and it puts no bound on
what a document unpacks to.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reporting.errors import InputRefused
from reporting.language.runs import GONE, Run, RunKind, merged
from reporting.plan.table.grid import Grid, GridCell, GridRow, LooseLine, Source, marked

MAX_PART = 64 * 2**20
MAX_PARTS = 10_000
MAX_CELLS = 200_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SILENT = frozenset({"Fallback", "instrText", "delInstrText", "pPr", "rPr", "tblPr"})
_TRACKED = {
    "del": RunKind.DELETED, "moveFrom": RunKind.DELETED,
    "ins": RunKind.INSERTED, "moveTo": RunKind.INSERTED,
}  # fmt: skip
_ALIGNED = {"superscript": RunKind.RAISED, "subscript": RunKind.LOWERED}
_NOTE_STYLES = ("FootnoteReference", "EndnoteReference")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class _Tc:
    """A cell of the XML: where it starts on the table's own grid, and what it continues."""

    start: int
    span: int
    text: str
    above: bool
    runs: tuple[Run, ...] = ()

    def cell(self, line: int, *, left: bool = False) -> GridCell:
        """Return the cell of the grid."""
        return GridCell(self.text, line, above=self.above, left=left, runs=self.runs)


@dataclass
class _Tr:
    """A row of the XML; ``open`` tells that it leaves places after its last cell."""

    line: int
    cells: list[_Tc]
    end: int


def read_docx(data: bytes, name: str) -> Source:
    """Read the tables and paragraphs of a document in order.

    Raises
    ------
    InputRefused
        The file is damaged, protected or beyond the limits of reading.
    """
    body, notes = _body(data, name)
    loose: list[LooseLine] = []
    grids: list[Grid] = []
    usual: list[int] = []
    last: dict[int, str] = {}
    above: LooseLine | None = None
    line = 0
    for element in _blocks(body):
        if _local(element) == "p":
            text, runs = marked(_runs(element))
            if text.strip() or runs:
                above = LooseLine(None, text, after=bool(grids), runs=runs)
                loose.append(above)
            continue
        rows = _rows(element, line)
        line += len(rows)
        if sum(len(row.cells) for row in rows) > MAX_CELLS:
            raise InputRefused(f"{name}：表格应在 {MAX_CELLS} 格以内，实际更多，未读取。")
        if not _fits(rows, usual):
            usual, last = _usual(rows), {}
        grid, hidden = _grid(rows, usual, last)
        grids.append(replace(grid, above=above))
        above = None
        loose.extend(hidden)
    for note in notes:
        text, runs = marked(_runs(note))
        if text.strip() or runs:
            loose.append(LooseLine(None, text.strip(), after=True, runs=runs))
    return Source(name, tuple(grids), tuple(loose))


def _body(data: bytes, name: str) -> tuple[etree._Element, list[etree._Element]]:
    """Return the body of a document, and its footnotes and endnotes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.namelist()) > MAX_PARTS:
                raise InputRefused(f"{name}：应为 Word 文档，实为有过多部件的压缩包，未读取。")
            content = _part(archive, "word/document.xml")
            below = [_part(archive, part) for part in _NOTES if part in archive.namelist()]
    except KeyError:
        raise InputRefused(f"{name}：应为 Word 文档，实际不含正文，未读取。") from None
    except RuntimeError:  # zipfile asks for a password
        raise InputRefused(f"{name}：应为未加密的 Word 文档，实际已加密，未读取。") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise InputRefused(f"{name}：应为完整的 Word 文档，实际已损坏，未读取。") from None
    body = next((child for child in _parsed(content, name) if _local(child) == "body"), None)
    if body is None:
        raise InputRefused(f"{name}：应为 Word 文档，实际不含正文，未读取。")
    notes = [note for part in below for note in _parsed(part, name)]
    return body, [note for note in notes if _local(note) in ("footnote", "endnote")]


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(MAX_PART + 1)


def _parsed(content: bytes, name: str) -> etree._Element:
    if len(content) > MAX_PART:
        raise InputRefused(f"{name}：正文解压后应在 {MAX_PART // 2**20} MB 以内，实际更大。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise InputRefused(f"{name}：应为完整的 Word 文档，实际正文已损坏，未读取。") from None
    if tree.getroottree().docinfo.internalDTD is not None:
        raise InputRefused(f"{name}：Word 文档的正文不应含有文档类型声明，未读取。")
    return tree


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _get(element: etree._Element, attribute: str) -> str | None:
    return element.get(_W + attribute, element.get(_STRICT + attribute))


def _child(element: etree._Element, *path: str) -> etree._Element | None:
    here: etree._Element | None = element
    for tag in path:
        here = next((c for c in here if _local(c) == tag), None) if here is not None else None
    return here


def _wrapped(element: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """Yield children of those tags, also inside content controls and insertions."""
    for child in element:
        tag = _local(child)
        if tag in wanted:
            yield child
        elif tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            yield from _wrapped(child, *wanted)


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order; a table of one cell only frames what it holds."""
    for block in _wrapped(body, "p", "tbl"):
        cells = [cell for row in _wrapped(block, "tr") for cell in _wrapped(row, "tc")]
        if _local(block) == "tbl" and len(cells) == 1 and [*_wrapped(cells[0], "tbl")]:
            yield from _blocks(cells[0])
        else:
            yield block


def _runs(element: etree._Element, kind: RunKind = RunKind.PLAIN) -> tuple[Run, ...]:
    """Return the text in runs: paragraphs apart, field codes left out.

    ``kind`` is that of what stands around it: a row deleted with track changes.
    """
    parts: list[Run] = []

    def walk(node: etree._Element, kind: RunKind) -> None:
        tag = _local(node)
        if tag in _SILENT:
            return
        kind = _TRACKED.get(tag, kind)
        if tag == "r":
            kind = _run_kind(node, kind)
        elif tag in ("t", "delText"):
            parts.append(Run(node.text or "", kind))
        elif tag in _MARKS:
            parts.append(Run(_MARKS[tag], kind))
        elif tag == "p" and parts:
            parts.append(Run("\n"))
        for child in node:
            walk(child, kind)

    walk(element, kind)
    return merged(parts)


def _run_kind(run: etree._Element, kind: RunKind) -> RunKind:
    """Tell how a run is set; what is gone stays gone, however it is set."""
    properties = _child(run, "rPr")
    if properties is None or kind in GONE:
        return kind
    for child in properties:
        tag, value = _local(child), _get(child, "val")
        on = value not in ("0", "false", "off", "none")
        if tag in ("strike", "dstrike") and on:
            return RunKind.STRUCK
        if tag == "vanish" and on:
            return RunKind.HIDDEN
        if tag == "vertAlign":
            kind = _ALIGNED.get(value or "", kind)
        if tag == "rStyle" and (value or "").startswith(_NOTE_STYLES):
            kind = RunKind.RAISED
    return kind


def _number(element: etree._Element | None, default: int) -> int:
    value = _get(element, "val") if element is not None else None
    return min(int(value), 200) if value and value.isascii() and value.isdigit() else default


def _rows(table: etree._Element, before: int) -> list[_Tr]:
    rows = []
    for at, row in enumerate(_wrapped(table, "tr"), 1):
        # The reader of the final text sees nothing of a tracked deletion, merged cells neither.
        kind = _row_kind(row)
        start = _number(_child(row, "trPr", "gridBefore"), 0)
        cells = [_Tc(0, start, "", False)] if start else []
        for cell in _wrapped(row, "tc"):
            span = max(1, _number(_child(cell, "tcPr", "gridSpan"), 1))
            merge = _child(cell, "tcPr", "vMerge")
            above = merge is not None and _get(merge, "val") != "restart"
            text, runs = marked(_runs(cell, kind))
            cells.append(_Tc(start, span, text, above, runs))
            start += span
        after = _number(_child(row, "trPr", "gridAfter"), 0)
        if after:
            cells.append(_Tc(start, after, "", False))
        rows.append(_Tr(before + at, cells, start + after))
    return rows


def _row_kind(row: etree._Element) -> RunKind:
    if _child(row, "trPr", "del") is not None:
        return RunKind.DELETED
    hidden = _child(row, "trPr", "hidden")
    shown = hidden is None or _get(hidden, "val") in ("0", "false", "off")
    return RunKind.PLAIN if shown else RunKind.HIDDEN


def _fits(rows: Sequence[_Tr], usual: Sequence[int]) -> bool:
    """Tell whether a table goes on with the columns of the one before it.

    Below a page break its few rows may all have merged cells; those of one cell more, or
    beyond the others, are a table of its own.
    """
    if not usual or not rows:
        return False
    starts = {cell.start for row in rows for cell in row.cells}
    ends = {row.end for row in rows}
    return starts <= set(usual) and len(starts) > len(usual) // 2 and min(ends) > usual[-1]


def _grid(
    rows: Sequence[_Tr], usual: Sequence[int], last: dict[int, str]
) -> tuple[Grid, list[LooseLine]]:
    """Bring rows to common columns: those of the rows with the usual number of cells.

    Word's own grid is finer than what a reader sees: a border moved by a hair in one row
    gives every row one more column to span. ``last`` holds the texts that merged cells go on
    with, across a page break too.
    """
    hidden: list[LooseLine] = []
    made: list[GridRow] = []
    for row in rows:
        cells = list(_placed(row, usual))
        for at, cell in enumerate(cells):
            if cell.above and cell.text.strip() and not cell.left:
                # Word shows nothing of what stands in a continued cell.
                hidden.append(LooseLine(row.line, cell.text, after=True))
            if cell.above and at in last:
                cells[at] = replace(cell, text=last[at])
            elif cell.above:
                cells[at] = replace(cell, above=False)
            else:
                last[at] = cell.text
        if cells:
            made.append(GridRow(tuple(cells)))
    return Grid(tuple(made)), hidden


def _usual(rows: Sequence[_Tr]) -> list[int]:
    """Return where the cells start in the rows of the usual kind."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not counts:
        return [0]
    most = max(counts.values())
    width = max(count for count, times in counts.items() if 2 * times >= most)
    return [cell.start for cell in next(r for r in rows if len(r.cells) == width).cells]


def _placed(row: _Tr, usual: Sequence[int]) -> Iterator[GridCell]:
    if len(row.cells) > len(usual) and len(_within(row, usual)) == len(usual):
        # A cell of the others is divided here: its parts are one cell's text.
        for parts in _within(row, usual).values():
            text = "\n".join(part.text for part in parts if part.text.strip())
            runs = tuple(run for part in parts for run in part.runs)
            yield GridCell(text, row.line, above=all(part.above for part in parts), runs=runs)
        return
    if len(row.cells) >= len(usual):
        yield from (cell.cell(row.line) for cell in row.cells)
        return
    if all(cell.span == 1 for cell in row.cells) and row.end <= usual[-1]:
        # Cells are missing from the row: which ones is not for this module to tell.
        yield from (cell.cell(row.line) for cell in row.cells)
        return
    for at, start in enumerate(usual):
        cell = next((c for c in reversed(row.cells) if c.start <= start), row.cells[0])
        left = at > 0 and cell.start <= usual[at - 1]
        yield cell.cell(row.line, left=left)


def _within(row: _Tr, usual: Sequence[int]) -> dict[int, list[_Tc]]:
    """Return the cells of a row by the usual one they begin in; none where edges differ."""
    found: dict[int, list[_Tc]] = {}
    for cell in row.cells:
        if cell.start in usual:
            found[cell.start] = [cell]
        elif found:
            next(reversed(found.values())).append(cell)
    return found
