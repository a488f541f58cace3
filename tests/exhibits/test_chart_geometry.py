"""Where the words of a chart stand: beside what they name, on no line, on no other word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from reporting.assess.rollups import RollUp
from reporting.documents.blocks import Figure
from reporting.documents.canvas import chart_style, figure_of
from reporting.exhibits.charts import (
    HeatCell,
    HeatRow,
    ProgressBar,
    QuarterPoint,
    heat_table,
    plan_actual_chart,
    rating_chart,
    target_progress_chart,
)
from reporting.grades import USUAL

HAIR = 0.5
"""Pixels that boxes may share: the outermost ones are empty."""


class Drawn:
    """A chart as drawn: its words and lines with the places they take, in pixels."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        # Characters take whole pixels here, as they take what they are wide in a page.
        canvas.set_dpi(144)
        with chart_style():
            agg = FigureCanvasAgg(canvas)
            agg.draw()  # type: ignore[no-untyped-call]
            renderer = agg.get_renderer()  # type: ignore[no-untyped-call]
            shown = [t for t in canvas.findobj(Text) if t.get_visible() and t.get_text().strip()]
            self.words = [(t.get_text(), t.get_window_extent(renderer)) for t in shown]

    @property
    def axes(self) -> Axes:
        return self.canvas.axes[0]

    def place(self, word: str) -> Bbox:
        """Give the place of a word that stands once."""
        [found] = [box for text, box in self.words if text == word]
        return found

    def lines(self) -> Iterator[Bbox]:
        """Give the places of lines: targets, and the axes' own."""
        for line in self.axes.lines:
            yield Bbox(line.get_transform().transform(line.get_xydata()))
        for spine in self.axes.spines.values():
            if spine.get_visible():
                yield spine.get_window_extent()

    def check(self) -> None:
        """Hold every word to the canvas, off the lines, and apart from the other words."""
        for text, box in self.words:
            assert min(box.x0, box.y0) >= -HAIR, text
            assert box.x1 <= self.canvas.bbox.x1 + HAIR, text
            assert box.y1 <= self.canvas.bbox.y1 + HAIR, text
            assert not any(touch(box, line) for line in self.lines()), text
        for (one, here), (other, there) in combinations(self.words, 2):
            assert not touch(here, there), (one, other)


def touch(one: Bbox, other: Bbox) -> bool:
    """Tell whether two places have more than a hair in common; a line has no width."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0) > (HAIR if other.width else -HAIR)
    high = min(one.y1, other.y1) - max(one.y0, other.y0) > (HAIR if other.height else -HAIR)
    return bool(wide and high)


@contextmanager
def kept() -> Iterator[list[Canvas]]:
    """Keep the canvases that charts are drawn on."""
    found: list[Canvas] = []

    def keep(canvas: Canvas, alt: str, caption: str) -> Figure:
        found.append(canvas)
        return figure_of(canvas, alt, caption)

    with patch("reporting.exhibits.charts.figure_of", keep):
        yield found


def drawn(draw: Callable[[], Figure]) -> Drawn:
    """Draw a chart and find its words."""
    with kept() as canvases:
        draw()
    return Drawn(canvases[0])


values = st.one_of(
    st.none(),
    st.decimals(0, 99_999_999, places=2),
    st.integers(0, 120).map(Decimal),
)
quarters = st.lists(st.tuples(values, values), min_size=4, max_size=4).map(
    lambda pairs: [
        QuarterPoint(quarter=quarter, plan=plan, actual=actual)
        for quarter, (plan, actual) in enumerate(pairs, 1)
    ]
)


@settings(max_examples=30, deadline=None)
@given(points=quarters, annual=values, current=st.integers(1, 4))
def test_labels_of_pairs_are_clear(
    points: list[QuarterPoint], annual: Decimal | None, current: int
) -> None:
    """Whatever the figures, no label stands on a line, on another label or off the canvas."""
    drawn(
        lambda: plan_actual_chart(
            points, measure="投资", unit="亿元", annual=annual, current=current
        )
    ).check()


@pytest.mark.parametrize("actual", ["58", "59.9", "60", "60.1", "63", "50"])
def test_label_near_the_years_line_is_not_on_it(actual: str) -> None:
    """A bar that ends just under or over the year's target keeps its label readable."""
    points = [
        QuarterPoint(quarter=1, plan=Decimal(60), actual=Decimal(actual)),
        QuarterPoint(quarter=4, plan=Decimal(60)),
    ]
    drawn(
        lambda: plan_actual_chart(points, measure="x", unit="宗", annual=Decimal(60), current=1)
    ).check()


def test_labels_stand_over_their_bars() -> None:
    """Plan and actual of a quarter have their labels in their own halves of its place."""
    points = [QuarterPoint(quarter=n, plan=Decimal(50 * n), actual=Decimal(49 * n)) for n in (1, 2)]
    chart = drawn(lambda: plan_actual_chart(points, measure="x", unit="宗", current=2))
    for container in chart.axes.containers:
        for bar in container:
            here, label = bar.get_window_extent(), chart.place(f"{bar.get_height():g}")
            assert abs((here.x0 + here.x1) - (label.x0 + label.x1)) / 2 < here.width / 2
            assert 0 <= label.y0 - here.y1 < label.height


names = st.sampled_from(["投资", "各市直部门、各镇街（园区）、各市属国企累计对接", "上市" * 9])
shares = st.one_of(st.none(), st.floats(0, 400))
progress = st.builds(
    lambda label, actual, plan: ProgressBar(
        label=label,
        actual_pct=actual,
        plan_pct=plan,
        text="未报送" if actual is None else f"1234.5亿元，占{actual:.1f}%",
        plan_text="全年目标300亿元" if plan is None else f"计划{plan:.1f}%",
    ),
    names, shares, shares,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(bars=st.lists(progress, min_size=1, max_size=10))
def test_labels_of_progress_are_clear(bars: list[ProgressBar]) -> None:
    """Whatever was reached, no label stands on the year's line or on another label."""
    drawn(lambda: target_progress_chart(bars)).check()


@pytest.mark.parametrize("share", [75, 90, 99.9, 100, 101])
def test_label_near_the_years_target_is_not_on_it(share: float) -> None:
    """The line of the year's target has room for the labels of what came near to it."""
    text = f"占{share}%"
    bar = ProgressBar(label="投资", actual_pct=share, plan_pct=share, text=text, plan_text="计划")
    drawn(lambda: target_progress_chart([bar])).check()


def test_actual_has_its_label_beside_it() -> None:
    """The actual's label begins where its bar ends, and not beyond the plan."""
    bar = ProgressBar(
        label="投资", actual_pct=20, plan_pct=80, text="1宗，占20.0%", plan_text="计划80.0%"
    )
    chart = drawn(lambda: target_progress_chart([bar]))
    for container, word in zip(chart.axes.containers, (bar.plan_text, bar.text), strict=True):
        here, label = container[0].get_window_extent(), chart.place(word)
        assert 0 < label.x0 - here.x1 < 10
        assert here.y0 < (label.y0 + label.y1) / 2 < here.y1


counted = st.builds(
    lambda numbers, apart: RollUp(
        label="合计",
        total=sum(numbers) + apart,
        counts=dict(zip(USUAL.values(), numbers, strict=True)),
        nothing_due=apart,
    ),
    st.lists(st.integers(0, 3000), min_size=8, max_size=8),
    st.integers(0, 300),
)


@settings(max_examples=15, deadline=None)
@given(now=counted, then=counted)
def test_labels_of_ratings_are_clear(now: RollUp, then: RollUp) -> None:
    """However many tasks have a grade, the words beside its bar have room."""
    drawn(lambda: rating_chart(now, previous=then)).check()


def test_heat_table_has_no_empty_quarter() -> None:
    """Up to the second quarter there are two columns."""
    row = HeatRow(label="甲", cells=(HeatCell(text="1/5", share=0.2), None))
    chart = drawn(lambda: heat_table([row], message="两个季度"))
    assert [text for text, _ in chart.words if text.endswith("季度")] == ["一季度", "二季度"]
