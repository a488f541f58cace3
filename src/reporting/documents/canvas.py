"""What charts are drawn on: the reports' style and font, and the way to a figure.

A chart carries text as text, and is the same bytes for the same values.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from reporting.documents.blocks import Figure
from reporting.documents.fonts.own import chart_fonts
from reporting.documents.labels import CHART_FAMILY, CHART_STACK
from reporting.system.fonts import mono_file

WIDTH_INCHES = 6.14
"""Width of the text block, 156 mm."""

POINTS = 72
"""Points an inch."""

INK = "#1a1a1a"

Margins = tuple[float, float, float, float]
"""Points that the axes leave free at the left, the right, the bottom and the top."""

_STYLE: dict[Any, Any] = {
    "font.size": 9,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#595959",
    "axes.labelsize": 9,
    "axes.linewidth": 0.6,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "reporting",
    # A dollar sign in a label is a dollar sign.
    "text.parse_math": False,
}


@cache
def _families(own: tuple[Path, ...]) -> list[str]:
    """Make the fonts known; gives their names, in the order in which a letter is looked for."""
    for path in (mono_file(), *own):
        font_manager.fontManager.addfont(path)
    return [CHART_FAMILY, *(font_manager.get_font(path).family_name for path in own)]


@contextmanager
def chart_style() -> Iterator[None]:
    """Have what is drawn look like a chart of the reports."""
    with mpl.rc_context({**_STYLE, "font.family": _families(chart_fonts())}):
        yield


@contextmanager
def drawing(height_inches: float, margins: Margins) -> Iterator[tuple[Canvas, Axes]]:
    """Give a canvas of the text block's width, and its axes, in the reports' style.

    The axes stand where the margins leave room; finding that out takes a third of the time.
    """
    with chart_style():
        canvas = Canvas(figsize=(WIDTH_INCHES, height_inches))
        width, height = (inches * POINTS for inches in (WIDTH_INCHES, height_inches))
        left, right, bottom, top = margins
        place = (
            left / width, bottom / height,
            (width - left - right) / width, (height - bottom - top) / height,
        )  # fmt: skip
        yield canvas, canvas.add_axes(place)


def room(margins: Margins) -> float:
    """Give the points between the margins, from left to right."""
    return WIDTH_INCHES * POINTS - margins[0] - margins[1]


def figure_of(canvas: Canvas, alt: str, caption: str) -> Figure:
    """Make a figure of what was drawn; ``alt`` says the chart's message in words."""
    return Figure(data=_svg(canvas), alt=alt, caption=caption, trusted=True)


def _svg(canvas: Canvas) -> str:
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    # What the program says of itself is not of the chart.
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return svg.replace(f"'{CHART_FAMILY}'", CHART_STACK).strip()
