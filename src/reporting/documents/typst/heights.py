"""How tall a card becomes on paper, near enough to tell whether it stays on one page.

Typst could measure it, but that sets every card twice, which is a third of the time that a
report of many cards takes. Sizes are those of ``templates/report.typ``.
"""

from collections.abc import Iterable

from reporting.documents.blocks import Block, Card, Fields, Figure, Inline, text_of
from reporting.documents.document import words
from reporting.documents.layout.pictures import proportion
from reporting.documents.layout.sections import PORTRAIT_PT
from reporting.documents.layout.widths import text_lines

_KEPT_PT = 110 * 72 / 25.4
_HEAD_PT = 30
# 28 characters a line and 22 lines a page, as GB/T 9704 has it; fields are smaller and closer.
_BODY_PT, _PITCH_PT = 15.78, 28.95
_FIELD_PT, _FIELD_PITCH_PT = 12, 18
_LABEL_EM, _GAP_PT = 6.2, 6
_ROW_PADDING_PT, _AROUND_PT = 2, 8
_FIGURE_AROUND_PT = 28


def is_kept(card: Card) -> bool:
    """Tell whether a card is short enough to be kept on one page; half a page is."""
    return card_height(card) <= _KEPT_PT


def card_height(card: Card) -> float:
    """Estimate the height of a card in points."""
    return _HEAD_PT + sum(map(_height, card.blocks))


def _height(block: Block) -> float:
    match block:
        case Fields():
            return _AROUND_PT + sum(_field_height(row.value) for row in block.rows)
        case Figure():
            return _FIGURE_AROUND_PT + PORTRAIT_PT * block.share * proportion(block)
        case _:
            return text_lines(words((block,)), PORTRAIT_PT / _BODY_PT) * _PITCH_PT


def _field_height(value: Iterable[Inline]) -> float:
    width = PORTRAIT_PT / _FIELD_PT - _LABEL_EM - _GAP_PT / _FIELD_PT
    return _ROW_PADDING_PT + text_lines(text_of(value), width) * _FIELD_PITCH_PT
