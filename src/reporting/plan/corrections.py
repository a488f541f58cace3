"""Corrections of ``params``: a field of a task replaced, with the reason kept."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from reporting.errors import UsageError
from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.table.headings import split_heading
from reporting.plan.values import Task
from reporting.project.params import Correction

_DERIVED = frozenset({"task_id", "number", "heading_number", "line"})
_FIELDS = tuple(name for name in Task.model_fields if name not in _DERIVED)


def apply_corrections(
    tasks: Sequence[Task], corrections: Sequence[Correction], name: str
) -> tuple[list[Task], list[Finding]]:
    """Apply corrections in order; each leaves a finding with before, after and reason.

    Raises
    ------
    UsageError
        A task or a field is unknown, or a value does not fit its field.
    """
    by_id = {task.task_id: task for task in tasks}
    findings = []
    for correction in corrections:
        task = by_id.get(correction.task_id)
        if task is None:
            last = tasks[-1].task_id if tasks else "（无）"
            raise UsageError(
                f"参数 corrections 中的任务应在 {last} 以内，"
                f"实为“{correction.task_id}”，没有该任务。"
            )
        if correction.field not in _FIELDS:
            raise UsageError(
                f"参数 corrections 中 {task.task_id} 的字段应为 {'、'.join(_FIELDS)} 之一，"
                f"实为“{correction.field}”。"
            )
        corrected = _corrected(task, correction)
        before, after = (getattr(t, correction.field) for t in (task, corrected))
        findings.append(
            finding(
                "PLAN-CORRECTION",
                file=name,
                line=task.line,
                task_id=task.task_id,
                expected=f"{correction.field} 由“{_words(before)}”更正为“{_words(after)}”，"
                f"理由：{correction.reason}",
                found=_words(before),
            )
        )
        by_id[task.task_id] = corrected
    return list(by_id.values()), findings


def _corrected(task: Task, correction: Correction) -> Task:
    content = task.model_dump() | {correction.field: _value(correction)}
    if correction.field == "heading":
        parts = split_heading(str(correction.value))
        content |= {"action": parts.action, "focus": parts.focus, "theme": parts.theme}
    try:
        return Task.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]["msg"]
        raise UsageError(
            f"参数 corrections 中 {task.task_id} 的 {correction.field} 取值不符合要求：{fault}"
        ) from None


def _value(correction: Correction) -> Any:
    """Bring a value into its field's form: one name may stand for a list of one."""
    value = correction.value
    if correction.field in ("leaders", "lead_units"):
        return [value] if isinstance(value, str) else value
    if correction.field == "supporting_units":
        many = [value] if isinstance(value, str | dict) else value or []
        return [{"unit": one} if isinstance(one, str) else one for one in many]
    return value


def _words(value: Any) -> str:
    if value is None or value in ((), ""):
        return "（空）"
    if isinstance(value, tuple):
        return "、".join(_words(one) for one in value)
    unit = getattr(value, "unit", None)
    if unit is not None:
        return f"{value.scope}：{unit}" if value.scope else str(unit)
    return str(value)
