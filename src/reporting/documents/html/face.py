"""The HTML face: blocks as escaped HTML, for JupyterLab and for the published page."""

import html
import re
from collections.abc import Iterable
from functools import singledispatch
from hashlib import sha256

from reporting.documents.blocks import (
    Annex,
    Block,
    BulletList,
    Card,
    Column,
    Contents,
    Cover,
    Fields,
    Figure,
    GradeMark,
    Heading,
    Inline,
    Link,
    Muted,
    Notice,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
    plain,
)
from reporting.documents.palette import GRADE_STYLES
from reporting.grades import Grade

_GRADE_ORDER = {grade: number for number, grade in enumerate(Grade)}
_LONG = 16
_SHORT = 5
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def to_html(blocks: Iterable[Block]) -> str:
    """Write blocks as HTML; every text is escaped."""
    return "\n".join(map(_html, blocks))


def inlines_html(inlines: Iterable[Inline]) -> str:
    """Write inlines as HTML."""
    return "".join(map(_inline_html, inlines))


def _escape(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _id(anchor: str) -> str:
    return f' id="{anchor}"' if anchor else ""


@singledispatch
def _inline_html(inline: object) -> str:
    raise TypeError(f"no HTML face for {type(inline).__name__}")


@_inline_html.register
def _(inline: Text) -> str:
    return _escape(inline.text)


@_inline_html.register
def _(inline: Strong) -> str:
    return f"<strong>{_escape(inline.text)}</strong>"


@_inline_html.register
def _(inline: Muted) -> str:
    return f'<span class="r-muted">{_escape(inline.text)}</span>'


@_inline_html.register
def _(inline: Link) -> str:
    return f'<a href="#{inline.anchor}">{_escape(inline.text)}</a>'


@_inline_html.register
def _(inline: GradeMark) -> str:
    style = GRADE_STYLES[inline.grade]
    return (
        f'<span class="r-grade" style="color:{style.colour};background:{style.tint}">'
        f'<span aria-hidden="true">{style.shape}</span>&nbsp;{inline.grade}</span>'
    )


@singledispatch
def _html(block: object) -> str:
    raise TypeError(f"no HTML face for {type(block).__name__}")


@_html.register
def _(block: Heading) -> str:
    # The page's own title is its only h1.
    tag = f"h{block.level + 1}"
    return f"<{tag}{_id(block.anchor)}>{_escape(block.text)}</{tag}>"


@_html.register
def _(block: Paragraph) -> str:
    css = "" if block.indent else ' class="r-flush"'
    return f"<p{css}>{inlines_html(block.inlines)}</p>"


@_html.register
def _(block: Notice) -> str:
    return f'<p class="r-notice r-{block.tone}" role="note">{inlines_html(block.inlines)}</p>'


@_html.register
def _(block: BulletList) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "".join(f"<li>{inlines_html(item)}</li>" for item in block.items)
    return f'<{tag} class="r-list">{items}</{tag}>'


@_html.register
def _(block: Quote) -> str:
    source = f"<footer>{_escape(block.source)}</footer>" if block.source else ""
    return f'<blockquote class="r-quote"><p>{_escape(block.text)}</p>{source}</blockquote>'


@_html.register
def _(block: Fields) -> str:
    rows = "".join(
        f"<div><dt>{_escape(row.label)}</dt><dd>{inlines_html(row.value)}</dd></div>"
        for row in block.rows
    )
    return f'<dl class="r-fields">{rows}</dl>'


@_html.register
def _(block: Table) -> str:
    classes = " ".join(
        name
        for name, on in (
            ("r-table", True),
            ("r-wide", block.landscape),
            ("r-sortable", block.sortable),
            ("r-filterable", block.filterable),
        )
        if on
    )
    caption = f"<caption>{_escape(block.caption)}</caption>" if block.caption else ""
    long = _long_columns(block)
    heads = "".join(
        f'<th scope="col"{_cell_class(column, column.label, long=number in long)}>'
        f"{_escape(column.label)}</th>"
        for number, column in enumerate(block.columns)
    )
    rows = "".join(_row_html(row, block.columns) for row in block.rows)
    label = html.escape(block.caption or "表")
    # A browser shares out the width by content better than a fixed share would; on a phone a
    # table keeps columns that can be read, and scrolls.
    least = f' style="min-width:{_least_rem(block):g}rem"' if len(block.columns) > 3 else ""
    return (
        f'<div class="{classes}" role="region" aria-label="{label}" tabindex="0">'
        f"<table{_id(block.anchor)}{least}>{caption}"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row_html(row: Row, columns: tuple[Column, ...]) -> str:
    cells = "".join(
        f"<td{_cell_class(column, plain(cell))}{_sort_key(cell, column)}>{inlines_html(cell)}</td>"
        for cell, column in zip(row.cells, columns, strict=True)
    )
    css = ' class="r-total"' if row.total else ""
    return f"<tr{_id(row.anchor)}{css}>{cells}</tr>"


def _least_rem(table: Table) -> float:
    return sum(4 if column.numeric else 6.5 for column in table.columns)


def _long_columns(table: Table) -> frozenset[int]:
    """Find the columns of running text, which need room to be read."""
    found = set()
    for number in range(len(table.columns)):
        long = sum(len(plain(row.cells[number])) > _LONG for row in table.rows)
        if 4 * long > len(table.rows):
            found.add(number)
    return frozenset(found)


def _cell_class(column: Column, words: str, *, long: bool = False) -> str:
    names = ["r-num"] if column.numeric else []
    if len(words) <= _SHORT or _DATE.fullmatch(words):
        names.append("r-short")
    if long:
        names.append("r-long")
    if column.align != "left":
        names.append(f"r-{column.align}")
    return f' class="{" ".join(names)}"' if names else ""


def _sort_key(cell: tuple[Inline, ...], column: Column) -> str:
    marks = [inline for inline in cell if isinstance(inline, GradeMark)]
    if marks:
        return f' data-sort="{_GRADE_ORDER[marks[0].grade]}"'
    number = _NUMBER.search(plain(cell)) if column.numeric else None
    return f' data-sort="{number.group().replace(",", "")}"' if number else ""


@_html.register
def _(block: Figure) -> str:
    caption = f"<figcaption>{_escape(block.caption)}</figcaption>" if block.caption else ""
    style = f' style="max-width:{100 * block.share:.4g}%"' if block.share < 1 else ""
    picture = f'<div class="r-picture" tabindex="0">{_picture(block)}</div>'
    return f'<figure class="r-figure"{_id(block.anchor)}{style}>{picture}{caption}</figure>'


def _picture(block: Figure) -> str:
    alt = html.escape(block.alt)
    if block.trusted and block.media == "image/svg+xml":
        svg = with_own_ids(block.data, "f" + sha256(block.data.encode()).hexdigest()[:10])
        return svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    data = block.data
    if block.media == "image/svg+xml":
        # An image cannot run what a foreign SVG may contain.
        return f'<img alt="{alt}" src="{_svg_url(data)}">'
    return f'<img alt="{alt}" src="data:{block.media};base64,{html.escape(data)}">'


def _svg_url(svg: str) -> str:
    from base64 import b64encode

    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def with_own_ids(svg: str, prefix: str) -> str:
    """Keep the ids that an SVG refers to, under a prefix, and drop all others.

    Several SVGs in one page then never refer to each other's parts.
    """
    used = set(re.findall(r'(?:url\(#|xlink:href="#|\bhref="#)([^)"]+)', svg))

    def renamed(match: re.Match[str]) -> str:
        return f' id="{prefix}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r'\s+id="([^"]*)"', renamed, svg)
    return re.sub(r'(url\(#|xlink:href="#|\bhref="#)', rf"\g<1>{prefix}-", svg)


@_html.register
def _(block: Cover) -> str:
    title = "<wbr>".join(
        f'<span class="r-line">{_escape(line)}</span>' for line in block.headline_lines
    )
    issue = f'<p class="r-issue">{_escape(block.issue_number)}</p>' if block.issue_number else ""
    sample = '<p class="r-sample" role="note">示例数据</p>' if block.is_sample else ""
    return (
        f'<header class="r-cover"><p class="r-bulletin">{_escape(block.title)}</p>{issue}'
        f'<p class="r-issuer"><span>{_escape(block.issuing_office)}</span>'
        f'<time datetime="{block.publish_date.isoformat()}">{block.date_text}</time></p>'
        f"<h1>{title}</h1>{sample}</header>"
    )


@_html.register
def _(block: Contents) -> str:
    entries = "".join(
        f'<li class="r-level{entry.level}"><a href="#{entry.anchor}">{_escape(entry.text)}</a></li>'
        for entry in block.entries
        if entry.level <= block.depth
    )
    title = _escape(block.title)
    return (
        f'<nav class="r-contents" aria-label="{html.escape(block.title)}">'
        f'<p class="r-contents-title">{title}</p><ul>{entries}</ul></nav>'
    )


@_html.register
def _(block: Annex) -> str:
    return (
        f'<div class="r-annex"><p class="r-annex-label">{_escape(block.label)}</p>'
        f"<h2{_id(block.anchor)}>{_escape(block.title)}</h2></div>"
    )


@_html.register
def _(block: Card) -> str:
    marks = f'<p class="r-marks">{inlines_html(block.marks)}</p>' if block.marks else ""
    return (
        f'<article class="r-card"><div class="r-card-head">{_html(block.heading)}{marks}</div>'
        f"{to_html(block.blocks)}</article>"
    )
