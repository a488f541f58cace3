"""The one description of the 核对表, shared by its writer and its reader.

One row a task, a milestone and a target; rows are found by the hidden name that travels with
them, columns by their header. Columns that are filled correct a field, or sign the row.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from reporting.periods import quarter_label
from reporting.plan.values import Milestone, Subject, Target, Task
from reporting.plan.wording import BASIS_WORDS, COMPARATOR_WORDS, DIRECTION_WORDS
from reporting.project.params import Quote
from reporting.system.digests import digest_of
from reporting.values import Value
from reporting.workbooks.columns import ColumnSpec

GUIDE, TASKS, MILESTONES, FIGURES, ADDED, IDENTITY = "说明", "任务", "节点", "指标", "增补", "标识"
SUBJECTS = {TASKS: Subject.TASK, MILESTONES: Subject.MILESTONE, FIGURES: Subject.TARGET}

CHECKED, REASON, BY, ON = "checked", "reason", "by", "on"
SIGNATURE = (CHECKED, REASON, BY, ON)
ROW_ID, MARK = "row_id", "mark"
TO = "to_"
"""What stands before the field that a column corrects."""
TICK = "✓"
NO_TARGET, NO_MILESTONE = "不是指标", "不是节点"
SIGNER_CELL, DAY_CELL = (5, 2), (6, 2)
"""Cells of the guide that sign every row which does not say otherwise."""
ADDED_ROWS = 20
_LONGEST_QUOTE = 200

_QUARTERS = tuple(quarter_label((q,)) for q in (1, 2, 3, 4))
_SPANS = tuple(
    quarter_label(span)
    for size in (1, 2, 3, 4)
    for span in combinations((1, 2, 3, 4), size)
    if span[-1] - span[0] == size - 1
)


def _shown(field: str, label: str, wide: float) -> ColumnSpec:
    return ColumnSpec(field=field, label=label, wide=wide)


def _fill(field: str, label: str, wide: float, choices: Sequence[str] = ()) -> ColumnSpec:
    kind = "choice" if choices else "text"
    return ColumnSpec(
        field=field, label=label, wide=wide, fill=True, kind=kind, choices=tuple(choices)
    )


def _new(field: str, label: str, wide: float, choices: Sequence[str] = ()) -> ColumnSpec:
    return _fill(f"{TO}{field}", f"更正为：{label}", wide, choices)


_NUMBER = ColumnSpec(field="number", label="任务号", wide=6.5, kind="number")
_DOUBT = _shown("doubt", "疑点", 22)
_CHECKED = _fill(CHECKED, "已核对", 7, (TICK,))
_SIGNED = (
    _fill(REASON, "原因", 20),
    _fill(BY, "核对人", 9),
    ColumnSpec(field=ON, label="日期", wide=11, fill=True, kind="date"),
)
_HIDDEN = (
    ColumnSpec(field=ROW_ID, label="行标识", wide=16, kind="id"),
    ColumnSpec(field=MARK, label="校验", wide=16, kind="id"),
)

COLUMNS: dict[str, tuple[ColumnSpec, ...]] = {
    TASKS: (
        _NUMBER, _DOUBT, _shown("place", "原表位置", 9), _shown("heading", "总体要求", 22),
        _shown("goal", "年度目标及工作内容", 36), _shown("schedule", "季度进度安排", 44),
        _shown("leaders", "责任领导", 9), _shown("lead_units", "牵头单位", 18),
        _shown("supporting_units", "协助单位", 20), _CHECKED,
        _new("heading", "总体要求", 18), _new("leaders", "责任领导", 10),
        _new("lead_units", "牵头单位", 16), _new("coordinating_unit", "协调督促单位", 13),
        _new("host_unit", "设立单位", 13), _new("supporting_units", "协助单位", 18),
        *_SIGNED, *_HIDDEN,
    ),
    MILESTONES: (
        _NUMBER, _DOUBT, _shown("workstream", "子项", 14), _shown("quarters", "时段", 11),
        _shown("text", "原文", 60), _CHECKED, _new("quarters", "时段", 13, _SPANS),
        _new("workstream", "子项", 14), _fill("drop", "处理", 10, (NO_MILESTONE,)),
        *_SIGNED, *_HIDDEN,
    ),
    FIGURES: (
        _NUMBER, _DOUBT, _shown("measure", "指标名称", 24), _shown("quote", "计划原文", 36),
        _shown("words", "数字原文", 13), _shown("understood", "读作", 26), _CHECKED,
        _new("measure", "指标名称", 18), _new("quarter", "计划时点", 10, _QUARTERS),
        _new("basis", "口径", 9, tuple(BASIS_WORDS.values())),
        _new("comparator", "比较", 9, tuple(COMPARATOR_WORDS.values())),
        _new("direction", "方向", 10, tuple(DIRECTION_WORDS.values())),
        _new("value", "计划值", 10), _new("value_high", "上限值", 10),
        _new("unit", "计量单位", 10), _fill("drop", "处理", 10, (NO_TARGET,)),
        *_SIGNED, *_HIDDEN,
    ),
    ADDED: (
        _fill("number", "任务号", 8), _fill("source", "原文所在", 13, ("年度目标", "季度进度安排")),
        _fill("words", "数字原文（照抄）", 24), _fill("measure", "指标名称", 26),
        _fill("quarter", "计划时点", 11, _QUARTERS),
        _fill("basis", "口径", 9, tuple(BASIS_WORDS.values())),
        _fill("comparator", "比较", 9, tuple(COMPARATOR_WORDS.values())),
        _fill("direction", "方向", 10, tuple(DIRECTION_WORDS.values())),
        _fill("value", "计划值", 11), _fill("value_high", "上限值", 11),
        _fill("unit", "计量单位", 11), *_SIGNED,
    ),
}  # fmt: skip
"""Columns of each sheet; those of `ADDED` are a new target each row."""


class Key(Value):
    """The name of a row that stays the same: a task, or the table's words of a part of it."""

    task_id: str
    quote: Quote | None = None

    @property
    def text(self) -> str:
        """The name as it stands in the hidden column: only signs that no program changes."""
        quote = self.quote
        parts: list[Any] = [self.task_id]
        if quote:
            parts += [quote.source, quote.occurrence, quote.of, quote.words]
        return json.dumps(parts)


def read_key(text: str) -> Key | None:
    """Read a row's name; None when it is none."""
    try:
        task_id, *rest = json.loads(text)
        if not rest:
            return Key(task_id=task_id)
        source, occurrence, of, words = rest
        quote = Quote(source=source, occurrence=occurrence, of=of, words=words)
        return Key(task_id=task_id, quote=quote)
    except ValueError:
        return None


def task_key(task: Task) -> Key:
    """Name a task's row."""
    return Key(task_id=task.task_id)


def milestone_key(task: Task, milestone: Milestone) -> Key:
    """Name a milestone's row by its first words."""
    end = min(milestone.end, milestone.start + _LONGEST_QUOTE)
    return Key(task_id=task.task_id, quote=_quote("schedule", task.schedule, milestone.start, end))


def target_key(task: Task, target: Target) -> Key:
    """Name a target's row by the words of its figure."""
    text = task.goal if target.source == "goal" else task.schedule
    return Key(task_id=task.task_id, quote=_quote(target.source, text, target.start, target.end))


def _quote(source: str, text: str, start: int, end: int) -> Quote:
    words = text[start:end]
    starts = list(_starts(text, words))
    return Quote.model_validate(
        {"source": source, "words": words, "occurrence": starts.index(start) + 1,
         "of": len(starts)}
    )  # fmt: skip


def _starts(text: str, words: str) -> Iterator[int]:
    """Give every place where words stand in a text, overlapping ones too."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def text_digest(task: Task) -> str:
    """Digest a task's official text."""
    return digest_of([task.goal, task.schedule])[:16]


def reading_digest(value: Task | Milestone | Target) -> str:
    """Digest what was read, whatever its number and place, the rule that read it, and its words.

    A later program may name a rule or write a sentence otherwise: a tick still holds.
    """
    moving = {"task_id", "number", "line", "heading_number", "milestone_id", "target_id",
              "annual_target_id", "source_number", "rule", "certainty", "understood"}  # fmt: skip
    return digest_of(value.model_dump(mode="json", exclude=moving))[:16]
