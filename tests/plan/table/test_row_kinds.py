"""What each row of a table is."""

from pathlib import Path

import pytest

from reporting.plan.table.columns import Vocabulary
from reporting.plan.table.grid import Grid, GridCell, GridRow
from reporting.plan.table.parts import cut
from reporting.plan.table.row_kinds import Place, classify_rows

from ..builders import codes, led, read, tabbed, xlsx
from .made import GOALS, NUMBERED, ROWS, TASKS


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
        read(tmp_path, tabbed(rows, NUMBERED)),
        read(tmp_path, xlsx(rows, [], NUMBERED), "t.xlsx"),
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
    plan = read(tmp_path, tabbed(rows, NUMBERED))
    assert [(t.heading, t.goal) for t in plan.tasks] == [
        ("城市建设", "修桥一座。"),
        ("城市建设", "修路一条。"),
        ("城市建设", "办学一所。"),
    ]
    assert [f.line for f in plan.findings if f.code == "PLAN-LEAD-NONE"] == [5]


def test_section_gives_its_title_to_blank_headings(tmp_path: Path) -> None:
    """Below a new section a blank heading is the section's title, not the heading above."""
    header = ("序号", "工作类别", *NUMBERED[1:])
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
        plan = read(tmp_path, tabbed([tuple(numbers), *TASKS], NUMBERED))
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
    plan = read(tmp_path, tabbed(TASKS, NUMBERED) + below + "\n")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == told
    assert not codes(plan) & {"PLAN-GOAL-EMPTY", "PLAN-ROW-CELLS"}


def test_sums_in_one_cell_or_beside_a_count(tmp_path: Path) -> None:
    """合计：3项 is no section, and 小计 with a count no task."""
    rows = [*TASKS[:2], ("小计", "2项", *[""] * 4), TASKS[2], ("合计：3项", *[""] * 5)]
    plan = read(tmp_path, xlsx(rows, [], NUMBERED), "t.xlsx")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == [
        "小计｜2项",
        "合计：3项",
    ]
    assert "PLAN-SECTION" not in codes(plan)


def test_header_again_in_other_words(tmp_path: Path) -> None:
    """牵头部门 on the second page heads the same column as 牵头单位 on the first."""
    again = (*NUMBERED[:4], "牵头部门", "协办单位")
    plan = read(tmp_path, tabbed([TASKS[0], again, TASKS[1]], NUMBERED))
    assert [t.goal for t in plan.tasks] == ["修桥一座。", "修路一条。"]
    assert [f.line for f in plan.findings if f.code == "PLAN-HEADER-REPEATED"] == [3]


def test_section_after_a_remark_between_rows(tmp_path: Path) -> None:
    """A remark on one section does not swallow the title of the next."""
    lines = (
        tabbed(TASKS[:1], NUMBERED) + "注：按季调度。\t\n二、社会事业\t\n" + tabbed([], TASKS[1])
    )
    plan = read(tmp_path, lines)
    assert [t.heading for t in plan.tasks] == ["", "社会事业"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]


def test_repeated_headers_and_pages_inside_the_table(tmp_path: Path) -> None:
    """A header printed again and a page number between rows are no tasks."""
    text = led([ROWS[0]]) + "\n12\n\n" + led([ROWS[1]])
    plan = read(tmp_path, text)
    assert [t.goal for t in plan.tasks] == GOALS
    assert {"PLAN-HEADER-REPEATED", "PLAN-PAGE-NUMBER"} <= codes(plan)


def _kinds(*rows: str) -> list[tuple[str, str]]:
    """Classify rows under a header of six columns; a stroke parts cells, ^ and < go on."""
    grid = Grid((GridRow(tuple(GridCell(word, 1) for word in NUMBERED)), *map(_row, rows)))
    words = Vocabulary(year=2024)
    parts = cut(grid, words, None, ragged=False)
    assert parts is not None
    assert parts.columns is not None
    place = Place(parts.columns, words, frozenset({"某市任务表"}), False, "t", False)
    return [(row.kind.value, row.why) for row in classify_rows(parts, place)][1:]


def _row(text: str) -> GridRow:
    cells = [
        GridCell(cell.lstrip("^<"), 2, above=cell.startswith("^"), left=cell.startswith("<"))
        for cell in text.split("|")
    ]
    return GridRow(tuple(cells))


TASK = "1|修桥一座。|一季度，开工。|张三|市甲局|市乙局"


@pytest.mark.parametrize(
    ("rows", "kind", "why"),
    [
        ([TASK], "任务行", "不属于其他各类"),
        (["|||||"], "空行", "没有文字"),
        (["注：按季调度。|||||"], "说明行", "以说明或签署的字样开头"),
        (["注：1.按季调度。|||||", "2.按月报送。|||||"], "说明行", "接上一行的说明"),
        ([TASK, "— 2 —|||||"], "说明行", "只有页码"),
        (["|".join(NUMBERED)], "重复表头", "与表头相同"),
        (["某市任务表|||||"], "重复表头", "与标题相同或为续表"),
        (["1|2|3|4|5|6"], "重复表头", "各格依次为列号"),
        (["合计||共3项|||"], "合计行", "有合计字样而没有目标"),
        (["一、城建|<|<|<|<|<"], "分节行", "只有一段文字"),
        (["一|城建||||"], "分节行", "编号为中文数字且只有标题"),
        (["1|城建||||", "1.1|修桥。|一季度|张三|市甲局|"], "任务行", "不属于其他各类"),
        ([TASK, "||二季度，完工。|||"], "续行", "没有编号、总体要求和目标"),
        ([TASK, "^1|^修桥一座。|二季度，完工。|李四|市乙局|"], "合并的行", "目标与上一行合并"),
        (["||二季度，完工。|||"], "任务行", "不属于其他各类"),
        (["2|||||市乙局"], "任务行", "不属于其他各类"),
        (["引进5家|<|<|<|<|<"], "任务行", "不属于其他各类"),
    ],
)
def test_kind_of_the_last_row(rows: list[str], kind: str, why: str) -> None:
    """Each kind is told with its reason; a rest or a merged goal wants a task above it."""
    assert _kinds(*rows)[-1] == (kind, why)


def test_row_that_the_next_divides() -> None:
    """1 above 1.1 heads it."""
    told = _kinds("1|城建||||", "1.1|修桥。|一季度|张三|市甲局|")
    assert [kind for kind, _ in told] == ["分节行", "任务行"]


def test_findings_name_the_kind(tmp_path: Path) -> None:
    """Whoever reads a finding learns what a row was taken for, and why."""
    below = "\n合计\t\t共1项\t\t\t\n"
    plan = read(tmp_path, tabbed(TASKS[:1], NUMBERED) + below)
    told = [f.message for f in plan.findings if f.code == "PLAN-LEFTOVER"]
    assert told == ["以下文字（合计行：有合计字样而没有目标）未归入任何字段，请核对：合计｜｜共1项"]
