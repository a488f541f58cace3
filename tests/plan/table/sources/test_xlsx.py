"""Workbooks: what is hidden, and dates."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from reporting.errors import InputRefused

from ...builders import codes, read
from ..made import NUMBERED, TASKS


def test_deadline_that_shows_its_month_only(tmp_path: Path) -> None:
    """A sheet keeps a month as its first day, by which nothing is due."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("目标任务", "完成时限", "牵头单位"), ("修桥一座", date(2023, 6, 1), "市甲局")):
        sheet.append(list(row))
    sheet["B2"].number_format = 'yyyy"年"m"月"'
    target = io.BytesIO()
    book.save(target)
    assert read(tmp_path, target.getvalue(), "t.xlsx").tasks[0].schedule == "2023年6月"


@pytest.mark.parametrize("hidden", ["草稿", "任务"])
def test_hidden_sheets_and_columns(tmp_path: Path, hidden: str) -> None:
    """A hidden draft beside the tasks is told and not read; alone it is, with a note."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("任务", "草稿")[: 2 if hidden == "草稿" else 1]:
        sheet = book.create_sheet(name)
        for row in (NUMBERED, *TASKS[: 2 if name == "任务" else 1]):
            sheet.append(list(row))
    book["任务"].column_dimensions["D"].hidden = True
    if hidden == "任务":
        book.create_sheet("说明")
    book[hidden].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    plan = read(tmp_path, target.getvalue(), "t.xlsx")
    assert [t.goal for t in plan.tasks] == ["修桥一座。", "修路一条。"]
    assert {t.heading for t in plan.tasks} == {""}
    told = [(f.code, f.expected or f.found) for f in plan.findings if "HIDDEN" in f.code]
    draft = ("PLAN-HIDDEN-SHEET", "草稿") if hidden == "草稿" else ("PLAN-HIDDEN", "工作表“任务”")
    column = [("PLAN-TEXT-HIDDEN", text) for text in ("责任领导", "张三", "李四")]
    assert sorted(told) == sorted([*column, draft])
    assert {t.leaders for t in plan.tasks} == {()}


def _book(rows: Sequence[Sequence[object]], change: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _hide_rows(*rows: int, **more: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True
            for name, value in more.items():
                setattr(sheet.row_dimensions[row], name, value)

    return change


def _hide_columns(*letters: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for letter in letters:
            sheet.column_dimensions[letter].hidden = True

    return change


def test_hidden_columns_beside_visible_ones(tmp_path: Path) -> None:
    """A former unit and a former goal that are hidden give nothing to the tasks."""
    header = ("原目标任务", *NUMBERED, "原牵头单位")
    rows = [header, *(("作废。", *task, "市旧局") for task in TASKS)]
    plan = read(tmp_path, _book(rows, _hide_columns("A", "H")), "t.xlsx")
    assert [task.goal for task in plan.tasks] == [task[1] for task in TASKS]
    assert [task.lead_units for task in plan.tasks] == [("市甲局",), ("市丙局",), ("市丁局",)]
    told = [(f.line, f.found) for f in plan.findings if f.code == "PLAN-TEXT-HIDDEN"]
    assert told == [(1, "原目标任务｜原牵头单位"), *((n, "作废。｜市旧局") for n in (2, 3, 4))]


def test_hidden_column_under_a_merged_header(tmp_path: Path) -> None:
    """A hidden quarter of last year under a merged header is no quarter of this one."""
    rows = [
        ("序号", "目标任务", "进度安排", None, None, "牵头单位"),
        (None, None, "一季度", "二季度", "三季度", None),
        ("1", "修桥一座。", "选址。", "去年的话。", "完工。", "市甲局"),
    ]

    def change(sheet: Worksheet) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
            sheet.merge_cells(cells)
        _hide_columns("D")(sheet)

    plan = read(tmp_path, _book(rows, change), "t.xlsx")
    assert [task.schedule for task in plan.tasks] == ["一季度，选址。\n三季度，完工。"]


def test_table_whose_goals_are_hidden_is_refused(tmp_path: Path) -> None:
    """What nobody sees is not read in its place."""
    data = _book([NUMBERED, *TASKS], _hide_columns("B"))
    with pytest.raises(InputRefused, match="表头应至少有“年度目标及工作内容、牵头单位”两列"):
        read(tmp_path, data, "t.xlsx")


def test_heading_merged_from_a_hidden_row(tmp_path: Path) -> None:
    """A heading that begins in a hidden row heads the rows below it all the same."""
    header = ("工作类别", *NUMBERED)
    rows = [header, *((("城市建设", None, None)[at], *task) for at, task in enumerate(TASKS))]

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        _hide_rows(2)(sheet)

    plan = read(tmp_path, _book(rows, change), "t.xlsx")
    assert [(task.heading, task.goal) for task in plan.tasks] == [
        ("城市建设", "修路一条。"),
        ("城市建设", "办学一所。"),
    ]
    assert [f.line for f in plan.findings if f.code == "PLAN-ROW-GONE"] == [2]


@pytest.mark.parametrize("how", ["filter", "group"])
def test_rows_that_a_filter_hides_or_a_group_folds(tmp_path: Path, how: str) -> None:
    """Nobody has taken them back: they are tasks, and the reader is told."""

    def change(sheet: Worksheet) -> None:
        if how == "filter":
            sheet.auto_filter.ref = "A1:F4"
            sheet.auto_filter.add_filter_column(4, ["市甲局"])
        _hide_rows(3, **({"outlineLevel": 1} if how == "group" else {}))(sheet)

    plan = read(tmp_path, _book([NUMBERED, *TASKS], change), "t.xlsx")
    assert [task.goal for task in plan.tasks] == [task[1] for task in TASKS]
    assert [f.found for f in plan.findings if f.code == "PLAN-HIDDEN"] == ["工作表“Sheet”第3行"]


def test_runs_of_a_workbook(tmp_path: Path) -> None:
    """A raised mark is no digit, and a struck figure none of the plan's."""
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    goals = [
        CellRichText("投资80", TextBlock(raised, "1"), "亿元。"),
        CellRichText("引进", TextBlock(struck, "10家"), "15家。"),
        CellRichText("绿化500m", TextBlock(raised, "2"), "。"),
    ]
    rows = [
        NUMBERED,
        *((task[0], goal, *task[2:]) for task, goal in zip(TASKS, goals, strict=True)),
    ]
    plan = read(tmp_path, _book(rows, lambda sheet: None), "t.xlsx")
    assert [task.goal for task in plan.tasks] == ["投资80亿元。", "引进15家。", "绿化500m²。"]
    assert {"PLAN-TEXT-MARK", "PLAN-TEXT-STRUCK", "PLAN-TEXT-RAISED"} <= codes(plan)


def test_cells_struck_by_their_font(tmp_path: Path) -> None:
    """A unit that is crossed out leads nothing; a row crossed out is most likely cancelled."""

    def change(sheet: Worksheet) -> None:
        sheet["F2"].font = Font(strike=True)
        for cell in sheet[3]:
            cell.font = Font(strike=True)

    plan = read(tmp_path, _book([NUMBERED, *TASKS], change), "t.xlsx")
    assert [(task.goal, task.supporting_units) for task in plan.tasks] == [
        ("修桥一座。", ()),
        ("办学一所。", ()),
    ]
    told = [(f.code, f.line) for f in plan.findings if "STRUCK" in f.code or "GONE" in f.code]
    assert told == [("PLAN-TEXT-STRUCK", 2), ("PLAN-ROW-GONE", 3)]
