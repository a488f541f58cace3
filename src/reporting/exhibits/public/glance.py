"""一图读懂: the few numbers of a public slice that one page shows."""

from decimal import Decimal

from reporting.assess.rollups import RollUp, by_action, total
from reporting.assess.values import Assessment
from reporting.documents.glance.values import Bar, Glance, Praise, State
from reporting.exhibits import sentences
from reporting.exhibits.public.facts import YearFigure, highlight_figures, year_figures
from reporting.exhibits.year.results import plan_words
from reporting.grades import GOOD, Grade
from reporting.periods import full_date

_MOST_PRAISED, _MOST_FIGURES, _MOST_ACTIONS = 5, 8, 12
_TASK, _MEASURE = 34, 20
_LEAST, _LEAST_NAME = 3, 3


def glance_of(assessment: Assessment) -> Glance:
    """Choose what the page shows: all states, a few highlights and figures, every action."""
    now, head = total(assessment), assessment.masthead
    left = assessment.withheld_tasks
    return Glance(
        place=head.city, period=assessment.period.label, title="《政府工作报告》任务进展一图读懂",
        issuer=head.issuing_office, published=full_date(assessment.issued_on),
        is_sample=assessment.is_sample, tasks=now.total,
        rate=now.share(*GOOD) if now.due else "—",
        states=_states(now), praise=_praise(assessment), figures=_figures(assessment),
        actions=_actions(assessment),
        notes=(
            "进度由核定机关按任务分解表和各单位报送的材料核定。",
            *((f"另有{left}项任务按规定不予公开，不在统计之内。",) if left else ()),
        ),
    )  # fmt: skip


def _states(now: RollUp) -> tuple[State, ...]:
    return tuple(
        State(
            grade=grade, count=now.counts[grade], share=now.share(grade),
            part=now.counts[grade] / now.due,
        )
        for grade in Grade
        if now.counts[grade]
    )  # fmt: skip


def _praise(assessment: Assessment) -> tuple[Praise, ...]:
    return tuple(
        Praise(
            task=sentences.clipped(one.task.goal, _TASK),
            figure=f"{one.target.measure}{sentences.amount(one.actual)}{one.target.unit}，"
            f"计划{plan_words(one.target)}{one.target.unit}",
        )
        for one in highlight_figures(assessment)[:_MOST_PRAISED]
    )


def _figures(assessment: Assessment) -> tuple[Bar, ...]:
    """Take the figures that are nearest to their year's value; rates have no such share."""
    found = [one for one in year_figures(assessment) if _is_telling(one)]
    found.sort(key=lambda one: (-_part(one), one.task.number))
    return tuple(
        Bar(
            name=sentences.clipped(one.target.measure, _MEASURE),
            words=f"{sentences.amount(one.actual)}／{plan_words(one.target)}{one.target.unit}",
            part=min(1.0, float(_part(one))),
        )
        for one in found[:_MOST_FIGURES]
    )


def _is_telling(one: YearFigure) -> bool:
    """Leave out limits, counts of one or two, and names that say nothing without their task."""
    target = one.target
    is_counted = bool(one.rate) and target.value >= _LEAST and not target.is_better_low
    return is_counted and len(target.measure) >= _LEAST_NAME


def _part(one: YearFigure) -> Decimal:
    return one.actual / one.target.value


def _actions(assessment: Assessment) -> tuple[Bar, ...]:
    groups = [group for group in by_action(assessment) if group.due]
    return tuple(
        Bar(
            name=group.label, words=f"{group.count(*GOOD)}／{group.due}项",
            part=group.count(*GOOD) / group.due,
        )
        for group in groups[:_MOST_ACTIONS]
    )  # fmt: skip
