"""The tasks that the year leaves open, which the next one has to take along."""

from reporting.assess.values import Assessment
from reporting.assess.year_end import OpenTask, open_tasks
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import exhibit, mark, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import owner_column, owner_of, task_link
from reporting.exhibits.origins.steps import COMING, leads


@in_labels
def carried_over(assessment: Assessment) -> Exhibit:
    """List the tasks of the year that are not settled at its end, and why."""
    found, every = open_tasks(assessment), len(assessment.plan.tasks)
    settled = every - len(found)
    if not found:
        return exhibit(
            paragraph(
                f"全年任务{every}项，均已完成或者达到年度进度要求，没有结转事项。",
                origin=leads(COMING),
            )
        )
    return exhibit(
        paragraph(
            f"全年任务{every}项，其中已完成或者达到年度进度要求的{settled}项，"
            f"年末尚未办结、需结转下年的{len(found)}项。",
            origin=leads(COMING),
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 2.6),
                owner_column(assessment), mark("grade", "年末核定", 1.3),
                text("why", "结转原因", 2.4),
            ),
            rows=tuple(_row(assessment, item) for item in found),
            caption="年末结转事项",
            anchor="carried-over",
            sortable=len(found) > 5,
        ),
    )  # fmt: skip


def _row(assessment: Assessment, item: OpenTask) -> Row:
    task = item.task
    return Row(cells=(
        task.label, task_link(task), owner_of(assessment, task), item.grade or "—",
        "；".join(item.reasons),
    ))  # fmt: skip
