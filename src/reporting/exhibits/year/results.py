"""What became of the year's targets: reached or not, and by how much."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from reporting.assess.rating.figures import is_doubtful, measure_name
from reporting.assess.values import Assessment, SubjectKind
from reporting.assess.year_end import AnnualResult, annual_results
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.charts import ProgressBar
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import stated
from reporting.exhibits.targets import measure_link, number_of, unit_cell, unit_column
from reporting.exhibits.year.bars import progress_bar, progress_chart
from reporting.exhibits.year.carried import carried_over
from reporting.plan.figures.told import completion_text, plan_text
from reporting.plan.values import Basis, Target


class Outcome(StrEnum):
    """What a reader is told of a target of the year; the order is that of the table."""

    MISSED = "未达到"
    UNKNOWN = "无法核实"
    DOUBTFUL = "待核实"
    MET = "已达到"


@in_labels
def year_end(assessment: Assessment) -> Exhibit:
    """Show what became of the year's targets, and of the tasks that it leaves open.

    A unit's own report has these where it has its next steps.
    """
    own = assessment.subject.kind is SubjectKind.UNIT
    left = () if own else carried_over(assessment).blocks
    return exhibit(*year_results(assessment).blocks, *left)


@in_labels
def year_results(assessment: Assessment) -> Exhibit:
    """Show every target of the year: its value, the actual, the difference, and the verdict."""
    found = sorted(annual_results(assessment), key=by_outcome)
    if not found:
        return exhibit(nothing("任务分解表没有年度量化指标。"))
    bars = [_bar(assessment, result) for result in found if is_drawn(result)]
    return exhibit(
        paragraph(results_sentence(found), origin=tuple(_counts(found))),
        _table(assessment, found),
        progress_chart(bars, assessment.masthead.labels) if bars else None,
    )


def outcome_of(result: AnnualResult) -> Outcome:
    """Say what became of a target."""
    if result.is_met is None:
        return Outcome.UNKNOWN
    if is_doubtful(result.target, result.actual):
        return Outcome.DOUBTFUL
    return Outcome.MET if result.is_met else Outcome.MISSED


def by_outcome(result: AnnualResult) -> tuple[int, Decimal]:
    """Sort the missed first, by how much; within an outcome the table's order stays."""
    return list(Outcome).index(outcome_of(result)), -(result.gap or Decimal(0))


def results_sentence(found: Sequence[AnnualResult]) -> str:
    """Count the targets by what became of them."""
    outcomes = [outcome_of(result) for result in found]
    words = {
        Outcome.MET: "达到年度目标", Outcome.MISSED: "未达到", Outcome.UNKNOWN: "无法核实",
        Outcome.DOUBTFUL: "实际值待核实",
    }  # fmt: skip
    head = f"年度指标{len(found)}项（多个单位填报的分别计入）" if _shared(found) else (
        f"年度指标{len(found)}项"
    )  # fmt: skip
    present = [(said, outcomes.count(one)) for one, said in words.items() if one in outcomes]
    if len(present) == 1:
        return f"{head}，{'均' if len(found) > 1 else ''}{present[0][0]}。"
    return f"{head}，其中{'、'.join(f'{said}的{count}项' for said, count in present)}。"


def _counts(found: Sequence[AnnualResult]) -> Iterator[Step]:
    yield stated(f"年度指标：{len(found)}项", _tasks(found))
    for outcome in Outcome:
        of = [result for result in found if outcome_of(result) is outcome]
        if of:
            yield stated(f"{outcome}：{len(of)}项", _tasks(of))


def _tasks(found: Sequence[AnnualResult]) -> list[str]:
    return [result.target.task_id for result in found]


def _shared(found: Sequence[AnnualResult]) -> bool:
    return len({result.target.target_id for result in found}) < len(found)


def _table(assessment: Assessment, found: Sequence[AnnualResult]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
            *unit_column(assessment), number("annual", "年度目标", 1),
            number("actual", "全年实际", 0.9), number("difference", "实际减目标", 0.9),
            number("rate", "完成率", 0.9), mark("outcome", "结果", 1.6),
        ),
        rows=tuple(_row(assessment, result) for result in found),
        caption="年度指标完成情况",
        anchor="year-results",
        sortable=len(found) > 5,
    )  # fmt: skip


def _row(assessment: Assessment, result: AnnualResult) -> Row:
    target, actual = result.target, result.actual
    known = completion_text(target, actual) if actual is not None else None
    why = f"\n{result.reason}" if result.reason else ""
    return Row(cells=(
        number_of(assessment, target), measure_link(assessment, target),
        *unit_cell(assessment, result.unit), plan_words(target), sentences.amount(actual),
        difference_words(target, actual), known or "—", (outcome_of(result), Muted(text=why)),
    ), origin=tuple(_steps(result)))  # fmt: skip


def _steps(result: AnnualResult) -> Iterator[Step]:
    """Say how each column is reckoned; the figures themselves are the task's."""
    target, ids = result.target, [result.target.task_id]
    yield stated(f"年度目标：{plan_words(target)}", ids, column="annual")
    if result.actual is None:
        return
    value, plan = sentences.amount(result.actual), sentences.amount(target.value)
    difference = difference_words(target, result.actual)
    yield stated(f"实际减目标：{value}－{plan}＝{difference}", ids, column="difference")
    if rate := completion_text(target, result.actual):
        yield stated(f"完成率：{value}÷{plan}＝{rate}", ids, column="rate")


def plan_words(target: Target) -> str:
    """Write the year's value; its unit stands beside the measure."""
    return plan_text(target.model_copy(update={"unit": ""}))


def difference_words(target: Target, actual: Decimal | None) -> str:
    """Write by how much an actual is above or below the year's value."""
    if actual is None:
        return "—"
    value = target.value_high or target.value if target.is_kept_low else target.value
    return f"{'+' if actual > value else ''}{sentences.amount(actual - value)}"


def is_drawn(result: AnnualResult) -> bool:
    """Tell whether a part of the whole says how far a figure got: of a running one alone."""
    target = result.target
    known = result.actual is not None and outcome_of(result) is not Outcome.DOUBTFUL
    return known and target.basis is Basis.CUMULATIVE and not target.is_kept_low


def _bar(assessment: Assessment, result: AnnualResult) -> ProgressBar:
    target = result.target
    assert result.actual is not None
    return progress_bar(
        assessment.plan.task(target.task_id), measure_name(assessment.plan, target), target.unit,
        actual=result.actual, annual=target.value, plan=None, labels=assessment.masthead.labels,
    )  # fmt: skip
