"""The Excel annex: one sheet a table, filters, frozen headers, text that is never a formula."""

import math
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import total
from reporting.assess.values import Assessment
from reporting.findings import Severity
from reporting.grades import Grade, GradeStyle
from reporting.language.visible import visible
from reporting.periods import full_date, quarter_label
from reporting.tables.fields import DataTable, Datum, Field
from reporting.tables.rows import tables
from reporting.workbooks.cells import escaped
from reporting.workbooks.heights import row_height, text_lines
from reporting.workbooks.saving import saved
from reporting.workbooks.style import whole_or_text

SAMPLE_MARK = "示例数据"
SAMPLE_NOTE = "示例数据：本表由演示用的虚拟数据生成，不反映任何单位的真实工作。"
_MAX_TEXT = 32767
_CUT = "……（本格未列全，全文见报告）"
_HEAD = Font(name="黑体", bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_BODY = Font(name="宋体", size=10)
_RULE_WIDE = 110
_PAGE_WIDE = 200
"""Characters beside one another on a page; 10 pt shrink to about 6.5 pt then."""
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LOOKS: WeakKeyDictionary[Workbook, dict[str, StyleArray]] = WeakKeyDictionary()
"""The looks that a workbook has had, by name."""


def write_annex(assessment: Assessment) -> bytes:
    """Write the workbook; equal assessments give the same bytes."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    grades = _grades(assessment)
    _write_cover(first, assessment, grades)
    labels = {task.task_id: task.label for task in assessment.plan.tasks}
    for table in tables(assessment):
        write_table(book.create_sheet(table.title), _for_readers(table, labels), grades)
    _write_rule(book.create_sheet("核定规则"), assessment)
    return finished(
        book, title=_title(assessment), office=assessment.masthead.issuing_office,
        day=assessment.issued_on, is_sample=assessment.is_sample, seal=_seal(assessment),
    )  # fmt: skip


def finished(
    book: Workbook, *, title: str, office: str, day: date, is_sample: bool, seal: str | None = None
) -> bytes:
    """Mark every page of a workbook, and write it; equal ones give the same bytes."""
    moment = datetime.combine(day, datetime.min.time())
    for sheet in book.worksheets:
        _mark_pages(sheet, title, is_sample=is_sample, seal=seal)
    properties = book.properties
    properties.creator, properties.title, properties.language = office, title, "zh-CN"
    properties.created = properties.modified = moment
    return saved(book, moment)


def _seal(assessment: Assessment) -> str | None:
    return f"封签 {assessment.seal.printed}" if assessment.seal else None


def _title(assessment: Assessment) -> str:
    return f"{assessment.subject.name}{assessment.period.label}任务进展情况"


def _write_cover(sheet: Worksheet, assessment: Assessment, grades: Mapping[str, Grade]) -> None:
    sheet.title = "总体情况"
    lines: list[tuple[Datum, ...]] = [
        (_title(assessment),),
        (assessment.masthead.issuing_office, full_date(assessment.issued_on)),
        (SAMPLE_NOTE if assessment.is_sample else None, _seal(assessment)),
        ("核定结果", "任务数（项）"),
    ]
    now = total(assessment)
    lines += [(str(grade), count) for grade, count in now.counts.items()]
    lines += [(NOTHING_DUE, now.nothing_due), ("合计", now.total)]
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            _put(_cell(sheet, number, column), value)
    sheet["A1"].font = Font(name="黑体", size=16, bold=True)
    sheet["A3"].font = Font(name="宋体", size=11, bold=True, color="C00000")
    _style_head(sheet, 4, 2)
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 18
    for row in range(5, sheet.max_row):
        _colour_grade(_cell(sheet, row, 1), grades)
    for name in ("A1", "A3"):
        sheet[name].alignment = Alignment(vertical="center")


def write_table(sheet: Worksheet, table: DataTable, grades: Mapping[str, Grade]) -> None:
    """Write a table, its head first; grades are coloured by their words."""
    for column, field in enumerate(table.fields, 1):
        _put(_cell(sheet, 1, column), field.label)
        sheet.column_dimensions[get_column_letter(column)].width = field.wide
    for number, row in enumerate(table.rows, 2):
        for column, (field, value) in enumerate(zip(table.fields, row, strict=True), 1):
            _put(_cell(sheet, number, column), _in_words(field.name, value))
            if field.name in ("grade", "self_rating", "previous"):
                _colour_grade(_cell(sheet, number, column), grades)
        sheet.row_dimensions[number].height = _height(sheet, number, table)
    _style_head(sheet, 1, len(table.fields))
    sheet.freeze_panes = "C2"
    sheet.print_title_cols = "A:B"
    last = get_column_letter(len(table.fields))
    sheet.auto_filter.ref = f"A1:{last}{max(len(table.rows) + 1, 2)}"
    _set_page(sheet)


_WORDS: dict[str, dict[str, str]] = {
    "basis": {"cumulative": "累计", "in_quarter": "当季", "level": "期末"},
    "comparator": {">=": "不少于", ">": "超过", "=": "等于", "<=": "不多于", "range": "区间"},
    "severity": {severity.value: severity.label for severity in Severity},
}
"""What officials read where the tables for programs have codes."""


_FOR_PROGRAMS = frozenset({"milestone_id", "target_id", "code"})
_JOINED = frozenset({"leaders", "lead_units"})


def _for_readers(table: DataTable, labels: Mapping[str, str]) -> DataTable:
    """Leave out what only programs read, and call tasks by their ``labels``.

    The tables for programs (CSV) keep every column and id.
    """
    numbered = any(field.name == "label" for field in table.fields)
    kept = [
        at for at, field in enumerate(table.fields)
        if field.name not in _FOR_PROGRAMS and not (field.name == "task_id" and numbered)
    ]  # fmt: skip
    names = {"task_id": ("任务号", 8.0), "file": ("文件", 24.0)}
    fields = tuple(
        Field(name=f.name, label=names.get(f.name, (f.label, f.wide))[0],
              wide=names.get(f.name, (f.label, f.wide))[1])
        for f in (table.fields[at] for at in kept)
    )  # fmt: skip
    rows = tuple(
        tuple(_read(table.fields[at].name, row[at], labels) for at in kept) for row in table.rows
    )
    return table.model_copy(update={"fields": fields, "rows": rows})


def _read(name: str, value: Datum, labels: Mapping[str, str]) -> Datum:
    """Write a value as officials read it: quarters in words, a file without its folders."""
    if not isinstance(value, str) or not value:
        return value
    if name in ("task_id", "label"):
        return whole_or_text(labels.get(value, value))
    if name == "quarters":
        return quarter_label(tuple(int(part) for part in value.split(";")))
    if name == "file":
        return value.rpartition("/")[2]
    return value.replace(";", "、") if name in _JOINED else value


def _in_words(name: str, value: Datum) -> Datum:
    return _WORDS.get(name, {}).get(value, value) if isinstance(value, str) else value


def _write_rule(sheet: Worksheet, assessment: Assessment) -> None:
    _put(_cell(sheet, 1, 1), "条款")
    _put(_cell(sheet, 1, 2), "内容")
    for number, clause in enumerate(assessment.rule, 2):
        _put(_cell(sheet, number, 1), clause.code)
        _put(_cell(sheet, number, 2), clause.text)
        sheet.row_dimensions[number].height = row_height(text_lines(clause.text, _RULE_WIDE), 4)
    _style_head(sheet, 1, 2)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = 8
    sheet.column_dimensions["B"].width = _RULE_WIDE
    _set_page(sheet)


def _mark_pages(sheet: Worksheet, title: str, *, is_sample: bool, seal: str | None) -> None:
    """Print the title, the mark of demonstration data and the page's number on every page."""
    mark = SAMPLE_MARK if is_sample else None
    title = title.replace("&", "&&")
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(
        left=_HeaderFooterPart(text=title), right=_HeaderFooterPart(text=mark)
    )
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=seal), center=_HeaderFooterPart(text="— &P —")
    )


def _height(sheet: Worksheet, row: int, table: DataTable) -> float:
    cells = zip(sheet[row], table.fields, strict=True)
    lines = (text_lines(cell.value, at.wide) for cell, at in cells if isinstance(cell.value, str))
    return row_height(max(lines, default=1), padding=4)


def _set_page(sheet: Worksheet) -> None:
    """Print landscape on A4, the columns over as many pages as keep the text readable."""
    wide = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = math.ceil(wide / _PAGE_WIDE)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _style_head(sheet: Worksheet, row: int, columns: int) -> None:
    for column in range(1, columns + 1):
        cell = _cell(sheet, row, column)
        cell.font, cell.fill, cell.alignment = _HEAD, _HEAD_FILL, _CENTRE


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _put(cell: Cell, value: Datum) -> None:
    """Set a cell to a typed value; text stays text, whatever it starts with."""
    _dress(cell, "body", _set_body)
    if isinstance(value, str):
        words = _fitting(escaped(visible(value)))
        cell.value = words
        cell.data_type = "s"
        if words.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = "0.##########" if value % 1 else "0"


def _fitting(text: str) -> str:
    """Cut a text that no cell holds, and say so; made visible, it may have grown."""
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - len(_CUT)] + _CUT


def _grades(assessment: Assessment) -> dict[str, Grade]:
    """Give the grades that the tables may hold by their words: earlier ones may be otherwise."""
    earlier = {str(r.previous): r.previous for r in assessment.ratings if r.previous is not None}
    return earlier | {str(grade): grade for grade in assessment.scale.grades}


def _colour_grade(cell: Cell, grades: Mapping[str, Grade]) -> None:
    grade = grades.get(str(cell.value))
    if grade is not None:
        _dress(cell, str(grade), lambda cell: _set_grade(cell, grade.style))


def _dress(cell: Cell, look: str, dress: Callable[[Cell], None]) -> None:
    """Give a cell a look; one that the workbook has had is copied.

    The library compares fonts and fills part by part, in every cell, which takes longer than
    all the rest of a workbook.
    """
    book = cell.parent.parent
    assert book is not None
    known = _LOOKS.setdefault(book, {})
    if look in known:
        cell._style = copy(known[look])  # type: ignore[attr-defined]
    else:
        dress(cell)
        known[look] = copy(cell._style)  # type: ignore[attr-defined]


def _set_body(cell: Cell) -> None:
    cell.font, cell.alignment = _BODY, _WRAP


def _set_grade(cell: Cell, style: GradeStyle) -> None:
    cell.font = Font(name="宋体", size=10, color=style.colour.lstrip("#").upper())
    cell.fill = PatternFill("solid", fgColor=style.tint.lstrip("#").upper())
