"""Structures of tables: what each column, row and file is, however an office lays it out."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest
from openpyxl import Workbook

from reporting.errors import InputRefused
from reporting.plan.table.columns import Vocabulary

from .builders import Row, codes, led, read, tabbed, xlsx


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


HEADER = ("序号", "目标任务", "进度安排", "责任领导", "牵头单位", "配合单位")
TASKS = [
    ("1", "修桥一座。", "一季度，开工。", "张三", "市甲局", "市乙局"),
    ("2", "修路一条。", "二季度，开工。", "李四", "市丙局", "/"),
    ("3", "办学一所。", "三季度，开工。", "王五", "市丁局", "/"),
]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("一", "城市建设", "", "", "", ""), ("二", "社会事业", "", "", "", "")),
        (("", "一、城市建设", "", "", "", ""), ("", "（二）社会事业", "", "", "", "")),
        (("（一）", "城市建设", "", "", "", ""), ("（二）", "社会事业", "", "", "", "")),
    ],
)
def test_title_of_a_section_beside_its_number(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    """A title that stands in the column of goals, with nobody to do it, is no task."""
    rows = [first, *TASKS[:2], second, TASKS[2]]
    for plan in (
        read(tmp_path, tabbed(rows, HEADER)),
        read(tmp_path, xlsx(rows, [], HEADER), "t.xlsx"),
    ):
        assert [t.heading for t in plan.tasks] == ["城市建设", "城市建设", "社会事业"]
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert sum(f.code == "PLAN-SECTION" for f in plan.findings) == 2


def test_title_of_a_section_by_its_parts(tmp_path: Path) -> None:
    """1 heads 1.1 and 1.2; a numbered task without a unit stays a task."""
    rows = [
        ("1", "城市建设", "", "", "", ""),
        ("1.1", *TASKS[0][1:]),
        ("1.2", *TASKS[1][1:]),
        ("2", "办学一所。", "", "", "", ""),
    ]
    plan = read(tmp_path, tabbed(rows, HEADER))
    assert [(t.heading, t.goal) for t in plan.tasks] == [
        ("城市建设", "修桥一座。"),
        ("城市建设", "修路一条。"),
        ("城市建设", "办学一所。"),
    ]
    assert [f.line for f in plan.findings if f.code == "PLAN-LEAD-NONE"] == [5]


def test_section_gives_its_title_to_blank_headings(tmp_path: Path) -> None:
    """Below a new section a blank heading is the section's title, not the heading above."""
    header = ("序号", "工作类别", *HEADER[1:])
    wide = [(row[0], "", *row[1:]) for row in TASKS]
    rows = [
        (wide[0][0], "城市建设", *wide[0][2:]),
        wide[1],
        ("", "社会事业", "", "", "", "", ""),
        wide[2],
    ]
    plan = read(tmp_path, tabbed(rows, header))
    assert [t.heading for t in plan.tasks] == ["城市建设", "城市建设", "社会事业"]


def test_row_that_numbers_the_columns_is_no_task(tmp_path: Path) -> None:
    """1, 2, 3 … under the header belong to it."""
    for numbers in ("123456", "①②③④⑤⑥"):
        plan = read(tmp_path, tabbed([tuple(numbers), *TASKS], HEADER))
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert [f.line for f in plan.findings if f.code == "PLAN-HEADER-REPEATED"] == [2]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("填表人：某甲\t\t\t审核人：某乙\t\t", ["填表人：某甲", "审核人：某乙"]),
        ("填报人：某甲\t审核人：某乙", ["填报人：某甲", "审核人：某乙"]),
        ("注：\t1.按季调度。\n\t2.逾期通报。", ["注：", "1.按季调度。", "2.逾期通报。"]),
        ("\t\t注1：按季调度。\t\t\t", ["注1：按季调度。"]),
        ("领导签字：\t\t\t\t\t", ["领导签字："]),
    ],
)
def test_remarks_in_cells_below_the_table(tmp_path: Path, below: str, told: list[str]) -> None:
    """Signatures and notes are told, whatever cells they stand in, and are no tasks."""
    plan = read(tmp_path, tabbed(TASKS, HEADER) + below + "\n")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == told
    assert not codes(plan) & {"PLAN-GOAL-EMPTY", "PLAN-ROW-CELLS"}


@pytest.mark.parametrize("form", ["led", "tabs", "pipes"])
def test_title_of_a_section_between_lines_of_text(tmp_path: Path, form: str) -> None:
    """A numbered title on a line of its own is no unit of the row above; a numbered unit is."""
    rows = [*TASKS[:1], (*TASKS[1][:5], "（一）市甲局\n（二）市乙局")]
    match form:
        case "led":
            text = led(rows, HEADER) + "\n二、社会事业\n\n" + led([], TASKS[2])
        case "tabs":
            text = tabbed(rows, HEADER) + "二、社会事业\n" + tabbed([], TASKS[2])
        case _:
            text = tabbed(rows, HEADER, "|") + "## 二、社会事业\n" + tabbed([], TASKS[2], "|")
    plan = read(tmp_path, text)
    assert [t.heading for t in plan.tasks] == ["", "", "社会事业"]
    assert [s.unit for s in plan.tasks[1].supporting_units] == ["市甲局", "市乙局"]
    assert "PLAN-LEFTOVER" not in codes(plan)
    assert [f.found for f in plan.findings if f.code == "PLAN-SECTION"] == ["二、社会事业"]


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


def test_deadline_beside_a_schedule_with_quarters(tmp_path: Path) -> None:
    """What has quarters of its own goes by them; the deadline beside it is told."""
    header = ("目标任务", "完成时限", "进度安排", "牵头单位")
    rows = [("修桥一座", "12月底", "完成选址。二季度，开工。", "市甲局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].schedule == "完成选址。二季度，开工。"
    assert [f.found for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"] == ["12月底"]


def test_signs_that_cannot_be_seen_or_told_apart(tmp_path: Path) -> None:
    """Names do not differ by unseen signs, nor by radicals copied from a PDF."""
    rows = [
        TASKS[0],
        ("2", "修\u00ad路一条。", "\u2f06季度，开⼯。", "张三\u200b", "\ufeff市甲局", "市⼄局"),
    ]
    plan = read(tmp_path, tabbed(rows, HEADER))
    task = plan.tasks[1]
    assert (task.goal, task.schedule) == ("修路一条。", "二季度，开工。")
    assert (task.leaders, task.lead_units) == (("张三",), ("市甲局",))
    assert {unit.name for unit in plan.units} == {"市甲局", "市乙局"}
    told = [f.found for f in plan.findings if f.code == "PLAN-LOOKALIKE"]
    assert told == ["⼆（U+2F06）读作二、⼯（U+2F2F）读作工、⼄（U+2F04）读作乙"]


def _document(*tables: Sequence[str], above: Sequence[str] = (), notes: str = "") -> bytes:
    """Make a Word document of tables, each given by the XML of its rows."""
    names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    body = "".join(
        f"<w:p><w:r><w:t>{title}</w:t></w:r></w:p><w:tbl>{''.join(rows)}</w:tbl>"
        for title, rows in zip_longest(above, tables, fillvalue="")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        document = f"<w:document {names}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        if notes:
            below = f"<w:footnotes {names}><w:footnote>{notes}</w:footnote></w:footnotes>"
            archive.writestr("word/footnotes.xml", below)
    return target.getvalue()


def _tr(*cells: str, mark: str = "") -> str:
    """Write a row of Word; ``2*text`` spans two columns, ``^text`` and ``^`` merge down."""
    made = []
    for cell in cells:
        span, _, text = cell.rpartition("*")
        merge = "" if text[:1] != "^" else f"<w:vMerge w:val='{'restart' if text[1:] else ''}'/>"
        run = f"<w:p><w:r><w:t>{text.lstrip('^')}</w:t></w:r></w:p>"
        width = f"<w:gridSpan w:val='{span or 1}'/>"
        made.append(f"<w:tc><w:tcPr>{width}{merge}</w:tcPr>{run}</w:tc>")
    return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(made)}</w:tr>"


def test_document_whose_table_a_page_break_parts(tmp_path: Path) -> None:
    """The second part has the columns of the first, and its merged leader, header or not."""
    head = _tr("序号", "任务", "一季度", "二季度", "领导", "牵头单位")
    first = [head, _tr("1", "修桥", "选址", "开工", "^张三", "市甲局")]
    second = [
        _tr("2", "修路", "2*勘察设计", "^", "市乙局"),
        _tr("3", "修渠", "2*竣工", "李四", "市丙局"),
    ]
    plan = read(tmp_path, _document(first, second), "t.docx")
    assert [t.schedule for t in plan.tasks] == [
        "一季度，选址\n二季度，开工",
        "一、二季度，勘察设计",
        "一、二季度，竣工",
    ]
    assert [t.leaders for t in plan.tasks] == [("张三",), ("张三",), ("李四",)]


def test_cell_of_a_document_divided_in_one_row(tmp_path: Path) -> None:
    """Its parts are one cell's text; the cells after it do not move."""
    rows = [_tr("任务", "领导", "2*牵头单位", "配合单位")]
    rows += [_tr(f"修桥{at}座", "张三", "2*市甲局", "市乙局") for at in (1, 2, 3)]
    rows.append(_tr("修路", "李四", "市丙局", "市丁局", "市戊局"))
    plan = read(tmp_path, _document(rows), "t.docx")
    assert plan.tasks[3].lead_units == ("市丙局", "市丁局")
    assert [s.unit for s in plan.tasks[3].supporting_units] == ["市戊局"]


def test_footnotes_and_deleted_rows_of_a_document(tmp_path: Path) -> None:
    """A footnote is told; a row deleted with track changes is no task, nor what it merged."""
    rows = [
        _tr("任务", "领导", "牵头单位"),
        _tr("修桥", "^张三", "市甲局"),
        _tr("修路", "^李四", "市乙局", mark="<w:del/>"),
        _tr("修渠", "^", "市丙局"),
    ]
    note = "<w:p><w:r><w:t>含引桥。</w:t></w:r></w:p>"
    plan = read(tmp_path, _document(rows, notes=note), "t.docx")
    assert [(t.goal, t.leaders) for t in plan.tasks] == [("修桥", ("张三",)), ("修渠", ())]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["含引桥。"]


def test_rows_without_their_last_empty_cells(tmp_path: Path) -> None:
    """Editors drop tabs at the end of a line; the other cells keep their places."""
    header = ("序号", "类别", "目标任务", "牵头单位", "配合单位", "备注")
    lines = ["1\t城建\t新建桥梁一座\t市甲局", "2\t民生\t新建学校一所\t市乙局", ""]
    plan = read(tmp_path, "\n".join(("\t".join(header), *lines)))
    assert [(t.source_number, t.heading, t.lead_units) for t in plan.tasks] == [
        (1, "城建", ("市甲局",)),
        (2, "民生", ("市乙局",)),
    ]
    assert [t.supporting_units for t in plan.tasks] == [(), ()]
    assert [f.line for f in plan.findings if f.code == "PLAN-ROW-CELLS"] == [2, 3]


def test_row_that_lacks_a_leader_under_plain_headings(tmp_path: Path) -> None:
    """Headings need no number to be told from names and units."""
    header = ("序号", "类别", *HEADER[1:])
    rows = [(row[0], "城市建设", *row[1:]) for row in TASKS]
    html = "".join(map(_html, (header, *rows)))
    html = html.replace("<td>李四</td>", "").replace("修路一条", "新修道路一条")
    plan = read(tmp_path, f"<table>{html}</table>", "t.html")
    task = plan.tasks[1]
    assert (task.heading, task.goal) == ("城市建设", "新修道路一条。")
    assert (task.leaders, task.lead_units) == ((), ("市丙局",))


def test_table_of_something_else_of_the_same_width(tmp_path: Path) -> None:
    """Without a header, rows whose numbers and units are none are no tasks; 1.1 is a number."""
    more = [("3.1", *TASKS[2][1:])]
    people = [
        ("姓名", "职务", "电话", "邮箱", "住址", "备注"),
        ("赵六", "科长", "1", "2", "3", "4"),
    ]
    tables = ([HEADER, *TASKS[:2]], more, people)
    html = "".join(f"<table>{''.join(map(_html, rows))}</table>" for rows in tables)
    plan = read(tmp_path, html, "t.html")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    told = [f.found.split() for f in plan.findings if f.code == "PLAN-TABLE-OTHER"]
    assert told == [[text for row in people for text in row]]


def test_sums_in_one_cell_or_beside_a_count(tmp_path: Path) -> None:
    """合计：3项 is no section, and 小计 with a count no task."""
    rows = [*TASKS[:2], ("小计", "2项", *[""] * 4), TASKS[2], ("合计：3项", *[""] * 5)]
    plan = read(tmp_path, xlsx(rows, [], HEADER), "t.xlsx")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == [
        "小计｜2项",
        "合计：3项",
    ]
    assert "PLAN-SECTION" not in codes(plan)


def test_goal_merged_with_its_heading(tmp_path: Path) -> None:
    """A cell over both columns is the heading and the goal."""
    rows = [("1", "新建桥梁一座", "", "市甲局"), ("2", "民生", "新建学校一所", "市乙局")]
    header = ("序号", "重点工作", "目标任务", "牵头单位")
    plan = read(tmp_path, _merged(rows, header, ("B2:C2",)), "t.xlsx")
    assert [(t.heading, t.goal) for t in plan.tasks] == [
        ("新建桥梁一座", "新建桥梁一座"),
        ("民生", "新建学校一所"),
    ]


def test_page_number_right_below_the_last_cell(tmp_path: Path) -> None:
    """A figure under a whole row, with nothing after it, is no unit."""
    plan = read(tmp_path, led(TASKS[:2], HEADER) + "7\n\n" + led([], TASKS[2]) + "8\n")
    assert [s.unit for task in plan.tasks for s in task.supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-PAGE-NUMBER"] == ["7", "8"]


def test_caption_of_a_page_is_the_title(tmp_path: Path) -> None:
    """What stands in a table's caption is read."""
    html = f"<table><caption>某市任务分解表</caption>{_html(HEADER)}{_html(TASKS[0])}</table>"
    assert read(tmp_path, html, "t.html").title == "某市任务分解表"


def _html(row: Row) -> str:
    return f"<tr><td>{'</td><td>'.join(row)}</td></tr>"


DRAWN = """\
┌────┬────────┬────────┬──────┬──────┐
│序号│目标任务│进度安排│牵头  │配合  │
│    │        │        │单位  │单位  │
├────┼────────┼────────┼──────┼──────┤
│1   │新建桥梁│一季度，│市甲乙│市丙局│
│    │一座。  │开工。  │局    │市丁局│
├────┼────────┼────────┼──────┼──────┤
│2   │新建泵房│二季度， │市丁局│/     │
│    │一座。  │开工。  │      │      │
└────┴────────┴────────┴──────┴──────┘
"""


def test_drawn_table_whose_cells_are_wrapped(tmp_path: Path) -> None:
    """Lines between two rules are one row; without rules between rows each line is one."""
    plan = read(tmp_path, DRAWN)
    assert [t.goal for t in plan.tasks] == ["新建桥梁一座。", "新建泵房一座。"]
    assert [t.lead_units for t in plan.tasks] == [("市甲乙局",), ("市丁局",)]
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市丙局", "市丁局"]
    rows = [(number, *cells[:2], "市甲局", "") for number, *cells in TASKS]
    header = ("序号", "目标任务", "进度安排", "牵头单位", "配合单位")
    lines = [f"│{'│'.join(row)}│" for row in (header, *rows)]
    framed = "\n".join(("┌─┐", lines[0], "├─┤", *lines[1:3], "├─┤", lines[3], "└─┘"))
    assert [t.goal for t in read(tmp_path, framed).tasks] == [row[1] for row in TASKS]


def test_titles_above_the_tables_are_their_headings(tmp_path: Path) -> None:
    """A numbered line above each table heads its tasks, whose numbers begin again."""
    first, second = TASKS[:2], [("1", *TASKS[2][1:])]
    parts = (("一、城市建设", first), ("（二）社会事业", second))
    html = "<h1>某市任务分解表</h1>" + "".join(
        f"<h2>{title}</h2><table>{''.join(map(_html, (HEADER, *rows)))}</table>"
        for title, rows in parts
    )
    book = Workbook()
    for title, rows in parts:
        sheet = book.create_sheet(title[2:].lstrip("）"))
        for row in (HEADER, *rows):
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    titles = [title for title, _ in parts]
    word = _document(*([_tr(*row) for row in (HEADER, *rows)] for _, rows in parts), above=titles)
    files = ((html, "t.html"), (target.getvalue(), "t.xlsx"), (word, "t.docx"))
    for plan in (read(tmp_path, *file) for file in files):
        assert [t.heading for t in plan.tasks] == ["城市建设", "城市建设", "社会事业"]
        assert [t.source_number for t in plan.tasks] == [1, 2, 1]
        told = {"PLAN-LEFTOVER", "PLAN-NUMBER-DUPLICATE", "PLAN-SECTION-ABOVE"}
        assert codes(plan) & told == {"PLAN-SECTION-ABOVE"}


@pytest.mark.parametrize("hidden", ["草稿", "任务"])
def test_hidden_sheets_and_columns(tmp_path: Path, hidden: str) -> None:
    """A hidden draft beside the tasks is told and not read; alone it is, with a note."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("任务", "草稿")[: 2 if hidden == "草稿" else 1]:
        sheet = book.create_sheet(name)
        for row in (HEADER, *TASKS[: 2 if name == "任务" else 1]):
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
    assert told == [("PLAN-HIDDEN", "工作表“任务”第D列"), draft]


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


SPACED = """\
某市2024年任务分解表
序号  目标任务          进度安排            责任领导  牵头单位    配合单位
1     修桥一座，其中城  一季度，开工。      张　三    市甲局      市乙局
      区一座。          三季度，完工。                            市丙局
2     修路一条。        二季度，开工。                市丁局      /
注：按季调度。
"""


def test_columns_set_with_spaces(tmp_path: Path) -> None:
    """Each text belongs below the word that heads it, also where a cell is empty."""
    plan = read(tmp_path, SPACED)
    assert plan.title == "某市2024年任务分解表"
    assert [(t.goal, t.schedule) for t in plan.tasks] == [
        ("修桥一座，其中城区一座。", "一季度，开工。\n三季度，完工。"),
        ("修路一条。", "二季度，开工。"),
    ]
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        (("张三",), ("市甲局",)),
        ((), ("市丁局",)),
    ]
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局", "市丙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]


def test_spaces_that_set_no_columns_are_refused(tmp_path: Path) -> None:
    """Where a text runs into the next column, nobody can tell the cells."""
    with pytest.raises(InputRefused, match="各格没有分隔符"):
        read(tmp_path, SPACED.replace("修路一条。        二", "修路一条路八条桥九座。  二"))


@pytest.mark.parametrize(
    ("content", "name", "match"),
    [
        (
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='u'/>",
            "t.docx",
            "Word 或 Excel 的 XML.*另存",
        ),
        (b"MIME-Version: 1.0\n\n<html>", "t.mht", "网页归档.*另存"),
        ({"OFD.xml": "<a/>"}, "t.ofd", "OFD 版式文件"),
        ({"content.xml": "<a/>"}, "t.odt", "OpenDocument 文件.*另存"),
    ],
)
def test_files_of_other_programs(
    tmp_path: Path, content: bytes | dict[str, str], name: str, match: str
) -> None:
    """Each is refused in a sentence that says what it is and what to do."""
    if isinstance(content, dict):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for part, text in content.items():
                archive.writestr(part, text)
        content = target.getvalue()
    with pytest.raises(InputRefused, match=match):
        read(tmp_path, content, name)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    """The zero bytes of its tabs and line ends tell it."""
    for text in (tabbed(TASKS, HEADER), led(TASKS, HEADER).replace("\n", "\r\n")):
        plan = read(tmp_path, text.encode(encoding))
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert [f.found for f in plan.findings if f.code == "PLAN-ENCODING"] == [encoding]


def test_table_framed_by_another_of_one_cell(tmp_path: Path) -> None:
    """A frame around a document's table hides nothing."""
    inner = f"<w:tbl>{''.join(_tr(*row) for row in (HEADER, *TASKS))}</w:tbl>"
    title = "<w:p><w:r><w:t>某市任务分解表</w:t></w:r></w:p>"
    plan = read(tmp_path, _document([f"<w:tr><w:tc>{title}{inner}<w:p/></w:tc></w:tr>"]), "t.docx")
    assert plan.title == "某市任务分解表"
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]


def test_header_again_in_other_words(tmp_path: Path) -> None:
    """牵头部门 on the second page heads the same column as 牵头单位 on the first."""
    again = (*HEADER[:4], "牵头部门", "协办单位")
    plan = read(tmp_path, tabbed([TASKS[0], again, TASKS[1]], HEADER))
    assert [t.goal for t in plan.tasks] == ["修桥一座。", "修路一条。"]
    assert [f.line for f in plan.findings if f.code == "PLAN-HEADER-REPEATED"] == [3]


def test_number_merged_over_tasks_is_no_misprint(tmp_path: Path) -> None:
    """Tasks that share a merged number have it; one printed twice is told."""
    rows = [("1", "修桥", "市甲局"), ("", "修路", "市乙局"), ("1", "修渠", "市丙局")]
    plan = read(tmp_path, _merged(rows, ("序号", "任务", "牵头单位"), ("A2:A3",)), "t.xlsx")
    assert [t.source_number for t in plan.tasks] == [1, 1, 1]
    assert [f.line for f in plan.findings if f.code == "PLAN-NUMBER-DUPLICATE"] == [4]


def test_remark_right_below_the_last_cell(tmp_path: Path) -> None:
    """It is no unit of the last task; a remark inside a cell above stays there."""
    rows = [(*TASKS[0][:2], "一季度，开工。\n注：含征地。", *TASKS[0][3:]), TASKS[1]]
    plan = read(tmp_path, led(rows, HEADER) + "注：按季调度。\n")
    assert plan.tasks[0].schedule == "一季度，开工。\n注：含征地。"
    assert [s.unit for task in plan.tasks for s in task.supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]


def test_header_alone_in_its_table(tmp_path: Path) -> None:
    """A table of the header only goes on in the next; alone it is refused in a sentence."""
    header = f"<table>{_html(HEADER)}</table>"
    assert len(read(tmp_path, f"{header}<table>{_html(TASKS[0])}</table>", "t.html").tasks) == 1
    with pytest.raises(InputRefused, match="表头之下应有任务，实际一行也没有"):
        read(tmp_path, header, "t.html")


def test_header_again_after_rows_below_a_page_break(tmp_path: Path) -> None:
    """Rows above a header are tasks when they go on with the table before it."""
    section = f"<tr><td colspan=6>二、社会事业</td></tr>{_html(TASKS[1])}"
    first = f"<table>{_html(HEADER)}{_html(TASKS[0])}</table>"
    second = f"<table>{section}{_html(HEADER)}{_html(TASKS[2])}</table>"
    plan = read(tmp_path, first + second, "t.html")
    assert [(t.goal, t.heading) for t in plan.tasks] == [
        ("修桥一座。", ""), ("修路一条。", "社会事业"), ("办学一所。", "社会事业"),
    ]  # fmt: skip
    plan = read(tmp_path, f"<table>{_html(HEADER)}</table>{second}", "t.html")
    assert [t.goal for t in plan.tasks] == ["修路一条。", "办学一所。"]


def test_section_over_a_page_break(tmp_path: Path) -> None:
    """A section's title heads the tasks below the break, also when it is the last row above."""
    first = f"<table>{_html(HEADER)}{_html(TASKS[0])}<tr><td colspan=6>二、民生</td></tr></table>"
    second = f"<table>{_html(HEADER)}{_html(TASKS[1])}</table>"
    plan = read(tmp_path, first + second, "t.html")
    assert [t.heading for t in plan.tasks] == ["", "民生"]


def test_title_of_a_section_above_the_header(tmp_path: Path) -> None:
    """In the first row of each table it heads that table's tasks."""
    html = "".join(
        f"<table><tr><td colspan=6>{title}</td></tr>{_html(HEADER)}{_html(task)}</table>"
        for title, task in (("一、城建", TASKS[0]), ("二、民生", TASKS[1]))
    )
    plan = read(tmp_path, html, "t.html")
    assert [t.heading for t in plan.tasks] == ["城建", "民生"]
    assert "PLAN-LEFTOVER" not in codes(plan)


def test_sum_on_a_line_of_its_own(tmp_path: Path) -> None:
    """合计 below the rows is no unit of the last one."""
    plan = read(tmp_path, tabbed(TASKS[:1], HEADER) + "合计：1项\n")
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["合计：1项"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("项次", "number"), ("分项序号", "number"), ("全年计划", "work"), ("月度计划", "schedule"),
        ("责任镇街", "duty"), ("责任股室", "duty"), ("涉及单位", "support"), ("牵头人", "person"),
        ("督查单位", None), ("牵头镇街", "lead"), ("任务来源", None),
    ],
)  # fmt: skip
def test_more_words_of_headers(text: str, kind: str | None) -> None:
    """Words that counties and towns use."""
    assert Vocabulary().kind(text) == kind


def test_cells_that_moved_by_one_are_told(tmp_path: Path) -> None:
    """A lead unit under 四季度 shows that a cell was taken out of the row."""
    header = ("任务", "三季度", "四季度", "牵头单位", "配合单位", "备注")
    rows = [
        ("修桥", "开工", "完工", "市甲局", "市乙局", ""),
        ("修路", "开工", "市甲局", "市丙局", "", ""),
    ]
    plan = read(tmp_path, xlsx(rows, [], header), "t.xlsx")
    told = [(f.line, f.expected, f.found) for f in plan.findings if f.code == "PLAN-CELL-MISPLACED"]
    assert told == [(3, "四季度", "市甲局")]


def test_text_in_the_column_of_numbers_is_told(tmp_path: Path) -> None:
    """A number before the goal does not hide what stands where its number should."""
    rows = [("市乙局", "3. 修桥一座。", "市甲局")]
    plan = read(tmp_path, xlsx(rows, [], ("序号", "目标任务", "牵头单位")), "t.xlsx")
    assert plan.tasks[0].source_number == 3
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["市乙局"]


def test_quarters_under_the_goal_are_told(tmp_path: Path) -> None:
    """Where the goal names the quarters and the schedule none, the cells have moved."""
    rows = [
        ("城建", "修桥", "一季度，开工。", "市甲局", "市乙局"),
        ("修路", "一季度，开工。\n四季度，完工。", "市丙局", "市丁局", ""),
    ]
    header = ("类别", "目标任务", "进度安排", "牵头单位", "配合单位")
    plan = read(tmp_path, xlsx(rows, [], header), "t.xlsx")
    told = [(f.line, f.expected, f.found) for f in plan.findings if f.code == "PLAN-CELL-MISPLACED"]
    assert told == [(3, "目标任务", "一季度，开工。 四季度，完工。")]


def test_small_table_in_a_cell_of_a_page(tmp_path: Path) -> None:
    """It is the text of its cell; a table that only lays out another is passed over."""
    small = "<table><tr><td>一季度，选址</td></tr><tr><td>二季度，开工</td></tr></table>"
    rows = [_html(HEADER), *map(_html, TASKS)]
    rows[1] = rows[1].replace("一季度，开工。", small)
    inner = f"<table>{''.join(rows)}</table>"
    for html in (inner, f"<table><tr><td>{inner}</td></tr></table>"):
        plan = read(tmp_path, html, "t.html")
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert plan.tasks[0].schedule == "一季度，选址\n二季度，开工"


def test_empty_column_of_a_page_is_a_column(tmp_path: Path) -> None:
    """Below a page break no task may have a leader or a helper; the columns are there."""
    bare = (*TASKS[1][:3], "", TASKS[1][4], "")
    html = f"<table>{_html(HEADER)}{_html(TASKS[0])}</table><table>{_html(bare)}</table>"
    plan = read(tmp_path, html, "t.html")
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        (("张三",), ("市甲局",)),
        ((), ("市丙局",)),
    ]


def test_unit_merged_over_the_leaders_column(tmp_path: Path) -> None:
    """A unit's name over both columns leads; it is no person."""
    rows = [("修桥", "市甲局", "", "市乙局"), ("修路", "张三", "市丙局", "/")]
    header = ("任务", "责任领导", "牵头单位", "配合单位")
    plan = read(tmp_path, _merged(rows, header, ("B2:C2",)), "t.xlsx")
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        ((), ("市甲局",)),
        (("张三",), ("市丙局",)),
    ]


def test_section_after_a_remark_between_rows(tmp_path: Path) -> None:
    """A remark on one section does not swallow the title of the next."""
    lines = tabbed(TASKS[:1], HEADER) + "注：按季调度。\t\n二、社会事业\t\n" + tabbed([], TASKS[1])
    plan = read(tmp_path, lines)
    assert [t.heading for t in plan.tasks] == ["", "社会事业"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]
