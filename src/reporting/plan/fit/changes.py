"""Whether the changes of a year fit the plan, and each other: all of them, or none is made."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.changes import Changes, Step, by_quarter, dated, taken
from reporting.plan.values import Milestone, Plan, Task
from reporting.project.changes import ChangeKind, PlanChange

_TASKS = frozenset({ChangeKind.ADD, ChangeKind.CANCEL})
"""Changes by which a task comes and goes."""


def expect_changes_fit(plan: Plan, changes: Changes, known: Collection[str] | None = None) -> None:
    """Expect every change to name what there is when it holds, and none to contradict another.

    Parameters
    ----------
    plan : Plan
        The table as it reads today, edited after a change or not.
    known : collection of str, optional
        Ids of the register: a cancelled task may have left the table, but was there once.

    Raises
    ------
    UsageError
        One sentence that names the entry, or the two that contradict each other, and the line.
    """
    for said in unfit(plan, changes, known):
        raise UsageError(said)
    for earlier, later in combinations(by_quarter(changes, plan.year), 2):
        if said := _contradiction(plan, earlier, later):
            raise _contradicting(plan, changes, earlier, later, said)
    _expect_effects(plan, changes, _left(plan, changes, known))


def unfit(plan: Plan, changes: Changes, known: Collection[str] | None = None) -> Iterator[str]:
    """Say of each change what it names that there is none of, a sentence each."""
    left = _left(plan, changes, known)
    for change in changes:
        if said := _unknown(plan, change, changes, left):
            yield f"{_place(plan, changes, change)}：{said}。"


def _left(plan: Plan, changes: Changes, known: Collection[str] | None) -> set[str]:
    """Give the tasks that were cancelled and have left the table; what was changed before stays."""
    cancelled = {change.task for change in changes if change.kind is ChangeKind.CANCEL}
    there = cancelled if known is None else cancelled & {*known}
    return there - {task.task_id for task in plan.tasks}


# --- what a change names ----------------------------------------------------------------------


def _unknown(plan: Plan, change: PlanChange, changes: Changes, left: Collection[str]) -> str:
    """Say what a change names that there is none of, now or before; empty when all is there."""
    ids = {task.task_id for task in plan.tasks} | {*left}
    gone = [task_id for task_id in change.task_ids if task_id not in ids]
    if gone:
        return f"应为任务表中的任务，没有“{gone[0]}”"
    if {*change.task_ids} & {*left}:
        # What the table does not show any more cannot be held against it.
        return ""
    if change.kind is ChangeKind.LEADER:
        there = {change.leader, change.to} & {*_leaders(plan, change), *_leaders_of(changes)}
        return "" if there else f"应为任务表中的责任领导，没有“{change.leader}”"
    if said := _unknown_unit(plan, change, changes):
        return said
    if change.milestone and change.milestone not in _ids(plan.milestones_of(change.task)):
        return f"应为任务{change.task}的节点，没有“{change.milestone}”"
    if change.kind is ChangeKind.TARGET:
        try:
            dated(plan, [one for one in changes if _is_of_figure(one, change)])
        except UsageError as error:
            return str(error)
    return ""


def _unknown_unit(plan: Plan, change: PlanChange, changes: Changes) -> str:
    roster = {unit.name for unit in plan.units}
    there = roster | {alias for unit in plan.units for alias in unit.aliases}
    others = [one for one in changes if one is not change]
    came = {name for one in others for name in (one.to, *one.parts)}
    left = {name for one in others for name in _units_before(one)}
    before = _units_before(change)
    missing = [unit for unit in before if unit not in there | came]
    # Once the table is edited the old names are nowhere in it, but a new one is.
    is_edited = any(name in there | left for name in (change.to, *change.parts) if name)
    if missing and not (is_edited and {*before} <= {*missing, change.to}):
        return f"应为任务表中的单位，没有“{missing[0]}”"
    if change.kind is ChangeKind.RENAME and {change.unit, change.to} <= roster:
        return (
            f"“{change.unit}”和“{change.to}”在任务表中是两个单位，不是更名；合并的应写 merge，"
            "任务表只改了一半的请改完"
        )
    return ""


def _units_before(change: PlanChange) -> tuple[str, ...]:
    return (*([change.unit] if change.unit else []), *change.units)


def _leaders(plan: Plan, change: PlanChange) -> set[str]:
    tasks = [t for t in plan.tasks if not change.tasks or t.task_id in change.tasks]
    return {leader for task in tasks for leader in task.leaders}


def _leaders_of(changes: Changes) -> set[str]:
    return {change.to for change in changes if change.kind is ChangeKind.LEADER} & {
        change.leader for change in changes
    }


def _ids(milestones: Sequence[Milestone]) -> set[str]:
    return {milestone.milestone_id for milestone in milestones}


def _is_of_figure(one: PlanChange, other: PlanChange) -> bool:
    return (one.kind, one.task, one.target) == (other.kind, other.task, other.target)


# --- what two changes say of one thing --------------------------------------------------------


def _contradiction(plan: Plan, earlier: PlanChange, later: PlanChange) -> str:
    """Say how two changes contradict each other by their words; empty when they do not."""
    quarters = earlier.quarter_in(plan.year), later.quarter_in(plan.year)
    since = Period(year=plan.year, quarter=min(quarters[0], 4)).short_label
    same = earlier.kind is later.kind and quarters[0] == quarters[1]
    if same and _subject(earlier) == _subject(later) and earlier.content != later.content:
        return (
            f"对同一对象在同一季度有不同的{later.kind.label}："
            f"“{earlier.content}”和“{later.content}”，应只留一项"
        )
    for task_id in later.task_ids:
        if earlier.kind is ChangeKind.CANCEL and task_id == earlier.task:
            return f"互相矛盾：任务{task_id}自{since}起已取消，不能再有{later.kind.label}"
    if (
        later.kind is ChangeKind.ADD
        and later.task in earlier.task_ids
        and quarters[0] < quarters[1]
    ):
        return f"互相矛盾：任务{later.task}后来才新增，不能先有{earlier.kind.label}"
    replaced = earlier.kind is later.kind is ChangeKind.LEADER and earlier.leader == later.leader
    shared = not (earlier.tasks and later.tasks) or {*earlier.tasks} & {*later.tasks}
    if replaced and shared and quarters[0] < quarters[1]:
        return f"互相矛盾：自{since}起已由{earlier.to}接替{earlier.leader}"
    return ""


def _subject(change: PlanChange) -> tuple[object, ...]:
    """Name what a change is about: of a measure or a task, the figure or deadline that it moves."""
    moved = (change.target, change.was, change.milestone)
    return (change.task, change.tasks, change.unit, change.units, change.leader, *moved)


def _contradicting(
    plan: Plan, changes: Changes, one: PlanChange, other: PlanChange, said: str
) -> UsageError:
    numbers = sorted(_number(changes, each) for each in (one, other))
    first, second = (f"第{number}项{_line(changes[number - 1])}" for number in numbers)
    return UsageError(f"params/{plan.year}.yml 的 changes {first}和{second}{said}。")


# --- what there is when a change comes to hold -------------------------------------------------


def _expect_effects(plan: Plan, changes: Changes, left: Collection[str]) -> None:
    """Expect each change to find what it changes, once those before it were made."""
    steps = [
        step for step in dated(plan, changes)
        if step.change.kind not in _TASKS and not {*step.change.task_ids} & {*left}
    ]  # fmt: skip
    for at, step in enumerate(steps):
        if said := _misses(_before(plan, steps, at), step):
            culprit = _culprit(plan, steps, at)
            if culprit is None:
                raise UsageError(f"{_place(plan, changes, step.change)}：{said}。")
            raise _contradicting(plan, changes, culprit, step.change, f"互相矛盾：{said}")


def _before(plan: Plan, steps: Sequence[Step], at: int) -> Plan:
    """Give the plan on which a step is made: all taken back, then those before it made."""
    for step in reversed(steps):
        plan = taken(plan, step, holds=False)
    for step in steps[:at]:
        plan = taken(plan, step, holds=True)
    return plan


def _culprit(plan: Plan, steps: Sequence[Step], at: int) -> PlanChange | None:
    """Find the earlier change without which a step would find what it changes."""
    for other in range(at):
        rest = [step for n, step in enumerate(steps) if n != other]
        if not _misses(_before(plan, rest, at - 1), steps[at]):
            return steps[other].change
    return None


def _misses(plan: Plan, step: Step) -> str:
    """Say what a change does not find in the plan on which it is made."""
    change = step.change
    since = Period(year=plan.year, quarter=min(change.quarter_in(plan.year), 4)).short_label
    if change.kind is ChangeKind.MOVE:
        leads = plan.task(change.task).lead_units
        if change.unit not in leads:
            return (
                f"到{since}时任务{change.task}的牵头单位是{'、'.join(leads) or '空'}，"
                f"不是“{change.unit}”"
            )
    if change.kind in (ChangeKind.RENAME, ChangeKind.MERGE, ChangeKind.PART):
        return _misses_unit(plan, change, since)
    if change.kind is ChangeKind.TARGET:
        (value,) = (t.value for t in plan.targets_of(change.task) if t.target_id == step.target_id)
        if value != change.was:
            return f"到{since}时任务{change.task}的“{change.target}”是{value}，不是{change.was}"
    if change.kind is ChangeKind.POSTPONE and not _may_be_due(plan, change):
        assert change.was is not None
        due = Period(year=plan.year, quarter=int(change.was)).short_label
        return f"任务{change.task}没有{due}到期、可以延期的节点"
    return ""


def _misses_unit(plan: Plan, change: PlanChange, since: str) -> str:
    named = {unit for task in plan.tasks for unit in _units_of(task)}
    gone = {*change.units} - {change.to}
    if change.kind is ChangeKind.MERGE and change.to in named and not named & gone:
        # An edited table does not tell which unit a task was of before.
        return ""
    for unit in _units_before(change):
        if unit not in named and unit != change.to:
            return f"到{since}时已没有单位“{unit}”"
    for task_id in change.task_ids:
        if change.unit not in _units_of(plan.task(task_id)):
            return f"到{since}时任务{task_id}没有列“{change.unit}”，不能由它划出"
    return ""


def _units_of(task: Task) -> Iterator[str]:
    yield from task.lead_units
    yield from (support.unit for support in task.supporting_units)
    yield from (unit for unit in (task.coordinating_unit, task.host_unit) if unit)


def _may_be_due(plan: Plan, change: PlanChange) -> bool:
    """Tell whether something is due to be put off, or was put off already by the table's words."""
    assert change.was is not None
    assert change.quarter is not None
    due = {
        milestone.due_quarter
        for milestone in plan.milestones_of(change.task)
        if change.milestone in ("", milestone.milestone_id)
    }
    return change.was in due or max(due, default=0) >= change.quarter


# --- where it stands --------------------------------------------------------------------------


def _place(plan: Plan, changes: Changes, change: PlanChange) -> str:
    number = _number(changes, change)
    where = f"第{change.line}行的 " if change.line else "的 "
    return f"params/{plan.year}.yml {where}changes 第{number}项（{change.kind.label}）"


def _number(changes: Changes, change: PlanChange) -> int:
    return next(number for number, one in enumerate(changes, 1) if one is change)


def _line(change: PlanChange) -> str:
    return f"（第{change.line}行）" if change.line else ""
