"""The real table, whole; the same table in other formats; corrections; faulty tables."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reporting.errors import InputRefused, UsageError
from reporting.plan.read import read_plan
from reporting.plan.values import Plan, SupportingUnit, Task
from reporting.project.params import read_params

from .builders import HEADER, ROOT, codes, docx, led, merged_rows, page, read, real_rows, xlsx

TITLE = ("2023年市《政府工作报告》任务分解表", "制表单位：市政府办公室   制表时间：2023年3月16日")
ROW = ("（1） 实施甲行动。", "1. 建成公园一座。", "一季度，开工。", "孙八", "市甲局", "市乙局")
SECOND = ("", "2. 建成桥梁一座。", "二季度，完工。", "周九思", "市丙局", "/")
THIRD = ("", "3. 建成泵站一座。", "三季度，完工。", "孙八", "市甲局", "市丙局")


def _roster(task: Task) -> dict[str, str]:
    return {
        "number": str(task.number),
        "source_number": str(task.source_number),
        "heading_number": str(task.heading_number),
        "leaders": "、".join(task.leaders),
        "lead_units": "、".join(task.lead_units),
        "coordinating": task.coordinating_unit or "",
        "host": task.host_unit or "",
    }


def test_roster_of_the_real_table(real_plan: Plan) -> None:
    """All 188 rows have the numbers, leaders and units that were checked by eye."""
    with (Path(__file__).parent / "golden/roster.csv").open(encoding="utf-8", newline="") as file:
        golden = list(csv.DictReader(file))
    assert [_roster(task) for task in real_plan.tasks] == golden
    assert len(golden) == 188


def test_head_of_the_real_table(real_plan: Plan) -> None:
    """Title, issuing office and date are read; the page number is a note."""
    assert real_plan.title == TITLE[0]
    assert real_plan.issued_by == "市政府办公室"
    assert str(real_plan.issued_on) == "2023-03-16"
    assert [f.line for f in real_plan.findings if f.code == "PLAN-PAGE-NUMBER"] == [1798]


def test_texts_of_the_real_table_are_verbatim(real_plan: Plan) -> None:
    """Goal and schedule are the cells' own characters, the printed number aside."""
    for task, row in zip(real_plan.tasks, real_rows(), strict=True):
        assert f"{task.source_number}. {task.goal}" == row[1].strip()
        assert task.schedule == row[2]


def test_every_character_of_the_real_table_is_held(real_plan: Plan) -> None:
    """No text is left over, and what the fields hold adds up to the file."""
    assert "PLAN-LEFTOVER" not in codes(real_plan)
    text = (ROOT / "data/2023/task_table.txt").read_text(encoding="utf-8")
    held = Counter(
        real_plan.title + "市政府办公室" + "制表单位制表时间2023年3月16日" + "".join(HEADER)
    )
    for task, row in zip(real_plan.tasks, real_rows(), strict=True):
        held.update(task.goal + task.schedule + str(task.source_number) + row[4] + row[5])
        held.update("".join(task.leaders) + (task.heading if len(row[0].strip()) > 6 else ""))
        held.update(re.sub(r"\W", "", row[0][:5]) if len(row[0].strip()) <= 6 else row[0][:4])
    missing = Counter(re.sub(r"[\W_]", "", text)) - held
    assert missing == Counter("1")  # the page number


def test_hard_units_of_the_real_table(real_plan: Plan) -> None:
    """Scopes, remarks in brackets, joined and broken names of supporting units."""
    by_number = {task.source_number: task.supporting_units for task in real_plan.tasks}
    assert by_number[117][:3] == (
        SupportingUnit(unit="滨海湾新区管委会", scope="深江铁路东莞段"),
        SupportingUnit(unit="市财政局", scope="深惠城际谢岗段"),
        SupportingUnit(unit="谢岗镇", scope="深惠城际谢岗段"),
    )
    assert by_number[93][0] == SupportingUnit(unit="市教育局", scope="校园疫情防控工作专班")
    assert by_number[200] == (SupportingUnit(unit="市双拥工作领导小组成员单位"),)
    assert [s.unit for s in by_number[199][-2:]] == ["市海洋综合执法支队", "沿海镇街（园区）"]
    assert by_number[79] == (SupportingUnit(unit="大湾区大学（筹）"),)
    assert {s.scope for s in by_number[203]} == {"易涝点", "海绵城市"}
    assert by_number[3] == ()


def test_units_of_the_real_table(real_plan: Plan) -> None:
    """The roster counts leads and supports; aliases are folded into one unit."""
    units = {unit.name: unit for unit in real_plan.units}
    assert sum(unit.leads for unit in units.values()) == 189  # one task has two lead units
    assert len(real_plan.lead_units) == 55
    assert units["市卫生健康局"].aliases == ("市卫健局",)
    assert "市卫健局" not in units
    assert units["各镇街（园区）"].kind == "collective"
    assert "PLAN-ALIAS-SUSPECT" not in codes(real_plan)


def test_names_that_look_like_aliases_are_told() -> None:
    """Without aliases in params, each short name is named with its long one."""
    params = read_params(ROOT, 2023).model_copy(update={"aliases": {}})
    plan = read_plan(ROOT, params)
    told = {f.found: f.expected for f in plan.findings if f.code == "PLAN-ALIAS-SUSPECT"}
    assert told["市卫健局"] == "市卫生健康局"
    assert told["市文广旅体局"] == "市文化广电旅游体育局"
    assert told["南城"] == "南城街道"
    assert set(read_params(ROOT, 2023).aliases) <= told.keys() | {
        value for key, value in told.items()
    } | {"市人力资源和社会保障局"}


@pytest.mark.parametrize(("name", "make"), [("t.docx", docx), ("t.xlsx", xlsx), ("t.html", page)])
def test_same_table_in_other_formats(tmp_path: Path, real_plan: Plan, name: str, make: Any) -> None:
    """Word, Excel and web pages with merged cells give an equal plan, printed numbers aside."""
    params = read_params(ROOT, 2023)
    path = tmp_path / name
    path.write_bytes(make(merged_rows(real_rows()), TITLE))
    if name == "t.html":  # A page's no-break spaces are the spaces that are meant.
        text = (ROOT / params.table).read_text(encoding="utf-8").replace("\xa0", " ")
        (tmp_path / "t.txt").write_text(text, encoding="utf-8")
        real_plan = read_plan(ROOT, params, table=tmp_path / "t.txt")
    assert _bare(read_plan(ROOT, params, table=path)) == _bare(real_plan)


def _bare(plan: Plan) -> str:
    """Write a plan without printed numbers, places and findings."""
    tasks = tuple(
        t.model_copy(update={"source_number": None, "by_printed": False, "line": None})
        for t in plan.tasks
    )
    bare = plan.model_copy(update={"tasks": tasks, "findings": ()})
    return bare.model_dump_json()


def test_corrections_are_applied_and_told(tmp_path: Path) -> None:
    """Any field may be corrected; each correction leaves a finding with its reason."""
    corrections = [
        {"task_id": "2024-001", "field": "lead_units", "value": "市丁局", "reason": "会议纪要"},
        {"task_id": "2024-002", "field": "heading", "value": "实施乙行动。", "reason": "误印"},
        {"task_id": "2024-002", "field": "supporting_units", "value": ["市戊局"], "reason": "增补"},
    ]
    plan = read(tmp_path, led([ROW, SECOND, THIRD]), corrections=corrections)
    assert plan.tasks[0].lead_units == ("市丁局",)
    assert [(t.heading_number, t.action) for t in plan.tasks] == [
        (1, "甲行动"),
        (2, "乙行动"),
        (1, "甲行动"),
    ]
    assert plan.tasks[1].supporting_units == (SupportingUnit(unit="市戊局"),)
    told = [f.message for f in plan.findings if f.code == "PLAN-CORRECTION"]
    assert told[0] == "牵头单位由“市甲局”更正为“市丁局”，理由：会议纪要"
    assert len(told) == 3


@pytest.mark.parametrize(
    ("task_id", "field", "value", "match"),
    [
        ("2024-009", "goal", "甲", r"应在 2024-003 以内，实为“2024-009”"),
        ("2024-001", "gaol", "甲", r"2024-001 的字段应为 .*，实为“gaol”"),
        ("2024-001", "number", 7, r"实为“number”"),
        ("2024-001", "leaders", {"甲": 1}, r"2024-001 的 leaders 取值不符合要求"),
    ],
)
def test_corrections_that_fit_nothing_are_refused(
    tmp_path: Path, task_id: str, field: str, value: object, match: str
) -> None:
    """An unknown task or field, or a value of the wrong form, stops the run."""
    correction = {"task_id": task_id, "field": field, "value": value, "reason": "甲"}
    with pytest.raises(UsageError, match=match):
        read(tmp_path, led([ROW, SECOND, THIRD]), corrections=[correction])


def test_row_without_its_leader_cell(tmp_path: Path) -> None:
    """Five cells that can only stand in one way are read, with an error at the line."""
    row = ("", "3. 建成泵站一座。", "三季度，完工。", "市甲局", "市丙局")
    plan = read(tmp_path, led([ROW, SECOND, row]))
    assert plan.tasks[2].lead_units == ("市甲局",)
    assert plan.tasks[2].leaders == ()
    faults = [(f.line, f.expected, f.found) for f in plan.findings if f.code == "PLAN-ROW-CELLS"]
    assert faults == [(22, "6", "5格，已按各列内容对应，请核对。")]


def test_row_cut_off_keeps_what_is_sure(tmp_path: Path) -> None:
    """A last row that lost a cell of units keeps its goal; the doubtful name is only told."""
    row = ("", "3. 建成泵站一座。", "三季度，完工。", "孙八", "市甲局")
    plan = read(tmp_path, led([ROW, SECOND, row]))
    assert (plan.tasks[2].goal, plan.tasks[2].leaders) == ("建成泵站一座。", ("孙八",))
    assert (plan.tasks[2].lead_units, plan.tasks[2].supporting_units) == ((), ())
    found = next(f.found for f in plan.findings if f.code == "PLAN-ROW-CELLS")
    assert found == "5格，未能认定：市甲局"
    assert "PLAN-LEAD-NONE" in codes(plan)


def test_row_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    """Where even the goal is in doubt the table is refused by line."""
    with pytest.raises(InputRefused, match=r"第15行：应有6格，实有3格（开头为“某文字”）"):
        read(tmp_path, led([ROW, ("某文字", "另一文字", "又一文字"), THIRD]))


def test_numbers_printed_twice_or_backwards(tmp_path: Path) -> None:
    """A number printed again, or smaller than one before, is told; no row is dropped."""
    rows = [ROW, ("", "5. 甲任务要完成。", *SECOND[2:]), ("", "5. 乙任务要完成。", *THIRD[2:]),
            ("", "4. 丙任务要完成。", *THIRD[2:])]  # fmt: skip
    plan = read(tmp_path, led(rows))
    assert [t.source_number for t in plan.tasks] == [1, 5, 5, 4]
    told = {f.code: (f.line, f.task_id) for f in plan.findings if "NUMBER" in f.code}
    assert told == {
        "PLAN-NUMBER-DUPLICATE": (22, "2024-003"),
        "PLAN-NUMBER-ORDER": (29, "2024-004"),
        "PLAN-NUMBER-UNUSED": (None, ""),
    }


def test_empty_cells_are_told(tmp_path: Path) -> None:
    """An empty schedule, leader or lead unit is a finding of its row."""
    plan = read(tmp_path, led([ROW, ("", "2. 建成桥梁一座。", "", " ", "", "/")]))
    told = {f.code for f in plan.findings if f.task_id == "2024-002"}
    assert {"PLAN-SCHEDULE-EMPTY", "PLAN-LEADER-NONE", "PLAN-LEAD-NONE"} <= told


def test_post_of_a_leader_is_told_not_lost(tmp_path: Path) -> None:
    """A post beside a name is no name, and a finding holds it."""
    rows = [ROW, ("", SECOND[1], SECOND[2], "孙八副市长", "市丙局", "/")]
    plan = read(tmp_path, led(rows) + "\n")
    assert plan.tasks[1].leaders == ("孙八",)
    told = {f.code: f.found for f in plan.findings if f.task_id == plan.tasks[1].task_id}
    assert told["PLAN-LEADER-POST"] == "副市长"
    assert "PLAN-LEFTOVER" not in told


def test_blank_line_inside_a_cell_stays(tmp_path: Path) -> None:
    """A blank line before text without a tab belongs to the cell."""
    row = (*ROW[:2], "一季度，开工。\n\n二季度，完工。", *ROW[3:])
    assert read(tmp_path, led([row, SECOND])).tasks[0].schedule == row[2]
