"""How many tasks have which grade, and what changed since last quarter."""

from collections.abc import Sequence

from reporting.assess.rating import rule
from reporting.assess.rollups import NO_RATE, RollUp, rate_note, shown, total
from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.slides.values import BarChart, Series, Slide
from reporting.exhibits import sentences
from reporting.exhibits.building import mark, number
from reporting.exhibits.slides.sources import counted
from reporting.grades import EVERY, GOOD, Grade, Kinds


def overall_slide(assessment: Assessment) -> Slide:
    """Show the counts beside last quarter's: a table, and a chart of it."""
    now = total(assessment)
    before = total(assessment, assessment.quarter - 1) if assessment.quarter > 1 else None
    grades = shown([now, *([before] if before else [])]) or assessment.scale.grades
    return Slide(
        title=_message(assessment, now, before),
        parts=(_table(now, before, grades), _chart(now, before, grades)),
        share=0.56,
        notes=tuple(_notes(assessment, now)),
    )


def _message(assessment: Assessment, now: RollUp, before: RollUp | None) -> str:
    good = now.count(GOOD)
    head = f"{assessment.period.short_label}{now.total}项任务中，"
    head += f"有到期或在办事项的{now.due}项，其中" if now.nothing_due else ""
    words = f"{head}达序的{good}项"
    if now.has_rate and now.due > 1:
        words += f"，占{now.rate}"
    return words if before is None else f"{words}，{sentences.change(good, before.count(GOOD))}"


def _table(now: RollUp, before: RollUp | None, grades: Sequence[Grade]) -> Table:
    columns = [mark("grade", "核定结果", 2), number("count", "项数"), number("share", "占比")]
    columns += [number("change", "比上季度")] if before else []
    rows = [Row(cells=(grade, *_graded(now, before, grade))) for grade in grades]
    return Table(columns=tuple(columns), rows=(*rows, *_sums(now, before)), caption="任务核定结果")


def _sums(now: RollUp, before: RollUp | None) -> list[Row]:
    """Add up the grades, and what is counted apart from them where there is any."""
    if not (now.nothing_due or (before and before.nothing_due)):
        return [Row(cells=("合计", *_graded(now, before, EVERY)), total=True)]
    apart, every = (before.nothing_due, before.total) if before else (None, None)
    return [
        Row(cells=("小计", *_graded(now, before, EVERY)), total=True),
        Row(cells=(rule.NOTHING_DUE, *_cells(now.nothing_due, NO_RATE, apart))),
        Row(cells=("合计", *_cells(now.total, NO_RATE, every)), total=True),
    ]


def _graded(now: RollUp, before: RollUp | None, of: Grade | Kinds) -> tuple[str, ...]:
    earlier = before.count(of) if before else None
    return _cells(now.count(of), now.share(of), earlier)


def _cells(count: int, share: str, earlier: int | None) -> tuple[str, ...]:
    compared = () if earlier is None else (sentences.signed(count - earlier),)
    return (str(count), share, *compared)


def _chart(now: RollUp, before: RollUp | None, grades: Sequence[Grade]) -> BarChart:
    series = [Series(name="本季度", values=tuple(float(now.count(g)) for g in grades))]
    if before is not None:
        values = tuple(float(before.count(g)) for g in grades)
        series.append(Series(name="上季度", values=values, tone="compared"))
    words = "；".join(f"{g}{now.count(g)}项" for g in grades)
    return BarChart(
        categories=tuple(f"{g.style.shape} {g}" for g in grades), series=tuple(series),
        number_format="0", alt=f"条形图，本季度任务核定结果：{words}。",
    )  # fmt: skip


def _notes(assessment: Assessment, now: RollUp) -> list[str]:
    label = assessment.period.short_label
    lines = [rate_note(assessment.scale) + "。"]
    lines += [f"数据来源：{label}{now.total}项任务的核定，所依据的报表单元格如下。"]
    lines += counted(assessment.task_ratings())
    if assessment.quarter > 1:
        lines.append("上季度各项核定所依据的报表单元格：")
        lines += counted(assessment.task_ratings(assessment.quarter - 1))
    return lines
