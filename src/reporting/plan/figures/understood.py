"""A figure in one sentence: how it was understood, and so how it will be judged."""

from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.language.numerals import quantity
from reporting.periods import quarter_label
from reporting.plan.values import Basis, Target

_COMPARED = {
    Comparator.AT_LEAST: "不少于",
    Comparator.MORE_THAN: "超过",
    Comparator.EQUAL: "达到",
    Comparator.AT_MOST: "不超过",
    Comparator.RANGE: "在",
}


def understood(target: Target) -> str:
    """Say how a target is understood.

    Examples
    --------
    >>> from decimal import Decimal
    >>> understood(Target(target_id="T", task_id="2023-001", milestone_id=None, quarter=3,
    ...     measure="改造农房", comparator=Comparator.AT_LEAST, value=Decimal(800), unit="户",
    ...     basis=Basis.CUMULATIVE, start=0, end=1, source="goal"))
    '第三季度末累计不少于800户，越多越好'
    """
    said = f"{counted_over(target)}{_value(target)}"
    if target.certainty is Certainty.UNCERTAIN:
        return f"{said}（尚待核对）"
    wish = _wish(target)
    return f"{said}，{wish}" if wish else said


def counted_over(target: Target) -> str:
    """Say over which time the value counts: 第三季度末累计, 第三、四季度合计."""
    quarter = quarter_label((target.quarter,))
    if target.basis is Basis.CUMULATIVE:
        return f"{quarter}末累计"
    if target.basis is Basis.LEVEL:
        return f"{quarter}末"
    if target.counts_from is not None:
        return f"{quarter_label(tuple(range(target.counts_from, target.quarter + 1)))}合计"
    return f"{quarter}当季"


def _value(target: Target) -> str:
    words = _COMPARED[target.comparator]
    if target.comparator is Comparator.EQUAL and target.is_kept_low:
        words = "降至"
    if target.value_high is None:
        return f"{words}{quantity(target.value, target.unit)}"
    sign = "%" if target.unit == "%" else ""
    low, high = quantity(target.value, sign), quantity(target.value_high, target.unit)
    return f"{words}{low}—{high}之间（{_kept_from(target)}即为完成）"


def _kept_from(target: Target) -> str:
    """Name the end of a range from which on the promise is kept."""
    if target.is_kept_low and target.value_high is not None:
        return f"不超过{quantity(target.value_high, target.unit)}"
    return f"达到{quantity(target.value, target.unit)}"


def _wish(target: Target) -> str:
    """Say which way is better; of a mere cap nothing is."""
    if target.is_better_low:
        return "越低越好"
    if target.direction is Direction.LOWER:
        return ""
    is_high = target.basis is Basis.LEVEL or target.unit == "%"
    more = "越高越好" if is_high else "越多越好"
    return f"在此限内{more}" if target.comparator is Comparator.AT_MOST else more
