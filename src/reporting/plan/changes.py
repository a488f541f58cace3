"""The plan as it stood in a quarter: the table, with the changes that held by then."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from reporting.errors import UsageError
from reporting.language.phrases.measures import without_introduction
from reporting.plan.figures.understood import understood
from reporting.plan.values import Milestone, Plan, SupportingUnit, Target, Task, Unit
from reporting.project.changes import ChangeKind, PlanChange, in_force

Changes = Sequence[PlanChange]


class _Place(NamedTuple):
    """A unit's name in a task: what a change of units looks at."""

    task_id: str
    unit: str


def plan_at(plan: Plan, changes: Changes, quarter: int) -> Plan:
    """Return the plan of a quarter.

    ``plan`` is the table as it reads today, edited after a change or not: a change that holds
    is made where the table does not show it yet, one that does not hold yet is taken back where
    the table shows it already. What becomes what becomes something else is followed in order,
    and back in the order turned round.

    Parameters
    ----------
    changes : sequence of PlanChange
        They fit the plan: `reporting.plan.fit.changes.expect_changes_fit`.

    Raises
    ------
    UsageError
        A figure that is changed is not one target of its task.
    """
    steps = dated(plan, changes)
    for step in reversed(steps):
        if not in_force(step.change, plan.year, quarter):
            plan = taken(plan, step, holds=False)
    for step in steps:
        if in_force(step.change, plan.year, quarter):
            plan = taken(plan, step, holds=True)
    return plan


def with_cancelled(plan: Plan, then: Plan, changes: Changes, quarter: int) -> Plan:
    """Put back the tasks that are cancelled only after a quarter, and left the table already.

    ``then`` is the plan as the quarter's edition published it; without one nothing tells what
    they were.
    """
    here = {task.task_id for task in plan.tasks}
    later = [c.task for c in changes if c.kind is ChangeKind.CANCEL and not
             in_force(c, plan.year, quarter)]  # fmt: skip
    back = then.restricted(frozenset(later) - here)
    if not back.tasks:
        return plan
    known = {unit.name for unit in plan.units}
    return plan.model_copy(
        update={
            "tasks": _in_order(plan.tasks, back.tasks, then.tasks),
            "milestones": (*plan.milestones, *back.milestones),
            "targets": (*plan.targets, *back.targets),
            "units": (*plan.units, *(unit for unit in back.units if unit.name not in known)),
            "findings": (*plan.findings, *back.findings),
            "corrections": (*plan.corrections, *back.corrections),
        }
    )


def _in_order(
    tasks: Sequence[Task], back: Sequence[Task], then: Sequence[Task]
) -> tuple[Task, ...]:
    """Put tasks back behind the one that they stood behind."""
    order = {task.task_id: at for at, task in enumerate(then)}
    placed = list(tasks)
    for task in back:
        before = [at for at, other in enumerate(placed, 1)
                  if order.get(other.task_id, len(order)) < order[task.task_id]]  # fmt: skip
        placed.insert(max(before, default=0), task)
    return tuple(placed)


class Step(NamedTuple):
    """A change, and the target of the plan that it speaks of, empty for any but a target's."""

    change: PlanChange
    target_id: str = ""


def dated(plan: Plan, changes: Changes) -> list[Step]:
    """Put changes in the order in which they come to hold, and find the targets they change."""
    known = {task.task_id for task in plan.tasks}
    return [
        Step(change, _the_target(plan, change, changes).target_id)
        if change.kind is ChangeKind.TARGET
        else Step(change)
        for change in by_quarter(changes, plan.year)
        # A task that was cancelled later may have left the table.
        if change.kind is not ChangeKind.TARGET or change.task in known
    ]


def by_quarter(changes: Changes, year: int) -> list[PlanChange]:
    """Put changes in the order in which they come to hold."""
    return sorted(changes, key=lambda change: change.quarter_in(year))


def taken(plan: Plan, step: Step, *, holds: bool) -> Plan:
    """Make a change, or take it back."""
    if step.target_id:
        return _with_target(plan, step, holds)
    return _MAKERS[step.change.kind](plan, step.change, holds)


# --- who ------------------------------------------------------------------------------------


def unit_at(unit: str, task_id: str, changes: Changes, year: int, then: int, now: int) -> str:
    """Return who answers for a task in one quarter that a unit answered for in an earlier one."""
    for change in sorted(changes, key=lambda one: one.quarter_in(year)):
        if then < change.quarter_in(year) <= now:
            unit = _forward(change, _Place(task_id, unit))
    return unit


def _forward(change: PlanChange, place: _Place) -> str:
    """Return the name of a unit in a task after a change."""
    task_id, unit = place
    if change.kind is ChangeKind.RENAME and unit == change.unit:
        return change.to
    if change.kind is ChangeKind.MERGE and unit in change.units:
        return change.to
    if change.kind is ChangeKind.MOVE and place == (change.task, change.unit):
        return change.to
    if change.kind is ChangeKind.PART and unit == change.unit:
        return next((new for new, tasks in change.parts.items() if task_id in tasks), unit)
    return unit


def _back(change: PlanChange, place: _Place) -> str:
    """Return the name of a unit in a task before a change, as far as that can be told."""
    task_id, unit = place
    if change.kind is ChangeKind.RENAME and unit == change.to:
        return change.unit
    if change.kind is ChangeKind.MOVE and place == (change.task, change.to):
        return change.unit
    if change.kind is ChangeKind.PART and task_id in change.parts.get(unit, ()):
        return change.unit
    return unit


def _with_units(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    """Give units the names, and tasks the units, of before or after a change."""
    step = _forward if holds else _back

    def named(task: Task, unit: str) -> str:
        if change.kind is ChangeKind.MOVE and not holds and change.unit in task.lead_units:
            # The table is as it was before, and the other unit leads the task beside it.
            return unit
        return step(change, _Place(task.task_id, unit))

    if not any(named(t, u) != u for t in plan.tasks for u in _units_of(t)):
        return (
            plan
            if not holds
            else plan.model_copy(update={"units": _roster(plan, plan.tasks, change, holds)})
        )
    tasks = tuple(_renamed(task, named, leads_only=change.kind is ChangeKind.MOVE)
                  for task in plan.tasks)  # fmt: skip
    return plan.model_copy(update={"tasks": tasks, "units": _roster(plan, tasks, change, holds)})


def _units_of(task: Task) -> tuple[str, ...]:
    supports = (support.unit for support in task.supporting_units)
    beside = (unit for unit in (task.coordinating_unit, task.host_unit) if unit)
    return (*task.lead_units, *supports, *beside)


def _renamed(task: Task, named: Callable[[Task, str], str], *, leads_only: bool) -> Task:
    leads = tuple(dict.fromkeys(named(task, unit) for unit in task.lead_units))
    if leads_only:
        return task.model_copy(update={"lead_units": leads})
    supports = dict.fromkeys(
        SupportingUnit(unit=named(task, one.unit), scope=one.scope) for one in task.supporting_units
    )
    return task.model_copy(
        update={
            "lead_units": leads,
            "supporting_units": tuple(supports),
            "coordinating_unit": task.coordinating_unit and named(task, task.coordinating_unit),
            "host_unit": task.host_unit and named(task, task.host_unit),
        }
    )


def _roster(plan: Plan, tasks: Sequence[Task], change: PlanChange, holds: bool) -> tuple[Unit, ...]:
    """List the units that the tasks name now; a renamed one is known by its other name too."""
    known = {unit.name: unit for unit in plan.units}
    named = dict.fromkeys(
        [*(u for t in tasks for u in t.lead_units),
         *(s.unit for t in tasks for s in t.supporting_units)]
    )  # fmt: skip
    other = {change.to: change.unit, change.unit: change.to}
    roster = []
    for name in [*(n for n in known if n in named), *(n for n in named if n not in known)]:
        unit = known.get(name) or _successor(known, change, name)
        if change.kind is ChangeKind.RENAME and holds and name in other:
            aliases = dict.fromkeys([*unit.aliases, other[name]])
            unit = unit.model_copy(update={"aliases": tuple(a for a in aliases if a != name)})
        if change.kind is ChangeKind.MERGE and holds and name == change.to:
            unit = unit.model_copy(
                update={"aliases": tuple(dict.fromkeys([*unit.aliases, *change.units]))}
            )
        leads = sum(name in task.lead_units for task in tasks)
        supports = sum(any(s.unit == name for s in task.supporting_units) for task in tasks)
        roster.append(unit.model_copy(update={"name": name, "leads": leads, "supports": supports}))
    return tuple(roster)


def _successor(known: dict[str, Unit], change: PlanChange, name: str) -> Unit:
    for old in (change.unit, change.to, *change.units):
        if old in known:
            return Unit(name=name, kind=known[old].kind)
    return Unit(name=name, kind="other")


def _with_leader(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    old, new = (change.leader, change.to) if holds else (change.to, change.leader)
    chosen = set(change.tasks)

    def led(task: Task) -> Task:
        if old not in task.leaders or (chosen and task.task_id not in chosen):
            return task
        names = dict.fromkeys(new if name == old else name for name in task.leaders)
        return task.model_copy(update={"leaders": tuple(names)})

    if not holds and not chosen:
        # All of the successor's tasks need not have been the predecessor's.
        return plan if change.leader in plan.leaders else _replaced(plan, led)
    return _replaced(plan, led)


def _replaced(plan: Plan, made: Callable[[Task], Task]) -> Plan:
    return plan.model_copy(update={"tasks": tuple(made(task) for task in plan.tasks)})


# --- what -----------------------------------------------------------------------------------


def _without(plan: Plan, task_id: str) -> Plan:
    ids = frozenset(task.task_id for task in plan.tasks)
    return plan.restricted(ids - {task_id}) if task_id in ids else plan


def _added(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    return plan if holds else _without(plan, change.task)


def _cancelled(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    return _without(plan, change.task) if holds else plan


def _the_target(plan: Plan, change: PlanChange, changes: Changes) -> Target:
    """Find the target of a task that a change names by id or by words of the measure.

    A goal's figure and the last step that leads to it are one where they are equal. The table
    may show the figure of before, of after, or of another change of the same figure.
    """
    values = _figures(change, changes)
    own = plan.targets_of(change.task)
    found = [target for target in own if target.target_id == change.target]
    if not found:
        # It may have been written with the verb that led to the figure: 招商引资完成.
        words = (change.target, without_introduction(change.target))
        found = [t for t in own if any(w in t.measure for w in words) and t.value in values]
        found = found[:1] if len({(t.unit, t.quarter, t.value) for t in found}) == 1 else found
    if len(found) != 1:
        state = "没有" if not found else f"有{len(found)}个"
        raise UsageError(f"任务{change.task}的指标“{change.target}”应有且只有一个，实际{state}")
    if found[0].value not in values:
        raise UsageError(
            f"任务{change.task}的指标应为调整前后的数值之一，任务表实为{found[0].value}"
        )
    return found[0]


def _figures(change: PlanChange, changes: Changes) -> set[Decimal | None]:
    """Give the figures of a change, and of those that its own came from or became."""
    alike = [
        (other.was, other.value)
        for other in changes
        if (other.kind, other.task, other.target) == (change.kind, change.task, change.target)
    ]
    values = {change.was, change.value}
    while more := {v for pair in alike if values & {*pair} for v in pair} - values:
        values |= more
    return values


def _with_target(plan: Plan, step: Step, holds: bool) -> Plan:
    change = step.change
    (chosen,) = (t for t in plan.targets_of(change.task) if t.target_id == step.target_id)
    alike = {
        target.target_id
        for target in plan.targets_of(change.task)
        if (target.unit, target.quarter, target.value, target.basis)
        == (chosen.unit, chosen.quarter, chosen.value, chosen.basis)
    }
    value = change.value if holds else change.was
    targets = tuple(
        _adjusted(target, change, value=value) if target.target_id in alike else target
        for target in plan.targets
    )
    return plan.model_copy(update={"targets": targets})


def _adjusted(target: Target, change: PlanChange, **fields: object) -> Target:
    """Change a target by a decision, and with it what is printed of how it is judged.

    The quoted words stay the table's; where the decision holds it is named beside them.
    """
    other = target.model_copy(update=fields)
    said = understood(other)
    has_moved = (
        other.value == change.value
        if change.kind is ChangeKind.TARGET
        else other.quarter == change.quarter
    )
    if has_moved:
        said += f"（依据{change.decision}，{change.content}）"
    return other.model_copy(update={"understood": said})


def _postponed(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    """Put off what is due by one quarter to another.

    It is not taken back for the quarters before: in a table that was edited already nothing
    tells what was put off from what was due then all along.
    """
    if not holds:
        return plan
    assert change.was is not None
    assert change.quarter is not None
    moved = {
        m.milestone_id
        for m in plan.milestones_of(change.task)
        if m.due_quarter == change.was and change.milestone in ("", m.milestone_id)
    }
    milestones = tuple(
        _until(m, change.quarter) if m.milestone_id in moved else m for m in plan.milestones
    )
    targets = tuple(
        _adjusted(t, change, quarter=change.quarter)
        if t.milestone_id in moved and t.quarter == change.was
        else t
        for t in plan.targets
    )
    return plan.model_copy(update={"milestones": milestones, "targets": targets})


def _until(milestone: Milestone, quarter: int) -> Milestone:
    """Let a milestone run to another quarter than the one it was due by."""
    first = min(milestone.quarters[0], quarter)
    return milestone.model_copy(update={"quarters": tuple(range(first, quarter + 1))})


def _as_it_is(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    """Leave the plan alone: the table says it, the change only when and why."""
    return plan


_MAKERS: dict[ChangeKind, Callable[[Plan, PlanChange, bool], Plan]] = {
    ChangeKind.RENAME: _with_units,
    ChangeKind.MERGE: _with_units,
    ChangeKind.PART: _with_units,
    ChangeKind.MOVE: _with_units,
    ChangeKind.LEADER: _with_leader,
    ChangeKind.ADD: _added,
    ChangeKind.CANCEL: _cancelled,
    ChangeKind.PART_TASK: _as_it_is,
    ChangeKind.POSTPONE: _postponed,
    ChangeKind.SCHEDULE: _as_it_is,
}
