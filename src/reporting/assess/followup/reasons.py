"""Why what is not on schedule is not, as the units say."""

from collections.abc import Iterator, Sequence

from reporting.assess.values import Assessment, StatedCause
from reporting.grades import TO_EXPLAIN
from reporting.language.causes import matters
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow


def stated_causes(assessment: Assessment) -> tuple[StatedCause, ...]:
    """Class the cause of every row that is not on schedule, in the plan's order."""
    return tuple(
        StatedCause(
            task_id=row.task_id, milestone_id=row.milestone_id, unit=row.unit,
            quarter=row.quarter, words=row.cause, matters=matters(row.cause),
        )
        for task in assessment.plan.tasks
        for row in _to_explain(assessment, task)
    )  # fmt: skip


def _to_explain(assessment: Assessment, task: Task) -> Iterator[ProgressRow]:
    for unit in task.lead_units:
        for row in _last_rows(assessment, task, unit):
            rating = assessment.rating(row.milestone_id, unit=unit, quarter=row.quarter)
            if rating is not None and rating.grade in TO_EXPLAIN:
                yield row


def _last_rows(assessment: Assessment, task: Task, unit: str) -> Sequence[ProgressRow]:
    """Give a unit's rows of this quarter, or where nothing was due the last that came."""
    own = [r for r in assessment.progress if (r.task_id, r.unit) == (task.task_id, unit)]
    last = max((row.quarter for row in own), default=0)
    return [row for row in own if row.quarter == last]
