"""Corrections of milestones: their quarters, kind and workstream, or that they are none."""

from collections.abc import Iterable, Sequence
from typing import Any

from reporting.periods import quarter_label
from reporting.plan.corrections.entries import DROP, Entered, applied, by_field, find_words
from reporting.plan.values import AppliedCorrection, Milestone, MilestoneKind, Subject, Task
from reporting.plan.wording import KIND_WORDS, MILESTONE_FIELDS

_ALL_YEAR = (1, 2, 3, 4)
_QUARTER_SIGNS = dict(zip("一二三四1234", _ALL_YEAR * 2, strict=True))
_AROUND = frozenset("第季度、，,;； ")


def correct_milestones(
    task: Task, milestones: Sequence[Milestone], entries: Iterable[Entered]
) -> tuple[list[Milestone], list[AppliedCorrection]]:
    """Apply corrections of a task's milestones; ids and spans of the others stay.

    Raises
    ------
    UsageError
        A quote holds no milestone or several, a value is impossible, or two corrections clash.
    """
    by_id: dict[str, list[Entered]] = {}
    for item in entries:
        by_id.setdefault(_quoted(task, milestones, item).milestone_id, []).append(item)
    found: list[Milestone] = []
    made: list[AppliedCorrection] = []
    for milestone in milestones:
        changes = by_field(by_id.get(milestone.milestone_id, ()), f"{milestone.milestone_id} ")
        corrected = milestone
        for name, item in changes.items():
            corrected = _corrected(corrected, item)
            before, after = (_words(one, name) for one in (milestone, corrected))
            label = MILESTONE_FIELDS.get(name, "节点")
            words = "" if name == DROP else milestone.text.strip()
            made.append(
                applied(
                    item, Subject.MILESTONE, milestone.milestone_id, label, before,
                    "" if name == DROP else after, words=words,
                )
            )  # fmt: skip
        if DROP not in changes:
            found.append(corrected)
    return found, made


def _quoted(task: Task, milestones: Sequence[Milestone], item: Entered) -> Milestone:
    quote = item.correction.milestone
    assert quote is not None
    if quote.source != "schedule":
        raise item.refusal("节点在季度进度安排中，source 应为 schedule。")
    start, end = find_words(task.schedule, quote, item)
    held = [m for m in milestones if m.start < end and m.end > start]
    if len(held) != 1:
        raise item.refusal(f"“{quote.words}”应在一个节点内，实际涉及{len(held)}个节点。")
    return held[0]


def _corrected(milestone: Milestone, item: Entered) -> Milestone:
    name, value = item.correction.field, item.correction.value
    if name == DROP:
        if value not in (None, True):
            raise item.refusal(f"drop 的取值应为 true，实为“{value}”。")
        return milestone
    if name == "quarters":
        quarters = _quarters(value, item)
        whole = quarters == _ALL_YEAR
        kind = milestone.kind if whole else MilestoneKind.QUARTER
        return milestone.model_copy(update={"quarters": quarters, "kind": kind})
    if name == "kind":
        kind = _kind(value, item)
        quarters = _ALL_YEAR if kind is MilestoneKind.YEAR else milestone.quarters
        return milestone.model_copy(update={"quarters": quarters, "kind": kind})
    if name == "workstream":
        if value is not None and not isinstance(value, str):
            raise item.refusal(f"workstream 应为文字，实为“{value}”。")
        return milestone.model_copy(update={"workstream": value or None})
    expected = "、".join((*MILESTONE_FIELDS, DROP))
    raise item.refusal(f"节点的字段应为 {expected} 之一，实为“{name}”。")


def _quarters(value: Any, item: Entered) -> tuple[int, ...]:
    if value == "全年":
        return _ALL_YEAR
    listed = value if isinstance(value, list | tuple) else list(_digits(value, item))
    if (
        not listed
        or any(isinstance(one, bool) or one not in _ALL_YEAR for one in listed)
        or sorted(set(listed)) != list(listed)
    ):
        raise item.refusal(
            f"quarters 应为一至四季度由先到后的若干个，如“第三、四季度”，实为“{value}”。"
        )
    return tuple(listed)


def _digits(value: Any, item: Entered) -> Iterable[int]:
    for sign in str(value):
        if sign in _QUARTER_SIGNS:
            yield _QUARTER_SIGNS[sign]
        elif sign not in _AROUND:
            raise item.refusal(f"quarters 应为季度，如“第三、四季度”，实为“{value}”。")


def _kind(value: Any, item: Entered) -> MilestoneKind:
    for kind, word in KIND_WORDS.items():
        if value in (kind.value, word):
            return kind
    raise item.refusal(f"kind 应为 {'、'.join(KIND_WORDS.values())} 之一，实为“{value}”。")


def _words(milestone: Milestone, name: str) -> str:
    if name == "quarters":
        return quarter_label(milestone.quarters)
    if name == "kind":
        return KIND_WORDS[milestone.kind]
    if name == "workstream":
        return milestone.workstream or ""
    return milestone.text.strip()
