"""Cut an assessment down to what one subject's report may know."""

from collections.abc import Iterator, Sequence

from reporting.assess.values import (
    Assessment,
    Change,
    Edition,
    Rating,
    Subject,
    SubjectKind,
    SupportedTask,
)
from reporting.findings import Finding
from reporting.plan.values import Plan, Task
from reporting.returns.values import ProgressRow


def slice_for(assessment: Assessment, subject: Subject) -> Assessment:
    """Return the slice that a report may know; the briefing's is the city's assessment itself.

    A unit's slice holds its tasks, its own returns and the ratings made on them, and the mere
    names of what it supports. A leader's, or a group's, holds its tasks with every lead unit's
    returns. A supporting unit's holds nothing but the names of the tasks that it supports. The
    mark of demonstration data stays: a unit that reported nothing is as invented as the others.
    """
    match subject.kind:
        case SubjectKind.UNIT:
            return _unit_slice(assessment, subject)
        case SubjectKind.LEADER:
            return _tasks_slice(
                assessment, subject, [t for t in assessment.plan.tasks if subject.name in t.leaders]
            )
        case SubjectKind.GROUP:
            return _tasks_slice(
                assessment, subject, tasks_with(assessment, subject.column, subject.name)
            )
        case SubjectKind.SUPPORTING:
            return _with_supported(_cut(assessment, subject, _NONE, (), (), _NONE), assessment)
        case _:
            return _whole(assessment, subject)


_NONE: frozenset[str] = frozenset()


def values_of(assessment: Assessment, task: Task, column: str) -> tuple[str, ...]:
    """Give what a task has in a column of the table of tasks; nothing where that is empty."""
    if column in ("grade", "previous"):
        rating = assessment.rating(task.task_id)
        value = None if rating is None else getattr(rating, column)
    else:
        value = getattr(task, column)
    words = "" if value is None else str(value).strip()
    return (words,) if words else ()


def tasks_with(assessment: Assessment, column: str, value: str) -> list[Task]:
    """List the tasks that have a value in a column."""
    return [t for t in assessment.plan.tasks if value in values_of(assessment, t, column)]


def _whole(city: Assessment, subject: Subject) -> Assessment:
    """Give the city's assessment to an office's own report of all; it bears no seal."""
    if not subject.report:
        return city
    return city.model_copy(
        update={
            "subject": subject,
            "editions": tuple(e.model_copy(update={
                "changes": tuple(c for c in e.changes if c.reports in (None, subject.series)),
            }) for e in city.editions),
            "seal": None,
        }
    )  # fmt: skip


def _unit_slice(city: Assessment, subject: Subject) -> Assessment:
    name = subject.name
    ids = frozenset(t.task_id for t in city.plan.tasks if name in t.lead_units)
    rows = [row for row in city.progress if row.unit == name and row.task_id in ids]
    ratings = [r for r in city.ratings if r.unit == name and r.task_id in ids]
    return _with_supported(_cut(city, subject, ids, rows, ratings, frozenset({name})), city)


def _with_supported(cut: Assessment, city: Assessment) -> Assessment:
    """Add the names of the tasks that a slice's unit supports, and what editions say of them."""
    supported = supported_tasks(city.plan, cut.subject.name)
    named = frozenset(task.task_id for task in supported)
    ids = frozenset(task.task_id for task in cut.plan.tasks)
    units = frozenset({cut.subject.name}) if cut.subject.kind is SubjectKind.UNIT else _NONE
    return cut.model_copy(
        update={
            "supported": supported,
            "editions": tuple(_editions(city, cut.subject, ids, units, named)),
        }
    )


def _tasks_slice(city: Assessment, subject: Subject, tasks: Sequence[Task]) -> Assessment:
    ids = frozenset(t.task_id for t in tasks)
    units = frozenset(unit for task in tasks for unit in task.lead_units)
    rows = [row for row in city.progress if row.task_id in ids]
    ratings = [r for r in city.ratings if r.task_id in ids]
    return _cut(city, subject, ids, rows, ratings, units)


def _cut(
    city: Assessment,
    subject: Subject,
    ids: frozenset[str],
    rows: Sequence[ProgressRow],
    ratings: Sequence[Rating],
    units: frozenset[str],
) -> Assessment:
    findings = tuple(f for f in city.findings if _concerns(f, ids, units))
    told = frozenset(findings)
    plan = city.plan.restricted(ids)
    return city.model_copy(
        update={
            "subject": subject,
            "plan": plan.model_copy(
                update={"findings": tuple(f for f in plan.findings if f in told)}
            ),
            "progress": tuple(rows),
            "ratings": tuple(ratings),
            "answers": tuple(
                one for one in city.answers if one.task_id in ids and one.unit in units
            ),
            "commitments": tuple(
                one for one in city.commitments if one.task_id in ids and one.unit in units
            ),
            "causes": tuple(c for c in city.causes if c.task_id in ids and c.unit in units),
            "return_status": tuple(s for s in city.return_status if s.unit in units),
            "findings": findings,
            "adjustments": tuple(
                one
                for one in city.adjustments
                if ids & set(one.task_ids) or {*_party(subject), *units} & set(one.parties)
            ),
            "editions": tuple(_editions(city, subject, ids, units)),
            "seal": None,
        }
    )


def _party(subject: Subject) -> frozenset[str]:
    """Name the unit or leader that a slice is of; a group is nobody, whatever its name."""
    return _NONE if subject.kind is SubjectKind.GROUP else frozenset({subject.name})


_NAMED_FIELDS = frozenset({"任务", "年度目标及工作内容", "牵头单位", "协助单位"})
"""What a report says of a task that its subject only supports."""


def _editions(
    city: Assessment,
    subject: Subject,
    ids: frozenset[str],
    units: frozenset[str],
    named: frozenset[str] = frozenset(),
) -> Iterator[Edition]:
    """Keep of every corrected edition what the slice shows; nothing of one that shows nothing."""
    own_unit = subject.name if subject.kind is SubjectKind.UNIT else None
    for edition in city.editions:
        changes = tuple(
            c for c in edition.changes
            if c.reports in (None, subject.series)
            and (
                _changes_slice(c, ids, units)
                or _party(subject) & set(c.parties)
                or (c.task_id in named and c.field in _NAMED_FIELDS)
            )
        )  # fmt: skip
        moves = tuple(
            m for m in edition.moves
            if m.task_id in ids and (own_unit is None or m.unit == own_unit)
        )  # fmt: skip
        headlines = tuple(h for h in edition.headlines if h.subject == subject)
        if changes or moves or headlines:
            yield edition.model_copy(
                update={"changes": changes, "moves": moves, "headlines": headlines}
            )


def _changes_slice(change: Change, ids: frozenset[str], units: frozenset[str]) -> bool:
    if change.unit and change.unit not in units:
        return False
    return change.task_id in ids or not change.task_id


def _concerns(finding: Finding, ids: frozenset[str], units: frozenset[str]) -> bool:
    """Tell whether a finding is about the tasks or about a return of the units."""
    if finding.unit and finding.unit not in units:
        return False
    if finding.task_id:
        return finding.task_id in ids
    return bool(finding.unit)


def supported_tasks(plan: Plan, unit: str) -> tuple[SupportedTask, ...]:
    """List the tasks that name the unit as supporting; a scope each where it has one."""
    return tuple(
        SupportedTask(
            task_id=task.task_id, number=task.label, goal=task.goal,
            lead_units=task.lead_units, scope=support.scope,
        )
        for task in plan.tasks
        for support in task.supporting_units
        if support.unit == unit
    )  # fmt: skip
