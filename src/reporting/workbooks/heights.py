"""How high a row must be for its texts: not every program fits rows when it opens a book."""

import math

_LINE_PT = 14.5
_MOST_PT = 400
"""Excel refuses rows higher than 409 points."""


def row_height(lines: int, padding: float) -> float:
    """Return the height in points of a row of some lines of 10 pt."""
    return min(_MOST_PT, lines * _LINE_PT + padding)


def text_lines(text: str, wide: float) -> int:
    """Estimate how many lines a text takes in a column of some width in characters."""
    if not text:
        return 1
    room = max(1.0, wide - 0.8)
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))


def _width(text: str) -> float:
    narrow = len(text.encode("ascii", "ignore"))
    return 1.9 * (len(text) - narrow) + 1.1 * narrow
