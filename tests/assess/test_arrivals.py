"""How a return arrived: on the due day, a day later, with errors, unreadable, or not at all."""

from datetime import date

import pytest

from assess.rating_samples import OTHER, UNIT, params, plan, returns, row, task
from reporting.assess.arrivals import arrivals
from reporting.assess.values import ReturnState
from reporting.findings import Finding, Severity
from reporting.returns.values import Returns

ERROR = Finding(
    code="RET-X", severity=Severity.ERROR, message="有误。", unit=UNIT, file="市商务局.xlsx"
)


def states(given: Returns) -> dict[str, ReturnState]:
    both = plan([task(1), task(2, units=(OTHER,))])
    return {status.unit: status.state for status in arrivals(both, given, params())}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 4, 19), ReturnState.ON_TIME),
        (date(2023, 4, 20), ReturnState.ON_TIME),
        (date(2023, 4, 21), ReturnState.LATE),
        (None, ReturnState.ON_TIME),
    ],
)
def test_return_is_late_from_the_day_after_the_due_day(
    day: date | None, state: ReturnState
) -> None:
    """What is signed on the due day itself is on time."""
    assert states(returns([row()], reported_on=day)) == {UNIT: state}


def test_late_return_with_errors_is_called_late() -> None:
    """The errors stand in the notes; without them a return is late all the same."""
    late = date(2023, 5, 1)
    assert states(returns([row()], findings=[ERROR])) == {UNIT: ReturnState.FAULTY}
    assert states(returns([row()], findings=[ERROR], reported_on=late)) == {UNIT: ReturnState.LATE}


def test_warning_makes_no_return_faulty() -> None:
    warning = ERROR.model_copy(update={"severity": Severity.WARNING})
    assert states(returns([row()], findings=[warning])) == {UNIT: ReturnState.ON_TIME}


def test_file_that_cannot_be_read_is_told_from_one_that_never_came() -> None:
    """The error of the one unit's file makes the other's return no better."""
    nothing = returns(missing=[UNIT, OTHER])
    assert states(nothing) == {UNIT: ReturnState.MISSING, OTHER: ReturnState.MISSING}
    unread = nothing.model_copy(update={"findings": (ERROR,)})
    assert states(unread) == {UNIT: ReturnState.FAULTY, OTHER: ReturnState.MISSING}
    harmless = ERROR.model_copy(update={"severity": Severity.NOTE})
    noted = nothing.model_copy(update={"findings": (harmless,)})
    assert states(noted) == {UNIT: ReturnState.MISSING, OTHER: ReturnState.MISSING}


def test_unit_that_owes_nothing_is_not_listed() -> None:
    """Nothing of it was due, so nothing is missing."""
    assert states(returns([row()])) == {UNIT: ReturnState.ON_TIME}
