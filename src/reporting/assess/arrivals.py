"""How each lead unit's return of a quarter arrived."""

from datetime import date

from reporting.assess.values import ReturnState, ReturnStatus
from reporting.findings import HELD, Severity
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.values import Return, Returns


def arrivals(plan: Plan, returns: Returns, params: Params) -> tuple[ReturnStatus, ...]:
    """Tell for every lead unit that was asked, in the plan's order, how its return arrived.

    A unit of which nothing is due in the quarter owes no return, and is not listed without one.
    """
    by_unit = {item.unit: item for item in returns.returns}
    due = params.calendar[returns.quarter].due
    asked = [u for u in plan.lead_units if u in by_unit or u in returns.missing]
    return tuple(
        _arrived(by_unit[unit], returns, due) if unit in by_unit else _not_read(unit, returns, due)
        for unit in asked
    )


def _arrived(item: Return, returns: Returns, due: date) -> ReturnStatus:
    day = item.received_on or item.first_reported_on or item.reported_on
    late = day is not None and day > due
    faulty = any(f.severity is Severity.ERROR for f in item.findings)
    # A late return that also has errors is called late; the errors stand in the data notes.
    state = ReturnState.LATE if late else ReturnState.FAULTY if faulty else ReturnState.ON_TIME
    return ReturnStatus(
        unit=item.unit, quarter=returns.quarter, state=state,
        reported_on=item.reported_on, received_on=item.received_on, due=due, file=item.file,
        sha256=item.sha256, round=item.round,
    )  # fmt: skip


def _not_read(unit: str, returns: Returns, due: date) -> ReturnStatus:
    """Tell a file that arrived but cannot be read from one that never came."""
    files = [f.file for f in returns.findings if f.unit == unit and f.file]
    faulty = any(f.unit == unit and f.file and f.severity in HELD for f in returns.findings)
    came = faulty or unit in returns.received
    state = ReturnState.FAULTY if came else ReturnState.MISSING
    return ReturnStatus(
        unit=unit, quarter=returns.quarter, state=state, due=due, file=files[0] if files else ""
    )
