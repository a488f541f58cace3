"""What a province's report needs of the assessment of an office, and no more."""

from reporting.assess.province.values import LateTask, Tally
from reporting.assess.rollups import total
from reporting.assess.values import Assessment, Rating
from reporting.grades import LAGGING, USUAL, Kind


def tally_of(assessment: Assessment) -> Tally:
    """Count the tasks by what their grades count as; bands of one kind are taken together."""
    counted = total(assessment)
    counts: dict[Kind, int] = {}
    for grade, count in counted.counts.items():
        if count:
            counts[grade.kind] = counts.get(grade.kind, 0) + count
    return Tally(
        total=counted.total, counts=counts, nothing_due=counted.nothing_due,
        unknown=str(counted.unknown or ""),
    )  # fmt: skip


def own_words(assessment: Assessment) -> dict[Kind, tuple[str, ...]]:
    """Give the words of the office's own, by what they count as."""
    found: dict[Kind, tuple[str, ...]] = {}
    for grade in assessment.scale.grades:
        if str(grade) != str(USUAL[grade.kind]):
            found[grade.kind] = (*found.get(grade.kind, ()), str(grade))
    return found


def late_tasks(assessment: Assessment) -> tuple[LateTask, ...]:
    """List the tasks that lag, in the order of the plan."""
    return tuple(_late(assessment, r) for r in assessment.task_ratings() if r.grade in LAGGING)


def _late(assessment: Assessment, rating: Rating) -> LateTask:
    task = assessment.plan.task(rating.task_id)
    said = [one.words.strip() for one in assessment.causes if one.task_id == rating.task_id]
    return LateTask(
        task_id=task.task_id, label=task.label, goal=task.goal, leaders=task.leaders,
        lead_units=task.lead_units, grade=rating.grade, gap=rating.gap, reason=rating.reason,
        causes=tuple(dict.fromkeys(filter(None, said))) if said else None,
    )  # fmt: skip
