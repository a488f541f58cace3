"""How far an actual falls short of a target, in 百分点. Exact decimals only."""

from decimal import Decimal

from reporting.grades import Grade
from reporting.language.numerals import quantity
from reporting.plan.values import Target
from reporting.project.params import RatingRule

_HUNDRED = Decimal(100)
PERCENT_UNITS = frozenset({"%", "％", "百分点", "个百分点"})
GAP_WORDS = "差距＝100－实际值÷计划值×100；计划值为百分数的，差距＝计划值－实际值"


def gap_clauses(rule: RatingRule) -> tuple[str, str, str]:
    """Write which gaps lead to which grade: on schedule, behind, far behind.

    The packs print them in their rule, the sheets sent out in their instructions.
    """
    tolerance, far_behind = (Decimal(str(limit)) for limit in (rule.tolerance, rule.far_behind))
    least, far = (quantity(limit, "个百分点") for limit in (tolerance, far_behind))
    within = f"差距不超过{least}的" if tolerance else "实际值达到计划值（差距为0）的"
    above = f"大于{least}" if tolerance else "大于0"
    return (
        f"{within}，核定为“{Grade.ON_SCHEDULE}”。",
        f"差距{above}、不超过{far}的，核定为“{Grade.BEHIND}”。",
        f"差距大于{far}的，核定为“{Grade.FAR_BEHIND}”。",
    )


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
