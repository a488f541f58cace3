"""For how long a task has lagged: quarters in a row, and days since what was due."""

from reporting.assess.followup.overdue import overdue
from reporting.assess.values import Assessment
from reporting.grades import LAGGING
from reporting.periods import Period
from reporting.values import Value


class Lag(Value):
    """For how long a task has lagged.

    ``quarters`` counts the quarters in a row up to the period; ``days`` those from the end of the
    quarter in which the first of what is still open fell due to the period's end, 0 for none.
    """

    quarters: int
    days: int


def lag(assessment: Assessment, task_id: str) -> Lag:
    """Tell for how long a task has lagged; it lags in no quarter in which it was not judged so."""
    unit, now = assessment.rating_unit, assessment.quarter
    quarters = 0
    while quarters < now:
        rating = assessment.rating(task_id, unit=unit, quarter=now - quarters)
        if rating is None or rating.grade not in LAGGING:
            break
        quarters += 1
    due = [q for q in _open_since(assessment, task_id) if now - quarters < q < now]
    return Lag(quarters=quarters, days=_days(assessment, min(due)) if due else 0)


def _open_since(assessment: Assessment, task_id: str) -> list[int]:
    """List the quarters in which what is still open of a task fell due."""
    plan = assessment.plan.restricted(frozenset({task_id}))
    left = overdue(plan, assessment.ratings_of(task_id), assessment.quarter + 1, {})
    units = [assessment.rating_unit] if assessment.rating_unit else list(left)
    ids = {row_id for unit in units for row_id in left.get(unit, ())}
    return [m.due_quarter for m in plan.milestones_of(task_id) if m.milestone_id in ids]


def _days(assessment: Assessment, quarter: int) -> int:
    year = assessment.period.year
    return (assessment.period.date_end - Period(year=year, quarter=quarter).date_end).days
