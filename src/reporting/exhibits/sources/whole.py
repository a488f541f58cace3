"""What is said of a slice as a whole rests on: returns, points followed, causes, what is next."""

from collections.abc import Iterator

from reporting.assess.annual.scores import Score, annual_scores
from reporting.assess.followup.points import Outcome, open_points
from reporting.assess.outlook import is_in_doubt, outlooks
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Level, ReturnState, ReturnStatus
from reporting.assess.year_end import open_tasks
from reporting.documents.sources.values import Source, Step
from reporting.exhibits.city.followed import recovered
from reporting.exhibits.city.requests import by_addressee, decider
from reporting.exhibits.origins.counts import count_steps
from reporting.exhibits.origins.steps import (
    ARRIVALS,
    ASKED,
    CALENDAR,
    CAUSES,
    CODES,
    COMING,
    COUNTS,
    FIGURES,
    FOLLOWED,
    NOTES,
    RULE,
    counted,
    ids_of,
    stated,
)
from reporting.exhibits.tasks.causes import causes_of, to_explain
from reporting.exhibits.tasks.duties import duties_of
from reporting.exhibits.tasks.promises import followed, outcome_class
from reporting.findings import Severity
from reporting.grades import LAGGING
from reporting.periods import full_date


def whole_sources(assessment: Assessment) -> Iterator[Source]:
    """Give the sources of what is said of the slice as a whole."""
    for name, title, steps in (
        (COUNTS, "任务核定结果统计", count_steps),
        (ARRIVALS, "报表报送情况", _arrivals),
        (FOLLOWED, "跟踪事项和承诺措施", _followed),
        (CAUSES, "滞后和暂缓的原因", _causes),
        (ASKED, "需协调事项", _asked),
        (COMING, "后续安排", _coming),
        (FIGURES, "量化指标统计", _figures),
        (NOTES, "数据核对", _notes),
        (CALENDAR, "通报安排", _days),
    ):
        yield Source(name=name, title=title, code=CODES[name], steps=tuple(steps(assessment)))
    clauses = tuple(Step(words=f"{c.code}　{c.text}") for c in assessment.rule)
    yield Source(name=RULE, title="核定规则", steps=clauses)


def _days(assessment: Assessment) -> Iterator[Step]:
    head = assessment.masthead
    yield Step(words=f"{head.title}{head.issue_number}")
    end = full_date(assessment.period.date_end)
    yield Step(words=f"通报范围：{assessment.period.label}，截至{end}")
    yield Step(words=f"本报告的版次：第{assessment.edition_number}版")
    yield Step(words=f"印发日期：{full_date(assessment.issued_on)}")
    for due in sorted({s.due for s in assessment.return_status if s.due}):
        yield Step(words=f"报送截止日期：{full_date(due)}")
    if assessment.seal is not None:
        yield Step(words=f"封签：{assessment.seal.printed}")


# --- returns ----------------------------------------------------------------------------------


def _arrivals(assessment: Assessment) -> Iterator[Step]:
    now = [s for s in assessment.return_status if s.quarter == assessment.quarter]
    yield Step(words=f"应报送的牵头单位：{len(now)}个")
    for state in ReturnState:
        units = [s.unit for s in now if s.state is state]
        if units:
            yield Step(words=f"{state}：{len(units)}个（{'、'.join(units)}）")
    for status in now:
        yield from arrival_steps(assessment, status)


def arrival_steps(assessment: Assessment, status: ReturnStatus) -> Iterator[Step]:
    """Say how a unit's return came, with its errors and the tasks that it is about."""
    days = [f"应报日期{full_date(status.due)}"] if status.due else []
    days += [f"收到日期{full_date(status.received_on)}"] if status.received_on else []
    days += [f"填报日期{full_date(status.reported_on)}"] if status.reported_on else []
    yield Step(words=f"{status.unit}：{status.state}；{'，'.join(days)}")
    errors = [
        f for f in assessment.findings if f.unit == status.unit and f.severity is Severity.ERROR
    ]
    yield Step(words=f"{status.unit}报表的错误：{len(errors)}处", column="errors")
    led = [t for t in assessment.plan.tasks if status.unit in t.lead_units]
    yield counted(f"{status.unit}牵头的任务", ids_of(led), column="tasks")


# --- followed up ------------------------------------------------------------------------------


def _followed(assessment: Assessment) -> Iterator[Step]:
    points = open_points(assessment)
    yield counted("上季度未达序、列为跟踪的任务", [p.task.task_id for p in points])
    for outcome in Outcome:
        found = [p.task.task_id for p in points if p.outcome is outcome]
        if found:
            yield counted(f"本季度{outcome}", found)
    yield counted("已追回进度", [r.task_id for r in recovered(assessment)])
    made = followed(assessment)
    end = full_date(assessment.period.date_end)
    yield stated(
        f"以前季度提出且有完成时限的措施，截至{end}：{len(made)}项", [c.task_id for c in made]
    )
    classes: dict[str, list[str]] = {}
    for one in made:
        classes.setdefault(outcome_class(assessment, one), []).append(one.task_id)
    for word, ids in classes.items():
        yield stated(f"{word}的措施：{len(ids)}项", ids)


def _causes(assessment: Assessment) -> Iterator[Step]:
    tasks = to_explain(assessment)
    yield counted("滞后和暂缓的任务", ids_of(tasks))
    for label, found in causes_of(assessment, tasks):
        yield counted(f"所报原因为{label}", ids_of(found))


def _asked(assessment: Assessment) -> Iterator[Step]:
    groups = by_addressee(assessment)
    every = [one.task.task_id for group in groups for one in group]
    yield stated(f"各单位提出需协调事项：{len(every)}项", every)
    for group in groups:
        ids = [one.task.task_id for one in group]
        yield stated(f"{decider(group[0])}：{len(ids)}项", ids)


def _coming(assessment: Assessment) -> Iterator[Step]:
    following = assessment.period.following
    if following is None:
        yield counted("全年任务", ids_of(assessment.plan.tasks))
        left = [one.task.task_id for one in open_tasks(assessment)]
        settled = [task_id for task_id in ids_of(assessment.plan.tasks) if task_id not in left]
        yield counted("年末尚未办结、需结转下年", left)
        yield counted("已完成或者达到年度进度要求", settled)
        return
    duties = [
        duty
        for task in assessment.plan.tasks
        for duty in duties_of(assessment.plan, task, following.quarter)
    ]
    late = {r.task_id for r in assessment.task_ratings() if r.grade in LAGGING}
    behind = [duty.task.task_id for duty in duties if duty.task.task_id in late]
    every = [duty.task.task_id for duty in duties]
    yield stated(f"{following.label}应推进的事项：{len(every)}项", every)
    yield stated(f"其中目前滞后的任务：{len(set(behind))}项，事项{len(behind)}项", behind)


# --- figures ----------------------------------------------------------------------------------


def _figures(assessment: Assessment) -> Iterator[Step]:
    every = outlooks(assessment)
    found = [one for one in every if not is_in_doubt(assessment, one)]
    for words, shown in (
        ("可以推算全年完成情况的累计指标", found),
        ("预计能达到全年目标", [one for one in found if one.gap <= 0]),
        ("预计不能达到全年目标", [one for one in found if one.gap > 0]),
        ("实际值待核实、未计入推算", [one for one in every if one not in found]),
    ):
        yield stated(f"{words}：{len(shown)}项", [one.series.task_id for one in shown])
    yield from _scores(assessment)
    targets = {t.target_id: t for t in assessment.plan.targets}
    doubted = [
        r.task_id
        for r in assessment.ratings
        if r.level is Level.TARGET and r.quarter == assessment.quarter
        if is_doubtful(targets[r.subject_id], r.actual)
    ]
    yield stated(f"实际值远超计划、待核实的指标：{len(doubted)}项", doubted)


def _scores(assessment: Assessment) -> Iterator[Step]:
    found = annual_scores(assessment)
    known = [score for score in found if score.last is not None]
    silent = [score for score in found if score.last is None]
    paced = [score for score in known if score.is_compared and score.even is not None]
    for words, shown in (
        ("年度指标", found),
        ("已报实际值", known),
        ("其中为以前季度所报", [s for s in known if s.is_earlier_than(assessment.quarter)]),
        ("只报分项、没有合计", [s for s in silent if s.in_parts]),
        ("未报数", [s for s in silent if not s.in_parts]),
        ("可按序时比较", paced),
        ("达到序时", [s for s in paced if s.is_on_pace]),
        ("慢于序时", [s for s in paced if not s.is_on_pace]),
    ):
        yield stated(f"{words}：{len(shown)}项", _tasks(shown))


def _tasks(scores: list[Score] | tuple[Score, ...]) -> list[str]:
    return [score.target.task_id for score in scores]


# --- checks -----------------------------------------------------------------------------------


def _notes(assessment: Assessment) -> Iterator[Step]:
    for severity in Severity:
        found = [f for f in assessment.findings if f.severity is severity]
        if found:
            yield Step(words=f"{severity.label}：{len(found)}处")
    made = assessment.plan.corrections
    if made:
        yield stated(f"更正任务分解表的读法：{len(made)}处", [c.task_id for c in made])
