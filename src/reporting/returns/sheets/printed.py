"""What a workbook was sent out with besides its questions, so that only the rest is its unit's.

A workbook holds a digest of each text that the program wrote around the tables, and the ranges
that its formulas stand in: on its hidden sheet, and again on 自查, for the hidden one is lost when
sheets are copied. Whatever those texts say in later years, or by other parameters, a workbook that
is out is held to its own.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from reporting.returns.layout import AIDS, COLUMNS, IDENTITY, SELF_CHECK
from reporting.returns.sheets.selfcheck.lines import PRINTED, column_of
from reporting.system.digests import digest
from reporting.values import Value
from reporting.workbooks.cells import Book, Cell, address, split_address, squeeze
from reporting.workbooks.columns import HEADER_ROW, TITLE_ROW

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LENGTH = 8
PRINTED_AT = (6, 2)
"""The cell of the hidden sheet that holds what was printed."""
_OF_VALUES = frozenset({".xls", ".et", ".csv"})
"""Formats of which only the values of formulas are read."""


class Printed(Value):
    """The digests of a workbook's own texts, and the ranges of its formulas."""

    digests: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()

    def holds(self, sheet: str, cell: Cell, file: str) -> bool:
        """Tell whether a cell of a file is as it was sent out."""
        if cell.formula is not None:
            return sheet in AIDS or SELF_CHECK in cell.formula
        if _digest(sheet, cell.value) in self.digests or self._is_own_list(cell.value):
            return True
        return PurePath(file).suffix.lower() in _OF_VALUES and self._is_within(sheet, cell)

    def _is_own_list(self, text: str) -> bool:
        pieces = frozenset(text.split())
        return bool(pieces) and pieces <= self.digests | self.ranges

    def _is_within(self, sheet: str, cell: Cell) -> bool:
        return any(
            name == sheet and _covers(area, cell)
            for name, _, area in (text.rpartition("!") for text in self.ranges)
        )


def _covers(area: str, cell: Cell) -> bool:
    first, _, last = area.partition(":")
    try:
        (top, left), (bottom, right) = split_address(first), split_address(last or first)
    except ValueError:
        return False
    return left <= cell.column <= right and top <= cell.row <= bottom


def _digest(sheet: str, text: str) -> str:
    return digest(squeeze(f"{sheet}!{text}").encode())[:_LENGTH]


def printed_of(sheets: "Iterable[Worksheet]") -> str:
    """Write what a workbook holds of its sheets: digests of texts, ranges of formulas."""
    found: dict[str, None] = {}
    for sheet in sheets:
        formulas = []
        for row, column, value, is_formula in _written(sheet):
            if is_formula:
                formulas.append((row, column))
            else:
                found[_digest(sheet.title, value)] = None
        if formulas:
            found[f"{sheet.title}!{_range(formulas)}"] = None
    return " ".join(found)


def _written(sheet: "Worksheet") -> Iterator[tuple[int, int, str, bool]]:
    """Give the texts and formulas of a sheet; of one of questions, those above its table."""
    last = HEADER_ROW - 1 if sheet.title in COLUMNS else sheet.max_row
    for row in sheet.iter_rows(max_row=last):
        for cell in row:
            if cell.value is not None:
                yield cell.row, cell.column, str(cell.value), cell.data_type == "f"


def _range(places: list[tuple[int, int]]) -> str:
    rows, columns = ([place[at] for place in places] for at in (0, 1))
    return f"{address(min(rows), min(columns))}:{address(max(rows), max(columns))}"


def read_printed(book: Book) -> Printed:
    """Read what a workbook holds of its own texts; one of before holds nothing."""
    places = ((IDENTITY, PRINTED_AT), (SELF_CHECK, (TITLE_ROW, column_of(PRINTED))))
    sheets = ((book.sheet(name), place) for name, place in places)
    listed = [text for sheet, place in sheets if sheet for text in sheet.value(*place).split()]
    ranges = frozenset(text for text in listed if "!" in text)
    return Printed(digests=frozenset(listed) - ranges, ranges=ranges)
