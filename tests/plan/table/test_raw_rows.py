"""The cells of a row by field, merged or joined."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from ..builders import Row, read


def test_quarters_merged_without_a_text(tmp_path: Path) -> None:
    """An empty cell over two quarters gives nothing to the quarter before it."""
    html = """<table><tr><td>任务</td><td>一季度</td><td>二季度</td><td>三季度</td><td>四季度</td>
      <td>牵头单位</td></tr>
      <tr><td>修桥</td><td>选址</td><td colspan=2></td><td>开工</td><td>市甲局</td></tr></table>"""
    plan = read(tmp_path, html, "t.html")
    assert plan.tasks[0].schedule == "一季度，选址\n四季度，开工"


BY_QUARTER = [
    ("1", "修桥一座", "一季度", "选址", "市甲局", ""),
    ("", "", "二季度", "开工", "", "重点"),
    ("2", "修路一条", "3月底前", "勘察", "市乙局", ""),
    ("", "", "年底", "完工", "", ""),
]


@pytest.mark.parametrize("merges", [(), ("A2:A3", "B2:B3", "E2:E3", "A4:A5", "B4:B5", "E4:E5")])
def test_quarters_in_a_column_of_their_own(tmp_path: Path, merges: tuple[str, ...]) -> None:
    """A quarter beside its text leads it, in the rows that go on too; no remark is lost."""
    header = ("序号", "目标任务", "季度", "进度安排", "牵头单位", "备注")
    plan = read(tmp_path, _merged(BY_QUARTER, header, merges), "t.xlsx")
    assert [t.schedule for t in plan.tasks] == [
        "一季度，选址\n二季度，开工",
        "3月底前，勘察\n年底，完工",
    ]
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市乙局",)]
    extra = [(f.line, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert extra == [(3, "重点")]


def test_rows_of_a_merged_cell_have_lines_of_their_own(tmp_path: Path) -> None:
    """A finding names the row it is about, not the one where a merged cell begins."""
    rows = [("城建", "修桥", "市甲局"), ("", "修路", ""), ("", "修渠", "市丙局")]
    plan = read(tmp_path, _merged(rows, ("类别", "任务", "牵头单位"), ("A2:A4",)), "t.xlsx")
    assert [t.line for t in plan.tasks] == [2, 3, 4]
    assert [f.line for f in plan.findings if f.code == "PLAN-LEAD-NONE"] == [3]


def _merged(rows: Sequence[Row], header: Row, merges: Sequence[str]) -> bytes:
    """Make a workbook with those merges."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_goal_merged_with_its_heading(tmp_path: Path) -> None:
    """A cell over both columns is the heading and the goal."""
    rows = [("1", "新建桥梁一座", "", "市甲局"), ("2", "民生", "新建学校一所", "市乙局")]
    header = ("序号", "重点工作", "目标任务", "牵头单位")
    plan = read(tmp_path, _merged(rows, header, ("B2:C2",)), "t.xlsx")
    assert [(t.heading, t.goal) for t in plan.tasks] == [
        ("新建桥梁一座", "新建桥梁一座"),
        ("民生", "新建学校一所"),
    ]


def test_number_merged_over_tasks_is_no_misprint(tmp_path: Path) -> None:
    """Tasks that share a merged number have it; one printed twice is told."""
    rows = [("1", "修桥", "市甲局"), ("", "修路", "市乙局"), ("1", "修渠", "市丙局")]
    plan = read(tmp_path, _merged(rows, ("序号", "任务", "牵头单位"), ("A2:A3",)), "t.xlsx")
    assert [t.source_number for t in plan.tasks] == [1, 1, 1]
    assert [f.line for f in plan.findings if f.code == "PLAN-NUMBER-DUPLICATE"] == [4]


def test_unit_merged_over_the_leaders_column(tmp_path: Path) -> None:
    """A unit's name over both columns leads; it is no person."""
    rows = [("修桥", "市甲局", "", "市乙局"), ("修路", "张三", "市丙局", "/")]
    header = ("任务", "责任领导", "牵头单位", "配合单位")
    plan = read(tmp_path, _merged(rows, header, ("B2:C2",)), "t.xlsx")
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        ((), ("市甲局",)),
        (("张三",), ("市丙局",)),
    ]
