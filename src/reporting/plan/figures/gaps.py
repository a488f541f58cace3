"""How far an actual falls short of a target, in 百分点. Exact decimals only."""

from decimal import Decimal

from reporting.plan.values import Target

_HUNDRED = Decimal(100)
PERCENT_UNITS = frozenset({"%", "％", "百分点", "个百分点"})


def completion(target: Target, actual: Decimal) -> Decimal | None:
    """Return actual ÷ plan × 100; None when the plan is 0 or below, of which none is a part."""
    return actual / target.value * _HUNDRED if target.value > 0 else None


def gap(target: Target, actual: Decimal) -> Decimal:
    """Return the 百分点 short of the plan: 0 when met, never negative, and not rounded.

    It is judged as it is; where it is printed it is rounded, once.
    """
    return max(_short(target, actual), Decimal(0))


def _short(target: Target, actual: Decimal) -> Decimal:
    at_most = target.is_kept_low
    plan = target.value_high or target.value if at_most else target.value
    missing = actual - plan if at_most else plan - actual
    if target.unit in PERCENT_UNITS:
        return missing
    if plan == 0:
        # No rate exists against nothing; any shortfall is then a whole one.
        return _HUNDRED if missing > 0 else Decimal(0)
    return missing / abs(plan) * _HUNDRED
