"""What became of the year's targets, after the fourth quarter."""

from collections.abc import Iterator, Sequence

from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment
from reporting.assess.year_end import AnnualResult, annual_results
from reporting.documents.blocks import BulletList, Muted, Row, Table
from reporting.documents.slides.values import BarChart, Series, Slide
from reporting.exhibits import sentences
from reporting.exhibits.building import mark, number, text
from reporting.exhibits.slides.sources import cell_of, of_table
from reporting.exhibits.year.results import (
    Outcome,
    by_outcome,
    difference_words,
    is_drawn,
    outcome_of,
    plan_words,
    results_sentence,
)
from reporting.language.clip import clip
from reporting.language.numerals import percent
from reporting.plan.figures.told import completion_text

_BARS, _ROWS, _NAME = 8, 8, 14


def result_slides(assessment: Assessment) -> tuple[Slide, ...]:
    """Show the year's targets, the missed ones first: a chart of shares, a table of values."""
    found = sorted(annual_results(assessment), key=by_outcome)
    if not found:
        words = "任务分解表没有年度量化指标"
        return (Slide(title=words, parts=(BulletList(items=(f"{words}。",)),)),)
    drawn = [result for result in found if is_drawn(result)][:_BARS]
    chart = (_chart_slide(assessment, found, drawn),) if drawn else ()
    return (*chart, _table_slide(assessment, found))


def _chart_slide(
    assessment: Assessment, found: Sequence[AnnualResult], drawn: Sequence[AnnualResult]
) -> Slide:
    shares = [percent(r.actual or 0, r.target.value) for r in drawn]
    names = [f"任务{_number(assessment, r)} {_name(assessment, r)}" for r in drawn]
    words = "；".join(f"{name}{share}" for name, share in zip(names, shares, strict=True))
    return Slide(
        title=results_sentence(found).rstrip("。"),
        parts=(
            BarChart(
                categories=tuple(
                    f"任务{_number(assessment, r)} {clip(_name(assessment, r), _NAME)}"
                    for r in drawn
                ),
                series=(Series(name="全年实际占年度目标（%）", values=tuple(map(_value, shares))),),
                number_format="0.0#", alt=f"条形图，全年实际占年度目标的比重：{words}。",
            ),
        ),
        remark=f"未达到的在前，差距大的在前；列累计指标{len(drawn)}项，为全年实际占年度目标的比重（%）。",
        notes=tuple(_notes(assessment, drawn)),
    )  # fmt: skip


def _value(share: str) -> float | None:
    return None if share == "—" else float(share.removesuffix("%"))


def _table_slide(assessment: Assessment, found: Sequence[AnnualResult]) -> Slide:
    shown = found[:_ROWS]
    missed = sum(outcome_of(result) is Outcome.MISSED for result in found)
    return Slide(
        title=f"未达到的年度指标{missed}项" if missed else "没有未达到的年度指标",
        parts=(
            Table(
                columns=(
                    number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
                    number("annual", "年度目标", 1), number("actual", "全年实际", 0.9),
                    number("difference", "实际减目标", 0.9), number("rate", "完成率", 0.9),
                    mark("outcome", "结果", 1),
                ),
                rows=tuple(_row(assessment, result) for result in shown),
                caption="年度指标完成情况",
            ),
        ),
        remark="未达到的在前，其次为无法核实、待核实的；其余见通报。" if shown != found else "",
        notes=tuple(_notes(assessment, shown)),
    )  # fmt: skip


def _row(assessment: Assessment, result: AnnualResult) -> Row:
    target, actual = result.target, result.actual
    rate = completion_text(target, actual) if actual is not None else None
    return Row(cells=(
        _number(assessment, result),
        (clip(_name(assessment, result), _NAME), Muted(text=f"（{target.unit}）")),
        plan_words(target), sentences.amount(actual), difference_words(target, actual),
        rate or "—", str(outcome_of(result)),
    ))  # fmt: skip


def _number(assessment: Assessment, result: AnnualResult) -> str:
    return assessment.plan.task(result.target.task_id).label


def _name(assessment: Assessment, result: AnnualResult) -> str:
    return measure_name(assessment.plan, result.target)


def _notes(assessment: Assessment, shown: Sequence[AnnualResult]) -> Iterator[str]:
    yield "数据来源："
    for result in shown:
        task = assessment.plan.task(result.target.task_id)
        yield f"任务{task.label}{_name(assessment, result)}（{result.unit}填报）"
        yield f"年度目标：{of_table(assessment, task, result.target)}"
        yield f"全年实际：{_actual_source(assessment, result)}"


def _actual_source(assessment: Assessment, result: AnnualResult) -> str:
    """Name the cell of the last return that gives the figure."""
    found = [
        (row.quarter, figure.target_id == result.target.target_id,
         cell_of(row.file, figure.sheet or row.sheet, figure.cell))
        for row in assessment.progress
        if row.unit == result.unit and row.task_id == result.target.task_id
        for figure in row.actuals
        if figure.value is not None and figure.value == result.actual
    ]  # fmt: skip
    return max(found)[2] if found else result.reason or "没有填报"
