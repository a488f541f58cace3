"""Figures of the year against plan, and where the year will end."""

from collections.abc import Sequence

from reporting.assess.outlook import (
    ASSUMPTION,
    WHOLE_NOTE,
    Outlook,
    due_target,
    is_in_doubt,
    outlooks,
)
from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment
from reporting.documents.blocks import BulletList, Muted, Row, Table
from reporting.documents.slides.values import BarChart, Series, Slide
from reporting.exhibits import sentences
from reporting.exhibits.building import number, text
from reporting.exhibits.slides.results import result_slides
from reporting.exhibits.slides.sources import cell_of, of_table
from reporting.language.clip import clip
from reporting.language.numerals import percent, points, short_of
from reporting.language.visible import in_quotes
from reporting.plan.values import Target

_BARS, _ROWS = 8, 6
_BAR_NAME, _ROW_NAME = 14, 14
_LAST = 4


def figure_slides(assessment: Assessment) -> tuple[Slide, ...]:
    """Show the cumulative figures that fall shortest: a chart of shares, a table of values."""
    if assessment.quarter == _LAST:
        return result_slides(assessment)
    every = sorted(outlooks(assessment), key=lambda item: -item.gap)
    found = [item for item in every if not is_in_doubt(assessment, item)]
    message = sentences.outlook_sentence(found).rstrip("。")
    doubtful = len(every) - len(found)
    remark = f"另有{doubtful}项实际值待核实，未计入。" if doubtful else ""
    if not found:
        return (Slide(title=message, parts=(BulletList(items=(remark or f"{message}。",)),)),)
    return (
        _chart_slide(assessment, found[:_BARS], message, remark),
        _table_slide(assessment, found[:_ROWS]),
    )


def _chart_slide(
    assessment: Assessment, shown: Sequence[Outlook], message: str, remark: str
) -> Slide:
    order = f"按差距从大到小列{len(shown)}项；均为占全年目标的比重（%）。"
    return Slide(
        title=message, parts=(_chart(assessment, shown),), remark=order + remark,
        notes=tuple(_notes(assessment, shown)),
    )  # fmt: skip


def _chart(assessment: Assessment, shown: Sequence[Outlook]) -> BarChart:
    def shares(values: Sequence[str]) -> tuple[float | None, ...]:
        return tuple(None if v == "—" else float(v.removesuffix("%")) for v in values)

    actual = [percent(item.actual, item.annual) for item in shown]
    plan = [percent(item.plan, item.annual) for item in shown]
    names = [f"任务{_number(assessment, item)} {_name(assessment, item)}" for item in shown]
    words = "；".join(
        f"{name}累计实际占{done}、累计计划占{due}"
        for name, done, due in zip(names, actual, plan, strict=True)
    )
    return BarChart(
        categories=tuple(
            f"任务{_number(assessment, item)} {clip(_name(assessment, item), _BAR_NAME)}"
            for item in shown
        ),
        series=(
            Series(name="累计实际（%）", values=shares(actual)),
            Series(name="累计计划（%）", values=shares(plan), tone="compared"),
        ),
        number_format="0.0#", alt=f"条形图，占全年目标的比重：{words}。",
    )  # fmt: skip


def _table_slide(assessment: Assessment, shown: Sequence[Outlook]) -> Slide:
    return Slide(
        title=_widest(assessment, shown),
        parts=(
            Table(
                columns=(
                    number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                    number("plan", "累计计划", 0.9), number("actual", "累计实际", 0.9),
                    number("annual", "全年目标", 0.9),
                    number("year_end", "年底预计", 0.9),
                    number("gap", "差距\n（百分点）", 0.9),
                ),
                rows=tuple(_row(assessment, item) for item in shown),
                caption="差距最大的累计指标年底预计",
            ),
        ),
        remark=ASSUMPTION + (WHOLE_NOTE if any(o.is_rounded for o in shown) else ""),
        notes=tuple(_notes(assessment, shown)),
    )  # fmt: skip


def _widest(assessment: Assessment, shown: Sequence[Outlook]) -> str:
    """Say which of the figures falls shortest, and by how much."""
    most = shown[0].gap
    if most <= 0:
        return "可以推算的累计指标年底预计没有差距"
    first = [item for item in shown if item.gap == most]
    name = in_quotes(clip(_name(assessment, first[0]), _ROW_NAME))
    more = f"等{len(first)}项" if len(first) > 1 else ""
    return f"可以推算的累计指标中，{name}{more}预计年底差距最大，为{points(most)}"


def _row(assessment: Assessment, item: Outlook) -> Row:
    name = clip(_name(assessment, item), _ROW_NAME)
    return Row(cells=(
        _number(assessment, item),
        (name, Muted(text=f"（{item.series.measure_unit}）")),
        sentences.amount(item.plan), sentences.amount(item.actual), sentences.amount(item.annual),
        sentences.forecast(item), short_of(item.gap),
    ))  # fmt: skip


def _number(assessment: Assessment, item: Outlook) -> str:
    return assessment.plan.task(item.series.task_id).label


def _target(assessment: Assessment, item: Outlook) -> Target:
    """Give the target due now, which tells the sub-project, or else the year's."""
    assert item.series.annual is not None
    return due_target(assessment, item) or item.series.annual


def _name(assessment: Assessment, item: Outlook) -> str:
    return measure_name(assessment.plan, _target(assessment, item))


def _notes(assessment: Assessment, shown: Sequence[Outlook]) -> list[str]:
    lines = ["数据来源："]
    for item in shown:
        task = assessment.plan.task(item.series.task_id)
        annual = item.series.annual
        assert annual is not None
        lines += [
            f"任务{task.label}{_name(assessment, item)}（{item.series.unit}填报）",
            f"累计实际：{_actual_source(assessment, item)}",
            f"累计计划：{of_table(assessment, task, _target(assessment, item))}",
            f"全年目标：{of_table(assessment, task, annual)}",
        ]
    return lines


def _actual_source(assessment: Assessment, item: Outlook) -> str:
    """Name the cells that the figure of the quarter was typed in."""
    due = _target(assessment, item).target_id
    found = [
        (actual.target_id != due, cell_of(row.file, actual.sheet or row.sheet, actual.cell))
        for row in assessment.progress
        if (row.unit, row.quarter) == (item.series.unit, assessment.quarter)
        and row.task_id == item.series.task_id
        for actual in row.actuals
        if actual.value == item.actual
    ]
    return min(found)[1]
