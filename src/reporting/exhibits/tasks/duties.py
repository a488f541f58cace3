"""What comes next: next quarter's duties, and tasks supported for others."""

from collections.abc import Iterator

from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
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
    task_link,
)
from reporting.exhibits.origins.steps import COMING, leads, supported_name
from reporting.exhibits.sentences import clipped
from reporting.exhibits.year.carried import carried_over
from reporting.periods import quarter_label
from reporting.plan.values import Milestone, Plan, Task
from reporting.values import Value

ANCHOR = "next-duties"
"""Where the whole list of what comes next stands."""


class Duty(Value):
    """What the plan asks of a task in a quarter; without a milestone it is the goal itself."""

    task: Task
    milestone: Milestone | None = None

    @property
    def text(self) -> str:
        """The table's words."""
        return (self.milestone.text if self.milestone else self.task.goal).strip()


def duties_of(plan: Plan, task: Task, quarter: int) -> Iterator[Duty]:
    """Give every milestone that runs in a quarter, or the goal where it is asked for."""
    for milestone in plan.milestones_of(task.task_id):
        if milestone.runs_in(quarter):
            yield Duty(task=task, milestone=milestone)
    if plan.asks_by_goal(task.task_id, quarter):
        yield Duty(task=task)


@in_labels
@unless_silent
def next_duties(assessment: Assessment) -> Exhibit:
    """Show what the plan asks for next quarter, verbatim; after the fourth, what is left."""
    following = assessment.period.following
    if following is None:
        return carried_over(assessment)
    rows = [
        _row(duty) for task in assessment.plan.tasks
        for duty in duties_of(assessment.plan, task, following.quarter)
    ]  # fmt: skip
    if not rows:
        return exhibit(nothing(f"任务分解表未对{following.short_label}作出安排。"))
    return exhibit(
        paragraph(
            f"{following.short_label}应推进的事项{len(rows)}项，内容如下：", origin=leads(COMING)
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 1.6),
                text("stream", "工作子项", 1), mark("quarters", "时段", 0.9),
                text("text", "计划原文", 4),
            ),
            rows=tuple(rows),
            caption=f"{following.label}任务安排",
            anchor=ANCHOR,
            origin=leads(COMING),
        ),
    )  # fmt: skip


def _row(duty: Duty) -> Row:
    head = (duty.task.label, task_link(duty.task, 24))
    if duty.milestone is None:
        return Row(cells=(*head, "—", "全年", duty.text))
    stream, label = duty.milestone.workstream or "—", quarter_label(duty.milestone.quarters)
    return Row(cells=(*head, stream, label, duty.text))


@in_labels
@unless_silent
def supported(assessment: Assessment) -> Exhibit:
    """List the tasks that the unit supports for others: their names, not their progress."""
    if not assessment.supported:
        return exhibit()
    scoped = any(item.scope for item in assessment.supported)
    columns = [number("number", "任务号", 0.6), text("goal", "任务", 4)]
    columns += [text("scope", "协助范围", 1.6)] if scoped else []
    columns += [text("units", "牵头单位", 1.8)]
    rows = [
        Row(cells=(
            item.number, clipped(item.goal, 60),
            *((item.scope or "全部",) if scoped else ()), "、".join(item.lead_units),
        ), origin=leads(supported_name(item.task_id)))
        for item in assessment.supported
    ]  # fmt: skip
    return exhibit(
        paragraph(
            f"任务分解表列明由本单位协助的任务{len(rows)}项，进展情况由牵头单位报送。",
            origin=(
                Step(
                    words=f"任务分解表协助单位列有本单位的：{len(rows)}项",
                    of=tuple(supported_name(one.task_id) for one in assessment.supported),
                ),
            ),
        ),
        Table(columns=tuple(columns), rows=tuple(rows), caption="协助任务"),
    )
