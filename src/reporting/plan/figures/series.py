"""Which targets continue one another from quarter to quarter, and which are one figure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporting.language.comparators import Certainty, Comparator
from reporting.language.units import converted
from reporting.plan.values import Basis, Plan, Target

Key = tuple[str, ...]

_LEAST_SHARE, _MOST_SHARE = Decimal("0.3"), Decimal("1.2")
"""Of what an even pace would reach by a quarter, and of the annual value."""


def series_keys(plan: Plan) -> dict[str, Key]:
    """Tell by target id which series its figure belongs to.

    Cumulative targets that lead to one annual target, or that count the same measure of the
    same sub-project, are one series; any other target is a series of its own. A target far off
    the pace of its annual one counts a part of it (50 of 346 km by December) and does not
    continue its figure.
    """
    streams = workstreams(plan)
    targets = {target.target_id: target for target in plan.targets}
    return {target.target_id: _key(target, targets, streams) for target in plan.targets}


def _key(target: Target, targets: Mapping[str, Target], streams: Mapping[str, str]) -> Key:
    if target.basis is not Basis.CUMULATIVE:
        return (target.target_id,)
    annual = targets.get(target.annual_target_id or "")
    if annual and annual.basis is Basis.CUMULATIVE and _keeps_pace(target, annual):
        return (annual.target_id,)
    if target.milestone_id is None:
        return (target.target_id,)
    stream = streams.get(target.milestone_id, "")
    return (target.task_id, stream, target.measure, target.unit)


def _keeps_pace(target: Target, annual: Target) -> bool:
    """Tell whether a quarterly value can be on the way to the annual one."""
    even = annual.value * target.quarter / 4
    return (
        annual.unit == target.unit
        and even * _LEAST_SHARE <= target.value <= annual.value * _MOST_SHARE
    )


def paths(plan: Plan) -> dict[Key, dict[int, Decimal]]:
    """Return the plan values of each series by quarter; of two in one quarter the higher."""
    keys, found = series_keys(plan), dict[Key, dict[int, Decimal]]()
    for target in plan.targets:
        path = found.setdefault(keys[target.target_id], {})
        path[target.quarter] = max(target.value, path.get(target.quarter, target.value))
    return found


def annual_values(plan: Plan) -> dict[str, Decimal]:
    """Return the year's value that each target leads to, in its own unit, by its id."""
    targets = {target.target_id: target for target in plan.targets}
    found = {}
    for target in plan.targets:
        annual = targets.get(target.annual_target_id or "")
        if annual is None and target.milestone_id is None and target.quarter == 4:
            annual = target
        value = converted(annual.value, annual.unit, target.unit) if annual else None
        if value is not None:
            found[target.target_id] = value
    return found


def workstreams(plan: Plan) -> dict[str, str]:
    """Return the sub-project of each milestone, empty when it has none."""
    return {m.milestone_id: m.workstream or "" for m in plan.milestones}


def repeated(plan: Plan, targets: Iterable[Target], quarter: int) -> dict[str, str]:
    """Tell which of some targets one figure answers already: by id, the target it is asked for.

    A unit counts a series once a quarter, however many dates the plan sets it: what falls due
    this quarter is asked for, the year's value beside it is not. Two that fall due together are
    one question only when they are compared alike; it is asked for the one that is harder to
    reach, so that who reaches it reaches both. Where the steps of a quarter are several, of
    sub-projects or of measures, each is asked for, and so is the year's value: it is a sum.
    """
    keys, series = series_keys(plan), defaultdict[Key, list[Target]](list)
    for target in targets:
        if target.quarter >= quarter and target.certainty is not Certainty.UNCERTAIN:
            series[keys[target.target_id]].append(target)
    streams = workstreams(plan)
    return {
        other: first
        for members in series.values()
        if _is_one_count(members, streams)
        for other, first in _answered_by(members, quarter).items()
    }


def _is_one_count(members: Iterable[Target], streams: Mapping[str, str]) -> bool:
    """Tell whether targets of one series count the same things, each at a time of its own."""
    steps = [target for target in members if target.milestone_id is not None]
    counted = {(streams.get(t.milestone_id or "", ""), t.measure, t.basis) for t in steps}
    apart = len({t.quarter for t in steps}) == len(steps)
    return apart and len(counted) == 1 and len({t.unit for t in members}) == 1


def _answered_by(members: Iterable[Target], quarter: int) -> dict[str, str]:
    nearest = sorted(members, key=lambda t: (t.quarter, t.milestone_id is None, t.target_id))
    due = [target for target in nearest if target.quarter == quarter]
    if len({(t.is_kept_low, t.comparator is Comparator.MORE_THAN) for t in due}) > 1:
        return {}
    first = _hardest(due) if due else nearest[0]
    return {t.target_id: first.target_id for t in nearest if t is not first}


def _hardest(due: Iterable[Target]) -> Target:
    def reach(target: Target) -> Decimal:
        return -(target.value_high or target.value) if target.is_kept_low else target.value

    return max(due, key=reach)
