"""Tables by leader, unit, action and heading, and the heat table of units by quarter."""

from collections.abc import Sequence

from reporting.assess.rating import rule
from reporting.assess.rollups import (
    NO_LEADER,
    RollUp,
    by_action,
    by_heading,
    by_leader,
    by_unit,
    rate_note,
    shown,
    total,
)
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    Cell,
    exhibit,
    nothing,
    number,
    paragraph,
    text,
)
from reporting.exhibits.charts import HeatCell, HeatRow, heat_table
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    apart_mark,
    task_link,
    units_of,
)
from reporting.exhibits.origins.counts import group_steps
from reporting.exhibits.origins.steps import counted, ids_of, stated
from reporting.grades import OPEN, Grade
from reporting.periods import quarter_label

_APART = f"“无到期项”为{rule.NOTHING_DUE}的任务，单列统计，不计入达序率"


@in_labels
def leader_table(assessment: Assessment) -> Exhibit:
    """Count the tasks of each leader by grade."""
    note = "由多位领导共同负责的任务分别计入，各行之和可能大于任务总数"
    return _table(assessment, by_leader(assessment), "责任领导", "分责任领导任务核定结果", note)


@in_labels
def unit_table(assessment: Assessment) -> Exhibit:
    """Count the tasks of each lead unit by grade, on its own return."""
    note = "按各牵头单位报表分别核定，多个单位牵头的任务分别计入，各行之和可能大于任务总数"
    return _table(assessment, by_unit(assessment), "牵头单位", "分牵头单位任务核定结果", note)


@in_labels
def action_table(assessment: Assessment) -> Exhibit:
    """Count the tasks of each action by grade.

    Many a city's table knows no actions: its tasks go by their headings (重点工作, 类别), where
    these group them.
    """
    if not any(task.action for task in assessment.plan.tasks):
        if _headings_group(assessment):
            return _table(assessment, by_heading(assessment), "工作类别", "分工作类别任务核定结果")
        return exhibit(nothing("任务分解表没有划分专项行动。"))
    return _table(assessment, by_action(assessment), "专项行动", "分专项行动任务核定结果")


def _headings_group(assessment: Assessment) -> bool:
    """Tell whether every task has a heading, and some have theirs in common."""
    headings = [task.heading for task in assessment.plan.tasks]
    return all(headings) and 1 < len(set(headings)) < len(headings)


@in_labels
def heading_table(assessment: Assessment) -> Exhibit:
    """Count the tasks under each heading of the table by grade."""
    return _table(assessment, by_heading(assessment), "总体要求", "分总体要求任务核定结果")


def _table(
    assessment: Assessment, groups: Sequence[RollUp], label: str, caption: str, note: str = ""
) -> Exhibit:
    whole = total(assessment)
    # A grade that nobody has is a column of zeros.
    grades = shown(groups)
    apart = any(group.nothing_due for group in groups)
    columns = (
        text("label", label, 2.6), number("total", "任务数", 0.8),
        *(number(grade.key, grade.short, 0.9) for grade in grades),
        *((number("nothing_due", "无到期项", 0.9),) if apart else ()),
        number("rate", "达序率", 0.9),
    )  # fmt: skip
    rows = [_row(group, grades, apart=apart) for group in groups]
    rows.append(_row(whole, grades, apart=apart, last=True))
    # Only where rows add up to more than the total is the reader told why.
    doubled = sum(group.total for group in groups) != whole.total
    notes = [
        rate_note(assessment.scale),
        *([_APART] if apart else []),
        *([note] if doubled else []),
    ]
    return exhibit(
        Table(columns=columns, rows=tuple(rows), caption=caption, sortable=len(groups) > 3),
        paragraph("注：" + sentences.joined(notes)),
    )


def _row(group: RollUp, grades: Sequence[Grade], *, apart: bool, last: bool = False) -> Row:
    counts = [group.count(grade) for grade in grades] + ([group.nothing_due] if apart else [])
    why = Muted(text=f"\n{group.why_no_rate}") if group.why_no_rate else None
    cells = (group.label, str(group.total), *map(str, counts), (group.rate, why))
    return Row(cells=cells, total=last, origin=group_steps(group, "本表全部" if last else ""))


@in_labels
def unit_heat(assessment: Assessment) -> Exhibit:
    """Draw how many tasks of each unit were not on schedule, quarter by quarter."""
    quarters = range(1, assessment.quarter + 1)
    by_quarter = {q: {u.label: u for u in by_unit(assessment, q)} for q in quarters}
    rows = [
        HeatRow(
            label=unit,
            cells=tuple(_heat_cell(by_quarter[q].get(unit)) for q in quarters),
        )
        for unit in assessment.plan.lead_units
    ]
    troubled = sum(
        any(group.count(OPEN) for group in by_quarter[assessment.quarter].values() if
            group.label == row.label)
        for row in rows
    )  # fmt: skip
    message = (
        f"热力表：各牵头单位各季度未达序的任务数与有到期或者在办事项的任务数之比，颜色越深所占比重越大；"
        f"{assessment.period.short_label}{len(rows)}个单位中有{troubled}个单位有未达序的任务。"
    )
    caption = "各牵头单位未达序的任务数（未达序数/有到期或在办事项的任务数）"
    drawn = heat_table(rows, message=message, caption=caption, labels=assessment.masthead.labels)
    steps = tuple(
        _heat_step(group, quarter) for quarter in quarters for group in by_quarter[quarter].values()
    )
    return exhibit(drawn.model_copy(update={"origin": steps}))


def _heat_step(group: RollUp, quarter: int) -> Step:
    late = group.ids(OPEN)
    words = f"{group.label}{quarter_label((quarter,))}：未达序{len(late)}项，应办{group.due}项"
    return stated(words, late)


def _heat_cell(group: RollUp | None) -> HeatCell | None:
    if group is None or not group.total:
        return None
    # Of silence nobody knows how dark it is.
    if not group.has_rate:
        return HeatCell(text=group.why_no_rate, share=0)
    count = group.count(OPEN)
    return HeatCell(text=f"{count}/{group.due}", share=count / group.due)


@in_labels
def without_leader(assessment: Assessment) -> Exhibit:
    """List the tasks for which the table names no leader."""
    tasks = [task for task in assessment.plan.tasks if not task.leaders]
    if not tasks:
        return exhibit(nothing("任务分解表中各项任务均已明确责任领导。"))
    ratings = {r.task_id: r for r in assessment.task_ratings()}
    return exhibit(
        paragraph(
            f"任务分解表中{NO_LEADER}的任务{len(tasks)}项：",
            origin=(counted(NO_LEADER, ids_of(tasks)),),
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 3),
                text("units", "牵头单位", 1.5), text("grade", "核定", 1.2),
            ),
            rows=tuple(
                Row(cells=(
                    t.label, task_link(t), units_of(t),
                    _mark(ratings.get(t.task_id)),
                ))
                for t in tasks
            ),
            caption="未明确责任领导的任务",
        ),
    )  # fmt: skip


def _mark(rating: Rating | None) -> Cell:
    return "—" if rating is None else (rating.grade, apart_mark(rating))
