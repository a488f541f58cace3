"""A target and an actual in words, the same in check and reports: plan value, rate, gap."""

from decimal import Decimal

from reporting.language.comparators import Comparator
from reporting.language.numerals import percent, quantity, rate_and_rest, short_of
from reporting.plan.figures.gaps import PERCENT_UNITS, completion, gap
from reporting.plan.values import Target

_WHOLE = 100
_WORDS = {
    Comparator.AT_LEAST: "",
    Comparator.MORE_THAN: "超过",
    Comparator.EQUAL: "",
    Comparator.AT_MOST: "不多于",
    Comparator.RANGE: "",
}


def plan_text(target: Target) -> str:
    """Write the plan value with its comparator and unit: ``不多于3家``, ``2—3家``."""
    if target.value_high is not None:
        sign = "%" if target.unit == "%" else ""
        low = quantity(target.value, sign)
        return f"{low}—{quantity(target.value_high, target.unit)}"
    return _WORDS[target.comparator] + quantity(target.value, target.unit)


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
