"""Columns: what the words of a header announce."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused, UsageError
from reporting.plan.table.columns import Vocabulary, find_header, normal
from reporting.plan.table.grid import GridCell, GridRow

from ..builders import codes, read, tabbed


@pytest.mark.parametrize(
    "quarters",
    [
        "1—3月 4—6月 7—9月 10—12月",
        "1月至3月 4月至6月 7月至9月 10月至12月",
        "2024年一季度 2024年二季度 2024年三季度 2024年四季度",
        "3月底 6月底 9月底 12月底",
        "3月底前完成目标 6月底前完成目标 9月底前完成目标 年底",
        "首季 二季 三季 四季",
        "一季度进展目标 二季度进展目标 三季度进展目标 四季度进展目标",
    ],
)
def test_quarters_by_other_names(tmp_path: Path, quarters: str) -> None:
    """Quarters are told by every word that a schedule may name them by."""
    header = ("任务", "年度目标", *quarters.split(), "牵头单位")
    rows = [("公路", "修桥一座", "选址", "/", "开工", "完工", "市甲局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].schedule == "一季度，选址\n三季度，开工\n四季度，完工"
    assert plan.tasks[0].goal == "修桥一座"


def test_columns_that_count_on_from_january(tmp_path: Path) -> None:
    """A column of the whole year beside those of its parts keeps its label."""
    header = ("指标", "一季度", "上半年", "全年", "牵头单位")
    plan = read(tmp_path, tabbed([("修路", "1公里", "3公里", "9公里", "市甲局")], header))
    assert plan.tasks[0].schedule == "一季度，1公里\n上半年，3公里\n全年，9公里"


def test_columns_of_another_year_or_of_a_month(tmp_path: Path) -> None:
    """Last year's column is no quarter of this year; a month keeps its name."""
    header = ("指标", "2023年四季度", "5月", "6月份", "7-10月", "牵头单位")
    rows = [("修路", "1公里", "3公里", "9公里", "12公里", "市甲局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].schedule == "5月，3公里\n6月份，9公里\n7-10月，12公里"
    extra = [(f.expected, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert extra == [("2023年四季度", "1公里")]


def test_two_columns_of_leaders_or_helpers(tmp_path: Path) -> None:
    """A task has the leaders, and the helpers, of every column that names some."""
    header = ("编号", "序号", "事项", "内容", "市级领导", "县级领导", "牵头单位", "配合单位")
    row = ("A-7", "1", "交通", "修桥一座。", "张三", "李四", "市甲局", "市乙局", "市丙局")
    plan = read(tmp_path, tabbed([row], (*header, "参与单位")))
    task = plan.tasks[0]
    assert (task.goal, task.leaders, task.lead_units) == (
        "修桥一座。",
        ("张三", "李四"),
        ("市甲局",),
    )
    assert [s.unit for s in task.supporting_units] == ["市乙局", "市丙局"]
    joined = [f.expected for f in plan.findings if f.code == "PLAN-COLUMN-JOINED"]
    assert joined == ["责任领导", "协助单位"]


def test_unit_that_leads_and_unit_that_carries_out(tmp_path: Path) -> None:
    """Beside 牵头单位, the 承办单位 helps, and the reader is told; 牵头单位 twice is refused."""
    rows = [("修桥一座。", "市甲局", "市乙局")]
    plan = read(tmp_path, tabbed(rows, ("目标任务", "承办单位", "牵头单位")))
    assert plan.tasks[0].lead_units == ("市乙局",)
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市甲局"]
    told = [(f.found, f.expected) for f in plan.findings if f.code == "PLAN-COLUMN-ASSUMED"]
    assert told == [("承办单位", "协助单位")]
    with pytest.raises(InputRefused, match=r"第1行.*“市级牵头单位、县级牵头单位”各列都是.*headers"):
        read(tmp_path, tabbed(rows, ("目标任务", "市级牵头单位", "县级牵头单位")))


def test_column_of_leaders_and_units_together_is_told(tmp_path: Path) -> None:
    """Who in it is a person is for the reader to check."""
    plan = read(tmp_path, tabbed([("修桥", "张三\n市甲局")], ("任务", "责任领导及单位")))
    told = [(f.found, f.expected) for f in plan.findings if f.code == "PLAN-COLUMN-ASSUMED"]
    assert told == [("责任领导及单位", "牵头单位")]


def test_first_indicator_heads_the_second(tmp_path: Path) -> None:
    """一级指标 is the heading of 二级指标, as 一级任务 is that of 二级任务."""
    header = ("一级指标", "二级指标", "目标值", "牵头单位")
    task = read(tmp_path, tabbed([("经济", "新增企业", "9家", "市甲局")], header)).tasks[0]
    assert (task.heading, task.goal) == ("经济", "新增企业\n9家")


def test_deadline_beside_a_schedule_with_quarters(tmp_path: Path) -> None:
    """What has quarters of its own goes by them; the deadline beside it is told."""
    header = ("目标任务", "完成时限", "进度安排", "牵头单位")
    rows = [("修桥一座", "12月底", "完成选址。二季度，开工。", "市甲局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].schedule == "完成选址。二季度，开工。"
    assert [f.found for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"] == ["12月底"]


def test_header_of_three_rows(tmp_path: Path) -> None:
    """Half-years over quarters over their columns: the lowest words tell, and none is a task."""
    html = """<table><tr><td rowspan=3>序号</td><td rowspan=3>任务</td>
      <td colspan=4>进度安排</td><td colspan=2 rowspan=2>责任单位</td></tr>
      <tr><td colspan=2>上半年</td><td colspan=2>下半年</td></tr>
      <tr><td>一季度</td><td>二季度</td><td>三季度</td><td>四季度</td><td>牵头</td><td>配合</td></tr>
      <tr><td>1</td><td>修桥</td><td>选址</td><td>开工</td><td>封顶</td><td>完工</td>
      <td>市甲局</td><td>市乙局</td></tr></table>"""
    plan = read(tmp_path, f"<p>某市任务表</p>{html}", "t.html")
    assert [t.schedule for t in plan.tasks] == [
        "一季度，选址\n二季度，开工\n三季度，封顶\n四季度，完工"
    ]
    assert plan.tasks[0].lead_units == ("市甲局",)
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局"]
    assert (plan.title, "PLAN-LEFTOVER" in codes(plan)) == ("某市任务表", False)


def test_what_is_reported_under_a_quarter_is_no_plan(tmp_path: Path) -> None:
    """Under 一季度, 目标 and 措施 are the plan; 完成情况 beside them is told, and not read."""
    html = """<table><tr><td rowspan=2>任务</td><td colspan=3>一季度</td><td>二季度</td>
      <td colspan=2>责任单位</td></tr>
      <tr><td>目标值</td><td>措施</td><td>完成情况</td><td>目标值</td><td>牵头单位</td>
      <td>联系电话</td></tr>
      <tr><td>修桥</td><td>1座</td><td>抢工</td><td>0座</td><td>2座</td><td>市甲局</td><td>8</td></tr>
      </table>"""
    plan = read(tmp_path, html, "t.html")
    assert [t.schedule for t in plan.tasks] == ["一季度，1座\n一季度，抢工\n二季度，2座"]
    assert (plan.tasks[0].lead_units, plan.tasks[0].supporting_units) == (("市甲局",), ())
    extra = [(f.expected, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert extra == [("完成情况", "0座"), ("联系电话", "8")]


@pytest.mark.parametrize("how", ["加粗的为牵头单位", "带*为牵头单位", "标红为牵头单位"])
def test_leads_marked_by_their_look_are_told(tmp_path: Path, how: str) -> None:
    """What cannot be seen in the text is for the reader to check."""
    plan = read(tmp_path, tabbed([("修桥", "市甲局、市乙局")], ("任务", f"责任单位（{how}）")))
    assert [f.expected for f in plan.findings if f.code == "PLAN-COLUMN-ASSUMED"] == ["牵头单位"]


def _row(*texts: str) -> GridRow:
    return GridRow(tuple(GridCell(text, 1) for text in texts))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("牵 头 单 位", "lead"),
        ("牵头\n单位", "lead"),
        ("牵头单位（排第一的为总牵头）", "lead"),
        ("２０２４年度目标任务", "goal"),
        ("Ｑ１", "Q1"),
        ("第三季度进度目标", "Q3"),
        ("一季度", "Q1"),
        ("一季度，完成选址并开工建设", None),
        ("备注", None),
        ("县级包抓领导", "leaders"),
        ("第一责任人", "person"),
        ("责任落实单位", "lead"),
        ("牵头及配合单位", "duty"),
        ("其他责任单位", "support"),
        ("协同配合单位", "support"),
        ("时间进度要求", "schedule"),
        ("推进路线图", "schedule"),
        ("计划完成日期", "deadline"),
        ("建设规模及内容", "goal"),
        ("绩效目标", "goal"),
        ("年度工作要点", "work"),
        ("所属板块", "heading"),
        ("上半年目标", "Q12"),
        ("1-9月", "Q123"),
        ("一季度完成情况", None),
        ("督办单位", None),
        ("当前进度", None),
        ("联系人及电话", None),
        ("市发展改革局牵头单位会同市财政局按照年度目标任务推进", None),
        ("", None),
    ],
)
def test_word_of_a_header(text: str, kind: str | None) -> None:
    """Spaces, breaks, brackets and width do not matter; a sentence is no header."""
    assert Vocabulary().kind(text) == kind


def test_two_columns_of_units_of_one_word() -> None:
    """牵头单位 and 责任单位 side by side: the second helps, and the reader is told."""
    found = find_header([_row("目标任务", "牵头单位", "责任单位")], Vocabulary())
    assert found is not None
    assert found[1].fields == {"goal": (0,), "lead": (1,), "support": (2,)}
    assert found[1].assumed == (("责任单位", "协助单位"),)


def test_same_column_twice_is_no_header() -> None:
    """Two columns of the same meaning cannot be told apart."""
    assert find_header([_row("目标任务", "牵头单位", "牵头部门")], Vocabulary()) is None


def test_title_above_the_header_is_no_part_of_it() -> None:
    """The header is found under a title; the title does not swallow it."""
    rows = [_row("任务表", "", ""), _row("总体要求", "目标任务", "牵头单位")]
    found = find_header(rows, Vocabulary())
    assert found is not None
    assert (found[0], found[1].depth) == (1, 1)


def test_unknown_key_of_headers_is_refused() -> None:
    """A key in params that names no field is a mistake to mend."""
    with pytest.raises(UsageError, match="实为“单位栏”"):
        Vocabulary({"单位栏": ["甲"]})


def test_normal_form() -> None:
    assert normal("Ｎｏ. １") == "NO.1"


def test_columns_to_leave_alone(tmp_path: Path) -> None:
    """A column that params tell to ignore is told of and read as no field."""
    header = ("序号", "目标任务", "上年牵头单位", "牵头单位", "一季度", "一季度旧稿")
    rows = [("1", "修桥一座。", "市旧局", "市甲局", "开工。", "选址。")]
    with pytest.raises(InputRefused, match="表头应只有一列“牵头单位”"):
        read(tmp_path, tabbed(rows, header))
    words = {"ignore": ["上年牵头单位", "一季度旧稿"]}
    plan = read(tmp_path, tabbed(rows, header), headers=words)
    assert [(t.lead_units, t.schedule) for t in plan.tasks] == [(("市甲局",), "一季度，开工。")]
    told = [(f.expected, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert told == [("上年牵头单位", "市旧局"), ("一季度旧稿", "选址。")]


def test_unit_of_the_header_belongs_to_its_figures(tmp_path: Path) -> None:
    """A bare figure is in the header's unit; one with a unit keeps its own; words stay."""
    header = ("项目名称", "年度投资（万元）", "一季度（万元）", "二季度（亿元）", "责任单位")
    rows = [
        ("滨河路", "12000", "3000", "0.5", "市甲局"),
        ("环城路", "1.5亿元", "开工", "", "市乙局"),
    ]
    plan = read(tmp_path, tabbed(rows, header))
    assert [t.schedule for t in plan.tasks] == [
        "一季度，3000万元\n二季度，0.5亿元",
        "一季度，开工",
    ]
    assert [t.goal for t in plan.tasks] == ["年度投资12000万元", "1.5亿元"]
    told = [f"{t.value:f}{t.unit} Q{t.quarter}" for t in plan.targets]
    assert told == ["12000万元 Q4", "3000万元 Q1", "0.5亿元 Q2", "1.5亿元 Q4"]
    assert [(f.found, f.expected) for f in plan.findings if f.code == "PLAN-COLUMN-UNIT"] == [
        ("年度投资(万元)", "万元"),
        ("一季度(万元)", "万元"),
        ("二季度(亿元)", "亿元"),
    ]


def test_unit_of_a_header_above_the_quarters(tmp_path: Path) -> None:
    """Merged over the quarters, it belongs to the figures of each."""
    rows = [
        "<tr><td rowspan=2>目标任务<td colspan=2>投资计划（万元）<td rowspan=2>牵头单位</tr>",
        "<tr><td>一季度</td><td>二季度</td></tr>",
        "<tr><td>修桥</td><td>100</td><td>250.5</td><td>市甲局</td></tr>",
    ]
    plan = read(tmp_path, f"<table>{''.join(rows)}</table>", "t.html")
    assert [t.schedule for t in plan.tasks] == ["一季度，100万元\n二季度，250.5万元"]


def test_ignored_column_under_a_quarter(tmp_path: Path) -> None:
    """A word to ignore is none of the quarter's, though it stands under one."""
    rows = [
        "<tr><td rowspan=2>目标任务<td colspan=2>一季度<td rowspan=2>牵头单位</tr>",
        "<tr><td>工作措施<td>旧稿措施</tr>",
        "<tr><td>修桥<td>开工。<td>选址。<td>市甲局</tr>",
    ]
    page = f"<table>{''.join(rows)}</table>"
    plan = read(tmp_path, page, "t.html", headers={"ignore": ["旧稿措施"]})
    assert [t.schedule for t in plan.tasks] == ["一季度，开工。"]


def test_figure_stands_behind_the_indicator_it_measures(tmp_path: Path) -> None:
    """The name of an indicator and its figure are one promise, not two lines."""
    header = ("指标名称", "年度目标（万元）", "责任单位")
    plan = read(tmp_path, tabbed([("固定资产投资", "12000", "市甲局")], header))
    assert [t.goal for t in plan.tasks] == ["固定资产投资12000万元"]
    assert [(t.measure, f"{t.value:f}{t.unit}") for t in plan.targets] == [
        ("固定资产投资", "12000万元")
    ]
