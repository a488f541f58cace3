"""What an assessment holds of one task: whose returns, their rows, the ratings of its targets."""

from reporting.assess.values import Assessment, Rating, SubjectKind
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow


def rating_units(assessment: Assessment, task: Task) -> tuple[str, ...]:
    """Name the lead units whose returns the slice holds."""
    if assessment.subject.kind is SubjectKind.UNIT:
        return (assessment.subject.name,)
    return task.lead_units


def rows_of(
    assessment: Assessment, task_id: str, quarter: int | None = None
) -> tuple[ProgressRow, ...]:
    """Return the rows of a task in a quarter, this one unless told."""
    wanted = quarter or assessment.quarter
    return tuple(r for r in assessment.progress if (r.task_id, r.quarter) == (task_id, wanted))


def target_ratings(assessment: Assessment, task_id: str) -> list[Rating]:
    """Return the ratings of a task's targets this quarter, on the returns the slice holds."""
    ids = {t.target_id for t in assessment.plan.targets_of(task_id)}
    units = rating_units(assessment, assessment.plan.task(task_id))
    return [
        r
        for r in assessment.ratings
        if r.subject_id in ids and r.quarter == assessment.quarter and r.unit in units
    ]
