"""The last actual of every figure of the year, whatever quarter or step it was reported by."""

from decimal import Decimal
from typing import Any

import pytest

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from reporting.assess.annual.scores import Score, annual_scores
from reporting.assess.values import Assessment
from reporting.findings import Finding, Severity
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.values import ProgressRow

GOAL = target("400", target_id="2023-001-T09", milestone_id=None, quarter=4, source="goal")
STEPS = [
    target(
        str(100 * q), target_id=f"2023-001-T{q:02d}", milestone_id=f"2023-001-{q:02d}", quarter=q,
        annual_target_id=GOAL.target_id,
    )
    for q in (1, 2, 3, 4)
]  # fmt: skip


def year(*targets: Target, units: tuple[str, ...] = (UNIT,)) -> Plan:
    steps = [milestone(part=q, quarters=(q,)) for q in (1, 2, 3, 4)]
    return plan([task(units=units)], steps, [GOAL, *STEPS] if not targets else list(targets))


def said(quarter: int, actuals: dict[str, str | None], unit: str = UNIT) -> ProgressRow:
    at = f"2023-001-{quarter:02d}"
    return row(quarter=quarter, milestone_id=at, actuals=actuals, unit=unit)


def only(city: Assessment) -> Score:
    (score,) = annual_scores(city)
    return score


def test_a_step_carries_the_figure_of_the_year() -> None:
    """A figure of the quarter's own step stands for the year's, against plan and an even pace."""
    score = only(rated(year(), returns([said(2, {"2023-001-T02": "180"})], quarter=2)))
    assert score.last is not None
    assert (score.last.value, score.last.quarter, score.last.sound) == (Decimal(180), 2, True)
    assert score.plan is not None
    assert (score.plan.value, score.even) == (Decimal(200), Decimal(200))
    assert not score.is_on_pace


def test_an_earlier_quarter_is_held_against_that_quarter() -> None:
    """What was last said in the first quarter is not late by the third's pace."""
    rounds = [
        returns([said(1, {"2023-001-T01": "110"})]),
        returns([said(2, {})], quarter=2),
        returns([said(3, {})], quarter=3),
    ]
    score = only(rated(year(), *rounds))
    assert score.last is not None
    assert (score.last.quarter, score.last.value, score.even) == (1, Decimal(110), Decimal(100))
    assert score.is_on_pace
    assert score.is_earlier_than(3)


def test_the_goals_own_figure_is_told_first_and_another_beside_it() -> None:
    """Where one return says two things of a figure, the second is not lost."""
    score = only(rated(year(), returns([said(1, {"2023-001-T09": "90", "2023-001-T01": "95"})])))
    assert score.last is not None
    assert (score.last.value, score.others) == (Decimal(90), (Decimal(95),))


def test_who_said_nothing_has_no_score_of_anothers() -> None:
    """Each lead unit has a line of its own; silence has no figure."""
    own = year(units=(UNIT, OTHER))
    found = annual_scores(rated(own, returns([said(1, {"2023-001-T01": "95"})], missing=[OTHER])))
    assert [(one.unit, one.last and one.last.value) for one in found] == [(UNIT, 95), (OTHER, None)]


def test_parts_of_the_works_are_not_the_whole() -> None:
    """Two sub-projects lead to one figure: neither is it, and their sum was reported by nobody."""
    steps = [
        milestone(part=at).model_copy(update={"workstream": name})
        for at, name in enumerate(("东段", "西段"), 1)
    ]
    parts = [
        target("50", target_id=f"2023-001-T0{at}", milestone_id=f"2023-001-0{at}",
               annual_target_id=GOAL.target_id)
        for at in (1, 2)
    ]  # fmt: skip
    figures: dict[str, str | None] = {"2023-001-T01": "50", "2023-001-T02": "40"}
    rows = [
        row(milestone_id=one.milestone_id or "", actuals={name: figures[name]}, progress=name)
        for one in parts
        for name in [one.target_id]
    ]
    city = rated(plan(milestones=steps, targets=[GOAL, *parts]), returns(rows))
    score = only(city)
    assert (score.last, score.in_parts) == (None, True)


@pytest.mark.parametrize(
    ("fields", "even"),
    [({"basis": Basis.LEVEL}, None), ({"quarter": 3}, None), ({}, 100)],
)
def test_an_even_pace_is_of_what_grows_through_the_year(
    fields: dict[str, Any], even: int | None
) -> None:
    """A level has none, nor what is due before the year's end."""
    goal = GOAL.model_copy(update=fields)
    score = only(rated(year(goal), returns([said(1, {GOAL.target_id: "90"})])))
    assert score.last is not None
    assert score.even == even


def test_a_figure_found_wrong_stands_and_is_marked() -> None:
    """It was reported, so it is in the table; what was found of its cell is not hidden."""
    fault = Finding(
        code="RET-ACTUAL-UNIT", severity=Severity.ERROR, message="单位不符。", file="市商务局.xlsx",
        sheet="进展", cell="J4", unit=UNIT,
    )  # fmt: skip
    city = rated(year(), returns([said(1, {"2023-001-T01": "9500"})], findings=[fault]))
    score = only(city)
    assert score.last is not None
    assert (score.last.value, score.last.sound) == (Decimal(9500), False)
