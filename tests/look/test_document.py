"""An executed notebook read as a document."""

import base64
from typing import Any

import nbformat
import pandas as pd
import pytest

from look.sample import chart, cover, exhibit_cell, notebook_of, rating_table
from reporting.documents.blocks import (
    BulletList,
    Contents,
    Figure,
    Heading,
    Link,
    Notice,
    Paragraph,
    Strong,
    Table,
    Text,
    text_of,
)
from reporting.documents.document import read_document
from reporting.errors import PublishError

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d7"
        "63f8cfc000000301010018dd8db00000000049454e44ae426082"
    )
).decode()


def output_cell(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Any:
    """Make a code cell with one output."""
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})  # type: ignore[no-untyped-call]
    return nbformat.v4.new_code_cell("x", outputs=[output])  # type: ignore[no-untyped-call]


def test_document_takes_facts_from_cover() -> None:
    """Title, running head, date and sample mark come from the cover."""
    document = read_document(notebook_of((cover(),)))
    assert document.title == "市商务局2023年第三季度任务进展情况"
    assert document.running_head == "市商务局　2023年第三季度"
    assert document.publish_date == cover().publish_date
    assert document.is_sample


def test_document_without_cover_is_named_by_its_heading() -> None:
    """An analyst's own notebook still has a title."""
    assert read_document(notebook_of("# 专题分析\n\n正文")).title == "专题分析"


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


def test_foreign_outputs_are_carried_over() -> None:
    """An analyst's picture, DataFrame and printed text appear in the report."""
    frame = pd.DataFrame({"单位": ["市商务局", "<b>局</b>"], "项数": [3, 12]})
    stream = nbformat.v4.new_output("stream", name="stdout", text="共 2 行\n")  # type: ignore[no-untyped-call]
    noise = nbformat.v4.new_output("stream", name="stderr", text="warning")  # type: ignore[no-untyped-call]
    cells = (
        output_cell({"image/png": PNG, "text/plain": "<Figure>"}, {"alt": "折线图"}),
        output_cell({"text/html": frame.to_html(), "text/plain": "…"}),
        output_cell({"text/plain": "42"}),
        nbformat.v4.new_code_cell("print()", outputs=[stream, noise]),  # type: ignore[no-untyped-call]
    )
    picture, table, number, printed = read_document(notebook_of(*cells)).blocks
    assert picture == Figure(data=PNG, media="image/png", alt="折线图")
    assert isinstance(table, Table)
    assert [column.label for column in table.columns] == ["", "单位", "项数"]
    assert [text_of(row.cells[1]) for row in table.rows] == ["市商务局", "<b>局</b>"]
    assert [column.numeric for column in table.columns] == [True, False, True]
    assert number == Paragraph(inlines="42", indent=False)
    assert printed == Paragraph(inlines="共 2 行", indent=False)


def test_hidden_cells_are_left_out() -> None:
    """Cells tagged remove, and parameters, are not part of the report."""
    hidden = exhibit_cell(Paragraph(inlines="不公开"))
    hidden["metadata"]["tags"] = ["remove"]
    parameters = output_cell({"text/plain": "3"})
    parameters["metadata"]["tags"] = ["injected-parameters"]
    assert read_document(notebook_of(hidden, parameters, "正文")).blocks == (
        Paragraph(inlines="正文"),
    )


def test_error_output_is_refused() -> None:
    """A cell that failed never becomes part of a report."""
    output = nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])  # type: ignore[no-untyped-call]
    cell = nbformat.v4.new_code_cell("x", outputs=[output])  # type: ignore[no-untyped-call]
    with pytest.raises(PublishError, match="执行出错：KeyError"):
        read_document(notebook_of(cell))


def test_links_and_anchors_are_mended() -> None:
    """Dead links become words, doubled anchors are dropped, headings get anchors."""
    blocks = (
        Heading(level=1, text="一", anchor="section-1"),
        Heading(level=1, text="二"),
        Heading(level=4, text="三", anchor="section-1"),
        Paragraph(inlines=(Link(text="到二", anchor="section-2"), Link(text="无", anchor="gone"))),
    )
    first, second, third, prose = read_document(notebook_of(blocks)).blocks
    assert isinstance(third, Heading)
    assert (first.anchor, second.anchor, third.anchor) == ("section-1", "section-2", "section-3")  # type: ignore[union-attr]
    assert third.level == 2
    assert isinstance(prose, Paragraph)
    assert prose.inlines == (Link(text="到二", anchor="section-2"), Text(text="无"))


def test_contents_list_every_heading() -> None:
    """The table of contents is filled from the whole notebook."""
    document = read_document(
        notebook_of((Contents(),), "## 一、甲\n\n### （一）乙", (rating_table(), chart()))
    )
    contents = document.blocks[0]
    assert isinstance(contents, Contents)
    assert [(e.level, e.text) for e in contents.entries] == [(1, "一、甲"), (2, "（一）乙")]
