"""What a target is called among its like, and whether its figure can be believed."""

from decimal import Decimal

from reporting.plan.figures.gaps import PERCENT_UNITS
from reporting.plan.values import Plan, Target

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


def is_doubtful(target: Target, actual: Decimal | None) -> bool:
    """Tell whether an actual is so far beyond its plan that the two may count different things.

    Such a figure is no reason to boast and nothing to project from; it wants checking.
    """
    if actual is None or target.value <= 0 or target.unit in PERCENT_UNITS:
        return False
    plan = target.value_high or target.value
    return not target.is_kept_low and actual >= DOUBTFUL_TIMES * plan
