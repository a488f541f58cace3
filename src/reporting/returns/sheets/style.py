"""How a return workbook looks beyond what all workbooks share: grades, figures, pages."""

from collections.abc import Sequence

from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reporting.grades import LAGGING, USUAL, Grade, Kind, Scale
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import COLUMNS, PROGRESS, SAMPLE_MARK, SIGNATURE, columns_of
from reporting.workbooks.cells import address, column_letters
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, ColumnSpec
from reporting.workbooks.style import (
    RED,
    cell_at,
    column_area,
    dress_questions,
    fitted,
    font,
    number_choice,
    when,
)

_MISSING, _WRONG = (PatternFill("solid", bgColor=colour) for colour in ("FFE08A", "F8D3D0"))
"""What is still to be filled in, and what was filled in and cannot be."""
_EXAMPLE_INK = "5F6B76"
_SAMPLE_FILL = PatternFill("solid", fgColor="FFF3CD")
_PROGRESS_SCALE = 68
"""Per cent at which the answers' columns fill an A4 page, also where digits run wide."""

_GRADE_COLOURS = {
    Kind.DONE: "D7E8F7",
    Kind.ON_SCHEDULE: "DDF0E0",
    Kind.BEHIND: "FFF0C9",
    Kind.FAR_BEHIND: "F8D3D0",
    Kind.NOT_STARTED: "E3E3E3",
    Kind.PAUSED: "E7DFF2",
}
"""The grounds of what a unit claims; a grade that the office coloured itself has its own tint."""


def dress_table(
    sheet: Worksheet,
    name: str,
    count: int,
    scale: Scale,
    *,
    year: int,
    extras: Sequence[ExtraColumn] = (),
) -> None:
    """Dress a sheet of questions: its head, its cells, locks, choices and paper."""
    specs = columns_of(name, scale, extras)
    dress_questions(sheet, specs, count, year=year)
    if name == PROGRESS:
        _part_pages(sheet, specs)
    if not count:
        return
    shown = column_letters(sum(spec.kind != "id" for spec in specs))
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{shown}{HEADER_ROW + count}"
    if name == PROGRESS:
        _colour_answers(sheet, specs, count, scale)
    for spec in specs:
        if spec.must:
            # A signature that is left empty is that of the row above.
            _colour_empty(sheet, specs, spec.field, 1 if spec.field in SIGNATURE else count)


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


def _colour_empty(sheet: Worksheet, specs: Sequence[ColumnSpec], field: str, count: int) -> None:
    letter, area = column_area(specs, field, count)
    sheet.conditional_formatting.add(area, when(f"LEN(TRIM({letter}{FIRST_ROW}))=0", _MISSING))


def colour_figures(sheet: Worksheet, due: Sequence[int], running: Sequence[int]) -> None:
    """Colour figures that are due and empty, that are none, or lower than last quarter's.

    ``due`` and ``running`` are rows: of what is due by the quarter's end, and of what adds up from
    quarter to quarter.
    """
    specs = COLUMNS[sheet.title]
    letter, last = (column_area(specs, field, 1)[0] for field in ("actual", "last_actual"))
    rules = (
        (due, "LEN({here})=0", _MISSING),
        (range(FIRST_ROW, sheet.max_row + 1), "ISTEXT({here})", _WRONG),
        (running, "AND(ISNUMBER({here}),ISNUMBER({last}),{here}<{last})", _WRONG),
    )
    for rows, condition, fill in rules:
        if rows:
            # A formula is written for the first cell, and moves with the others.
            formula = condition.format(here=f"{letter}{rows[0]}", last=f"{last}{rows[0]}")
            area = " ".join(f"{letter}{row}" for row in rows)
            sheet.conditional_formatting.add(area, when(formula, fill))


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
    rule = number_choice("本季度实际值", f"请只填数字，单位为“{unit}”。")
    rule.promptTitle, rule.prompt = "本季度实际值", f"只填数字，单位：{unit}"
    rule.showInputMessage = True
    return rule


def _colour_answers(
    sheet: Worksheet, specs: Sequence[ColumnSpec], count: int, scale: Scale
) -> None:
    letter, area = column_area(specs, "self_rating", count)
    for grade in scale.claimed:
        fill = PatternFill("solid", bgColor=_ground(grade))
        formula = f'${letter}{FIRST_ROW}="{grade}"'
        sheet.conditional_formatting.add(area, when(formula, fill))
    behind = ",".join(f'${letter}{FIRST_ROW}="{grade}"' for grade in scale.of(LAGGING))
    for field in ("problem", "cause", "next_step", "due_date"):
        column, area = column_area(specs, field, count)
        formula = f"AND(OR({behind}),LEN({column}{FIRST_ROW})=0)"
        sheet.conditional_formatting.add(area, when(formula, _MISSING))


def _ground(grade: Grade) -> str:
    own = grade.style.colour != USUAL[grade.kind].style.colour
    return grade.style.tint.removeprefix("#").upper() if own else _GRADE_COLOURS[grade.kind]


def dress_example(sheet: Worksheet, rows: Sequence[int]) -> None:
    """Set an example apart from the instructions: its head stands out, its texts stand back."""
    for row in rows:
        for column in (1, 2):
            cell = cell_at(sheet, row, column)
            if row == rows[0]:
                cell.fill = _SAMPLE_FILL
            else:
                cell.font = font(size=11, colour=_EXAMPLE_INK)


def dress_sample(sheet: Worksheet, row: int, last_column: int) -> None:
    """Make the mark of demonstration data stand out, over the width of the table."""
    for column in range(1, last_column + 1):
        cell = cell_at(sheet, row, column)
        cell.font = font(size=11, bold=True, colour=RED)
        cell.fill = _SAMPLE_FILL
    mark_pages(sheet)


def mark_pages(sheet: Worksheet) -> None:
    """Print the mark of demonstration data above every page."""
    header = sheet.oddHeader or HeaderFooterItem()
    header.right = _HeaderFooterPart(text=SAMPLE_MARK, size=12, color=RED)
    sheet.oddHeader = header
