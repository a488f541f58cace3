"""How far an actual falls short of a target, in 百分点. Exact decimals only."""

from decimal import Decimal

from reporting.grades import DONE, GOOD, Grade, Kind, Scale
from reporting.language.comparators import Comparator
from reporting.language.numerals import quantity
from reporting.plan.values import Target
from reporting.values import Value

_HUNDRED = Decimal(100)
PERCENT_UNITS = frozenset({"%", "％", "百分点", "个百分点"})
GAP_WORDS = "差距＝100－实际值÷计划值×100；计划值为百分数的，差距＝计划值－实际值"


def gap_clauses(scale: Scale) -> tuple[tuple[Kind, str], ...]:
    """Write which gaps lead to which grade, and what each counts as: from the smallest gap up.

    The packs print them in their rule, the sheets sent out in their instructions.
    """
    least = (None, *(band.up_to for band in scale.bands))
    return tuple(
        (band.grade.kind, f"{_span(below, band.up_to)}的，核定为“{band.grade}”。")
        for below, band in zip(least, scale.bands, strict=False)
    )


def _span(below: Decimal | None, up_to: Decimal | None) -> str:
    """Name the gaps of a band: greater than one limit, at most another."""
    if below is None:
        return f"差距不超过{_points(up_to)}" if up_to else "实际值达到计划值（差距为0）"
    above = f"差距大于{_points(below) if below or up_to is None else 0}"
    return above if up_to is None else f"{above}、不超过{_points(up_to)}"


def _points(limit: Decimal | None) -> str:
    return quantity(limit or Decimal(0), "个百分点")


def completion(target: Target, actual: Decimal) -> Decimal | None:
    """Return actual ÷ plan × 100; None when the plan is 0 or below, of which none is a part."""
    return actual / target.value * _HUNDRED if target.value > 0 else None


def gap(target: Target, actual: Decimal) -> Decimal:
    """Return the 百分点 short of the plan: 0 when met, never negative, and not rounded.

    It is judged as it is; where it is printed it is rounded, once.
    """
    return max(_short(target, actual), Decimal(0))


def _plan(target: Target) -> Decimal:
    """Return the value that counts: of a range the lower, of what is kept low the higher."""
    return target.value_high or target.value if target.is_kept_low else target.value


def _short(target: Target, actual: Decimal) -> Decimal:
    plan = _plan(target)
    missing = actual - plan if target.is_kept_low else plan - actual
    if target.unit in PERCENT_UNITS:
        return missing
    if plan == 0:
        # No rate exists against nothing; any shortfall is then a whole one.
        return _HUNDRED if missing > 0 else Decimal(0)
    return missing / abs(plan) * _HUNDRED


class Bound(Value):
    """What an actual may not be for a claim to stand; ``sign`` is <, <= or >, as in formulas."""

    sign: str
    value: Decimal

    def is_broken(self, actual: Decimal) -> bool:
        """Tell whether an actual denies the claim."""
        if self.sign == ">":
            return actual > self.value
        return actual < self.value or (self.sign == "<=" and actual == self.value)


def bounds_of(target: Target, scale: Scale) -> dict[Grade, Bound | None]:
    """Return what an actual may not be under each grade that keeps the plan, the best first.

    Done is claimed of the plan value itself, the others of what their bands allow; None where
    every actual is allowed.
    """
    limits = {band.grade: band.up_to for band in scale.bands}
    return {
        grade: _bound(target, Decimal(0) if grade in DONE else limits[grade])
        for grade in scale.of(GOOD)
    }


def _bound(target: Target, up_to: Decimal | None) -> Bound | None:
    """Say which actuals have a greater gap; of no gap at all, which are not what was planned."""
    if up_to is None or (_plan(target) == 0 and up_to >= _HUNDRED):
        return None
    if target.is_kept_low:
        return Bound(sign=">", value=_plan(target) + _slack(target, up_to))
    more_than = target.comparator is Comparator.MORE_THAN and not up_to
    return Bound(sign="<=" if more_than else "<", value=_plan(target) - _slack(target, up_to))


def _slack(target: Target, points: Decimal) -> Decimal:
    """Return by how much an actual misses its plan when the gap is that many 百分点."""
    if not points or target.unit in PERCENT_UNITS:
        return points
    return abs(_plan(target)) * points / _HUNDRED
