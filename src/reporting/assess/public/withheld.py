"""What an office withholds from the public beyond what nobody outside is told."""

from collections.abc import Iterable, Iterator, Sequence
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
    """Fields, tasks and units that no public report may name, and words that stand in none.

    ``words`` are those that the office lists, and the names of what it withholds by name.
    """

    fields: frozenset[Field] = frozenset()
    task_ids: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def hides(self, field: Field) -> bool:
        """Tell whether a field is withheld of every task."""
        return field in self.fields

    def is_named_in(self, *texts: str | None) -> bool:
        """Tell whether any of the texts holds a word that is withheld."""
        return any(word in text for text in texts if text for word in self.words)


def withheld_from(plan: Plan, entries: Sequence[int | str], words: Sequence[str] = ()) -> Withheld:
    """Read what the office withholds.

    A task that a withheld unit leads is withheld as a whole, whoever leads it besides: its
    rating rests on that unit's return too. So is a task of which the table's own text holds a
    withheld word, or a withheld name.

    Parameters
    ----------
    entries : sequence of int or str
        Names of fields, numbers or ids of tasks, names of units.
    words : sequence of str
        What stands in no public text.

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
    names = {*words, *_spellings(plan, units), *(_leaders(plan) if Field.LEADERS in fields else ())}
    named = Withheld(fields=fields, units=units, words=names)
    return named.model_copy(update={"task_ids": frozenset({*tasks, *_touched(plan, named)})})


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


def _spellings(plan: Plan, units: set[str]) -> Iterator[str]:
    """Give the names of units and what else they are called."""
    yield from units
    yield from (alias for unit in plan.units if unit.name in units for alias in unit.aliases)


def _leaders(plan: Plan) -> Iterable[str]:
    return {name for task in plan.tasks for name in task.leaders}


def _touched(plan: Plan, named: Withheld) -> Iterator[str]:
    """Give the tasks that cannot be told of without what is withheld."""
    for task in plan.tasks:
        if named.units & {*task.lead_units} or named.is_named_in(*_texts(plan, task, named)):
            yield task.task_id


def _texts(plan: Plan, task: Task, named: Withheld) -> Iterator[str | None]:
    """Give the words of the table that a public report shows of a task."""
    yield from (task.heading, task.action, task.focus, task.theme, task.goal, *task.lead_units)
    yield from (t.measure for t in plan.targets_of(task.task_id) if t.source == "goal")
    if not named.hides(Field.SCHEDULE):
        yield task.schedule
        yield from (t.measure for t in plan.targets_of(task.task_id))
        for one in plan.milestones_of(task.task_id):
            yield from (one.workstream, one.text)
