"""The ratings of tasks that an edition moved, of any quarter."""

from collections.abc import Iterator

from reporting.assess.editions.pairs import Successors
from reporting.assess.rating.rule import is_nothing_due
from reporting.assess.values import Assessment, Level, Move, Rating

_Key = tuple[str, str | None, int]


def moves_between(old: Assessment, new: Assessment) -> Iterator[Move]:
    """List the ratings of tasks that are not what they were, the earliest quarter first."""
    heirs = Successors(old, new)
    before = {_key(r, heirs): r for r in _of_tasks(old)}
    after = {_key(r, None): r for r in _of_tasks(new)}
    for key in sorted(dict.fromkeys([*after, *before]), key=lambda one: one[2]):
        was, is_now = before.get(key), after.get(key)
        grades = [rating.grade if rating else None for rating in (was, is_now)]
        if grades[0] != grades[1]:
            task_id, unit, quarter = key
            apart = [rating is not None and is_nothing_due(rating) for rating in (was, is_now)]
            yield Move(
                task_id=task_id, unit=unit, quarter=quarter, old=grades[0], new=grades[1],
                old_apart=apart[0], new_apart=apart[1],
            )  # fmt: skip


def _of_tasks(assessment: Assessment) -> Iterator[Rating]:
    return (r for r in assessment.ratings if r.level is Level.TASK)


def _key(rating: Rating, heirs: Successors | None) -> _Key:
    unit = rating.unit
    if unit is not None and heirs is not None:
        unit = heirs.in_task(rating.task_id, unit)
    return rating.task_id, unit, rating.quarter
