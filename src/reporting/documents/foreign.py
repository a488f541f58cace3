"""Outputs that are no exhibits: an analyst's own tables and texts, as blocks."""

import re
from collections.abc import Iterable

from lxml import etree
from lxml import html as lxml_html

from reporting.documents.blocks import Block, Column, Paragraph, Table

_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?%?")


def text_blocks(text: str) -> tuple[Block, ...]:
    """Take text as one paragraph that keeps its lines."""
    text = text.strip("\n")
    return (Paragraph(inlines=text, indent=False),) if text.strip() else ()


def html_blocks(source: str) -> tuple[Block, ...]:
    """Take the tables of an HTML output, e.g. a DataFrame's; without one, its words."""
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div")
    except etree.LxmlError:
        return text_blocks(source)
    # What acts or decorates is no word of the output.
    etree.strip_elements(root, "script", "style", with_tail=False)
    tables = tuple(t for t in map(_table, root.iter("table")) if t is not None)
    return tables or text_blocks(_words(root))


def holds_picture(source: str) -> bool:
    """Tell whether a piece of HTML shows a picture, of which only words would be taken."""
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div")
    except etree.LxmlError:
        return False
    return next(root.iter("img", "video", "iframe", "canvas", "svg"), None) is not None


def fragment_text(source: str) -> str:
    """Give the words of a piece of HTML."""
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div")
    except etree.LxmlError:
        return source.strip()
    etree.strip_elements(root, "script", "style", with_tail=False)
    return _words(root)


def _words(element: lxml_html.HtmlElement) -> str:
    return "\n".join(line.strip() for line in str(element.text_content()).splitlines()).strip()


def _table(element: lxml_html.HtmlElement) -> Table | None:
    rows = [[_words(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
    # A DataFrame with levels of columns has several; a table without thead has its first row.
    head_rows = len(element.findall(".//thead//tr")) or 1
    width = max(map(len, rows), default=0)
    if width == 0:
        return None
    head, body = rows[:head_rows], [row + [""] * (width - len(row)) for row in rows[head_rows:]]
    labels = ["\n".join(filter(None, cells)) for cells in zip(*_filled(head, width), strict=True)]
    columns = tuple(
        Column(key=f"c{number}", label=label, numeric=_is_numeric(row[number] for row in body))
        for number, label in enumerate(labels)
    )
    return Table(columns=columns, rows=tuple(tuple(row) for row in body))


def _filled(rows: list[list[str]], width: int) -> list[list[str]]:
    return [row + [""] * (width - len(row)) for row in rows]


def _is_numeric(cells: Iterable[str]) -> bool:
    texts = [text for text in cells if text]
    return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)
