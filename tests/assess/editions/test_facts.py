"""What a correction changes is named exactly, and stays with those it concerns."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess.rating_samples import (
    OTHER,
    UNIT,
    milestone,
    plan,
    rated,
    returns,
    row,
    target,
    task,
)
from reporting.assess.editions.facts import facts
from reporting.assess.editions.make import with_editions
from reporting.assess.editions.moves import moves_between
from reporting.assess.editions.of_returns import outward
from reporting.assess.frozen import changed_inputs, edited, edited_notebooks
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Change, Move, NoteKind, Subject, SubjectKind
from reporting.cli.release import change_lines
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.periods import Period
from reporting.plan.values import SupportingUnit
from reporting.project.reports import OF_EVERY_PACK, Declaration, declared_beside

ROOT = Path(__file__).parents[3]
PLAN = plan(
    [task(1), task(2, units=(OTHER,), leaders=("李四",)), task(3, units=(UNIT, OTHER))],
    [milestone(n) for n in (1, 2, 3)],
    [target("100")],
)


def city(actual: str = "60", **changed: Any) -> Assessment:
    rows = [
        row(Grade.ON_SCHEDULE, actuals={"2023-001-T01": actual}),
        row(unit=OTHER, task_id="2023-002", milestone_id="2023-002-01", **changed),
        row(task_id="2023-003", milestone_id="2023-003-01"),
        row(unit=OTHER, task_id="2023-003", milestone_id="2023-003-01"),
    ]
    return rated(PLAN, returns(rows))


def subject(kind: SubjectKind, name: str) -> Subject:
    return Subject(kind=kind, name=name)


SUBJECTS = [
    subject(SubjectKind.UNIT, UNIT),
    subject(SubjectKind.UNIT, OTHER),
    subject(SubjectKind.LEADER, "张三"),
    subject(SubjectKind.LEADER, "李四"),
]


def test_nothing_changed_leaves_the_frozen_edition() -> None:
    """The same inputs make the frozen edition again, not a new one."""
    assert with_editions(city(), city()) == city()
    assert with_editions(city(), None) == city()


def test_one_corrected_figure_is_one_change_with_both_cells() -> None:
    """The fact, old and new, where it stands, and the one rating it moved."""
    corrected = with_editions(city("100"), city("60"))
    (edition,) = corrected.editions
    assert edition.number == 2
    assert edition.changes == (
        Change(
            task_id="2023-001", unit=UNIT, quarter=1, label="1", field="实际值（新增企业）",
            old="60家", new="100家",
        ),
    )  # fmt: skip
    assert edition.moves == tuple(
        Move(
            task_id="2023-001",
            unit=unit,
            quarter=1,
            old=Grade.FAR_BEHIND,
            new=Grade.ON_SCHEDULE,
            label="1",
        )
        for unit in (UNIT, None)
    )


def test_moved_rating_of_a_task_with_one_lead_unit_is_told_once() -> None:
    """Only where several units lead does the rating across them stand beside the units'."""

    def pack(claimed: Grade) -> Assessment:
        rows = [
            row(claimed, unit=OTHER, task_id="2023-002", milestone_id="2023-002-01"),
            row(claimed, task_id="2023-003", milestone_id="2023-003-01"),
            row(unit=OTHER, task_id="2023-003", milestone_id="2023-003-01"),
        ]
        return rated(PLAN, returns(rows))

    corrected = with_editions(pack(Grade.ON_SCHEDULE), pack(Grade.BEHIND))
    said = to_text(show.corrections(corrected).blocks)
    step = "未达序时进度 → 达到序时进度"
    lines = [line.removeprefix("核定结果：") for line in said.splitlines() if step in line]
    whose = (OTHER, UNIT, "综合各牵头单位")
    assert lines == [f"第一季度，{name}：{step}" for name in whose]


def test_move_of_one_unit_of_several_is_told_beside_the_count() -> None:
    """The table of moves names more tasks than the sentence counts; the sentence says why."""

    def pack(first: Grade, second: Grade) -> Assessment:
        rows = [
            row(second, unit=OTHER, task_id="2023-002", milestone_id="2023-002-01"),
            row(first, task_id="2023-003", milestone_id="2023-003-01"),
            row(Grade.BEHIND, unit=OTHER, task_id="2023-003", milestone_id="2023-003-01"),
        ]
        return rated(PLAN, returns(rows))

    def said(first: Grade, second: Grade) -> str:
        old = pack(Grade.BEHIND, Grade.BEHIND)
        return to_text(show.corrections(with_editions(pack(first, second), old)).blocks)

    good, bad = Grade.ON_SCHEDULE, Grade.BEHIND
    partly = "1项任务仅个别牵头单位的核定结果变动。"
    assert f"更正2处，1项任务的核定结果随之变动，另有{partly}" in said(good, good)
    assert f"更正1处，{partly}" in said(good, bad)
    assert "更正1处，1项任务的核定结果随之变动。" in said(bad, good)


def test_changes_are_listed_with_their_quarter_and_their_unit() -> None:
    """A fact of an earlier quarter says so, and so does a move that is one unit's alone."""

    def pack(problem: str, grade: Grade) -> Assessment:
        first = returns([row(problem=problem)])
        third: dict[str, Any] = {"quarter": 2, "task_id": "2023-003", "milestone_id": "2023-003-01"}
        rows = [row(grade, **third), row(Grade.BEHIND, unit=OTHER, **third)]
        both = PLAN.model_copy(update={"milestones": (milestone(3, quarters=(2,)),)})
        return rated(both, first, returns(rows, quarter=2))

    now = with_editions(pack("缺人。", Grade.ON_SCHEDULE), pack("缺地。", Grade.BEHIND))
    assert list(change_lines(now.editions[-1], now.period)) == [
        f"更正 {UNIT} 任务1 第一季度存在问题：缺地。 → 缺人。",
        f"更正 {UNIT} 任务3 单位自评：未达序时进度 → 达到序时进度（市商务局.xlsx“进展”表 H4）",
        f"  {UNIT} 任务3 核定结果：未达序时进度 → 达到序时进度",
    ]
    assert list(change_lines(None, now.period)) == ["没有变动。"]


def test_cells_of_old_and_new_are_named() -> None:
    """A text's two cells stand with it; an emptied field has no new cell."""
    before, after = (
        row(problem="缺地。", cells={"problem": "K4"}, file="a/旧.xlsx"),
        row(problem="", cells={}, file="a/新.xlsx"),
    )
    old, new = (rated(PLAN, returns([r])) for r in (before, after))
    assert facts(old, new) == (
        Change(
            task_id="2023-001", unit=UNIT, quarter=1, field="存在问题", old="缺地。",
            old_where="旧.xlsx“进展”表 K4",
        ),
    )  # fmt: skip


def test_changed_rule_is_listed_by_its_changed_clauses() -> None:
    """A limit that moves changes two clauses, and the list repeats no other."""
    old, new = (rated(PLAN, returns([row()]), tolerance=limit) for limit in (0, 5))
    found = facts(old, new)
    assert [change.field for change in found] == ["核定规则R4", "核定规则R5"]
    assert (found[1].old, found[1].new) == (
        "差距大于0、不超过30个百分点的，核定为“未达序时进度”。",
        "差距大于5个百分点、不超过30个百分点的，核定为“未达序时进度”。",
    )


def test_corrected_dates_are_written_in_full() -> None:
    """A date reads in the list of corrections as it does in every report."""
    days = (date(2023, 4, 9), date(2023, 5, 10))
    old, new = (rated(PLAN, returns([row(due_date=d, reported_on=d)])) for d in days)
    assert [(change.field, change.old, change.new) for change in facts(old, new)] == [
        ("完成时限", "2023年4月9日", "2023年5月10日"),
        ("填报日期", "2023年4月9日", "2023年5月10日"),
    ]


def remarked(*places: tuple[str, str]) -> Assessment:
    """Make the city with one remark at each file and cell."""
    remarks = tuple(
        Finding(code="RET-X", severity=Severity.NOTE, message="含有公式。", unit=UNIT,
                task_id="2023-001", file=file, sheet="进展", cell=cell)
        for file, cell in places
    )  # fmt: skip
    return city().model_copy(update={"findings": remarks})


def test_remark_in_a_renamed_file_or_a_moved_row_is_no_correction() -> None:
    """Where a remark stands corrects nothing; one more of its kind, or one less, does."""
    frozen = remarked(("市商务局.xlsx", "I4"), ("市商务局.xlsx", "J4"))
    moved = remarked(("市商务局（二稿）.xlsx", "I5"), ("市商务局（二稿）.xlsx", "J5"))
    assert facts(frozen, moved) == ()
    assert with_editions(moved, frozen).editions == ()
    one_less = remarked(("市商务局.xlsx", "I4"))
    assert [(c.old, c.new) for c in facts(frozen, one_less)] == [("含有公式。", "")]
    assert [(c.old, c.new) for c in facts(one_less, frozen)] == [("", "含有公式。")]


def test_return_that_came_or_went_is_one_fact() -> None:
    """What its rows say was said nowhere before, and is one line with the day it came."""
    day = date(2023, 4, 25)
    there = rated(plan(), returns([row(problem="缺地。", next_step="加快。")], reported_on=day))
    gone = rated(plan(), returns(missing=[UNIT]))
    (came,) = facts(gone, there)
    late = "报送材料不及时（填报日期2023年4月25日）"
    assert came == Change(
        kind=NoteKind.LATE, unit=UNIT, quarter=1, field="报送情况", old="未报送", new=late, on=day
    )
    (went,) = facts(there, gone)
    assert (went.kind, went.old, went.new) == (NoteKind.WRONG, late, "未报送")


def test_how_a_return_came_is_told_where_nothing_else_tells_it() -> None:
    """A corrected row explains that its return is late now; another date alone is a fact."""
    first = rated(plan(), returns([row()], reported_on=date(2023, 4, 19)))
    words = rated(plan(), returns([row(progress="已更正。")], reported_on=date(2023, 4, 25)))
    assert [change.field for change in facts(first, words)] == ["本季度进展"]
    later = rated(plan(), returns([row()], reported_on=date(2023, 4, 25)))
    assert [(c.field, c.new) for c in facts(first, later)] == [
        ("报送情况", "报送材料不及时（填报日期2023年4月25日）")
    ]


def test_correction_concerns_the_unit_and_its_leader_only() -> None:
    """Every other slice is what it was, byte for byte, and calls itself the first edition."""
    old, new = city(), with_editions(city(progress="改过的话。"), city())
    touched = []
    for one in SUBJECTS:
        before, after = slice_for(old, one), slice_for(new, one)
        if after.editions:
            touched.append(one.name)
        else:
            assert after.model_dump_json() == before.model_dump_json()
    assert touched == [OTHER, "李四"]


@pytest.mark.parametrize("one", SUBJECTS, ids=lambda one: one.name)
def test_whatever_differs_in_a_slice_is_announced(one: Subject) -> None:
    """No slice changes silently: of facts, of the table, of the rule."""
    frozen = city()
    moved = task(2, units=(OTHER,), leaders=("李四",), goal="新目标。")
    variants = [
        city("100"),
        city(progress="推进缓慢。"),
        frozen.model_copy(update={"rule": ()}),
        frozen.model_copy(
            update={"plan": PLAN.model_copy(update={"tasks": (PLAN.tasks[0], moved)})}
        ),
    ]
    for variant in variants:
        bare, announced = slice_for(variant, one), slice_for(with_editions(variant, frozen), one)
        assert bool(announced.editions) is (bare != slice_for(frozen, one))


def test_third_edition_keeps_the_second_for_those_it_does_not_touch() -> None:
    """A unit corrected in the second edition keeps that report in the third."""
    second = with_editions(city("100"), city())
    third = with_editions(city("100", progress="改过的话。"), second)
    assert [edition.number for edition in third.editions] == [2, 3]
    one = subject(SubjectKind.UNIT, UNIT)
    assert slice_for(third, one).edition_number == 2
    two = subject(SubjectKind.UNIT, OTHER)
    assert slice_for(third, two).edition_number == 3


def test_change_of_a_notebook_concerns_its_kind_of_report() -> None:
    """What is no fact of the data is announced where it shows."""
    edited = Change(field="报告正文", reports=SubjectKind.LEADER)
    third = with_editions(city(), city(), [edited])
    numbers = {one.name: slice_for(third, one).edition_number for one in SUBJECTS}
    assert numbers == {UNIT: 1, OTHER: 1, "张三": 2, "李四": 2}


def test_notice_says_what_was_corrected() -> None:
    """Title, notice and table of a corrected report."""
    corrected = slice_for(with_editions(city("100"), city()), SUBJECTS[0])
    head = to_text(show.cover(corrected).blocks)
    assert "任务交办单（第2版，更正）" in head
    assert "第2版较上一版更正1处，1项任务的核定结果随之变动。" in head
    said = to_text(show.corrections(corrected).blocks)
    assert "“达到序时进度”增加1项，“严重滞后”减少1项" in said
    assert "60家" in said
    assert "100家" in said
    assert "没有更正" in to_text(show.corrections(city()).blocks)


def test_notebooks_are_compared_by_their_cells(tmp_path: Path) -> None:
    """An edited sentence is announced to its kind of report; outputs are no edit."""
    for folder in ("old", "new"):
        shutil.copytree(ROOT / "notebooks", tmp_path / folder / "notebooks")
    book = tmp_path / "new/notebooks/leader_report.ipynb"
    content = json.loads(book.read_text(encoding="utf-8"))
    content["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "看"}]
    book.write_text(json.dumps(content), encoding="utf-8")
    assert edited_notebooks(tmp_path / "new", tmp_path / "old", OF_EVERY_PACK) == ()
    content["cells"].append(
        {"cell_type": "markdown", "id": "more", "metadata": {}, "source": "多说一句。"}
    )
    book.write_text(json.dumps(content), encoding="utf-8")
    (change,) = edited_notebooks(tmp_path / "new", tmp_path / "old", OF_EVERY_PACK)
    assert (change.field, change.reports) == ("报告正文", SubjectKind.LEADER)
    assert edited_notebooks(tmp_path / "new", tmp_path, OF_EVERY_PACK) == ()


def replanned(**fields: Any) -> Assessment:
    """Make the city with the third task changed."""
    third = task(3, **({"units": (UNIT, OTHER)} | fields))
    return city().model_copy(
        update={"plan": PLAN.model_copy(update={"tasks": (*PLAN.tasks[:2], third)})}
    )


def test_change_of_parties_concerns_those_that_are_named_no_more() -> None:
    """Who led or supported a task learns that it does so no longer; a new goal concerns nobody."""
    supporting = (SupportingUnit(unit="市财政局"),)
    old = replanned(leaders=("张三", "王五"), supporting_units=supporting)
    (change,) = facts(old, replanned(supporting_units=supporting, leaders=("张三",)))
    assert (change.field, change.old, change.new) == ("责任领导", "张三、王五", "张三")
    assert change.parties == (UNIT, OTHER, "张三", "王五", "市财政局")
    (change,) = facts(replanned(), replanned(goal="新目标。"))
    assert (change.field, change.parties) == ("年度目标及工作内容", ())


def test_task_that_is_gone_or_new_is_one_change() -> None:
    """Its parties are told, and nothing else of it is listed."""
    two = city().model_copy(update={"plan": PLAN.model_copy(update={"tasks": PLAN.tasks[:2]})})
    for old, new, words in ((city(), two, ("目标3。", "")), (two, city(), ("", "目标3。"))):
        (change,) = facts(old, new)
        assert (change.task_id, change.field) == ("2023-003", "任务")
        assert (change.old, change.new) == words
        assert change.parties == (UNIT, OTHER, "张三")


def test_target_read_otherwise_is_told_where_the_words_are_the_same() -> None:
    """A new reading of old words is a change of its own; of new words it goes with them."""
    other = PLAN.model_copy(update={"targets": (target("120"),)})
    again = city().model_copy(update={"plan": other})
    assert [(c.field, c.old, c.new) for c in facts(city(), again)] == [
        ("量化指标", "新增企业100家", "新增企业120家")
    ]
    reworded = other.model_copy(update={"tasks": (task(1, schedule="新安排。"), *PLAN.tasks[1:])})
    both = city().model_copy(update={"plan": reworded})
    assert [c.field for c in facts(city(), both)] == ["季度进度安排"]


def test_figure_that_is_gone_or_new_is_told() -> None:
    """Emptied, or with its row: what was there before is not there now."""
    given: list[dict[str, str | None]] = [{"2023-001-T01": "60"}, {"2023-001-T01": None}, {}]
    with_figure, emptied, without = (
        rated(PLAN, returns([row(actuals=figures)])) for figures in given
    )
    for other in (emptied, without):
        for old, new, words in (
            (with_figure, other, ("60家", "")), (other, with_figure, ("", "60家")),
        ):  # fmt: skip
            (change,) = facts(old, new)
            assert (change.field, (change.old, change.new)) == ("实际值（新增企业）", words)
    assert facts(emptied, without) == ()


def test_renamed_file_and_moved_cell_are_outward_only() -> None:
    """They are no correction, but reports quote them; a file that first came is none of it."""

    def told(old: Assessment, new: Assessment) -> list[tuple[str, str, str]]:
        assert facts(old, new) == ()
        return [(c.field, c.old, c.new) for c in outward(old, new)]

    def placed(cells: dict[str, str], file: str = "") -> Assessment:
        made = rated(PLAN, returns([row(cells=cells)]))
        (status,) = (s for s in made.return_status if s.unit == UNIT)
        return made.model_copy(
            update={"return_status": (status.model_copy(update={"file": file}),)}
        )

    here = placed({"progress": "I4"}, "a.xlsx")
    assert told(here, placed({"progress": "I4"}, "b.xlsx")) == [("报表文件名", "a.xlsx", "b.xlsx")]
    assert told(here, placed({"progress": "I5"}, "a.xlsx")) == [("所在单元格", "", "")]
    assert told(here, placed({}, "a.xlsx")) == []
    assert told(here, placed({"progress": "I4"})) == []
    assert told(placed({"progress": "I4"}), here) == []


def test_remark_on_another_line_of_the_table_is_no_correction() -> None:
    """A row that moved down in the table takes its remark along."""
    remark = Finding(
        code="PLAN-X", severity=Severity.NOTE, message="请核对。", task_id="2023-001", line=4
    )
    old, new = (
        city().model_copy(update={"findings": (remark.model_copy(update={"line": line}),)})
        for line in (4, 5)
    )
    assert facts(old, new) == ()


def test_masthead_is_one_change() -> None:
    """The day and the number of the issue are printed on every report."""
    old = city()
    head = old.masthead.model_copy(update={"publish_date": date(2023, 5, 1)})
    (change,) = facts(old, old.model_copy(update={"masthead": head}))
    assert change.field == "文头和印发日期"
    assert change.old.endswith("，2023年第1期，2023年4月28日")
    assert change.new.endswith("，2023年第1期，2023年5月1日")


def test_ratings_of_earlier_quarters_that_moved_are_told() -> None:
    """A correction of the first quarter tells in the second what it moved there."""

    def pack(first: Grade, *rest: Any) -> Assessment:
        parts = [milestone(3, part, (part,)) for part in (1, 2)]
        one = returns([row(first, task_id="2023-003", milestone_id="2023-003-01")])
        return rated(PLAN.model_copy(update={"milestones": tuple(parts)}), one, *rest)

    later = returns(
        [row(quarter=2, task_id="2023-003", milestone_id="2023-003-02")], quarter=2
    )  # fmt: skip
    old, new = pack(Grade.BEHIND, later), pack(Grade.ON_SCHEDULE, later)
    moved = [m for m in moves_between(old, new) if (m.task_id, m.unit) == ("2023-003", UNIT)]
    assert moved == [
        Move(
            task_id="2023-003", unit=UNIT, quarter=1, old=Grade.BEHIND, new=Grade.ON_SCHEDULE
        )
    ]  # fmt: skip
    own = slice_for(with_editions(new, old), SUBJECTS[0])
    said = to_text(show.corrections(own).blocks)
    assert "第2版较上一版更正1处，第一季度1项任务的核定结果随之变动。" in said
    assert f"核定结果：第一季度，{UNIT}：未达序时进度 → 达到序时进度" in said
    assert "第一季度“达到序时进度”增加1项，“未达序时进度”减少1项。" in said


def test_task_without_a_rating_before_or_after_is_told() -> None:
    """New ratings have no old one, and those that are gone no new one."""
    old = city()
    none = old.model_copy(update={"ratings": ()})
    assert {m.old for m in moves_between(none, old)} == {None}
    assert {m.new for m in moves_between(old, none)} == {None}


def test_remark_on_a_task_is_told_beside_a_change_of_another() -> None:
    """What is no unit's explains nothing of the remarks that are no unit's either."""
    remark = Finding(code="PLAN-X", severity=Severity.NOTE, message="请核对。", task_id="2023-001")
    new = replanned(goal="新目标。").model_copy(update={"findings": (remark,)})
    assert [(c.task_id, c.field, c.new) for c in facts(replanned(), new)] == [
        ("2023-003", "年度目标及工作内容", "新目标。"), ("2023-001", "数据核对", "请核对。"),
    ]  # fmt: skip


def test_figure_in_doubt_is_told_with_its_value() -> None:
    """What is held until somebody confirms it is not called empty."""
    sound, held = (
        rated(PLAN, returns([row(actuals={"2023-001-T01": value})])) for value in ("60", None)
    )
    doubted = [
        r.model_copy(update={
            "actuals": tuple(a.model_copy(update={"held": Decimal(5)}) for a in r.actuals)
        })
        for r in held.progress
    ]  # fmt: skip
    (change,) = facts(sound, held.model_copy(update={"progress": tuple(doubted)}))
    assert (change.kind, change.old, change.new) == (NoteKind.WRONG, "60家", "5家（待确认）")


def test_cell_that_was_empty_came_late() -> None:
    """What was filled in since is 补报, what was changed is 更正."""
    given: list[str | None] = [None, "60", "70"]
    empty, filled, other = (
        rated(PLAN, returns([row(actuals={"2023-001-T01": value})])) for value in given
    )
    assert [change.kind for change in facts(empty, filled)] == [NoteKind.LATE]
    assert [change.kind for change in facts(filled, other)] == [NoteKind.WRONG]
    assert [change.kind for change in facts(filled, empty)] == [NoteKind.WRONG]


def test_row_that_came_is_one_fact() -> None:
    """All that it says in one line, with the cell of its text."""
    one = row(problem="缺地。", actuals={"2023-001-T01": "60"})
    third = row(task_id="2023-003", milestone_id="2023-003-01")
    old, new = (rated(PLAN, returns(rows)) for rows in ([third], [third, one]))
    (change,) = facts(old, new)
    assert (change.kind, change.field, change.old) == (NoteKind.LATE, "填报内容", "")
    assert change.new == (
        "单位自评：达到序时进度；本季度进展：召开协调会3次；存在问题：缺地；实际值（新增企业）：60家"
    )
    assert change.new_where == "市商务局.xlsx“进展”表 I4"


def test_row_whose_milestone_has_another_number_is_the_same() -> None:
    """A schedule that is cut otherwise moves no answer: one that says the same is no fact."""
    two = plan(milestones=[milestone(part=1), milestone(part=2)])
    old, new = (rated(two, returns([row(milestone_id=f"2023-001-0{part}")])) for part in (1, 2))
    assert facts(old, new) == ()
    other = rated(two, returns([row(progress="改过。", milestone_id="2023-001-02")]))
    assert [(c.field, bool(c.old)) for c in facts(old, other)] == [
        ("填报内容", False), ("填报内容", True),
    ]  # fmt: skip


def test_remark_on_the_state_of_a_folder_or_the_register_is_no_fact() -> None:
    """They tell where things stand when the pack is made, and correct nothing that it says."""
    for code in ("ASSESS-HISTORY-DIFFERS", "PLAN-TASK-REWORDED", "PLAN-TASK-GONE"):
        remark = Finding(code=code, severity=Severity.NOTE, message="现状。", task_id="2023-001")
        assert facts(city(), city().model_copy(update={"findings": (remark,)})) == ()


def declaring(folder: Path, inputs: str, **files: str) -> Path:
    """Make a project folder whose notebooks read these files."""
    (folder / "params").mkdir(parents=True)
    (folder / "params/2023.yml").write_text(f"year: 2023\n{inputs}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_changed_file_of_a_notebook_is_named_to_its_reports(tmp_path: Path) -> None:
    """One that changed, one that came, one that went: where it stands, and for which kind."""
    before = declaring(
        tmp_path / "old", "inputs: {unit_report: [a.csv, b.csv], leader_report: [c.csv]}",
        a="1", b="2", c="3",
    )  # fmt: skip
    after = declaring(
        tmp_path / "new", "inputs: {unit_report: [./a.csv, b.csv, d.csv], leader_report: []}",
        a="9", b="2", c="3", d="4",
    )  # fmt: skip
    told = [
        (c.field, c.reports, c.old_where, c.old, c.new_where, c.new)
        for c in changed_inputs(after, before, 2023, OF_EVERY_PACK)
    ]
    assert told == [
        ("报告所用文件", SubjectKind.LEADER, "c.csv", "上一版所用", "", ""),
        ("报告所用文件", SubjectKind.UNIT, "a.csv", "上一版的内容", "a.csv", "修改后的内容"),
        ("报告所用文件", SubjectKind.UNIT, "", "", "d.csv", "本版所用"),
    ]
    assert changed_inputs(after, after, 2023, OF_EVERY_PACK) == ()
    assert changed_inputs(after, tmp_path, 2023, OF_EVERY_PACK) == ()


def test_changed_template_is_named_as_one(tmp_path: Path) -> None:
    """Where there is none of the project's, the program's own one is used: never nothing."""
    before, after = (declaring(tmp_path / name, "") for name in ("old", "new"))
    for folder, files in ((before, {"report.css": "1", "a.css": "1"}),
                          (after, {"report.css": "2", "b.css": "1"})):  # fmt: skip
        (folder / "templates").mkdir()
        for name, text in files.items():
            (folder / "templates" / name).write_text(text, encoding="utf-8")
    told = [
        (c.field, c.old_where, c.old, c.new_where, c.new)
        for c in changed_inputs(after, before, 2023, OF_EVERY_PACK[:1])
    ]
    own, program = "项目自己的模板", "软件自带的模板"
    assert told == [
        ("报告模板", "templates/a.css", own, "", program),
        ("报告模板", "", program, "templates/b.css", own),
        (
            "报告模板",
            "templates/report.css",
            "上一版的内容",
            "templates/report.css",
            "修改后的内容",
        ),
    ]


def test_changed_file_of_an_own_report_is_named_in_its_quarters(tmp_path: Path) -> None:
    """To the reports that read it, and in no quarter whose pack has none of them."""
    folders = [
        declaring(tmp_path / name, "inputs: {action_report: [a.csv]}", a=name)
        for name in ("old", "new")
    ]
    own = Declaration(notebook="action_report.ipynb", each="action", quarters=(2, 4), folder="行动")
    before, after = folders
    told = {
        quarter: edited(after, before, Period(year=2023, quarter=quarter), (*OF_EVERY_PACK, own))
        for quarter in (1, 2, 3, 4)
    }
    assert {quarter: [c.reports for c in changes] for quarter, changes in told.items()} == {
        1: [], 2: ["行动"], 3: [], 4: ["行动"],
    }  # fmt: skip


@pytest.mark.parametrize("text", ["inputs: 3", "inputs: {unit_report: 5}", "- a", "inputs:"])
def test_parameters_of_another_form_declare_nothing(text: str, tmp_path: Path) -> None:
    """What an edition of another program says is read as far as it can be."""
    folder = tmp_path / "params"
    folder.mkdir()
    (folder / "2023.yml").write_text(text, encoding="utf-8")
    assert not any((declared_beside(tmp_path, 2023) or {}).values())


def test_file_outside_the_folder_is_no_file_of_an_edition(tmp_path: Path) -> None:
    """What is compared lies within, whatever the parameters name."""
    folder = declaring(tmp_path / "old", "inputs: {unit_report: [../a.csv, /a.csv, b/../c.csv]}")
    assert declared_beside(folder, 2023) == {"unit_report": ("c.csv",)}
    assert declared_beside(tmp_path, 2023) is None
