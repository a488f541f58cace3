"""The annex of the public's report: every task that is told of, with what its fields may tell."""

from collections.abc import Callable

from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Column, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import Cell, exhibit, mark, nothing, number, text
from reporting.exhibits.facts import rows_of
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor, apart_mark, leaders_of, numbered, units_of
from reporting.exhibits.tasks.duties import duties_of
from reporting.plan.values import Task
from reporting.returns.claims import quoted

_MOST_QUOTES = 3
"""A task of many steps would fill a page by itself."""

Tell = Callable[[Task], Cell]
"""Gives a task's cell; an empty one says nothing."""


@in_labels
def public_tasks(assessment: Assessment) -> Exhibit:
    """Show every task in a line: whose it is, what was done, what comes next, how it stands.

    What no task tells has no column.
    """
    tasks = assessment.plan.tasks
    if not tasks:
        return exhibit(nothing("没有公开的任务。"))
    filled = [(column, [tell(task) for task in tasks]) for column, tell in _columns(assessment)]
    kept = [(column, cells) for column, cells in filled if any(cells)]
    rows = tuple(
        Row(cells=tuple(cells[at] or "—" for _, cells in kept), anchor=anchor(task))
        for at, task in enumerate(tasks)
    )
    return exhibit(
        Table(
            columns=tuple(column for column, _ in kept), rows=rows,
            caption="各项任务进展", anchor="all-tasks",
            landscape=True, sortable=True, filterable=True,
        )
    )  # fmt: skip


def _columns(assessment: Assessment) -> tuple[tuple[Column, Tell], ...]:
    following = assessment.period.following
    label = f"{following.short_label}安排" if following else "安排"
    ratings = {rating.task_id: rating for rating in assessment.task_ratings()}
    return (
        (number("number", "任务号", 0.5), numbered),
        (text("goal", "年度目标及工作内容", 2.6), lambda task: task.goal),
        (text("units", "牵头单位\n（协助单位）", 1.3), _units),
        (text("leaders", "责任领导", 0.7), lambda task: leaders_of(task) if task.leaders else ""),
        (text("progress", "本季度进展（摘录）", 3.4), lambda task: _progress(assessment, task)),
        (text("next", label, 2.4), lambda task: _next(assessment, task)),
        (mark("grade", "进度", 1.1), lambda task: _grade(ratings.get(task.task_id))),
    )  # fmt: skip


def _units(task: Task) -> Cell:
    supporting = "、".join(
        f"{one.unit}（{one.scope}）" if one.scope else one.unit for one in task.supporting_units
    )
    return (units_of(task), Muted(text=f"\n（{supporting}）") if supporting else None)


def _progress(assessment: Assessment, task: Task) -> str:
    """Quote what the lead units say of each step; the table of steps has the whole texts."""
    several = len(task.lead_units) > 1
    found = dict.fromkeys(
        f"{row.unit}：{quoted(row.progress)}" if several else quoted(row.progress)
        for row in rows_of(assessment, task.task_id)
        if row.progress
    )
    shown = [*found][:_MOST_QUOTES]
    more = len(found) - len(shown)
    return "\n".join([*shown, *([f"（另有{more}个事项。）"] if more else [])])


def _next(assessment: Assessment, task: Task) -> str:
    """Give the plan's words for next quarter; the goal itself stands beside already."""
    following = assessment.period.following
    if following is None:
        return ""
    steps = (d.milestone for d in duties_of(assessment.plan, task, following.quarter))
    words = (f"{s.workstream}：{s.text.strip()}" if s.workstream else s.text.strip()
             for s in steps if s)  # fmt: skip
    return "\n".join(dict.fromkeys(words))


def _grade(rating: Rating | None) -> Cell:
    return (rating.grade, apart_mark(rating)) if rating else "—"
