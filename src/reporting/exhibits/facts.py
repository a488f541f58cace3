"""What an assessment holds of one task, and whether its unit reported at all.

A unit that sent nothing gets a report that asks for the return, and tells nothing else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from reporting.assess.values import Assessment, Rating, ReturnState, ReturnStatus, SubjectKind
from reporting.documents.exhibit import Exhibit
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow

P = ParamSpec("P")


def rating_units(assessment: Assessment, task: Task) -> tuple[str, ...]:
    """Name the lead units whose returns the slice holds."""
    if assessment.subject.kind is SubjectKind.UNIT:
        return (assessment.subject.name,)
    return task.lead_units


def rows_of(
    assessment: Assessment, task_id: str, quarter: int | None = None
) -> tuple[ProgressRow, ...]:
    """Return the rows of a task in a quarter, this one unless told."""
    return assessment.progress_of(task_id, quarter)


def target_ratings(assessment: Assessment, task_id: str) -> list[Rating]:
    """Return the ratings of a task's targets this quarter, on the returns the slice holds."""
    ids = {t.target_id for t in assessment.plan.targets_of(task_id)}
    units = rating_units(assessment, assessment.plan.task(task_id))
    return [
        r
        for r in assessment.ratings_of(task_id)
        if r.subject_id in ids and r.quarter == assessment.quarter and r.unit in units
    ]


def missing_return(assessment: Assessment) -> ReturnStatus | None:
    """Give the state of a unit's return that did not come; None of any other report."""
    if assessment.subject.kind is not SubjectKind.UNIT:
        return None
    now = (s for s in assessment.return_status if s.quarter == assessment.quarter)
    return next((s for s in now if s.state is ReturnState.MISSING), None)


def is_silent(assessment: Assessment) -> bool:
    """Tell whether the report is one of a unit that sent nothing this quarter."""
    came = any(row.quarter == assessment.quarter for row in assessment.progress)
    return missing_return(assessment) is not None and not came


def unless_silent(
    make: Callable[Concatenate[Assessment, P], Exhibit],
) -> Callable[Concatenate[Assessment, P], Exhibit]:
    """Let an exhibit be empty in the report of a unit that did not report."""

    @wraps(make)
    def made(assessment: Assessment, /, *args: P.args, **kwargs: P.kwargs) -> Exhibit:
        return Exhibit(blocks=()) if is_silent(assessment) else make(assessment, *args, **kwargs)

    return made
