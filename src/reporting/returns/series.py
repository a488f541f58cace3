"""What a unit said of each series and each row in the quarter before."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporting.findings import HELD
from reporting.plan.figures.series import Key
from reporting.returns.layout import AskedRow
from reporting.returns.values import ProgressRow, Returns


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
        "last_rating": "；".join(dict.fromkeys(str(r.self_rating) for r in rows if r.self_rating)),
        "last_progress": "\n".join(dict.fromkeys(r.progress for r in rows if r.progress)),
    }
