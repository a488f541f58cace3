"""Markdown cells of a notebook as blocks."""

from documents.sample import notebook_of
from reporting.documents.blocks import (
    BulletList,
    Heading,
    Link,
    Notice,
    Paragraph,
    Strong,
    Table,
    text_of,
)
from reporting.documents.document import read_document


def test_markdown_becomes_blocks() -> None:
    """Headings, lists, quotes, emphasis, links and tables of a cell are carried over."""
    source = (
        "## 一、总体\n\n正文**重点**，见[任务](#task-1)、[网站](http://x.example)。\n续行\n\n"
        "- 甲\n- 乙\n\n> 说明\n\n|项|数|\n|-|-:|\n|a|1|\n"
    )
    blocks = read_document(notebook_of(source, (Heading(level=2, text="任", anchor="task-1"),)))
    heading, prose, items, quote, table, _ = blocks.blocks
    assert heading == Heading(level=1, text="一、总体", anchor="section-1")
    assert isinstance(prose, Paragraph)
    assert text_of(prose.inlines) == "正文重点，见任务、网站（http://x.example）。续行"
    assert Strong(text="重点") in prose.inlines
    assert Link(text="任务", anchor="task-1") in prose.inlines
    assert isinstance(items, BulletList)
    assert [text_of(item) for item in items.items] == ["甲", "乙"]
    assert isinstance(quote, Notice)
    assert text_of(quote.inlines) == "说明"
    assert isinstance(table, Table)
    assert [c.align for c in table.columns] == ["left", "right"]


def test_markdown_html_counts_for_its_words() -> None:
    """Raw HTML in a cell is no markup."""
    blocks = read_document(
        notebook_of("<div onclick='x'>文<script>alert(1)</script>字</div>")
    ).blocks
    assert blocks == (Paragraph(inlines="文字"),)
