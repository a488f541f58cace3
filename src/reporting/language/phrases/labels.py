"""The labels of a schedule: which words at which places bind what follows to quarters.

A label stands where a clause begins. At the start, on a new line and after a stop it may go
straight over into its sentence; after a comma or a space it must be set off by a mark of its
own, because there it may be any part of a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reporting.language.periods import Period, read_period

STOPS = "。；;！!？?\n"
# A half-width point is a stop unless it stands in a number or behind one: 完成摸底.6月底前.
CLAUSE_END = rf"[{STOPS}]|(?<![\d０-９])[.．](?!\d)|(?<=[一-龥）)])[.．]"
COLONS = "：:"
COMMAS = "，,"
LISTING = "、"

_S = r"[^\S\n]*"
_CHINESE = "[一二三四五六七八九十]{1,3}"
ITEM = (
    rf"(?:[（(]{_S}(?:\d{{1,2}}|{_CHINESE}){_S}[)）][.．、]?|\d{{1,2}}[)）、]"
    rf"|\d{{1,2}}[.．](?!\d)|[①-⑳]|{_CHINESE}[、.．]|[·•●○■□◆◇▪*－-]){_S}"
)
"""What numbers an item of a list, or marks it."""

# Before a label a point is never a decimal point: 1.3月底前.
_STAGE = rf"(?:{ITEM})?[^\s，,。；;：:（(]{{2,8}}阶段{_S}(?=[（(])"
_ITEM = re.compile(rf"{_STAGE}|{ITEM}|\d{{1,2}}[.．]{_S}")
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "“": "”", "《": "》", "「": "」"}
_PAIR_MARKS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}\n]")
_SEPARATOR = re.compile(r"[^\S\n]*(?:[，,：:；;。.．—–－→|｜-]|[^\S\n]|\n)[，,：:—–－\-\s]*")
# These make the words before them part of a noun phrase or of a condition.
_CONTINUED = re.compile("的|、|之?后|以后|以来|结束|总?目标|任务|指标|工作|情况|无休")
# 截至 6月底: with or without a space it is one phrase.
_GOVERNED = re.compile("(?:截[至止]到?|[到至在于从自])$")
_ENUMERATED = re.compile("(?:季度?|半年|月|[Qq][1-4])$")


class Label(NamedTuple):
    """A label in a text.

    ``opening`` is where its item number or bracket begins, ``body`` where the words it binds
    do; ``separated`` tells whether a mark sets it off from them.
    """

    opening: int
    start: int
    end: int
    body: int
    period: Period
    separated: bool

    @property
    def quarters(self) -> tuple[int, ...]:
        """The quarters it names."""
        return self.period.quarters


class _Place(NamedTuple):
    """Where a clause begins, and the mark before it."""

    at: int
    mark: str

    @property
    def weak(self) -> bool:
        """Whether only a comma, an enumeration's mark or a space stands before it."""
        return self.mark in COMMAS or self.mark in (" ", LISTING)


def find_labels(text: str, year: int) -> list[Label]:
    """Find every label of a schedule in order.

    A month that goes straight over into its sentence (5月举办…) is a label only where the
    schedule has no quarters: beside them it is part of a quarter's words.
    """
    labels = _find(text, year, months=False)
    if any(not label.period.deadline for label in labels):
        return labels
    return _find(text, year, months=True)


def starts_with_label(text: str, year: int) -> bool:
    """Tell whether a text begins with words that name quarters."""
    return _label_at(text, 0, year) is not None


def _find(text: str, year: int, *, months: bool) -> list[Label]:
    enclosed = _enclosed(text)
    found: list[Label] = []
    for place in _places(text):
        before = found[-1] if found else None
        if _is_inside(enclosed, place.at) or (before and place.at < before.end):
            continue
        label = _label_at(text, place.at, year)
        if label and place.mark == "\n" and label.period.recurrent and not label.separated:
            # The words stay with their sentence: what they promise, they promise each quarter.
            found.append(label._replace(end=label.start, body=label.start))
        elif label and _stands(text, place, label, before, months=months):
            found.append(label)
    return found


def _enclosed(text: str) -> list[tuple[int, int]]:
    """Give the outermost bracketed and quoted spans; a pair is closed within its line."""
    spans: list[tuple[int, int]] = []
    open_pairs: list[tuple[str, int]] = []
    for mark in _PAIR_MARKS.finditer(text):
        at, character = mark.start(), mark[0]
        if character == "\n":
            open_pairs.clear()
        elif character in _PAIRS:
            open_pairs.append((_PAIRS[character], at))
        elif any(close == character for close, _ in open_pairs):
            while open_pairs[-1][0] != character:
                open_pairs.pop()
            start = open_pairs.pop()[1]
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, at))
    return spans


def _is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return index >= 0 and spans[index][0] < at <= spans[index][1]


def _places(text: str) -> Iterator[_Place]:
    """Give the places where a clause begins, white space skipped."""
    for match in re.finditer(rf"\A\s*|(?:{CLAUSE_END}|[{COLONS}{COMMAS}{LISTING}】])\s*|\s+", text):
        new_line = match.start() == 0 or "\n" in match[0]
        yield _Place(match.end(), "\n" if new_line else match[0].strip() or " ")


def _label_at(text: str, at: int, year: int) -> Label | None:
    """Read a label at a place: bare, in brackets, or behind the number of an item."""
    label = _bare_label(text, at, at, year) or _bracketed_label(text, at, at, year)
    item = None if label else _ITEM.match(text, at)
    if item is None:
        return label
    return _bare_label(text, at, item.end(), year) or _bracketed_label(text, at, item.end(), year)


def _bare_label(text: str, opening: int, start: int, year: int) -> Label | None:
    period = read_period(text, start, year)
    if period is None:
        return None
    separator = _SEPARATOR.match(text, period.end)
    body = separator.end() if separator else period.end
    ends = period.end == len(text)
    return Label(opening, start, period.end, body, period, separator is not None or ends)


def _bracketed_label(text: str, opening: int, start: int, year: int) -> Label | None:
    close = _PAIRS.get(text[start : start + 1])
    period = read_period(text, start + 1, year) if close else None
    if period is None or text[period.end : period.end + 1] != close:
        return None
    separator = _SEPARATOR.match(text, period.end + 1)
    body = separator.end() if separator else period.end + 1
    return Label(opening, start + 1, period.end, body, period, True)


def _stands(text: str, place: _Place, label: Label, before: Label | None, *, months: bool) -> bool:
    """Tell whether words that name quarters are a label at their place."""
    period = label.period
    adjacent = before and label.opening <= before.body and place.mark != "\n"
    if before and adjacent and not _is_narrower(label, before):
        return False
    if before and period.yearly and not label.separated and label.opening <= before.body:
        return (
            False  # 四季度：, and in the line below 全年累计完成…: the sentence is the quarter's.
        )
    if not label.separated and _CONTINUED.match(text, label.end):
        return False
    weak = place.weak or (place.mark in COLONS and _is_in_clause(text, place.at, before))
    if weak and not adjacent:
        return _stands_weakly(text, place, label, before, months=months)
    return label.separated or not period.bare or (months and period.deadline)


def _is_narrower(label: Label, before: Label) -> bool:
    """Tell whether a label right behind another divides it (上半年：一季度，…)."""
    return set(label.quarters) < set(before.quarters)


def _is_in_clause(text: str, at: int, before: Label | None) -> bool:
    """Tell whether the clause that a colon ends belongs to a label already."""
    return (
        before is not None
        and before.body < at
        and not re.search(CLAUSE_END, text[before.body : at])
    )


def _stands_weakly(
    text: str, place: _Place, label: Label, before: Label | None, *, months: bool
) -> bool:
    """Tell whether words after a comma or a space are a label.

    They are when set off by a mark, unless they go on an enumeration (于一季度，三季度，…);
    and when they go on a chain whose labels have no marks (一季度完成…，二季度完成…). A half
    year or three quarters that count on from January go on it too (一季度完成…，上半年完成…).
    """
    if label.period.misprint or (label.period.yearly and label.separated):
        return False
    clause = text[: place.at].rstrip().rstrip(COMMAS + COLONS + LISTING)
    if place.mark == " " and _GOVERNED.search(clause):
        return False
    if _ENUMERATED.search(clause) and not (before and len(clause) == before.end):
        return False
    if label.separated:
        return place.mark != LISTING
    return (
        before is not None
        and not before.separated
        and not before.period.yearly
        and (not label.period.bare or (months and before.period.bare))
        and _goes_on(label, before)
        and not re.search(CLAUSE_END, text[before.end : place.at])
    )


def _goes_on(label: Label, before: Label) -> bool:
    """Tell whether a label is the next of a chain: a later quarter, or January to a later one.

    Months may share a quarter with those before them: 3-5月…，6-9月….
    """
    first, last = label.quarters[0], before.quarters[-1]
    shares = label.period.deadline and before.period.deadline and first == last
    return label.quarters[-1] > last and (first > last or first == 1 or shares)
