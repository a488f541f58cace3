"""Widths of table columns on paper: the shares asked for, but no column too narrow."""

from collections.abc import Sequence

from reporting.exhibits.blocks import Column, GradeMark, Inline, Table, plain

_PADDING_PT = 8.5
_MOST_EM = 9.0


def column_widths(table: Table, available: float, size: float) -> list[float]:
    """Share out the width of a table.

    Parameters
    ----------
    available : float
        Width of the text block in points.
    size : float
        Size of the table's text in points.

    Returns
    -------
    list of float
        One width a column in points; together ``available``. Columns keep their shares except
        that figures, grades and short words are not broken.
    """
    least = [
        _least_em(column, [row.cells[number] for row in table.rows]) * size + _PADDING_PT
        for number, column in enumerate(table.columns)
    ]
    if sum(least) > available:
        least = [width * available / sum(least) for width in least]
    return _shared([column.share for column in table.columns], least, available)


def _shared(shares: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Give each its share of what is left after those whose least width is above theirs."""
    fixed: set[int] = set()
    while True:
        rest = available - sum(least[n] for n in fixed)
        total = sum(share for n, share in enumerate(shares) if n not in fixed)
        widths = [
            least[n] if n in fixed else share * rest / total for n, share in enumerate(shares)
        ]
        short = {n for n, width in enumerate(widths) if n not in fixed and width < least[n] - 1e-6}
        if not short or len(fixed | short) == len(shares):
            return widths if not short else _spread(least, available)
        fixed |= short


def _spread(least: Sequence[float], available: float) -> list[float]:
    return [width * available / sum(least) for width in least]


def _least_em(column: Column, cells: Sequence[Sequence[Inline]]) -> float:
    head = max((_em(line) for line in column.label.split("\n")), default=0.0)
    return max(min(head, 4.0), *(min(_cell_em(cell, column), _MOST_EM) for cell in cells), 2.0)


def _cell_em(cell: Sequence[Inline], column: Column) -> float:
    """Tell how wide the widest part is that should not be broken."""
    marks = [
        0.92 * (_em(str(part.grade)) + 1.3) + 0.4 for part in cell if isinstance(part, GradeMark)
    ]
    lines = [_em(line) for line in plain(cell).split("\n")]
    if column.numeric:
        return max(lines)
    # Names and other short entries stay on a line; prose may break anywhere.
    short = max(lines) if max(lines) <= 4 else 4.0
    return max([*marks, short])


def _em(text: str) -> float:
    return sum(0.58 if ord(character) < 0x2000 else 1.0 for character in text)
