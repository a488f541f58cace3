"""What a figure can be, and what it hardly is: the limits by which returns are questioned.

The check of a return and the sheet that checks itself while it is filled in are held to the same.
"""

from collections.abc import Mapping
from decimal import Decimal

from reporting.language.numerals import figure
from reporting.language.phrases import answer_words
from reporting.plan.values import Basis, Target
from reporting.returns.reading.typed import split_power

FAR_UP, FAR_DOWN = 1000, 2000
TIMES, FEW = 10, 10
MOST_PERCENT = 1000
WHOLE = 100
EARLY_SHARE = Decimal("0.3")
"""Of the year's value: up to this much planned by now, all of it done is hardly meant."""
_COUNTED = frozenset("家个宗项场套人名次条间所辆座株件批期户")


def is_percentage(target: Target) -> bool:
    """Tell whether a figure is a percentage."""
    return target.unit in ("%", "％")


def has_power(target: Target) -> bool:
    """Tell whether the unit of measure counts by the thousand, 万 or 亿."""
    return split_power(target.unit)[0] > 0


def may_fall(target: Target) -> bool:
    """Tell whether a figure may lie below zero: what it measures is a growth."""
    return answer_words.GROWTH.search(target.measure) is not None or target.value < 0


def is_whole_number(target: Target) -> bool:
    """Tell whether what is counted comes in whole ones only."""
    is_whole = target.value % 1 == 0 and not answer_words.RATIO.search(target.measure)
    return target.unit in _COUNTED and is_whole


def is_part_of_whole(target: Target) -> bool:
    """Tell whether a percentage cannot pass 100; a plan can be over-fulfilled."""
    measure = target.measure
    named = (
        answer_words.SHARE.search(measure) is not None
        and answer_words.MAY_PASS_WHOLE.search(measure) is None
    )
    return named and target.value <= WHOLE and not may_fall(target)


def is_of_thousands(target: Target) -> bool:
    """Tell whether a unit of measure a thousand times too small or too large is looked for."""
    return has_power(target) and target.value != 0


def off_by_power(target: Target, value: Decimal) -> bool:
    """Tell whether a figure seems to be in another unit of measure than the plan's."""
    if not is_of_thousands(target) or value <= 0:
        return False
    return value >= abs(target.value) * FAR_UP or is_far_below(target, value)


def is_far_below(target: Target, value: Decimal) -> bool:
    """Tell whether a figure is too small for its unit of measure; of what is kept low none is."""
    return not target.is_kept_low and 0 < value * FAR_DOWN <= abs(target.value)


def range_broken(target: Target, value: Decimal) -> str:
    """Return what was wanted of a figure that cannot be, empty when it can."""
    if value < 0 and not may_fall(target):
        return "不小于 0 的数"
    if is_percentage(target):
        if is_part_of_whole(target) and value > WHOLE:
            return "不超过 100% 的数"
        return "合理的百分数" if abs(value) > MOST_PERCENT else ""
    if is_whole_number(target) and value % 1:
        return f"整数（单位：{target.unit}）"
    if target.value and abs(value) >= abs(target.value) * FAR_UP:
        return same_order(target)
    return ""


def same_order(target: Target) -> str:
    """Say that a figure is wanted of the plan's size."""
    return f"与计划{figure(target.value)}{target.unit}同一量级的数"


def is_doubted(target: Target, value: Decimal) -> bool:
    """Tell whether a figure cannot be one of its target at all."""
    return off_by_power(target, value) or range_broken(target, value) != ""


def far_from(target: Target) -> Decimal | None:
    """Return from which value on a figure is far beyond its plan; None where none is.

    Ten times the plan is hardly meant; of a handful, or of 2%, it may be.
    """
    plan = target.value_high or target.value
    if target.is_kept_low or plan <= 0:
        return None
    if is_percentage(target):
        # A cell made a percentage after 5 was typed into it shows 500%.
        return max(TIMES * plan, Decimal(WHOLE))
    return TIMES * plan if is_weighty(target, plan) else None


def is_weighty(target: Target, value: Decimal) -> bool:
    """Tell whether ten times a value is more than a few."""
    return value >= FEW or (value > 0 and has_power(target))


def leap_from(target: Target, before: Decimal) -> Decimal | None:
    """Return from which value on a figure leaps from last quarter's; None where none does."""
    if is_percentage(target) or not is_weighty(target, before):
        return None
    return TIMES * before


def is_planned_leap(target: Target, value: Decimal) -> bool:
    """Tell whether the plan explains a leap, or the figure is held against it already."""
    told = value >= TIMES * target.value > 0
    return told or value <= (target.value_high or target.value) * 2


def early_from(target: Target, path: Mapping[int, Decimal], quarter: int) -> Decimal | None:
    """Return the year's value where the plan has hardly begun; None where it has."""
    annual = path.get(4)
    if annual is None or not may_not_fall(target):
        return None
    if annual < FEW and not has_power(target):
        return None
    even = annual * quarter / 4
    planned = max((value for at, value in path.items() if at <= quarter), default=even)
    return annual if planned <= annual * EARLY_SHARE else None


def may_not_fall(target: Target) -> bool:
    """Tell whether a figure runs on from quarter to quarter."""
    return target.basis is Basis.CUMULATIVE


def falls(target: Target, value: Decimal, before: tuple[str, Decimal] | None) -> bool:
    """Tell whether a running figure is lower than last quarter's."""
    return may_not_fall(target) and before is not None and value < before[1]
