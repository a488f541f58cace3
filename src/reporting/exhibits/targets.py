"""Quantified targets: plan against actual, and the year-end outlook."""

from reporting.assess.outlook import ASSUMPTION, Outlook, outlooks
from reporting.assess.values import Assessment, Level, Rating
from reporting.exhibits import prose
from reporting.exhibits.blocks import Link, Row, Table
from reporting.exhibits.charts import ProgressBar, target_progress_chart
from reporting.exhibits.exhibit import Exhibit
from reporting.exhibits.parts import (
    anchor,
    exhibit,
    mark,
    nothing,
    number,
    paragraph,
    text,
)
from reporting.numerals import percent, points
from reporting.plan.values import Target, Task

_MOST_BARS = 12


def target_table(assessment: Assessment) -> Exhibit:
    """Show every target due this quarter: plan, actual, rate, gap and rating."""
    targets = {t.target_id: t for t in assessment.plan.targets}
    found = [
        r for r in assessment.ratings if r.level is Level.TARGET and r.quarter == assessment.quarter
    ]
    if not found:
        return exhibit(nothing("本季度没有到期的量化指标。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("measure", "指标", 2.4),
                text("unit", "填报单位", 1.3), number("plan", "计划值", 0.9),
                number("actual", "实际值", 0.9), mark("measure_unit", "计量单位", 0.8),
                number("rate", "完成率", 0.8), number("gap", "差距", 0.8),
                mark("grade", "核定", 1.2),
            ),
            rows=tuple(_target_row(assessment, targets[r.subject_id], r) for r in found),
            caption="本季度到期的量化指标（差距单位：百分点）",
            sortable=len(found) > 5,
        )
    )  # fmt: skip


def _target_row(assessment: Assessment, target: Target, rating: Rating) -> Row:
    task = assessment.plan.task(target.task_id)
    known = rating.actual is not None and target.value and target.unit != "%"
    return Row(cells=(
        str(task.number), _measure(task, target.measure), rating.unit or "",
        prose.amount(rating.plan),
        prose.amount(rating.actual), target.unit,
        percent(rating.actual, target.value) if known and rating.actual is not None else "—",
        prose.amount(rating.gap), rating.grade,
    ))  # fmt: skip


def _measure(task: Task, measure: str) -> Link:
    """Name a measure, leading to its task."""
    return Link(text=measure, anchor=anchor(task))


def outlook(assessment: Assessment) -> Exhibit:
    """Project the cumulative targets to the year's end, and state the assumption.

    After the fourth quarter the year's result stands in place of the projection.
    """
    found = sorted(outlooks(assessment), key=lambda o: -o.gap)
    final = assessment.quarter == 4
    sentence = prose.outlook_sentence(found, final=final)
    if not found:
        return exhibit(paragraph(sentence))
    chart = target_progress_chart([_bar(o) for o in found[:_MOST_BARS]])
    shown = f"图中为差距最大的{_MOST_BARS}项。" if len(found) > _MOST_BARS else ""
    return exhibit(
        paragraph(sentence, "" if final else ASSUMPTION, shown),
        chart,
        _outlook_table(assessment, found),
    )


def _outlook_table(assessment: Assessment, found: list[Outlook]) -> Table:
    rows = []
    for item in found:
        task = assessment.plan.task(item.series.task_id)
        reach = f"差{points(item.gap)}" if item.gap else "达到"
        rows.append(Row(cells=(
            str(task.number), _measure(task, item.series.measure), item.series.unit,
            prose.amount(item.plan), prose.amount(item.actual), prose.amount(item.annual),
            prose.amount(item.year_end, places=1), item.series.measure_unit, reach,
        )))  # fmt: skip
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("measure", "指标", 2.4),
            text("unit", "填报单位", 1.2), number("plan", "累计计划", 0.9),
            number("actual", "累计实际", 0.9), number("annual", "全年目标", 0.9),
            number("year_end", "年底预计", 0.9), mark("measure_unit", "计量单位", 0.8),
            text("reach", "预计结果", 1.2),
        ),
        rows=tuple(rows),
        caption="累计指标年底预计",
        sortable=len(rows) > 5,
    )  # fmt: skip


def _bar(item: Outlook) -> ProgressBar:
    actual = item.actual / item.annual * 100 if item.annual else None
    plan = item.plan / item.annual * 100 if item.annual else None
    unit = item.series.measure_unit
    return ProgressBar(
        label=prose.clipped(item.series.measure, 28),
        actual_pct=None if actual is None else float(actual),
        plan_pct=None if plan is None else float(plan),
        text=f"{prose.amount(item.actual, unit)}，占{percent(item.actual, item.annual)}",
    )
