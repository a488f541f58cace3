"""The four numbers that open the page, and the path of the year by quarter."""

from collections.abc import Iterator

from reporting.assess.followup.lag import Lag, lag
from reporting.assess.rating import rule
from reporting.assess.rollups import RollUp, shown, total
from reporting.assess.values import Assessment
from reporting.documents.blocks import Muted, Row, Strong, Table
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, mark, number, text
from reporting.exhibits.origins.counts import group_steps
from reporting.exhibits.origins.steps import COUNTS, counted, divided, leads, stated
from reporting.exhibits.sentences import change
from reporting.grades import GOOD, LAGGING, NOT_JUDGED, Kinds
from reporting.periods import Period


def four_numbers(assessment: Assessment) -> Table:
    """Show how much keeps the plan, how much lags, for how long, and what is not known."""
    now = total(assessment)
    lags = [lag(assessment, r.task_id) for r in assessment.task_ratings() if r.grade in LAGGING]
    cells = (
        _cell(now.rate, _good(assessment, now)),
        _cell(f"{now.count(LAGGING)}项", _each(now, LAGGING)),
        _cell(f"{sum(one.quarters > 1 for one in lags)}项", _overdue(lags)),
        _cell(f"{now.count(NOT_JUDGED)}项", _each(now, NOT_JUDGED)),
    )
    return Table(
        columns=(
            mark("rate", "达序率"), mark("late", "滞后任务", 1.3),
            mark("streak", "其中连续滞后", 1.3),
            mark("unknown", "情况不明的任务"),
        ),
        rows=(Row(cells=cells, origin=(*leads(COUNTS), *_streaks(assessment, now))),),
        caption="四个数",
    )  # fmt: skip


def _streaks(assessment: Assessment, now: RollUp) -> Iterator[Step]:
    lags = {task_id: lag(assessment, task_id) for task_id in now.ids(LAGGING)}
    yield divided("达序率", now.count(GOOD), now.due)
    yield counted("连续滞后的任务", [one for one, found in lags.items() if found.quarters > 1])
    overdue = [one for one, found in lags.items() if found.days]
    yield counted("到期未办结的任务", overdue)
    if overdue:
        longest = max(overdue, key=lambda one: lags[one].days)
        yield stated(f"最长逾期：{lags[longest].days}天", [longest])
    for grade in assessment.scale.worst_first:
        if now.count(grade):
            yield counted(f"{grade}", now.ids(grade), unit="")


def _cell(figure: str, note: str) -> tuple[Cell, ...]:
    return (Strong(text=figure), Muted(text=f"\n{note}"))


def _good(assessment: Assessment, now: RollUp) -> str:
    """Count what the rate is of, and how it changed."""
    words = f"{now.count(GOOD)}/{now.due}项"
    if assessment.quarter == 1:
        return words
    before = total(assessment, assessment.quarter - 1)
    return f"{words}，{change(now.count(GOOD), before.count(GOOD))}"


def _each(now: RollUp, kinds: Kinds) -> str:
    found = sorted(shown([now]), key=lambda grade: grade.weight)
    each = "、".join(f"{grade}{now.count(grade)}" for grade in found if grade in kinds)
    return each or "没有"


def _overdue(lags: list[Lag]) -> str:
    days = [one.days for one in lags if one.days]
    return f"到期未办结{len(days)}项，最长逾期{max(days)}天" if days else "没有到期未办结的"


def year_path(assessment: Assessment) -> Table:
    """Show the counts of every quarter up to now, a line each; a line adds up to the tasks."""
    found = [(q, total(assessment, q)) for q in range(1, assessment.quarter + 1)]
    grades = shown(one for _, one in found)
    apart = any(one.nothing_due for _, one in found)
    return Table(
        columns=(
            text("quarter", "季度", 1.6),
            *(number(grade.key, grade.short) for grade in grades),
            *((number("nothing_due", "无到期项"),) if apart else ()),
            number("total", "合计", 0.8), number("rate", "达序率"),
        ),
        rows=tuple(
            Row(cells=(
                Period(year=assessment.period.year, quarter=q).short_label,
                *(str(one.count(grade)) for grade in grades),
                *((str(one.nothing_due),) if apart else ()), str(one.total), one.rate,
            ), origin=group_steps(one, f"第{q}季度"))
            for q, one in found
        ),
        caption=f"全年走势（单位：项；无到期项为{rule.NOTHING_DUE}的任务）"
        if apart else "全年走势（单位：项）",
    )  # fmt: skip
