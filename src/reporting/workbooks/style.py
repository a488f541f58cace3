"""How the workbooks look that people fill in: face, colours, heads, cells, locks, paper."""

from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from functools import cache

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reporting.language.visible import visible
from reporting.workbooks.book import MAX_TEXT
from reporting.workbooks.cells import address, column_letters, escaped
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW, ColumnSpec
from reporting.workbooks.heights import row_height, text_lines

_FACE = "宋体"
RED = "A61C1C"
_INK, _BLUE, _MUTED = "1F2933", "1F3A5F", "5F6B76"
_LINE = Side(style="thin", color="C5CCD3")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PLAN_FILL = PatternFill("solid", fgColor="EEF1F4")
_HEAD_FILL = PatternFill("solid", fgColor=_BLUE)
_FILL_HEAD = PatternFill("solid", fgColor="8A5A00")
_GUIDE_WIDE = 92
_OPEN = Protection(locked=False)
LINK_FONT = Font(name=_FACE, size=10, color="1F5FA8", underline="single")


@cache
def font(*, size: float = 10, bold: bool = False, colour: str = _INK) -> Font:
    """Return the workbook's face in a size and colour."""
    return Font(name=_FACE, size=size, bold=bold, color=colour)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell that can be written; the sheets written here have no merged ones."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{sheet.title}!{cell.coordinate} is merged")
    return cell


def shown(text: str) -> str | None:
    """Return a text as a cell may hold it, hiding nothing; None when it is empty."""
    return escaped(visible(text))[:MAX_TEXT] or None


def put(cell: Cell, value: str | Decimal | int | None) -> None:
    """Set a cell to a number, or to text that is never a formula and hides nothing."""
    if isinstance(value, str):
        cell.value = shown(value)
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value


def whole_or_text(value: str) -> int | str:
    """Write a numeral as a number, so that a sheet sorts it as one; other text as it is."""
    return int(value) if value.isdecimal() else value


def dress_guide(sheet: Worksheet, *, last_row: int) -> None:
    """Set the instructions as a calm two-column page."""
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = _GUIDE_WIDE
    sheet["A1"].font = font(size=18, bold=True, colour=_BLUE)
    sheet["A2"].font = font(size=12, bold=True)
    sheet.row_dimensions[1].height = 34
    sheet.row_dimensions[2].height = 22
    for row in range(4, last_row + 1):
        for column in (1, 2):
            cell = cell_at(sheet, row, column)
            cell.border = _GRID
            cell.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
            cell.font = font(size=11, bold=column == 1)
            cell.fill = _PLAN_FILL if column == 1 else PatternFill()
        lines = text_lines(str(cell_at(sheet, row, 2).value or ""), _GUIDE_WIDE)
        sheet.row_dimensions[row].height = max(24, row_height(lines, padding=8))
    for column in (1, 2):
        _dress_header(cell_at(sheet, 4, column), _HEAD_FILL)
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    _set_page(sheet)
    sheet.page_setup.fitToWidth = 1


def dress_questions(
    sheet: Worksheet,
    specs: Sequence[ColumnSpec],
    count: int,
    *,
    year: int,
    dressed: int | None = None,
) -> None:
    """Dress a sheet of questions: its head, its cells, locks, choices and paper.

    ``dressed`` is how many of the ``count`` rows are dressed where not all of them are.
    """
    dressed = count if dressed is None else dressed
    _dress_head(sheet, specs)
    for column, spec in enumerate(specs, 1):
        _dress_column(sheet, column, spec, dressed)
    for row in range(FIRST_ROW, FIRST_ROW + dressed):
        sheet.row_dimensions[row].height = fitted(sheet, row, specs)
    first_fill = next(n for n, spec in enumerate(specs, 1) if spec.fill)
    sheet.freeze_panes = address(FIRST_ROW, 3)
    if count:
        _add_choices(sheet, specs, count, year)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_view.selection[-1].activeCell = address(FIRST_ROW, first_fill)
    sheet.sheet_view.selection[-1].sqref = address(FIRST_ROW, first_fill)
    lock(sheet)
    _set_page(sheet)
    _set_table_page(sheet, specs, count)


def _dress_head(sheet: Worksheet, specs: Sequence[ColumnSpec]) -> None:
    cell_at(sheet, TITLE_ROW, 1).font = font(size=16, bold=True, colour=_BLUE)
    sheet.row_dimensions[TITLE_ROW].height = 30
    cell_at(sheet, HINT_ROW, 1).font = font(colour=_MUTED)
    sheet.row_dimensions[HINT_ROW].height = 20
    heads: dict[bool, Cell] = {}
    for column, spec in enumerate(specs, 1):
        cell = cell_at(sheet, HEADER_ROW, column)
        if spec.fill in heads:
            dress_alike(cell, heads[spec.fill])
        else:
            _dress_header(cell, _FILL_HEAD if spec.fill else _HEAD_FILL)
            heads[spec.fill] = cell
        dimension = sheet.column_dimensions[column_letters(column)]
        dimension.width = spec.wide
        dimension.hidden = spec.kind == "id"
    sheet.row_dimensions[HEADER_ROW].height = 32


def _dress_header(cell: Cell, fill: PatternFill) -> None:
    cell.font = font(bold=True, colour="FFFFFF")
    cell.fill = fill
    cell.border = _GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _dress_column(sheet: Worksheet, column: int, spec: ColumnSpec, count: int) -> None:
    """Dress the first cell of a column, and give the others its style."""
    first: Cell | None = None
    for row in range(FIRST_ROW, FIRST_ROW + count):
        cell = cell_at(sheet, row, column)
        if first is None:
            first = cell
            _dress_cell(cell, spec)
        else:
            dress_alike(cell, first)


def _dress_cell(cell: Cell, spec: ColumnSpec) -> None:
    centred = spec.kind in ("grade", "date") or spec.wide < 13
    horizontal = "right" if spec.kind == "number" and spec.wide > 7 else None
    cell.font = font()
    cell.border = _GRID
    cell.alignment = Alignment(
        horizontal=horizontal or ("center" if centred else "left"),
        vertical="top",
        wrap_text=True,
    )
    if spec.fill:
        cell.protection = _OPEN
    else:
        cell.fill = _PLAN_FILL
    if spec.kind == "date":
        cell.number_format = "yyyy-mm-dd"


def fitted(sheet: Worksheet, row: int, specs: Sequence[ColumnSpec]) -> float:
    """Return the height at which a row shows its texts whole."""
    values = [cell_at(sheet, row, column).value for column in range(1, len(specs) + 1)]
    return fitted_height([str(value or "") for value in values], specs)


def fitted_height(texts: Sequence[str], specs: Sequence[ColumnSpec]) -> float:
    """Return the height at which a row of texts shows them whole."""
    lines = max(
        text_lines(text, spec.wide)
        for text, spec in zip(texts, specs, strict=True)
        if spec.kind != "id"
    )
    return row_height(max(2, lines), padding=4)


def column_area(specs: Sequence[ColumnSpec], field: str, count: int) -> tuple[str, str]:
    """Return a column's letter and the range of its data cells."""
    number = next(n for n, spec in enumerate(specs, 1) if spec.field == field)
    letter = column_letters(number)
    return letter, f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + count - 1}"


def when(formula: str, fill: PatternFill) -> Rule:
    """Colour cells where a formula holds."""
    return Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[formula])


def _add_choices(sheet: Worksheet, specs: Sequence[ColumnSpec], count: int, year: int) -> None:
    for spec in specs:
        if not spec.fill:
            continue
        _, area = column_area(specs, spec.field, count)
        if spec.choices:
            rule = _list_choice(spec)
        elif spec.kind == "date":
            rule = _date_choice(year)
        elif spec.kind == "number" and spec.exact:
            rule = number_choice(spec.label, "请只填数字，计量单位见表头。")
        elif spec.help:
            rule = DataValidation(allow_blank=True)
        else:
            continue
        if spec.help:
            rule.promptTitle, rule.prompt = spec.label, spec.help
            rule.showInputMessage = True
        rule.add(area)
        sheet.add_data_validation(rule)


def _list_choice(spec: ColumnSpec) -> DataValidation:
    words = ",".join(spec.choices)
    rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    rule.errorTitle, rule.error = spec.label, "请从下拉列表中选择一项。"
    rule.promptTitle, rule.prompt = spec.label, "Alt+↓ 打开列表选择。"
    rule.showErrorMessage = rule.showInputMessage = True
    return rule


def number_choice(title: str, error: str) -> DataValidation:
    """Let cells take numbers only."""
    rule = DataValidation(
        type="decimal", operator="between", formula1="-1E+12", formula2="1E+12", allow_blank=True
    )
    rule.errorTitle, rule.error = title, error
    rule.showErrorMessage = True
    return rule


def _date_choice(year: int) -> DataValidation:
    rule = DataValidation(
        type="date",
        operator="between",
        formula1=f"DATE({year - 1},1,1)",
        formula2=f"DATE({year + 10},12,31)",
        allow_blank=True,
    )
    rule.errorTitle, rule.error = "日期", f"请填写日期，如 {year}-10-18。"
    rule.showErrorMessage = True
    return rule


def lock(sheet: Worksheet) -> None:
    """Lock what is not to be filled; widths, heights and filters stay the reader's."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.autoFilter = protection.sort = False


def _set_page(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
    sheet.print_options.horizontalCentered = True


def _set_table_page(sheet: Worksheet, specs: Sequence[ColumnSpec], count: int) -> None:
    """Print the visible columns, with the header and the title on every page."""
    last = column_letters(len(specs) - sum(spec.kind == "id" for spec in specs))
    sheet.print_area = f"A{HEADER_ROW}:{last}{max(HEADER_ROW, FIRST_ROW + count - 1)}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.fitToWidth = 1
    title = str(cell_at(sheet, TITLE_ROW, 1).value).replace("&", "&&")
    sheet.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=title, size=12))


def dress_list(sheet: Worksheet, widths: Sequence[float], count: int) -> None:
    """Dress a plain list with a title, a line of notes and a header in row 3."""
    cell_at(sheet, 1, 1).font = font(size=16, bold=True, colour=_BLUE)
    sheet.row_dimensions[1].height = 30
    cell_at(sheet, 2, 1).font = font(colour=_MUTED)
    sheet.row_dimensions[2].height = 20
    for column, wide in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(column)].width = wide
    dress_block(sheet, HEADER_ROW, widths, count)
    sheet.freeze_panes = address(FIRST_ROW, 1)
    sheet.sheet_view.showGridLines = False
    _set_page(sheet)
    sheet.page_setup.fitToWidth = 1
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def dress_block(sheet: Worksheet, header: int, widths: Sequence[float], count: int) -> None:
    """Dress a header and the rows of a list under it."""
    head = cell_at(sheet, header, 1)
    _dress_header(head, _HEAD_FILL)
    for column in range(2, len(widths) + 1):
        dress_alike(cell_at(sheet, header, column), head)
    sheet.row_dimensions[header].height = 24
    for column, wide in enumerate(widths, 1):
        _dress_list_column(sheet, column, range(header + 1, header + 1 + count), wide)
    for row in range(header + 1, header + 1 + count):
        lines = max(
            text_lines(str(cell_at(sheet, row, column).value or ""), wide)
            for column, wide in enumerate(widths, 1)
        )
        sheet.row_dimensions[row].height = row_height(lines, padding=6)


def _dress_list_column(sheet: Worksheet, column: int, rows: Sequence[int], wide: float) -> None:
    first: Cell | None = None
    for row in rows:
        cell = cell_at(sheet, row, column)
        is_bare = not cell.has_style  # whoever coloured it before keeps the colour
        if is_bare and first is not None:
            dress_alike(cell, first)
            continue
        first = cell if is_bare else first
        cell.font = font()
        cell.border = _GRID
        cell.alignment = Alignment(
            horizontal="center" if wide < 13 else "left", vertical="top", wrap_text=True
        )


def dress_alike(cell: Cell, other: Cell) -> None:
    """Give a cell the style of another.

    openpyxl looks each part of a style up in the workbook's lists, which takes longer than
    all the rest of writing a sheet.
    """
    cell._style = copy(other._style)  # type: ignore[attr-defined]
