"""Workbooks: what is hidden, and dates."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from ...builders import read
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
