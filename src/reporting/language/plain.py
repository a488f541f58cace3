"""A text in one manner of writing: what its figures are read from, whoever typed it.

Full-width digits, half-width marks, straight quotes and spaces around numbers change nothing of
what a text promises. They are levelled once, before reading, and the places found are led back.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

_SIGNS = str.maketrans("０１２３４５６７８９％／＞＜;!?()", "0123456789%/><；！？（）")
_CHINESE = "一-龥“”《》"
_ITEM = r"\d{1,2}[.．、)）](?!\d)"
_GAP = r"[ \t　\xa0]+"
_SPACE = re.compile(
    rf"(?<=[{_CHINESE}]){_GAP}(?=\d)(?!{_ITEM})|(?<=[\d%]){_GAP}(?=[{_CHINESE}%])"
    rf"|(?<=[，；：。、（]){_GAP}|(?<![ \t　\xa0]){_GAP}(?=[，；。、）])"
)
# A point, comma or colon between digits belongs to the number, the time or the proportion.
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_COLON = re.compile(r"(?<![\dA-Za-z]):|:(?![\d/])")
_QUOTED = re.compile('"([^"\n]*)"')
_STOP = re.compile(rf"(?<=[{_CHINESE}）%])[.．]")


class Plain(NamedTuple):
    """A text written plainly, and where each of its characters stood in the one it was."""

    text: str
    places: tuple[int, ...]

    def place(self, at: int) -> int:
        """Return where a place of the text as written is in the plain one."""
        return bisect_left(self.places, at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the plain text is in the text as written."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Write a text plainly.

    Examples
    --------
    >>> plain("完成投资 １２.5 亿元,增长5％;").text
    '完成投资12.5亿元，增长5%；'
    """
    levelled = _QUOTED.sub("“\\1”", text.translate(_SIGNS))
    for pattern, sign in ((_POINT, "."), (_COMMA, "，"), (_COLON, "："), (_STOP, "。")):
        levelled = pattern.sub(sign, levelled)
    left_out = {at for space in _SPACE.finditer(levelled) for at in range(*space.span())}
    places = [at for at in range(len(levelled)) if at not in left_out]
    return Plain("".join(levelled[at] for at in places), tuple(places))
