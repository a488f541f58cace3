"""What charts are drawn on: the reports' style and font, and the way to a figure.

A chart carries text as text, and is the same bytes for the same values.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from reporting.documents.blocks import Figure
from reporting.system.fonts import mono_file

WIDTH_INCHES = 6.14
"""Width of the text block, 156 mm."""

POINTS = 72
"""Points an inch."""

INK = "#1a1a1a"

Margins = tuple[float, float, float, float]
"""Points that the axes leave free at the left, the right, the bottom and the top."""

# The monospaced cut has the same Chinese glyphs and figures of one width; its name is not
# shared with the variable font, of which an SVG in a PDF would get the thinnest weight.
_FAMILY = "Noto Sans Mono CJK SC"
# Screens of the office may lack the font the chart was measured with; these have its widths.
_STACK = f"'{_FAMILY}','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
_STYLE: dict[Any, Any] = {
    "font.family": [_FAMILY],
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
def _register_font() -> None:
    font_manager.fontManager.addfont(mono_file())


@contextmanager
def chart_style() -> Iterator[None]:
    """Have what is drawn look like a chart of the reports."""
    _register_font()
    with mpl.rc_context(_STYLE):
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
    return svg.replace(f"'{_FAMILY}'", _STACK).strip()
