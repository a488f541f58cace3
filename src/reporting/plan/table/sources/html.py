"""HTML files (web pages, and what Office saves as such): tables with row and column spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree, html

from reporting.errors import InputRefused
from reporting.language.runs import GONE, Run, RunKind, merged
from reporting.plan.table.grid import Grid, LooseLine, Source, marked
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
_TAGS = {
    "sup": RunKind.RAISED, "sub": RunKind.LOWERED, "ins": RunKind.INSERTED,
    "s": RunKind.STRUCK, "strike": RunKind.STRUCK, "del": RunKind.STRUCK,
}  # fmt: skip
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
# Between the lines of a page, signs that no text has say how the text after them is set.
_SIGNS = {kind: chr(0xFDD0 + at) for at, kind in enumerate(RunKind)}
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}
_PLAIN = _SIGNS[RunKind.PLAIN]
_MARKED = re.compile("([\ufdd0-\ufdef])")


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
    loose = [_loose(line) for caption in captions for line in _lines(caption) if line]
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
    aside: dict[int, tuple[Run, ...]] = {}
    taken: set[tuple[int, int]] = set()
    found = _own_rows(table)
    for at, row in enumerate(found):
        cells: list[SpanCell] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            if _is_hidden(cell) and not _is_hidden(row):
                aside[at] = (*aside.get(at, ()), Run(_written(cell), RunKind.HIDDEN))
                continue
            while (at, column) in taken:
                column += 1
            down = _span(cell, "rowspan", len(found) - at)
            right = _span(cell, "colspan", _MAX_SPAN)
            text, runs = marked(_runs("\n".join(_lines(cell)), hidden=_is_hidden(row)))
            cells.append(SpanCell(column, text, down, right, runs))
            if down * right > 1:
                taken.update((at + d, column + r) for d in range(down) for r in range(right))
            column += right
        rows.append(cells)
    lines = range(first, first + len(rows))
    made = [
        replace(row, aside=aside.get(row.line - first, ()))
        for row in lay_out(rows, lines, name, pad=False)
    ]
    return Grid(tuple(made)), first + len(rows)


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
            yield _loose(line, after=after)


def _loose(line: str, *, after: bool = False) -> LooseLine:
    text, runs = marked(_runs(line))
    return LooseLine(None, text, after=after, runs=runs)


def _written(cell: html.HtmlElement) -> str:
    return "".join(run.text for run in _runs("\n".join(_lines(cell))))


def _runs(text: str, *, hidden: bool = False) -> tuple[Run, ...]:
    """Return the runs of a text whose marks say how each is set; ``hidden`` all of them."""
    made, kind = [], RunKind.PLAIN
    for part in _MARKED.split(text):
        if part in _KINDS:
            kind = _KINDS[part]
        elif part:
            made.append(Run(part, RunKind.HIDDEN if hidden else kind))
    return merged(made)


def _kind(node: html.HtmlElement | None, top: html.HtmlElement) -> RunKind:
    """Tell how a text in a node is set: what is gone in any of those around it is gone."""
    kind = RunKind.PLAIN
    while node is not None and node is not top:
        if _is_hidden(node):
            return RunKind.HIDDEN
        kind = _TAGS.get(node.tag, kind) if kind not in GONE else kind
        node = node.getparent()
    return kind


def _is_hidden(node: html.HtmlElement) -> bool:
    return node.get("hidden") is not None or _UNSEEN.search(node.get("style") or "") is not None


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
                parts.append(_chunk(node.text, _kind(node, element)))
        else:
            if block:
                parts.append("\n")
            if node is not element and not _is_skipped(node.getparent(), element, without):
                parts.append(_chunk(node.tail, _kind(node.getparent(), element)))
    text = "".join(parts)
    # A block's end and the next one's start are one break; a <br> before an end is none.
    text = re.sub(r" *\n *", "\n", text)
    return [
        line.replace("\xa0", " ") for line in re.sub(r"\n+", "\n", text).strip(" \n").split("\n")
    ]


def _chunk(text: str | None, kind: RunKind) -> str:
    """Write a stretch of text, between marks that say how it is set."""
    bare = _MARKED.sub("", _SPACES.sub(" ", text or ""))
    return bare if kind is RunKind.PLAIN or not bare else f"{_SIGNS[kind]}{bare}{_PLAIN}"


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
