"""Whose return is missing, late or faulty, and which tasks nobody could judge for it."""

from reporting.assess.values import Assessment, ReturnState, ReturnStatus
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell, exhibit, mark, number, paragraph, text
from reporting.exhibits.city.words import number_link
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor
from reporting.exhibits.origins.steps import ARRIVALS, leads
from reporting.findings import Severity

_NUMBERS = 20


@in_labels
def returns_with_tasks(assessment: Assessment) -> Exhibit:
    """Show the units that did not return in time and in order, with the tasks they lead."""
    now = [s for s in assessment.return_status if s.quarter == assessment.quarter]
    order = list(ReturnState)
    found = sorted(
        (s for s in now if s.state is not ReturnState.ON_TIME), key=lambda s: -order.index(s.state)
    )
    table = Table(
        columns=(
            text("unit", "牵头单位", 2), mark("state", "报送情况", 1.5),
            mark("due", "应报日期", 1.4),
            mark("day", "收到日期", 1.4), number("errors", "错误\n（处）", 0.8),
            text("tasks", "牵头任务", 2.4),
        ),
        rows=tuple(_row(assessment, status) for status in found),
        caption="未按时按要求报送的单位及其任务",
        anchor="not-returned", dense=True,
    )  # fmt: skip
    said = paragraph(sentences.returns_sentence(now), origin=leads(ARRIVALS))
    return exhibit(said, table if found else None)


def _row(assessment: Assessment, status: ReturnStatus) -> Row:
    errors = sum(
        f.unit == status.unit and f.severity is Severity.ERROR for f in assessment.findings
    )
    return Row(cells=(
        status.unit, str(status.state), sentences.day(status.due), sentences.day(status.day),
        str(errors), _tasks(assessment, status.unit),
    ), origin=leads(ARRIVALS))  # fmt: skip


def _tasks(assessment: Assessment, unit: str) -> Cell:
    tasks = [task for task in assessment.plan.tasks if unit in task.lead_units]
    parts: list[Cell] = ["任务"]
    for at, task in enumerate(tasks[:_NUMBERS]):
        parts += ["、"] if at else []
        parts.append(number_link(task, anchor(task)))
    more = f"等{len(tasks)}项" if len(tasks) > _NUMBERS else f"（{len(tasks)}项）"
    return (*parts, more)
