"""One card a task: what was promised, what was reported, and how it is rated."""

from collections.abc import Iterable, Sequence

from cn2an import an2cn

from reporting.assess.outlook import Series, series_of
from reporting.assess.rating import rule
from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Block, Card, Fields, Figure, Heading, Muted
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    Cell,
    exhibit,
    nothing,
    paragraph,
)
from reporting.exhibits.charts import QuarterPoint, plan_actual_chart
from reporting.exhibits.facts import (
    rating_units,
    unless_silent,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    anchor,
    evidence_cell,
    leaders_of,
    units_of,
)
from reporting.exhibits.tasks.parts import parts_words
from reporting.exhibits.tasks.promises import is_past, lag_words, step_words
from reporting.grades import DONE
from reporting.periods import quarter_label
from reporting.plan.values import Milestone, Task
from reporting.returns.values import ProgressRow

# More would push the next card off the page, and say what the table of targets says.
_MOST_CHARTS = 3
Pair = tuple[str, Cell]


@in_labels
@unless_silent
def task_cards(assessment: Assessment, *, worst_first: bool = False) -> Exhibit:
    """Show a card for every task of the slice, in the plan's order or the worst first."""
    ratings = list(assessment.task_ratings())
    if worst_first:
        ratings.sort(key=lambda r: rule.weight(r.grade))
    if not ratings:
        return exhibit(nothing("没有任务。"))
    order = "任务按核定结果由差到好排列。" if worst_first else ""
    return exhibit(
        paragraph(order, "年度目标、本季度计划和进展情况均照录原文；核定依据注明所在表和单元格。"),
        *(_card(assessment, rating, place) for place, rating in enumerate(ratings, 1)),
    )


def _card(assessment: Assessment, rating: Rating, place: int) -> Card:
    task = assessment.plan.task(rating.task_id)
    title = f"（{an2cn(place)}）任务{task.label}：{sentences.clipped(task.goal, 30)}"
    units = rating_units(assessment, task)
    reported = [_reported(assessment, task, unit, named=len(units) > 1) for unit in units]
    return Card(
        heading=Heading(level=2, text=title, anchor=anchor(task)),
        marks=(rating.grade,),
        blocks=(
            Fields(rows=tuple(_about(assessment, task, rating))),
            *(block for blocks in reported for block in blocks),
            *_charts(assessment, task),
        ),
    )


def _about(assessment: Assessment, task: Task, rating: Rating) -> Iterable[Pair]:
    yield "年度目标", task.goal
    yield "责任领导", leaders_of(task)
    if len(task.lead_units) > 1 or assessment.rating_unit is None:
        yield "牵头单位", units_of(task)
    if task.coordinating_unit:
        yield "协调督促", task.coordinating_unit
    if rating.self_rating is not None:
        yield "单位自评", str(rating.self_rating)
    parts = parts_words(assessment, task.task_id)
    then = f"　{sentences.previous_words(rating)}" if assessment.quarter > 1 else ""
    counted = f"\n{parts}" if parts else ""
    yield "核定结果", (rating.grade, Muted(text=f"〔{rating.rule}〕"), then, counted)
    if since := lag_words(assessment, task.task_id):
        yield "滞后时间", f"{since}。"
    quotes = ("\n", *evidence_cell(rating)) if rating.evidence else ()
    yield "核定依据", (rating.reason, *quotes)


def _reported(assessment: Assessment, task: Task, unit: str, *, named: bool) -> Sequence[Block]:
    """Show what a unit was to do this quarter beside what it says it did, row by row."""
    quarter = assessment.quarter
    scheduled = assessment.plan.milestones_of(task.task_id)
    again = {r.milestone_id for r in assessment.progress if (r.unit, r.quarter) == (unit, quarter)}
    running = [
        m for m in scheduled
        if m.runs_in(quarter) or (m.due_quarter < quarter and m.milestone_id in again)
    ]  # fmt: skip
    by_goal = assessment.plan.asks_by_goal(task.task_id, quarter)
    rows = {
        row.milestone_id: row
        # Of two rows for a milestone the first counts.
        for row in reversed(assessment.progress)
        if (row.task_id, row.unit, row.quarter) == (task.task_id, unit, quarter)
    }
    head: list[Pair] = [("填报单位", unit)] if named else []
    if scheduled and not running:
        why = "，按年度目标报送" if by_goal else ""
        head.append(("本季度计划", f"任务分解表未对本季度作出安排{why}。"))
    if by_goal:
        found = rows.get(task.task_id)
        return [_fields(assessment, head, found, None)] if found or scheduled else []
    if not running:
        return [Fields(rows=tuple(head))]
    # Where the task has one row, its judgement is the task's own and stands above.
    judged = len(running) > 1 or named
    return [
        _fields(
            assessment,
            [*head, *_planned(m)],
            rows.get(m.milestone_id),
            assessment.rating(m.milestone_id, unit=unit) if judged else None,
        )
        for m in running
    ]


def _planned(milestone: Milestone) -> Iterable[Pair]:
    if milestone.workstream:
        yield "工作子项", milestone.workstream
    label = quarter_label(milestone.quarters)
    yield "本季度计划", (milestone.text.strip(), Muted(text=f"（{label}）"))


def _fields(
    assessment: Assessment, head: Sequence[Pair], row: ProgressRow | None, rating: Rating | None
) -> Fields:
    if row is None:
        return Fields(rows=(*head, ("本季度进展", "未填报。")))
    pairs: list[Pair] = [*head, ("本季度进展", row.progress or "未填写。")]
    if rating is not None:
        pairs.append(("单位自评", str(row.self_rating or "未填写")))
        pairs.append(("核定结果", (rating.grade, "　", rating.reason)))
    for label, words in (
        ("存在问题", row.problem),
        ("原因", row.cause),
        ("下一步措施", step_words(assessment, row)),
        ("完成时限", _until(assessment, row)),
        ("需协调事项", row.coordination),
        ("佐证材料", row.evidence),
    ):
        if words:
            pairs.append((label, words))
    return Fields(rows=tuple(pairs))


def _until(assessment: Assessment, row: ProgressRow) -> str:
    if row.due_date is None:
        return ""
    past = is_past(assessment, row) and row.self_rating not in DONE
    return sentences.day(row.due_date) + ("（时限已过，待核实）" if past else "")


def _charts(assessment: Assessment, task: Task) -> list[Figure]:
    """Draw the series that have figures; those running longest come first."""
    found = [s for s in series_of(assessment, task.task_id) if _drawable(s)]
    found.sort(key=lambda s: -len(s.steps))
    several = len({s.unit for s in found}) > 1
    return [_chart(assessment, series, several=several) for series in found[:_MOST_CHARTS]]


def _drawable(series: Series) -> bool:
    """Tell whether a chart says more than a line: a comparison, and more than one quarter."""
    compared = any(s.plan is not None and s.actual is not None for s in series.steps)
    return len(series.steps) > 1 and (compared or series.annual is not None)


def _chart(assessment: Assessment, series: Series, *, several: bool) -> Figure:
    points = [
        QuarterPoint(quarter=step.quarter, plan=step.plan, actual=step.actual)
        for step in series.steps
    ]
    words = {"cumulative": "累计", "in_quarter": "当季", "level": "期末"}[series.basis]
    first = next(
        t for t in assessment.plan.targets_of(series.task_id) if t.target_id == series.series_id
    )
    measure = measure_name(assessment.plan, first)
    name = f"{series.unit}：" if several else ""
    caption = f"{name}{measure}（{words}，单位：{series.measure_unit}）"
    annual = series.annual.value if series.annual and series.basis == "cumulative" else None
    return plan_actual_chart(
        points, measure=measure, unit=series.measure_unit, annual=annual,
        current=assessment.quarter, caption=caption, labels=assessment.masthead.labels,
    )  # fmt: skip
