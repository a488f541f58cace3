"""What is asked of the units now (工作要求), and what the plan asks for next."""

from collections.abc import Iterator, Sequence

from reporting.assess.followup.lag import lag
from reporting.assess.rating import rule
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Level, Rating, ReturnState
from reporting.assess.year_end import open_tasks
from reporting.documents.blocks import BulletList, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.city.requests import by_addressee, decider
from reporting.exhibits.city.words import late_link, tasks_named, until
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import owner_of, task_link
from reporting.exhibits.origins.steps import COMING, about, counted, ids_of, leads, stated
from reporting.exhibits.tasks.duties import Duty, duties_of
from reporting.grades import GOOD, LAGGING, Kind
from reporting.language.clip import clip
from reporting.periods import Period

_MOST, _TEXT = 8, 46


@in_labels
def work_asked(assessment: Assessment) -> Exhibit:
    """List what units are asked to do, each point with the tasks that it concerns."""
    said = [point for point in _points(assessment) if point]
    items = [inlines for inlines, _ in said]
    if not items:
        return exhibit(nothing("各项任务均达序，请各牵头单位按计划继续推进。"))
    steps = tuple(step for _, steps in said for step in steps)
    return exhibit(BulletList(items=tuple(items), ordered=True, origin=steps))


Point = tuple[tuple[Cell, ...], tuple[Step, ...]]
"""A point of what is asked: its words, and what its figures rest on."""


def _points(assessment: Assessment) -> Iterator[Point | None]:
    ratings = sorted(assessment.task_ratings(), key=rule.trouble)
    late = [r for r in ratings if r.grade in LAGGING]
    stuck = [r for r in late if lag(assessment, r.task_id).quarters > 1]
    yield _point(
        assessment, stuck, "连续滞后的", "请责任领导督促，牵头单位逐项说明原因、明确完成日期。"
    )
    yield _point(
        assessment, [r for r in late if isinstance(_until(assessment, r), str)],
        "滞后而没有措施时限、或者所报时限已过的", "请牵头单位重新报送措施和时限。",
    )  # fmt: skip
    yield _point(
        assessment, [r for r in late if not isinstance(_until(assessment, r), str)],
        "滞后且已报措施时限的", "请牵头单位按所报时限办结，到期逐项反馈。",
    )  # fmt: skip
    unknown = [r for r in ratings if r.grade.kind is Kind.UNDECIDED]
    yield _point(
        assessment,
        unknown,
        f"{assessment.scale[Kind.UNDECIDED]}的",
        "请牵头单位按所列原因补充、核实填报内容。",
    )
    yield _silent(assessment)
    yield _doubtful(assessment)
    yield _asked(assessment)


def _until(assessment: Assessment, rating: Rating) -> object:
    return until(assessment, assessment.plan.task(rating.task_id))


def _point(assessment: Assessment, found: Sequence[Rating], which: str, what: str) -> Point | None:
    tasks = [assessment.plan.task(rating.task_id) for rating in found]
    if not tasks:
        return None
    words = (f"{which}{len(tasks)}项（", *tasks_named(tasks), f"），{what}")
    return words, (counted(f"{which}任务", ids_of(tasks)),)


def _silent(assessment: Assessment) -> Point | None:
    units = [
        s.unit for s in assessment.return_status
        if s.quarter == assessment.quarter and s.state is ReturnState.MISSING
    ]  # fmt: skip
    return ((f"{'、'.join(units)}未报送报表，请即补报。",), ()) if units else None


def _doubtful(assessment: Assessment) -> Point | None:
    targets = {t.target_id: t for t in assessment.plan.targets}
    tasks = {
        r.task_id: assessment.plan.task(r.task_id)
        for r in assessment.ratings
        if r.level is Level.TARGET and r.quarter == assessment.quarter
        if is_doubtful(targets[r.subject_id], r.actual)
    }
    if not tasks:
        return None
    numbers = "、".join(task.label for task in tasks.values())
    words = f"实际值远超计划的指标（任务{numbers}），请牵头单位核实统计口径。"
    return (words,), about(*tasks.values())


def _asked(assessment: Assessment) -> Point | None:
    names = [decider(group[0]) for group in by_addressee(assessment) if group[0].addressees]
    return ((f"需协调事项，请{'、'.join(names)}研究答复提出单位。",), ()) if names else None


@in_labels
def next_work(assessment: Assessment) -> Exhibit:
    """Show what the plan asks of the lagging tasks next; after the year, what is carried over."""
    following = assessment.period.following
    if following is None:
        return _carried(assessment)
    every = [
        duty for task in assessment.plan.tasks
        for duty in duties_of(assessment.plan, task, following.quarter)
    ]  # fmt: skip
    ratings = {r.task_id: r for r in assessment.task_ratings() if r.grade in LAGGING}
    late = [duty for duty in every if duty.task.task_id in ratings]
    if not late:
        words = f"{following.short_label}应推进的事项{len(every)}项，见各单位报告。"
        return exhibit(paragraph(words, origin=leads(COMING)))
    worst = sorted(ratings.values(), key=rule.trouble)
    groups = [[d for d in late if d.task.task_id == rating.task_id] for rating in worst]
    groups = [group for group in groups if group]
    return exhibit(
        paragraph(
            _sentence(following, len(every), groups),
            origin=(*leads(COMING), stated(f"列出前：{_MOST}项")),
        ),
        _table(groups[:_MOST], ratings),
    )


def _sentence(following: Period, every: int, groups: Sequence[Sequence[Duty]]) -> str:
    late = sum(map(len, groups))
    head = (
        f"{following.short_label}应推进的事项{every}项，其中目前滞后的{len(groups)}项任务{late}项"
    )
    shown = f"，由差到好列出前{_MOST}项任务的" if len(groups) > _MOST else ""
    return f"{head}，请在追回进度的同时推进{shown}；全部事项见各单位报告。"


def _table(groups: Sequence[Sequence[Duty]], ratings: dict[str, Rating]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 1.6),
            text("text", "计划原文（摘录）", 3.6), text("unit", "牵头单位", 1.4),
            mark("grade", "目前核定", 1.2),
        ),
        rows=tuple(_row(group, ratings) for group in groups),
        caption="目前滞后的任务下季度的计划",
        dense=True,
    )  # fmt: skip


def _row(group: Sequence[Duty], ratings: dict[str, Rating]) -> Row:
    """Quote the first step of a task, and count the others."""
    task = group[0].task
    more = f"（另有{len(group) - 1}个事项）" if len(group) > 1 else ""
    return Row(cells=(
        task.label, late_link(task, 14),
        (clip(" ".join(group[0].text.split()), _TEXT), Muted(text=more) if more else None),
        "、".join(task.lead_units), ratings[task.task_id].grade,
    ), origin=(*about(task), stated(f"该任务的其余事项：{len(group) - 1}个")))  # fmt: skip


def _good(assessment: Assessment) -> str:
    return "或者".join(str(grade) for grade in reversed(assessment.scale.of(GOOD)))


def _carried(assessment: Assessment) -> Exhibit:
    """Name what the year leaves open though it keeps the plan; the rest stands among the late."""
    found, every = open_tasks(assessment), len(assessment.plan.tasks)
    if not found:
        words = f"全年任务{every}项均已办结或者达到年度进度要求，没有结转事项。"
        return exhibit(paragraph(words, origin=leads(COMING)))
    kept = [item for item in found if item.grade in GOOD]
    words = f"全年任务{every}项，年末尚未办结、需结转下年的{len(found)}项，全部见附件"
    if kept:
        words += f"；其中核定为{_good(assessment)}、但仍须结转的{len(kept)}项如下"
    else:
        words += "，均已列入前面的未达序的任务"
    table = Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 2.4),
            text("unit", "牵头单位", 1.4), mark("grade", "年末核定", 1.2),
            text("why", "结转原因", 2.4),
        ),
        rows=tuple(
            Row(cells=(
                item.task.label, task_link(item.task, 22), owner_of(assessment, item.task),
                item.grade or "—", clip("；".join(item.reasons), _TEXT),
            ))
            for item in kept
        ),
        caption="核定较好但须结转的任务",
        dense=True,
    )  # fmt: skip
    steps = (*leads(COMING), counted("其中核定较好的", [item.task.task_id for item in kept]))
    return exhibit(paragraph(f"{words}。", origin=steps), table if kept else None)
