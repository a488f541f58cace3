"""Ticks held against the table as it is read now: they stand for the reading that was ticked."""

from collections.abc import Iterable, Mapping, Sequence

from reporting.findings import Finding
from reporting.plan.checklist.answers import Tick
from reporting.plan.checklist.layout import (
    Key,
    milestone_key,
    reading_digest,
    target_key,
    task_key,
)
from reporting.plan.codes import finding
from reporting.plan.corrections.apply import Corrected
from reporting.plan.parts import Parts
from reporting.plan.values import Check, Milestone, Subject, Target, Task

Known = dict[tuple[Subject, str], tuple[str, str]]
"""The id and the digest of everything that can be ticked, by its subject and row name."""


def resolve_ticks(
    ticks: Sequence[Tick],
    tasks: Sequence[Task],
    parts: Mapping[str, Parts],
    corrected: Corrected,
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """Keep the ticks of readings that are still the same, and name those that are void.

    The readings compared are those of the table alone: a correction that was entered beside
    its tick does not undo it.
    """
    if not ticks:
        return (), ()
    printed = _known(tasks, parts)
    now = _known(corrected.tasks, corrected.parts)
    checks: list[Check] = []
    void: list[Finding] = []
    for tick in ticks:
        name = (tick.subject, tick.key.text)
        if printed.get(name, ("", ""))[1] != tick.digest:
            said = f"{tick.where}（{_named(tick.key)}）"
            void.append(finding("PLAN-CHECK-VOID", task_id=tick.key.task_id, found=said))
        elif name in now:
            checks.append(
                Check(
                    task_id=tick.key.task_id, subject=tick.subject, subject_id=now[name][0],
                    by=tick.by, on=tick.on,
                )
            )  # fmt: skip
    return tuple(checks), tuple(void)


def _known(tasks: Iterable[Task], parts: Mapping[str, Parts]) -> Known:
    found: Known = {}
    for task in tasks:
        part = parts[task.task_id]
        found[Subject.TASK, task_key(task).text] = _mark(task)
        for milestone in part.milestones:
            found[Subject.MILESTONE, milestone_key(task, milestone).text] = _mark(milestone)
        for target in part.targets:
            found[Subject.TARGET, target_key(task, target).text] = _mark(target)
    return found


def _mark(value: Task | Milestone | Target) -> tuple[str, str]:
    if isinstance(value, Target):
        return value.target_id, reading_digest(value)
    if isinstance(value, Milestone):
        return value.milestone_id, reading_digest(value)
    return value.task_id, reading_digest(value)


def _named(key: Key) -> str:
    return f"{key.task_id} “{key.quote.words[:20]}”" if key.quote else key.task_id
