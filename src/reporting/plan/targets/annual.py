"""Which of the goal's figures a quarter's leads to."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.language.comparators import Comparator
from reporting.language.phrases.measures import (
    alike,
    is_step_to,
)
from reporting.plan.targets.basis import Reading
from reporting.plan.targets.chains import FAR_BEYOND, leads_to, repeats
from reporting.plan.values import Basis

_MOST_OF_IT = Decimal("0.9")


def annual_of(
    item: Reading, goals: Sequence[tuple[str, Reading]], found: Sequence[Reading]
) -> str | None:
    """Find the goal's target that a quarterly one leads to; none where it is not clear which."""
    same = [
        (name, goal) for name, goal in goals
        if goal.quantity.base_unit == item.quantity.base_unit
        and not _exceeds(item, goal) and not _ends_short(item, goal, found)
        and not _stands_behind(item, goal, found)
    ]  # fmt: skip
    close = [(name, goal) for name, goal in same if alike(item.measure, goal.measure)]
    close = [(name, goal) for name, goal in close if not is_step_to(item.measure, goal.measure)]
    if item.of_plan:
        same = [(name, goal) for name, goal in same if goal.of_plan]
    close = close or [(name, goal) for name, goal in same if repeats(item, goal)]
    if item.basis is Basis.CUMULATIVE:
        close = close or [
            (name, goal) for name, goal in same
            if leads_to(item, goal, found) and not is_step_to(item.measure, goal.measure)
        ]  # fmt: skip
    if len(close) == 1 and _is_of_several(item, close[0][1], goals, found):
        return None
    workstream = item.milestone.workstream if item.milestone else None
    if len(close) > 1 and workstream:
        close = [(name, goal) for name, goal in close if alike(workstream, goal.measure)]
    return close[0][0] if len(close) == 1 else None


def _is_of_several(
    item: Reading, goal: Reading, goals: Sequence[tuple[str, Reading]], found: Sequence[Reading]
) -> bool:
    """Tell whether a chain goes far beyond a goal because it counts for another one, too.

    新增学位4800个 and 2400个 are those of the goals' 小学 and 中学 together.
    """
    rivals = [
        other for _, other in goals
        if other is not goal and other.quantity.base_unit == item.quantity.base_unit
        and alike(other.measure, item.measure)
    ]  # fmt: skip
    chain = [other for other in found if other is item or item.in_chain_of(other)]
    return bool(rivals) and _reached(chain) > goal.quantity.highest * FAR_BEYOND


def _exceeds(item: Reading, goal: Reading) -> bool:
    """Tell whether a figure is more than the whole year's, so that it counts something else."""
    limit = goal.quantity.comparator is Comparator.AT_MOST
    return not limit and item.quantity.amount > goal.quantity.highest


def _stands_behind(item: Reading, goal: Reading, found: Sequence[Reading]) -> bool:
    """Tell whether a figure in 亩 stands beside one in the goal's own 万亩, which leads to it."""
    unit = goal.quantity.unit
    return item.quantity.unit != unit and any(
        other.milestone is item.milestone and other.quantity.unit == unit
        and alike(other.measure, goal.measure)
        for other in found
    )  # fmt: skip


def _ends_short(item: Reading, goal: Reading, found: Sequence[Reading]) -> bool:
    """Tell whether the year's last figure of a chain leaves the goal far off.

    The goal then counts something else, such as the length of all that was ever to be built.
    """
    if item.basis is Basis.LEVEL or goal.quantity.comparator is Comparator.AT_MOST:
        return False
    chain = [other for other in found if other is item or item.in_chain_of(other)]
    if max(other.quarter for other in chain) < 4:
        return False
    return _reached(chain) < goal.quantity.amount * _MOST_OF_IT


def _reached(chain: Sequence[Reading]) -> Decimal:
    """Give what a chain comes to: a running total and what the quarters after it add."""
    reached = Decimal()
    for item in sorted(chain, key=lambda item: item.quarter):
        amount = item.quantity.amount
        if item.basis is Basis.IN_QUARTER:
            reached += amount
        else:
            reached = max(reached, amount)
    return reached
