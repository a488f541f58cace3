"""What the plan asks for next quarter, a line each, as far as a page has room."""

from collections.abc import Sequence

from reporting.assess.values import Assessment
from reporting.assess.year_end import open_tasks
from reporting.documents.blocks import Block, Link, Row, Table
from reporting.exhibits import sentences
from reporting.exhibits.building import number, paragraph, text
from reporting.exhibits.naming import anchor
from reporting.exhibits.origins.steps import COMING, ids_of, leads, stated
from reporting.exhibits.tasks.duties import ANCHOR, Duty, duties_of
from reporting.grades import OPEN

_LINE = 34


def following_duties(assessment: Assessment) -> list[Duty]:
    """Give what runs next quarter, that of tasks not on schedule first; none after the fourth."""
    following = assessment.period.following
    if following is None:
        return []
    late = {r.task_id for r in assessment.task_ratings() if r.grade in OPEN}
    tasks = sorted(assessment.plan.tasks, key=lambda task: task.task_id not in late)
    return [d for t in tasks for d in duties_of(assessment.plan, t, following.quarter)]


def following_table(assessment: Assessment, room: int) -> Block | None:
    """List the duties, as many as there is room for, and say how many more there are."""
    following, duties = assessment.period.following, following_duties(assessment)
    if following is None:
        return paragraph(_carried(assessment), origin=leads(COMING))
    if not duties:
        return None
    shown = duties if len(duties) <= room else duties[: room - 1]
    rows = [Row(cells=(d.task.label, Link(text=_line(d), anchor=anchor(d.task)))) for d in shown]
    if rest := len(duties) - len(shown):
        more = Link(text=f"其余{rest}项见附件", anchor=ANCHOR)
        rest_ids = ids_of(d.task for d in duties[len(shown) :])
        rows.append(Row(cells=("—", more), origin=(stated(f"其余事项：{rest}项", rest_ids),)))
    return Table(
        columns=(number("number", "任务号", 0.8), text("text", "计划原文摘要", 9)),
        rows=tuple(rows),
        caption=f"{following.short_label}应推进的事项（共{len(duties)}项，未达序任务的在前）",
        origin=leads(COMING),
    )


def _carried(assessment: Assessment) -> str:
    left: Sequence[object] = open_tasks(assessment)
    return (
        f"年末尚未办结、需结转下年的任务{len(left)}项，见附件。" if left else "没有结转下年的任务。"
    )


def _line(duty: Duty) -> str:
    stream = duty.milestone.workstream if duty.milestone else None
    head = f"{sentences.clipped(stream, 10)}：" if stream else ""
    return head + sentences.clipped(duty.text, _LINE - len(head))
