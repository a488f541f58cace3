"""What became of last quarter's open points and of promised steps: the solved are only counted."""

from collections.abc import Sequence

from reporting.assess.followup.points import OpenPoint, Outcome, open_points
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell, exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.city.words import late_link
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import task_link, units_of
from reporting.exhibits.origins.steps import FOLLOWED, leads, stated
from reporting.exhibits.tasks.promises import (
    followed,
    not_kept,
    promised_sentence,
    state_words,
)
from reporting.grades import GOOD, LAGGING
from reporting.language.clip import clip
from reporting.returns.promises.values import Commitment

_GOAL, _SHORT, _STEP, _MOST = 24, 18, 22, 10


@in_labels
def unsettled(assessment: Assessment) -> Exhibit:
    """Show last quarter's points that are not settled, a line each."""
    if assessment.quarter == 1:
        return exhibit(nothing("本年度第一次通报，没有上季度事项需要跟踪。"))
    found = open_points(assessment)
    pending = [point for point in found if point.outcome is not Outcome.SETTLED]
    made_up = len(recovered(assessment))
    good = "或者".join(str(grade) for grade in reversed(assessment.scale.of(GOOD)))
    return exhibit(
        paragraph(
            sentences.followup_sentence(found),
            f"其中已追回进度（由滞后转为{good}）的{made_up}项。" if made_up else "",
            "已解决的见附件。" if len(pending) < len(found) else "",
            origin=leads(FOLLOWED),
        ),
        _table(pending) if pending else None,
    )


def recovered(assessment: Assessment) -> list[Rating]:
    """Give the ratings of tasks that lagged last quarter and keep the plan now (已追回进度)."""
    return [r for r in assessment.task_ratings() if r.previous in LAGGING and r.grade in GOOD]


def _table(pending: Sequence[OpenPoint]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3), text("unit", "牵头单位", 2),
            mark("before", "上季度核定", 1.3), mark("now", "本季度核定", 1.3),
            mark("outcome", "办理情况", 1),
        ),
        rows=tuple(Row(cells=_cells(point)) for point in pending),
        caption="尚未解决的上季度事项",
        dense=True,
        sortable=len(pending) > 5,
    )  # fmt: skip


def _cells(point: OpenPoint) -> tuple[Cell, ...]:
    return (
        point.task.label, late_link(point.task, _GOAL), units_of(point.task),
        point.before.grade, point.now.grade, str(point.outcome),
    )  # fmt: skip


@in_labels
def commitments(assessment: Assessment) -> Exhibit:
    """Tell how many promised steps were kept, and which were not, a line each."""
    found = followed(assessment)
    if not found:
        return exhibit(nothing("以前季度没有提出有完成时限的措施。"))
    end = assessment.period.date_end
    broken = sorted(not_kept(assessment), key=lambda one: -one.days_overdue(end))
    shown = broken[:_MOST]
    more = f"列出逾期最长的{len(shown)}项，全部" if len(shown) < len(broken) else "各项说明"
    return exhibit(
        paragraph(
            promised_sentence(assessment, found),
            f"{more}见附件。" if broken else "",
            origin=(*leads(FOLLOWED), stated(f"列出逾期最长的：{len(shown)}项")),
        ),
        _broken_table(assessment, shown) if broken else None,
    )


def _broken_table(assessment: Assessment, broken: Sequence[Commitment]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 2), text("unit", "牵头单位", 1.6),
            text("step", "所报措施", 2.4), mark("due", "承诺时限", 1),
            text("state", "办理情况", 2),
        ),
        rows=tuple(Row(cells=_broken(assessment, one)) for one in broken),
        caption="没有按期办结的措施", dense=True, sortable=len(broken) > 5,
    )  # fmt: skip


def _broken(assessment: Assessment, one: Commitment) -> tuple[Cell, ...]:
    task = assessment.plan.task(one.task_id)
    return (
        task.label, task_link(task, _SHORT), one.unit, clip(one.text, _STEP),
        sentences.day_in(one.due, assessment.period.year), state_words(assessment, one),
    )  # fmt: skip
