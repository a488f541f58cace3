"""Counts of tasks by grade, taken together by action, heading, leader or unit."""

from collections.abc import Callable, Iterable

from reporting.assess.values import Assessment, Rating
from reporting.grades import Grade
from reporting.plan.values import Task
from reporting.values import Value

NO_LEADER = "未明确责任领导"
NO_ACTION = "未归入专项行动"


class RollUp(Value):
    """Tasks of one group by grade; every grade is present and they add up to ``total``."""

    label: str
    total: int
    counts: dict[Grade, int]

    def count(self, *grades: Grade) -> int:
        """Count the tasks with any of those grades."""
        return sum(self.counts[grade] for grade in grades)


def total(assessment: Assessment, quarter: int | None = None) -> RollUp:
    """Take all tasks of the slice together."""
    counts = assessment.counts(quarter)
    return RollUp(label="合计", total=sum(counts.values()), counts=counts)


def by_action(assessment: Assessment) -> tuple[RollUp, ...]:
    """Group by 行动; every task is in one group."""
    return _grouped(assessment, lambda task: (task.action or NO_ACTION,))


def by_heading(assessment: Assessment) -> tuple[RollUp, ...]:
    """Group by 总体要求; every task is in one group."""
    return _grouped(assessment, lambda task: (task.heading,))


def by_leader(assessment: Assessment) -> tuple[RollUp, ...]:
    """Group by leader; a task of several leaders counts with each."""
    return _grouped(assessment, lambda task: task.leaders or (NO_LEADER,))


def by_unit(assessment: Assessment, quarter: int | None = None) -> tuple[RollUp, ...]:
    """Group by lead unit, each by the ratings of its own return.

    A task of several lead units counts with each of them.
    """
    wanted = quarter or assessment.quarter
    found: dict[str, list[Rating]] = {unit: [] for unit in assessment.plan.lead_units}
    for task in assessment.plan.tasks:
        for unit in task.lead_units:
            rating = assessment.rating(task.task_id, unit=unit, quarter=wanted)
            if rating is not None:
                found[unit].append(rating)
    return tuple(_rollup(unit, ratings) for unit, ratings in found.items() if ratings)


def _grouped(
    assessment: Assessment, groups_of: Callable[[Task], tuple[str, ...]]
) -> tuple[RollUp, ...]:
    found: dict[str, list[Rating]] = {}
    for rating in assessment.task_ratings():
        for group in groups_of(assessment.plan.task(rating.task_id)):
            found.setdefault(group, []).append(rating)
    return tuple(_rollup(label, ratings) for label, ratings in found.items())


def _rollup(label: str, ratings: Iterable[Rating]) -> RollUp:
    counts = dict.fromkeys(Grade, 0)
    for rating in ratings:
        counts[rating.grade] += 1
    return RollUp(label=label, total=sum(counts.values()), counts=counts)
