"""Rows find their questions by what they show, then by their hidden id, and are never guessed."""

from reporting.returns.reading.grid import match_rows
from reporting.workbooks.cells import Cell, Sheet
from reporting.workbooks.grid import Grid

QUESTIONS = {"a": ("1", "完成投资"), "b": ("1", "完成投资"), "c": ("2", "新增企业")}


def grid(*rows: tuple[str, str, str]) -> Grid:
    """Lay out rows of number, text and hidden id below a header."""
    sheet = Sheet("指标", hidden=False)
    for at, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            if value:
                sheet.cells[at, column] = Cell(at, column, value)
    return Grid(sheet, 1, {"number": 1, "text": 2, "row_id": 3})


def test_rows_that_look_alike_go_by_their_ids() -> None:
    """Two questions of the same words are told apart by the id, in any order."""
    found = match_rows(
        grid(("1", "完成投资", "b"), ("2", "新增企业", "c"), ("1", "完成投资", "a")),
        QUESTIONS, ("number", "text"),
    )  # fmt: skip
    assert found.rows == {"b": 2, "c": 3, "a": 4}


def test_row_that_shows_other_words_than_its_id_is_not_taken_for_it() -> None:
    """Where ids stayed behind when rows were sorted, no answer goes to the id's question."""
    found = match_rows(
        grid(("1", "完成投资", "c"), ("1", "完成投资", "b"), ("2", "新增企业", "a")),
        QUESTIONS, ("number", "text"),
    )  # fmt: skip
    assert found.rows == {"b": 3, "c": 4}
    assert found.added == [2]
