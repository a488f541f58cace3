"""Last quarter's open points: what was promised, and what became of it."""

from collections.abc import Sequence
from datetime import date

from reporting.assess.followup.lag import lag
from reporting.assess.followup.points import OpenPoint, Outcome, open_points
from reporting.assess.values import Assessment
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import (
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
    owner_column,
    owner_of,
    reported_words,
    task_link,
)
from reporting.exhibits.origins.steps import FOLLOWED, leads
from reporting.exhibits.tasks.promises import NOT_YET, commitment_of, promised, state_words


@in_labels
@unless_silent
def followed_up(assessment: Assessment) -> Exhibit:
    """Show last quarter's open points, what was promised, and what became of them."""
    if assessment.quarter == 1:
        return exhibit(nothing("本年度第一次通报，没有上季度事项需要跟踪。"))
    found = open_points(assessment)
    settled = [point for point in found if point.outcome is Outcome.SETTLED]
    pending = [point for point in found if point.outcome is not Outcome.SETTLED]
    return exhibit(
        paragraph(sentences.followup_sentence(found), origin=leads(FOLLOWED)),
        _pending_table(assessment, pending) if pending else None,
        _settled_table(assessment, settled) if settled else None,
        *promised(assessment),
    )


def _pending_table(assessment: Assessment, found: Sequence[OpenPoint]) -> Table:
    label = f"任务\n（{owner_column(assessment).label}）"
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", label, 2.4),
            text("promise", "上季度所报措施和时限", 2.6),
            mark("grades", "上季度核定\n本季度核定", 1.6), mark("outcome", "办理情况", 0.9),
        ),
        rows=tuple(_pending_row(assessment, point) for point in found),
        caption="尚未解决的上季度跟踪事项",
        sortable=len(found) > 5,
    )  # fmt: skip


def _pending_row(assessment: Assessment, point: OpenPoint) -> Row:
    task = point.task
    promise = reported_words(point.promised, "next_step", task.lead_units) or "未提出"
    until = _until(assessment, point)
    streak = lag(assessment, task.task_id).quarters
    outcome = f"{point.outcome}\n连续{streak}个季度滞后" if streak > 1 else str(point.outcome)
    return Row(cells=(
        task.label,
        (task_link(task, 26), Muted(text=f"\n（{owner_of(assessment, task)}）")),
        (promise, Muted(text=until) if until else ""),
        (point.before.grade, "\n", point.now.grade), outcome,
    ))  # fmt: skip


def _until(assessment: Assessment, point: OpenPoint) -> str:
    """Say until when the steps were promised, and of those whose day is past what became."""
    dated = [row for row in point.promised if row.due_date]
    if not dated:
        return ""
    last = max(dated, key=lambda row: row.due_date or date.min)
    made = commitment_of(assessment, last)
    words = state_words(assessment, made) if made else NOT_YET
    became = "" if words == NOT_YET else f"，{words}"
    return f"（{sentences.day(last.due_date)}前{became}）"


def _settled_table(assessment: Assessment, found: Sequence[OpenPoint]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3.6),
            owner_column(assessment, 1.6), mark("grades", "上季度核定\n本季度核定", 1.6),
        ),
        rows=tuple(
            Row(cells=(
                p.task.label, task_link(p.task, 30), owner_of(assessment, p.task),
                (p.before.grade, "\n", p.now.grade),
            ))
            for p in found
        ),
        caption="已解决的上季度跟踪事项",
        sortable=len(found) > 5,
    )  # fmt: skip
