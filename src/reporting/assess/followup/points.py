"""Last quarter's open points, and what became of them."""

from collections.abc import Iterable
from enum import StrEnum

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.grades import GOOD, NOT_JUDGED, OPEN, Grade
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow
from reporting.values import Value


class Outcome(StrEnum):
    """What became of an open point."""

    SETTLED = "已解决"
    BETTER = "有所好转"
    OPEN = "尚未解决"
    WORSE = "有所下滑"
    UNKNOWN = "无法核实"


class OpenPoint(Value):
    """A task that last quarter was not on schedule.

    ``promised`` are the rows of last quarter that named a problem or a next step for it.
    """

    task: Task
    before: Rating
    now: Rating
    outcome: Outcome
    promised: tuple[ProgressRow, ...]


def open_points(assessment: Assessment) -> tuple[OpenPoint, ...]:
    """List last quarter's open tasks, worst outcome first; none in the first quarter."""
    if assessment.quarter == 1:
        return ()
    found = (
        _point(assessment, before) for before in assessment.task_ratings(assessment.quarter - 1)
    )
    order = [Outcome.WORSE, Outcome.OPEN, Outcome.UNKNOWN, Outcome.BETTER, Outcome.SETTLED]
    return tuple(
        sorted((p for p in found if p), key=lambda p: (order.index(p.outcome), p.task.number))
    )


def _point(assessment: Assessment, before: Rating) -> OpenPoint | None:
    now = assessment.rating(before.task_id, unit=before.unit)
    if before.grade not in OPEN or now is None:
        return None
    return OpenPoint(
        task=assessment.plan.task(before.task_id), before=before, now=now,
        outcome=outcome(before.grade, now.grade),
        promised=tuple(_promises(assessment, before)),
    )  # fmt: skip


def outcome(before: Grade, now: Grade) -> Outcome:
    """Tell what became of an open point from the grades of two quarters."""
    if now in GOOD:
        return Outcome.SETTLED
    if now in NOT_JUDGED:
        return Outcome.UNKNOWN
    return {1: Outcome.BETTER, -1: Outcome.WORSE, 0: Outcome.OPEN}[rule.moved(before, now)]


def _promises(assessment: Assessment, before: Rating) -> Iterable[ProgressRow]:
    for row in assessment.progress:
        same = row.task_id == before.task_id and row.quarter == before.quarter
        if same and (row.problem or row.next_step):
            yield row
