"""Quantified targets due this quarter: plan against actual, and doubtful figures."""

from collections.abc import Iterable, Iterator

from reporting.assess.rating.figures import DOUBTFUL_TIMES, is_doubtful, measure_name
from reporting.assess.values import Assessment, Level, Rating, SubjectKind
from reporting.documents.blocks import Column, Link, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    Cell,
    exhibit,
    mark,
    nothing,
    number,
    paragraph,
    text,
)
from reporting.exhibits.facts import unless_silent
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    anchor,
    place,
)
from reporting.exhibits.origins.steps import stated
from reporting.plan.figures.told import completion_text, short_text
from reporting.plan.values import Target


@in_labels
@unless_silent
def target_table(assessment: Assessment) -> Exhibit:
    """Show every target due this quarter: plan, actual, rate, gap and rating."""
    found = list(_rated(assessment))
    if not found:
        return exhibit(nothing("本季度没有到期的量化指标。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                *unit_column(assessment), number("plan", "计划值", 0.9),
                number("actual", "实际值", 0.9), number("rate", "完成率", 0.8),
                number("gap", "差距", 0.8), mark("grade", "核定", 1.6),
            ),
            rows=tuple(_target_row(assessment, target, r) for target, r in found),
            caption="本季度到期的量化指标（差距单位：百分点）",
            sortable=len(found) > 5,
        )
    )  # fmt: skip


def _rated(assessment: Assessment) -> Iterable[tuple[Target, Rating]]:
    targets = {t.target_id: t for t in assessment.plan.targets}
    for rating in assessment.ratings:
        if rating.level is Level.TARGET and rating.quarter == assessment.quarter:
            yield targets[rating.subject_id], rating


def unit_column(assessment: Assessment) -> tuple[Column, ...]:
    """Make the column of the reporting unit, which a unit's own report has no need of."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return () if own else (text("unit", "填报单位", 1.3),)


def unit_cell(assessment: Assessment, unit: str) -> tuple[Cell, ...]:
    """Fill that column."""
    return () if assessment.subject.kind is SubjectKind.UNIT else (unit,)


def _target_row(assessment: Assessment, target: Target, rating: Rating) -> Row:
    doubtful = is_doubtful(target, rating.actual)
    return Row(cells=(
        number_of(assessment, target), measure_link(assessment, target),
        *unit_cell(assessment, rating.unit or ""),
        sentences.amount(rating.plan), sentences.amount(rating.actual),
        (_rate(target, rating), Muted(text="\n待核实") if doubtful else None),
        _short(target, rating), rating.grade,
    ), origin=tuple(_steps(target, rating)))  # fmt: skip


def _steps(target: Target, rating: Rating) -> Iterator[Step]:
    """Say where each column's figure stands, or how it is reckoned."""
    ids, plan = [target.task_id], sentences.amount(target.value)
    yield stated(f"计划值：{plan}{target.unit}", ids, column="plan")
    if rating.actual is None:
        return
    value = sentences.amount(rating.actual)
    where = "、".join(place(e) for e in rating.evidence)
    yield stated(f"实际值：{where}填报{value}", ids, column="actual")
    if rate := completion_text(target, rating.actual):
        yield stated(f"完成率：{value}÷{plan}＝{rate}", ids, column="rate")
    yield stated(f"差距：实际{value}、计划{plan}，{_short(target, rating)}", ids, column="gap")


def _short(target: Target, rating: Rating) -> str:
    """Write the gap of what was judged by one."""
    if rating.gap is None or rating.actual is None:
        return "—"
    return short_text(target, rating.actual)


def _rate(target: Target, rating: Rating) -> str:
    known = completion_text(target, rating.actual) if rating.actual is not None else None
    return known or "—"


def number_of(assessment: Assessment, target: Target) -> str:
    """Give the number of a target's task."""
    return assessment.plan.task(target.task_id).label


def measure_link(assessment: Assessment, target: Target) -> Cell:
    """Name a measure and its unit, leading to its task."""
    task = assessment.plan.task(target.task_id)
    name = measure_name(assessment.plan, target)
    return (Link(text=name, anchor=anchor(task)), Muted(text=f"（{target.unit}）"))


@in_labels
@unless_silent
def doubts(assessment: Assessment) -> Exhibit:
    """List the figures so far beyond their plan that the two may not be comparable."""
    found = [(t, r) for t, r in _rated(assessment) if is_doubtful(t, r.actual)]
    if not found and assessment.subject.kind is not SubjectKind.BRIEFING:
        return exhibit()
    if not found:
        return exhibit(nothing("没有需要核实的指标实际值。"))
    return exhibit(
        paragraph(
            f"实际值达到计划值{DOUBTFUL_TIMES}倍及以上的指标{len(found)}项，计划与实际的统计口径可能"
            "不一致，列为待核实，不作为工作亮点，也不据以推算年底完成情况。",
            origin=(
                stated(
                    f"实际值达到计划值{DOUBTFUL_TIMES}倍及以上的指标：{len(found)}项",
                    [t.task_id for t, _ in found],
                ),
            ),
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                *unit_column(assessment), number("plan", "计划值", 0.9),
                number("actual", "实际值", 0.9), number("rate", "完成率", 0.9),
                text("where", "报表位置", 1.2),
            ),
            rows=tuple(
                Row(cells=(
                    number_of(assessment, t), measure_link(assessment, t),
                    *unit_cell(assessment, r.unit or ""), sentences.amount(r.plan),
                    sentences.amount(r.actual), _rate(t, r),
                    "、".join(place(e) for e in r.evidence) or "—",
                ))
                for t, r in found
            ),
            caption="待核实的指标实际值",
        ),
    )  # fmt: skip
