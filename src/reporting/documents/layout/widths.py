"""Widths of table columns on paper: nothing broken that should not be, few lines in all."""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from reporting.documents.blocks import Column, GradeMark, Inline, Row, Table, text_of
from reporting.documents.labels import may_part
from reporting.values import Value

# Four points each side in report.typ, and the line between.
_PADDING_PT = 8.5
_STEP_EM = 0.75
_MOST_ROWS = 60
_LATIN = re.compile(r"[!-~]+")
_BOLD = 1.08
_BREAKABLE_FROM = 14
"""Latin runs of this length may break anywhere (the template sees to it)."""


class _Ease(Value):
    """How much a narrow table may give up, in em.

    ``head`` is the longest label kept on a line, ``name`` the longest short entry, ``prose``
    the least width of running text; ``grade`` tells whether a grade stays on a line;
    ``cost`` is how much shorter the table must become for it to be worth while.
    """

    head: float
    name: float
    prose: float
    grade: bool
    cost: float


_EASES = (
    _Ease(head=6, name=8, prose=9, grade=True, cost=0),
    _Ease(head=4, name=6, prose=7.5, grade=True, cost=0.06),
    _Ease(head=2, name=5, prose=7, grade=True, cost=0.12),
    _Ease(head=2, name=4, prose=6, grade=False, cost=0.5),
    _Ease(head=2, name=4, prose=4, grade=False, cost=0.8),
)


class _Cell(NamedTuple):
    """What a cell asks for, in em: its whole length, its parts that may not break."""

    length: float
    longest_line: float
    grade: float
    token: float


def column_widths(table: Table, available: float, size: float) -> list[float]:
    """Share out the width of a table.

    Figures, grades and names keep to one line as long as the page allows; what is left goes
    where it saves most lines, and where it saves none, by the shares of the columns.

    Parameters
    ----------
    available : float
        Width of the text block in points.
    size : float
        Size of the table's text in points.

    Returns
    -------
    list of float
        One width a column in points; together ``available``.
    """
    room = (available - _PADDING_PT * len(table.columns)) / size
    cells = tuple([tuple(map(_measure, row.cells)) for row in _some(table.rows)])
    widths = _best(table.columns, cells, room)
    # What saves no line any more goes by the shares, so that tables of a kind look alike.
    rest = max(room - sum(widths), 0)
    shares = sum(column.share for column in table.columns)
    ems = [w + rest * c.share / shares for w, c in zip(widths, table.columns, strict=True)]
    return [em * size + _PADDING_PT for em in ems]


def _some(rows: Sequence[Row]) -> Sequence[Row]:
    """Take rows evenly from a long table; that is enough to tell its shape."""
    # The rows of a long table are alike, and each takes time to measure.
    return rows[:: len(rows) // _MOST_ROWS + 1]


# Who sets a report again after a correction finds nearly all of its tables as they were.
@lru_cache(maxsize=500)
def _best(
    columns: tuple[Column, ...], cells: tuple[tuple[_Cell, ...], ...], room: float
) -> Sequence[float]:
    """Try how much to ease, and take what makes the table shortest for the words it breaks."""
    lengths = [[cell.length for cell in row] for row in cells]
    by_column = [[row[number] for row in cells] for number in range(len(columns))]
    found: list[tuple[float, list[float]]] = []
    least: list[float] = []
    for ease in _EASES:
        before = least
        least = [_need(c, own, ease) for c, own in zip(columns, by_column, strict=True)]
        # To give up more and gain nothing is never better.
        if least != before and sum(least) <= room:
            widths = _grown(least, lengths, room)
            found.append((_height(widths, lengths) * (1 + ease.cost), widths))
    if not found:
        return [width * room / sum(least) for width in least]
    return min(found, key=lambda pair: pair[0])[1]


def _height(widths: Sequence[float], rows: Sequence[Sequence[float]]) -> float:
    return sum(
        max([1.0, *(cell / width for cell, width in zip(row, widths, strict=True))]) for row in rows
    )


def _need(column: Column, cells: Sequence[_Cell], ease: _Ease) -> float:
    head = _head_need(column.label, ease.head)
    return max([head, 1.2, *(_cell_need(cell, column, ease) for cell in cells)])


def _head_need(label: str, most: float) -> float:
    """Tell how wide a label needs to be; a longer one breaks into even lines."""
    widest = max(map(em, label.split("\n")), default=0.0)
    if widest <= 3:
        return widest
    lines = -(-widest // max(most, 1))
    even = -(-widest // lines) if lines > 1 else widest
    # Bold letters are wider, and no word of theirs may break.
    return max([even, *(_BOLD * em(word) for word in _LATIN.findall(label))])


def _cell_need(cell: _Cell, column: Column, ease: _Ease) -> float:
    if column.numeric:
        # A figure that breaks is another figure to the eye.
        return cell.longest_line
    # Running text needs room to be read; a short entry only its own length.
    text = min(cell.longest_line, ease.name if cell.longest_line <= 12 else ease.prose)
    grade = cell.grade if ease.grade else min(cell.grade, 5.4)
    return max(text if not cell.grade else 0.0, grade, cell.token)


def _grown(least: Sequence[float], rows: Sequence[Sequence[float]], room: float) -> list[float]:
    """Give room, step by step, to the column where it saves most."""
    widths = list(least)
    while sum(widths) + _STEP_EM <= room:
        gains = _gains(widths, rows)
        best = max(range(len(gains)), key=gains.__getitem__)
        if gains[best] <= 1e-9:
            break
        widths[best] += _STEP_EM
    return widths


def _gains(widths: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    """Tell for every column how much the rows shrink when it gets a step."""
    gains, wider = [0.0] * len(widths), [width + _STEP_EM for width in widths]
    for row in rows:
        heights = [cell / width for cell, width in zip(row, widths, strict=True)]
        tallest = max(heights)
        if tallest <= 1:
            continue
        at = heights.index(tallest)
        second = max([*heights[:at], *heights[at + 1 :]], default=0.0)
        for number, own in enumerate(heights):
            # A cell of one line has nothing to give.
            if own > 1:
                alone = max(row[number] / wider[number], 1.0)
                # Only the tallest cell of a row counts; a small part keeps near ones growing
                # together.
                saved = tallest - max(alone, second) if number == at else 0.0
                gains[number] += saved + 0.01 * (own - alone)
    return gains


def _measure(cell: Sequence[Inline]) -> _Cell:
    text = text_of(cell)
    lines = [em(line) for line in text.split("\n")]
    marks = [str(part.grade) for part in cell if isinstance(part, GradeMark)]
    grades = [0.92 * (em(word) + 1.35) + 0.5 for word in marks]
    tokens = [em(run) for run in _LATIN.findall(text) if len(run) < _BREAKABLE_FROM]
    return _Cell(
        length=max(sum(lines), *grades, 0.0),
        longest_line=max(lines),
        grade=max(grades, default=0.0),
        token=max(tokens, default=0.0),
    )


def row_lines(row: Row, widths: Sequence[float]) -> int:
    """Estimate how many lines a row takes in columns of those widths (em)."""
    return max(
        text_lines(text_of(cell), max(width, 1))
        for cell, width in zip(row.cells, widths, strict=True)
    )


def text_lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes in that width (em)."""
    return sum(max(1, ceil(em(line) / width)) for line in text.split("\n"))


def balanced(label: str, width: float) -> str:
    r"""Break a label that is too long for its column before a bracket, or into even lines.

    Examples
    --------
    >>> balanced("责任领导", 3.2), balanced("指标（计量单位）", 7.5)
    ('责任\n领导', '指标\n（计量单位）')
    >>> balanced("任务（牵头单位，责任领导）", 7)
    '任务（牵头单位，\n责任领导）'
    """
    return "\n".join(_evenly(line, width) for line in label.split("\n"))


def _evenly(line: str, width: float) -> str:
    lines = int(-(-em(line) // max(width, 1)))
    if lines < 2 or _LATIN.search(line):
        return line
    head, bracket, rest = line.partition("（")
    if head and bracket and lines == 2 and max(em(head), em(bracket + rest)) <= width:
        return f"{head}\n{bracket}{rest}"
    length = -(-len(line) // lines)
    found, start = [], 0
    while start < len(line):
        end = start + length
        while end < len(line) and not may_part(line, end):
            end += 1
        found.append(line[start:end])
        start = end
    return "\n".join(found)


@lru_cache(maxsize=20_000)
def em(text: str) -> float:
    """Tell how wide a text is set, in em."""
    return sum([0.58 if character < "\u2000" else 1.0 for character in text])
