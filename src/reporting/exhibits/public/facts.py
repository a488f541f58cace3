"""The figures that the public is told: of the year, and those that exceed their plan."""

from collections.abc import Iterator
from decimal import Decimal

from reporting.assess.annual.scores import annual_scores
from reporting.assess.rating.figures import completion_text, is_doubtful
from reporting.assess.values import Assessment
from reporting.exhibits.city.highlights import highlighted
from reporting.plan.figures.gaps import PERCENT_UNITS
from reporting.plan.values import Target, Task
from reporting.values import Value

_MOST = 8


class YearFigure(Value):
    """A figure of the year with its last actual; ``rate`` is its share, empty for a rate itself."""

    task: Task
    target: Target
    unit: str
    actual: Decimal
    rate: str


class HighlightFigure(Value):
    """A figure that exceeds its plan or reached the year's early; ``what`` says which."""

    task: Task
    target: Target
    what: str
    actual: Decimal


def year_figures(assessment: Assessment) -> tuple[YearFigure, ...]:
    """Give every figure of the year with an actual that nobody doubts."""
    return tuple(_year_figures(assessment))


def _year_figures(assessment: Assessment) -> Iterator[YearFigure]:
    for score in annual_scores(assessment):
        last, target = score.last, score.target
        if last is None or not last.sound or is_doubtful(target, last.value):
            continue
        is_share = target.unit in PERCENT_UNITS
        rate = "" if is_share else completion_text(target, last.value) or ""
        yield YearFigure(
            task=assessment.plan.task(target.task_id), target=target, unit=score.unit,
            actual=last.value, rate=rate,
        )  # fmt: skip


def highlight_figures(assessment: Assessment) -> tuple[HighlightFigure, ...]:
    """Give the highlights of the quarter with their figures, most exceeded first."""
    targets = {target.target_id: target for target in assessment.plan.targets}
    return tuple(
        HighlightFigure(
            task=assessment.plan.task(one.task_id), target=targets[one.figure.subject_id],
            what=one.what, actual=one.figure.actual,
        )
        for one in highlighted(assessment)[:_MOST]
        if one.figure.actual is not None
    )  # fmt: skip
