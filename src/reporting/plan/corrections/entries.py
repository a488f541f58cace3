"""Corrections as they were entered: where, what they say, and that no two say the same thing."""

from collections.abc import Iterable, Mapping
from typing import Any

from reporting.errors import UsageError
from reporting.findings import Finding
from reporting.periods import full_date
from reporting.plan.codes import finding
from reporting.plan.values import AppliedCorrection, Subject, Task
from reporting.project.params import Correction, Quote
from reporting.values import Value

DROP, ADD = "drop", "add"
_EDITS = {DROP: "删去", ADD: "增补"}


class Entered(Value):
    """A correction with the place it was written in: ``where`` in the reader's words."""

    correction: Correction
    where: str
    file: str

    def refusal(self, fault: str) -> UsageError:
        """Say where the correction stands, and why it fits nothing."""
        return UsageError(f"{self.where}：{fault}")


def entered(corrections: Iterable[Correction], year: int) -> list[Entered]:
    """Give the corrections of the parameters their places."""
    file = f"params/{year}.yml"
    return [
        Entered(correction=item, where=f"{file} corrections 第{number}条", file=file)
        for number, item in enumerate(corrections, 1)
    ]


def by_field(entries: Iterable[Entered], what: str) -> dict[str, Entered]:
    """Give one correction a field of one thing; two of the same, or of what is dropped, clash.

    Raises
    ------
    UsageError
        Two corrections clash; both places are named.
    """
    found: dict[str, Entered] = {}
    for item in entries:
        name = item.correction.field
        other = found.get(name) or (DROP in found and found[DROP])
        if not other and name == DROP and found:
            other = next(iter(found.values()))
        if other:
            raise item.refusal(f"{what}已由“{other.where}”更正，两处更正冲突，只能保留一处。")
        found[name] = item
    return found


def find_words(text: str, quote: Quote, item: Entered) -> tuple[int, int]:
    """Find quoted words in a goal or a schedule.

    Raises
    ------
    UsageError
        They do not stand there, or not as often as the correction says.
    """
    starts = [at for at in range(len(text)) if text.startswith(quote.words, at)]
    name = "年度目标" if quote.source == "goal" else "季度进度安排"
    place = f"{item.correction.task_id} 的{name}"
    if not starts:
        raise item.refusal(f"{place}中没有“{quote.words}”，原文可能已改，请按现在的原文重写。")
    if len(starts) != quote.of:
        raise item.refusal(
            f"{place}中“{quote.words}”应有{quote.of}处，实有{len(starts)}处，"
            "请多引几个字，或写明 occurrence（第几处）和 of（共几处）。"
        )
    if quote.occurrence > quote.of:
        raise item.refusal(f"occurrence（第{quote.occurrence}处）应不大于 of（共{quote.of}处）。")
    start = starts[quote.occurrence - 1]
    return start, start + len(quote.words)


def applied(
    item: Entered, subject: Subject, subject_id: str, label: str, before: Any, after: Any,
    *, words: str = "",
) -> AppliedCorrection:  # fmt: skip
    """Record what a correction did."""
    correction = item.correction
    return AppliedCorrection(
        task_id=correction.task_id, subject=subject, subject_id=subject_id, words=words,
        field=correction.field, label=label, before=said(before), after=said(after),
        reason=correction.reason, by=correction.by, on=correction.on, source=item.file,
    )  # fmt: skip


def told(correction: AppliedCorrection, tasks: Mapping[str, Task], name: str) -> Finding:
    """Make the finding of a correction: before, after, reason, who and when."""
    before, after = correction.before or "（空）", correction.after or "（空）"
    place = f"“{correction.words}”" if correction.words else ""
    if correction.field in _EDITS:
        what = f"{place}{_EDITS[correction.field]}{correction.label}“{_edited(correction)}”"
    elif before == after:
        what = f"{place}{_of(place)}{correction.label}经核对确为“{after}”"
    else:
        what = f"{place}{_of(place)}{correction.label}由“{before}”更正为“{after}”"
    day = full_date(correction.on) if correction.on else ""
    signed = "，".join(filter(None, (correction.by, day)))
    return finding(
        "PLAN-CORRECTION",
        file=name,
        line=tasks[correction.task_id].line,
        task_id=correction.task_id,
        expected=f"{what}，理由：{correction.reason}{f'（{signed}）' if signed else ''}",
        found=before,
    )


def _of(place: str) -> str:
    return "的" if place else ""


def _edited(correction: AppliedCorrection) -> str:
    return correction.before if correction.field == DROP else correction.after


def said(value: Any) -> str:
    """Write a value of a field in words; nothing is empty."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "、".join(said(one) for one in value)
    unit = getattr(value, "unit", None)
    if unit is not None:
        return f"{value.scope}：{unit}" if value.scope else str(unit)
    return str(value)
