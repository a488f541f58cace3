"""Series through the year, and where nothing can be projected from them."""

from decimal import Decimal

import pytest

from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, target
from reporting.assess.outlook import outlooks, series_of
from reporting.assess.values import Assessment
from reporting.exhibits.sentences import forecast
from reporting.plan.values import Basis, Target


def level(value: str, quarter: int, measure: str = "覆盖率") -> Target:
    return target(
        value, target_id=f"2023-001-T{quarter:02}-{measure}", milestone_id=f"2023-001-0{quarter}",
        quarter=quarter, measure=measure, unit="%", basis=Basis.LEVEL,
    )  # fmt: skip


def city(targets: list[Target], quarter: int, **actuals: str) -> Assessment:
    """Assess one quarter's figures of these targets."""
    parts = [milestone(part=q, quarters=(q,)) for q in (1, 2, 3, 4)]
    figures: dict[str, str | None] = dict(actuals)
    said = row(quarter=quarter, milestone_id=f"2023-001-0{quarter}", actuals=figures)
    return rated(plan(milestones=parts, targets=targets), returns([said], quarter))


def test_states_of_one_measure_are_one_series() -> None:
    """A rate at the end of two quarters is one line; another rate is another, and none a sum."""
    found = series_of(city([level("50", 1), level("80", 3), level("9", 3, "失业率")], 3))
    assert [(s.measure, [step.quarter for step in s.steps]) for s in found] == [
        ("覆盖率", [1, 3]), ("失业率", [3]),
    ]  # fmt: skip
    assert [s.annual for s in found] == [None, None]


def test_nothing_is_projected_from_a_rate() -> None:
    """Half of the rate by half of the year says nothing of its end."""
    targets = [level("50", 2), level("80", 4)]
    assert outlooks(city(targets, 2, **{targets[0].target_id: "40"})) == ()


def test_nothing_is_projected_in_a_quarter_without_a_step() -> None:
    """The plan names September and December; in March there is no path to stand on."""
    steps = [
        target(value, target_id=f"2023-001-T{q}", milestone_id=f"2023-001-0{q}", quarter=q,
               annual_target_id="2023-001-T4")
        for q, value in ((3, "60"), (4, "100"))
    ]  # fmt: skip
    assert outlooks(city(steps, 1)) == ()
    (found,) = outlooks(city(steps, 3, **{"2023-001-T3": "30"}))
    assert (found.year_end, found.gap) == (Decimal(50), Decimal("50.00"))


def test_series_without_a_goal_of_the_year_is_not_projected() -> None:
    only = target(quarter=3, milestone_id="2023-001-03", target_id="2023-001-T3")
    assert outlooks(city([only], 3, **{"2023-001-T3": "30"})) == ()


def test_plan_of_nothing_is_no_path() -> None:
    """Of nothing planned by September, what was done is no share."""
    steps = [
        target(value, target_id=f"2023-001-T{q}", milestone_id=f"2023-001-0{q}", quarter=q,
               annual_target_id="2023-001-T4")
        for q, value in ((3, "0"), (4, "100"))
    ]  # fmt: skip
    assert outlooks(city(steps, 3, **{"2023-001-T3": "5"})) == ()


def test_series_of_a_unit_is_its_own() -> None:
    """The unit stands with the series, for several may report the same."""
    assert {s.unit for s in series_of(city([level("50", 1)], 1))} == {UNIT}


def test_last_of_two_steps_in_a_quarter_speaks() -> None:
    """Where July and September have a figure each, the quarter ends with September's."""
    steps = [
        target(value, target_id=f"2023-001-T{n}", milestone_id="2023-001-03", quarter=3)
        for n, value in ((1, "50"), (2, "60"))
    ]
    (series,) = series_of(city(steps, 3, **{"2023-001-T1": "40", "2023-001-T2": "55"}))
    step = series.step(3)
    assert step is not None
    assert (step.plan, step.actual) == (Decimal(60), Decimal(55))


@pytest.mark.parametrize(("unit", "said"), [("宗", "约2"), ("亿元", "1.5"), ("万人", "1.5")])
def test_whole_things_are_forecast_as_whole(unit: str, said: str) -> None:
    """Nobody sells 1.5 plots; what it falls short by is still reckoned from 1.5."""
    steps = [
        target(value, target_id=f"2023-001-T{q}", milestone_id=f"2023-001-0{q}", quarter=q,
               annual_target_id="2023-001-T4", unit=unit)
        for q, value in ((3, "2"), (4, "3"))
    ]  # fmt: skip
    (found,) = outlooks(city(steps, 3, **{"2023-001-T3": "1"}))
    assert (found.year_end, found.gap) == (Decimal("1.5"), Decimal("50.00"))
    assert forecast(found) == said
    even = found.model_copy(update={"year_end": Decimal(2)})
    assert forecast(even) == "2"
