"""How a return workbook looks beyond what all workbooks share: grades, figures, pages."""

from collections.abc import Sequence

from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reporting.grades import LAGGING, SELF_GRADES, Grade
from reporting.returns.layout import COLUMNS, PROGRESS, SAMPLE_MARK
from reporting.workbooks.cells import address
from reporting.workbooks.columns import FIRST_ROW, ColumnSpec
from reporting.workbooks.style import (
    RED,
    cell_at,
    column_area,
    dress_questions,
    fitted,
    font,
    when,
)

_SAMPLE_FILL = PatternFill("solid", fgColor="FFF3CD")
_PROGRESS_SCALE = 68
"""Per cent at which the answers' columns fill an A4 page, also where digits run wide."""

_GRADE_COLOURS = {
    Grade.DONE: "D7E8F7",
    Grade.ON_SCHEDULE: "DDF0E0",
    Grade.BEHIND: "FFF0C9",
    Grade.FAR_BEHIND: "F8D3D0",
    Grade.NOT_STARTED: "E3E3E3",
    Grade.PAUSED: "E7DFF2",
}


def dress_table(sheet: Worksheet, name: str, count: int, *, year: int) -> None:
    """Dress a sheet of questions: its head, its cells, locks, choices and paper."""
    specs = COLUMNS[name]
    dress_questions(sheet, specs, count, year=year)
    if name == PROGRESS:
        _part_pages(sheet, specs)
        if count:
            _colour_answers(sheet, specs, count)


def _part_pages(sheet: Worksheet, specs: Sequence[ColumnSpec]) -> None:
    """Print the plan's columns on one page and the answers beside it on the next."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = _PROGRESS_SCALE
    sheet.print_title_cols = "A:A"
    at = next(n for n, spec in enumerate(specs, 1) if spec.fill) - 1
    sheet.col_breaks = ColBreak(brk=[Break(id=at)])


def refit(sheet: Worksheet, name: str, rows: Sequence[int]) -> None:
    """Fit rows again after they were filled."""
    for row in rows:
        sheet.row_dimensions[row].height = fitted(sheet, row, COLUMNS[name])


def prompt_units(sheet: Worksheet, units: Sequence[str]) -> None:
    """Let actual cells take numbers only, showing the unit of measure when entered."""
    specs = COLUMNS[sheet.title]
    rules: dict[str, DataValidation] = {}
    for row, unit in enumerate(units, FIRST_ROW):
        if unit not in rules:
            rules[unit] = _number_choice(unit)
            sheet.add_data_validation(rules[unit])
        rules[unit].add(address(row, next(n for n, s in enumerate(specs, 1) if s.fill)))


def _number_choice(unit: str) -> DataValidation:
    rule = DataValidation(
        type="decimal", operator="between", formula1="-1E+12", formula2="1E+12", allow_blank=True
    )
    rule.errorTitle, rule.error = "本季度实际值", f"请只填数字，单位为“{unit}”。"
    rule.promptTitle, rule.prompt = "本季度实际值", f"只填数字，单位：{unit}"
    rule.showErrorMessage = rule.showInputMessage = True
    return rule


def _colour_answers(sheet: Worksheet, specs: Sequence[ColumnSpec], count: int) -> None:
    letter, area = column_area(specs, "self_rating", count)
    for grade, colour in _GRADE_COLOURS.items():
        fill = PatternFill("solid", bgColor=colour)
        formula = f'${letter}{FIRST_ROW}="{grade}"'
        sheet.conditional_formatting.add(area, when(formula, fill))
    owed = PatternFill("solid", bgColor="FDE9E7")
    behind = ",".join(
        f'${letter}{FIRST_ROW}="{grade}"' for grade in SELF_GRADES if grade in LAGGING
    )
    for field in ("problem", "cause", "next_step", "due_date"):
        column, area = column_area(specs, field, count)
        formula = f"AND(OR({behind}),LEN({column}{FIRST_ROW})=0)"
        sheet.conditional_formatting.add(area, when(formula, owed))


def dress_sample(sheet: Worksheet, row: int, last_column: int) -> None:
    """Make the mark of demonstration data stand out, over the width of the table."""
    for column in range(1, last_column + 1):
        cell = cell_at(sheet, row, column)
        cell.font = font(size=11, bold=True, colour=RED)
        cell.fill = _SAMPLE_FILL
    header = sheet.oddHeader or HeaderFooterItem()
    header.right = _HeaderFooterPart(text=SAMPLE_MARK, size=12, color=RED)
    sheet.oddHeader = header
