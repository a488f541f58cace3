"""Tasks as cards of labels and texts."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused

from ...builders import codes, read
from ..made import document, word_row

LINES = """\
某市2024年重点工作任务卡

一、城市建设
{0}重点工作{1}建设滨江公园
{0}工作目标{1}新建公园3个。
{0}牵头单位{1}市城管局
{0}配合单位{1}市财政局、市住建局
{0}责任领导{1}张三
{0}第一季度{1}完成选址。
{0}第四季度{1}建成3个。

二、社会事业
{0}重点工作{1}新增学位
{0}工作目标{1}新增公办学位5000个。
{0}牵头单位{1}市教育局
{0}责任领导{1}李四
{0}第一季度{1}开工2所
学校。
注：按季调度。
"""


@pytest.mark.parametrize(
    ("before", "behind"), [("", "："), ("", ": "), ("【", "】"), ("【", "】：")]
)
def test_cards_of_lines(tmp_path: Path, before: str, behind: str) -> None:
    """Each label announces a field; a title between cards heads those below it."""
    plan = read(tmp_path, LINES.format(before, behind))
    assert plan.title == "某市2024年重点工作任务卡"
    assert [(t.heading, t.goal) for t in plan.tasks] == [
        ("建设滨江公园", "新建公园3个。"),
        ("新增学位", "新增公办学位5000个。"),
    ]
    assert [t.lead_units for t in plan.tasks] == [("市城管局",), ("市教育局",)]
    assert [len(t.supporting_units) for t in plan.tasks] == [2, 0]
    assert [t.leaders for t in plan.tasks] == [("张三",), ("李四",)]
    assert [t.schedule for t in plan.tasks] == [
        "一季度，完成选址。\n四季度，建成3个。",
        "一季度，开工2所\n学校。",
    ]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]
    assert [f.found for f in plan.findings if f.code == "PLAN-CARDS"] == ["2张"]


def test_cards_in_tables_of_two_and_four_columns(tmp_path: Path) -> None:
    """A table a task, labels beside their texts."""
    cards = [
        [
            word_row("任务名称", "老旧小区改造", "责任领导", "张三"),
            word_row("年度目标", "3*改造小区30个。"),
            word_row("牵头单位", "区住建局", "配合单位", "各街道"),
            word_row("四季度", "3*完成30个。"),
        ],
        [
            word_row("任务名称", "新建幼儿园"),
            word_row("年度目标", "新建幼儿园2所。"),
            word_row("牵头单位", "区教育局"),
            word_row("二季度", "开工。"),
        ],
    ]
    plan = read(tmp_path, document(*cards, above=["某区任务清单"]), "t.docx")
    assert [(t.goal, t.lead_units) for t in plan.tasks] == [
        ("改造小区30个。", ("区住建局",)),
        ("新建幼儿园2所。", ("区教育局",)),
    ]
    assert [(t.leaders, t.schedule) for t in plan.tasks] == [
        (("张三",), "四季度，完成30个。"),
        ((), "二季度，开工。"),
    ]


def test_lines_that_are_no_cards_are_refused(tmp_path: Path) -> None:
    """Labels without a goal or a unit make no task."""
    text = "某市通知\n时间：2024年3月\n地点：市政府\n责任领导：张三\n"
    with pytest.raises(InputRefused, match="应有分列的任务分解表"):
        read(tmp_path, text)


def test_label_in_a_table_with_a_header_is_no_card(tmp_path: Path) -> None:
    """牵头单位：市甲局 inside a cell belongs to the cell."""
    text = "目标任务\t责任单位\n修桥一座。\t牵头单位：市甲局\n修路一条。\t牵头单位：市乙局\n"
    plan = read(tmp_path, text)
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市乙局",)]
    assert "PLAN-CARDS" not in codes(plan)
