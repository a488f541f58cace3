"""Where the office rates otherwise than the unit itself."""

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import (
    exhibit,
    mark,
    nothing,
    number,
    text,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    owner_column,
    owner_of,
    task_link,
)


@in_labels
def disagreements(assessment: Assessment) -> Exhibit:
    """Show where the office's rating differs from the unit's own word, and why."""
    # What differs only because the year goes on is no disagreement; the rule says which.
    found = [r for r in assessment.task_ratings() if rule.differs(r)]
    if not found:
        return exhibit(nothing("核定结果与单位自评没有不一致的任务。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 1.9),
                owner_column(assessment), mark("grades", "单位自评\n核定结果", 1.6),
                text("why", "理由和条款", 3),
            ),
            rows=tuple(_disagreement_row(assessment, r) for r in found),
            caption="核定结果与单位自评不一致的任务",
            sortable=len(found) > 5,
        )
    )  # fmt: skip


def _disagreement_row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    return Row(cells=(
        task.label, task_link(task, 26), owner_of(assessment, task),
        (rating.self_rating or "—", "\n", rating.grade),
        (rating.reason, Muted(text=f"〔{rating.rule}〕")),
    ))  # fmt: skip
