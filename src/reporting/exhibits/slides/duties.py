"""What comes next: the duties of the next quarter, those of lagging tasks first."""

from collections.abc import Iterator, Sequence

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.assess.year_end import OpenTask, open_tasks
from reporting.documents.blocks import BulletList, Row, Table
from reporting.documents.slides.values import Slide
from reporting.exhibits.building import number, text
from reporting.exhibits.slides.sources import of_table, quoted
from reporting.exhibits.tasks.duties import Duty, duties_of
from reporting.grades import LAGGING
from reporting.language.clip import clip
from reporting.periods import Period
from reporting.plan.values import Task

_MOST, _TEXT, _GOAL, _UNIT, _WHY = 8, 56, 22, 12, 26


def duty_slide(assessment: Assessment) -> Slide:
    """Show what the plan asks for next, or after the year what is left."""
    following = assessment.period.following
    if following is None:
        return _carried_over(assessment)
    every = [d for task in assessment.plan.tasks for d in duties_of(assessment.plan, task,
                                                                   following.quarter)]  # fmt: skip
    if not every:
        return Slide(
            title=f"任务分解表未对{following.short_label}作出安排",
            parts=(BulletList(items=("没有应推进的事项。",)),),
        )
    ratings = {r.task_id: r for r in assessment.task_ratings() if r.grade in LAGGING}
    late = [duty for duty in every if duty.task.task_id in ratings]
    late.sort(key=lambda duty: (rule.trouble(ratings[duty.task.task_id]), duty.task.number))
    return _slide(assessment, following, every, late, ratings)


def _slide(
    assessment: Assessment,
    following: Period,
    every: Sequence[Duty],
    late: Sequence[Duty],
    ratings: dict[str, Rating],
) -> Slide:
    message = f"{following.short_label}应推进的事项{len(every)}项"
    if not late:
        return Slide(
            title=f"{message}，均不属于目前滞后的任务",
            parts=(BulletList(items=("各事项见通报附件和各单位报告。",)),),
        )
    shown = late[:_MOST]
    more = f"属于滞后任务的事项按任务核定由差到好列前{len(shown)}项，" if shown != late else ""
    return Slide(
        title=f"{message}，其中属于目前滞后任务的{len(late)}项，须同时追赶进度",
        parts=(_table(shown, ratings),),
        remark=f"{more}其余事项见通报附件和各单位报告。",
        notes=("数据来源：", *(of_table(assessment, d.task, d.milestone) for d in shown)),
    )


def _table(shown: Sequence[Duty], ratings: dict[str, Rating]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("text", "计划原文", 4),
            text("unit", "牵头单位", 1.6), text("grade", "本季度核定", 1.6),
        ),
        rows=tuple(
            Row(cells=(
                d.task.label, clip(" ".join(d.text.split()), _TEXT), _unit(d.task),
                ratings[d.task.task_id].grade,
            ))
            for d in shown
        ),
        caption="目前滞后的任务下季度的计划",
    )  # fmt: skip


def _unit(task: Task) -> str:
    more = f"等{len(task.lead_units)}个单位" if len(task.lead_units) > 1 else ""
    return clip(task.lead_units[0], _UNIT) + more


def _carried_over(assessment: Assessment) -> Slide:
    """Show what the year leaves open, worst first."""
    found, every = list(open_tasks(assessment)), len(assessment.plan.tasks)
    found.sort(key=lambda item: rule.weight(item.grade) if item.grade else -1)
    if not found:
        return Slide(
            title=f"全年任务{every}项，没有需结转下年的",
            parts=(BulletList(items=("均已完成或者达到年度进度要求。",)),),
        )
    shown = found[:_MOST]
    return Slide(
        title=f"全年任务{every}项，年末尚未办结、需结转下年的{len(found)}项",
        parts=(_open_table(shown),),
        remark=f"按年末核定由差到好列前{len(shown)}项，其余见通报。" if shown != found else "",
        notes=tuple(_open_notes(assessment, shown)),
    )


def _open_table(shown: Sequence[OpenTask]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3),
            text("unit", "牵头单位", 1.6), text("grade", "年末核定", 1.6),
            text("why", "结转原因", 3),
        ),
        rows=tuple(
            Row(cells=(
                item.task.label, clip(item.task.goal, _GOAL), _unit(item.task),
                item.grade or "—", clip("；".join(item.reasons), _WHY),
            ))
            for item in shown
        ),
        caption="年末结转事项",
    )  # fmt: skip


def _open_notes(assessment: Assessment, shown: Sequence[OpenTask]) -> Iterator[str]:
    yield "数据来源："
    ratings = {r.task_id: r for r in assessment.task_ratings()}
    for item in shown:
        yield f"任务{item.task.label}：{of_table(assessment, item.task)}"
        if rating := ratings.get(item.task.task_id):
            yield from quoted(rating)
