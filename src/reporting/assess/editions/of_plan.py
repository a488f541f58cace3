"""Facts of the plan that differ: tasks, their fields, readings corrected, changes decided."""

from collections.abc import Iterator, Sequence

from reporting.assess.editions.pairs import in_words, paired
from reporting.assess.values import Adjustment, Assessment, Change, NoteKind
from reporting.plan.figures.told import plan_text
from reporting.plan.values import AppliedCorrection, Plan, Subject, SupportingUnit, Target, Task
from reporting.plan.wording import TASK_FIELDS
from reporting.project.changes import ChangeKind

_FIELDS = {
    name: TASK_FIELDS[name]
    for name in (
        "heading", "goal", "schedule", "leaders", "lead_units", "coordinating_unit", "host_unit",
        "supporting_units",
    )
}  # fmt: skip
_PARTY_FIELDS = frozenset({"leaders", "lead_units", "supporting_units"})
"""Fields that decide whose reports a task stands in."""
_UNIT_FIELDS = _PARTY_FIELDS | {"coordinating_unit", "host_unit"}
_TEXTS = frozenset({"goal", "schedule"})
"""Fields that figures are read from."""

_OF_PARTIES = frozenset(
    kind.label
    for kind in (
        ChangeKind.RENAME, ChangeKind.MERGE, ChangeKind.PART, ChangeKind.MOVE, ChangeKind.LEADER,
    )
)  # fmt: skip


def plan_facts(old: Assessment, new: Assessment) -> Iterator[Change]:
    """List what differs of the plan: decisions, then corrected readings, then the table.

    A fact that a decision or a correction tells is told by it alone.
    """
    yield from _decided(old, new)
    yield from _corrected(old.plan, new.plan)
    yield from _of_tasks(old, new)


# --- decided --------------------------------------------------------------------------------


def _differing(old: Assessment, new: Assessment) -> Iterator[tuple[Adjustment, bool]]:
    """Give the adjustments that only one of two assessments knows, and whether it is the new."""
    for was, is_now in paired(old.adjustments, new.adjustments, lambda one: one):
        if was is None or is_now is None:
            one = is_now or was
            assert one is not None
            yield one, is_now is not None


def _decided(old: Assessment, new: Assessment) -> Iterator[Change]:
    for one, holds in _differing(old, new):
        if one.kind in _OF_PARTIES or not _told_by_words(one, old.plan, new.plan):
            words = ("", one.content) if holds else (one.content, "")
            only = one.task_ids[0] if len(one.task_ids) == 1 else ""
            yield Change(
                kind=NoteKind.REVISED, task_id=only, field=one.kind, old=words[0], new=words[1],
                reason=_reason(one), parties=_concerned(one, old.plan, new.plan),
            )  # fmt: skip


def _reason(one: Adjustment) -> str:
    return f"{one.decision}，{one.reason}"


def _told_by_words(one: Adjustment, old: Plan, new: Plan) -> bool:
    """Tell whether words of the table that it changed stand in the list anyway."""
    return any(
        (was is None) != (is_now is None)
        or (was is not None and is_now is not None and _texts(was) != _texts(is_now))
        for task_id in one.task_ids
        for was, is_now in [(_task(old, task_id), _task(new, task_id))]
    )


def _task(plan: Plan, task_id: str) -> Task | None:
    return next((task for task in plan.tasks if task.task_id == task_id), None)


def _texts(task: Task) -> tuple[str, str]:
    return task.goal, task.schedule


def _concerned(one: Adjustment, old: Plan, new: Plan) -> tuple[str, ...]:
    """Name everybody in whose reports it shows."""
    names = dict.fromkeys(one.parties)
    for plan in (old, new):
        for task in plan.tasks:
            if task.task_id in one.task_ids or set(one.parties) & set(parties_of(task)):
                names |= dict.fromkeys(parties_of(task))
    return tuple(names)


def parties_of(task: Task) -> tuple[str, ...]:
    """Name the units and leaders of a task."""
    supporting = (support.unit for support in task.supporting_units)
    return tuple(dict.fromkeys([*task.lead_units, *task.leaders, *supporting]))


# --- corrected ------------------------------------------------------------------------------


def _corrected(old: Plan, new: Plan) -> Iterator[Change]:
    for one, holds in _differing_corrections(old, new):
        words = (one.before, one.after) if holds else (one.after, one.before)
        label = f"“{one.words}”的{one.label}" if one.words else one.label
        signed = "，".join(part for part in (one.reason, one.by) if part)
        yield Change(
            task_id=one.task_id, field=f"{label}（读法）", old=words[0], new=words[1],
            new_where=one.source, reason=signed, on=one.on if holds else None,
            parties=_left(one, old, new),
        )  # fmt: skip


def _differing_corrections(old: Plan, new: Plan) -> Iterator[tuple[AppliedCorrection, bool]]:
    was, is_now = set(old.corrections), set(new.corrections)
    yield from ((one, True) for one in new.corrections if one not in was)
    taken_back = (one for one in old.corrections if one not in is_now)
    known = {_what(one) for one in new.corrections if one not in was}
    # One that was corrected once more is told once.
    yield from ((one, False) for one in taken_back if _what(one) not in known)


def _what(one: AppliedCorrection) -> tuple[str, str, str]:
    return one.task_id, one.subject_id, one.field


def _left(one: AppliedCorrection, old: Plan, new: Plan) -> tuple[str, ...]:
    """Name whom a corrected party field named: it concerns those that it names no more."""
    if one.field not in _PARTY_FIELDS:
        return ()
    before = _task(old, one.task_id)
    return parties_of(before) if before else ()


# --- the table ------------------------------------------------------------------------------


class _Explained:
    """What of the tasks is told by a decision or a correction."""

    def __init__(self, old: Assessment, new: Assessment) -> None:
        self._decided = [one for one, _ in _differing(old, new)]
        self._corrected = [one for one, _ in _differing_corrections(old.plan, new.plan)]

    def reason(self, task_id: str) -> str:
        """Say by which decision a task's words changed; empty where none is told."""
        return next(
            (
                _reason(one) for one in self._decided
                if task_id in one.task_ids and one.kind not in _OF_PARTIES
            ),
            "",
        )  # fmt: skip

    def is_field_told(self, task: Task, name: str, names: set[str]) -> bool:
        """Tell whether a field is told; ``names`` came to stand in it or left it."""
        if name in _UNIT_FIELDS:
            movers = (set(one.parties) for one in self._decided if one.kind in _OF_PARTIES)
            if names and any(names <= parties for parties in movers):
                return True
        return any(
            one.task_id == task.task_id and one.subject is Subject.TASK and one.field == name
            for one in self._corrected
        )

    def are_figures_told(self, task_id: str) -> bool:
        """Tell whether another reading of a task's figures is told."""
        label = ChangeKind.TARGET.label
        return any(
            one.task_id == task_id and (one.subject is not Subject.TASK or one.field in _TEXTS)
            for one in self._corrected
        ) or any(task_id in one.task_ids and one.kind == label for one in self._decided)


def _of_tasks(old: Assessment, new: Assessment) -> Iterator[Change]:
    told = _Explained(old, new)
    for before, after in paired(old.plan.tasks, new.plan.tasks, lambda task: task.task_id):
        if before is None or after is None:
            task = before or after
            assert task is not None
            words = [t.goal if t else "" for t in (before, after)]
            yield Change(
                kind=NoteKind.REVISED, task_id=task.task_id, field="任务", old=words[0],
                new=words[1], reason=told.reason(task.task_id), parties=parties_of(task),
            )  # fmt: skip
            continue
        yield from _fields(before, after, told)
        same = _texts(before) == _texts(after)
        if same and not told.are_figures_told(after.task_id):
            yield from _targets(after.task_id, old.plan, new.plan)


def _fields(before: Task, after: Task, told: _Explained) -> Iterator[Change]:
    for name, label in _FIELDS.items():
        was, is_now = (in_words(getattr(task, name)) for task in (before, after))
        if was == is_now or told.is_field_told(after, name, _exchanged(before, after, name)):
            continue
        yield Change(
            kind=NoteKind.REVISED, task_id=after.task_id, field=label, old=was, new=is_now,
            old_where=_line(before), new_where=_line(after),
            reason=told.reason(after.task_id) if name in _TEXTS else "",
            parties=parties_of(before) if name in _PARTY_FIELDS else (),
        )  # fmt: skip


def _exchanged(before: Task, after: Task, name: str) -> set[str]:
    """Name who came to stand in a field or left it."""
    return set(_names(getattr(before, name))) ^ set(_names(getattr(after, name)))


def _names(value: object) -> Sequence[str]:
    if isinstance(value, tuple):
        return [one.unit if isinstance(one, SupportingUnit) else str(one) for one in value]
    return [value] if isinstance(value, str) else []


def _line(task: Task) -> str:
    return f"任务分解表第{task.line}行" if task.line is not None else "任务分解表"


def _targets(task_id: str, old: Plan, new: Plan) -> Iterator[Change]:
    """List targets that are read otherwise although the table's words are the same."""
    for before, after in paired(
        old.targets_of(task_id), new.targets_of(task_id), lambda target: target.target_id
    ):
        was, is_now = _target(before), _target(after)
        if was != is_now:
            yield Change(task_id=task_id, field="量化指标", old=was, new=is_now)


def _target(target: Target | None) -> str:
    return f"{target.measure}{plan_text(target)}" if target else ""
