"""What a target is called among its like, and whether its figure can be believed."""

from decimal import Decimal

from reporting.language.numerals import percent, rate_and_rest, short_of
from reporting.plan.figures.gaps import PERCENT_UNITS, completion, gap
from reporting.plan.values import Plan, Target

_WHOLE = 100
DOUBTFUL_TIMES = 3
"""How many times its plan an actual must be for the two to be held up to question."""


def measure_name(plan: Plan, target: Target) -> str:
    """Name the measure, with its sub-project where several of a task count the same thing."""
    streams = {m.milestone_id: m.workstream for m in plan.milestones_of(target.task_id)}
    own = streams.get(target.milestone_id or "")
    like = {
        streams.get(other.milestone_id or "")
        for other in plan.targets_of(target.task_id)
        if other.measure == target.measure
    }
    return f"{own}{target.measure}" if own and len(like) > 1 else target.measure


def completion_text(target: Target, actual: Decimal) -> str | None:
    """Write how much of its plan an actual reached, or None where no part says so.

    A percentage is held against its plan by the difference; of an upper limit, or of a plan
    that is nothing or less, nothing is completed.
    """
    if target.unit in PERCENT_UNITS or target.is_kept_low:
        return None
    rate = completion(target, actual)
    if rate is None:
        return None
    if 0 <= rate < _WHOLE:
        return f"{rate_and_rest(rate)[0]}%"
    return percent(actual, target.value)


def short_text(target: Target, actual: Decimal) -> str:
    """Write the gap of an actual; with the rate that is printed beside it, it makes 100."""
    rate = completion(target, actual)
    if completion_text(target, actual) is None or rate is None or not 0 <= rate < _WHOLE:
        return short_of(gap(target, actual))
    return str(rate_and_rest(rate)[1])


def gap_text(target: Target, actual: Decimal) -> str:
    """Say by how much an actual misses its plan: it stays below, or goes beyond a limit."""
    verb = "超出" if target.is_kept_low else "差"
    return f"{verb}{short_text(target, actual)}个百分点"


def is_doubtful(target: Target, actual: Decimal | None) -> bool:
    """Tell whether an actual is so far beyond its plan that the two may count different things.

    Such a figure is no reason to boast and nothing to project from; it wants checking.
    """
    if actual is None or target.value <= 0 or target.unit in PERCENT_UNITS:
        return False
    plan = target.value_high or target.value
    return not target.is_kept_low and actual >= DOUBTFUL_TIMES * plan
