"""年度目标计分表: every figure of the year, its last actual against plan and an even pace."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.assess.annual.scores import Score, annual_scores
from reporting.assess.values import Assessment
from reporting.documents.blocks import Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell, exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import FIGURES, leads, stated
from reporting.exhibits.targets import measure_link, number_of, unit_cell, unit_column
from reporting.exhibits.year.results import plan_words
from reporting.periods import Period
from reporting.plan.figures.gaps import PERCENT_UNITS
from reporting.plan.figures.told import completion_text, short_text
from reporting.plan.values import Target

_NOTE = (
    "注：“最近实际”为本季度或者以前季度最近一次所报的数；“分解表计划”为任务分解表"
    "对该季度末的要求，没有要求的为“—”；“序时”为全年目标×所报季度÷4，只用于逐季累计的指标，"
    "供参考，不作为核定依据；“差”为百分点，“0.0”表示已经达到。"
)


@in_labels
def score_table(assessment: Assessment) -> Exhibit:
    """Show where every figure of the year stands; those without any figure come last."""
    found = annual_scores(assessment)
    if not found:
        return exhibit(nothing("任务分解表没有年度量化指标。"))
    known = [score for score in found if score.last is not None]
    silent = [score for score in found if score.last is None]
    return exhibit(
        paragraph(_sentence(assessment, known, silent), origin=leads(FIGURES)),
        _table(assessment, [*known, *silent]),
        paragraph(_NOTE, origin=(stated(_NOTE),)),
    )


def _sentence(assessment: Assessment, known: Sequence[Score], silent: Sequence[Score]) -> str:
    every = len(known) + len(silent)
    paced = [score for score in known if score.is_compared and score.even is not None]
    kept = sum(score.is_on_pace for score in paced)
    earlier = sum(score.is_earlier_than(assessment.quarter) for score in known)
    words = f"年度指标{every}项（多个单位填报的分别计入），已报实际值的{len(known)}项"
    words += f"（其中{earlier}项为以前季度所报）" if earlier else ""
    parts = sum(score.in_parts for score in silent)
    words += f"，只报分项、没有合计的{parts}项" if parts else ""
    words += f"，未报数的{len(silent) - parts}项" if parts < len(silent) else ""
    if paced:
        words += f"。可按序时比较的{len(paced)}项中，达到序时的{kept}项"
        words += f"，慢于序时的{len(paced) - kept}项" if kept < len(paced) else ""
    return f"{words}。"


def _table(assessment: Assessment, found: Sequence[Score]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3.2),
            *unit_column(assessment), number("annual", "全年目标", 0.9),
            mark("quarter", "所报季度", 0.9), number("actual", "最近实际", 1),
            number("rate", "占全年", 0.8),
            number("plan", "分解表\n计划", 0.9), number("plan_gap", "差", 0.6),
            number("even", "序时", 0.9), number("even_gap", "差", 0.6),
        ),
        rows=tuple(_row(assessment, score) for score in found),
        caption="年度目标计分表", anchor="scores",
        landscape=True, sortable=True, filterable=True,
    )  # fmt: skip


def _row(assessment: Assessment, score: Score) -> Row:
    target = score.target
    return Row(cells=(
        number_of(assessment, target), measure_link(assessment, target),
        *unit_cell(assessment, score.unit), plan_words(target), _when(assessment, score),
        _actual(score), *_against(score),
    ), origin=tuple(_steps(score)))  # fmt: skip


def _steps(score: Score) -> Iterator[Step]:
    """Say how each column is reckoned; the figures themselves are the task's."""
    target, last, ids = score.target, score.last, [score.target.task_id]
    yield stated(f"全年目标：{plan_words(target)}", ids, column="annual")
    if last is None or not score.is_compared:
        return
    value = sentences.amount(last.value)
    rate, *_ = _against(score)
    words = f"占全年：{value}÷{sentences.amount(target.value)}＝{rate}"
    yield stated(words, ids, column="rate")
    if score.plan is not None:
        plan = sentences.amount(score.plan.value)
        yield stated(f"分解表计划：{plan}", ids, column="plan")
        gap = short_text(score.plan, last.value)
        yield stated(f"与分解表计划的差：实际{value}、计划{plan}，差{gap}", ids, column="plan_gap")
    if score.even is not None:
        even, gap = sentences.amount(score.even), _beside(_even(score), last.value)[1]
        words = f"序时：全年目标{sentences.amount(target.value)}×{last.quarter}÷4＝{even}"
        yield stated(words, ids, column="even")
        yield stated(f"与序时的差：实际{value}、序时{even}，差{gap}", ids, column="even_gap")


def _even(score: Score) -> Target | None:
    """Give the year's target at an even pace, as a target of the quarter reported."""
    if score.even is None:
        return None
    return score.target.model_copy(update={"value": score.even, "value_high": None})


def _when(assessment: Assessment, score: Score) -> str:
    if score.last is None:
        return "—"
    return Period(year=assessment.period.year, quarter=score.last.quarter).short_label


def _actual(score: Score) -> Cell:
    """Write the last figure, and what else is to be known of it."""
    last = score.last
    if last is None:
        return "只报分项" if score.in_parts else "未报数"
    remarks = [] if score.is_compared else ["待核实"]
    others = "、".join(sentences.amount(value) for value in score.others)
    remarks += [f"另报{others}"] if others else []
    return (sentences.amount(last.value), Muted(text="".join(f"\n{words}" for words in remarks)))


def _against(score: Score) -> tuple[Cell, ...]:
    """Hold a figure against the year, the plan to date, and an even pace."""
    if score.last is None or not score.is_compared:
        return ("—",) * 5
    value, target = score.last.value, score.target
    rate = "—" if target.unit in PERCENT_UNITS else completion_text(target, value) or "—"
    return (rate, *_beside(score.plan, value), *_beside(_even(score), value))


def _beside(target: Target | None, value: Decimal) -> tuple[str, str]:
    if target is None:
        return "—", "—"
    return sentences.amount(target.value), short_text(target, value)
