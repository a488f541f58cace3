"""The annex: every task in a line, on turned pages."""

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Annex, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import (
    Cell,
    exhibit,
    mark,
    number,
    text,
)
from reporting.exhibits.facts import (
    rating_units,
    rows_of,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    anchor,
    apart_mark,
    leaders_of,
    numbered,
    units_of,
)
from reporting.exhibits.origins.steps import CALENDAR, leads, stated
from reporting.grades import GOOD
from reporting.plan.values import Task
from reporting.returns.claims import quoted

# A task of many rows would fill a page by itself.
_MOST_QUOTES = 3
_PLAIN = frozenset({rule.BY_TEXT, rule.REMAINDER})
"""Clauses that a good rating beside its quotes needs no words about."""


def appendix(label: str, title: str, *, landscape: bool = False) -> Exhibit:
    """Begin an annex: a new page with its label and title, turned where its tables are wide."""
    return exhibit(Annex(label=label, title=title, landscape=landscape))


@in_labels
def annex(assessment: Assessment, label: str = "附件") -> Exhibit:
    """Show all tasks with goal, what was said of them, own word and rating.

    The whole progress texts stand in the units' reports and in the workbook.
    """
    tasks = assessment.plan.tasks
    ratings = {r.task_id: r for r in assessment.task_ratings()}
    title = f"{assessment.period.label}任务进展情况一览表"
    rows = tuple(_row(assessment, t, ratings[t.task_id]) for t in tasks if t.task_id in ratings)
    return exhibit(
        Annex(label=label, title=title, anchor="annex", landscape=True, origin=leads(CALENDAR)),
        Table(
            columns=(
                number("number", "任务号", 0.5), text("goal", "年度目标及工作内容", 3),
                text("units", "牵头单位", 1.2), text("leaders", "责任领导", 0.8),
                text("progress", "本季度进展（摘录）", 4.2),
                mark("grade", "核定结果\n单位自评", 1.1),
            ),
            rows=rows, caption="全部任务进展", anchor="all-tasks",
            landscape=True, sortable=True, filterable=True,
        ),
    )  # fmt: skip


def _row(assessment: Assessment, task: Task, rating: Rating) -> Row:
    return Row(
        cells=(
            numbered(task), task.goal, units_of(task), leaders_of(task),
            _progress(assessment, task, rating),
            (rating.grade, apart_mark(rating), Muted(text=f"\n{rating.self_rating or '—'}")),
        ),
        anchor=anchor(task), origin=_left_out(assessment, task),
    )  # fmt: skip


def _left_out(assessment: Assessment, task: Task) -> tuple[Step, ...]:
    rest = len(_quotes(assessment, task)) - _MOST_QUOTES
    return (stated(f"未摘录的事项：{rest}个", [task.task_id]),) if rest > 0 else ()


def _progress(assessment: Assessment, task: Task, rating: Rating) -> Cell:
    """Quote each row's status, and say why the task is rated as it is where that is not plain."""
    quotes = _quotes(assessment, task)
    shown = quotes[:_MOST_QUOTES]
    if len(quotes) > len(shown):
        shown.append(f"（另有{len(quotes) - len(shown)}个事项，见牵头单位报告。）")
    plain = rating.grade in GOOD and rating.rule in _PLAIN and quotes
    why = "" if plain else f"核定理由：{rating.reason}〔{rating.rule}〕"
    parts: list[Cell] = ["\n".join(shown)] if shown else []
    if why:
        parts += ["\n" if shown else "", Muted(text=why)]
    return tuple(parts) or "—"


def _quotes(assessment: Assessment, task: Task) -> list[str]:
    several = len(rating_units(assessment, task)) > 1
    found = {
        f"{row.unit}：{quoted(row.progress)}" if several else quoted(row.progress): None
        for row in rows_of(assessment, task.task_id)
        if row.progress
    }
    return list(found)
