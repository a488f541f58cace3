"""What an office withholds from the public beyond what nobody outside is told."""

from collections.abc import Sequence
from enum import StrEnum

from reporting.errors import UsageError
from reporting.plan.values import Plan, Task
from reporting.values import Value


class Field(StrEnum):
    """A field that the public is told unless the office withholds it."""

    PROGRESS = "progress"
    ACTUALS = "actuals"
    LEADERS = "leaders"
    SUPPORTING_UNITS = "supporting_units"
    SCHEDULE = "schedule"


class Withheld(Value):
    """Fields, tasks and units that no public report may name."""

    fields: frozenset[Field] = frozenset()
    task_ids: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


def withheld_from(plan: Plan, entries: Sequence[int | str]) -> Withheld:
    """Read what a list withholds: names of fields, numbers or ids of tasks, names of units.

    A task that a withheld unit leads is withheld as a whole, whoever leads it besides: its
    rating rests on that unit's return too.

    Raises
    ------
    UsageError
        An entry names nothing of the plan; withholding nothing in its place would publish it.
    """
    fields = {field for field in Field if field in entries}
    tasks = {t.task_id: _names(t) for t in plan.tasks if _names(t) & {*entries}}
    units = {name for name in _unit_names(plan) if name in entries}
    known = {*fields, *units}.union(*tasks.values())
    if unknown := [str(entry) for entry in entries if entry not in known]:
        raise UsageError(
            f"public.withhold 中的“{'、'.join(unknown)}”不是任务、单位或字段："
            f"应为任务号或编号、单位全称，或 {'、'.join(Field)} 之一。"
        )
    led = {t.task_id for t in plan.tasks if units & {*t.lead_units}}
    return Withheld(
        fields=frozenset(fields), task_ids=frozenset({*tasks, *led}), units=frozenset(units)
    )


def _names(task: Task) -> set[int | str]:
    """Give what an entry may call a task: the number that documents call it by, or its id."""
    number = {int(task.label)} if task.label.isdecimal() else set()
    return {*number, task.label, task.task_id}


def _unit_names(plan: Plan) -> set[str]:
    return {unit.name for unit in plan.units} | {
        name for task in plan.tasks for name in _named_by(task)
    }


def _named_by(task: Task) -> tuple[str, ...]:
    others = (task.coordinating_unit, task.host_unit)
    supporting = tuple(one.unit for one in task.supporting_units)
    return (*task.lead_units, *supporting, *(name for name in others if name))
