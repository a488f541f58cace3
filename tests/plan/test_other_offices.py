"""Tables as other offices make them, read or refused as they should be."""

import re
from pathlib import Path

import pytest

from reporting.errors import InputRefused
from reporting.plan.values import Plan, SupportingUnit

from .builders import HEADER, codes, led, page, read, tabbed, xlsx

DUTIES = ("序号", "重点工作", "目标任务", "完成时限", "分管领导", "责任单位", "配合单位")


def test_county_table_by_number_and_deadline(tmp_path: Path) -> None:
    """Header words of another county; 重点工作 is the heading beside 目标任务."""
    plan = read(
        tmp_path,
        "某县2024年重点工作责任分解表\n"
        + tabbed(
            [
                (
                    "1",
                    "乡村振兴",
                    "新建冷库3座。",
                    "9月底前建成",
                    "张三",
                    "县农业农村局",
                    "县供销社",
                ),
                ("2", "", "改造农房200户。", "年底前完成", "李四、王五", "县住建局", "无"),
            ],
            DUTIES,
        ),
    )
    assert plan.title == "某县2024年重点工作责任分解表"
    assert [(t.source_number, t.heading, t.goal) for t in plan.tasks] == [
        (1, "乡村振兴", "新建冷库3座。"),
        (2, "乡村振兴", "改造农房200户。"),
    ]
    assert [t.leaders for t in plan.tasks] == [("张三",), ("李四", "王五")]
    assert [t.schedule for t in plan.tasks] == ["9月底前建成", "年底前完成"]
    assert [t.lead_units for t in plan.tasks] == [("县农业农村局",), ("县住建局",)]
    assert [t.supporting_units for t in plan.tasks] == [(SupportingUnit(unit="县供销社"),), ()]


@pytest.mark.parametrize(
    ("limit", "quarter"),
    [
        ("6月底前完成", 2),
        ("9月投入使用", 3),
        ("2024年8月", 3),
        ("2024.8", 3),
        ("第三季度", 3),
        ("12月底前", 4),
        ("5月底前动工", 4),
        ("一季度，启动；三季度，完成", 4),
    ],
)
def test_goal_is_due_by_its_time_limit(tmp_path: Path, limit: str, quarter: int) -> None:
    """Where a limit is all there is, the goal's figures are due by it; begun is not done."""
    rows = [("1", "新建停车场3处，年底前新增车位50个。", limit, "区交通局")]
    plan = read(tmp_path, tabbed(rows, ("序号", "重点工作", "完成时限", "责任单位")))
    assert [t.unit for t in plan.targets] == ["处", "个"]
    assert [t.quarter for t in plan.targets] == [quarter, 4]
    assert "PLAN-TARGET-UNREAD" not in codes(plan)


def test_people_beside_the_units_are_told_and_left_out(tmp_path: Path) -> None:
    """A column of units and those who answer for them names no report for a person."""
    header = ("序号", "工作任务", "分管\n市领导", "牵头单位及\n主要负责人")
    rows = [
        ("1", "修桥一座。", "张三", "市甲局\n伍国强"),
        ("2", "修路一条。", "张三", "市乙局 李  四\n市丙局"),
        ("3", "修堤一段。", "张三", "城投"),
    ]
    plan = read(tmp_path, xlsx(rows, ["任务表"], header), "t.xlsx")
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市乙局", "市丙局"), ("城投",)]
    told = [f.message for f in plan.findings if f.code == "PLAN-UNIT-PERSON"]
    assert told == [
        "“伍国强”读作单位负责人，未列为单位，请核对。",
        "“李四”读作单位负责人，未列为单位，请核对。",
    ]


def test_heading_alone_is_the_goal(tmp_path: Path) -> None:
    """Without a column of goals, 重点工作 is what is to be done."""
    rows = [("1", "打通断头路2条。", "6月底前完成", "区交通局")]
    plan = read(tmp_path, tabbed(rows, ("序号", "重点工作", "完成时限", "责任单位")))
    assert (plan.tasks[0].goal, plan.tasks[0].heading) == ("打通断头路2条。", "")
    assert {"PLAN-COLUMN-NO-LEADERS", "PLAN-COLUMN-NO-SUPPORT"} <= codes(plan)


def test_spaced_and_broken_header_words_in_any_order(tmp_path: Path) -> None:
    """Header words hold spaces, breaks and full-width forms; columns stand in any order."""
    header = (
        "牵 头\n单 位",
        "协　助\n单　位",
        "责任\n领导",
        "总体\n要求",
        "年度目标及\n工作内容",
        "季度进\n度安排",
    )
    row = (
        "市甲局",
        "市乙局\n市丙局",
        "赵  六",
        "实施甲行动，着力乙。丙。",
        "1．建成一座桥。",
        "一季度:开工",
    )
    task = read(tmp_path, xlsx([row], ["任务表"], header), "t.xlsx").tasks[0]
    assert (task.lead_units, task.leaders, task.goal) == (("市甲局",), ("赵六",), "建成一座桥。")
    assert [s.unit for s in task.supporting_units] == ["市乙局", "市丙局"]
    assert (task.source_number, task.action, task.focus) == (1, "甲行动", "着力乙")
    assert (task.theme, task.schedule) == ("丙", "一季度:开工")


def test_header_of_two_rows_with_a_column_a_quarter(tmp_path: Path) -> None:
    """Each quarter has a column; the schedule gets its labels, merged quarters share one."""
    html = """<table>
      <tr><th rowspan=2>序号</th><th rowspan=2>工作任务</th><th colspan=4>进度安排</th>
          <th colspan=2>责任分工</th></tr>
      <tr><th>第一季度</th><th>第二季度</th><th>第三季度</th><th>第四季度</th>
          <th>牵头单位</th><th>配合单位</th></tr>
      <tr><td>1</td><td>新增绿地10公顷</td><td>选址</td><td>设计</td><td colspan=2>施工并竣工</td>
          <td>市园林局</td><td>市水务局<br>市交通局</td></tr>
    </table>"""
    plan = read(tmp_path, html, "t.html")
    task = plan.tasks[0]
    assert task.schedule == "一季度，选址\n二季度，设计\n三、四季度，施工并竣工"
    assert (task.goal, task.lead_units) == ("新增绿地10公顷", ("市园林局",))
    assert [s.unit for s in task.supporting_units] == ["市水务局", "市交通局"]
    assert "PLAN-COLUMN-JOINED" in codes(plan)


def test_pipes_and_a_rule(tmp_path: Path) -> None:
    """A table drawn with pipes is one row a line."""
    text = """# 2024年任务表
| 任务类别 | 年度目标 | 进度要求 | 市领导 | 主办单位 | 协办单位 |
|---|---|---|---|---|---|
| 一、民生 | 新增学位500个 | Q1 选址；Q4 竣工 | 钱七 | 市教育局 | 市财政局；各区 |
| | 建成公园1座 | 每季度通报 | 钱七 | 市园林局 | / |
"""
    plan = read(tmp_path, text)
    assert [t.heading for t in plan.tasks] == ["民生", "民生"]
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市财政局", "各区"]
    assert {u.name: u.kind for u in plan.units}["各区"] == "collective"
    assert plan.tasks[1].supporting_units == ()


def test_annual_table_in_gb18030_without_quarters_or_leaders(tmp_path: Path) -> None:
    """No quarters, no leaders, an old encoding: accepted, each with a note."""
    text = led(
        [
            ("1", "完成河道清淤8公里。", "区水务局", "各街道"),
            ("2", "培训教师300名。", "区教育局", "—"),
        ],
        ("序号", "年度目标任务", "牵头部门", "配合部门"),
    )
    plan = read(tmp_path, text.encode("gb18030"))
    assert [(t.goal, t.schedule, t.leaders) for t in plan.tasks] == [
        ("完成河道清淤8公里。", "", ()),
        ("培训教师300名。", "", ()),
    ]
    assert {"PLAN-ENCODING", "PLAN-COLUMN-NO-SCHEDULE", "PLAN-COLUMN-NO-LEADERS"} <= codes(plan)
    assert not codes(plan) & {"PLAN-SCHEDULE-EMPTY", "PLAN-LEADER-NONE"}


def test_one_column_of_duty_divided_by_words(tmp_path: Path) -> None:
    """牵头单位： and 配合单位： inside one cell part leaders from helpers."""
    row = ("1", "建设停车位900个。", "11月底", "牵头单位：市城管局；配合单位：市公安局、市住建局")
    task = read(tmp_path, tabbed([row], ("序号", "目标任务", "完成时间", "责任单位"))).tasks[0]
    assert task.lead_units == ("市城管局",)
    assert [s.unit for s in task.supporting_units] == ["市公安局", "市住建局"]


def test_section_rows_are_the_heading(tmp_path: Path) -> None:
    """A line across the table heads the rows under it."""
    html = """<p>制表日期：2024年2月5日</p><table>
      <tr><td>序号</td><td>主要任务</td><td>责任单位</td></tr>
      <tr><td colspan=3>一、产业升级</td></tr>
      <tr><td>1</td><td>引进项目6个</td><td>县商务局</td></tr>
      <tr><td colspan=3>二、生态环保</td></tr>
      <tr><td>2</td><td>植树1万株</td><td>县林业局</td></tr>
      <tr><td colspan=3>注：以上任务按月调度。</td></tr>
    </table>"""
    plan = read(tmp_path, html, "t.html")
    assert [(t.heading_number, t.heading) for t in plan.tasks] == [(1, "产业升级"), (2, "生态环保")]
    assert plan.issued_on is not None
    assert plan.issued_on.isoformat() == "2024-02-05"
    assert plan.title == ""
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == [
        "注：以上任务按月调度。"
    ]


def test_names_run_together_and_merged_down(tmp_path: Path) -> None:
    """Leaders run together are parted by the other rows; a merged leader covers its rows."""
    html = f"""<table><tr>{"".join(f"<td>{word}</td>" for word in HEADER)}</tr>
      <tr><td rowspan=3>甲</td><td>1. 修路一条</td><td>一季度，开工</td>
          <td rowspan=2>孙八</td><td>市甲局</td><td>/</td></tr>
      <tr><td>2. 修桥一座</td><td>二季度，开工</td><td>市乙局</td><td>/</td></tr>
      <tr><td>3. 修渠一条</td><td>三季度，开工</td><td>孙八周九思</td><td>市丙局</td><td>/</td></tr>
      <tr><td>乙</td><td>4. 修塔一座</td><td>四季度，开工</td><td>周九思</td><td>市丁局</td>
          <td>/</td></tr>
    </table>"""
    plan = read(tmp_path, html, "t.html")
    assert [t.leaders for t in plan.tasks] == [
        ("孙八",),
        ("孙八",),
        ("孙八", "周九思"),
        ("周九思",),
    ]
    assert [t.heading for t in plan.tasks] == ["甲", "甲", "甲", "乙"]


def test_goal_merged_over_two_rows_is_one_task(tmp_path: Path) -> None:
    """Rows under one merged goal are one task, and a finding says so."""
    html = """<table><tr><td>目标任务</td><td>进度安排</td><td>牵头单位</td></tr>
      <tr><td rowspan=2>建成两座泵站</td><td>一季度，甲站开工</td><td>市水务局</td></tr>
      <tr><td>二季度，乙站开工</td><td>市城投公司</td></tr></table>"""
    plan = read(tmp_path, html, "t.html")
    assert [(t.schedule, t.lead_units) for t in plan.tasks] == [
        ("一季度，甲站开工\n二季度，乙站开工", ("市水务局", "市城投公司"))
    ]
    assert "PLAN-ROW-JOINED" in codes(plan)


def test_remarks_column_lands_in_findings(tmp_path: Path) -> None:
    """A column that is no field loses nothing."""
    rows = [("1", "修缮校舍4栋。", "8月底前", "县教育局", "列入民生实事")]
    plan = read(tmp_path, tabbed(rows, ("序号", "年度任务", "时限要求", "承办单位", "备注")))
    extra = [f for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert [(f.line, f.expected, f.found) for f in extra] == [(2, "备注", "列入民生实事")]


def test_words_added_in_params_are_understood(tmp_path: Path) -> None:
    """An office's own header words come from params."""
    text = tabbed([("疏浚航道", "市港航局")], ("咋办事", "谁来办"))
    with pytest.raises(InputRefused, match="咋办事、谁来办"):
        read(tmp_path, text)
    plan = read(tmp_path, text, headers={"年度目标及工作内容": ["咋办事"], "牵头单位": ["谁来办"]})
    assert (plan.tasks[0].goal, plan.tasks[0].lead_units) == ("疏浚航道", ("市港航局",))


def test_all_cells_run_together_is_refused(tmp_path: Path) -> None:
    """Text without any delimiter is refused, not guessed."""
    text = "".join(HEADER) + "甲1. 建成公园。一季度，开工。孙八市甲局市乙局\n"
    with pytest.raises(InputRefused, match=r"没有分隔符.*总体要求年度目标"):
        read(tmp_path, text)
    with pytest.raises(InputRefused, match=re.escape("table.txt第1行：表头应至少有")):
        read(tmp_path, "\t" + text)


def test_table_without_units_is_refused(tmp_path: Path) -> None:
    """A table that names nobody responsible is refused, with the columns found."""
    html = page([("甲", "建成公园", "一季度")], ["表"], ("类别", "目标任务", "进度安排"))
    with pytest.raises(InputRefused, match="类别、目标任务、进度安排"):
        read(tmp_path, html, "t.html")


def test_header_words_no_list_holds(tmp_path: Path) -> None:
    """Words are understood by what they are made of; 督办单位 and 完成情况 are no field."""
    header = (
        "条线",
        "建设内容及目标",
        "季度节点",
        "包抓领导",
        "主责部门",
        "协作部门",
        "督办单位",
        "完成情况",
    )
    rows = [
        ("民生", "改造农房90户。", "Q1：开工", "张三", "县住建局", "县财政局", "县督查室", "已开工")
    ]
    plan = read(tmp_path, tabbed(rows, header))
    task = plan.tasks[0]
    assert (task.heading, task.goal, task.schedule) == ("民生", "改造农房90户。", "Q1：开工")
    assert (task.leaders, task.lead_units) == (("张三",), ("县住建局",))
    assert [s.unit for s in task.supporting_units] == ["县财政局"]
    extra = [(f.expected, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert extra == [("督办单位", "县督查室"), ("完成情况", "已开工")]


def test_task_and_its_indicator_in_two_columns(tmp_path: Path) -> None:
    """A column of indicators beside the tasks is part of the goal, not lost among remarks."""
    header = ("任务类别", "具体任务", "考核指标", "责任部门")
    rows = [("治理", "建设智慧社区", "建成智慧社区18个，覆盖率60%", "县民政局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].goal == "建设智慧社区\n建成智慧社区18个，覆盖率60%"
    assert [(str(t.value), t.unit) for t in plan.targets] == [("18", "个"), ("60", "%")]


def test_half_years_in_columns_of_their_own(tmp_path: Path) -> None:
    """上半年 and 下半年 have columns; a text merged over both goes by its own deadlines."""
    html = """<table>
      <tr><th rowspan=2>任务名称</th><th rowspan=2>年度建设目标</th><th colspan=2>时间节点</th>
          <th rowspan=2>主要责任单位</th></tr>
      <tr><th>上半年</th><th>下半年</th></tr>
      <tr><td rowspan=3>公路</td><td>修路10公里</td><td>修路4公里</td><td>修路6公里</td>
          <td>市甲局</td></tr>
      <tr><td>改造危桥9座</td><td colspan=2>6月底前改造4座；年底前改造5座</td><td>市甲局</td></tr>
      <tr><td>建成高速公路</td><td>/</td><td>10月底前完成路面；12月底前通车</td><td>市乙局</td></tr>
    </table>"""
    plan = read(tmp_path, html, "t.html")
    assert [(m.task_id[-1], m.quarters, m.text) for m in plan.milestones] == [
        ("1", (1, 2), "修路4公里"),
        ("1", (3, 4), "修路6公里"),
        ("2", (2,), "改造4座；"),
        ("2", (4,), "改造5座"),
        ("3", (4,), "完成路面；"),
        ("3", (4,), "通车"),
    ]
    assert {t.heading for t in plan.tasks} == {"公路"}


def test_row_of_sums_is_no_task(tmp_path: Path) -> None:
    """合计 under the tasks is told, and no task."""
    header = ("序号", "重点项目", "建设内容及目标", "总投资（万元）", "责任单位")
    rows = [("1", "新校区", "新增学位900个", "4500", "县教育局"), ("合计", "", "", "4500", "")]
    plan = read(tmp_path, tabbed(rows, header))
    assert [t.goal for t in plan.tasks] == ["新增学位900个"]
    assert "合计｜｜4500" in [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"]


def test_first_unit_leads_where_the_header_says_so(tmp_path: Path) -> None:
    """Only the first of the units owes a report; who helps is said by words, too."""
    header = ("工作目标", "责任单位（排第一位的为牵头单位）")
    ranked = read(tmp_path, tabbed([("修桥一座", "市甲局、市乙局；市丙局")], header)).tasks[0]
    worded = read(
        tmp_path, tabbed([("修桥一座", "市甲局牵头，市乙局、市丙局配合")], ("工作目标", "责任单位"))
    )
    for task in (ranked, worded.tasks[0]):
        assert task.lead_units == ("市甲局",)
        assert [s.unit for s in task.supporting_units] == ["市乙局", "市丙局"]
    assert not {"PLAN-LEFTOVER", "PLAN-ALIAS-SUSPECT"} & codes(worded)


def test_marked_unit_leads_where_there_is_no_column_of_helpers(tmp_path: Path) -> None:
    """（牵头） behind one of the units says that the others help, wherever it stands."""
    cell = "市甲局、市乙局（牵头），各区政府"
    task = read(tmp_path, tabbed([("修桥一座", cell)], ("工作目标", "责任单位"))).tasks[0]
    assert task.lead_units == ("市乙局",)
    assert [s.unit for s in task.supporting_units] == ["市甲局", "各区政府"]
    header = ("工作目标", "牵头单位", "协助单位")
    task = read(tmp_path, tabbed([("修桥一座", "市甲局（牵头）、市乙局", "/")], header)).tasks[0]
    assert task.lead_units == ("市甲局", "市乙局")


def test_second_header_of_other_columns_is_refused(tmp_path: Path) -> None:
    """Rows under a header whose columns stand otherwise are never read by the first."""
    header = ("目标任务", "进度", "牵头单位", "配合单位")
    first = tabbed([("修桥一座", "一季度", "市甲局", "市乙局")], header)
    other = tabbed([("修路一条", "二季度", "市丙局", "市丁局")], (*header[:2], *header[:1:-1]))
    with pytest.raises(
        InputRefused, match=r"^table\.txt第3行：表中只应有一种表头.*分成两个表格。$"
    ):
        read(tmp_path, first + other)
    assert len(read(tmp_path, first + first).tasks) == 2


def test_header_of_two_rows_on_every_page(tmp_path: Path) -> None:
    """Both rows of a header that comes again are left out, and told."""
    rows = """<tr><th rowspan=2>目标任务</th><th colspan=2>进度</th><th rowspan=2>牵头单位</th></tr>
      <tr><th>上半年</th><th>下半年</th></tr>
      <tr><td>修桥一座</td><td>开工</td><td>完工</td><td>市甲局</td></tr>"""
    plan = read(tmp_path, f"<table>{rows}{rows}</table>", "t.html")
    assert [t.schedule for t in plan.tasks] == ["上半年，开工\n下半年，完工"] * 2
    assert sum(f.code == "PLAN-HEADER-REPEATED" for f in plan.findings) == 2


def test_header_under_the_rows_is_none(tmp_path: Path) -> None:
    """A row of words that look like a header does not drop the tasks above it."""
    rows = [
        ("推进产业", "新增企业5家", "一季度，开工", "张三", "市甲局"),
        ("推进民生", "新增学位9个", "二季度，开工", "李四", "市乙局"),
        ("抓好项目", "推进重点项目", "三季度，推进", "李四", "各责任单位"),
    ]
    with pytest.raises(InputRefused, match=r"^t\.xlsx第1行：表头应至少有“.*未读取。$"):
        read(tmp_path, xlsx(rows[1:], [], rows[0]), "t.xlsx")


NUMBERED = ("序号", "类别", "目标任务", "进度安排", "牵头单位", "配合单位")


def test_row_that_goes_on_after_a_page_break(tmp_path: Path) -> None:
    """A row without number, heading and goal is the rest of the one above, cut anywhere."""
    rows = [
        ("1", "产业", "引进项目9个。", "一季度，引进2个。二季度，累计引", "市甲局", "市乙局、"),
        ("", "", "", "进5个。四季度，累计引进9个。", "", "市丙局"),
        ("2", "民生", "新增学位500个。", "四季度，完工。", "市丁局", "/"),
    ]
    plan = read(tmp_path, xlsx(rows, [], NUMBERED), "t.xlsx")
    assert [t.goal for t in plan.tasks] == ["引进项目9个。", "新增学位500个。"]
    assert [(t.quarter, str(t.value)) for t in plan.targets_of("2024-001")[1:]] == [
        (1, "2"), (2, "5"), (4, "9"),
    ]  # fmt: skip
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局", "市丙局"]
    assert "PLAN-ROW-CONTINUED" in codes(plan)


def test_row_whose_goal_was_forgotten_stays_a_task(tmp_path: Path) -> None:
    """With a unit and a schedule of its own it is no rest of the row above."""
    rows = [("1", "产业", "修桥一座。", "一季度，开工。", "市甲局", "/")]
    rows.append(("", "", "", "二季度，修路。", "市乙局", "/"))
    plan = read(tmp_path, tabbed(rows, NUMBERED))
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市乙局",)]
    assert "PLAN-GOAL-EMPTY" in codes(plan)


def test_heads_of_further_pages_are_no_tasks(tmp_path: Path) -> None:
    """The title again, 续表 and the header again are told and left out."""
    title = "某市2024年任务分解表"
    span = f"<tr><td colspan=6>{title}</td></tr>"
    header = "".join(f"<td>{word}</td>" for word in NUMBERED)
    cells = [
        [str(at), "产业", f"修桥{at}座。", "一季度，开工。", "市甲局", "/"] for at in (1, 2, 3)
    ]
    one, two, three = ("".join(f"<td>{text}</td>" for text in row) for row in cells)
    html = (
        f"<table>{span}<tr>{header}</tr><tr>{one}</tr>{span}<tr>{header}</tr><tr>{two}</tr>"
        f"<tr><td></td><td>续上表</td></tr><tr>{header}</tr><tr>{three}</tr></table>"
    )
    plan = read(tmp_path, html.replace("续上表</td>", "续上表</td>" + "<td></td>" * 4), "t.html")
    assert plan.title == title
    assert [(t.source_number, t.heading) for t in plan.tasks] == [
        (1, "产业"), (2, "产业"), (3, "产业"),
    ]  # fmt: skip
    assert sum(f.code == "PLAN-HEADER-REPEATED" for f in plan.findings) == 4


def test_numbers_that_are_missing_or_strange_are_told(tmp_path: Path) -> None:
    """One row without a number among many, and a number of another form, are named."""
    numbers = ("1", "2", "", "第4项", "5-1")
    rows = [(number, "产业", "修桥。", "一季度，开工。", "市甲局", "/") for number in numbers]
    plan = read(tmp_path, tabbed(rows, NUMBERED))
    assert [t.source_number for t in plan.tasks] == [1, 2, None, 4, None]
    told = [(f.code, f.line, f.found) for f in plan.findings if f.severity == "warning"]
    assert told == [("PLAN-NUMBER-NONE", 4, ""), ("PLAN-LEFTOVER", 6, "5-1")]


def test_row_of_two_cells_among_six_is_refused(tmp_path: Path) -> None:
    """A blank line inside a cell leaves a rest of which nobody can tell the columns."""
    rows = [("", "7. 修桥一座", "一季度，开工。", "张三\n", "", "1.市甲局、")]
    with pytest.raises(InputRefused, match=r"应有6格，实有2格.*请补齐该行后重试"):
        read(tmp_path, led([("", "7. 修桥", "一季度，开工。", "", "", ""), *rows]))


def _figures(plan: Plan) -> list[str]:
    return [f"{t.quarter} {t.measure} {t.value}{t.unit} {t.basis}" for t in plan.targets]


def test_indicators_with_their_unit_apart(tmp_path: Path) -> None:
    """Bare figures have the unit that the indicator's name or a column of units announces."""
    quarters = ("一季度", "二季度", "三季度", "四季度", "牵头单位")
    bracketed = [("固定资产投资（亿元）", "120", "20", "50", "90", "120", "市甲局")]
    named = read(tmp_path, xlsx(bracketed, [], ("指标名称", "年度目标", *quarters)), "t.xlsx")
    columns = [("固定资产投资", "亿元", "120", "20", "50", "90", "120", "市甲局")]
    header = ("指标名称", "计量单位", "年度目标", *quarters)
    for plan in (named, read(tmp_path, xlsx(columns, [], header), "t.xlsx")):
        assert _figures(plan) == [
            f"{quarter} 固定资产投资 {value}亿元 cumulative"
            for quarter, value in ((4, 120), (1, 20), (2, 50), (3, 90), (4, 120))
        ]


def test_indicators_without_a_unit_are_told(tmp_path: Path) -> None:
    """A bare figure whose unit nothing tells is named, and so is a line that is one."""
    rows = [("景气指数", "105", "101\n23\n稳步提升", "市甲局")]
    plan = read(tmp_path, xlsx(rows, [], ("指标名称", "年度目标", "一季度", "牵头单位")), "t.xlsx")
    assert not plan.targets
    unread = [f.found for f in plan.findings if f.code == "PLAN-TARGET-UNREAD"]
    assert unread == ["105", "101", "23"]


def test_schedule_of_two_tasks_in_one_cell_is_told(tmp_path: Path) -> None:
    """Both tasks get the text, and a finding says that its figures may be the other's."""
    html = """<table><tr><td>目标任务</td><td>进度安排</td><td>牵头单位</td></tr>
      <tr><td>修桥9座</td><td rowspan=2>一季度，修桥2座</td><td>市甲局</td></tr>
      <tr><td>修路8条</td><td>市乙局</td></tr></table>"""
    plan = read(tmp_path, html, "t.html")
    assert [t.schedule for t in plan.tasks] == ["一季度，修桥2座"] * 2
    assert [f.line for f in plan.findings if f.code == "PLAN-SCHEDULE-SHARED"] == [3]


@pytest.mark.parametrize("separator", ["\t", "|"])
def test_remarks_below_the_last_row_are_no_units(tmp_path: Path, separator: str) -> None:
    """A note and what follows it are told, and are no part of the last cell."""
    rows = [("1", "产业", "修桥。", "一季度，开工。", "市甲局", "市乙局")]
    notes = ["注：每季度末报送，完成率低于80%的通报。", "联系人：张三  电话：12345678"]
    plan = read(tmp_path, tabbed(rows, NUMBERED, separator) + "\n".join(notes))
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局"]
    told = [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"]
    assert told == [" ".join(note.split()) for note in notes]
