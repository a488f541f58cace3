"""Blocks as pandoc's document tree, for Word: texts are leaves, never markup."""

import base64
from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reporting.documents.blocks import (
    Annex,
    BulletList,
    Card,
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
    Page,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
)
from reporting.documents.layout.pictures import as_png
from reporting.documents.layout.sections import LANDSCAPE_PT, PORTRAIT_PT, Section
from reporting.documents.layout.widths import column_widths
from reporting.grades import Grade

Node = dict[str, Any]
# Of the pandoc that the lock pins; another would refuse the tree.
API_VERSION = [1, 23, 1]
STYLE_TABLE_CELL = "表格文字"
STYLE_TABLE_HEAD = "表格标题行"
STYLE_CAPTION = "表题"
SMALL = {name: f"一页{name}" for name in (STYLE_TABLE_CELL, STYLE_TABLE_HEAD, STYLE_CAPTION)}
"""Styles of what shares a page of its own, by those of what does not."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def to_pandoc(parts: Sequence[Section]) -> Node:
    """Make pandoc's document; sections but the last end in a section break of their own."""
    nodes: list[Node] = []
    for part in parts:
        nodes += [node for block in part.blocks for node in _nodes(block)]
        if part is not parts[-1]:
            nodes.append(section_break(part.landscape))
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": nodes}


def grade_style(grade: Grade) -> str:
    """Name the character style of a grade in the reference document."""
    return f"评价 {grade}"


# ---- inlines


def _attr(identifier: str = "", style: str = "") -> list[Any]:
    return [identifier, [], [["custom-style", style]] if style else []]


def _words(text: str) -> list[Node]:
    nodes: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            nodes.append({"t": "LineBreak"})
        if line:
            nodes.append({"t": "Str", "c": line})
    return nodes


def _run(inlines: Iterable[Inline]) -> list[Node]:
    return [node for inline in inlines for node in _inline(inline)]


def _span(text: str, style: str) -> Node:
    return {"t": "Span", "c": [_attr(style=style), _words(text)]}


def _inline(inline: Inline) -> list[Node]:
    match inline:
        case Text():
            return _words(inline.text)
        case Strong():
            return [{"t": "Strong", "c": _words(inline.text)}]
        case Muted():
            return [_span(inline.text, "说明文字")]
        case Link():
            return [{"t": "Link", "c": [_attr(), _words(inline.text), [f"#{inline.anchor}", ""]]}]
        case GradeMark():
            shape = inline.grade.style.shape
            return [_span(f"{shape}\u00a0{inline.grade}", grade_style(inline.grade))]


# ---- blocks


def _para(content: list[Node], style: str = "", identifier: str = "") -> Node:
    para = {"t": "Para", "c": content}
    if not style and not identifier:
        return para
    return {"t": "Div", "c": [_attr(identifier, style), [para]]}


def _bookmark(anchor: str) -> list[Node]:
    # An empty span with an id becomes a bookmark, which is what links lead to.
    return [{"t": "Span", "c": [_attr(anchor), []]}] if anchor else []


def _raw(xml: str) -> Node:
    return {"t": "RawBlock", "c": ["openxml", xml]}


@singledispatch
def _nodes(block: object) -> list[Node]:
    raise TypeError(f"nothing in Word for {type(block).__name__}")


@_nodes.register
def _(block: Heading) -> list[Node]:
    content = _words(block.text)
    return [{"t": "Header", "c": [block.level, _attr(block.anchor), content]}]


@_nodes.register
def _(block: Paragraph) -> list[Node]:
    return [_para(_run(block.inlines), "正文首行缩进" if block.indent else "正文顶格")]


@_nodes.register
def _(block: Notice) -> list[Node]:
    return [_para(_run(block.inlines), "提示" if block.tone == "note" else "提醒")]


@_nodes.register
def _(block: Quote) -> list[Node]:
    source: list[Node] = []
    if block.source:
        source = [{"t": "LineBreak"}, _span(block.source, "说明文字")]
    return [_para(_words(block.text) + source, "引文")]


@_nodes.register
def _(block: BulletList) -> list[Node]:
    items = [[{"t": "Plain", "c": _run(item)}] for item in block.items]
    if not block.ordered:
        return [{"t": "BulletList", "c": items}]
    return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}]


@_nodes.register
def _(block: Fields) -> list[Node]:
    rows = [
        _row([_cell([{"t": "Strong", "c": _words(row.label)}]), _cell(_run(row.value))])
        for row in block.rows
    ]
    return [_table([0.17, 0.83], ["AlignLeft", "AlignLeft"], [], rows)]


@_nodes.register
def _(block: Table) -> list[Node]:
    # Word has no measure of its own that keeps figures whole: it gets the widths of the PDF.
    widths = column_widths(block, LANDSCAPE_PT if block.landscape else PORTRAIT_PT, 10.5)
    # Figures stand right whatever the column says, as in every format.
    aligns = [
        "AlignRight" if column.numeric else f"Align{column.align.capitalize()}"
        for column in block.columns
    ]
    head = [_row([_cell(_words(c.label), STYLE_TABLE_HEAD) for c in block.columns])]
    table = _table(
        [width / sum(widths) for width in widths],
        aligns,
        head,
        [_body_row(row) for row in block.rows],
    )
    caption = _bookmark(block.anchor) + _words(block.caption)
    return [*([_para(caption, STYLE_CAPTION)] if caption else []), table]


def _body_row(row: Row) -> list[Any]:
    cells = [_run(cell) for cell in row.cells]
    if row.total:
        cells = [[{"t": "Strong", "c": cell}] for cell in cells]
    cells[0] = _bookmark(row.anchor) + cells[0]
    return _row([_cell(cell) for cell in cells])


def _cell(content: list[Node], style: str = STYLE_TABLE_CELL) -> list[Any]:
    return [_attr(), {"t": "AlignDefault"}, 1, 1, [_para(content, style)]]


def _row(cells: list[Any]) -> list[Any]:
    return [_attr(), cells]


def _table(widths: list[float], aligns: list[str], head: list[Any], body: list[Any]) -> Node:
    columns = [
        [{"t": align}, {"t": "ColWidth", "c": width}]
        for align, width in zip(aligns, widths, strict=True)
    ]
    return {
        "t": "Table",
        "c": [
            _attr(), [None, []], columns, [_attr(), head], [[_attr(), 0, [], body]], [_attr(), []],
        ],
    }  # fmt: skip


@_nodes.register
def _(block: Figure) -> list[Node]:
    # In the tree itself: pandoc looks for no file.
    url = "data:image/png;base64," + base64.b64encode(as_png(block)).decode()
    size = [["width", f"{156 * block.share:.4g}mm"]]
    image = {"t": "Image", "c": [["", [], size], _words(block.alt), [url, ""]]}
    caption = [_para(_words(block.caption), "图题")] if block.caption else []
    return [_para([*_bookmark(block.anchor), image], "图"), *caption]


@_nodes.register
def _(block: Cover) -> list[Node]:
    issuer = f"{block.issuing_office}\t{block.date_text}"
    sample = [_para(_words("示例数据"), "示例数据")] if block.is_sample else []
    issue = [_para(_words(block.issue_number), "期号")] if block.issue_number else []
    seal = [_para(_words(block.seal_text), "封签")] if block.seal else []
    after = [_raw(_PAGE_BREAK)] if block.full_page else []
    return [
        _para(_words(block.title), "红头"),
        *issue,
        _para(_words(issuer), "版头"),
        _para(_words("\n".join(block.headline_lines)), "Title"),
        *sample,
        *seal,
        *after,
    ]


_PAGE_BREAK = f'<w:p xmlns:w="{_WORD}"><w:r><w:br w:type="page"/></w:r></w:p>'


# Where a page is full, a line of the usual height would end on the next one.
_END_OF_FULL_PAGE = (
    f'<w:p xmlns:w="{_WORD}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20"'
    ' w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
)


@_nodes.register
def _(block: Contents) -> list[Node]:
    """Write the headings as links, each with a field for its page.

    A field of contents (TOC) shows what it held when it was written until a reader asks for it
    anew; the field of a page is reckoned by every program that sets the pages.
    """
    entries = [entry for entry in block.entries if entry.level <= block.depth]
    title = _para(_words(block.title), "目录标题")
    if not entries:
        return [title]
    paragraphs = [
        f'<w:p xmlns:w="{_WORD}"><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>'
        f'<w:hyperlink w:anchor={quoteattr(entry.anchor)} w:history="1"><w:r>'
        f'<w:t xml:space="preserve">{escape(entry.text)}</w:t></w:r>{_page_of(entry.anchor)}'
        "</w:hyperlink></w:p>"
        for entry in entries
    ]
    return [title, *map(_raw, paragraphs), _raw(_PAGE_BREAK)]


def _page_of(anchor: str) -> str:
    """Write a field for the page of a heading: the program that opens the file fills it in."""
    return "".join(
        f"<w:r>{content}</w:r>"
        for content in (
            "<w:tab/>",
            '<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
            f'<w:instrText xml:space="preserve"> PAGEREF {escape(anchor)} \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            # Which page that is nobody knows before the file is set.
            "<w:t>…</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )


@_nodes.register
def _(block: Annex) -> list[Node]:
    heading = {"t": "Header", "c": [1, _attr(block.anchor), _words(block.title)]}
    return [_para(_words(block.label), "附件"), heading]


@_nodes.register
def _(block: Card) -> list[Node]:
    heading = block.heading
    # On a line of their own, where Word cannot break a grade's word in two.
    marks = [{"t": "LineBreak"}, *_run(block.marks)] if block.marks else []
    head = {
        "t": "Header",
        "c": [heading.level, _attr(heading.anchor), _words(heading.text) + marks],
    }
    return [head, *(node for inner in block.blocks for node in _nodes(inner))]


@_nodes.register
def _(block: Page) -> list[Node]:
    inner = [node for part in block.blocks for node in _nodes(part)]
    return [*_nodes(block.heading), *_restyled(inner), _raw(_END_OF_FULL_PAGE)]


def _restyled(part: Any) -> Any:
    """Give nodes with the smaller styles, whatever they hold."""
    match part:
        case ["custom-style", str(name)]:
            return ["custom-style", SMALL.get(name, name)]
        case list():
            return [_restyled(inner) for inner in part]
        case dict():
            return {key: _restyled(value) for key, value in part.items()}
        case _:
            return part


def section_break(landscape: bool) -> Node:
    """End a section; its pages are turned or not. Margins follow GB/T 9704."""
    return _raw(f'<w:p xmlns:w="{_WORD}"><w:pPr>{section_xml(landscape)}</w:pPr></w:p>')


def section_xml(landscape: bool) -> str:
    """Write the page of a section as WordprocessingML."""
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    margins = {"top": 37, "right": 26, "bottom": 35, "left": 28}
    if landscape:
        size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        margins = {"top": 28, "right": 37, "bottom": 26, "left": 35}
    sides = " ".join(f'w:{side}="{round(mm * 1440 / 25.4)}"' for side, mm in margins.items())
    return (
        f'<w:sectPr xmlns:w="{_WORD}">{size}'
        f'<w:pgMar {sides} w:header="851" w:footer="1247" w:gutter="0"/></w:sectPr>'
    )
