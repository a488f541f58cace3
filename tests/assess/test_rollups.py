"""Counts and rates that do not flatter: nothing due is no success, silence no figure."""

import pytest

from assess.rating_samples import (
    OTHER,
    UNIT,
    milestone,
    plan,
    rated,
    returns,
    roll,
    row,
    task,
)
from reporting.assess.rollups import RollUp, by_unit, total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.findings import Finding, Severity
from reporting.grades import EVERY, Grade


def answer(grade: Grade, number: int, quarter: int, unit: str = UNIT) -> object:
    return row(
        grade, "工作有序开展。", quarter=quarter, unit=unit, task_id=f"2023-{number:03d}",
        milestone_id=f"2023-{number:03d}-01",
    )  # fmt: skip


def second_quarter(*first: Grade, units: tuple[str, ...] = (UNIT,)) -> Assessment:
    """Assess tasks of the first quarter, as graded then, and one of the second on schedule."""
    numbers = range(1, len(first) + 2)
    a_plan = plan(
        tasks=[task(n, units=units) for n in numbers],
        milestones=[milestone(n, quarters=(2 if n == len(numbers) else 1,)) for n in numbers],
    )
    then = returns([answer(g, n, 1, u) for n, g in enumerate(first, 1) for u in units])  # type: ignore[misc]
    now = returns([answer(Grade.ON_SCHEDULE, len(numbers), 2, units[0])], quarter=2)  # type: ignore[list-item]
    return rated(a_plan, then, now)


def said(group: RollUp) -> str:
    """Give the rate with the word why there is none."""
    return group.rate + group.why_no_rate


def test_what_has_nothing_due_is_counted_apart() -> None:
    """A task that was on schedule, and one that was done, are in no grade and no rate."""
    counted = total(second_quarter(Grade.ON_SCHEDULE, Grade.DONE))
    assert (counted.total, counted.due, counted.nothing_due, counted.finished) == (3, 1, 2, 1)
    assert {grade: n for grade, n in counted.counts.items() if n} == {Grade.ON_SCHEDULE: 1}
    assert counted.rate == "100.0%"


@pytest.mark.parametrize("left", [Grade.BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED, Grade.PAUSED])
def test_what_was_left_behind_is_not_hidden(left: Grade) -> None:
    """A task that lagged and has no step now is owed still: it counts, and against the rate."""
    counted = total(second_quarter(left))
    assert (counted.nothing_due, counted.counts[left], counted.rate) == (0, 1, "50.0%")


def test_before_its_start_a_task_is_no_success() -> None:
    """A task whose first step comes later is apart, where it was 达到序时进度."""
    a_plan = plan(tasks=[task(1), task(2)], milestones=[milestone(1), milestone(2, quarters=(3,))])
    counted = total(rated(a_plan, returns([row(Grade.BEHIND, "场地未落实。")])))
    assert (counted.nothing_due, counted.finished, counted.rate) == (1, 0, "0.0%")


def test_a_unit_that_did_not_report_has_no_rate() -> None:
    """Neither 0 % nor 100 %: a dash and why."""
    city = second_quarter(Grade.ON_SCHEDULE, units=(UNIT, OTHER))
    assert [said(g) for g in by_unit(city)] == ["100.0%", "—未报送"]
    own = slice_for(city, Subject(kind=SubjectKind.UNIT, name=OTHER))
    assert said(total(own)) == "—未报送"
    assert total(own).unknown == Grade.NOT_REPORTED


def test_what_a_silent_unit_left_behind_makes_no_rate() -> None:
    """A grade of last quarter that stands is no answer of this one."""
    city = second_quarter(Grade.BEHIND, units=(UNIT, OTHER))
    assert [said(g) for g in by_unit(city)] == ["50.0%", "—未报送"]
    assert by_unit(city)[1].counts[Grade.BEHIND] == 1


def test_a_unit_whose_tasks_all_lag_since_has_a_rate() -> None:
    """It reported, and nothing new was due: what it owes is known."""
    a_plan = plan(tasks=[task(1), task(2)], milestones=[milestone(1), milestone(2)])
    then = returns([answer(Grade.BEHIND, n, 1) for n in (1, 2)])  # type: ignore[misc]
    assert total(rated(a_plan, then, returns(quarter=2))).rate == "0.0%"


def test_nothing_that_could_be_judged_is_no_rate() -> None:
    """A return of which nothing could be judged says nothing of how much keeps the plan."""
    wrong = Finding(
        code="RET-PROGRESS", severity=Severity.ERROR, message="文字有误。", unit=UNIT,
        file="市商务局.xlsx", sheet="进展", cell="I4",
    )  # fmt: skip
    city = rated(plan(), returns([row()], findings=[wrong]))
    assert city.task_ratings()[0].grade == Grade.UNDECIDED
    assert said(total(city)) == "—无法判定"


@pytest.mark.parametrize(
    ("group", "rate"),
    [
        (roll(), "—无到期"),
        (roll(nothing_due=3), "—无到期"),
        (roll(ON_SCHEDULE=1, DONE=1, NOT_REPORTED=2), "50.0%"),
        (roll(nothing_due=5, ON_SCHEDULE=2, BEHIND=1), "66.7%"),
        (roll(BEHIND=2), "0.0%"),
    ],
)
def test_rate_is_of_what_is_due(group: RollUp, rate: str) -> None:
    """Nothing due is no part; what is not known of some counts against those that are."""
    assert said(group) == rate


def test_shares_are_of_what_is_due() -> None:
    """Two of three that have something due are 66.7 %, however many more tasks there are."""
    group = roll(nothing_due=7, ON_SCHEDULE=2, BEHIND=1)
    assert (group.share(Grade.ON_SCHEDULE), group.share(EVERY)) == ("66.7%", "100.0%")
