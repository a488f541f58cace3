"""What the year leaves open, and what became of its targets."""

from decimal import Decimal

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
from reporting.assess.values import Assessment
from reporting.assess.year_end import AnnualResult, annual_results, open_tasks
from reporting.findings import Finding, Severity
from reporting.grades import USUAL, Grade
from reporting.plan.values import Basis
from reporting.returns.values import Returns

EMPTY = [Returns(year=2023, quarter=q, returns=(), missing=(UNIT,)) for q in (1, 2, 3)]
GOAL = target("100", target_id="G", milestone_id=None, quarter=4, source="goal")
STEP = target("100", target_id="S", quarter=4, annual_target_id="G", milestone_id="2023-001-01")
"""The goal's own target, and the step of the fourth quarter that carries its figure."""


def year(answer: Returns, *targets: object, tolerance: float = 0) -> Assessment:
    """Assess one task that was due in the fourth quarter."""
    a_plan = plan(milestones=[milestone(quarters=(4,))], targets=list(targets))  # type: ignore[arg-type]
    return rated(a_plan, *EMPTY, answer, tolerance=tolerance)


def of_the_year(grade: Grade, figures: dict[str, str | None]) -> Returns:
    return returns([row(grade, actuals=figures, quarter=4)], quarter=4)


def only(city: Assessment) -> AnnualResult:
    results = annual_results(city)
    assert len(results) == 1
    return results[0]


@pytest.mark.parametrize(
    ("grade", "is_open"),
    [(grade, grade not in (Grade.DONE, Grade.ON_SCHEDULE)) for grade in USUAL.values()
     if grade not in (Grade.NOT_REPORTED, Grade.UNDECIDED)],
)  # fmt: skip
def test_a_task_is_open_unless_it_keeps_the_plan(grade: Grade, is_open: bool) -> None:
    """What lags or was set aside at the year's end is taken along, what keeps the plan is not."""
    found = open_tasks(year(of_the_year(grade, {})))
    assert [item.grade for item in found] == ([grade] if is_open else [])
    if is_open:
        assert f"自评“{grade}”" in found[0].reasons[0]


def test_a_task_nobody_reported_of_is_open() -> None:
    """Silence settles nothing."""
    silent = Returns(year=2023, quarter=4, returns=(), missing=(UNIT,))
    found = open_tasks(year(silent, GOAL))
    assert [item.grade for item in found] == [Grade.NOT_REPORTED]
    assert found[0].reasons == ("市商务局未报送可以读取的报表", "年度指标“新增企业”无法核实")


def test_a_figure_within_the_tolerance_leaves_its_task_open() -> None:
    """On schedule by the rule, the year's target is missed all the same."""
    city = year(of_the_year(Grade.ON_SCHEDULE, {"G": "97"}), GOAL, tolerance=5)
    assert city.task_ratings()[0].grade == Grade.ON_SCHEDULE
    assert open_tasks(city)[0].reasons == ("年度指标“新增企业”未达到",)


def test_what_was_never_settled_leaves_its_task_open() -> None:
    """A step that failed in the first quarter is open while no later one of its kind was kept."""
    a_plan = plan(
        milestones=[
            milestone(part=1, quarters=(1,)).model_copy(update={"workstream": "甲"}),
            milestone(part=2, quarters=(4,)).model_copy(update={"workstream": "乙"}),
        ]
    )
    first = returns([row(Grade.NOT_STARTED, "尚未启动。")])
    last = returns([row(Grade.DONE, "已完成。", milestone_id="2023-001-02", quarter=4)], quarter=4)
    (found,) = open_tasks(rated(a_plan, first, *EMPTY[1:], last))
    assert found.grade == Grade.DONE
    assert found.reasons == ("第一季度到期的事项尚未办结",)


def test_a_step_is_past_when_a_later_one_of_its_sub_project_was_kept() -> None:
    """Who has finished the works has begun them."""
    a_plan = plan(milestones=[milestone(part=1, quarters=(1,)), milestone(part=2, quarters=(4,))])
    first = returns([row(Grade.NOT_STARTED, "尚未启动。")])
    last = returns([row(Grade.DONE, "已完成。", milestone_id="2023-001-02", quarter=4)], quarter=4)
    assert open_tasks(rated(a_plan, first, *EMPTY[1:], last)) == ()


def test_before_the_year_is_over_more_is_planned() -> None:
    """In the third quarter a task of the fourth is open, and says why."""
    a_plan = plan(milestones=[milestone(part=1, quarters=(3,)), milestone(part=2, quarters=(4,))])
    third = returns([row(quarter=3)], quarter=3)
    (found,) = open_tasks(rated(a_plan, *EMPTY[:2], third))
    assert found.reasons == ("后续季度仍有安排",)


def test_open_tasks_keep_the_order_of_the_table() -> None:
    """Of three tasks the two that are open come as the table has them."""
    tasks = [task(number) for number in (1, 2, 3)]
    a_plan = plan(tasks=tasks, milestones=[milestone(n, quarters=(4,)) for n in (1, 2, 3)])
    rows = [
        row(grade, quarter=4, task_id=f"2023-00{n}", milestone_id=f"2023-00{n}-01")
        for n, grade in ((1, Grade.BEHIND), (2, Grade.DONE), (3, Grade.PAUSED))
    ]
    found = open_tasks(rated(a_plan, *EMPTY, returns(rows, quarter=4)))
    assert [item.task.number for item in found] == [1, 3]


def test_a_reached_target_says_by_how_much() -> None:
    """120 of 100 are reached, nothing is short."""
    result = only(year(of_the_year(Grade.DONE, {"G": "120"}), GOAL))
    assert (result.is_met, result.actual, result.gap) == (True, Decimal(120), Decimal(0))


def test_a_missed_target_says_by_how_much() -> None:
    """85 of 100 are 15 short."""
    result = only(year(of_the_year(Grade.BEHIND, {"G": "85"}), GOAL))
    assert (result.is_met, result.actual, result.gap) == (False, Decimal(85), Decimal(15))


def test_the_last_step_carries_the_figure_of_the_year() -> None:
    """Typed beside the step alone, the figure is the year's."""
    result = only(year(of_the_year(Grade.BEHIND, {"G": None, "S": "85"}), GOAL, STEP))
    assert (result.target.target_id, result.is_met, result.actual) == ("G", False, Decimal(85))


def test_a_part_does_not_carry_the_figure_of_the_year() -> None:
    """10 of 10 in one part say nothing of the year's 100."""
    part = STEP.model_copy(update={"value": Decimal(10)})
    result = only(year(of_the_year(Grade.DONE, {"G": None, "S": "10"}), GOAL, part))
    assert (result.is_met, result.actual, result.reason) == (None, None, "没有填报")


def test_a_figure_in_doubt_is_not_known() -> None:
    """What the rating could not use tells nothing of the year, and the reason stays."""
    doubt = Finding(
        code="RET-ACTUAL-RANGE", severity=Severity.ERROR, message="数值过大。", unit=UNIT,
        file="市商务局.xlsx", sheet="进展", cell="J4",
    )  # fmt: skip
    answer = returns([row(actuals={"G": "9000"}, quarter=4)], quarter=4, findings=[doubt])
    result = only(year(answer, GOAL))
    assert (result.is_met, result.actual) == (None, None)
    assert result.reason == ("新增企业计划100家，实际值（“进展”表J4）有错误：数值过大。")


def test_every_lead_unit_answers_for_the_year() -> None:
    """Two lead units give two results, each by its own figure."""
    a_plan = plan(
        tasks=[task(units=(UNIT, OTHER))], milestones=[milestone(quarters=(4,))], targets=[GOAL]
    )
    rows = [row(actuals={"G": "100"}, quarter=4), row(actuals={"G": "60"}, quarter=4, unit=OTHER)]
    found = annual_results(rated(a_plan, *EMPTY, returns(rows, quarter=4)))
    assert [(item.unit, item.is_met) for item in found] == [(UNIT, True), (OTHER, False)]


def test_a_schedule_without_a_goal_figure_has_the_year_in_its_last_step() -> None:
    """A running figure for December is the year's; a quarter's own figure is none."""
    last = target("80", target_id="L", quarter=4)
    alone = last.model_copy(update={"target_id": "Q", "basis": Basis.IN_QUARTER})
    city = year(of_the_year(Grade.DONE, {"L": "80", "Q": "80"}), last, alone)
    assert [item.target.target_id for item in annual_results(city)] == ["L"]


def test_a_target_of_an_earlier_quarter_is_the_goals_own() -> None:
    """A goal for June is of the year, and its last figure counts."""
    june = GOAL.model_copy(update={"quarter": 2})
    a_plan = plan(milestones=[milestone(quarters=(2,))], targets=[june])
    second = returns([row(Grade.DONE, actuals={"G": "100"}, quarter=2)], quarter=2)
    silent = [Returns(year=2023, quarter=q, returns=(), missing=(UNIT,)) for q in (3, 4)]
    result = only(rated(a_plan, EMPTY[0], second, *silent))
    assert (result.is_met, result.actual) == (True, Decimal(100))


def test_a_target_not_yet_due_says_so() -> None:
    """In the third quarter nothing is known of December."""
    a_plan = plan(milestones=[milestone(quarters=(3,))], targets=[GOAL])
    third = returns([row(quarter=3)], quarter=3)
    assert only(rated(a_plan, *EMPTY[:2], third)).reason == "尚未到期"
