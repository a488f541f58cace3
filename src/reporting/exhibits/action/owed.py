"""催办单: the one page of a unit that did not report, with what it owes and how to return it."""

from collections.abc import Iterator, Sequence

from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, ReturnStatus
from reporting.documents.blocks import Block, Row, Table
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import number, paragraph, text
from reporting.exhibits.origins.steps import (
    ARRIVALS,
    CALENDAR,
    about,
    counted,
    ids_of,
    leads,
    stated,
)
from reporting.exhibits.tasks.duties import Duty, duties_of
from reporting.grades import Kind
from reporting.plan.figures.told import plan_text
from reporting.plan.values import Target, Task
from reporting.returns.promises.values import Commitment, State

_MOST_TASKS, _FEW = 9, 3
"""How many tasks a page holds, and how many at length; the others are told by number."""
_LONG, _SHORT = 60, 24


def owed(assessment: Assessment, status: ReturnStatus) -> Iterator[Block | None]:
    """Say what was to be returned, since when it is late, and how to return it."""
    tasks = [t for t in assessment.plan.tasks if _due(assessment, t)] or list(assessment.plan.tasks)
    yield paragraph(_opening(assessment, status, tasks), origin=_steps(assessment, status, tasks))
    yield _table(assessment, tasks[:_MOST_TASKS])
    if rest := tasks[_MOST_TASKS:]:
        numbers = "、".join(task.label for task in rest)
        yield paragraph(
            f"另有{len(rest)}项任务同样应报：任务{numbers}。",
            origin=(counted("另有同样应报的任务", ids_of(rest)), *about(*rest)),
        )
    yield paragraph(_promises(assessment), origin=_promised(assessment))
    yield paragraph(_how(assessment), origin=leads(CALENDAR))


def _steps(assessment: Assessment, status: ReturnStatus, tasks: Sequence[Task]) -> tuple[Step, ...]:
    """Say what the opening counts: the tasks owed, their figures, the days since it was due."""
    figures = [task.task_id for task in tasks for _ in _figures(assessment, task)]
    late = (assessment.issued_on - status.due).days if status.due else 0
    return (
        *leads(CALENDAR, ARRIVALS),
        counted("应报的任务", ids_of(tasks)),
        stated(f"应填的指标：{len(figures)}项", figures),
        stated(f"逾期：自应报日期至印发日期{late}天"),
    )


def _due(assessment: Assessment, task: Task) -> list[Duty]:
    return list(duties_of(assessment.plan, task, assessment.quarter))


def _opening(assessment: Assessment, status: ReturnStatus, tasks: Sequence[Task]) -> str:
    label = assessment.period.label
    when = f"应于{sentences.day(status.due)}前报送" if status.due else "应按期报送"
    until = sentences.day(assessment.issued_on)
    late = (assessment.issued_on - status.due).days if status.due else 0
    days = f"，逾期{late}天" if late > 0 else ""
    figures = sum(len(_figures(assessment, task)) for task in tasks)
    targets = f"、指标{figures}项" if figures else ""
    unheard = assessment.scale[Kind.NOT_REPORTED]
    return (
        f"{status.unit}{label}进展情况报表{when}，截至{until}未收到{days}。"
        f"应报任务{len(tasks)}项{targets}如下，请立即补报；补报前有到期或者在办事项的任务均核定为“{unheard}”。"
    )


def _table(assessment: Assessment, tasks: Sequence[Task]) -> Table:
    room = _LONG if len(tasks) <= _FEW else _SHORT
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("plan", "应报任务和事项（原文摘要）", 4.4),
            text("figures", "应填指标（计划值）", 2.6),
        ),
        rows=tuple(_row(assessment, task, room) for task in tasks),
        caption="应报的任务和指标",
    )  # fmt: skip


def _row(assessment: Assessment, task: Task, room: int) -> Row:
    words = [sentences.clipped(duty.text, room) for duty in _due(assessment, task)]
    found = _figures(assessment, task)
    named = [
        f"{sentences.clipped(measure_name(assessment.plan, t), room // 2)}（{plan_text(t)}）"
        for t in found[:1]
    ]
    more = f"等{len(found)}项" if len(found) > 1 else ""
    plan = words[0] if words else sentences.clipped(task.goal, room)
    several = f"（共{len(words)}个事项）" if len(words) > 1 else ""
    return Row(
        cells=(task.label, plan + several, "".join(named) + more or "—"),
        origin=(
            *about(task),
            stated(f"应报的事项：{len(words)}个", [task.task_id]),
            stated(f"应填的指标：{len(found)}项", [task.task_id]),
        ),
    )


def _figures(assessment: Assessment, task: Task) -> list[Target]:
    found = assessment.plan.targets_of(task.task_id)
    return [target for target in found if target.quarter == assessment.quarter]


def _unanswered(assessment: Assessment) -> list[Commitment]:
    end = assessment.issued_on
    return [c for c in assessment.commitments if c.state is State.OPEN and c.due < end]


def _promised(assessment: Assessment) -> tuple[Step, ...]:
    ids = [one.task_id for one in _unanswered(assessment)]
    tasks = [task for task in assessment.plan.tasks if task.task_id in ids]
    return (stated(f"以前承诺、时限已过的措施：{len(ids)}项", ids), *about(*tasks))


def _promises(assessment: Assessment) -> str:
    """Name the steps promised before whose day is past and of which nothing was said."""
    left = _unanswered(assessment)
    told = list(dict.fromkeys(
        f"任务{assessment.plan.task(one.task_id).label}“{sentences.clipped(one.text, 20)}”"
        for one in left
    ))[:2]  # fmt: skip
    if not told:
        return ""
    more = f"等{len(left)}项" if len(left) > len(told) else ""
    return f"以前承诺、时限已过的措施：{'；'.join(told)}{more}，请一并说明办理情况。"


def _how(assessment: Assessment) -> str:
    """Say how to return; where the office named no way, the one the sheet came by."""
    way = assessment.masthead.return_to
    send = f"，{way}" if way else "，按报表下发的渠道报送"
    return f"报送方式：填写已下发的本单位报表，经审定人审定{send}。"
