"""Changes of the plan within the year (任务调整情况): what, from when, by which decision."""

from reporting.assess.values import Adjustment, Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import exhibit, mark, nothing, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import label_of
from reporting.exhibits.origins.steps import stated
from reporting.periods import Period


@in_labels
def adjustments(assessment: Assessment) -> Exhibit:
    """List the changes of the plan, or say that there are none."""
    found = adjusted(assessment)
    return found if found.blocks else exhibit(nothing("本年度任务分解表没有调整。"))


def adjusted(assessment: Assessment) -> Exhibit:
    """List the changes that hold in the period, the latest first; nothing where there are none."""
    if not assessment.adjustments:
        return exhibit()
    order = sorted(assessment.adjustments, key=lambda one: -one.since)
    table = Table(
        columns=(
            mark("kind", "类别", 1.1), text("content", "调整内容", 2.4),
            mark("tasks", "所涉任务", 0.9), mark("since", "起始季度", 1),
            text("decision", "依据", 1.6), text("reason", "原因", 1.6),
        ),
        rows=tuple(
            Row(
                cells=(one.kind, one.content, _tasks(assessment, one), _since(assessment, one),
                       one.decision, one.reason),
                origin=_steps(assessment, one),
            )
            for one in order
        ),
        caption="任务调整情况",
    )  # fmt: skip
    words = f"本年度任务分解表有调整{len(order)}项，自所列季度起执行，以前各季度不变。"
    steps = (stated(f"参数文件所列调整：{len(order)}项"),)
    return exhibit(paragraph(words, origin=steps), table)


def _steps(assessment: Assessment, one: Adjustment) -> tuple[Step, ...]:
    """Say what the parameters hold of a change; the tasks are what it names."""
    words = f"参数文件所列{one.kind}：{one.content}，{_since(assessment, one)}起，"
    return (
        stated(f"{words}{one.decision}，{one.reason}", one.task_ids),
        stated(f"所涉任务：{_tasks(assessment, one)}", one.task_ids),
    )


def _tasks(assessment: Assessment, one: Adjustment) -> str:
    """Name the tasks by number; another subject's are none of this report's business."""
    known = {task.task_id for task in assessment.plan.tasks}
    whole = assessment.rating_unit is None
    named = [
        label_of(assessment.plan, t) for t in one.covers or one.task_ids if whole or t in known
    ]
    return "、".join(named) or "—"


def _since(assessment: Assessment, one: Adjustment) -> str:
    return Period(year=assessment.period.year, quarter=one.since).short_label
