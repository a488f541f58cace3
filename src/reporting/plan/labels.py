"""The labels of a schedule: which words at which places bind what follows to quarters.

A label stands where a clause begins: at the start, on a new line, after a stop or a colon; after
a comma only when another comma or colon follows, because there it may be any part of a sentence.
"""

import re
from typing import NamedTuple

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2, "1": 1, "2": 2, "3": 3, "4": 4}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_N = "[一二三四1-4１-４]"
_MONTH = "(?:1[0-2]|１[０-２]|[1-9１-９]|十[一二]?|[一二三四五六七八九])"

_LIST = re.compile(
    rf"(?P<first>第?{_N}(?:季度?)?)"
    rf"(?P<rest>(?:\s*(?:[、和及与]|至|到|—+|~|～|-|－)\s*第?{_N}(?:季度?)?)*)"
)
_HALF = re.compile("(?P<half>[上下])半年")
_FIRST = re.compile("前(?P<count>[一二两三123])个?季度")
_YEAR = re.compile("全年|年内|全年度")
_EVERY = re.compile("每个?季度|各季度|每月|每个月")
_CODE = re.compile("[Qq](?P<code>[1-4１-４])(?!\\d)")
_YEAR_END = re.compile("年底(?:之?前)?|年末(?:之?前)?|年终前?")
_MONTHS = re.compile(rf"(?P<from>{_MONTH})月?份?\s*(?:至|到|—+|-|－|~|～)\s*(?P<to>{_MONTH})月份?")
_BY_MONTH = re.compile(rf"(?P<month>{_MONTH})月(?P<by>份?(?:底|末|中旬|上旬|下旬|份)?(?:之?前)?)")
_TAIL = re.compile("(?:末|底|内|中)?(?:之?前)?(?:期间)?")
_SEPARATOR = re.compile(r"[ \t　]*[，,：:、][ \t　\n]*|[ \t　]+")
STOPS = "。；;！!？?\n"
COLONS = "：:"
COMMAS = "，,"


class Label(NamedTuple):
    """A label in a text: its span, its quarters, where its separator ends, what is odd."""

    start: int
    end: int
    body: int
    quarters: tuple[int, ...]
    yearly: bool
    misprint: bool


def find_labels(text: str) -> list[Label]:
    """Find every label of a schedule in order."""
    found: list[Label] = []
    at = 0
    for start in _places(text):
        if start >= at and (label := _label_at(text, start)):
            found.append(label)
            at = label.end
    return found


def _places(text: str) -> list[int]:
    """Give the offsets where a clause begins, after white space and list numbers."""
    begins = [0] + [m.end() for m in re.finditer(f"[{STOPS}{COLONS}{COMMAS}]", text)]
    return [_skip_space(text, at) for at in begins]


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t　\n\r":
        at += 1
    return at


def _before(text: str, start: int) -> str:
    """Return the mark before a place, a line break where one lies between."""
    space = text[:start]
    kept = space.rstrip(" \t　\r\n")
    if "\n" in space[len(kept) :] or not kept:
        return "\n"
    return kept[-1]


def _label_at(text: str, start: int) -> Label | None:
    read = _read(text, start)
    if read is None:
        return None
    end, quarters, yearly, misprint, needs_separator = read
    separator = _SEPARATOR.match(text, end)
    separated = separator is not None and bool(separator[0].strip())
    after_comma = _before(text, start) in COMMAS
    if (after_comma or needs_separator or misprint) and not separated:
        return None
    if after_comma and yearly:
        return None
    if not separated and text[end : end + 1] in {"的", "、"}:
        return None
    body = separator.end() if separator else end
    return Label(start, end, body, quarters, yearly, misprint)


_Read = tuple[int, tuple[int, ...], bool, bool, bool]
"""End, quarters, whether all year, whether misprinted, whether a separator must follow."""


def _read(text: str, start: int) -> _Read | None:
    for reader in (_read_every, _read_year, _read_half, _read_first, _read_code, _read_months,
                   _read_quarters):  # fmt: skip
        if found := reader(text, start):
            return found
    return None


def _tail(text: str, end: int) -> int:
    match = _TAIL.match(text, end)
    return match.end() if match else end


def _read_every(text: str, start: int) -> _Read | None:
    match = _EVERY.match(text, start)
    return (match.end(), (1, 2, 3, 4), True, False, True) if match else None


def _read_year(text: str, start: int) -> _Read | None:
    if match := _YEAR_END.match(text, start):
        return match.end(), (4,), False, False, False
    match = _YEAR.match(text, start)
    return (match.end(), (1, 2, 3, 4), True, False, False) if match else None


def _read_half(text: str, start: int) -> _Read | None:
    match = _HALF.match(text, start)
    if match is None:
        return None
    return (
        _tail(text, match.end()),
        (1, 2) if match["half"] == "上" else (3, 4),
        False,
        False,
        False,
    )


def _read_first(text: str, start: int) -> _Read | None:
    match = _FIRST.match(text, start)
    if match is None:
        return None
    return match.end(), tuple(range(1, _NUMERALS[match["count"]] + 1)), False, False, False


def _read_code(text: str, start: int) -> _Read | None:
    codes: list[int] = []
    end = start
    while match := _CODE.match(text, end):
        codes.append(_numeral(match["code"]))
        end = match.end()
        gap = re.compile(r"\s*[、,，/-]\s*(?=[Qq][1-4１-４])").match(text, end)
        if not gap:
            break
        end = gap.end()
    return (end, _ascending(codes), False, False, True) if codes else None


def _read_months(text: str, start: int) -> _Read | None:
    if match := _MONTHS.match(text, start):
        first, last = (_quarter_of(match[name]) for name in ("from", "to"))
        if first and last and first <= last:
            return _tail(text, match.end()), tuple(range(first, last + 1)), False, False, False
    match = _BY_MONTH.match(text, start)
    if match is None or not (quarter := _quarter_of(match["month"])):
        return None
    return match.end(), (quarter,), False, False, match["by"] in ("", "份")


def _read_quarters(text: str, start: int) -> _Read | None:
    match = _LIST.match(text, start)
    if match is None or "季" not in match[0]:
        return None
    # What trails without the word, as in 一季度、二, belongs to the sentence.
    end = start + max(m.end() for m in re.finditer("季度?", match[0]))
    words = text[start:end]
    numbers = [_numeral(n) for n in re.findall(_N, words)]
    ranged = re.search("[至到—~～－-]", words)
    quarters = tuple(range(numbers[0], numbers[-1] + 1)) if ranged else _ascending(numbers)
    if not quarters:
        return None
    misprint = "季" in words.replace("季度", "") or (
        quarters != tuple(dict.fromkeys(numbers)) and not ranged
    )
    tail = end if words.endswith("季") else _tail(text, end)
    return tail, quarters, False, misprint, words.endswith("季")


def _ascending(numbers: list[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def _numeral(character: str) -> int:
    return _NUMERALS[character.translate(_FULL_WIDTH)]


_TENS = {"十": 10, "十一": 11, "十二": 12}
_ONES = {n: i for i, n in enumerate("一二三四五六七八九", 1)}


def _quarter_of(month: str) -> int | None:
    """Return the quarter of a month's number, None when there is no such month."""
    plain = month.translate(_FULL_WIDTH)
    number = int(plain) if plain.isdecimal() else _TENS.get(plain) or _ONES.get(plain, 0)
    return (number + 2) // 3 if 1 <= number <= 12 else None
