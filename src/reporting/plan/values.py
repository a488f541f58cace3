"""The plan: tasks, milestones, targets and units of one year's task table."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field

from reporting.findings import Finding
from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.values import Value

Label = Annotated[str, Field(coerce_numbers_to_str=True)]
"""What a task is called by, once it is written: a number in most tables, but text all the same."""


class SupportingUnit(Value):
    """A supporting unit (协助单位).

    ``scope`` is the sub-project it supports, verbatim, or None for the whole task.
    """

    unit: str
    scope: str | None = None


class Task(Value):
    """One row of the task table (任务).

    Attributes
    ----------
    task_id : str
        ``2023-001``: year and ``number``; what every other value refers to.
    number : int
        1…n by order of rows.
    source_number : int or None
        The number as printed, kept as a reference.
    by_printed : bool
        Whether documents call the tasks by their printed numbers.
    heading_number : int
        1…n by order of distinct headings (总体要求).
    heading : str
        The heading without its printed number; carried down merged rows.
    action, focus, theme : str or None
        The parts of the heading: the 行动, what it aims at, and the field of work.
    goal, schedule : str
        年度目标及工作内容 without its printed number; 季度进度安排 verbatim (may be empty).
    leaders : tuple of str
        责任领导, normalised; empty when none is named.
    lead_units : tuple of str
        牵头单位, canonical names in order.
    coordinating_unit : str or None
        The unit that 协调督促 where the labour is divided.
    host_unit : str or None
        Where the lead unit's office is set up (设在…).
    supporting_units : tuple of SupportingUnit
        协助单位; empty when the cell says ``/``.
    line : int or None
        Line or row of the source where the task starts.
    """

    task_id: str
    number: int
    source_number: int | None
    by_printed: bool = False
    heading_number: int
    heading: str
    action: str | None = None
    focus: str | None = None
    theme: str | None = None
    goal: str
    schedule: str
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]
    coordinating_unit: str | None = None
    host_unit: str | None = None
    supporting_units: tuple[SupportingUnit, ...] = ()
    line: int | None = None

    @property
    def label(self) -> str:
        """The number that documents call the task by.

        Where tasks go by their printed numbers, one without goes by its place, and says so.
        """
        if not self.by_printed:
            return str(self.number)
        return f"序{self.number}" if self.source_number is None else str(self.source_number)

    @property
    def reference(self) -> str:
        """The label, with the place beside it where they differ.

        A printed number alone may be another task's after the table was edited; what is sent out
        and comes back later needs both.
        """
        place = f"序{self.number}"
        return self.label if self.label in (str(self.number), place) else f"{self.label}（{place}）"


class MilestoneKind(StrEnum):
    """``quarter``: the text is bound to quarters; ``year``: it holds the whole year."""

    QUARTER = "quarter"
    YEAR = "year"


class Milestone(Value):
    """What a schedule asks for by a quarter, or all year.

    Attributes
    ----------
    milestone_id : str
        ``2023-005-02``: task and order of appearance.
    workstream : str or None
        工作子项 the milestone belongs to.
    quarters : tuple of int
        The quarters it spans, ascending; due by the last, in progress from the first. All
        four for ``year``.
    text : str
        The words verbatim, without the label.
    start, end : int
        Character span of ``text`` in ``Task.schedule``; spans are disjoint and in order.
    """

    milestone_id: str
    task_id: str
    workstream: str | None = None
    quarters: tuple[int, ...]
    kind: MilestoneKind
    text: str
    start: int
    end: int

    @property
    def due_quarter(self) -> int:
        """The quarter by whose end it is due."""
        return self.quarters[-1]

    def runs_in(self, quarter: int) -> bool:
        """Tell whether it is due or in progress in the quarter."""
        return quarter in self.quarters


class Basis(StrEnum):
    """What a target's value counts.

    ``cumulative``: since 1 January; ``in_quarter``: the quarter alone; ``level``: a state at
    the quarter's end (a rate, a stock).
    """

    CUMULATIVE = "cumulative"
    IN_QUARTER = "in_quarter"
    LEVEL = "level"


CAP = "at-most"
"""The rule of a figure that must not be passed, and of which less is no better."""


class Target(Value):
    """A quantity promised by a goal or a schedule.

    Attributes
    ----------
    target_id : str
        ``2023-005-T03``: task and order of appearance (goal first).
    milestone_id : str or None
        None for the goal's own.
    quarter : int
        Due by the end of this quarter (4 for the goal's own, unless its words name another).
    measure : str
        What is counted, in the table's words.
    value, value_high : Decimal, Decimal or None
        As written, in ``unit``; ``value_high`` is the upper end of a range.
    unit : str
        Unit of measure as written (``家``, ``亿元``, ``%``, ``万人次``…).
    aspirational : bool
        The text says 力争 or 争取.
    start, end : int
        Character span in the goal or the schedule, as ``source`` says.
    source : str
        ``goal`` or ``schedule``.
    annual_target_id : str or None
        The goal's target that this quarterly one leads to.
    counts_from : int or None
        The first quarter of several that an ``in_quarter`` value counts together (三、四季度);
        None where it counts its own quarter, or another basis says.
    direction : Direction
        Whether more or less is better.
    certainty : Certainty
        How surely it was read; an uncertain one is not rated until someone confirms it.
    rule : str
        The names of the rules that read its direction and its basis.
    understood : str
        How it was understood, as one sentence for officials.
    """

    target_id: str
    task_id: str
    milestone_id: str | None
    quarter: int
    measure: str
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: str
    basis: Basis
    aspirational: bool = False
    start: int
    end: int
    source: str
    annual_target_id: str | None = None
    counts_from: int | None = None
    direction: Direction = Direction.HIGHER
    certainty: Certainty = Certainty.STATED
    rule: str = ""
    understood: str = ""

    @property
    def is_better_low(self) -> bool:
        """Whether less is better, as against a mere cap that must not be passed."""
        return self.direction is Direction.LOWER and not self.rule.startswith(CAP)

    @property
    def is_kept_low(self) -> bool:
        """Whether an actual must not pass the value, because less is better or by its words."""
        return self.direction is Direction.LOWER or self.comparator is Comparator.AT_MOST

    def is_met(self, actual: Decimal) -> bool:
        """Tell whether an actual keeps the promise; a range is kept from its worse end on."""
        if self.is_kept_low:
            return actual <= (self.value_high or self.value)
        if self.comparator is Comparator.MORE_THAN:
            return actual > self.value
        return actual >= self.value


class Unit(Value):
    """A unit of the roster.

    ``kind`` is ``bureau``, ``town``, ``park``, ``office``, ``company``, ``collective`` or
    ``other``; ``leads`` and ``supports`` count tasks.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    leads: int = 0
    supports: int = 0


class Subject(StrEnum):
    """What of a plan is corrected or checked."""

    TASK = "task"
    MILESTONE = "milestone"
    TARGET = "target"


class AppliedCorrection(Value):
    """A correction that was applied, for whoever asks why the plan differs from the table.

    Attributes
    ----------
    subject_id : str
        Id of the task, milestone or target.
    words : str
        The table's words that the figure or milestone stands in; empty for a task.
    field : str
        A field of the value, ``drop`` or ``add``; ``label`` is its name in Chinese.
    before, after : str
        In words; empty when there was or is nothing.
    by, on : str, date or None
        Who corrected it, and when.
    source : str
        The file it was written in, relative to the project.
    """

    task_id: str
    subject: Subject
    subject_id: str
    words: str = ""
    field: str
    label: str
    before: str
    after: str
    reason: str
    by: str = ""
    on: date | None = None
    source: str = ""


class Check(Value):
    """A reading that somebody held against the table and found right, or corrected."""

    task_id: str
    subject: Subject
    subject_id: str
    by: str = ""
    on: date | None = None


_Part = TypeVar("_Part", Milestone, Target)


def _grouped(parts: Iterable[_Part]) -> dict[str, tuple[_Part, ...]]:
    """Group parts by their task; a table of thousands of tasks is not searched for each."""
    groups: dict[str, list[_Part]] = {}
    for part in parts:
        groups.setdefault(part.task_id, []).append(part)
    return {task_id: tuple(group) for task_id, group in groups.items()}


class Plan(Value):
    """A task table, read completely.

    ``units`` lists every unit named, lead units first in the table's order. ``checks`` stay
    with the whole plan: no part of it shows them.
    """

    year: int
    title: str
    issued_by: str | None
    issued_on: date | None
    tasks: tuple[Task, ...]
    milestones: tuple[Milestone, ...]
    targets: tuple[Target, ...]
    units: tuple[Unit, ...]
    findings: tuple[Finding, ...] = ()
    corrections: tuple[AppliedCorrection, ...] = ()
    checks: tuple[Check, ...] = ()

    @cached_property
    def _tasks_by_id(self) -> dict[str, Task]:
        return {task.task_id: task for task in self.tasks}

    def task(self, task_id: str) -> Task:
        """Return the task of that id; KeyError when there is none."""
        return self._tasks_by_id[task_id]

    @cached_property
    def _milestones_by_task(self) -> dict[str, tuple[Milestone, ...]]:
        return _grouped(self.milestones)

    @cached_property
    def _targets_by_task(self) -> dict[str, tuple[Target, ...]]:
        return _grouped(self.targets)

    def milestones_of(self, task_id: str) -> tuple[Milestone, ...]:
        """Return a task's milestones in the schedule's order."""
        return self._milestones_by_task.get(task_id, ())

    def targets_of(self, task_id: str) -> tuple[Target, ...]:
        """Return a task's targets, the goal's own first."""
        return self._targets_by_task.get(task_id, ())

    def asks_by_goal(self, task_id: str, quarter: int) -> bool:
        """Tell whether a task is asked about as a whole in a quarter.

        None of its milestones runs then, but there is no schedule at all, or one of its targets
        falls due: a goal for December whose schedule ends in June is still owed in December.
        """
        milestones = self.milestones_of(task_id)
        if any(milestone.runs_in(quarter) for milestone in milestones):
            return False
        return not milestones or any(t.quarter == quarter for t in self.targets_of(task_id))

    @property
    def lead_units(self) -> tuple[str, ...]:
        """Names of the units that lead a task, in the table's order."""
        return tuple(dict.fromkeys(unit for task in self.tasks for unit in task.lead_units))

    @property
    def leaders(self) -> tuple[str, ...]:
        """Names of the leaders responsible for a task, in the table's order."""
        return tuple(dict.fromkeys(name for task in self.tasks for name in task.leaders))

    def restricted(self, task_ids: frozenset[str]) -> "Plan":
        """Keep only those tasks, and what belongs to them."""
        tasks = tuple(t for t in self.tasks if t.task_id in task_ids)
        named = {u for t in tasks for u in t.lead_units}
        named |= {s.unit for t in tasks for s in t.supporting_units}
        return self.model_copy(
            update={
                "tasks": tasks,
                "milestones": tuple(m for m in self.milestones if m.task_id in task_ids),
                "targets": tuple(t for t in self.targets if t.task_id in task_ids),
                "units": tuple(u for u in self.units if u.name in named),
                "findings": tuple(f for f in self.findings if f.task_id in task_ids),
                "corrections": tuple(c for c in self.corrections if c.task_id in task_ids),
                "checks": (),
            }
        )
