"""What the units ask others to help with."""

from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import (
    exhibit,
    nothing,
    number,
    text,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    task_link,
)


@in_labels
def coordination(assessment: Assessment) -> Exhibit:
    """Show what the units ask others to help with."""
    rows = [r for r in assessment.progress if r.quarter == assessment.quarter and r.coordination]
    if not rows:
        return exhibit(nothing("本季度没有单位提出需协调事项。"))
    rows.sort(key=lambda r: r.milestone_id)
    tasks = [assessment.plan.task(r.task_id) for r in rows]
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 2),
                text("unit", "提出单位", 1.3), text("words", "需协调事项", 3),
            ),
            rows=tuple(
                Row(cells=(t.label, task_link(t, 30), r.unit, r.coordination))
                for t, r in zip(tasks, rows, strict=True)
            ),
            caption="需协调事项",
        )
    )  # fmt: skip
