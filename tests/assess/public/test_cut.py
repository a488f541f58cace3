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
        row(progress=progress, actuals={"2023-001-T01": "120"}, due_date=date(2023, 6, 1), **INNER),
        row(Grade.BEHIND, BAD, unit=OTHER, task_id="2023-002", milestone_id="2023-002-01",
            file="市科技局.xlsx"),
    ]  # fmt: skip
    whole = plan(tasks, [milestone(1), milestone(2)], [target()])
    return rated(whole, returns(rows, findings=findings))


def public(
    *entries: int | str, progress: str = GOOD, findings: tuple[Finding, ...] = ()
) -> Assessment:
    whole = city(progress=progress, findings=findings)
    return public_slice(whole, withheld_from(whole.plan, entries))


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


def test_progress_that_repeats_a_withheld_text_is_not_quoted() -> None:
    """A unit that wrote its problem into its progress as well is not quoted."""
    assert "甲问题" not in public(progress=f"{GOOD}甲问题待解决。").model_dump_json()


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
