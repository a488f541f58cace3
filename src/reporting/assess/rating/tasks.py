"""Rating of one task: by each lead unit's return, and over all of them."""

from collections.abc import Collection, Mapping, Sequence

from reporting.assess.rating import rule
from reporting.assess.rating.milestones import rate_milestone, silent
from reporting.assess.rating.rounds import Round
from reporting.assess.rating.targets import rate_target
from reporting.assess.values import Level, Rating
from reporting.grades import Grade, Kind
from reporting.periods import Period
from reporting.plan.values import Milestone, MilestoneKind, Target, Task
from reporting.returns.layout import may_be_made_good

_LAST = 4

Earlier = Mapping[tuple[str, str | None], Rating]
"""Last quarter's ratings by subject and unit."""


def rate_task(task: Task, this: Round, earlier: Earlier) -> tuple[Rating, ...]:
    """Rate a task's targets, milestones and itself, unit by unit and combined."""
    found: list[Rating] = []
    for unit in task.lead_units:
        found += _rate_for_unit(task, unit, this, earlier)
    own = [r for r in found if r.level is Level.TASK]
    if own:
        found.append(_combined(own))
    return tuple(_with_previous(rating, earlier) for rating in found)


def _rate_for_unit(task: Task, unit: str, this: Round, earlier: Earlier) -> list[Rating]:
    late = _overdue(task, unit, this)
    running = [*_running(task, this), *late]
    if not running:
        return [_carried(task, unit, this, earlier)]
    due = [
        t for t in this.plan.targets_of(task.task_id)
        if t.quarter == this.quarter or any(_is_owed_still(t, m, this) for m in late)
    ]  # fmt: skip
    targets = _rate_targets(due, unit, this)
    by_id = {t.target_id: t for t in due}
    rated = [
        rate_milestone(m, unit, [r for r in targets if _belongs(by_id[r.subject_id], m)], this)
        for m in running
    ]
    loose = [r for r in targets if not any(_belongs(by_id[r.subject_id], m) for m in running)]
    early = frozenset(by_id[r.subject_id].annual_target_id for r in targets if _is_early(r, by_id))
    whole = _task_rating(task, unit, [*rated, *loose], this, early)
    # The one row of a task that is asked about as a whole is no milestone.
    return [*targets, *(r for r in rated if r.subject_id != task.task_id), whole]


def _running(task: Task, this: Round) -> list[Milestone]:
    if this.plan.asks_by_goal(task.task_id, this.quarter):
        return [_whole(task)]
    return [m for m in this.plan.milestones_of(task.task_id) if m.runs_in(this.quarter)]


def _whole(task: Task) -> Milestone:
    """Take a task that is asked about as a whole for one milestone."""
    return Milestone(
        milestone_id=task.task_id, task_id=task.task_id, quarters=(1, 2, 3, 4),
        kind=MilestoneKind.YEAR, text=task.goal, start=0, end=0,
    )  # fmt: skip


def _overdue(task: Task, unit: str, this: Round) -> list[Milestone]:
    """Give what was due earlier and was asked about once more, as it was not settled."""
    asked = this.overdue(unit)
    parts = [m for m in this.plan.milestones_of(task.task_id) if m.milestone_id in asked]
    whole = task.task_id in asked and not this.plan.asks_by_goal(task.task_id, this.quarter)
    return [m for m in parts if not m.runs_in(this.quarter)] + ([_whole(task)] if whole else [])


def _is_owed_still(target: Target, late: Milestone, this: Round) -> bool:
    """Tell whether a figure of an earlier quarter is part of what is asked about once more."""
    return _belongs(target, late) and target.quarter < this.quarter and may_be_made_good(target)


def _belongs(target: Target, milestone: Milestone) -> bool:
    """Tell whether a target is judged with the milestone's words."""
    return (target.milestone_id or target.task_id) == milestone.milestone_id


def _rate_targets(due: Sequence[Target], unit: str, this: Round) -> list[Rating]:
    if unit in this.silent_units:
        return []
    said = (t for t in due if not _said_elsewhere(t, due, unit, this))
    return [rate_target(target, unit, this) for target in said]


def _said_elsewhere(target: Target, due: Sequence[Target], unit: str, this: Round) -> bool:
    """Tell whether a goal's target needs no judging, as its last step carries the figure.

    That is so where the goal's own was left empty, or says the same to the same effect: one
    figure typed twice is one matter.
    """
    if target.milestone_id is not None:
        return False
    steps = [
        step
        for step in due
        if step.annual_target_id == target.target_id
        and (step.unit, step.basis) == (target.unit, target.basis)
    ]
    found = this.actual(unit, target.target_id)
    if steps and found is not None and found[0].held is not None:
        return False
    if not steps or found is None or found[0].value is None:
        return bool(steps)
    return any(_says_the_same(rate_target(target, unit, this), step, unit, this) for step in steps)


def _says_the_same(own: Rating, step: Target, unit: str, this: Round) -> bool:
    other = rate_target(step, unit, this)
    same = (other.actual, other.plan, other.gap, other.grade)
    return own.actual is not None and (own.actual, own.plan, own.gap, own.grade) == same


def _is_early(rating: Rating, targets: Mapping[str, Target]) -> bool:
    """Tell whether a figure has reached the year's value before the year's end."""
    return rating.rule == rule.REACHED and targets[rating.subject_id].quarter < _LAST


def _task_rating(
    task: Task, unit: str, parts: Sequence[Rating], this: Round, early: Collection[str | None]
) -> Rating:
    if unit in this.silent_units:
        return silent(Level.TASK, task.task_id, task.task_id, unit, this)
    worst = rule.worst(parts)
    grade, code, reason = worst.grade, worst.rule, worst.reason
    if grade.kind is Kind.DONE and (rest := _rest(task, this, early)):
        grade, code = this.scale[Kind.ON_SCHEDULE], rule.REMAINDER
        reason = f"本季度事项已完成，{rest}。"
    elif len(parts) > 1 and grade.kind is not Kind.DONE:
        reason = _among(parts, worst, _stream(worst, this))
    return worst.model_copy(
        update={
            "level": Level.TASK, "subject_id": task.task_id, "grade": grade, "rule": code,
            "reason": reason, "self_rating": _own_word(parts),
        }
    )  # fmt: skip


def _among(parts: Sequence[Rating], worst: Rating, stream: str) -> str:
    """Say how many of a task's parts were rated like the worst, and why that one was.

    ``stream`` is the sub-project of the one that decided, which is named first.
    """
    named = "事项和指标" if any(r.level is Level.TARGET for r in parts) else "事项"
    alike = [r for r in parts if r.grade == worst.grade]
    share = "均" if len(alike) == len(parts) else f"中有{len(alike)}个"
    # Where their own words differ, the task's need not be the one that the reason quotes.
    words = {r.self_rating for r in alike}
    one = "其中一个" if len(words) > 1 and worst.reason.startswith("自评") else ""
    decided = stream and len(alike) < len(parts) and stream not in worst.reason
    first = f"{stream}：" if decided else one
    return f"{len(parts)}个{named}{share}核定为“{worst.grade}”。{first}{worst.reason}"


def _stream(rating: Rating, this: Round) -> str:
    """Name the sub-project that a milestone's rating speaks of; empty for none."""
    milestones = this.plan.milestones_of(rating.task_id)
    return next((m.workstream or "" for m in milestones if m.milestone_id == rating.subject_id), "")


def _own_word(parts: Sequence[Rating]) -> Grade | None:
    """Give the worst of the unit's own words, as the office gives the worst of its own."""
    words = [r.self_rating for r in parts if r.self_rating is not None]
    return min(words, key=rule.weight, default=None)


def _rest(task: Task, this: Round, early: Collection[str | None]) -> str:
    """Say what is left of a task after the quarter; empty for nothing.

    ``early`` are the year's targets that are reached already: they leave nothing to do.
    """
    if any(m.due_quarter > this.quarter for m in this.plan.milestones_of(task.task_id)):
        return "后续季度仍有安排"
    later = (t for t in this.plan.targets_of(task.task_id) if t.quarter > this.quarter)
    return "以后到期的指标尚未提前达到" if any(t.target_id not in early for t in later) else ""


def _carried(task: Task, unit: str, this: Round, earlier: Earlier) -> Rating:
    asked = [q for q in range(1, this.quarter) if _asked_in(task, q, this)]
    last = earlier.get((task.task_id, unit))
    if not asked or last is None:
        return _not_yet_due(task, unit, this)
    since = Period(year=this.plan.year, quarter=asked[-1]).short_label
    return last.model_copy(
        update={
            "quarter": this.quarter,
            "rule": rule.CARRIED,
            "reason": f"本季度没有到期或者在办事项，沿用{since}的核定结果。",
            # What was said and where it stands is of that quarter's return, not of this one's.
            "self_rating": None,
            "evidence": tuple(e.model_copy(update={"quarter": asked[-1]}) for e in last.evidence),
        }
    )


def _asked_in(task: Task, quarter: int, this: Round) -> bool:
    running = any(m.runs_in(quarter) for m in this.plan.milestones_of(task.task_id))
    return running or this.plan.asks_by_goal(task.task_id, quarter)


def _not_yet_due(task: Task, unit: str, this: Round) -> Rating:
    later = [q for q in range(this.quarter + 1, 5) if _asked_in(task, q, this)]
    start = (
        f"，按计划自{Period(year=this.plan.year, quarter=later[0]).short_label}起推进"
        if later
        else ""
    )
    return Rating(
        level=Level.TASK, subject_id=task.task_id, task_id=task.task_id, unit=unit,
        quarter=this.quarter, grade=this.scale[Kind.ON_SCHEDULE], rule=rule.CARRIED,
        reason=f"本季度没有到期或者在办事项{start}。",
    )  # fmt: skip


def _combined(own: Sequence[Rating]) -> Rating:
    """Take the worst over the lead units, and say whose it is when there are several."""
    worst = rule.worst(own)
    if len(own) == 1:
        return worst.model_copy(update={"unit": None})
    reason = f"{_by_units(own)}{_of_unit(worst)}"
    return worst.model_copy(update={"unit": None, "reason": reason})


def _by_units(own: Sequence[Rating]) -> str:
    if len({rating.grade for rating in own}) == 1:
        return f"{len(own)}个牵头单位均核定为“{own[0].grade}”。"
    each = "，".join(f"{rating.unit}为“{rating.grade}”" for rating in own)
    return f"{len(own)}个牵头单位分别核定，{each}，取最差的一个。"


def _of_unit(rating: Rating) -> str:
    """Say whose the reason is, where it does not name the unit itself."""
    named = rating.reason.startswith(rating.unit or "")
    return rating.reason if named else f"{rating.unit}：{rating.reason}"


def _with_previous(rating: Rating, earlier: Earlier) -> Rating:
    last = earlier.get((rating.subject_id, rating.unit))
    return rating.model_copy(update={"previous": last.grade if last else None})
