"""Corrections of targets: any part of their reading, that they are none, or that one is missing."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.language.numerals import figure
from reporting.periods import quarter_label
from reporting.plan.corrections.entries import ADD, DROP, Entered, applied, by_field, find_words
from reporting.plan.figures.understood import understood
from reporting.plan.values import CAP, AppliedCorrection, Basis, Milestone, Subject, Target, Task
from reporting.plan.wording import (
    BASIS_WORDS,
    COMPARATOR_WORDS,
    DIRECTION_WORDS,
    TARGET_FIELDS,
    words_of,
)

_QUARTERS = {quarter_label((quarter,)): quarter for quarter in (1, 2, 3, 4)}
_MUST = ("measure", "quarter", "basis", "comparator", "direction", "value", "unit")
_FLOORS = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_MOST = Decimal("1e15")
Word = TypeVar("Word", bound=StrEnum)


def correct_targets(
    task: Task,
    milestones: Sequence[Milestone],
    targets: Sequence[Target],
    entries: Iterable[Entered],
) -> tuple[list[Target], list[AppliedCorrection]]:
    """Apply corrections of a task's targets; the ids of the others stay.

    A target that is added gets the next number, and its place in the text.

    Raises
    ------
    UsageError
        A quote holds no figure or several, a value is impossible, or two corrections clash.
    """
    by_id: dict[str, list[Entered]] = {}
    added: list[Entered] = []
    for item in entries:
        if item.correction.field == ADD:
            added.append(item)
        else:
            by_id.setdefault(_quoted(task, targets, item).target_id, []).append(item)
    found: list[Target] = []
    made: list[AppliedCorrection] = []
    dropped: set[str] = set()
    for target in targets:
        changes = by_field(by_id.get(target.target_id, ()), f"{target.target_id} ")
        corrected = _changed(target, changes)
        made += _told(task, target, corrected, changes)
        if DROP in changes:
            dropped.add(target.target_id)
        else:
            found.append(corrected)
    new = _added(task, milestones, targets, dropped, added)
    made += [_told_new(task, item, target) for item, target in new]
    return _in_order(found, [target for _, target in new], dropped), made


def _in_order(found: Sequence[Target], new: Sequence[Target], dropped: set[str]) -> list[Target]:
    linked = [
        item.model_copy(update={"annual_target_id": None})
        if item.annual_target_id in dropped
        else item
        for item in found
    ]
    if not new:
        return linked
    return sorted([*linked, *new], key=lambda t: (t.source != "goal", t.start, t.end))


def _quoted(task: Task, targets: Sequence[Target], item: Entered) -> Target:
    quote = item.correction.target
    assert quote is not None
    text = task.goal if quote.source == "goal" else task.schedule
    start, end = find_words(text, quote, item)
    held = [t for t in targets if t.source == quote.source and t.start < end and t.end > start]
    if not held:
        raise item.refusal(
            f"{task.task_id} 的“{quote.words}”没有读作指标，无可更正；要增补请用 add。"
        )
    if len(held) > 1:
        raise item.refusal(
            f"“{quote.words}”应只含一个指标的数字，实际含{len(held)}个，请少引几个字。"
        )
    return held[0]


def _changed(target: Target, changes: Mapping[str, Entered]) -> Target:
    update: dict[str, Any] = {}
    for name, item in changes.items():
        value = item.correction.value
        if name == DROP:
            if value not in (None, True):
                raise item.refusal(f"drop 的取值应为 true，实为“{value}”。")
        else:
            update[name] = read_field(name, value, item)
    if not update:
        return target
    item = list(changes.values())[-1]
    if update.get("comparator", Comparator.RANGE) is not Comparator.RANGE:
        update.setdefault("value_high", None)
    if update.get("basis", Basis.IN_QUARTER) is not Basis.IN_QUARTER or "quarter" in update:
        update["counts_from"] = None
    is_cap = _is_cap(target, update)
    if is_cap:
        update["direction"] = Direction.LOWER
    corrected = _coherent(target.model_copy(update=update), item)
    return confirmed(corrected, f"{CAP}, {CORRECTED}" if is_cap else CORRECTED)


CORRECTED = "corrected"
"""The rule of a target that a person corrected, or added."""


def _is_cap(target: Target, update: Mapping[str, Any]) -> bool:
    """Tell whether a corrected target is a mere limit, of which nothing is better.

    One that was stays one, and 不超过 alone makes one, unless the direction is given with it.
    """
    if "direction" in update:
        return False
    if "comparator" in update:
        return update["comparator"] is Comparator.AT_MOST and not target.is_better_low
    return target.direction is Direction.LOWER and not target.is_better_low


def confirmed(target: Target, rule: str = "") -> Target:
    """Take a target for read as it stands: somebody held it against the table."""
    update: dict[str, Any] = {"certainty": Certainty.STATED, "rule": rule or target.rule}
    settled = target.model_copy(update=update)
    return settled.model_copy(update={"understood": understood(settled)})


def read_field(name: str, value: Any, item: Entered) -> Any:
    """Read the value of a target's field: the value itself or its word in Chinese.

    Raises
    ------
    UsageError
        There is no such field, or it cannot have the value.
    """
    if name == "quarter":
        return _quarter(value, item)
    if name == "basis":
        return _word(name, value, BASIS_WORDS, item)
    if name == "comparator":
        return _word(name, value, COMPARATOR_WORDS, item)
    if name == "direction":
        return _word(name, value, DIRECTION_WORDS, item)
    if name == "value":
        return _number(name, value, item)
    if name == "value_high":
        return None if value is None else _number(name, value, item)
    if name in ("unit", "measure"):
        if not isinstance(value, str) or not value.strip():
            raise item.refusal(f"{TARGET_FIELDS[name]}应为文字，实为“{said_of(value)}”。")
        return value.strip()
    expected = "、".join((*TARGET_FIELDS, DROP, ADD))
    raise item.refusal(f"指标的字段应为 {expected} 之一，实为“{name}”。")


def said_of(value: Any) -> str:
    """Quote a value that does not fit."""
    return "（空）" if value in (None, "") else str(value)


def _quarter(value: Any, item: Entered) -> int:
    number = _QUARTERS.get(value, value) if isinstance(value, str) else value
    if isinstance(number, str) and number in ("1", "2", "3", "4"):
        number = int(number)
    if isinstance(number, bool) or number not in (1, 2, 3, 4):
        raise item.refusal(f"计划时点应为 {'、'.join(_QUARTERS)} 之一，实为“{said_of(value)}”。")
    return int(number)


def _word(name: str, value: Any, words: Mapping[Word, str], item: Entered) -> Word:
    for kind, word in words.items():
        if isinstance(value, str) and value.strip() in (kind.value, word):
            return kind
    expected = "、".join(words.values())
    raise item.refusal(f"{TARGET_FIELDS[name]}应为 {expected} 之一，实为“{said_of(value)}”。")


def _number(name: str, value: Any, item: Entered) -> Decimal:
    try:
        number = None if isinstance(value, bool) else Decimal(str(value).strip())
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > _MOST:
        raise item.refusal(
            f"{TARGET_FIELDS[name]}应只填数字，计量单位另填，实为“{said_of(value)}”。"
        )
    return number


def _coherent(target: Target, item: Entered) -> Target:
    """Refuse a reading that no target can have."""
    ranged = target.comparator is Comparator.RANGE
    if ranged and target.value_high is None:
        raise item.refusal("比较为“区间”的指标应有上限值，实际没有。")
    if not ranged and target.value_high is not None:
        raise item.refusal("有上限值的指标，比较应为“区间”。")
    if target.comparator in _FLOORS and target.direction is Direction.LOWER:
        words = COMPARATOR_WORDS[target.comparator]
        raise item.refusal(f"越低越好的指标，比较不应为“{words}”，请一并更正比较或方向。")
    if target.value_high is not None and target.value_high <= target.value:
        raise item.refusal(
            f"上限值应大于计划值{figure(target.value)}，实为{figure(target.value_high)}。"
        )
    return target


def _added(
    task: Task,
    milestones: Sequence[Milestone],
    targets: Sequence[Target],
    dropped: set[str],
    entries: Sequence[Entered],
) -> list[tuple[Entered, Target]]:
    last = max((int(t.target_id.rpartition("-T")[2]) for t in targets), default=0)
    kept = [t for t in targets if t.target_id not in dropped]
    found: list[tuple[Entered, Target]] = []
    for number, item in enumerate(entries, last + 1):
        others = [*kept, *(target for _, target in found)]
        found.append((item, _new(task, milestones, others, item, number)))
    return found


def _new(
    task: Task, milestones: Sequence[Milestone], others: Sequence[Target], item: Entered,
    number: int,
) -> Target:  # fmt: skip
    quote = item.correction.target
    assert quote is not None
    text = task.goal if quote.source == "goal" else task.schedule
    start, end = find_words(text, quote, item)
    for other in others:
        if other.source == quote.source and other.start < end and other.end > start:
            raise item.refusal(f"“{quote.words}”已读作指标 {other.target_id}，不能重复增补。")
    fields = _fields(item)
    milestone = next((m for m in milestones if m.start <= start and end <= m.end), None)
    if quote.source == "schedule" and milestone is None:
        raise item.refusal(f"“{quote.words}”应在一个节点的文字内，实际不在。")
    target = Target(
        target_id=f"{task.task_id}-T{number:02d}", task_id=task.task_id,
        milestone_id=milestone.milestone_id if milestone and quote.source == "schedule" else None,
        start=start, end=end, source=quote.source, **fields,
    )  # fmt: skip
    return confirmed(_coherent(target, item), CORRECTED)


def _fields(item: Entered) -> dict[str, Any]:
    """Read the fields of a new target; nothing of it is guessed."""
    given = item.correction.value
    if not isinstance(given, dict):
        raise item.refusal(f"add 的取值应为 {'、'.join(_MUST)} 各字段，实为“{said_of(given)}”。")
    missing = [TARGET_FIELDS[name] for name in _MUST if given.get(name) in (None, "")]
    if missing:
        raise item.refusal(f"增补的指标应写明{'、'.join(missing)}，实际没有。")
    return {name: read_field(name, value, item) for name, value in given.items()}


def _told(
    task: Task, before: Target, after: Target, changes: Mapping[str, Entered]
) -> list[AppliedCorrection]:
    words = words_of(task, before)
    return [
        applied(
            item, Subject.TARGET, before.target_id, TARGET_FIELDS.get(name, "指标"),
            described(before) if name == DROP else field_words(before, name),
            "" if name == DROP else field_words(after, name),
            words=words,
        )
        for name, item in changes.items()
    ]  # fmt: skip


def _told_new(task: Task, item: Entered, target: Target) -> AppliedCorrection:
    words = words_of(task, target)
    after = described(target)
    return applied(item, Subject.TARGET, target.target_id, "指标", "", after, words=words)


def described(target: Target) -> str:
    """Name a target in a few words."""
    high = "" if target.value_high is None else f"～{figure(target.value_high)}"
    parts = (field_words(target, name) for name in ("measure", "quarter", "basis", "comparator"))
    return f"{' '.join(parts)}{figure(target.value)}{high}{target.unit}"


def field_words(target: Target, name: str) -> str:
    """Write a field of a target as officials read it."""
    value = getattr(target, name)
    if value is None:
        return ""
    if name == "quarter":
        return quarter_label((value,))
    if name == "basis":
        return BASIS_WORDS[Basis(value)]
    if name == "comparator":
        return COMPARATOR_WORDS[Comparator(value)]
    if name == "direction":
        return DIRECTION_WORDS[Direction(value)]
    return figure(value) if isinstance(value, Decimal) else str(value)
