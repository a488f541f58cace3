"""The numbers that headings of official papers bear: 一、 and （一）."""

import re

from cn2an import an2cn

_NUMERAL = "[一二三四五六七八九十百]+"
_FORMS = {1: (rf"{_NUMERAL}、", "{}、"), 2: (rf"（{_NUMERAL}）", "（{}）")}


def renumbered(text: str, level: int, place: int) -> str:
    """Give a heading the number of its place, where it bears one of its level.

    Examples
    --------
    >>> renumbered("四、量化指标", 1, 3), renumbered("量化指标", 1, 3)
    ('三、量化指标', '量化指标')
    """
    pattern, form = _FORMS.get(level, ("", ""))
    found = re.match(pattern, text) if pattern else None
    return form.format(an2cn(place)) + text[found.end() :] if found else text


def is_numbered(text: str, level: int) -> bool:
    """Tell whether a heading bears a number of its level."""
    return renumbered(text, level, 1) != text or renumbered(text, level, 2) != text
