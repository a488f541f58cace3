"""The plan as it stood in a quarter: the table, with the changes that held by then."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reporting.errors import UsageError
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
    the table shows it already.

    Raises
    ------
    UsageError
        A change names a task, a unit, a leader or a figure that there is none of, or two
        changes contradict each other.
    """
    check_changes(plan, changes)
    for change in changes:
        plan = _MAKERS[change.kind](plan, change, in_force(change, plan.year, quarter))
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


def check_changes(plan: Plan, changes: Changes) -> None:
    """Expect every change to name what there is, and none to contradict another."""
    for number, change in enumerate(changes, 1):
        if said := _unknown(plan, change):
            raise UsageError(f"参数 changes 第{number}项（{change.kind.label}）：{said}。")
    for number, change in enumerate(changes, 1):
        for other, earlier in enumerate(changes[: number - 1], 1):
            if _contradict(earlier, change, plan.year):
                raise UsageError(
                    f"参数 changes 第{other}项和第{number}项对同一对象在同一季度有不同的"
                    f"{change.kind.label}：“{earlier.content}”和“{change.content}”，应只留一项。"
                )


def _unknown(plan: Plan, change: PlanChange) -> str:
    """Say what a change names that there is none of; empty when all is there."""
    ids = {task.task_id for task in plan.tasks}
    gone = [] if change.kind is ChangeKind.CANCEL else [t for t in change.task_ids if t not in ids]
    if gone:
        return f"应为任务表中的任务，没有“{gone[0]}”"
    units = {unit.name for unit in plan.units} | {a for unit in plan.units for a in unit.aliases}
    named = [*([change.unit] if change.unit else []), *change.units]
    after = [change.to, *change.parts]
    if named and change.kind is not ChangeKind.LEADER:
        missing = [unit for unit in named if unit not in units]
        # Once the table is edited the old name is nowhere in it, but the new one is.
        if missing and not any(unit in units for unit in after):
            return f"应为任务表中的单位，没有“{missing[0]}”"
    if change.kind is ChangeKind.LEADER and not {change.leader, change.to} & set(plan.leaders):
        return f"应为任务表中的责任领导，没有“{change.leader}”"
    if change.kind is ChangeKind.TARGET:
        found = _targets(plan, change)
        if len(found) != 1:
            state = "没有" if not found else f"有{len(found)}个"
            return f"任务{change.task}的指标“{change.target}”应有且只有一个，实际{state}"
        if found[0].value not in (change.was, change.value):
            return f"任务{change.task}的指标应为调整前后的数值之一，任务表实为{found[0].value}"
    return ""


def _contradict(one: PlanChange, other: PlanChange, year: int) -> bool:
    if one.kind is not other.kind or one.quarter_in(year) != other.quarter_in(year):
        return False
    return _subject(one) == _subject(other) and one.content != other.content


def _subject(change: PlanChange) -> tuple[object, ...]:
    """Name what a change is about: of a measure or a task, the figure or deadline that it moves."""
    moved = (change.target, change.was, change.milestone)
    return (change.task, change.tasks, change.unit, change.units, change.leader, *moved)


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


def _targets(plan: Plan, change: PlanChange) -> list[Target]:
    """Find the targets of a task that a change names by id or by words of the measure.

    A goal's figure and the last step that leads to it are one where they are equal.
    """
    own = plan.targets_of(change.task)
    by_id = [target for target in own if target.target_id == change.target]
    if by_id:
        return by_id
    named = [t for t in own if change.target in t.measure and t.value in (change.was, change.value)]
    return named[:1] if len({(t.unit, t.quarter, t.value) for t in named}) == 1 else named


def _with_target(plan: Plan, change: PlanChange, holds: bool) -> Plan:
    (chosen,) = _targets(plan, change)
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
    ChangeKind.TARGET: _with_target,
    ChangeKind.SCHEDULE: _as_it_is,
}


def touched_units(plan: Plan, changes: Iterable[PlanChange]) -> tuple[str, ...]:
    """Name the lead units whose sheets a change makes out of date, in the plan's order."""
    units: set[str] = set()
    for change in changes:
        tasks = [task for task in plan.tasks if task.task_id in change.task_ids]
        if change.kind is not ChangeKind.LEADER:
            units.update(unit for task in tasks for unit in task.lead_units)
            units.update(change.parties)
    return tuple(unit for unit in plan.lead_units if unit in units)
