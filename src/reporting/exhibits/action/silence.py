"""Units that did not report: their report asks for the return, and tells nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from reporting.assess.values import Assessment, ReturnState, ReturnStatus, SubjectKind
from reporting.documents.exhibit import Exhibit

P = ParamSpec("P")


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
