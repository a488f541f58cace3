"""An executed notebook read as a document."""

import base64
from typing import Any

import nbformat
import pandas as pd
import pytest

from documents.sample import cover, exhibit_cell, notebook_of
from reporting.documents.blocks import (
    Figure,
    Paragraph,
    Table,
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

OTHER = base64.b64encode(base64.b64decode(PNG) + b"\0").decode()


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


def figure_outputs(*shown: tuple[str, str]) -> Any:
    """Make a cell that shows pictures, each by the kind of output and its bytes."""
    outputs = [
        nbformat.v4.new_output(kind, data={"image/png": data, "text/plain": "<Figure>"})  # type: ignore[no-untyped-call]
        for kind, data in shown
    ]
    return nbformat.v4.new_code_cell("fig", outputs=outputs)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("outputs", "carried"),
    [
        # What a cell that ends in the figure gives: the result, and what matplotlib shows.
        ([("execute_result", PNG), ("display_data", PNG)], 1),
        ([("display_data", PNG), ("execute_result", PNG)], 1),
        ([("display_data", PNG), ("display_data", PNG)], 1),
        ([("execute_result", OTHER), ("display_data", PNG), ("display_data", OTHER)], 2),
        ([("execute_result", OTHER), ("display_data", PNG)], 2),
        ([("execute_result", PNG)], 1),
    ],
)
def test_chart_stands_once_however_its_cell_shows_it(
    outputs: list[tuple[str, str]], carried: int
) -> None:
    """A picture is carried once a cell; another cell may show it again."""
    cells = [figure_outputs(*outputs) for _ in range(2)]
    assert len(read_document(notebook_of(cells[0])).blocks) == carried
    assert len(read_document(notebook_of(*cells)).blocks) == 2 * carried


def test_foreign_outputs_are_carried_over() -> None:
    """An analyst's picture and DataFrame appear in the report, and texts that are meant to."""
    frame = pd.DataFrame({"单位": ["市商务局", "<b>局</b>"], "项数": [3, 12]})
    stream = nbformat.v4.new_output("stream", name="stdout", text="共 2 行\n")  # type: ignore[no-untyped-call]
    noise = nbformat.v4.new_output("stream", name="stderr", text="warning")  # type: ignore[no-untyped-call]
    cells = (
        output_cell({"image/png": PNG, "text/plain": "<Figure>"}, {"alt": "折线图"}),
        output_cell({"text/html": frame.to_html(), "text/plain": "…"}),
        output_cell({"text/plain": "42"}),
        nbformat.v4.new_code_cell("print()", outputs=[stream, noise]),  # type: ignore[no-untyped-call]
        output_cell({"text/plain": "not meant"}),
    )
    for cell in cells[2:4]:
        cell["metadata"]["tags"] = ["publish-text"]
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
