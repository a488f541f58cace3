"""Which figures continue one another from quarter to quarter."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporting.findings import HELD
from reporting.language.units import converted
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.layout import AskedRow
from reporting.returns.values import ProgressRow, Returns

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


def last_values(
    keys: Mapping[str, Key], rows: Iterable[ProgressRow]
) -> dict[Key, tuple[str, Decimal]]:
    """Return the highest figure each series had in some rows, with its target id."""
    found: dict[Key, tuple[str, Decimal]] = {}
    for row in rows:
        for actual in row.actuals:
            key = keys.get(actual.target_id)
            if key is None or actual.value is None:
                continue
            if key not in found or actual.value > found[key][1]:
                found[key] = (actual.target_id, actual.value)
    return found


def quarter_before(previous: Iterable[Returns], quarter: int) -> Returns | None:
    """Return the returns of the quarter before, if they are at hand."""
    return next((item for item in previous if item.quarter == quarter - 1), None)


def rows_of(returns: Returns | None, unit: str) -> tuple[ProgressRow, ...]:
    """Return a unit's rows."""
    if returns is None:
        return ()
    return tuple(row for item in returns.returns if item.unit == unit for row in item.rows)


def sound_rows_of(returns: Returns | None, unit: str) -> tuple[ProgressRow, ...]:
    """Return a unit's rows without the figures that are wrong, or in doubt."""
    faulty = {
        (found.file, found.sheet, found.cell)
        for item in (returns.returns if returns else ())
        for found in item.findings
        if found.severity in HELD
    }
    return tuple(
        row.model_copy(
            update={
                "actuals": tuple(
                    a for a in row.actuals if (row.file, a.sheet, a.cell) not in faulty
                )
            }
        )
        for row in rows_of(returns, unit)
    )


def workstreams(plan: Plan) -> dict[str, str]:
    """Return the sub-project of each milestone, empty when it has none."""
    return {m.milestone_id: m.workstream or "" for m in plan.milestones}


def last_of(
    question: AskedRow, before: Iterable[ProgressRow], streams: Mapping[str, str]
) -> list[ProgressRow]:
    """Return what was said last quarter: of this milestone, else of its sub-project."""
    of_task = [row for row in before if row.task_id == question.task_id]
    same = [row for row in of_task if row.milestone_id == question.row_id]
    return same or [r for r in of_task if streams.get(r.milestone_id, "") == question.workstream]


def last_texts(last: Iterable[ProgressRow]) -> dict[str, str]:
    """Return last quarter's columns of a question, by field."""
    rows = list(last)
    return {
        "last_rating": "；".join(dict.fromkeys(r.self_rating for r in rows if r.self_rating)),
        "last_progress": "\n".join(dict.fromkeys(r.progress for r in rows if r.progress)),
    }
