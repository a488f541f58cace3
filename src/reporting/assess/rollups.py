"""Counts of tasks by grade, taken together by action, heading, leader or unit; and their rates."""

import json
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from pydantic import Field, field_serializer

from reporting.assess.rating import rule
from reporting.assess.slices import values_of
from reporting.assess.values import Assessment, Rating
from reporting.grades import GOOD, NOT_JUDGED, OPEN, Grade, Kind, Kinds, Scale
from reporting.language.numerals import percent
from reporting.plan.values import Task
from reporting.values import Value

NO_LEADER = "未明确责任领导"
NO_ACTION = "未归入专项行动"
NO_RATE = "—"


def rate_note(scale: Scale) -> str:
    """Say what the rate is, as printed below every table that shows it."""
    good, unknown = "和".join(map(str, scale.of(GOOD))), scale.of(NOT_JUDGED)
    return (
        f"“达序率”为{good}的任务占本季度有到期或者在办事项的任务的比重，"
        f"其中个别{'或者'.join(map(str, unknown))}的计入基数，"
        f"{'或者'.join(f'均{grade}' for grade in unknown)}的不计算"
    )


class RollUp(Value):
    """Tasks of one group, counted by grade.

    Attributes
    ----------
    total : int
        All tasks of the group: those in ``counts`` and those of which nothing is due.
    counts : dict of Grade to int
        The tasks of which something is due, by grade; every grade of the office is present.
    nothing_due : int
        The tasks counted apart (本季度无到期事项).
    finished : int
        Of those, the ones that were done before.
    unknown : Grade or None
        未报送 or 无法判定 where nothing of the group could be judged this quarter: it has no rate.
    members : dict of Grade to tuple of str
        The ids of the tasks that ``counts`` counts, by grade.
    apart : tuple of str
        The ids of the tasks that ``nothing_due`` counts.
    """

    label: str
    total: int
    counts: dict[Grade, int]
    nothing_due: int = 0
    finished: int = 0
    unknown: Grade | None = None
    members: dict[Grade, tuple[str, ...]] = Field(default_factory=dict)
    apart: tuple[str, ...] = ()

    @field_serializer("counts", "members")
    def _by_word(self, by_grade: dict[Grade, Any]) -> dict[str, Any]:
        """Write what goes by grade: an office's own with its look, which a chart shows."""
        written = ((grade.model_dump(mode="json"), value) for grade, value in by_grade.items())
        return {key if isinstance(key, str) else json.dumps(key): value for key, value in written}

    @property
    def due(self) -> int:
        """How many tasks have something due: what every share is of."""
        return self.total - self.nothing_due

    def count(self, of: Grade | Kinds) -> int:
        """Count the tasks with a grade, or with any of some kinds."""
        return sum(
            count for grade, count in self.counts.items() if grade == of or _is_of(grade, of)
        )

    def ids(self, of: Grade | Kinds) -> tuple[str, ...]:
        """Name the tasks with a grade, or with any of some kinds."""
        found = (ids for grade, ids in self.members.items() if grade == of or _is_of(grade, of))
        return tuple(one for ids in found for one in ids)

    def share(self, of: Grade | Kinds) -> str:
        """Write which part of the tasks that have something due is of a grade, or some kinds."""
        return percent(self.count(of), self.due)

    @property
    def has_rate(self) -> bool:
        """Tell whether it can be said how much of what is due keeps the plan."""
        return bool(self.due) and self.unknown is None

    @property
    def rate(self) -> str:
        """Write the rate of fulfilment (达序率), a dash for none: silence is never 0 %."""
        return self.share(GOOD) if self.has_rate else NO_RATE

    @property
    def why_no_rate(self) -> str:
        """Say in a word why there is no rate; empty where there is one."""
        if not self.due:
            return "无到期"
        return str(self.unknown) if self.unknown is not None else ""


def _is_of(grade: Grade, of: Grade | Kinds) -> bool:
    return isinstance(of, Kinds) and grade in of


def shown(groups: Iterable[RollUp]) -> tuple[Grade, ...]:
    """Give the grades that any task of some groups has, as tables list them."""
    present = (grade for group in groups for grade, count in group.counts.items() if count)
    return _as_listed(present)


def _as_listed(grades: Iterable[Grade]) -> tuple[Grade, ...]:
    """Sort grades, each once; of those in one place, an earlier name's, as they come."""
    return tuple(sorted(dict.fromkeys(grades), key=lambda grade: grade.order))


def total(assessment: Assessment, quarter: int | None = None) -> RollUp:
    """Take all tasks of the slice together."""
    return rolled_up("合计", assessment.task_ratings(quarter), assessment.scale)


def by_action(assessment: Assessment) -> tuple[RollUp, ...]:
    """Group by 行动; every task is in one group."""
    return _grouped(assessment, lambda task: (task.action or NO_ACTION,))


def by_heading(assessment: Assessment) -> tuple[RollUp, ...]:
    """Group by 总体要求; every task is in one group."""
    return _grouped(assessment, lambda task: (task.heading,))


def by_value(assessment: Assessment, column: str) -> tuple[RollUp, ...]:
    """Group by the values of a column of the table of tasks; a task without one is in no group."""
    return _grouped(assessment, lambda task: values_of(assessment, task, column))


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
    return tuple(
        rolled_up(unit, ratings, assessment.scale) for unit, ratings in found.items() if ratings
    )


def worst_first(groups: Iterable[RollUp]) -> list[RollUp]:
    """Rank the groups that have something off schedule: by its share, then by its number.

    Those of which nothing could be judged have no share and are not among them.
    """
    late = [group for group in groups if group.count(OPEN) and group.has_rate]
    return sorted(late, key=lambda g: (-Fraction(g.count(OPEN), g.due), -g.count(OPEN)))


def _grouped(
    assessment: Assessment, groups_of: Callable[[Task], tuple[str, ...]]
) -> tuple[RollUp, ...]:
    found: dict[str, list[Rating]] = {}
    for rating in assessment.task_ratings():
        for group in groups_of(assessment.plan.task(rating.task_id)):
            found.setdefault(group, []).append(rating)
    return tuple(rolled_up(label, ratings, assessment.scale) for label, ratings in found.items())


def rolled_up(label: str, ratings: Iterable[Rating], scale: Scale) -> RollUp:
    """Count the ratings of a group of tasks."""
    every = list(ratings)
    apart = [rating for rating in every if rule.is_nothing_due(rating)]
    due = [rating for rating in every if not rule.is_nothing_due(rating)]
    members: dict[Grade, tuple[str, ...]] = {}
    for rating in sorted(due, key=lambda rating: rating.grade.order):
        members[rating.grade] = (*members.get(rating.grade, ()), rating.task_id)
    listed = _as_listed([*scale.grades, *members])
    counts = {grade: len(members.get(grade, ())) for grade in listed}
    return RollUp(
        label=label, total=len(every), counts=counts, nothing_due=len(apart),
        finished=sum(rating.grade.kind is Kind.DONE for rating in apart), unknown=_unknown(due),
        members=members, apart=tuple(rating.task_id for rating in apart),
    )  # fmt: skip


def _unknown(due: Sequence[Rating]) -> Grade | None:
    """Say what kept a group from being judged, where nothing of it was judged this quarter.

    What was judged in an earlier quarter and stands since is no answer of this one.
    """
    now = [rating.grade for rating in due if rating.rule != rule.CARRIED]
    silent = [rating.grade for rating in due if rating.grade in NOT_JUDGED]
    if not silent or any(grade not in NOT_JUDGED for grade in now):
        return None
    return min(silent, key=lambda grade: grade.order)
