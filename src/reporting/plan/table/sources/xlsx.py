"""Workbooks: the sheets of an xlsx file, merged cells and all."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from reporting.errors import InputRefused
from reporting.language.numerals import figure
from reporting.periods import full_date
from reporting.plan.table.grid import Grid, LooseLine, Source
from reporting.plan.table.sources.spans import SpanCell, lay_out
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Book, BookRefused, Cell, Sheet, column_letters

_MAX_WIDTH = 200


def read_xlsx(data: bytes, name: str) -> Source:
    """Read every sheet with content, hidden ones last.

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
        if columns := _hidden_columns(sheet):
            notes.append(f"隐藏：工作表“{sheet.name}”第{columns}列")
        if hidden := sorted(sheet.hidden_rows & {row for row, _ in sheet.cells}):
            rows = "、".join(map(str, hidden[:10])) + ("等" if len(hidden) > 10 else "")
            notes.append(f"隐藏：工作表“{sheet.name}”第{rows}行")
    return Source(name, tuple(grids), tuple(loose), notes=tuple(notes))


def _hidden_columns(sheet: Sheet) -> str:
    """Return the letters of the hidden columns that hold something."""
    filled = sorted({column for _, column in sheet.cells})
    hidden = [
        column_letters(column)
        for column in filled
        if any(first <= column <= last for first, last in sheet.hidden_columns)
    ]
    return "、".join(hidden)


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
    merges = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    numbers = sorted({row for row, _ in sheet.cells})
    order = {row: at for at, row in enumerate(numbers)}
    rows: list[list[SpanCell]] = [[] for _ in numbers]
    for (row, column), cell in sorted(sheet.cells.items()):
        bottom, right = merges.get((row, column), (row, column))
        down = sum(1 for number in numbers[order[row] :] if number <= bottom)
        across = min(right, width) - column + 1
        rows[order[row]].append(SpanCell(column - 1, _text(cell, book), down, max(1, across)))
    return Grid(
        tuple(lay_out(rows, numbers, name, pad=True)), place=sheet.name, hidden=sheet.hidden
    )


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
