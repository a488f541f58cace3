"""What was published of earlier quarters, to which later ones refer."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from reporting.assess.frozen import last_frozen
from reporting.assess.values import Assessment, Rating, ReturnState, ReturnStatus
from reporting.findings import Finding
from reporting.periods import Period
from reporting.plan.values import Plan
from reporting.returns.values import Return, Returns

DIFFERS = "ASSESS-HISTORY-DIFFERS"
"""Code of the finding that a released quarter would not be made again as it was."""

Published = Mapping[int, Assessment]
"""The city's assessment of the last edition of each quarter that was released, by quarter."""


def read_published(root: Path, year: int, quarter: int) -> dict[int, Assessment]:
    """Read what was published of the quarters before one; those never released are left out.

    Raises
    ------
    InputRefused
        An edition is damaged.
    """
    periods = (Period(year=year, quarter=number) for number in range(1, quarter))
    read = ((period.quarter, last_frozen(root, period)) for period in periods)
    return {number: frozen for number, frozen in read if frozen is not None}


def returns_of(published: Assessment) -> Returns:
    """Give the returns of an edition's own quarter as it published them."""
    quarter = published.quarter
    states = [s for s in published.return_status if s.quarter == quarter]
    return Returns(
        year=published.period.year,
        quarter=quarter,
        returns=tuple(_return(published, s) for s in states if _was_read(published, s)),
        missing=tuple(s.unit for s in states if not _was_read(published, s)),
        findings=tuple(f for f in _of_returns(published) if not _is_of_a_return(published, f)),
    )


def _was_read(published: Assessment, status: ReturnStatus) -> bool:
    rows = any(r.unit == status.unit and r.quarter == status.quarter for r in published.progress)
    return rows or status.state in (ReturnState.ON_TIME, ReturnState.LATE)


def _return(published: Assessment, status: ReturnStatus) -> Return:
    return Return(
        unit=status.unit,
        quarter=status.quarter,
        file=status.file,
        sha256="",
        is_sample=published.is_sample,
        reported_on=status.reported_on,
        rows=tuple(
            row for row in published.progress
            if (row.unit, row.quarter) == (status.unit, status.quarter)
        ),
        answers=tuple(
            one for one in published.answers
            if (one.unit, one.quarter) == (status.unit, status.quarter)
        ),
        findings=tuple(f for f in _of_returns(published) if f.unit == status.unit),
    )  # fmt: skip


def _of_returns(published: Assessment) -> Iterator[Finding]:
    return (f for f in published.findings if f.code.startswith("RET-"))


def _is_of_a_return(published: Assessment, found: Finding) -> bool:
    return any(
        s.unit == found.unit and s.quarter == published.quarter and _was_read(published, s)
        for s in published.return_status
    )


def ratings_of(published: Assessment, plan: Plan) -> tuple[Rating, ...]:
    """Give an edition's ratings of its own quarter, of the tasks that are in the plan today."""
    tasks = {task.task_id for task in plan.tasks}
    return tuple(
        rating for rating in published.ratings
        if rating.quarter == published.quarter and rating.task_id in tasks
    )  # fmt: skip


def status_of(published: Assessment) -> tuple[ReturnStatus, ...]:
    """Give how the returns of an edition's own quarter arrived, as it said."""
    return tuple(s for s in published.return_status if s.quarter == published.quarter)
