"""Text whose columns are set with spaces, each cell below the word that heads it.

The columns are those of the header; where a text of any row runs over an edge between two of
them, its cells cannot be told and the table is left alone.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from reporting.language.phrases import table_words
from reporting.plan.parties.names import is_unit_like
from reporting.plan.table.grid import GridCell, GridRow

_RUN = re.compile(r"\S+(?: \S+)*")
_FEWEST = 3


def is_header(line: str) -> bool:
    """Tell a line that heads columns: words set apart by spaces, a column of numbers first."""
    words = _RUN.findall(_plain(line))
    return len(words) >= _FEWEST and table_words.NUMBERS.fullmatch(words[0]) is not None


def read_spaced(lines: Sequence[tuple[int, str]]) -> list[GridRow] | None:
    """Read lines, the first of which is the header; None when they are not set in columns.

    A line without a number goes on with the row above it.
    """
    head = _plain(lines[0][1])
    edges = [_width(head[: run.start()]) for run in _RUN.finditer(head)]
    rows: list[list[GridCell]] = []
    for number, line in lines:
        texts = _cut(_plain(line), edges)
        if texts is None:
            return None
        if texts[0] or not rows:
            rows.append([GridCell(text, number) for text in texts])
        else:
            pairs = zip(rows[-1], texts, [*edges[1:], None], edges, strict=True)
            rows[-1] = [
                GridCell(_added(cell.text, text, end and end - start), cell.line)
                for cell, text, end, start in pairs
            ]
    return [GridRow(tuple(row)) for row in rows] if len(rows) > 1 else None


def _plain(line: str) -> str:
    return line.replace("\u3000", "  ").replace("\xa0", " ")


def _width(text: str) -> int:
    """Count the places a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(line: str, edges: Sequence[int]) -> list[str] | None:
    """Cut a line at the edges; None when no space stands before one."""
    cells = [""] * len(edges)
    place = 0
    for sign in line.rstrip():
        at, place = bisect_right(edges, place) - 1, place + _width(sign)
        end = edges[at + 1] if at + 1 < len(edges) else None
        if sign.strip() and (at < 0 or (end is not None and place >= end)):
            return None
        cells[at] += sign if at >= 0 else ""
    return [cell.strip() for cell in cells]


def _added(text: str, more: str, width: int | None) -> str:
    """Go on with a cell; a line that leaves room for a character ends by itself."""
    if not text or not more:
        return text + more
    last = text.rpartition("\n")[2]
    full = width is not None and _width(last) + 3 >= width
    return text + more if full and not is_unit_like(last) else f"{text}\n{more}"
