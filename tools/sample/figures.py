"""Figures of the demonstration returns: near what the plan expects by a quarter."""

import re
from decimal import ROUND_HALF_UP, Decimal

from reporting.grades import GOOD, Grade
from reporting.language.comparators import Comparator
from reporting.plan.figures.series import Key, series_keys, workstreams
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.reading.typed import split_power

_RATE = re.compile(r"率|比例|覆盖|达标|市值")
_RATE_AT_START = Decimal("0.88")
_PERCENT = ("%", "％")


class Expectations:
    """What the plan lets one expect of a target's figure by each quarter."""

    def __init__(self, plan: Plan) -> None:
        self._series = series_keys(plan)
        self._streams = workstreams(plan)
        self._targets = {target.target_id: target for target in plan.targets}
        self._starts = {m.milestone_id: m.quarters[0] for m in plan.milestones}
        self._points: dict[Key, dict[int, Decimal]] = {}
        for target in plan.targets:
            points = self._points.setdefault(self.key(target), {})
            points[target.quarter] = max(target.value, points.get(target.quarter, target.value))

    def key(self, target: Target) -> Key:
        """Tell which targets one figure answers: also the states of one thing over the year."""
        if target.basis is not Basis.LEVEL:
            return self._series[target.target_id]
        annual = self._targets.get(target.annual_target_id or "")
        if annual and annual.unit == target.unit:
            return (annual.target_id,)
        if target.milestone_id is None:
            return (target.target_id,)
        stream = self._streams.get(target.milestone_id, "")
        return (target.task_id, stream, target.measure, target.unit)

    def by(self, target: Target, quarter: int) -> Decimal:
        """Return the value to expect at the end of a quarter, between the plan's dates."""
        if target.quarter <= quarter:
            return target.value
        if target.basis is Basis.IN_QUARTER:
            first = min(quarter, self._starts.get(target.milestone_id or "", 1))
            return target.value * (quarter - first + 1) / (target.quarter - first + 1)
        points = self._points[self.key(target)]
        after = min(q for q in points if q >= quarter)
        before = max((q for q in points if q < quarter), default=0)
        low = points.get(before, points[after] * (_RATE_AT_START if _is_rate(target) else 0))
        return low + (points[after] - low) * (quarter - before) / (after - before)


def _is_rate(target: Target) -> bool:
    """Tell a state that exists from the start (a rate of coverage) from a share of work done."""
    return target.basis is Basis.LEVEL and _RATE.search(target.measure) is not None


def never_falls(target: Target) -> bool:
    """Tell whether a figure only grows: counts since January, and shares of work done."""
    if target.basis is Basis.LEVEL:
        return not target.is_kept_low and not _is_rate(target)
    return target.basis is Basis.CUMULATIVE


def figure_near(
    target: Target, expected: Decimal, grade: Grade, chance: float, *, is_due: bool, slips: bool
) -> Decimal | None:
    """Return a figure near what is expected; None where there is nothing to measure yet.

    A due figure keeps the plan exactly when the grade says so; ``slips`` lets it fall a little
    short all the same.
    """
    if grade is Grade.NOT_STARTED:
        return None if _is_rate(target) or target.is_kept_low else Decimal(0)
    spread = Decimal(round(chance, 3))
    if target.is_kept_low:
        return _within_limit(target, grade, spread)
    value = _rounded(target, expected * _factor(target, grade, spread, slips=slips))
    if target.comparator is Comparator.RANGE and target.value_high is not None:
        value = min(value, target.value_high)
    if target.unit in _PERCENT:
        value = min(value, max(target.value, Decimal(100)))
    if not is_due or slips:
        return value
    if grade in GOOD and not target.is_met(value):
        return target.value + (_step(target) if target.comparator is Comparator.MORE_THAN else 0)
    if grade not in GOOD and target.is_met(value):
        return max(Decimal(0), target.value - _step(target))
    return value


def _factor(target: Target, grade: Grade, spread: Decimal, *, slips: bool) -> Decimal:
    if slips:
        factor = Decimal("0.88") + spread * Decimal("0.07")
    elif grade in GOOD:
        # What is to be reached exactly (28 towns) is hardly ever exceeded.
        is_exact = target.comparator is Comparator.EQUAL
        factor = 1 + spread * Decimal("0.02" if is_exact else "0.08")
    elif grade is Grade.BEHIND:
        factor = Decimal("0.74") + spread * Decimal("0.2")
    else:
        factor = Decimal("0.2") + spread * Decimal("0.4")
    return 1 + (factor - 1) / 4 if _is_rate(target) else factor


def _within_limit(target: Target, grade: Grade, spread: Decimal) -> Decimal:
    """Stay under an upper limit; only a percentage of a row behind schedule goes beyond it."""
    if grade not in GOOD and target.unit in _PERCENT:
        return _rounded(target, target.value * (1 + spread / 4)) + _step(target)
    limit = target.value_high or target.value
    return max(_step(target), min(limit, _rounded(target, limit * (1 - spread / 3))))


def _step(target: Target) -> Decimal:
    """Return the smallest step a figure of this target is given in."""
    places = max(0, -int(target.value.normalize().as_tuple().exponent))
    if target.unit in _PERCENT:
        places = max(places, 1)
    elif split_power(target.unit)[0]:
        size = abs(target.value)
        places = max(places, 2 if size < 10 else 1 if size < 1000 else 0)
    return Decimal(1).scaleb(-min(2, places))


def _rounded(target: Target, value: Decimal) -> Decimal:
    return value.quantize(_step(target), rounding=ROUND_HALF_UP).normalize() + 0
