"""What the formulas of 自查 show before anything is typed.

A program that reckons nothing, as a preview on a phone, shows what was saved beside a formula.
Only of a sheet that holds no answer is that known here; any program that reckons replaces it.
"""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.returns.layout import COLUMNS, SELF_CHECK
from reporting.returns.sheets.selfcheck.formulas import told_by
from reporting.returns.sheets.selfcheck.lines import DETAIL, STATE, column_of
from reporting.returns.sheets.selfcheck.write import DONE, NONE_LEFT, TOTAL
from reporting.workbooks.cells import address
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW

_TOTAL_CELL = TOTAL.replace("$", "")
_OF_EMPTY_CELLS = (
    "RET-EMPTY self_rating", "RET-EMPTY progress",
    "RET-SIGNATURE reporter", "RET-SIGNATURE approver", "RET-SIGNATURE reported_on",
    "RET-ACTUAL-EMPTY actual", "RET-PROMISE-OUTCOME outcome",
)  # fmt: skip
"""The columns that tell of an empty cell whatever else is typed; all others need an answer."""


def first_shown(book: Workbook) -> dict[str, dict[str, str]]:
    """Give what a blank workbook shows of its 自查, by sheet and cell."""
    sheet = book[SELF_CHECK]
    state = {row: _owed(sheet, row) for row in range(FIRST_ROW, sheet.max_row + 1)}
    lines = {row: told for row, told in state.items() if sheet.cell(row, STATE).value is not None}
    total = _total(sum(map(len, lines.values())))
    shown = {_TOTAL_CELL: total}
    for row, told in lines.items():
        shown[address(row, STATE)] = f"待填{len(told)}处" if told else DONE
        shown[address(row, DETAIL)] = "；".join(told)
    return {SELF_CHECK: shown} | _leading(book, total)


def _owed(sheet: Worksheet, row: int) -> list[str]:
    """Give what a line tells of its empty cells."""
    own = [
        at for at, cell in enumerate(sheet[HEADER_ROW], 1)
        if str(cell.value).startswith("RET-EXTRA-MISSING")
    ]  # fmt: skip
    columns = (*map(column_of, _OF_EMPTY_CELLS), *own)
    found = (sheet.cell(row, column).value for column in columns)
    return [told_by(str(formula)) for formula in found if formula is not None]


def _total(left: int) -> str:
    return f"还有{left}处待填或者待核：待填{left}处，待核0处。" if left else NONE_LEFT


def _leading(book: Workbook, total: str) -> dict[str, dict[str, str]]:
    """Give the cells above the tables that show the total."""
    formula = f"='{SELF_CHECK}'!{TOTAL}"
    return {
        sheet.title: {
            cell.coordinate: total for row in sheet.iter_rows(max_row=1) for cell in row
            if cell.value == formula
        }
        for sheet in book.worksheets if sheet.title in COLUMNS
    }  # fmt: skip
