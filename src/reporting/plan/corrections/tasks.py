"""Corrections of tasks: any field that the table fills."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from reporting.plan.corrections.entries import Entered, applied, by_field
from reporting.plan.table.headings import split_heading
from reporting.plan.values import AppliedCorrection, Subject, Task
from reporting.plan.wording import TASK_FIELDS


def correct_tasks(
    tasks: Sequence[Task], entries: Iterable[Entered], aliases: Mapping[str, str]
) -> tuple[list[Task], list[AppliedCorrection]]:
    """Apply corrections of tasks' own fields.

    Raises
    ------
    UsageError
        A field is unknown, a value does not fit its field, or two corrections clash.
    """
    by_task: dict[str, list[Entered]] = {}
    for item in entries:
        by_task.setdefault(item.correction.task_id, []).append(item)
    found, made = [], []
    for task in tasks:
        for item in by_field(by_task.get(task.task_id, ()), f"{task.task_id} 的该字段").values():
            corrected = _corrected(task, item, aliases)
            name = item.correction.field
            before, after = getattr(task, name), getattr(corrected, name)
            label = TASK_FIELDS[name]
            made.append(applied(item, Subject.TASK, task.task_id, label, before, after))
            task = corrected
        found.append(task)
    return found, made


def expect_task(item: Entered, tasks: Mapping[str, Task]) -> Task:
    """Return the task that a correction names.

    Raises
    ------
    UsageError
        There is no such task.
    """
    task = tasks.get(item.correction.task_id)
    if task is None:
        last = list(tasks)[-1] if tasks else "（无）"
        raise item.refusal(f"任务应在 {last} 以内，实为“{item.correction.task_id}”，没有该任务。")
    return task


def _corrected(task: Task, item: Entered, aliases: Mapping[str, str]) -> Task:
    name = item.correction.field
    if name not in TASK_FIELDS:
        expected = "、".join(TASK_FIELDS)
        raise item.refusal(f"{task.task_id} 的字段应为 {expected} 之一，实为“{name}”。")
    value = _value(name, item.correction.value, aliases)
    content = task.model_dump() | {name: value}
    if name == "heading":
        parts = split_heading(str(value))
        content |= {"action": parts.action, "focus": parts.focus, "theme": parts.theme}
    try:
        return Task.model_validate(content)
    except ValidationError:
        found = item.correction.value
        raise item.refusal(f"{task.task_id} 的 {name} 取值不符合要求，实为“{found}”。") from None


def _value(name: str, value: Any, aliases: Mapping[str, str]) -> Any:
    """Bring a value into its field's form: one name may stand for a list of one."""
    if name == "leaders":
        return [value] if isinstance(value, str) else value
    if name == "lead_units":
        many = [value] if isinstance(value, str) else value
        return [_canonical(one, aliases) for one in many] if isinstance(many, list) else many
    if name in ("coordinating_unit", "host_unit"):
        return _canonical(value, aliases)
    if name == "supporting_units":
        many = [value] if isinstance(value, str | dict) else value or []
        return [_supporting(one, aliases) for one in many] if isinstance(many, list) else many
    return value


def _supporting(one: Any, aliases: Mapping[str, str]) -> Any:
    if isinstance(one, dict) and "unit" in one:
        return {**one, "unit": _canonical(one["unit"], aliases)}
    return {"unit": _canonical(one, aliases)} if isinstance(one, str) else one


def _canonical(name: Any, aliases: Mapping[str, str]) -> Any:
    return aliases.get(name, name) if isinstance(name, str) else name
