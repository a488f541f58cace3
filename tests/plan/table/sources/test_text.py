"""Text files: encodings, separators, drawn tables, what stands below."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused

from ...builders import HEADER, codes, led, read, tabbed
from ..made import GOALS, NUMBERED, ROWS, TASKS


@pytest.mark.parametrize("form", ["led", "tabs", "pipes"])
def test_title_of_a_section_between_lines_of_text(tmp_path: Path, form: str) -> None:
    """A numbered title on a line of its own is no unit of the row above; a numbered unit is."""
    rows = [*TASKS[:1], (*TASKS[1][:5], "（一）市甲局\n（二）市乙局")]
    match form:
        case "led":
            text = led(rows, NUMBERED) + "\n二、社会事业\n\n" + led([], TASKS[2])
        case "tabs":
            text = tabbed(rows, NUMBERED) + "二、社会事业\n" + tabbed([], TASKS[2])
        case _:
            text = tabbed(rows, NUMBERED, "|") + "## 二、社会事业\n" + tabbed([], TASKS[2], "|")
    plan = read(tmp_path, text)
    assert [t.heading for t in plan.tasks] == ["", "", "社会事业"]
    assert [s.unit for s in plan.tasks[1].supporting_units] == ["市甲局", "市乙局"]
    assert "PLAN-LEFTOVER" not in codes(plan)
    assert [f.found for f in plan.findings if f.code == "PLAN-SECTION"] == ["二、社会事业"]


def test_page_number_right_below_the_last_cell(tmp_path: Path) -> None:
    """A figure under a whole row, with nothing after it, is no unit."""
    plan = read(tmp_path, led(TASKS[:2], NUMBERED) + "7\n\n" + led([], TASKS[2]) + "8\n")
    assert [s.unit for task in plan.tasks for s in task.supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-PAGE-NUMBER"] == ["7", "8"]


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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    """The zero bytes of its tabs and line ends tell it."""
    for text in (tabbed(TASKS, NUMBERED), led(TASKS, NUMBERED).replace("\n", "\r\n")):
        plan = read(tmp_path, text.encode(encoding))
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert [f.found for f in plan.findings if f.code == "PLAN-ENCODING"] == [encoding]


def test_remark_right_below_the_last_cell(tmp_path: Path) -> None:
    """It is no unit of the last task; a remark inside a cell above stays there."""
    rows = [(*TASKS[0][:2], "一季度，开工。\n注：含征地。", *TASKS[0][3:]), TASKS[1]]
    plan = read(tmp_path, led(rows, NUMBERED) + "注：按季调度。\n")
    assert plan.tasks[0].schedule == "一季度，开工。\n注：含征地。"
    assert [s.unit for task in plan.tasks for s in task.supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]


def test_sum_on_a_line_of_its_own(tmp_path: Path) -> None:
    """合计 below the rows is no unit of the last one."""
    plan = read(tmp_path, tabbed(TASKS[:1], NUMBERED) + "合计：1项\n")
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["合计：1项"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    """Every usual encoding and line end is read alike."""
    data = led(ROWS).replace("\n", newline).encode(encoding)
    plan = read(tmp_path, data)
    assert [t.goal for t in plan.tasks] == GOALS
    assert ("PLAN-ENCODING" in codes(plan)) == (encoding in ("gb18030", "utf-16"))


def test_quoted_cells_with_breaks(tmp_path: Path) -> None:
    """Cells copied from a sheet are quoted where they hold breaks."""
    rows = [("甲", "建成公园一座。", '"一季度，开工。\n二季度，完工。"', "孙八", "市甲局", "/")]
    task = read(tmp_path, tabbed(rows)).tasks[0]
    assert task.schedule == "一季度，开工。\n二季度，完工。"


@pytest.mark.parametrize(("separator", "other"), [(",", ";"), (";", ",")])
def test_tables_with_commas_or_semicolons_between(
    tmp_path: Path, separator: str, other: str
) -> None:
    """The first row that has several of one tells; the other one is a mark of the text then."""
    schedule = f"一季度，开工{other}二季度，完工{other}全年{other}不停工。"
    rows = [HEADER, ("甲", "建成公园一座。", schedule, "孙八", "市甲局", "/")]
    text = "任务分解表\n" + "\n".join(separator.join(row) for row in rows)
    task = read(tmp_path, text, "t.csv").tasks[0]
    assert (task.goal, task.schedule, task.lead_units) == ("建成公园一座。", schedule, ("市甲局",))


def test_rows_without_blank_lines_between(tmp_path: Path) -> None:
    """Cells in one run are cut into rows by the header's width."""
    plan = read(tmp_path, led(ROWS).replace("\n\n", "\n"))
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市丙局",)]


BROKEN = ("", "3. 建成泵站一座。", "一季度，开工。\n二季度，完工。", "孙八", "市甲局", "/")


@pytest.mark.parametrize(
    "text",
    [
        tabbed([*ROWS, BROKEN]),
        "\n".join(f"|{'|'.join(row)}|" for row in (HEADER, *ROWS, BROKEN)),
        "任务表\n\n" + "\n\n".join(f"\t{cell}" for row in (HEADER, *ROWS, BROKEN) for cell in row),
    ],
    ids=["tabs", "pipes", "blank line after each cell"],
)
def test_breaks_inside_cells_without_quotes(tmp_path: Path, text: str) -> None:
    """A row goes on until it has as many cells as the others."""
    plan = read(tmp_path, text)
    assert plan.tasks[2].schedule == BROKEN[2]
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市丙局",), ("市甲局",)]


def test_signatures_under_the_table(tmp_path: Path) -> None:
    """Lines of signature and a page number under the last row are no part of its last cell."""
    plan = read(tmp_path, led(ROWS) + "\n填表人：某甲\n联系电话：略\n第 1 页 共 3 页\n")
    assert plan.tasks[1].supporting_units == ()
    left = [(f.line, f.found) for f in plan.findings if f.code == "PLAN-LEFTOVER"]
    assert left == [(22, "填表人：某甲"), (23, "联系电话：略")]
    assert "PLAN-PAGE-NUMBER" in codes(plan)


BROKEN_ROWS = {
    "framed": "| 1 | 修桥一座，\n含引桥。 | 一季度，开工。 | 张三 | 市甲局 | 市乙局 |",
    "inside": "1 | 修桥一座，\n含引桥。 | 一季度，开工。 | 张三 | 市甲局 | 市乙局",
    "closed": "| 1 | 修桥一座， |\n| 含引桥。 | 一季度，开工。 | 张三 | 市甲局 | 市乙局 |",
    "between": "| 1 | 修桥一座，含引桥。 |\n| 一季度，开工。 | 张三 | 市甲局 | 市乙局 |",
}


@pytest.mark.parametrize("how", BROKEN_ROWS)
def test_rows_of_pipes_broken_over_lines(tmp_path: Path, how: str) -> None:
    """A row goes on until it has as many cells as the header, broken in a cell or between two."""
    row = BROKEN_ROWS[how]
    framed = row.startswith("|")
    header, last = " | ".join(NUMBERED), " | ".join(TASKS[1])
    lines = [f"| {header} |", row, f"| {last} |"] if framed else [header, row, last]
    plan = read(tmp_path, "\n".join(lines))
    goals = ["".join(task.goal.split()) for task in plan.tasks]
    assert goals == ["修桥一座，含引桥。", "修路一条。"]
    assert [task.lead_units for task in plan.tasks] == [("市甲局",), ("市丙局",)]
    assert [task.leaders for task in plan.tasks] == [("张三",), ("李四",)]


def test_rows_of_pipes_that_cannot_be_mended_are_refused(tmp_path: Path) -> None:
    """Where the cells of the lines fit no row, nobody can tell the columns."""
    lines = [" | ".join(NUMBERED), "1 | 修桥一座", "甲 | 乙 | 丙", " | ".join(TASKS[1])]
    with pytest.raises(InputRefused, match="应有6格，实有2格（开头为“1”），无法认定"):
        read(tmp_path, "\n".join(lines))


def test_raised_sign_typed_behind_a_figure(tmp_path: Path) -> None:
    """80¹亿元 is 80."""
    row = ("1", "完成投资80¹亿元。", *TASKS[0][2:])
    plan = read(tmp_path, tabbed([row], NUMBERED))
    assert [str(target.value) for target in plan.targets] == ["80"]
    assert [f.found for f in plan.findings if f.code == "PLAN-TEXT-MARK"] == ["1"]
