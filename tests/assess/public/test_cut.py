"""What the public may know: ratings and figures, and nothing that stays within the offices."""

from datetime import date
from decimal import Decimal
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
)  # fmt: skip
from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld, withheld_from
from reporting.assess.values import Assessment
from reporting.errors import UsageError
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.plan.values import SupportingUnit

INNER: dict[str, Any] = {
    "problem": "甲问题", "cause": "乙原因", "next_step": "丙措施", "coordination": "丁协调",
    "evidence": "戊佐证", "reporter": "己填报", "approver": "庚审核",
}  # fmt: skip
GOOD, BAD = "召开辛会3次。", "壬地块征地滞后。"


def city(*, progress: str = GOOD, findings: tuple[Finding, ...] = ()) -> Assessment:
    """Assess a good task with a figure, which another unit supports, and a lagging one."""
    tasks = [
        task(1, supporting_units=(SupportingUnit(unit="市辅助局", scope="癸范围"),)),
        task(2, units=(OTHER,), leaders=("李四",)),
    ]
    rows = [
        row(progress=progress, actuals={"2023-001-T01": "120"}, due_date=date(2023, 6, 1),
            **{**INNER, "reporter": "己填报 13812345678"}),
        row(Grade.BEHIND, BAD, unit=OTHER, task_id="2023-002", milestone_id="2023-002-01",
            file="市科技局.xlsx"),
    ]  # fmt: skip
    whole = plan(tasks, [milestone(1), milestone(2)], [target()])
    return rated(whole, returns(rows, findings=findings))


def public(
    *entries: int | str,
    words: tuple[str, ...] = (),
    progress: str = GOOD,
    findings: tuple[Finding, ...] = (),
) -> Assessment:
    whole = city(progress=progress, findings=findings)
    return public_slice(whole, withheld_from(whole.plan, entries, words))


def fault(cell: str) -> Finding:
    return Finding(
        code="RET-X", severity=Severity.CONFIRM, message="子意见。", unit=UNIT,
        task_id="2023-001", file="市商务局.xlsx", sheet="进展", cell=cell,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", [*INNER.values(), BAD, "2023-06-01", ".xlsx", '"进展"', "I4", "J4", "子意见"]
)
def test_nothing_inner_is_in_the_slice(text: str) -> None:
    """What the offices tell each other stands in the assessment, never in its public part."""
    whole = city(findings=(fault("Z9"),))
    cut = public_slice(whole, Withheld())
    assert text in whole.model_dump_json()
    assert text not in cut.model_dump_json()


def test_ratings_figures_and_good_progress_are_public() -> None:
    """The grades are those of the internal pack."""
    whole, cut = city(), public()
    grades = [(r.subject_id, r.unit, r.grade, r.actual) for r in whole.ratings]
    assert [(r.subject_id, r.unit, r.grade, r.actual) for r in cut.ratings] == grades
    assert {r.grade for r in cut.task_ratings()} > {Grade.BEHIND}
    assert [r.progress for r in cut.progress] == [GOOD, ""]
    assert cut.progress[0].actuals[0].value == Decimal(120)


@pytest.mark.parametrize(
    "words",
    ["甲问题待解决。", "因乙原因放缓。", "下一步丙措施。", "请市里丁协调。", "由己填报负责。",
     "联系电话0769-22830000。", "请拨13812345678。"],
)  # fmt: skip
def test_progress_that_repeats_a_withheld_text_is_not_quoted(words: str) -> None:
    """What a unit wrote into its progress as well, clause by clause; nor names and telephones."""
    cut = public(progress=f"{GOOD}{words}")
    assert words not in cut.model_dump_json()
    assert cut.withheld_texts == public().withheld_texts + 1


@pytest.mark.parametrize(("cell", "kept"), [("I4", ("", 1)), ("J4", ("", 0))])
def test_cell_in_doubt_is_not_public(cell: str, kept: tuple[str, int]) -> None:
    """Without its finding it would pass for a sure one; a rating without its figure is none."""
    first = public(findings=(fault(cell),)).progress[0]
    assert (first.progress, len(first.actuals)) == kept


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("progress", GOOD), ("actuals", "120"), ("leaders", "张三"),
        ("supporting_units", "癸范围"), ("schedule", "安排1"), ("schedule", "新增企业"),
        ("schedule", "T01"), ("schedule", "事项1"), ("actuals", '"actual":"'),
        (1, "目标1"), ("2023-001", "目标1"), ("1", "目标1"), (UNIT, "目标1"), (UNIT, UNIT),
        ("市辅助局", "市辅助局"),
    ],
)  # fmt: skip
def test_what_the_office_withholds_is_nowhere(entry: int | str, text: str) -> None:
    """A field, a task by number or id, a unit with what it leads."""
    assert text in public().model_dump_json()
    assert text not in public(entry).model_dump_json()


def test_entry_that_names_nothing_is_refused() -> None:
    """A misspelt one would publish what it was to withhold."""
    with pytest.raises(
        UsageError, match=r"public\.withhold 中的“市商务厅、99”不是任务、单位或字段"
    ):
        public("市商务厅", 1, 99)


def test_schedule_that_is_withheld_is_not_quoted_by_its_unit() -> None:
    """The unit's answer repeats the words of the plan; no rating of a step tells its figure."""
    said = "已落实事项1。"
    assert said in public(progress=said).model_dump_json()
    cut = public("schedule", progress=said)
    assert said not in cut.model_dump_json()
    assert {r.subject_id for r in cut.ratings} == {"2023-001", "2023-002"}


@pytest.mark.parametrize(
    ("word", "left"), [("目标1", 1), ("事项1", 2), ("市科技局", 1), ("新增企业", 1), ("消费", 2)]
)
def test_task_whose_own_text_holds_a_withheld_word_is_withheld(word: str, left: int) -> None:
    """Of the goal, the schedule, a measure, a heading, a unit: how many is told."""
    assert word in public().model_dump_json()
    cut = public(words=(word,))
    assert word not in cut.model_dump_json()
    assert cut.withheld_tasks == left


@pytest.mark.parametrize("word", ["张三", "癸范围", "市辅助", "召开辛会"])
def test_withheld_word_elsewhere_takes_only_what_holds_it(word: str) -> None:
    """A leader, a supporting unit, its scope, a text of progress: the task itself is told of."""
    cut = public(words=(word,))
    assert word not in cut.model_dump_json()
    assert cut.withheld_tasks == 0


def test_names_that_are_withheld_stand_in_no_text() -> None:
    """Leaders are not quoted by name, nor is a unit by another name than its own."""
    assert "张三" not in public("leaders", progress="张三带队调研。").model_dump_json()
    whole = city(progress="会同辅助局完成验收。")
    named = tuple(
        u.model_copy(update={"aliases": ("辅助局",)}) if u.name == "市辅助局" else u
        for u in whole.plan.units
    )
    plan_of = whole.plan.model_copy(update={"units": named})
    whole = whole.model_copy(update={"plan": plan_of})
    cut = public_slice(whole, withheld_from(plan_of, ("市辅助局",)))
    assert "辅助局" not in cut.model_dump_json()


def test_what_is_left_out_is_counted() -> None:
    """Figures and texts of the quarter, of the tasks that are told of."""
    cut = public("actuals")
    assert (cut.withheld_tasks, cut.withheld_figures, cut.withheld_texts) == (0, 1, 1)
    cut = public(UNIT, findings=(fault("J4"),))
    assert (cut.withheld_tasks, cut.withheld_figures, cut.withheld_texts) == (1, 0, 1)
    assert public(findings=(fault("J4"),)).withheld_figures == 1


def test_whom_units_ask_is_not_public() -> None:
    """The masthead of sheets and reminders names a clerk."""
    whole = city()
    head = whole.masthead.model_copy(update={"return_to": "子联系人"})
    cut = public_slice(whole.model_copy(update={"masthead": head}), Withheld())
    assert "子联系人" not in cut.model_dump_json()
