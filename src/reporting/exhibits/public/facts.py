"""The figures that the public is told: of the year, and those that exceed their plan."""

from collections.abc import Iterator
from decimal import Decimal

from reporting.assess.annual.scores import annual_scores
from reporting.assess.rating.figures import is_doubtful, measure_name
from reporting.assess.values import Assessment
from reporting.exhibits.city.highlights import highlighted
from reporting.exhibits.tasks.duties import duties_of
from reporting.grades import Kind
from reporting.language.comparators import Certainty
from reporting.plan.figures.gaps import PERCENT_UNITS
from reporting.plan.figures.told import completion_text
from reporting.plan.values import Target, Task
from reporting.values import Value

_MOST = 8


class YearFigure(Value):
    """A figure of the year with its last actual; ``rate`` is its share, empty for a rate itself.

    ``name`` is the measure's, with its sub-project where others count the same; ``quarter`` is
    that of the actual, ``plan`` what the schedule asks for by its end.
    """

    task: Task
    target: Target
    name: str
    unit: str
    quarter: int
    actual: Decimal
    plan: Target | None
    rate: str


class HighlightFigure(Value):
    """A figure that exceeds its plan or reached the year's early; ``what`` says which."""

    task: Task
    target: Target
    name: str
    what: str
    actual: Decimal


def year_figures(assessment: Assessment) -> tuple[YearFigure, ...]:
    """Give every figure of the year with an actual that nobody doubts, as the plan's is not."""
    return tuple(_year_figures(assessment))


def _year_figures(assessment: Assessment) -> Iterator[YearFigure]:
    for score in annual_scores(assessment):
        last, target = score.last, score.target
        if target.certainty is Certainty.UNCERTAIN:
            continue
        if last is None or not last.sound or is_doubtful(target, last.value):
            continue
        is_share = target.unit in PERCENT_UNITS
        rate = "" if is_share else completion_text(target, last.value) or ""
        yield YearFigure(
            task=assessment.plan.task(target.task_id), target=target,
            name=measure_name(assessment.plan, target), unit=score.unit,
            quarter=last.quarter, actual=last.value, plan=score.plan, rate=rate,
        )  # fmt: skip


def highlight_figures(assessment: Assessment) -> tuple[HighlightFigure, ...]:
    """Give the highlights of the quarter with their figures, most exceeded first."""
    targets = {target.target_id: target for target in assessment.plan.targets}
    return tuple(
        HighlightFigure(
            task=assessment.plan.task(one.task_id), target=targets[one.figure.subject_id],
            name=measure_name(assessment.plan, targets[one.figure.subject_id]),
            what=one.what, actual=one.figure.actual,
        )
        for one in highlighted(assessment)[:_MOST]
        if one.figure.actual is not None
    )  # fmt: skip


def left_out(assessment: Assessment) -> tuple[str, ...]:
    """Say how much is not told, by number and never by name; nothing where all is."""
    words = []
    if assessment.withheld_tasks:
        words.append(f"另有{assessment.withheld_tasks}项任务按规定不予公开，不在统计之内。")
    parts = [f"指标数据{assessment.withheld_figures}个"] if assessment.withheld_figures else []
    parts += [f"进展文字{assessment.withheld_texts}段"] if assessment.withheld_texts else []
    if parts:
        words.append(
            f"公开的任务中，{'、'.join(parts)}没有列出，为没有{assessment.scale[Kind.ON_SCHEDULE]}、待核实或者不予公开的。"
        )
    return tuple(words)


def coming(assessment: Assessment) -> str:
    """Say how much the plan asks for next quarter; after the year, that it is over."""
    following = assessment.period.following
    if following is None:
        return "本年度的季度安排到第四季度为止，各项任务的年度结果见本报告。"
    plan = assessment.plan
    if not plan.milestones:
        # Of a schedule that is withheld nobody can count; each goal would pass for a step.
        return f"{following.short_label}没有公开的安排。"
    duties = {t.task_id: [*duties_of(plan, t, following.quarter)] for t in plan.tasks}
    every, tasks = sum(map(len, duties.values())), sum(map(bool, duties.values()))
    return f"{following.short_label}应推进的任务{tasks}项，共有事项{every}个。"
