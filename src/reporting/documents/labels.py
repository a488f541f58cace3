"""Words in a chart: what the font lacks is named, lines break where they may, widths are known.

Charts are set in a font whose characters have one of two widths, so that a label's room is known
before it is drawn; asking the renderer takes longer than the chart.
"""

import re
import unicodedata
from functools import cache

from reporting.documents.fonts.own import chart_fonts
from reporting.system.fonts import drawable, mono_file

# The monospaced cut has the same Chinese glyphs and figures of one width; its name is not
# shared with the variable font, of which an SVG in a PDF would get the thinnest weight.
CHART_FAMILY = "Noto Sans Mono CJK SC"
"""The font of charts."""

# Screens of the office may lack the font the chart was measured with; these have its widths.
CHART_STACK = f"'{CHART_FAMILY}','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
"""What a page shows charts in: the first of these that a computer has."""

# GB/T 15834: closing marks do not begin a line, opening ones do not end it.
_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…—～·％‰℃,.;:!?)]}%")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{")
_JOINED = re.compile(r"[0-9A-Za-z.,%]")


def drawable_label(text: str, width: float | None = None) -> str:
    """Make a text fit to be drawn: what the font lacks is named, long lines are broken.

    Parameters
    ----------
    width : float, optional
        Room in characters; a letter or digit of the Latin alphabet takes half of one.
    """
    text = drawable(text, (mono_file(), *chart_fonts()))
    return text if width is None else "\n".join(broken(text, width))


def points_wide(text: str, size: float) -> float:
    """Give the width in points of a label's longest line, set in a size."""
    return max(ems(line) for line in text.split("\n")) * size


def ems(text: str) -> float:
    """Give the width of a line in characters."""
    return sum(map(_width, text))


@cache
def _width(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 0.5 if unicodedata.east_asian_width(character) in {"Na", "H", "N"} else 1


def broken(text: str, width: float) -> list[str]:
    """Break a text into lines of at most a width.

    No line begins with a closing mark or ends with an opening one, and figures are kept whole;
    where this leaves no place at all, a figure is parted first, and then a line is longer.

    Examples
    --------
    >>> broken("完成土地整备，盘活存量用地1374亩（含镇街）", 6)
    ['完成土地整', '备，盘活存量', '用地1374亩', '（含镇街）']
    """
    lines = []
    while ems(text) > width:
        at = _break_of(text, width)
        if at == len(text):
            break
        lines.append(text[:at])
        text = text[at:]
    return [*lines, text]


def _break_of(text: str, width: float) -> int:
    """Find where the first line ends."""
    fitting = 0
    room = width
    while fitting < len(text) and (room := room - _width(text[fitting])) >= 0:
        fitting += 1
    whole = [at for at in range(1, fitting + 1) if may_part(text, at) and not _in_word(text, at)]
    parted = [at for at in range(1, fitting + 1) if may_part(text, at)]
    beyond = (at for at in range(fitting + 1, len(text)) if may_part(text, at))
    return whole[-1] if whole else parted[-1] if parted else next(beyond, len(text))


def may_part(text: str, at: int) -> bool:
    """Tell whether a line may end there: no closing mark begins one, no opening ends one."""
    return text[at] not in _NOT_FIRST and text[at - 1] not in _NOT_LAST


def _in_word(text: str, at: int) -> bool:
    return all(_JOINED.match(character) for character in text[at - 1 : at + 1])
