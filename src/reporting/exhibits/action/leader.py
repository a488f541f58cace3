"""What a leader reads in two minutes: what is late, with whom, why, and what comes next."""

from collections.abc import Sequence
from datetime import date

from reporting.assess.followup.lag import lag
from reporting.assess.followup.requests import requests
from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.action.following import following_table
from reporting.exhibits.building import exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import task_link, units_of
from reporting.exhibits.origins.steps import CAUSES, about, counted, ids_of, leads, stated
from reporting.exhibits.tasks.causes import causes_sentence
from reporting.exhibits.tasks.lagging import concerned_rows
from reporting.exhibits.tasks.parts import parts_words
from reporting.exhibits.tasks.promises import is_past
from reporting.grades import OPEN
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow

_MOST_LATE, _MOST_ASKED, _MOST_NEXT = 4, 2, 3


@in_labels
def late_tasks(assessment: Assessment) -> Exhibit:
    """Show the tasks that do not keep to the plan, the worst first, and count their causes."""
    found = sorted(
        (r for r in assessment.task_ratings() if r.grade in OPEN), key=rule.trouble
    )  # fmt: skip
    if not found:
        return exhibit(nothing("没有未达序的任务。"))
    shown = found[:_MOST_LATE]
    rest = "、".join(assessment.plan.task(r.task_id).label for r in found[_MOST_LATE:])
    return exhibit(
        _table(assessment, shown),
        paragraph(
            f"另有未达序的任务{len(found) - len(shown)}项：任务{rest}，见附件。",
            origin=_rest_steps(assessment, found[_MOST_LATE:]),
        )
        if rest
        else None,
        paragraph(causes_sentence(assessment), origin=leads(CAUSES)),
    )


def _rest_steps(assessment: Assessment, rest: Sequence[Rating]) -> tuple[Step, ...]:
    tasks = [assessment.plan.task(rating.task_id) for rating in rest]
    return (counted("另有未达序的任务", ids_of(tasks)), *about(*tasks))


def _table(assessment: Assessment, shown: Sequence[Rating]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("task", "任务（牵头单位）", 3.2),
            mark("grade", "核定", 1.2), text("step", "下一步措施和时限", 3.2),
        ),
        rows=tuple(_row(assessment, rating) for rating in shown),
    )  # fmt: skip


def _row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    whose = [units_of(task), parts_words(assessment, task.task_id), _since(assessment, task)]
    return Row(cells=(
        task.label,
        (task_link(task, 15), Muted(text="\n" + "；".join(filter(None, whose)))),
        rating.grade, _promised(assessment, concerned_rows(assessment, task)),
    ), origin=(*about(task), stated(_since(assessment, task), [task.task_id])))  # fmt: skip


def _since(assessment: Assessment, task: Task) -> str:
    found = lag(assessment, task.task_id)
    parts = [f"连续{found.quarters}季度滞后"] if found.quarters > 1 else []
    return "，".join([*parts, *([f"逾期{found.days}天"] if found.days else [])])


def _promised(assessment: Assessment, rows: Sequence[ProgressRow]) -> str:
    """Give the first step promised, and the last day; what is past is said to be so."""
    steps = list(dict.fromkeys(sentences.clipped(r.next_step, 22) for r in rows if r.next_step))
    if not steps:
        return "未填报"
    dated = [row for row in rows if row.due_date]
    if not dated:
        return f"{steps[0]}（未填报时限）"
    last = max(dated, key=lambda row: row.due_date or date.min)
    until = sentences.day_in(last.due_date, assessment.period.year)
    return f"{steps[0]}（{until}前{'，时限已过' if is_past(assessment, last) else ''}）"


@in_labels
def asked_of_others(assessment: Assessment) -> Exhibit:
    """Name the points that units ask to be settled, with whom they ask; the rest are counted."""
    found = requests(assessment)
    if not found:
        return exhibit(nothing("本季度没有单位提出需协调事项。"))
    rows = tuple(
        Row(cells=(
            one.task.label, one.row.unit, "、".join(one.addressees) or "未写明",
            sentences.clipped(one.row.coordination, 40),
        ), origin=about(one.task))
        for one in found[:_MOST_ASKED]
    )  # fmt: skip
    rest = len(found) - len(rows)
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("unit", "提出单位", 1.3),
                text("asked", "请谁协调", 1.2), text("words", "需协调事项", 3),
            ),
            rows=rows,

        ),
        paragraph(
            f"其余{rest}项见附件。",
            origin=(counted("其余需协调事项", [r.task.task_id for r in found[len(rows) :]]),),
        )
        if rest
        else None,
    )  # fmt: skip


@in_labels
def coming_work(assessment: Assessment) -> Exhibit:
    """Show what next quarter asks for; after the fourth, what the year leaves open."""
    return exhibit(following_table(assessment, _MOST_NEXT))
