"""Accounting for cells: what a unit filled must stand in a row or in a finding."""

import io
import warnings

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from reporting.returns.layout import IDENTITY
from reporting.returns.values import Return

Place = tuple[str, int, int]


def filled_cells(data: bytes, blank: bytes) -> set[Place]:
    """Return the cells that differ from the blank sheet, as another reader sees them."""
    return {
        place for place, value in _values(data).items() if _values_of(blank).get(place) != value
    }


_known: dict[bytes, dict[Place, str]] = {}


def _values_of(blank: bytes) -> dict[Place, str]:
    if blank not in _known:
        _known[blank] = _values(blank)
    return _known[blank]


def _values(data: bytes) -> dict[Place, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.row, cell.column): str(cell.value)
        for sheet in book.worksheets
        if sheet.title != IDENTITY
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }


def accounted_cells(item: Return) -> set[Place]:
    """Return the cells that the rows and findings of a return name."""
    found: set[Place] = set()
    for row in item.rows:
        for place in row.cells.values():
            sheet, _, cell = place.rpartition("!")
            found |= _cells(sheet or row.sheet, cell)
    for answer in item.answers:
        for cell in answer.cells.values():
            found |= _cells(answer.sheet, cell)
    for finding in item.findings:
        if finding.cell:
            found |= _cells(finding.sheet, finding.cell)
    return found


def _cells(sheet: str, area: str) -> set[Place]:
    left, top, right, bottom = range_boundaries(area)
    return {
        (sheet, row, column)
        for row in range(int(top or 1), int(bottom or 1) + 1)
        for column in range(int(left or 1), int(right or 1) + 1)
    }
