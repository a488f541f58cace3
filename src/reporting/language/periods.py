"""The words that name quarters, half-years, months and the year."""

import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from reporting.periods import quarter_of_month

ALL_QUARTERS = (1, 2, 3, 4)

_NUMERALS = {
    "首": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4,
}  # fmt: skip
_S = r"[^\S\n]*"
_N = "[一二三四1-4１-４Ⅰ-Ⅳ]|首(?=季)"
_MONTH = "(?:[1１][0-2０-２]|[1-9１-９]|十[一二]?|[一二三四五六七八九])"
_DAY = r"[\d０-９]{1,2}[日号]|[上中下]旬|[初底末]"
_TO = "(?:至|到|—+|–|－|-|~|～)"
# Not the first halves of 前期, 初步, 内部, 中标, 起草.
_BEFORE = "(?:之前|以前|前(?![期往后述]))"
_POINT = "(?:初(?![步期])|中(?=[，,：:旬])|底(?![层部])|末|内(?!部))"
_FROM = "(?P<on>起(?![草步诉点动航用吊底价始重到])|[至到]年[底末])"

_UNTIL = f"(?:(?:截至|截止到?|到|至){_S})?"
_OWN_YEAR = re.compile(rf"{_UNTIL}(?:(?P<year>20\d\d|２０[０-９]{{2}})年?|今年|本年度?|当年){_S}")
_TOKEN = (
    rf"(?:第?{_S}(?:{_N}){_S}(?:季度?)?|[Qq]{_S}[1-4１-４](?!\d)(?:季度?)?|[1-4１-４][Qq](?!\w))"
)
_LIST = re.compile(
    rf"{_UNTIL}{_TOKEN}(?:{_S}(?:[、和及与/&]|{_TO}|(?<=季度)[，,](?=第?(?:{_N})季度{_S}[，,：:])){_S}{_TOKEN})*"
)
_TAIL = re.compile(
    rf"{_S}{_POINT}?(?P<before>{_BEFORE})?(?:期间)?{_FROM}?"
    rf"(?:(?:总体?|工作)?(?:目标任务|目标|任务|工作|计划|安排)(?={_S}[：:]))?"
)
_SEVERAL = re.compile(rf"{_UNTIL}(?P<side>[前头后])(?P<count>[一二两三123])个?季度")
_HALF = re.compile(rf"{_UNTIL}(?P<side>[上前下后])半年")
_YEAR = re.compile("全年度?|年内|年度(?=(?:总体?|工作)?(?:目标|任务)[^，。；\n]{0,2}[：:])")
_YEAR_POINT = re.compile(
    rf"{_UNTIL}(?:年|(?<=年))(?:(?P<early>初)|(?P<middle>中)|[底末终])(?P<before>{_BEFORE})?(?!度)"
)
# Days that a plan names instead of a month, by the quarter that the day before is in. They fall
# into one quarter in every year.
_FEASTS = (
    ("春节", "元宵"), ("清明", "五一", "六一", "端午", "七一"), ("八一", "国庆", "十一"),
)  # fmt: skip
_FEAST = (
    f'[“"]?(?:{"|".join(itertools.chain(*_FEASTS))})[”"]?'
    f"(?:节|假期|小长假|黄金周)?(?:[来到]临)?{_S}"
)
BEFORE_FEAST = f"{_FEAST}(?:前夕|{_BEFORE})"
_AT_FEAST = re.compile(f"{_FEAST}(?P<when>前夕|{_BEFORE}|期间)")
# 七一 and 国庆 open a quarter, so that what is done on them is later than what is done before.
_OPENING = ("七一", "国庆", "十一")
_EVERY = re.compile("[每各]个?季度|每个?月")
_MONTHS = re.compile(
    rf"(?P<first>{_MONTH}){_S}(?:月(?:份|(?P<from>{_DAY}))?)?{_S}(?:{_TO}|(?P<listed>、)){_S}"
    rf"(?P<last>{_MONTH}){_S}月(?:份|(?P<upto>{_DAY}))?"
)
_MONTH_POINT = re.compile(
    rf"{_UNTIL}{_S}(?P<month>{_MONTH}){_S}月份?{_S}"
    rf"(?P<point>[\d０-９]{{1,2}}{_S}[日号]|[上中下]旬|{_POINT})?{_S}(?P<before>{_BEFORE})?"
    rf"{_FROM}?"
)
_FIRST_DAY = re.compile(f"[1１]{_S}[日号]")
_DATE = re.compile(
    r"(?P<year>20\d\d)(?P<by>[-/.])(?P<month>1[0-2]|0?[1-9])(?:(?P=by)(?P<day>\d{1,2}))?(?!\d)"
    + f"(?P<before>{_BEFORE})?"
)
_GLOSS = re.compile(
    rf"{_S}[（(](?:[\d０-９一二三四五六七八九十月份日底末前、\s]|{_TO})*月[份底末前]*[)）]"
)


class Period(NamedTuple):
    """What words say of the year's quarters.

    Attributes
    ----------
    end : int
        Where the words end.
    yearly, deadline : bool
        They name the whole year; they name a month, or the year's end, not quarters.
    bare : bool
        They are too common to be a label unless a mark sets them off.
    recurrent : bool
        They name every quarter (每季度), not the year as one.
    misprint, doubtful : bool
        They are misspelt; 前 may or may not count the period it stands behind.
    """

    end: int
    quarters: tuple[int, ...]
    yearly: bool = False
    deadline: bool = False
    bare: bool = False
    recurrent: bool = False
    misprint: bool = False
    doubtful: bool = False


def read_period(text: str, start: int, year: int) -> Period | None:
    """Read the words that begin at ``start``; None when they name no part of the year.

    Examples
    --------
    >>> read_period("三、四季度，推进。", 0, 2023).quarters
    (3, 4)
    >>> read_period("2024年第一季度，推进。", 0, 2023) is None
    True
    """
    if date := _DATE.match(text, start):
        return _date(date) if int(date["year"]) == year else None
    own = _OWN_YEAR.match(text, start)
    if own and own["year"] and int(own["year"]) != year:
        return None
    at = own.end() if own else start
    for read in _READERS:
        if found := read(text, at):
            gloss = _GLOSS.match(text, found.end)
            return found._replace(end=gloss.end()) if gloss else found
    return None


def _date(match: re.Match[str]) -> Period:
    first = match["before"] and (match["day"] or "").lstrip("0") == "1"
    quarter = quarter_by(int(match["month"]), before_the_first=bool(first))
    return Period(match.end(), (quarter,), deadline=True, bare=not match["before"])


def _read_every(text: str, at: int) -> Period | None:
    match = _EVERY.match(text, at)
    if match is None:
        return None
    recurrent = "季" in match[0]
    return Period(match.end(), ALL_QUARTERS, yearly=True, bare=True, recurrent=recurrent)


def _read_year(text: str, at: int) -> Period | None:
    match = _YEAR.match(text, at)
    return _with_tail(text, Period(match.end(), ALL_QUARTERS, yearly=True)) if match else None


def _read_year_point(text: str, at: int) -> Period | None:
    match = _YEAR_POINT.match(text, at)
    if match is None:
        return None
    quarter = 1 if match["early"] else 2 if match["middle"] else 4
    bare = quarter < 4 and not match["before"]
    return Period(match.end(), (quarter,), deadline=True, bare=bare)


def _read_half(text: str, at: int) -> Period | None:
    match = _HALF.match(text, at)
    if match is None:
        return None
    quarters = (1, 2) if match["side"] in "上前" else (3, 4)
    return _with_tail(text, Period(match.end(), quarters))


def _read_feast(text: str, at: int) -> Period | None:
    """Read 春节前 and 五一期间: by the quarter that the day, or the day before, is in."""
    match = _AT_FEAST.match(text, at)
    if match is None:
        return None
    day, during = match[0].lstrip('“"'), match["when"] == "期间"
    quarter = next(n for n, feasts in enumerate(_FEASTS, 1) if day.startswith(feasts))
    quarter += during and day.startswith(_OPENING)
    return Period(match.end(), (quarter,), deadline=True, bare=during)


def _read_several(text: str, at: int) -> Period | None:
    match = _SEVERAL.match(text, at)
    if match is None:
        return None
    count = _number(match["count"])
    quarters = ALL_QUARTERS[-count:] if match["side"] == "后" else ALL_QUARTERS[:count]
    return _with_tail(text, Period(match.end(), quarters))


def _read_months(text: str, at: int) -> Period | None:
    match = _MONTHS.match(text, at)
    quarters = match and _span(_month(match["first"]), _month(match["last"]), months=True)
    if not match or not quarters:
        return None
    period = _with_tail(text, Period(match.end(), quarters, deadline=True))
    # 1、3月底前 is an item and its deadline, not two months.
    longer = period.end > match.end() or match["from"] or match["upto"]
    return None if match["listed"] and longer else period


def _read_month_point(text: str, at: int) -> Period | None:
    match = _MONTH_POINT.match(text, at)
    if match is None:
        return None
    month = _month(match["month"])
    first = match["before"] and _FIRST_DAY.fullmatch(match["point"] or "")
    quarter = quarter_by(month, before_the_first=bool(first))
    # 6月前 falls in the second quarter with or without June; 7月前 does not with July.
    doubtful = bool(match["before"]) and not match["point"] and month % 3 == 1
    return Period(
        match.end(),
        ALL_QUARTERS[quarter - 1 :] if match["on"] else (quarter,),
        deadline=True,
        bare=not (match["before"] or match["point"] in {"底", "末"}),
        doubtful=doubtful,
    )


def quarter_by(month: int, *, before_the_first: bool) -> int:
    """Return a month's quarter; what is to be done before 7月1日 is done in June."""
    return quarter_of_month(month - 1 if before_the_first and month > 1 else month)


def _read_list(text: str, at: int) -> Period | None:
    """Read quarters one by one, in a list or in a range."""
    match = _LIST.match(text, at)
    named = [m.end() for m in re.finditer("季度?|[Qq]", match[0])] if match else []
    if match is None or not named:
        return None
    # What trails without the word, as in 一季度、二, belongs to the sentence.
    words = match[0] if re.search("[Qq]", match[0]) else match[0][: named[-1]]
    tokens = re.findall(_TOKEN, words)
    numbers = _expand(words)
    if not numbers or _is_item_and_quarter(tokens):
        return None
    quarters = tuple(sorted(set(numbers)))
    short = "季" in words.replace("季度", "")
    misprint = short or list(quarters) != numbers
    period = Period(at + len(words.rstrip()), quarters, bare=short, misprint=misprint)
    return period if short else _with_tail(text, period)


def _expand(words: str) -> list[int]:
    """Give the numbers of a list in its order, ranges filled; empty when one runs backwards."""
    numbers: list[int] = []
    end = 0
    for match in re.finditer(_TOKEN, words):
        number = _number(re.sub("[^首一二三四1-4１-４Ⅰ-Ⅳ]", "", match[0]))
        if numbers and re.search(_TO, words[end : match.start()]):
            if number <= numbers[-1]:
                return []
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
        end = match.end()
    return numbers


def _is_item_and_quarter(tokens: list[str]) -> bool:
    """Tell 一、一季度 and 2、三季度, the number of an item and one quarter, from a list."""
    if len(tokens) != 2 or re.search("[季Qq]", tokens[0]):
        return False
    if "第" in tokens[0]:
        return False
    first, second = (token.removeprefix("第").strip()[0] for token in tokens)
    return first == second or (first in _NUMERALS) != (second in _NUMERALS)


def _with_tail(text: str, period: Period) -> Period:
    """Take in what follows a period: 末, 底前, 期间, 起."""
    tail = _TAIL.match(text, period.end)
    if tail is None:
        return period
    point = re.match(rf"{_S}{_POINT}", tail[0]) is not None
    return period._replace(
        end=tail.end() if tail[0].strip() else period.end,
        quarters=ALL_QUARTERS[period.quarters[0] - 1 :] if tail["on"] else period.quarters,
        doubtful=bool(tail["before"]) and not point and not period.deadline,
    )


def _span(first: int, last: int, *, months: bool = False) -> tuple[int, ...]:
    """Give the quarters from one to another; empty when they run backwards."""
    if months:
        first, last = quarter_of_month(first) if first <= last else 5, quarter_of_month(last)
    return tuple(range(first, last + 1))


def _number(character: str) -> int:
    return _NUMERALS.get(character) or int(character)


def _month(words: str) -> int:
    return int(words) if words.isdecimal() else _CHINESE_MONTHS.index(words) + 1


_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_READERS: tuple[Callable[[str, int], Period | None], ...] = (
    _read_every, _read_year, _read_year_point, _read_half, _read_several, _read_list,
    _read_months, _read_month_point, _read_feast,
)  # fmt: skip
