"""Times in other years: what is due then is nothing of the year at hand."""

import re

from reporting.language.periods import read_period

_YEAR = re.compile(r"(20\d\d)")
_SPAN = re.compile(r"(20\d\d)\s*年?\s*[-—–－~～至到]+\s*(20\d\d)")
# 2026年, 2026年建成: in 2023年基础上 and 2025年规划 the year is no time of what is done.
_DUE = re.compile(r"\s*年?度?\s*(?:[。；]?\s*$|完|建成|竣工|投用|投产|通车|实现|达到)")
_OPENING = re.compile(r"\s*(?:计划|预计|力争|拟|于|到|至|在)*\s*")


def begins_in_other_year(text: str, year: int) -> bool:
    """Tell a text that begins with a time in another year and names none in this one.

    Examples
    --------
    >>> begins_in_other_year("2026年6月底前完工", 2024), begins_in_other_year("2023-2025年", 2024)
    (True, False)
    """
    at = _match_end(text)
    named = _YEAR.match(text, at)
    if named is None or int(named[1]) == year:
        return False
    if any(int(first) <= year <= int(last) for first, last in _SPAN.findall(text)):
        return False
    if any(int(one) == year for one in _YEAR.findall(text)):
        return False
    bare = _DUE.match(text, named.end()) is not None
    return bare or read_period(text, at, int(named[1])) is not None


def _match_end(text: str) -> int:
    match = _OPENING.match(text)
    return match.end() if match else 0
