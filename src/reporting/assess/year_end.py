"""What became of the year: its targets, reached or not, and the tasks that stay open."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reporting.assess.followup.overdue import overdue
from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Level, Rating
from reporting.grades import GOOD, OPEN, Grade, Kind
from reporting.language.visible import in_quotes
from reporting.periods import quarter_label
from reporting.plan.figures.gaps import gap
from reporting.plan.figures.series import Key, series_keys
from reporting.plan.values import Basis, Milestone, Plan, Target, Task
from reporting.values import Value

_LAST = 4
_UNREAD = "没有填报"


class AnnualResult(Value):
    """What became of a target of the year by one unit's returns.

    Attributes
    ----------
    actual : Decimal or None
        The last figure that could be judged, in the target's unit; None without one.
    gap : Decimal or None
        百分点 short of the target, 0 when reached; None without a figure.
    is_met : bool or None
        None where it is not known.
    reason : str
        Why it is not known, or what the office decided; empty where a figure says it.
    """

    target: Target
    unit: str
    actual: Decimal | None = None
    gap: Decimal | None = None
    is_met: bool | None = None
    reason: str = ""


class OpenTask(Value):
    """A task that the year leaves open, and why; ``grade`` is None where it has no rating.

    Where the grade says that it is open, the first of the reasons is that of the rating.
    """

    task: Task
    grade: Grade | None
    reasons: tuple[str, ...]


def open_tasks(assessment: Assessment) -> tuple[OpenTask, ...]:
    """List the tasks that the next year has to take along, in the plan's order.

    A task is open that is not rated as keeping the plan, of which something that fell due is not
    settled, or whose figure of the year is not reached or not known. Before the fourth quarter
    is assessed, so is every task of which more is planned.
    """
    late, missed = _late(assessment), _missed(assessment)
    found = (
        (task, _rating(assessment, task), late.get(task.task_id), missed.get(task.task_id))
        for task in assessment.plan.tasks
    )
    return tuple(
        OpenTask(task=task, grade=rating.grade if rating else None, reasons=reasons)
        for task, rating, *rest in found
        if (reasons := tuple(_reasons(assessment, task, rating, *rest)))
    )


def _rating(assessment: Assessment, task: Task) -> Rating | None:
    return assessment.rating(task.task_id, unit=assessment.rating_unit)


def _reasons(
    assessment: Assessment, task: Task, rating: Rating | None, late: str | None, missed: str | None
) -> Iterator[str]:
    now = quarter_label((assessment.quarter,))
    if rating is None:
        yield f"{now}没有核定结果"
    elif rating.grade in OPEN:
        yield rating.reason.rstrip("。")
    yield from filter(None, (late, missed))
    if _continues(assessment.plan, task, assessment.quarter):
        yield "后续季度仍有安排"


def _continues(plan: Plan, task: Task, quarter: int) -> bool:
    """Tell whether more is planned of a task after a quarter."""
    later = any(m.due_quarter > quarter for m in plan.milestones_of(task.task_id))
    return later or any(t.quarter > quarter for t in plan.targets_of(task.task_id))


def _late(assessment: Assessment) -> dict[str, str]:
    """Say by task in which earlier quarters what is not settled fell due."""
    plan, unit = assessment.plan, assessment.rating_unit
    left = overdue(plan, assessment.ratings, assessment.quarter + 1, {})
    open_ids = {(name, row_id) for name, ids in left.items() for row_id in ids}
    due: dict[str, set[int]] = {}
    for milestone in plan.milestones:
        # What fell due just now is in the rating.
        if milestone.due_quarter >= assessment.quarter:
            continue
        for name in plan.task(milestone.task_id).lead_units:
            is_open = unit in (None, name) and (name, milestone.milestone_id) in open_ids
            if is_open and not _is_passed(assessment, milestone, name):
                due.setdefault(milestone.task_id, set()).add(milestone.due_quarter)
    return {
        task_id: f"{quarter_label(tuple(sorted(quarters)))}到期的事项尚未办结"
        for task_id, quarters in due.items()
    }


def _is_passed(assessment: Assessment, milestone: Milestone, unit: str) -> bool:
    """Tell whether a later step of the same sub-project was reached: there is no going back."""
    later = (
        assessment.rating(other.milestone_id, unit=unit, quarter=other.due_quarter)
        for other in assessment.plan.milestones_of(milestone.task_id)
        if other.workstream == milestone.workstream and other.due_quarter > milestone.due_quarter
    )
    return any(rating is not None and rating.grade in GOOD for rating in later)


def _missed(assessment: Assessment) -> dict[str, str]:
    """Say by task which figures of the year that fell due are not reached, or not known."""
    found: dict[str, dict[str, list[str]]] = {}
    for result in annual_results(assessment):
        if not result.is_met and result.target.quarter <= assessment.quarter:
            words = "未达到" if result.is_met is False else "无法核实"
            named = found.setdefault(result.target.task_id, {}).setdefault(words, [])
            named.append(in_quotes(result.target.measure))
    return {
        task_id: "，".join(
            f"年度指标{'、'.join(dict.fromkeys(named))}{words}" for words, named in by_words.items()
        )
        for task_id, by_words in found.items()
    }


def annual_results(assessment: Assessment) -> tuple[AnnualResult, ...]:
    """Tell of every target of the year, and each unit that reports it, what became of it."""
    keys = series_keys(assessment.plan)
    return tuple(
        _result(assessment, target, unit, keys)
        for target in assessment.plan.targets
        if is_annual(target)
        for unit in assessment.plan.task(target.task_id).lead_units
        if assessment.rating_unit in (None, unit)
    )


def is_annual(target: Target) -> bool:
    """Tell whether a target is the goal's own, or one of a schedule for the year's end."""
    if target.milestone_id is None:
        return True
    at_the_end = target.quarter == _LAST and target.basis is not Basis.IN_QUARTER
    return at_the_end and target.annual_target_id is None


def _result(
    assessment: Assessment, target: Target, unit: str, keys: Mapping[str, Key]
) -> AnnualResult:
    found = max(_ratings(assessment, target, unit, keys), key=lambda r: r.quarter, default=None)
    if found is None:
        return AnnualResult(target=target, unit=unit, reason=_silence(assessment, target, unit))
    if found.rule == rule.DECIDED:
        met = found.grade in GOOD
        return AnnualResult(target=target, unit=unit, is_met=met, reason=found.reason)
    if found.actual is None or found.gap is None:
        return AnnualResult(target=target, unit=unit, reason=found.reason)
    return AnnualResult(
        target=target, unit=unit, actual=found.actual, gap=gap(target, found.actual),
        is_met=target.is_met(found.actual),
    )  # fmt: skip


def _ratings(
    assessment: Assessment, target: Target, unit: str, keys: Mapping[str, Key]
) -> Iterator[Rating]:
    """Give the ratings of a target's figure since it fell due, its own before those of steps."""
    steps = {
        step.target_id
        for step in assessment.plan.targets_of(target.task_id)
        if _carries(step, target, keys)
    }
    own = [
        r for r in assessment.ratings_of(target.task_id)
        if r.level is Level.TARGET and r.unit == unit and r.quarter >= target.quarter
    ]  # fmt: skip
    yield from (r for r in own if r.subject_id == target.target_id)
    yield from (r for r in own if r.subject_id in steps)


def _carries(step: Target, target: Target, keys: Mapping[str, Key]) -> bool:
    """Tell whether a step's figure is the year's: a part of the works does not carry all."""
    if (step.annual_target_id, step.quarter) != (target.target_id, target.quarter):
        return False
    if (step.unit, step.basis) != (target.unit, target.basis):
        return False
    return step.basis is Basis.LEVEL or keys[step.target_id] == keys[target.target_id]


def _silence(assessment: Assessment, target: Target, unit: str) -> str:
    """Say why there is no figure."""
    whole = assessment.rating(target.task_id, unit=unit)
    if target.quarter > assessment.quarter:
        return "尚未到期"
    return str(whole.grade) if whole and whole.grade.kind is Kind.NOT_REPORTED else _UNREAD
