"""Quantified targets: plan against actual, doubtful figures, and the year-end outlook."""

from collections.abc import Iterable

from reporting.assess.outlook import ASSUMPTION, Outlook, outlooks
from reporting.assess.rating.figures import (
    DOUBTFUL_TIMES,
    completion_text,
    is_doubtful,
    measure_name,
    short_text,
)
from reporting.assess.values import Assessment, Level, Rating, SubjectKind
from reporting.documents.blocks import Column, Link, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
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
from reporting.exhibits.charts import ProgressBar, target_progress_chart
from reporting.exhibits.naming import (
    anchor,
    place,
)
from reporting.language.numerals import percent, short_of
from reporting.plan.values import Target

# A chart of more bars than this is no longer read at a glance.
_MOST_BARS = 10


def target_table(assessment: Assessment) -> Exhibit:
    """Show every target due this quarter: plan, actual, rate, gap and rating."""
    found = list(_rated(assessment))
    if not found:
        return exhibit(nothing("本季度没有到期的量化指标。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                *_unit_column(assessment), number("plan", "计划值", 0.9),
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


def _unit_column(assessment: Assessment) -> tuple[Column, ...]:
    """Make the column of the reporting unit, which a unit's own report has no need of."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return () if own else (text("unit", "填报单位", 1.3),)


def _unit_cell(assessment: Assessment, unit: str) -> tuple[Cell, ...]:
    return () if assessment.subject.kind is SubjectKind.UNIT else (unit,)


def _target_row(assessment: Assessment, target: Target, rating: Rating) -> Row:
    doubtful = is_doubtful(target, rating.actual)
    return Row(cells=(
        _number(assessment, target), _measure(assessment, target),
        *_unit_cell(assessment, rating.unit or ""),
        sentences.amount(rating.plan), sentences.amount(rating.actual),
        (_rate(target, rating), Muted(text="\n待核实") if doubtful else None),
        _short(target, rating), rating.grade,
    ))  # fmt: skip


def _short(target: Target, rating: Rating) -> str:
    """Write the gap of what was judged by one."""
    if rating.gap is None or rating.actual is None:
        return "—"
    return short_text(target, rating.actual)


def _rate(target: Target, rating: Rating) -> str:
    known = completion_text(target, rating.actual) if rating.actual is not None else None
    return known or "—"


def _number(assessment: Assessment, target: Target) -> str:
    return str(assessment.plan.task(target.task_id).number)


def _measure(assessment: Assessment, target: Target) -> Cell:
    """Name a measure and its unit, leading to its task."""
    task = assessment.plan.task(target.task_id)
    name = measure_name(assessment.plan, target)
    return (Link(text=name, anchor=anchor(task)), Muted(text=f"（{target.unit}）"))


def doubts(assessment: Assessment) -> Exhibit:
    """List the figures so far beyond their plan that the two may not be comparable."""
    found = [(t, r) for t, r in _rated(assessment) if is_doubtful(t, r.actual)]
    if not found:
        return exhibit(nothing("没有需要核实的指标实际值。"))
    return exhibit(
        paragraph(
            f"实际值达到计划值{DOUBTFUL_TIMES}倍及以上的指标{len(found)}项，计划与实际的统计口径可能"
            "不一致，列为待核实，不作为工作亮点，也不据以推算年底完成情况。"
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                *_unit_column(assessment), number("plan", "计划值", 0.9),
                number("actual", "实际值", 0.9), number("rate", "完成率", 0.9),
                text("where", "报表位置", 1.2),
            ),
            rows=tuple(
                Row(cells=(
                    _number(assessment, t), _measure(assessment, t),
                    *_unit_cell(assessment, r.unit or ""), sentences.amount(r.plan),
                    sentences.amount(r.actual), _rate(t, r),
                    "、".join(place(e) for e in r.evidence) or "—",
                ))
                for t, r in found
            ),
            caption="待核实的指标实际值",
        ),
    )  # fmt: skip


def outlook(assessment: Assessment) -> Exhibit:
    """Project the cumulative targets to the year's end, and state the assumption.

    After the fourth quarter the year's result stands in place of the projection.
    """
    every = sorted(outlooks(assessment), key=lambda o: -o.gap)
    found = [o for o in every if not _in_doubt(assessment, o)]
    final = assessment.quarter == 4
    sentence = sentences.outlook_sentence(found, final=final)
    left_out = len(every) - len(found)
    rest = f"另有{left_out}项实际值待核实，未计入。" if left_out else ""
    if not found:
        return exhibit(paragraph(sentence, rest))
    return exhibit(
        paragraph(sentence, rest, "" if final else ASSUMPTION),
        _outlook_table(assessment, found, final=final),
        target_progress_chart([_bar(assessment, o) for o in found[:_MOST_BARS]],
                              caption=_chart_caption(len(found))),
    )  # fmt: skip


def _chart_caption(count: int) -> str:
    of = f"（按差距从大到小列前{_MOST_BARS}项）" if count > _MOST_BARS else ""
    return f"累计指标完成全年目标的比例{of}"


def _in_doubt(assessment: Assessment, item: Outlook) -> bool:
    step = item.series.step(assessment.quarter)
    due = {t.target_id: t for t in assessment.plan.targets_of(item.series.task_id)}
    target = due.get(step.target_id or "") if step else None
    return target is not None and is_doubtful(target, item.actual)


def _outlook_table(assessment: Assessment, found: list[Outlook], *, final: bool) -> Table:
    projected = () if final else (number("year_end", "年底预计", 0.9),)
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
            *_unit_column(assessment), number("plan", "累计计划", 0.9),
            number("actual", "累计实际", 0.9), number("annual", "全年目标", 0.9),
            *projected, number("gap", "全年差距" if final else "预计差距", 0.9),
        ),
        rows=tuple(_outlook_row(assessment, item, final=final) for item in found),
        caption=f"累计指标{'全年完成情况' if final else '年底预计'}（差距单位：百分点）",
        sortable=len(found) > 5,
    )  # fmt: skip


def _outlook_row(assessment: Assessment, item: Outlook, *, final: bool) -> Row:
    assert item.series.annual is not None
    return Row(cells=(
        _number(assessment, item.series.annual), _series_name(assessment, item),
        *_unit_cell(assessment, item.series.unit),
        sentences.amount(item.plan), sentences.amount(item.actual), sentences.amount(item.annual),
        *(() if final else (sentences.amount(item.year_end, places=1),)), short_of(item.gap),
    ))  # fmt: skip


def _series_name(assessment: Assessment, item: Outlook) -> Cell:
    """Name a series by the target due now, which tells its sub-project."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(item.series.task_id)}
    step = item.series.step(assessment.quarter)
    due = targets.get(step.target_id or "") if step else None
    assert item.series.annual is not None
    return _measure(assessment, due or item.series.annual)


def _bar(assessment: Assessment, item: Outlook) -> ProgressBar:
    actual = item.actual / item.annual * 100 if item.annual else None
    plan = item.plan / item.annual * 100 if item.annual else None
    unit = item.series.measure_unit
    name, _ = _series_name(assessment, item)
    return ProgressBar(
        label=f"任务{_bar_number(assessment, item)} {sentences.clipped(name.text, 22)}",
        actual_pct=None if actual is None else float(actual),
        plan_pct=None if plan is None else float(plan),
        text=f"{sentences.amount(item.actual, unit)}，占{percent(item.actual, item.annual)}",
    )


def _bar_number(assessment: Assessment, item: Outlook) -> int:
    return assessment.plan.task(item.series.task_id).number
