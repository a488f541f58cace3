"""Along the year: series, the year-end outlook, open points, and how returns arrived."""

from datetime import date
from decimal import Decimal

import pytest

from assess.rating_samples import (
    OTHER,
    UNIT,
    milestone,
    params,
    plan,
    rated,
    returns,
    row,
    target,
    task,
)
from reporting.assess.arrivals import arrivals
from reporting.assess.assess import assess, check_counts
from reporting.assess.followup.points import Outcome, open_points, outcome
from reporting.assess.outlook import outlooks, series_of
from reporting.assess.values import Assessment, Level, ReturnState
from reporting.errors import ReportingError
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.periods import Period
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.values import Returns

GOAL = "2023-001-T01"


def stepped(*values: str, **fields: object) -> Plan:
    """Plan a goal of the year and a step for each quarter that leads to it."""
    goal = target(values[-1], milestone_id=None, quarter=4, source="goal", **fields)
    steps = [
        target(
            value, target_id=f"2023-001-T0{q + 1}", milestone_id=f"2023-001-0{q}", quarter=q,
            annual_target_id=GOAL, **fields,
        )
        for q, value in enumerate(values, 1)
    ]  # fmt: skip
    return plan(
        milestones=[milestone(part=q, quarters=(q,)) for q in (1, 2, 3, 4)], targets=[goal, *steps]
    )


def reported(quarter: int, **actuals: str) -> Returns:
    figures: dict[str, str | None] = {f"2023-001-{name}": v for name, v in actuals.items()}
    only = row(quarter=quarter, milestone_id=f"2023-001-0{quarter}", actuals=figures)
    return returns([only], quarter=quarter)


def test_outlook_keeps_the_rate_of_the_plan_to_date() -> None:
    """240 of 300 by the third quarter makes 320 of 400 by the fourth."""
    city = rated(stepped("100", "200", "300", "400"), reported(3, T04="240"))
    (found,) = outlooks(city)
    assert [found.plan, found.actual, found.annual] == [Decimal(n) for n in (300, 240, 400)]
    assert found.year_end == Decimal(320)
    assert found.gap == Decimal("20.00")


def test_last_quarter_is_the_years_result() -> None:
    """Nothing is projected once the year is over: 390 of a last step of 350 stays 390 of 400."""
    steps = stepped("100", "200", "300", "350")
    goal = steps.targets[0].model_copy(update={"value": Decimal(400)})
    whole = steps.model_copy(update={"targets": (goal, *steps.targets[1:])})
    (found,) = outlooks(rated(whole, reported(4, T05="390")))
    assert (found.plan, found.year_end, found.gap) == (Decimal(350), Decimal(390), Decimal("2.5"))


def test_outlook_needs_a_plan_and_an_actual_of_one_basis() -> None:
    """Nothing is projected without a figure, nor from amounts of single quarters."""
    assert outlooks(rated(stepped("100", "200", "300", "400"), reported(3))) == ()
    single = stepped("100", "100", "100", "100", basis=Basis.IN_QUARTER)
    assert outlooks(rated(single, reported(3, T04="90"))) == ()


def test_nothing_is_projected_from_a_figure_that_is_wrong() -> None:
    """A figure with an error is in no outlook and no chart, of this quarter or an earlier one."""
    a_plan = stepped("100", "200", "300", "400")
    fault = Finding(
        code="RET-X", severity=Severity.ERROR, message="疑似计量单位有误。", unit=UNIT,
        file="市商务局.xlsx", sheet="进展", cell="J4",
    )  # fmt: skip
    (wrong,) = reported(3, T04="2400000").returns
    third = returns(wrong.rows, quarter=3, findings=[fault])
    now = rated(a_plan, third)
    assert outlooks(now) == ()
    for city in (now, rated(a_plan, third, reported(4, T05="400"))):
        (series,) = series_of(city, "2023-001")
        step = series.step(3)
        assert step is not None
        assert (step.plan, step.actual) == (Decimal(300), None)


def test_nothing_is_projected_beside_a_figure_that_is_not_judged() -> None:
    """The year's row holds 240, the quarter's is wrong or empty: one report, one answer."""
    a_plan = stepped("100", "200", "300", "400")
    fault = Finding(
        code="RET-X", severity=Severity.ERROR, message="疑似计量单位有误。", unit=UNIT,
        file="市商务局.xlsx", sheet="进展", cell="J5",
    )  # fmt: skip
    for typed, findings in (("240", [fault]), (None, [])):
        figures = {GOAL: "240", "2023-001-T04": typed}
        said = row(quarter=3, milestone_id="2023-001-03", actuals=figures)
        city = rated(a_plan, returns([said], quarter=3, findings=findings))
        rating = city.rating("2023-001-T04", unit=UNIT)
        assert rating is not None
        assert rating.grade == Grade.UNDECIDED
        assert outlooks(city) == ()
    sound = row(quarter=3, milestone_id="2023-001-03", actuals={GOAL: "240", "2023-001-T04": "240"})
    assert [o.actual for o in outlooks(rated(a_plan, returns([sound], quarter=3)))] == [240]


def test_series_puts_the_quarters_of_one_measure_together() -> None:
    """Steps and goal are one series; other units of measure are series of their own."""
    base = stepped("100", "200", "300", "400")
    money = target(
        "5", target_id="2023-001-T09", milestone_id="2023-001-03", quarter=3, unit="亿元"
    )
    both = base.model_copy(update={"targets": (*base.targets, money)})
    city = rated(both, reported(3, T04="240", T09="4"))
    found = series_of(city, "2023-001")
    assert [(s.measure_unit, [step.quarter for step in s.steps]) for s in found] == [
        ("家", [1, 2, 3, 4]),
        ("亿元", [3]),
    ]
    step = found[0].step(3)
    assert step is not None
    assert [step.plan, step.actual] == [Decimal(300), Decimal(240)]


def test_goals_target_is_judged_by_its_last_step() -> None:
    """A goal left empty is no missing figure where its last step carries it."""
    city = rated(stepped("100", "200", "300", "400"), reported(4, T05="400"))
    found = city.rating("2023-001")
    assert found is not None
    assert found.grade == Grade.ON_SCHEDULE
    assert city.rating(GOAL, unit=UNIT) is None
    own: Target = target("400", milestone_id=None, quarter=4, source="goal")
    alone = plan(milestones=[milestone(part=4, quarters=(4,))], targets=[own])
    empty = row(quarter=4, milestone_id="2023-001-04", actuals={GOAL: None})
    missing = rated(alone, returns([empty], quarter=4)).rating(GOAL, unit=UNIT)
    assert missing is not None
    assert missing.grade == Grade.UNDECIDED


def test_one_figure_typed_twice_is_one_matter() -> None:
    """The goal's figure and its last step's are judged once; where they differ, both are."""
    city = rated(stepped("100", "200", "300", "400"), reported(4, T01="300", T05="300"))
    found = city.rating("2023-001")
    assert found is not None
    assert city.rating(GOAL, unit=UNIT) is None
    assert found.reason.startswith("自评“达到序时进度”，但新增企业计划400家，实际300家")
    differing = rated(stepped("100", "200", "300", "400"), reported(4, T01="200", T05="300"))
    goal, task = differing.rating(GOAL, unit=UNIT), differing.rating("2023-001")
    assert goal is not None
    assert task is not None
    assert goal.gap == Decimal("50.00")
    assert task.reason.startswith("2个事项和指标中有1个核定为“严重滞后”。")


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (Grade.BEHIND, Grade.ON_SCHEDULE, Outcome.SETTLED),
        (Grade.NOT_REPORTED, Grade.DONE, Outcome.SETTLED),
        (Grade.FAR_BEHIND, Grade.BEHIND, Outcome.BETTER),
        (Grade.NOT_STARTED, Grade.BEHIND, Outcome.BETTER),
        (Grade.BEHIND, Grade.FAR_BEHIND, Outcome.WORSE),
        (Grade.NOT_STARTED, Grade.FAR_BEHIND, Outcome.OPEN),
        (Grade.BEHIND, Grade.BEHIND, Outcome.OPEN),
        (Grade.PAUSED, Grade.BEHIND, Outcome.OPEN),
        (Grade.BEHIND, Grade.NOT_REPORTED, Outcome.UNKNOWN),
        (Grade.BEHIND, Grade.UNDECIDED, Outcome.UNKNOWN),
    ],
)
def test_outcome_of_an_open_point(before: Grade, now: Grade, found: Outcome) -> None:
    """Settled, better, worse and still open are told from two quarters' grades."""
    assert outcome(before, now) is found


def two_quarters() -> Assessment:
    parts = [milestone(part=q, quarters=(q,)) for q in (1, 2)]
    first = row(Grade.BEHIND, "场地未落实。", next_step="加快选址。", due_date=date(2023, 6, 30))
    second = row(Grade.ON_SCHEDULE, quarter=2, milestone_id="2023-001-02")
    return rated(plan(milestones=parts), returns([first]), returns([second], quarter=2))


def test_open_points_bring_last_quarters_promise() -> None:
    """The point is found by its task, with what was promised then."""
    (point,) = open_points(two_quarters())
    assert (point.before.grade, point.now.grade) == (Grade.BEHIND, Grade.ON_SCHEDULE)
    assert point.outcome is Outcome.SETTLED
    assert [r.next_step for r in point.promised] == ["加快选址。"]


def test_arrival_of_returns() -> None:
    """On time, late, faulty, missing and unreadable are told apart; who owes none is no case."""
    units = (UNIT, OTHER, "市教育局", "市民政局")
    tasks = [task(n, units=(unit,)) for n, unit in enumerate(units, 1)]
    a_plan = plan(tasks, [milestone(n) for n in (1, 2, 3)])
    fault = Finding(code="RET-X", severity=Severity.ERROR, message="有误。", unit=UNIT)
    torn = Finding(
        code="RET-FILE", severity=Severity.ERROR, message="不能读取。", unit=OTHER, file="b.xlsx"
    )
    for day, findings, state in (
        (date(2023, 4, 20), [], ReturnState.ON_TIME),
        (date(2023, 4, 21), [fault], ReturnState.LATE),
        (date(2023, 4, 20), [fault], ReturnState.FAULTY),
    ):
        item = returns([row()], findings=findings, reported_on=day)
        item = item.model_copy(update={"missing": (OTHER, "市教育局"), "findings": (torn,)})
        assert [s.state for s in arrivals(a_plan, item, params())] == [
            state, ReturnState.FAULTY, ReturnState.MISSING,
        ]  # fmt: skip


def test_later_returns_are_left_out() -> None:
    """A pack of the first quarter knows nothing of the second."""
    parts = [milestone(part=q, quarters=(q,)) for q in (1, 2)]
    rounds = [returns([row()]), returns([row(quarter=2, milestone_id="2023-001-02")], quarter=2)]
    early = assess(plan(milestones=parts), rounds, params(), Period(year=2023, quarter=1))
    assert {r.quarter for r in early.ratings} == {1}
    assert {r.quarter for r in early.progress} == {1}
    assert early.masthead.issue_number == "2023年第1期"
    assert early.masthead.publish_date == date(2023, 4, 28)


def test_counts_that_do_not_add_up_stop_the_pack() -> None:
    """A task without a rating is a fault of the program, not a smaller sum."""
    city = two_quarters()
    kept = tuple(r for r in city.ratings if r.subject_id != "2023-001")
    twice = (*city.ratings, *(r for r in city.ratings if r.level is not Level.TASK))
    with pytest.raises(ReportingError, match="第1季度任务数核对不符：应为1项，各类合计0项。"):
        check_counts(kept, city.plan, 1)
    with pytest.raises(ReportingError, match="同一事项在同一季度有两个核定结果。"):
        check_counts(twice, city.plan, 1)
