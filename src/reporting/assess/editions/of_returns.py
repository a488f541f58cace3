"""Facts of the returns that differ: what came, what went, and what is said otherwise.

A return that came is one fact, and so is a row: what they hold was said nowhere before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from reporting.assess.editions.pairs import Successors, in_words, paired
from reporting.assess.values import (
    Assessment,
    Change,
    NoteKind,
    ReturnState,
    ReturnStatus,
)
from reporting.language.numerals import quantity
from reporting.periods import full_date
from reporting.plan.values import Target
from reporting.returns.promises.values import PromiseAnswer
from reporting.returns.values import Actual, ProgressRow

_ROW_FIELDS = {
    "self_rating": "单位自评",
    "progress": "本季度进展",
    "problem": "存在问题",
    "cause": "原因",
    "next_step": "下一步措施",
    "due_date": "完成时限",
    "coordination": "需协调事项",
    "evidence": "佐证材料",
    "reporter": "填报人",
    "approver": "审定人",
    "reported_on": "填报日期",
}
_CONTENT = ("self_rating", "progress", "problem", "cause", "next_step", "coordination")
"""Fields that say something of the task."""

_ANSWER_FIELDS = {
    "outcome": "承诺措施办理结果", "on": "承诺措施完成或延期日期", "note": "承诺措施办理说明",
}  # fmt: skip

_DEADLINE, _ARRIVAL = "报送期限", "报送情况"

Key = tuple[str, int]
"""A unit and a quarter: whose return it is."""


class Arrivals:
    """How the returns of two assessments arrived, under the names of today."""

    def __init__(self, old: Assessment, new: Assessment, heirs: Successors) -> None:
        self._old, self._new, self._heirs = old, new, heirs
        self._known = {(s.unit, s.quarter) for s in new.return_status}
        named, led, now = _read(old, None), _read(old, heirs), _read(new, None)
        self._came = now - named - led
        # A merged unit's returns of earlier quarters stay under their own names.
        gone = {key for key in led if key not in now and not self._names(key) & named & now}
        self.came_or_went = self._came | gone
        self._days = {(s.unit, s.quarter): s.day for s in new.return_status}

    def day(self, unit: str, quarter: int) -> date | None:
        """Return the day of a return as it is now."""
        return self._days.get((unit, quarter))

    def _names(self, key: Key) -> set[Key]:
        """Give the names that a return had before, of one that is known by today's."""
        unit, quarter = key
        return {
            (s.unit, s.quarter) for s in self._old.return_status
            if s.quarter == quarter and self._heirs.of(s.unit) == unit
        }  # fmt: skip

    def _led(self, status: ReturnStatus) -> Key:
        key = status.unit, status.quarter
        return key if key in self._known else (self._heirs.of(status.unit), status.quarter)

    def _pairs(self) -> Iterator[tuple[Key, ReturnStatus | None, ReturnStatus | None]]:
        for was, is_now in paired(
            self._old.return_status, self._new.return_status,
            lambda status: (status.unit, status.quarter), self._led,
        ):  # fmt: skip
            status = is_now or was
            assert status is not None
            yield (status.unit, status.quarter) if is_now else self._led(status), was, is_now

    def came(self) -> Iterator[Change]:
        """List the returns that came or went, each once."""
        for key, was, is_now in self._pairs():
            if key in self.came_or_went:
                yield self._change(key, was, is_now)

    def deadlines(self) -> Iterator[Change]:
        """List the quarters whose returns are due on another day now."""
        told: set[int] = set()
        for (_, quarter), was, is_now in self._pairs():
            days = [status.due if status else None for status in (was, is_now)]
            if None in days or days[0] == days[1] or quarter in told:
                continue
            told.add(quarter)
            yield Change(
                kind=NoteKind.REVISED, quarter=quarter, field=_DEADLINE,
                old=in_words(days[0]), new=in_words(days[1]),
            )  # fmt: skip

    def states(self, told: Iterable[Change]) -> Iterator[Change]:
        """List the returns that are said to have come otherwise, where nothing tells why."""
        told = tuple(told)
        units = {(change.unit, change.quarter) for change in told if change.unit}
        moved = {name for change in told if not change.unit for name in change.parties}
        for key, was, is_now in self._pairs():
            if key in self.came_or_went or key in units or key[0] in moved:
                continue
            if (was and was.state) == (is_now and is_now.state) or _follows(was, is_now):
                continue
            yield self._change(key, was, is_now)

    def _change(self, key: Key, was: ReturnStatus | None, is_now: ReturnStatus | None) -> Change:
        unit, quarter = key
        late = key in self._came or was is None or was.state is ReturnState.MISSING
        return Change(
            kind=NoteKind.LATE if late and is_now else NoteKind.WRONG,
            unit=unit, quarter=quarter, field=_ARRIVAL, old=_state(was), new=_state(is_now),
            on=is_now.day if is_now else None,
        )  # fmt: skip


def is_deadline(change: Change) -> bool:
    """Tell whether a change is another day by which returns were due."""
    return change.field == _DEADLINE


def is_arrival(change: Change) -> bool:
    """Tell whether a change is that a return came, went, or is said to have come otherwise."""
    return change.field == _ARRIVAL


def _read(assessment: Assessment, heirs: Successors | None) -> frozenset[Key]:
    """List the returns that hold something that was read."""
    sound = (ReturnState.ON_TIME, ReturnState.LATE)
    stated = ((s.unit, s.quarter) for s in assessment.return_status if s.state in sound)
    said = [
        *((heirs.in_task(r.task_id, r.unit) if heirs else r.unit, r.quarter)
          for r in assessment.progress),
        *((heirs.of(unit) if heirs else unit, quarter) for unit, quarter in stated),
    ]  # fmt: skip
    return frozenset(said)


def _state(status: ReturnStatus | None) -> str:
    if status is None:
        return ""
    if status.received_on:
        return f"{status.state}（{full_date(status.received_on)}收到）"
    if status.reported_on:
        return f"{status.state}（填报日期{full_date(status.reported_on)}）"
    return str(status.state)


def _follows(was: ReturnStatus | None, is_now: ReturnStatus | None) -> bool:
    """Tell whether only another due date makes a return late or not."""
    if was is None or is_now is None or was.due is None or was.due == is_now.due:
        return False
    return was.day == is_now.day


# --- rows -----------------------------------------------------------------------------------


class _Fact(NamedTuple):
    """A field of a row that differs: its label, its words, and its name among the cells."""

    label: str
    old: str
    new: str
    name: str


def row_facts(
    old: Assessment, new: Assessment, arrivals: Arrivals, heirs: Successors
) -> Iterator[Change]:
    """List what rows say otherwise; a row that came or went is one fact."""
    measures = {t.target_id: t for t in (*old.plan.targets, *new.plan.targets)}
    tasks = {t.task_id for t in old.plan.tasks} & {t.task_id for t in new.plan.tasks}
    for before, after in _row_pairs(old, new, heirs):
        row = after or before
        assert row is not None
        unit = after.unit if after else heirs.in_task(row.task_id, row.unit)
        if (unit, row.quarter) in arrivals.came_or_went or row.task_id not in tasks:
            continue
        for fact in _row_differences(before, after, measures):
            yield Change(
                kind=NoteKind.LATE if not fact.old else NoteKind.WRONG,
                task_id=row.task_id, unit=unit, quarter=row.quarter, field=fact.label,
                old=fact.old, new=fact.new, old_where=_cell(before, fact.name),
                new_where=_cell(after, fact.name), on=arrivals.day(unit, row.quarter),
            )  # fmt: skip


def _row_pairs(
    old: Assessment, new: Assessment, heirs: Successors
) -> Iterator[tuple[ProgressRow | None, ProgressRow | None]]:
    """Pair rows by what they answer; one whose milestone has another number now, by its words."""
    found = paired(
        old.progress, new.progress, lambda row: (row.unit, row.quarter, row.milestone_id),
        lambda row: (heirs.in_task(row.task_id, row.unit), row.quarter, row.milestone_id),
    )  # fmt: skip
    pairs = list(found)
    gone = Counter(_said(was, heirs) for was, is_now in pairs if was and not is_now)
    come = Counter(_said(is_now, None) for was, is_now in pairs if is_now and not was)
    left = {side: Counter(gone & come) for side in ("gone", "come")}
    for was, is_now in pairs:
        if was is None and is_now is not None and _took(left["come"], _said(is_now, None)):
            continue
        if is_now is None and was is not None and _took(left["gone"], _said(was, heirs)):
            continue
        yield was, is_now


def _took(left: Counter[tuple[object, ...]], said: tuple[object, ...]) -> bool:
    """Take one of what is left, and tell whether there was one."""
    if not left[said]:
        return False
    left[said] -= 1
    return True


def _said(row: ProgressRow, heirs: Successors | None) -> tuple[object, ...]:
    unit = heirs.in_task(row.task_id, row.unit) if heirs else row.unit
    texts = tuple(getattr(row, name) for name in _ROW_FIELDS)
    figures = tuple(actual.value for actual in row.actuals)
    return unit, row.quarter, row.task_id, texts, figures, tuple(row.extra_texts.items())


def _row_differences(
    before: ProgressRow | None, after: ProgressRow | None, measures: Mapping[str, Target]
) -> Iterator[_Fact]:
    if before is None or after is None:
        words = [_row_words(row, measures) if row else "" for row in (before, after)]
        yield _Fact("填报内容", words[0], words[1], "progress")
        return
    for name, label in _ROW_FIELDS.items():
        was, is_now = (in_words(getattr(row, name)) for row in (before, after))
        if was != is_now:
            yield _Fact(label, was, is_now, name)
    yield from _figure_facts(before, after, measures)
    yield from _extra_facts(before, after)


def _extra_facts(before: ProgressRow, after: ProgressRow) -> Iterator[_Fact]:
    """List what stands otherwise in the office's own columns."""
    then, now = _extra_words(before), _extra_words(after)
    for name in dict.fromkeys((*now, *then)):
        was, is_now = then.get(name, ""), now.get(name, "")
        if was != is_now:
            yield _Fact(name, was, is_now, name)


def _extra_words(row: ProgressRow) -> dict[str, str]:
    return {one.name: one.words for one in row.extra}


def _row_words(row: ProgressRow, measures: Mapping[str, Target]) -> str:
    """Say in a line what a row holds."""
    parts = [
        f"{_ROW_FIELDS[name]}：{words}"
        for name in _CONTENT
        if (words := in_words(getattr(row, name)))
    ]
    figures = _figures(row, measures)
    parts += [f"{_label(name, measures)}：{words}" for name, words in figures.items() if words]
    parts += [f"{name}：{words}" for name, words in _extra_words(row).items()]
    return "；".join(part.rstrip("。；") for part in parts) or "（未填内容）"


def _figure_facts(
    before: ProgressRow, after: ProgressRow, measures: Mapping[str, Target]
) -> Iterator[_Fact]:
    figures = [_figures(row, measures) for row in (before, after)]

    def change(target_id: str) -> tuple[str, ...]:
        return tuple(found.get(target_id, "") for found in figures)

    # A figure that answers several targets was corrected once.
    shared = {a.target_id: a.same_as for row in (before, after) for a in row.actuals if a.same_as}
    for target_id in dict.fromkeys([*figures[1], *figures[0]]):
        was, is_now = change(target_id)
        if target_id in shared and change(shared[target_id]) == (was, is_now):
            continue
        if was != is_now:
            yield _Fact(_label(target_id, measures), was, is_now, target_id)


def _figures(row: ProgressRow, measures: Mapping[str, Target]) -> dict[str, str]:
    units = {name: target.unit for name, target in measures.items()}
    return {a.target_id: _figure(a, units.get(a.target_id, "")) for a in row.actuals}


def _figure(actual: Actual, unit: str) -> str:
    """Write a figure; one in doubt is told as such, for it is no value yet."""
    if actual.value is not None:
        return quantity(actual.value, unit)
    return f"{quantity(actual.held, unit)}（待确认）" if actual.held is not None else ""


def _label(target_id: str, measures: Mapping[str, Target]) -> str:
    target = measures.get(target_id)
    return f"实际值（{target.measure if target else target_id}）"


def _cell(row: ProgressRow | None, name: str) -> str:
    """Say where a field stands; empty when the cell was empty."""
    if row is None:
        return ""
    cell = row.cells.get(name) or {one.name: one.cell for one in row.extra}.get(name, "")
    if not cell:
        return ""
    sheet, _, address = cell.rpartition("!")
    return f"{row.file.rsplit('/', 1)[-1]}“{sheet or row.sheet}”表 {address}"


# --- answers --------------------------------------------------------------------------------


def answer_facts(
    old: Assessment, new: Assessment, arrivals: Arrivals, heirs: Successors
) -> Iterator[Change]:
    """List what is said otherwise of promised steps."""
    for before, after in paired(
        old.answers, new.answers, lambda one: (one.unit, one.quarter, one.promise_id),
        lambda one: (heirs.in_task(one.task_id, one.unit), one.quarter, one.promise_id),
    ):  # fmt: skip
        answer = after or before
        assert answer is not None
        unit = after.unit if after else heirs.in_task(answer.task_id, answer.unit)
        if (unit, answer.quarter) in arrivals.came_or_went:
            continue
        for name, label in _ANSWER_FIELDS.items():
            was, is_now = (in_words(getattr(a, name)) if a else "" for a in (before, after))
            if was != is_now:
                yield Change(
                    kind=NoteKind.LATE if not was else NoteKind.WRONG,
                    task_id=answer.task_id, unit=unit, quarter=answer.quarter,
                    field=label, old=was, new=is_now, old_where=_answer_cell(before, name),
                    new_where=_answer_cell(after, name), on=arrivals.day(unit, answer.quarter),
                )  # fmt: skip


def _answer_cell(answer: PromiseAnswer | None, name: str) -> str:
    cell = answer.cells.get(name, "") if answer else ""
    return f"{answer.file.rsplit('/', 1)[-1]}“{answer.sheet}”表 {cell}" if answer and cell else ""


# --- outward --------------------------------------------------------------------------------


def outward(old: Assessment, new: Assessment) -> Iterator[Change]:
    """List what differs of the returns beside their facts: names of files, places of cells.

    No edition corrects anything by it, but reports quote where a figure stands.
    """
    for was, is_now in paired(
        old.return_status, new.return_status, lambda status: (status.unit, status.quarter)
    ):
        if was and is_now and was.file and is_now.file and was.file != is_now.file:
            yield Change(
                unit=is_now.unit, quarter=is_now.quarter, field="报表文件名",
                old=was.file, new=is_now.file,
            )  # fmt: skip
    for before, after in paired(
        old.progress, new.progress, lambda row: (row.unit, row.quarter, row.milestone_id)
    ):
        if before and after and _have_moved(before.cells, after.cells):
            yield Change(
                task_id=after.task_id, unit=after.unit, quarter=after.quarter, field="所在单元格"
            )


def _have_moved(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Tell whether something that was filled stands elsewhere now."""
    return any(after.get(name, place) != place for name, place in before.items())
