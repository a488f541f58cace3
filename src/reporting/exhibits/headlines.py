"""The sentences that open a report, each always in its own place; an edition tells which moved."""

from reporting.assess.rollups import total
from reporting.assess.values import Assessment, SubjectKind
from reporting.exhibits import sentences


def headlines(assessment: Assessment) -> tuple[str, ...]:
    """Say how things stand, how that compares, what moved, who differs, what came in.

    A sentence that there is nothing to say for is empty.
    """
    ratings = assessment.task_ratings()
    return (
        sentences.counts_sentence(assessment, total(assessment)),
        *_compared(assessment),
        sentences.disagreement_sentence(ratings),
        _arrived(assessment),
    )


def _compared(assessment: Assessment) -> tuple[str, str]:
    """Compare with last quarter; the plan is a year's: its first has nothing before it."""
    now, ratings = total(assessment), assessment.task_ratings()
    if assessment.quarter == 1 or not now.total:
        return "", ""
    if now.total == 1:
        return f"{sentences.previous_words(ratings[0])}。", ""
    before = total(assessment, assessment.quarter - 1)
    return sentences.progress_sentence(now, before), sentences.movement_sentence(ratings)


def _arrived(assessment: Assessment) -> str:
    statuses = [s for s in assessment.return_status if s.quarter == assessment.quarter]
    name = assessment.subject.name if assessment.subject.kind is SubjectKind.UNIT else None
    return sentences.returns_sentence(statuses, name) if statuses else ""
