"""Apply every correction of a table, in the order task, milestone, target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.plan.corrections.entries import Entered
from reporting.plan.corrections.milestones import correct_milestones
from reporting.plan.corrections.targets import confirmed, correct_targets
from reporting.plan.corrections.tasks import correct_tasks, expect_task
from reporting.plan.parts import Parts, make_parts, with_milestones
from reporting.plan.values import AppliedCorrection, Check, Subject, Task


@dataclass(frozen=True)
class Corrected:
    """A table's tasks and their parts after correction, and what was corrected."""

    tasks: tuple[Task, ...]
    parts: Mapping[str, Parts]
    made: tuple[AppliedCorrection, ...]


def apply_corrections(
    tasks: Sequence[Task],
    parts: Mapping[str, Parts],
    entries: Sequence[Entered],
    aliases: Mapping[str, str],
    year: int,
) -> Corrected:
    """Apply corrections to what a table alone says; all of them, or none.

    A corrected goal or schedule, and a corrected milestone, have their figures read again.

    Raises
    ------
    UsageError
        A correction names nothing that is there, has an impossible value, or clashes with
        another; the sentence says where it was written.
    """
    printed = {task.task_id: task for task in tasks}
    groups: dict[Subject, dict[str, list[Entered]]] = {subject: {} for subject in Subject}
    for item in entries:
        task = expect_task(item, printed)
        groups[_subject(item)].setdefault(task.task_id, []).append(item)
    own = [item for items in groups[Subject.TASK].values() for item in items]
    corrected, made = correct_tasks(tasks, own, aliases)
    found: dict[str, Parts] = {}
    for task in corrected:
        mine = {subject: group.get(task.task_id, []) for subject, group in groups.items()}
        part, done = _corrected(task, printed[task.task_id], parts[task.task_id], mine, year)
        found[task.task_id] = part
        made += done
    order = {task.task_id: at for at, task in enumerate(tasks)}
    return Corrected(tuple(corrected), found, tuple(sorted(made, key=lambda c: order[c.task_id])))


def with_confirmed(corrected: Corrected, checks: Iterable[Check]) -> Corrected:
    """Take the targets that somebody held against the table for read as they stand.

    A figure that was read without anything that decides is rated from then on.
    """
    known = {one.subject_id for one in checks if one.subject is Subject.TARGET}
    parts = {
        task_id: replace(
            part, targets=tuple(
                confirmed(target) if target.target_id in known else target
                for target in part.targets
            ),
        )
        for task_id, part in corrected.parts.items()
    }  # fmt: skip
    return replace(corrected, parts=parts)


def _subject(item: Entered) -> Subject:
    if item.correction.target is not None:
        return Subject.TARGET
    return Subject.TASK if item.correction.milestone is None else Subject.MILESTONE


def _corrected(
    task: Task, printed: Task, parts: Parts, entries: Mapping[Subject, list[Entered]], year: int
) -> tuple[Parts, list[AppliedCorrection]]:
    made: list[AppliedCorrection] = []
    if (task.goal, task.schedule) != (printed.goal, printed.schedule):
        parts = make_parts(task, year)
    if changes := entries[Subject.MILESTONE]:
        milestones, done = correct_milestones(task, parts.milestones, changes)
        parts = with_milestones(task, parts, milestones)
        made += done
    if changes := entries[Subject.TARGET]:
        targets, done = correct_targets(task, parts.milestones, parts.targets, changes)
        parts = replace(parts, targets=tuple(targets))
        made += done
    return parts, made
