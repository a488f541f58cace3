"""Rows dressed as one: what a spreadsheet program reads of them."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from reporting.workbooks.repeating import Content, Row
from reporting.workbooks.saving import save_book


def saved(rows: list[Row]) -> Workbook:
    """Save a book whose second sheet has a head and one dressed row of three cells."""
    book = Workbook()
    sheet = book.create_sheet("项目")
    sheet.append(["名称", "数", "日"])
    sheet.append(["样", 1, date(2023, 1, 2)])
    sheet["A2"].font = Font(bold=True)
    sheet["C2"].number_format = "yyyy-mm-dd"
    return load_workbook(io.BytesIO(save_book(book, {"项目": rows})))


def test_rows_are_dressed_as_the_one_they_replace() -> None:
    """Every row has the fonts, formats and its own height; the sheet is as long as they are."""
    rows = [Row([f"第{n}", n, date(2023, 3, n)], 20.5 + n) for n in (1, 2, 3)]
    sheet = saved(rows)["项目"]
    assert sheet.dimensions == "A1:C4"
    assert [cell.value for cell in sheet[4]] == ["第3", 3, datetime(2023, 3, 3)]
    assert [sheet.cell(row, 1).font.b for row in (2, 3, 4)] == [True, True, True]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [21.5, 22.5, 23.5]
    assert (sheet["A1"].value, sheet["A1"].font.b) == ("名称", False)


@pytest.mark.parametrize("text", [" 前后 ", "<b>&\"'", "一行\n二行", "=1+1", "]]>", "0012"])
def test_a_text_stays_the_text_it_is(text: str) -> None:
    """Spaces, marks of XML, breaks and what looks like a formula or a number are text."""
    cells: list[Content] = [text, None, None]
    cell = saved([Row(cells, 15)])["项目"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_missing_value_leaves_its_cell_empty() -> None:
    """An empty cell is dressed all the same: it is there to be filled."""
    empty = saved([Row(["甲", None, None], 15)])["项目"]["C2"]
    assert (empty.value, empty.number_format) == (None, "yyyy-mm-dd")


def test_a_row_of_another_width_is_refused() -> None:
    """A cell without a look, or a look without a cell, is a mistake of the caller."""
    with pytest.raises(ValueError, match="shorter"):
        saved([Row(["甲", 1], 15)])
