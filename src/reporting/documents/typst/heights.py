"""What stays together on paper: how tall blocks become, near enough to tell.

Typst could measure it, but that sets every card twice, which is a third of the time that a
report of many cards takes. Sizes are those of ``templates/report.typ``.

What is kept on one page leaves as much of the page before empty as it is tall. So nothing is
kept that is, with the heading over it, taller than a third of a page.
"""

from collections.abc import Iterable, Sequence

from reporting.documents.blocks import Block, Card, FieldRow, Fields, Figure, Paragraph, text_of
from reporting.documents.document import words
from reporting.documents.layout.pictures import proportion
from reporting.documents.layout.sections import PORTRAIT_PT
from reporting.documents.layout.widths import text_lines

_PT = 72 / 25.4
_KEPT_PT = 55 * _PT
"""The tallest that is kept; a third of a page is 75 mm."""

_TABLE_PT = 44 * _PT
"""The tallest table that is kept; a heading and two leading lines stand over it."""

_GROUP_PT = 42 * _PT
"""The tallest group of rows that stand together."""

_END_PT = 60 * _PT
"""The tallest group at a table's end."""

_TURNED_END_PT = 48 * _PT
"""The same on a turned page, of which a third is 52 mm."""

_LED_PT = 68 * _PT
"""The tallest that moves to the next page together with the lines that lead to it."""

_FIGURE_PT = 65 * _PT
"""A taller picture may leave its place in the text."""

_SHORT_LINES = 3
_LAST_WAYS = {1: (), 3: (3, 2)}
"""How many rows may be taken together of the last ones, the best first; a pair otherwise."""

_HEAD_PT = 30
# 28 characters a line and 22 lines a page, as GB/T 9704 has it; fields are smaller and closer.
_BODY_PT, _PITCH_PT = 15.78, 28.95
_FIELD_PT, _FIELD_PITCH_PT = 12, 18
_LABEL_EM, _GAP_PT = 6.2, 6
_ROW_PADDING_PT, _AROUND_PT = 2, 8
_FIGURE_AROUND_PT = 28
# A row of a table: its lines at one and a half times their size, and its padding.
_LINE_EM, _PADDING_EM = 1.5, 0.4
_CAPTION_PT = 34


def is_kept(card: Card) -> bool:
    """Tell whether a card is short enough to be kept on one page."""
    return card_height(card) <= _KEPT_PT


def card_height(card: Card) -> float:
    """Estimate the height of a card in points."""
    return _HEAD_PT + sum(map(_height, card.blocks))


def is_tall(figure: Figure) -> bool:
    """Tell whether a picture is too tall to be moved to the next page with a gap behind it."""
    return _height(figure) > _FIGURE_PT


def leads(paragraph: Paragraph, lines: Sequence[int], size: float) -> bool:
    """Tell whether a paragraph is kept with the table it leads to, of rows of so many lines."""
    own = text_lines(text_of(paragraph.inlines), PORTRAIT_PT / _BODY_PT) * _PITCH_PT
    groups = [(0, len(lines))] if is_table_kept(lines, size) else row_groups(lines, size)
    return own + _CAPTION_PT + _rows_height([2, *lines[: groups[0][1]]], size) <= _LED_PT


def is_row_kept(row: FieldRow) -> bool:
    """Tell whether a row of fields is short enough to be kept on one page."""
    return _field_height(row) <= _GROUP_PT


def leading_fields(fields: Fields) -> int:
    """Count the first rows of fields that stand with the head over them: two where they may."""
    two = fields.rows[:2]
    return len(two) if sum(map(_field_height, two)) <= _GROUP_PT else 1


def is_table_kept(lines: Sequence[int], size: float) -> bool:
    """Tell whether a table of rows of so many lines is kept on one page, caption and all."""
    return _CAPTION_PT + _rows_height([2, *lines], size) <= _TABLE_PT


def row_groups(lines: Sequence[int], size: float, *, turned: bool = False) -> list[tuple[int, int]]:
    """Give the rows of a table that stand together: first row and count, all rows in turn.

    Rows go in pairs, the last three together if need be, so that no row stands alone on a page;
    tall ones go by themselves. Where no group holds the first or the last row, the tall one
    beside it goes by itself as well: see `lone_ends`. The end of a table on a ``turned`` page is
    kept where it is lower.

    Examples
    --------
    >>> row_groups([1, 2, 1, 1, 1], 10.5), row_groups([30, 1], 10.5), row_groups([1], 10.5)
    ([(0, 2), (2, 3)], [(0, 1), (1, 1)], [(0, 1)])
    >>> row_groups([2, 6, 3], 10.5), row_groups([2, 3, 6], 10.5), row_groups([6, 2, 3], 10.5)
    ([(0, 1), (1, 1), (2, 1)], [(0, 2), (2, 1)], [(0, 1), (1, 2)])
    """
    found: list[tuple[int, int]] = []
    first, end = 0, _TURNED_END_PT if turned else _END_PT
    while first < len(lines):
        is_behind_lone = found == [(0, 1)] and _is_short(lines[0])
        count = 1 if is_behind_lone else _together(lines, first, size, end)
        found.append((first, count))
        first += count
    return found


def _together(lines: Sequence[int], first: int, size: float, end: float) -> int:
    """Count the rows from one on that stand together, so that the rest can as well."""
    left = len(lines) - first
    # No heading moves along with the last rows, which may be taller for it.
    most = _GROUP_PT if left > 3 else end if first else _KEPT_PT
    for count in _LAST_WAYS.get(left, (2,)):
        leaves_last = count == left - 1 and _is_short(lines[-1])
        if _rows_height(lines[first : first + count], size) <= most and not leaves_last:
            return count
    return 1


def _is_short(lines: int) -> bool:
    return lines <= _SHORT_LINES


def lone_ends(lines: Sequence[int], groups: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Give a short first or last row that no group holds, and the tall one beside it.

    The tall one is to be parted where the short one would stand alone on a page. Any other row
    has rows before it on its page, or is followed by what fits one.

    Examples
    --------
    >>> singles = [(0, 1), (1, 1), (2, 1)]
    >>> lone_ends([2, 6, 3], singles), lone_ends([2, 9, 9], singles), lone_ends([1], [(0, 1)])
    ({0: 1, 2: 1}, {0: 1}, {})
    """
    last = len(lines) - 1
    beside = {0: 1, last: last - 1} if last else {}
    alone = {first for first, count in groups if count == 1}
    return {end: row for end, row in beside.items() if end in alone and _is_short(lines[end])}


def room_for_first(head: int, first: int, size: float) -> float:
    """Estimate the room for a caption, so many lines of head and first row, and two of the next."""
    return _CAPTION_PT + _rows_height([head, first, 2], size)


def _rows_height(lines: Iterable[int], size: float) -> float:
    return sum((count * _LINE_EM + _PADDING_EM) * size for count in lines)


def _height(block: Block) -> float:
    match block:
        case Fields():
            return _AROUND_PT + sum(map(_field_height, block.rows))
        case Figure():
            return _FIGURE_AROUND_PT + PORTRAIT_PT * block.share * proportion(block)
        case _:
            return text_lines(words((block,)), PORTRAIT_PT / _BODY_PT) * _PITCH_PT


def _field_height(row: FieldRow) -> float:
    width = PORTRAIT_PT / _FIELD_PT - _LABEL_EM - _GAP_PT / _FIELD_PT
    return _ROW_PADDING_PT + text_lines(text_of(row.value), width) * _FIELD_PITCH_PT
