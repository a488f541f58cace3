"""Charts: plain values in, a figure with its message in words out.

Every chart can be read in black and white: fill, hatch and direct labels differ. Labels stand
beside what they name and touch neither a line nor each other: their widths are known before they
are drawn (`reporting.documents.labels`).
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import RollUp, shown
from reporting.documents.blocks import Figure
from reporting.documents.canvas import (
    INK,
    POINTS,
    WIDTH_INCHES,
    Margins,
    chart_style,
    drawing,
    figure_of,
    room,
)
from reporting.documents.labels import drawable_label, ems, points_wide
from reporting.documents.palette import APART_STYLE
from reporting.documents.remembered import remembered
from reporting.grades import GradeStyle
from reporting.labels.values import CHINESE, Labels
from reporting.language.clip import clip
from reporting.language.numerals import figure
from reporting.values import Value

_PLAN = "#ffffff"
_ACTUAL = "#1f4e79"
_TARGET = "#a3160f"
_SOFT = "#595959"
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")

# Sizes of type and distances, in points.
_SIZE = 9.0
_SMALL = 8.5
_GAP = 2.0
_LINE = 13.0
"""A line of labels with the space around it."""


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
    """A cumulative target: actual and plan to date, in per cent of the year's target.

    ``text`` and ``plan_text`` say the two in words; what is planned is drawn where there is a
    share of it, and told in any case.
    """

    label: str
    actual_pct: float | None
    plan_pct: float | None
    text: str
    plan_text: str = ""


def _bars(axes: Axes) -> list[BarContainer]:
    return [container for container in axes.containers if isinstance(container, BarContainer)]


@remembered
def plan_actual_chart(
    points: Sequence[QuarterPoint],
    *,
    measure: str,
    unit: str,
    annual: Decimal | None = None,
    current: int | None = None,
    caption: str = "",
    labels: Labels = CHINESE,
) -> Figure:
    """Draw plan against actual by quarter.

    Parameters
    ----------
    points : sequence of QuarterPoint
        Quarters ascending; those without any figure are left out.
    measure, unit : str
        What is counted, and in what.
    annual : Decimal, optional
        The year's target, drawn as a dashed line.
    current : int, optional
        The report's quarter: it has its place whatever is known of it.
    """
    shown = _shown(points, current)
    margins = _pair_margins(annual, labels)
    with drawing(1.95, margins) as (canvas, axes):
        _draw_pairs(axes, shown, labels)
        # From zero, or bars would lie; room above for the labels of the tallest.
        values = [value for p in shown for value in (p.plan, p.actual, annual) if value is not None]
        axes.set_ylim(0, float(max(values, default=Decimal(0))) * 1.18 or 1)
        # Bars are as wide in a chart of one quarter as in one of four.
        spare = (4 - len(shown)) / 2
        axes.set_xlim(-0.5 - spare, len(shown) - 0.5 + spare)
        missing = {p.quarter: labels(_missing_words(p, current)) for p in shown}
        _label_pairs(axes, shown, annual, missing=missing, slot=room(margins) / 4)
        if annual is not None:
            _draw_annual(axes, annual, _annual_words(annual, labels))
        axes.set(xlabel="", ylabel="")
        # Every bar says its figure: a scale would say it again.
        axes.yaxis.set_ticks([])
        axes.spines["left"].set_visible(False)
        # A unit too long for its place stands whole in the caption.
        _head(canvas, labels, clip(f"{labels('单位：')}{unit}", _LONGEST_HEAD))
        alt = _plan_actual_message(shown, measure, unit, annual, current)
        return figure_of(canvas, alt, caption or f"{measure}：计划与实际（单位：{unit}）")


def _shown(points: Iterable[QuarterPoint], current: int | None) -> list[QuarterPoint]:
    """Keep the quarters that have a figure, and the report's own."""
    found = {p.quarter: p for p in points if p.plan is not None or p.actual is not None}
    if current is not None:
        found.setdefault(current, QuarterPoint(quarter=current))
    return [found[quarter] for quarter in sorted(found)]


def _pair_margins(annual: Decimal | None, labels: Labels) -> Margins:
    """Leave room for the words at the end of the year's line."""
    right = 0.0 if annual is None else points_wide(_annual_words(annual, labels), _SIZE) + 2 * _GAP
    return 4.0, 4.0 + right, 16.0, 24.0


def _annual_words(annual: Decimal, labels: Labels) -> str:
    return f"{labels('全年目标')}\n{figure(annual)}"


def _head(canvas: Canvas, labels: Labels, words: str = "", *, planned: bool = True) -> None:
    """Write above the axes what fills mean, and on the left what is counted."""
    swatches = [
        Patch(facecolor=_PLAN, edgecolor=_SOFT, hatch="////", label=labels("计划")),
        Patch(facecolor=_ACTUAL, edgecolor=INK, label=labels("实际")),
    ]
    canvas.legend(
        handles=swatches if planned else swatches[1:], loc="upper right", ncols=2, frameon=False,
        borderaxespad=0, borderpad=0.3,
    )  # fmt: skip
    # As far from the canvas' corner as the legend from the other one.
    left, top = 4 / (WIDTH_INCHES * POINTS), 1 - 4 / (canvas.get_figheight() * POINTS)
    canvas.text(left, top, drawable_label(words), ha="left", va="top")


_LONGEST_HEAD = 30
"""Characters that stand beside the legend."""


def _draw_pairs(axes: Axes, points: Sequence[QuarterPoint], labels: Labels) -> None:
    """Draw the two bars of each quarter; one without a figure has no line around it either.

    There is one such chart for each target, which is most of all charts: seaborn would take as
    long for the same bars as all the rest of a chart does.
    """
    columns = ([p.plan for p in points], [p.actual for p in points])
    for side, fill, values in zip((-1, 1), (_PLAN, _ACTUAL), columns, strict=True):
        axes.bar(
            [place + side * _PAIR / 4 for place in range(len(points))],
            [float(value or 0) for value in values],
            width=_PAIR / 2 * _PAIR_FILLED, color=fill, edgecolor=INK,
            linewidth=[0 if value is None else 0.7 for value in values],
        )  # fmt: skip
    _hatch(_bars(axes)[0])
    axes.set_xticks(range(len(points)), [labels(_QUARTERS[p.quarter - 1]) for p in points])


_PAIR, _PAIR_FILLED = 0.62, 0.94
"""Of a quarter's place, what its two bars take; of each one's half, what it fills."""


def _hatch(bars: BarContainer) -> None:
    for bar in bars:
        bar.set(hatch="////", edgecolor=_SOFT)


def _label_pairs(
    axes: Axes,
    points: Sequence[QuarterPoint],
    annual: Decimal | None,
    *,
    missing: Mapping[int, str],
    slot: float,
) -> None:
    """Write each figure over its bar, in its own half of the quarter's place."""
    scale = axes.bbox.height / axes.figure.dpi * POINTS / axes.get_ylim()[1]
    line = None if annual is None else float(annual) * scale
    for place, point in enumerate(points):
        for side, value in ((-1, point.plan), (1, point.actual)):
            if value is not None:
                label = figure(value)
                height = _clear_of(line, max(float(value), 0) * scale)
                _pair_label(axes, place, label, side=side, height=height, slot=slot)
        if words := missing[point.quarter]:
            side = 1 if point.plan is not None else 0
            height = _clear_of(line, 0)
            _pair_label(axes, place, words, side=side, height=height, slot=slot, colour=_SOFT)


def _clear_of(line: float | None, height: float) -> float:
    """Lift a label over the year's line where it would stand on it."""
    touches = line is not None and height <= line <= height + _LINE
    return line if touches and line is not None else height


def _pair_label(
    axes: Axes, place: int, label: str, *, side: int, height: float, slot: float,
    colour: str = INK,
) -> None:  # fmt: skip
    half = slot / 2 - _GAP
    size = min(_SIZE, half / ems(label)) if side else _SIZE
    # Over the middle of its bar, or as near as its own half leaves it room.
    middle = max(0.155 * slot, ems(label) * size / 2 + _GAP / 2) * side
    axes.annotate(
        label, xy=(place, 0), xytext=(middle, height + _GAP), textcoords="offset points",
        ha="center", va="bottom", fontsize=size, color=colour,
    )  # fmt: skip


def _missing_words(point: QuarterPoint, current: int | None) -> str:
    """Say of the report's own quarter and those before it that a figure is missing."""
    if current is None or point.quarter > current or point.actual is not None:
        return ""
    return "无数据" if point.plan is None else "无实际数"


def _draw_annual(axes: Axes, annual: Decimal, words: str) -> None:
    axes.axhline(float(annual), color=_TARGET, linewidth=1, linestyle=(0, (5, 3)))
    # Beyond the line's end, where no bar and no label of one can be.
    axes.annotate(
        words,
        xy=(1, float(annual)), xycoords=("axes fraction", "data"),
        xytext=(2 * _GAP, 0), textcoords="offset points", ha="left", va="center", color=_TARGET,
    )  # fmt: skip


def _plan_actual_message(
    points: Sequence[QuarterPoint],
    measure: str,
    unit: str,
    annual: Decimal | None,
    current: int | None,
) -> str:
    def words(point: QuarterPoint) -> str:
        plan = "无计划数" if point.plan is None else f"计划{figure(point.plan)}{unit}"
        if point.actual is not None:
            actual = f"实际{figure(point.actual)}{unit}"
        else:
            due = current is None or point.quarter <= current
            actual = "无实际数" if due else "尚未到期"
        return f"{_QUARTERS[point.quarter - 1]}{plan}、{actual}"

    year = f"；全年目标{figure(annual)}{unit}" if annual is not None else ""
    return f"柱形图，{measure}：" + "；".join(map(words, points)) + year + "。"


@remembered
def rating_chart(
    counted: RollUp,
    *,
    previous: RollUp | None = None,
    caption: str = "任务评价分布",
    labels: Labels = CHINESE,
) -> Figure:
    """Draw how many tasks have each grade, with shares and the change since last quarter.

    What is counted apart from the grades has a bar of its own, and no share.
    """
    bars = _rating_bars(counted, previous, labels)
    margins = (points_wide("\n".join(bar.label for bar in bars), _SIZE) + 3 * _GAP, 4, 4, 4)
    with drawing(0.15 + 0.29 * len(bars), margins) as (canvas, axes):
        frame = pd.DataFrame([{"label": bar.label, "count": bar.count} for bar in bars])
        sns.barplot(
            frame, x="count", y="label", ax=axes, hue="label", legend=False, width=0.68,
            palette={bar.label: bar.style.tint for bar in bars}, saturation=1, linewidth=0.8,
            errorbar=None,
        )  # fmt: skip
        for container, drawn in zip(_bars(axes), bars, strict=True):
            for patch in container:
                patch.set(edgecolor=drawn.style.colour, hatch=drawn.style.hatch)
            axes.bar_label(container, [drawn.text], padding=2 * _GAP, fontsize=_SIZE)
        axes.set(xlabel="", ylabel="")
        ends = [(float(bar.count), bar.text) for bar in bars]
        axes.set_xlim(0, _scale_end(ends, _SIZE, room(margins), least=1))
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


def _rating_bars(counted: RollUp, previous: RollUp | None, labels: Labels) -> list[_RatingBar]:
    def words(count: int, before: int | None, share: str) -> str:
        change = "" if before is None else labels.change(count - before)
        return f"{labels.count(count)}{share}{change}"

    bars = [
        _RatingBar(
            name=str(labels.grade(grade)), style=grade.style, count=counted.count(grade),
            text=words(
                counted.count(grade),
                previous.count(grade) if previous else None,
                labels.share(counted.share(grade)) if counted.due else "",
            ),
        )
        for grade in shown([counted, *([previous] if previous else [])])
    ]  # fmt: skip
    apart, earlier = counted.nothing_due, previous.nothing_due if previous else None
    if apart or earlier:
        text = words(apart, earlier, labels.apart())
        name = labels(NOTHING_DUE)
        bars.append(_RatingBar(name=name, style=APART_STYLE, count=apart, text=text))
    nothing = _RatingBar(name=labels("任务"), style=APART_STYLE, count=0, text=labels.count(0))
    return bars or [nothing]


def _scale_end(
    ends: Iterable[tuple[float, str]], size: float, width: float, *, least: float
) -> float:
    """Find how far a scale must reach for every bar to have its label beside its end."""
    reach = [
        value * width / max(width - points_wide(text, size) - 3 * _GAP, width / 10)
        for value, text in ends
    ]
    return max([least, *reach])


@remembered
def heat_table(
    rows: Sequence[HeatRow],
    *,
    columns: Sequence[str] | None = None,
    message: str,
    caption: str = "",
    labels: Labels = CHINESE,
) -> Figure:
    """Draw a heat table; long ones stand in two blocks side by side.

    Parameters
    ----------
    columns : sequence of str, optional
        Heads of the cells; the quarters from the first on, unless given.
    """
    heads = _QUARTERS[: len(rows[0].cells) if rows else 0] if columns is None else columns
    heads = [labels(head) for head in heads]
    # One of more rows would fill most of a page with a narrow table.
    half = len(rows) if len(rows) <= 24 else (len(rows) + 1) // 2
    blocks = [rows[start : start + half] for start in range(0, len(rows), half)] or [rows]
    with chart_style():
        canvas = Canvas(figsize=(WIDTH_INCHES, 0.4 + 0.235 * max(half, 1)), layout="constrained")
        for axes, block in zip(canvas.subplots(1, len(blocks), squeeze=False)[0], blocks,
                               strict=True):  # fmt: skip
            _draw_heat(axes, block, heads, half)
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


_PROGRESS_NAME = 16
"""Characters of a line of a target's name."""
_PROGRESS_MARGINS: Margins = (_PROGRESS_NAME * _SIZE + 4 * _GAP, 4, 36, 22)


@remembered
def target_progress_chart(
    bars: Sequence[ProgressBar],
    *,
    caption: str = "累计指标完成全年目标的比例",
    labels: Labels = CHINESE,
) -> Figure:
    """Draw cumulative targets: plan and actual to date, each with its own bar and label."""
    names = [drawable_label(bar.label, _PROGRESS_NAME) for bar in bars]
    most_lines = max([2, *(name.count("\n") + 1 for name in names)])
    rows = (most_lines * _LINE + 3 * _GAP) * max(len(bars), 1)
    with drawing((rows + sum(_PROGRESS_MARGINS[2:])) / POINTS, _PROGRESS_MARGINS) as (canvas, axes):
        _draw_progress(axes, bars)
        width = room(_PROGRESS_MARGINS)
        ends = [(b.plan_pct, b.plan_text) for b in bars if b.plan_pct is not None]
        ends += [(b.actual_pct or 0, drawable_label(b.text)) for b in bars]
        end = _scale_end(ends, _SMALL, width, least=105)
        axes.set(xlabel=labels("占全年目标的比例（%），虚线为全年目标"), ylabel="")
        axes.set_xlim(0, end)
        axes.set_xticks([0, 25, 50, 75, 100] if 25 * width / end > 2 * _SIZE else [0, 100])
        axes.set_yticks(range(len(bars)), names)
        _draw_year(axes, len(bars))
        _head(canvas, labels, planned=any(bar.plan_pct is not None for bar in bars))
        alt = "条形图，累计指标完成全年目标的比例：" + "；".join(map(_progress_words, bars))
        return figure_of(canvas, alt + "。", caption)


def _progress_words(bar: ProgressBar) -> str:
    actual = bar.text if bar.actual_pct is None else f"实际{bar.text}"
    return f"{bar.label}，{bar.plan_text or '无计划数'}、{actual}"


def _draw_progress(axes: Axes, bars: Sequence[ProgressBar]) -> None:
    columns = (
        [(bar.plan_pct, bar.plan_text if bar.plan_pct is not None else "") for bar in bars],
        [(bar.actual_pct, bar.text) for bar in bars],
    )
    frame = pd.DataFrame(
        [
            {"row": row, "series": series, "pct": pct or 0.0}
            for series, column in zip(("计划", "实际"), columns, strict=True)
            for row, (pct, _) in enumerate(column)
        ],
        columns=["row", "series", "pct"],
    )
    sns.barplot(
        frame, x="pct", y="row", hue="series", ax=axes, orient="h", width=0.72, gap=0.1,
        legend=False, errorbar=None, palette={"计划": _PLAN, "实际": _ACTUAL}, saturation=1,
        edgecolor=INK, linewidth=0.7,
    )  # fmt: skip
    for container, column in zip(_bars(axes), columns, strict=True):
        labels = [drawable_label(text) for _, text in column]
        axes.bar_label(container, labels, padding=2 * _GAP, fontsize=_SMALL)
        for bar, (pct, _) in zip(container, column, strict=True):
            bar.set_linewidth(0 if pct is None else bar.get_linewidth())
    _hatch(_bars(axes)[0])


def _draw_year(axes: Axes, rows: int) -> None:
    """Draw the year's target as dashes between the rows, where no label stands."""
    for row in range(rows + 1):
        axes.plot([100, 100], [row - 0.6, row - 0.4], color=_TARGET, linewidth=1, zorder=0)
    axes.set_ylim(rows - 0.45, -0.55)
