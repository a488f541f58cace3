"""Workbooks: the sheets of an xlsx file, merged cells and all."""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from reporting.errors import InputRefused
from reporting.language.numerals import figure
from reporting.language.runs import Run, RunKind
from reporting.periods import full_date
from reporting.plan.table.grid import Grid, GridCell, GridRow, LooseLine, Source, marked
from reporting.plan.table.sources.spans import SpanCell, lay_out
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Book, BookRefused, Cell, Sheet

_MAX_WIDTH = 200


def read_xlsx(data: bytes, name: str) -> Source:
    """Read every sheet with content, hidden ones last.

    Hidden columns and rows are left out of the tables; rows that a filter hides or a group
    folds are read, for nobody has taken them back.

    Raises
    ------
    InputRefused
        The file is damaged, protected or beyond the limits of reading.
    """
    try:
        book = open_book(data)
    except BookRefused as refused:
        raise InputRefused(
            f"{name}：应为可读的 xlsx 工作簿，实为{refused.found}，未读取。"
        ) from None
    sheets = sorted(book.sheets, key=lambda sheet: sheet.hidden)
    grids, loose, notes = [], [], []
    for sheet in sheets:
        if not sheet.cells:
            continue
        grids.append(_grid(sheet, book, name))
        loose.extend(_formulas(sheet))
        if folded := sorted((sheet.hidden_rows - _gone_rows(sheet)) & {r for r, _ in sheet.cells}):
            rows = "、".join(map(str, folded[:10])) + ("等" if len(folded) > 10 else "")
            notes.append(f"隐藏：工作表“{sheet.name}”第{rows}行")
    return Source(name, tuple(grids), tuple(loose), notes=tuple(notes))


def _gone_rows(sheet: Sheet) -> set[int]:
    """Return the rows that somebody has hidden one by one."""
    return set() if sheet.filtered else sheet.hidden_rows - sheet.folded_rows


def _gone_columns(sheet: Sheet) -> set[int]:
    filled = {column for _, column in sheet.cells}
    return {
        column
        for column in filled
        if any(first <= column <= last for first, last in sheet.hidden_columns)
    }


def _formulas(sheet: Sheet) -> list[LooseLine]:
    """Return the formulas without a saved result: their text is all there is to keep."""
    return [
        LooseLine(cell.row, f"{cell.address} ={cell.formula}", after=True)
        for cell in sheet.cells.values()
        if cell.formula is not None and not cell.value.strip()
    ]


def _grid(sheet: Sheet, book: Book, name: str) -> Grid:
    width = max(column for _, column in sheet.cells)
    if width > _MAX_WIDTH:
        raise InputRefused(
            f"{name}“{sheet.name}”表：任务表应在 {_MAX_WIDTH} 列以内，实为 {width} 列，未读取。"
        )
    seen = _Seen(sheet, width)
    rows: list[list[SpanCell]] = [[] for _ in seen.rows]
    aside: dict[int, list[Run]] = {}
    gone: dict[int, list[GridCell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        text, runs = marked(_runs(cell, book))
        covered = seen.covered(row, column)
        if covered.rows and covered.columns:
            place = SpanCell(
                covered.column, text, covered.rows, covered.columns, runs, cell.address
            )  # fmt: skip
            rows[covered.row].append(place)
        elif covered.rows:
            aside.setdefault(row, []).append(Run(cell.value, RunKind.HIDDEN))
        else:
            hidden = (Run(cell.value, RunKind.HIDDEN),)
            gone.setdefault(row, []).append(GridCell("", row, runs=hidden))
    made = lay_out(rows, seen.rows, name, pad=True)
    return Grid(
        tuple(replace(row, aside=tuple(aside.get(row.line, ()))) for row in made),
        place=sheet.name,
        hidden=sheet.hidden,
        gone=tuple(GridRow(tuple(cells)) for cells in gone.values()),
    )


class _Covered(NamedTuple):
    """Where a cell stands among the rows and columns that are seen, and how many it covers."""

    row: int
    rows: int
    column: int
    columns: int


class _Seen:
    """The rows and columns of a sheet that a reader sees; what is merged reaches over others."""

    def __init__(self, sheet: Sheet, width: int) -> None:
        gone = _gone_rows(sheet)
        self.rows = sorted({row for row, _ in sheet.cells} - gone)
        self._columns = sorted(set(range(1, width + 1)) - _gone_columns(sheet))
        self._merges = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}

    def covered(self, row: int, column: int) -> _Covered:
        """Return what is seen of a cell."""
        bottom, right = self._merges.get((row, column), (row, column))
        first, end = bisect_left(self.rows, row), bisect_right(self.rows, bottom)
        left, last = bisect_left(self._columns, column), bisect_right(self._columns, right)
        return _Covered(first, end - first, left, last - left)


def _runs(cell: Cell, book: Book) -> tuple[Run, ...]:
    """Return a cell's runs; those of one that is struck whole show what a reader sees."""
    if len(cell.runs) > 1:
        return cell.runs
    kind = cell.runs[0].kind if cell.runs else RunKind.PLAIN
    return (Run(_text(cell, book), kind),)


def _text(cell: Cell, book: Book) -> str:
    """Write a cell as a reader sees it: dates and percentages by their format."""
    if not cell.numeric or not cell.style:
        return cell.value
    try:
        number = Decimal(cell.value)
    except InvalidOperation:
        return cell.value
    if cell.style == "percent":
        return f"{figure(number * 100)}%"
    if not 0 < number < 80_000:
        return cell.value
    start = date(1904, 1, 1) if book.date1904 else date(1899, 12, 30)
    shown = start + timedelta(days=int(number))
    return f"{shown.year}年{shown.month}月" if cell.style == "month" else full_date(shown)
