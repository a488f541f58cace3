"""HTML files (web pages, and what Office saves as such): tables with row and column spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree, html

from reporting.errors import InputRefused
from reporting.plan.table.grid import Grid, LooseLine, Source
from reporting.plan.table.sources.spans import SpanCell, lay_out
from reporting.plan.table.sources.text import decode

_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins",
     "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "u")
)  # fmt: skip
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "textarea"})
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MAX_SPAN = 1_000
_TABLE = "\x00"


def read_html(data: bytes, name: str) -> Source:
    """Read the tables of a page; the rest are loose lines."""
    text, encoding = decode(data, name)
    try:
        parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(_DECLARED.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused(f"{name}：应为网页表格，实际无法解析（{error}）。") from None
    tables = list(_tables(root))
    parts = list(_outside(root, set(tables)))
    grids, first = [], 1
    for table, above in zip(tables, _above(parts), strict=True):
        grid, first = _grid(table, name, first)
        grids.append(replace(grid, above=above))
    captions = [caption for table in tables for caption in table.iterchildren("caption")]
    loose = [LooseLine(None, line) for caption in captions for line in _lines(caption) if line]
    loose.extend(line for line in parts if line.text != _TABLE)
    return Source(name, tuple(grids), tuple(loose), notes=(encoding,) if encoding else ())


def _tables(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the tables of a page in order; one that only lays others out is passed over.

    The larger of two is the table: a small one inside its cells is part of their text.
    """
    for table in element.iterdescendants("table"):
        if next(table.iterancestors("table"), None) not in (None, element):
            continue
        inner = [len(_cells(one)) for one in table.iterdescendants("table")]
        if inner and max(inner) >= len(_cells(table)):
            yield from _tables(table)
        else:
            yield table


def _own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the rows of a table, without those of tables in its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _cells(table: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for row in _own_rows(table) for cell in row.iterchildren("td", "th")]


def _grid(table: html.HtmlElement, name: str, first: int) -> tuple[Grid, int]:
    rows: list[list[SpanCell]] = []
    taken: set[tuple[int, int]] = set()
    found = _own_rows(table)
    for at, row in enumerate(found):
        cells: list[SpanCell] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (at, column) in taken:
                column += 1
            down = _span(cell, "rowspan", len(found) - at)
            right = _span(cell, "colspan", _MAX_SPAN)
            cells.append(SpanCell(column, "\n".join(_lines(cell)), down, right))
            if down * right > 1:
                taken.update((at + d, column + r) for d in range(down) for r in range(right))
            column += right
        rows.append(cells)
    lines = range(first, first + len(rows))
    return Grid(tuple(lay_out(rows, lines, name, pad=False))), first + len(rows)


def _span(cell: html.HtmlElement, attribute: str, most: int) -> int:
    value = str(cell.get(attribute, "1")).strip()
    number = int(value[:8]) if value.isascii() and value.isdigit() else 1
    if number == 0:  # HTML: down to the end
        return most if attribute == "rowspan" else 1
    return min(number, most)


def _above(parts: Sequence[LooseLine]) -> Iterator[LooseLine | None]:
    """Yield for each table the line right above it."""
    before: LooseLine | None = None
    for part in parts:
        if part.text == _TABLE:
            yield before
        before = part if part.text != _TABLE else None


def _outside(root: html.HtmlElement, tables: set[html.HtmlElement]) -> Iterator[LooseLine]:
    """Yield the lines around the tables, and a sign in the place of each table."""
    after = False
    for line in _lines(root, tables):
        after = after or line == _TABLE
        if line.strip():
            yield LooseLine(None, line, after=after)


def _lines(element: html.HtmlElement, without: set[html.HtmlElement] | None = None) -> list[str]:
    """Return the lines a reader sees: white space closed up, blocks and breaks apart.

    A no-break space is a space that is meant.
    """
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        skipped = _is_skipped(node, element, without)
        block = node.tag not in _INLINE and node is not element
        if event == "start":
            if block or node.tag == "br":
                parts.append("\n")
            if without and node in without:
                parts.append(f"{_TABLE}\n")
            if not skipped:
                parts.append(_SPACES.sub(" ", node.text or ""))
        else:
            if block:
                parts.append("\n")
            if node is not element and not _is_skipped(node.getparent(), element, without):
                parts.append(_SPACES.sub(" ", node.tail or ""))
    text = "".join(parts)
    # A block's end and the next one's start are one break; a <br> before an end is none.
    text = re.sub(r" *\n *", "\n", text)
    return [
        line.replace("\xa0", " ") for line in re.sub(r"\n+", "\n", text).strip(" \n").split("\n")
    ]


def _is_skipped(
    node: html.HtmlElement | None,
    top: html.HtmlElement,
    without: set[html.HtmlElement] | None,
) -> bool:
    while node is not None:
        if node.tag in _SILENT or (without and node in without):
            return True
        if node is top:
            return False
        node = node.getparent()
    return False
