"""Shorten a text without breaking a figure, a quotation or a bracket."""

import re

ELLIPSIS = "……"
_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "【": "】",
    "〔": "〕",
}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_LOOSE_END = re.compile(r"[\s，,、：:；;。.·—－-]+$")
# A figure that a cut may have taken something from: its last digits, or its unit of measure.
_FIGURE_END = re.compile(r"\d[\d.,，．:/～~—－%-]*[^\W\d]{0,2}$")
_LEAST_SHARE = 0.5


def clip(text: str, longest: int) -> str:
    """Cut a text with ``……`` when it is longer than that, at a place that changes no meaning.

    A figure is kept whole with its unit of measure or left out whole; a quotation that is cut
    is closed, or left out where enough stands before it.

    Examples
    --------
    >>> clip("完成土地整备5000亩，涉及13个镇街", 10)
    '完成土地整备……'
    >>> clip("组织“莞邑启航逐梦湾区”系列活动", 8)
    '组织“莞邑启航逐……”'
    >>> clip("短句。", 10)
    '短句。'
    """
    if len(text) <= longest:
        return text
    kept = _before_figure(text, longest)
    opened = _open_marks(kept)
    if opened and opened[0][0] >= longest * _LEAST_SHARE:
        kept, opened = kept[: opened[0][0]], []
    kept = _loose_end_off(kept)
    return kept + ELLIPSIS + "".join(_PAIRS[mark] for _, mark in reversed(_open_marks(kept)))


def _before_figure(text: str, longest: int) -> str:
    """Return the beginning of a text up to a length, or up to the figure that ends there."""
    kept = text[:longest]
    figure = _FIGURE_END.search(kept)
    goes_on = kept[-1].isdigit() or text[longest].isalnum() or text[longest] in "%％.．"
    return kept[: figure.start()] if figure and goes_on else kept


def _loose_end_off(text: str) -> str:
    """Take marks off the end that lead on to something, and digits that would end it."""
    while (shorter := _LOOSE_END.sub("", text).rstrip("".join(_PAIRS))) != text or (
        shorter and shorter[-1].isdigit()
    ):
        text = shorter.rstrip("0123456789０１２３４５６７８９")
    return text


def _open_marks(text: str) -> list[tuple[int, str]]:
    """Return the opening marks that nothing closes, with their places; marks may cross."""
    opened: list[tuple[int, str]] = []
    for at, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append((at, sign))
        elif mine := [one for one in opened if one[1] == _OPENERS.get(sign)]:
            opened.remove(mine[-1])
    return opened
