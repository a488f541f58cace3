"""What became of the plan is told once: by a decision, by a correction, or by its words."""

from datetime import date
from typing import Any

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from reporting.assess.editions.facts import facts
from reporting.assess.editions.moves import moves_between
from reporting.assess.values import Adjustment, Assessment, NoteKind, ReturnState
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.plan.values import AppliedCorrection, Plan, Subject, Task

NEW_NAME = "市商务和投资局"
STEPS = [milestone(n) for n in (1, 2)]


def city(tasks: list[Task], unit: str = UNIT, value: str = "100", **fields: Any) -> Assessment:
    """Rate two tasks, the first with a figure."""
    a_plan: Plan = plan(tasks, STEPS, [target(value)])
    rows = [
        row(unit=unit, actuals={"2023-001-T01": "60"}),
        row(unit=OTHER, task_id="2023-002", milestone_id="2023-002-01"),
    ]
    made = rated(a_plan, returns(rows))
    corrections = fields.pop("corrections", ())
    return made.model_copy(
        update={"plan": made.plan.model_copy(update={"corrections": corrections})} | fields
    )


def tasks(unit: str = UNIT, **fields: Any) -> list[Task]:
    return [task(1, units=(unit,), **fields), task(2, units=(OTHER,))]


def adjusted(kind: str, content: str, **fields: Any) -> Adjustment:
    given = {"since": 1, "decision": "府办8号", "reason": "机构改革"} | fields
    return Adjustment(kind=kind, content=content, **given)


def corrected(field: str, label: str, before: str, after: str, **fields: Any) -> AppliedCorrection:
    given: dict[str, Any] = {
        "task_id": "2023-001", "subject": Subject.TASK, "subject_id": "2023-001",
        "reason": "原件第2页", "by": "王五", "on": date(2023, 5, 2), "source": "核对表.xlsx",
    }  # fmt: skip
    return AppliedCorrection(field=field, label=label, before=before, after=after, **given | fields)


def test_reworded_sentence_is_one_fact_and_its_remarks_none() -> None:
    """What is noticed of sheets that were made for the old words follows from the new ones."""
    remarks = tuple(
        Finding(code="RET-X", severity=Severity.NOTE, message=f"第{n}处。", unit=UNIT, task_id=name)
        for n, name in enumerate(("2023-001", "2023-001", ""))
    )
    (change,) = facts(city(tasks()), city(tasks(schedule="新安排"), findings=remarks))
    assert (change.kind, change.field, change.old, change.new) == (
        NoteKind.REVISED, "季度进度安排", "安排1", "新安排",
    )  # fmt: skip
    elsewhere = (remarks[0].model_copy(update={"unit": OTHER, "task_id": "2023-002"}),)
    assert len(facts(city(tasks()), city(tasks(schedule="新安排"), findings=elsewhere))) == 2


def test_words_changed_by_a_decision_name_it() -> None:
    """The change of the table carries the number of the paper; nothing is told twice."""
    decided = adjusted("进度安排调整", "进度安排调整", task_ids=("2023-001",))
    new = city(tasks(schedule="新安排"), adjustments=(decided,))
    (change,) = facts(city(tasks()), new)
    assert (change.field, change.reason) == ("季度进度安排", "府办8号，机构改革")


def test_lowered_target_is_one_fact_and_a_revision() -> None:
    """By its decision, and not once more as a figure that is read otherwise."""
    decided = adjusted("指标调整", "新增企业由100调整为60", task_ids=("2023-001",))
    old, new = city(tasks()), city(tasks(), value="60", adjustments=(decided,))
    (change,) = facts(old, new)
    assert (change.kind, change.task_id, change.new) == (
        NoteKind.REVISED, "2023-001", "新增企业由100调整为60",
    )  # fmt: skip
    assert [(m.unit, m.old, m.new) for m in moves_between(old, new)] == [
        (unit, Grade.FAR_BEHIND, Grade.ON_SCHEDULE) for unit in (UNIT, None)
    ]


def test_renamed_unit_is_one_fact_that_moves_nothing() -> None:
    """Neither its tasks nor its return nor its rows are told as gone and come."""
    decided = adjusted("单位更名", f"{UNIT}更名为{NEW_NAME}", parties=(UNIT, NEW_NAME))
    old = city(tasks())
    new = city(tasks(NEW_NAME), unit=NEW_NAME, adjustments=(decided,))
    (change,) = facts(old, new)
    assert (change.kind, change.field, change.new) == (
        NoteKind.REVISED, "单位更名", f"{UNIT}更名为{NEW_NAME}",
    )  # fmt: skip
    assert {UNIT, NEW_NAME, "张三"} <= set(change.parties)
    assert list(moves_between(old, new)) == []


def test_rename_hides_no_figure_that_changed_with_it() -> None:
    """Under the new name the return is read against the old one's."""
    decided = adjusted("单位更名", f"{UNIT}更名为{NEW_NAME}", parties=(UNIT, NEW_NAME))
    new = city(tasks(NEW_NAME), unit=NEW_NAME, adjustments=(decided,))
    rows = [
        r.model_copy(update={"progress": "改过。"}) if r.unit == NEW_NAME else r
        for r in new.progress
    ]
    found = facts(city(tasks()), new.model_copy(update={"progress": tuple(rows)}))
    assert [(c.field, c.unit, c.new) for c in found][1:] == [("本季度进展", NEW_NAME, "改过。")]


def test_corrected_reading_is_a_correction_with_who_and_when() -> None:
    """A goal that is corrected is no new wording of the table, and tells the day it was."""
    one = corrected("goal", "年度目标及工作内容", "目标1。", "目标壹。")
    old, new = city(tasks()), city(tasks(goal="目标壹。"), value="120", corrections=(one,))
    (change,) = facts(old, new)
    assert (change.kind, change.field) == (NoteKind.WRONG, "年度目标及工作内容（读法）")
    assert (change.old, change.new, change.reason, change.on) == (
        "目标1。", "目标壹。", "原件第2页，王五", date(2023, 5, 2),
    )  # fmt: skip
    (back,) = facts(new, old)
    assert (back.old, back.new, back.on) == ("目标壹。", "目标1。", None)


def test_reading_corrected_once_more_is_told_once() -> None:
    """The second correction takes the place of the first."""
    first, second = (
        corrected("value", "计划值", "100", value, subject=Subject.TARGET,
                  subject_id="2023-001-T01", words="100家")
        for value in ("110", "120")
    )  # fmt: skip
    old = city(tasks(), value="110", corrections=(first,))
    (change,) = facts(old, city(tasks(), value="120", corrections=(second,)))
    assert (change.field, change.new) == ("“100家”的计划值（读法）", "120")


def test_another_due_date_is_one_revision() -> None:
    """Returns that are late by it alone are told by the date, whoever they are."""
    day = date(2023, 4, 19)
    old = rated(plan(), returns([row()], reported_on=day))
    statuses = [
        s.model_copy(update={"due": date(2023, 4, 10), "state": ReturnState.LATE})
        for s in old.return_status
    ]
    remark = Finding(code="RET-LATE", severity=Severity.NOTE, message="逾期。", unit=UNIT)
    new = old.model_copy(update={"return_status": tuple(statuses), "findings": (remark,)})
    (change,) = facts(old, new)
    assert (change.kind, change.quarter, change.field, change.old, change.new) == (
        NoteKind.REVISED, 1, "报送期限", "2023年4月20日", "2023年4月10日",
    )  # fmt: skip


def test_task_that_left_takes_its_rows_along() -> None:
    """What its unit said of it is no fact beside it; what it says of another task is."""
    both = [row(), row(task_id="2023-002", milestone_id="2023-002-01")]
    old = rated(plan([task(1), task(2)], STEPS), returns(both))
    said = both[1].model_copy(update={"progress": "改过。"})
    new = rated(plan([task(2)], STEPS[1:]), returns([said]))
    assert [(c.field, c.task_id) for c in facts(old, new)] == [
        ("任务", "2023-001"), ("本季度进展", "2023-002"),
    ]  # fmt: skip
