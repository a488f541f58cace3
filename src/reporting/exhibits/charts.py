"""Charts: plain values in, a figure with its message in words out.

Every chart can be read in black and white: fill, hatch and direct labels differ.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Canvas

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import RollUp
from reporting.documents.blocks import Figure
from reporting.documents.canvas import (
    INK,
    WIDTH_INCHES,
    Place,
    chart_style,
    drawable_label,
    drawing,
    figure_of,
)
from reporting.documents.palette import APART_STYLE, GRADE_STYLES, GradeStyle
from reporting.documents.remembered import remembered
from reporting.grades import Grade
from reporting.language.numerals import figure
from reporting.values import Value

_PLAN = "#ffffff"
_ACTUAL = "#1f4e79"
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")

_Corner = Literal["upper right", "outside upper right"]

# Room for one line of labels at the left and below, and for the legend above.
_PAIRS_PLACE: Place = (0.0362, 0.1104, 0.957, 0.71)
_LONGEST_UNIT = 8
"""Characters of a unit of measure that fit beside the axes in their place."""


class QuarterPoint(Value):
    """Plan and actual of one quarter; None where there is none."""

    quarter: int
    plan: Decimal | None = None
    actual: Decimal | None = None


class HeatCell(Value):
    """A cell of a heat table: what is printed, and how dark it is (0 to 1)."""

    text: str
    share: float


class HeatRow(Value):
    """A row of a heat table; None where there is nothing to show."""

    label: str
    cells: tuple[HeatCell | None, ...]


class ProgressBar(Value):
    """A cumulative target: actual and plan to date, in per cent of the year's target."""

    label: str
    actual_pct: float | None
    plan_pct: float | None
    text: str


def _bars(axes: Axes) -> list[BarContainer]:
    return [container for container in axes.containers if isinstance(container, BarContainer)]


@remembered
def plan_actual_chart(
    points: Sequence[QuarterPoint],
    *,
    measure: str,
    unit: str,
    annual: Decimal | None = None,
    caption: str = "",
) -> Figure:
    """Draw plan against actual by quarter.

    Parameters
    ----------
    points : sequence of QuarterPoint
        At least one; quarters ascending.
    measure, unit : str
        What is counted, and in what.
    annual : Decimal, optional
        The year's target, drawn as a dashed line.
    """
    place = _PAIRS_PLACE if len(unit) <= _LONGEST_UNIT else None
    with drawing(1.95, place) as (canvas, axes):
        _draw_pairs(axes, points)
        if annual is not None:
            _draw_annual(axes, annual)
        axes.set(xlabel="", ylabel=drawable_label(f"单位：{unit}"))
        # From zero, or bars would lie; room above for the labels of the tallest.
        axes.set_ylim(0, max(axes.get_ylim()[1], float(annual or 0)) * 1.18 or 1)
        # Bars are as wide in a chart of one quarter as in one of four.
        spare = (4 - len(points)) / 2
        axes.set_xlim(-0.5 - spare, len(points) - 0.5 + spare)
        # Every bar says its figure: a scale would say it again.
        axes.yaxis.set_ticks([])
        axes.spines["left"].set_visible(False)
        swatches = [container[0] for container in _bars(axes)]
        # Where the axes find their place themselves, the legend takes room from them.
        where: _Corner = "outside upper right" if place is None else "upper right"
        canvas.legend(swatches, ["计划", "实际"], loc=where, ncols=2, frameon=False)
        alt = _plan_actual_message(points, measure, unit, annual)
        return figure_of(canvas, alt, caption or f"{measure}：计划与实际（单位：{unit}）")


def _draw_pairs(axes: Axes, points: Sequence[QuarterPoint]) -> None:
    frame = pd.DataFrame(
        [
            {"quarter": _QUARTERS[p.quarter - 1], "series": name, "value": float(value or 0)}
            for p in points
            for name, value in (("计划", p.plan), ("实际", p.actual))
        ]
    )
    sns.barplot(
        frame, x="quarter", y="value", hue="series", ax=axes, width=0.62, gap=0.06, legend=False,
        errorbar=None,
        palette={"计划": _PLAN, "实际": _ACTUAL}, saturation=1, edgecolor=INK, linewidth=0.7,
    )  # fmt: skip
    values = ([p.plan for p in points], [p.actual for p in points])
    for container, column in zip(_bars(axes), values, strict=True):
        labels = ["" if value is None else figure(value) for value in column]
        axes.bar_label(container, labels, padding=2, fontsize=9)
    for bar in _bars(axes)[0]:
        bar.set_hatch("////")
        bar.set_edgecolor("#595959")


def _draw_annual(axes: Axes, annual: Decimal) -> None:
    axes.axhline(float(annual), color="#a3160f", linewidth=1, linestyle=(0, (5, 3)))
    axes.annotate(
        f"全年目标 {figure(annual)}",
        xy=(0, float(annual)), xycoords=("axes fraction", "data"),
        xytext=(0, 3), textcoords="offset points", ha="left", va="bottom", color="#a3160f",
    )  # fmt: skip


def _plan_actual_message(
    points: Sequence[QuarterPoint], measure: str, unit: str, annual: Decimal | None
) -> str:
    def words(point: QuarterPoint) -> str:
        plan = "无计划数" if point.plan is None else f"计划{figure(point.plan)}{unit}"
        actual = "无实际数" if point.actual is None else f"实际{figure(point.actual)}{unit}"
        return f"{_QUARTERS[point.quarter - 1]}{plan}、{actual}"

    year = f"；全年目标{figure(annual)}{unit}" if annual is not None else ""
    return f"柱形图，{measure}：" + "；".join(map(words, points)) + year + "。"


@remembered
def rating_chart(
    counted: RollUp, *, previous: RollUp | None = None, caption: str = "任务评价分布"
) -> Figure:
    """Draw how many tasks have each grade, with shares and the change since last quarter.

    What is counted apart from the grades has a bar of its own, and no share.
    """
    bars = _rating_bars(counted, previous)
    with drawing(0.35 + 0.29 * len(bars)) as (canvas, axes):
        frame = pd.DataFrame([{"label": bar.label, "count": bar.count} for bar in bars])
        sns.barplot(
            frame, x="count", y="label", ax=axes, hue="label", legend=False, width=0.68,
            palette={bar.label: bar.style.tint for bar in bars}, saturation=1, linewidth=0.8,
        )  # fmt: skip
        for container, drawn in zip(_bars(axes), bars, strict=True):
            for patch in container:
                patch.set(edgecolor=drawn.style.colour, hatch=drawn.style.hatch)
            axes.bar_label(container, [drawn.text], padding=4, fontsize=9)
        axes.set(xlabel="", ylabel="")
        # Room for the words beside the longest bar.
        axes.set_xlim(0, max([1, *(bar.count for bar in bars)]) * 1.65)
        axes.xaxis.set_ticks([])
        axes.spines["bottom"].set_visible(False)
        alt = f"条形图，{counted.total}项任务的评价：" + "；".join(
            f"{bar.name}{bar.text}" for bar in bars
        )
        return figure_of(canvas, alt + "。", caption)


class _RatingBar(Value):
    """A bar of the rating chart: what it counts, and the words beside it."""

    name: str
    style: GradeStyle
    count: int
    text: str

    @property
    def label(self) -> str:
        """Its name behind its shape."""
        return f"{self.style.shape} {self.name}".strip()


def _rating_bars(counted: RollUp, previous: RollUp | None) -> list[_RatingBar]:
    before = previous.counts if previous else {}
    grades = [g for g in Grade if counted.counts[g] or before.get(g)]
    bars = [
        _RatingBar(
            name=grade, style=GRADE_STYLES[grade], count=counted.counts[grade],
            text=_count_text(counted.counts[grade], before.get(grade), _share(counted, grade)),
        )
        for grade in grades
    ]  # fmt: skip
    apart, earlier = counted.nothing_due, previous.nothing_due if previous else None
    if apart or earlier:
        text = _count_text(apart, earlier, "，不计占比")
        bars.append(_RatingBar(name=NOTHING_DUE, style=APART_STYLE, count=apart, text=text))
    return bars or [_RatingBar(name="任务", style=APART_STYLE, count=0, text="0项")]


def _share(counted: RollUp, grade: Grade) -> str:
    return f"，占{counted.share(grade)}" if counted.due else ""


def _count_text(count: int, before: int | None, share: str) -> str:
    if before is None:
        return f"{count}项{share}"
    change = count - before
    if not change:
        return f"{count}项{share}，与上季度持平"
    return f"{count}项{share}，较上季度{'增加' if change > 0 else '减少'}{abs(change)}项"


@remembered
def heat_table(
    rows: Sequence[HeatRow],
    *,
    columns: Sequence[str] = _QUARTERS,
    message: str,
    caption: str = "",
) -> Figure:
    """Draw a heat table, e.g. units by quarters; long ones stand in two blocks side by side."""
    # One of more rows would fill most of a page with a narrow table.
    half = len(rows) if len(rows) <= 24 else (len(rows) + 1) // 2
    blocks = [rows[start : start + half] for start in range(0, len(rows), half)] or [rows]
    with chart_style():
        canvas = Canvas(figsize=(WIDTH_INCHES, 0.4 + 0.235 * max(half, 1)), layout="constrained")
        for axes, block in zip(canvas.subplots(1, len(blocks), squeeze=False)[0], blocks,
                               strict=True):  # fmt: skip
            _draw_heat(axes, block, columns, half)
        return figure_of(canvas, message, caption)


def _draw_heat(axes: Axes, rows: Sequence[HeatRow], columns: Sequence[str], height: int) -> None:
    # The last block is filled up with empty rows, so that rows are of one height.
    padding = height - len(rows)
    labels = [drawable_label(row.label, 13) for row in rows] + [""] * padding
    empty: tuple[HeatCell | None, ...] = (None,) * len(columns)
    cells = [row.cells for row in rows] + [empty] * padding
    frame = pd.DataFrame(
        [[float("nan") if c is None else c.share for c in row] for row in cells],
        columns=list(columns),
    )
    texts = [["" if c is None else drawable_label(c.text) for c in row] for row in cells]
    # Left to itself, seaborn makes a bitmap of the whole chart for each label, to measure it.
    sns.heatmap(
        frame, xticklabels=False, yticklabels=False, annot=pd.DataFrame(texts), fmt="", ax=axes,
        cmap="Oranges", vmin=0, vmax=1.6, cbar=False, linewidths=0.8, linecolor="#ffffff",
        annot_kws={"fontsize": 8, "color": INK},
    )  # fmt: skip
    axes.set_xticks([n + 0.5 for n in range(len(columns))], list(columns))
    axes.set_yticks([n + 0.5 for n in range(height)], labels, rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(labelsize=7.5)
    axes.set(xlabel="", ylabel="")


@remembered
def target_progress_chart(
    bars: Sequence[ProgressBar], *, caption: str = "累计指标完成全年目标的比例"
) -> Figure:
    """Draw cumulative targets: a bar to date, and a tick where the plan says it should be."""
    with drawing(0.5 + 0.35 * max(len(bars), 1)) as (canvas, axes):
        names = [drawable_label(bar.label, 16) for bar in bars]
        frame = pd.DataFrame({"row": range(len(bars)), "pct": [b.actual_pct or 0 for b in bars]})
        sns.barplot(
            frame, x="pct", y="row", ax=axes, orient="h", color=_ACTUAL, width=0.5, saturation=1
        )
        for row, bar in enumerate(bars):
            _draw_progress(axes, row, bar)
        axes.set_yticks(range(len(bars)), names)
        top = max([100.0, *(b.actual_pct or 0 for b in bars), *(b.plan_pct or 0 for b in bars)])
        ticked = any(bar.plan_pct is not None for bar in bars)
        said = "，竖线为计划进度" if ticked else ""
        axes.set(xlabel=f"占全年目标的比例（%）{said}", ylabel="")
        axes.set_xlim(0, top * 1.42)
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.axvline(100, color="#595959", linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)
        alt = "条形图，累计指标完成全年目标的比例：" + "；".join(
            f"{bar.label}{bar.text}" for bar in bars
        )
        return figure_of(canvas, alt + "。", caption)


def _draw_progress(axes: Axes, row: int, bar: ProgressBar) -> None:
    ends = [0.0, bar.actual_pct or 0.0]
    if bar.plan_pct is not None:
        ends.append(bar.plan_pct)
        axes.plot([bar.plan_pct] * 2, [row - 0.38, row + 0.38], color="#d9480f", linewidth=2.2)
    axes.annotate(
        drawable_label(bar.text), xy=(max(ends), row), xytext=(5, 0), textcoords="offset points",
        va="center", ha="left", fontsize=8.5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip
