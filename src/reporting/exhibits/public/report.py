"""The public's report: counts, what exceeds its plan, figures of the year, what comes next."""

from reporting.assess.rollups import shown, total
from reporting.assess.values import Assessment
from reporting.documents.blocks import Link, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor, task_link, units_of
from reporting.exhibits.public.facts import (
    YearFigure,
    coming,
    highlight_figures,
    left_out,
    year_figures,
)
from reporting.exhibits.year.results import plan_words
from reporting.grades import GOOD
from reporting.periods import Period

_GOAL = 30


def _good(assessment: Assessment) -> str:
    return "或者".join(map(str, assessment.scale.of(GOOD)))


@in_labels
def public_summary(assessment: Assessment) -> Exhibit:
    """Say in two sentences how many tasks there are and how they stand."""
    return exhibit(paragraph(*summary_sentences(assessment)))


def summary_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Count the tasks that are told of: done, on schedule, and the others."""
    now, whole = total(assessment), assessment.masthead.whole
    head = f"{assessment.period.label}，{whole}公开进展的《政府工作报告》任务{now.total}项。"
    if not now.due:
        return (head, "本季度均没有到期或者在办的事项。") if now.total else (head,)
    good = [f"{grade}{now.count(grade)}项" for grade in shown([now]) if grade in GOOD]
    sum_of = "合计占" if len(good) > 1 else "占"
    kept = (
        f"{'、'.join(good)}，{sum_of}{now.share(GOOD)}"
        if good
        else f"没有{_good(assessment)}的任务"
    )
    among = "其中" if not now.nothing_due else f"本季度有到期或者在办事项的{now.due}项中，"
    return (head, f"{among}{kept}。")


@in_labels
def public_highlights(assessment: Assessment) -> Exhibit:
    """List the tasks whose figures exceed the plan or reached the year's early."""
    found = highlight_figures(assessment)
    if not found:
        return exhibit(nothing("本季度没有指标超过计划一成以上或者提前达到全年目标的任务。"))
    rows = tuple(
        Row(cells=(
            one.task.label, task_link(one.task, _GOAL), units_of(one.task), one.what,
            f"{one.name}{sentences.amount(one.actual)}{one.target.unit}"
            f"（计划{plan_words(one.target)}{one.target.unit}）",
        ))
        for one in found
    )  # fmt: skip
    columns = (
        number("number", "任务号", 0.6), text("goal", "任务", 2.4), text("unit", "牵头单位", 1.4),
        text("what", "亮点", 1.1), text("figure", "指标", 2.6),
    )  # fmt: skip
    return exhibit(Table(columns=columns, rows=rows, caption="工作亮点"))


@in_labels
def public_targets(assessment: Assessment) -> Exhibit:
    """Show every figure of the year of which an actual may be told, against year and plan."""
    found = year_figures(assessment)
    if not found:
        return exhibit(nothing("没有公开的年度指标数据。"))
    planned = any(one.plan for one in found)
    columns = (
        number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
        text("unit", "牵头单位", 1.4), number("annual", "全年目标", 0.9),
        mark("quarter", "截至", 0.9), number("actual", "实际", 0.9),
        *((number("plan", "同期计划", 0.9),) if planned else ()), number("rate", "占全年", 0.8),
    )  # fmt: skip
    note = (
        "注：“实际”为各单位最近一次所报、核对无误的数，“截至”为该数所属季度末；"
        "“占全年”为实际与全年目标之比，比率类和控制类指标不计算。"
    )
    note += "“同期计划”为任务分解表对该季度末的要求，没有要求的为“—”。" if planned else ""
    return exhibit(
        paragraph(f"有实际数据可以公开的年度指标{len(found)}项。"),
        Table(
            columns=columns, rows=tuple(_figure_row(assessment, one, planned) for one in found),
            caption="年度目标进展", sortable=len(found) > 5, filterable=len(found) > 5,
        ),
        paragraph(note),
    )  # fmt: skip


def _figure_row(assessment: Assessment, one: YearFigure, planned: bool) -> Row:
    quarter = Period(year=assessment.period.year, quarter=one.quarter)
    plan = (plan_words(one.plan) if one.plan else "—",) if planned else ()
    return Row(cells=(
        one.task.label, (Link(text=one.name, anchor=anchor(one.task)), f"（{one.target.unit}）"),
        one.unit, plan_words(one.target), quarter.short_label, sentences.amount(one.actual),
        *plan, one.rate or "—",
    ))  # fmt: skip


@in_labels
def public_next(assessment: Assessment) -> Exhibit:
    """Say how much is to be done next quarter; the words of the plan stand in the annex."""
    return exhibit(paragraph(coming(assessment)))


@in_labels
def about_public(assessment: Assessment) -> Exhibit:
    """Say what the report holds, and how much it does not tell."""
    grades = "、".join(f"“{grade}”" for grade in assessment.scale.grades)
    return exhibit(
        paragraph(
            f"进度由{assessment.masthead.issuing_office}按任务分解表和各单位报送的材料核定，分为",
            grades, "。",
            f"进展文字为牵头单位所写，只列{_good(assessment)}的事项。",
        ),
        *map(paragraph, left_out(assessment)),
        paragraph(f"联系单位：{assessment.masthead.issuing_office}。"),
    )  # fmt: skip
