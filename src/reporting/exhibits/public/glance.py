"""一图读懂: the few numbers of a public slice that one page shows."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.assess.rating import rule
from reporting.assess.rollups import RollUp, by_action, by_heading, shown, total
from reporting.assess.values import Assessment
from reporting.documents.glance.values import Bar, Glance, Praise, State
from reporting.exhibits import sentences
from reporting.exhibits.public.facts import (
    YearFigure,
    coming,
    highlight_figures,
    left_out,
    year_figures,
)
from reporting.exhibits.year.results import plan_words
from reporting.grades import GOOD
from reporting.periods import full_date

_MOST_PRAISED, _MOST_FIGURES, _MOST_GROUPS = 5, 8, 16
_TASK, _MEASURE = 34, 20
_LEAST, _LEAST_NAME = 3, 3


def glance_of(assessment: Assessment) -> Glance:
    """Choose what the page shows: all states, a few highlights and figures, every action."""
    now, head = total(assessment), assessment.masthead
    kind, groups = _groups(assessment)
    found = _telling(assessment)
    return Glance(
        place=head.city, period=assessment.period.label,
        title=("《政府工作报告》", "任务进展一图读懂"),
        issuer=head.issuing_office, published=full_date(assessment.issued_on),
        is_sample=assessment.is_sample, tasks=now.total,
        rate=now.share(GOOD) if now.due else "—",
        good="或".join(map(str, assessment.scale.of(GOOD))),
        states=_states(now), apart=_apart(now), praise=_praise(assessment),
        figures=tuple(map(_figure, found[:_MOST_FIGURES])), figures_of=_part_of(found),
        groups_title=kind, groups=groups, coming=coming(assessment),
        notes=(
            f"进度由{head.issuing_office}按任务分解表和各单位报送的材料核定。",
            *left_out(assessment),
        ),
    )  # fmt: skip


def _apart(now: RollUp) -> str:
    """Say what the states leave out, so that they add up."""
    return f"{rule.NOTHING_DUE}的{now.nothing_due}项，不计算占比" if now.nothing_due else ""


def _states(now: RollUp) -> tuple[State, ...]:
    return tuple(
        State(
            grade=grade, count=now.count(grade), share=now.share(grade),
            part=now.count(grade) / now.due,
        )
        for grade in shown([now])
    )  # fmt: skip


def _praise(assessment: Assessment) -> tuple[Praise, ...]:
    return tuple(
        Praise(
            task=sentences.clipped(one.task.goal, _TASK),
            figure=f"{one.name}{sentences.amount(one.actual)}{one.target.unit}，"
            f"计划{plan_words(one.target)}{one.target.unit}",
        )
        for one in highlight_figures(assessment)[:_MOST_PRAISED]
    )


def _telling(assessment: Assessment) -> list[YearFigure]:
    """Take the figures that say something by themselves, the nearest to the year's value first."""
    found = [one for one in year_figures(assessment) if _is_telling(one)]
    return sorted(found, key=lambda one: (-_part(one), one.task.number))


def _part_of(found: Sequence[YearFigure]) -> str:
    """Say that the page shows a part, and which."""
    more = len(found) > _MOST_FIGURES
    return f"完成比例最高的{_MOST_FIGURES}项，实际／全年目标" if more else "实际／全年目标"


def _figure(one: YearFigure) -> Bar:
    return Bar(
        name=one.name,
        words=f"{sentences.amount(one.actual)}／{plan_words(one.target)}{one.target.unit}",
        part=min(1.0, float(_part(one))),
    )


def _is_telling(one: YearFigure) -> bool:
    """Leave out limits, counts of one or two, and names that say nothing without their task."""
    target = one.target
    is_counted = bool(one.rate) and target.value >= _LEAST and not target.is_better_low
    return is_counted and _LEAST_NAME <= len(one.name) <= _MEASURE


def _part(one: YearFigure) -> Decimal:
    return one.actual / one.target.value


def _groups(assessment: Assessment) -> tuple[str, tuple[Bar, ...]]:
    """Take the actions of the table, or its headings where they group the tasks."""
    if any(task.action for task in assessment.plan.tasks):
        return "各专项行动", _group_bars(by_action(assessment))
    found = by_heading(assessment)
    grouped = 1 < len(found) < len(assessment.plan.tasks)
    return "各类工作", _group_bars(found) if grouped else ()


def _group_bars(groups: Sequence[RollUp]) -> tuple[Bar, ...]:
    """Make a bar a group; so many that nobody reads them are none."""
    due = [group for group in groups if group.label and group.due]
    return tuple(
        Bar(
            name=group.label, words=f"{group.count(GOOD)}／{group.due}项",
            part=group.count(GOOD) / group.due,
        )
        for group in (due if len(due) <= _MOST_GROUPS else ())
    )  # fmt: skip
