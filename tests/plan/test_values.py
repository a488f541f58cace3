"""When a promise is kept, and what a plan says of a task and its quarters."""

from decimal import Decimal

import pytest
from assess.rating_samples import milestone, plan, target, task

from reporting.language.comparators import Comparator
from reporting.plan.values import SupportingUnit


@pytest.mark.parametrize(
    ("comparator", "high", "met", "missed"),
    [
        (Comparator.AT_LEAST, None, ("100", "100.01"), ("99.99",)),
        (Comparator.MORE_THAN, None, ("100.01",), ("100", "99.99")),
        (Comparator.EQUAL, None, ("100", "101"), ("99",)),
        (Comparator.AT_MOST, None, ("100", "0"), ("100.01",)),
        (Comparator.AT_MOST, "120", ("120",), ("120.01",)),
        (Comparator.RANGE, "120", ("100", "130"), ("99.99",)),
    ],
)
def test_promise_is_kept_from_its_limit_on(
    comparator: Comparator, high: str | None, met: tuple[str, ...], missed: tuple[str, ...]
) -> None:
    """What must be passed (超过) is not kept by being reached; a limit is kept at the limit."""
    one = target(comparator=comparator, value_high=None if high is None else Decimal(high))
    assert [one.is_met(Decimal(actual)) for actual in met] == [True] * len(met)
    assert [one.is_met(Decimal(actual)) for actual in missed] == [False] * len(missed)


def test_task_is_asked_about_as_a_whole_when_nothing_of_it_runs() -> None:
    """A goal due in a quarter without a milestone is asked for then, and in no other quarter."""
    goal = target(milestone_id=None, quarter=4, source="goal")
    a_plan = plan(milestones=[milestone(quarters=(1, 2))], targets=[goal])
    assert [a_plan.asks_by_goal("2023-001", q) for q in (1, 2, 3, 4)] == [False, False, False, True]
    later = plan(milestones=[milestone(quarters=(4,))], targets=[goal])
    assert not later.asks_by_goal("2023-001", 4)


def test_task_without_a_schedule_is_asked_about_every_quarter() -> None:
    """Nothing says when anything of it is due, so nothing says that it is not."""
    a_plan = plan([task(1), task(2)], [milestone(1)])
    assert [a_plan.asks_by_goal("2023-002", quarter) for quarter in (1, 2, 3, 4)] == [True] * 4


def test_restricted_plan_holds_what_belongs_to_its_tasks() -> None:
    """Milestones, targets and units of the other tasks are gone, supporting units are kept."""
    tasks = [
        task(1, units=("市甲局",), supporting_units=(SupportingUnit(unit="市丙局"),)),
        task(2, units=("市乙局",)),
    ]
    targets = [
        target(target_id=f"2023-00{n}-T01", task_id=f"2023-00{n}", milestone_id=f"2023-00{n}-01")
        for n in (1, 2)
    ]
    cut = plan(tasks, [milestone(1), milestone(2)], targets).restricted(frozenset({"2023-001"}))
    assert [t.task_id for t in cut.tasks] == ["2023-001"]
    assert [m.milestone_id for m in cut.milestones] == ["2023-001-01"]
    assert [t.target_id for t in cut.targets] == ["2023-001-T01"]
    assert [unit.name for unit in cut.units] == ["市甲局", "市丙局"]
