"""The flow's reading edge: from the files of a project to an assessment."""

from pathlib import Path

from reporting.assess.assess import assess
from reporting.assess.changes import with_editions
from reporting.assess.values import Assessment
from reporting.editions import last_frozen
from reporting.errors import UsageError
from reporting.params import Params
from reporting.periods import Period
from reporting.plan.read import read_plan
from reporting.returns.read import read_returns
from reporting.returns.values import Returns


def assess_period(root: Path, params: Params, quarter: int) -> Assessment:
    """Read the table and every return up to the quarter, and assess the city.

    Where an edition of the quarter is frozen, the assessment says what changed since.

    Raises
    ------
    UsageError
        The quarter is none, or there is nothing to read.
    """
    if quarter not in (1, 2, 3, 4):
        raise UsageError(f"季度应为 1、2、3 或 4，收到的是“{quarter}”。")
    plan = read_plan(root, params)
    returns: list[Returns] = []
    for number in range(1, quarter + 1):
        returns.append(read_returns(root, params, plan, number, previous=tuple(returns)))
    period = Period(year=params.year, quarter=quarter)
    return with_editions(assess(plan, returns, params, period), last_frozen(root, period))
