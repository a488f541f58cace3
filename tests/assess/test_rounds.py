"""One quarter's returns arranged: what came after a sheet was sent out, and what counts."""

from decimal import Decimal

import pytest

from assess.rating_samples import OTHER, UNIT, plan, returns, row, task
from reporting.assess.rating.rounds import Round
from reporting.findings import Finding, Severity
from reporting.grades import USUAL_SCALE

BOTH = plan([task(1, units=(UNIT, OTHER)), task(2)])


def round_with(*findings: Finding) -> Round:
    return Round(BOTH, returns([row(), row(unit=OTHER)], findings=findings), USUAL_SCALE)


@pytest.mark.parametrize(
    ("code", "unasked"),
    [("RET-TASK-CHANGED", True), ("RET-TARGET-CHANGED", True), ("RET-TASK-DROPPED", False)],
)
def test_what_came_after_the_sheet_was_not_asked(code: str, unasked: bool) -> None:
    """A new step or a new figure waits for an answer: of that unit and that task only."""
    found = Finding(
        code=code, severity=Severity.NOTE, message="有调整。", unit=UNIT, task_id="2023-001"
    )
    this = round_with(found)
    assert this.unasked(UNIT, "2023-001") is unasked
    assert not this.unasked(OTHER, "2023-001")
    assert not this.unasked(UNIT, "2023-002")


def test_first_row_of_a_milestone_counts() -> None:
    """A second one is a finding of reading; a figure that it alone holds is taken."""
    first = row(progress="先。", actuals={"T": None, "S": "1"})
    second = row(progress="后。", actuals={"T": "5", "S": "2"})
    this = Round(BOTH, returns([first, second]), USUAL_SCALE)
    found = this.row(UNIT, "2023-001-01")
    assert found is not None
    assert found.progress == "先。"
    values = [this.actual(UNIT, name) for name in ("T", "S")]
    assert [pair and pair[0].value for pair in values] == [Decimal(5), Decimal(1)]
    assert this.actual(OTHER, "T") is None


def test_unit_of_which_nothing_was_read_is_silent() -> None:
    assert Round(BOTH, returns([row()]), USUAL_SCALE).silent_units == {OTHER}
    assert round_with().silent_units == frozenset()
