"""The annex: every task in a line, on turned pages."""

from reporting.assess.values import Assessment, Rating
from reporting.exhibits.blocks import Annex, Muted, Row, Table
from reporting.exhibits.exhibit import Exhibit
from reporting.exhibits.parts import (
    anchor,
    exhibit,
    leaders_of,
    mark,
    number,
    place,
    rating_units,
    rows_of,
    said,
    text,
    units_of,
)
from reporting.plan.values import Task


def annex(assessment: Assessment, label: str = "附件") -> Exhibit:
    """Show all tasks with goal, progress, own word, rating and its ground."""
    tasks = assessment.plan.tasks
    ratings = {r.task_id: r for r in assessment.task_ratings()}
    title = f"{assessment.period.label}任务进展情况一览表"
    rows = tuple(_row(assessment, t, ratings[t.task_id]) for t in tasks if t.task_id in ratings)
    return exhibit(
        Annex(label=label, title=title, anchor="annex", landscape=True),
        Table(
            columns=(
                number("number", "任务号", 0.5), text("goal", "年度目标及工作内容", 3),
                text("leaders", "责任领导", 0.8), text("units", "牵头单位", 1.2),
                text("progress", "本季度进展", 4), mark("self", "自评", 0.9),
                mark("grade", "核定", 1), text("why", "核定理由", 2.4),
            ),
            rows=rows, caption="全部任务进展", anchor="all-tasks",
            landscape=True, sortable=True, filterable=True,
        ),
    )  # fmt: skip


def _row(assessment: Assessment, task: Task, rating: Rating) -> Row:
    rows = rows_of(assessment, task.task_id)
    progress = said(rows, "progress", rating_units(assessment, task))
    cells = [place(e) for e in rating.evidence[:1] if place(e)]
    return Row(
        cells=(
            str(task.number), task.goal, leaders_of(task), units_of(task), progress or "—",
            rating.self_rating or "—", rating.grade,
            (rating.reason, Muted(text=f"〔{'，'.join([rating.rule, *cells])}〕")),
        ),
        anchor=anchor(task),
    )  # fmt: skip
