"""The words that name quarters, half-years, months, days and the year, read from tokens.

Each rule has a name, reads on from one token and says what the words name, or nothing.
"""

import itertools
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from reporting.language.lexicon import Lexicon, lexicon
from reporting.language.tokens import NUMERALS, Token, Tokens, level, tokens_of
from reporting.periods import quarter_of_month

ALL_QUARTERS = (1, 2, 3, 4)
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_LONGEST = 80
_DATE = re.compile(
    r"(?P<year>20\d\d)(?P<by>[-/.])(?P<month>1[0-2]|0?[1-9])(?:(?P=by)(?P<day>\d{1,2}))?(?!\d)"
    "(?P<before>之前|以前|前(?![期往述后]))?"
)
# 三季度末目标：, 年度目标任务：: what stands between a time and its colon.
_ANNOUNCES = re.compile("(?:总体?|工作)?(?:目标任务|目标|任务|工作|计划|安排)(?= *:)")
_YEARS_GOAL = re.compile("(?:总体?|工作)?(?:目标|任务)[^,。;\n]{0,2}:")
_GLOSS = re.compile("[ \t]*[(](?:[\\d一二三四五六七八九十月份日底末前至到~ -])*月[份底末前]*[)]")


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
    point : bool
        They name a point in time (三季度末, 9月底前, 截至…) up to which things are counted.
    month, day : int or None
        The month and the day of it that they end with, where they name them.
    rule : str
        The name of the rule that read them.
    """

    end: int
    quarters: tuple[int, ...]
    yearly: bool = False
    deadline: bool = False
    bare: bool = False
    recurrent: bool = False
    misprint: bool = False
    doubtful: bool = False
    point: bool = False
    month: int | None = None
    day: int | None = None
    rule: str = ""


class Mention(NamedTuple):
    """A time that a text names, and where its words begin."""

    start: int
    period: Period

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.period.end


class _Walk:
    """Walks along the tokens of a text; ``at`` is the next one, ``end`` where the last ended."""

    def __init__(self, tokens: Tokens, at: int, end: int) -> None:
        self.tokens = tokens
        self.at = at
        self.end = end

    @property
    def next(self) -> Token:
        """The token ahead."""
        return self.tokens.at(self.at)

    def sees(self, *kinds: str) -> bool:
        """Tell whether tokens of these kinds stand ahead."""
        return all(
            self.tokens.at(self.at + number).kind == kind for number, kind in enumerate(kinds)
        )

    def take(self, kind: str, words: str = "") -> Token | None:
        """Take the token ahead where it is of a kind, and one of some words."""
        token = self.next
        if token.kind != kind or (words and token.text not in words.split()):
            return None
        self.at += 1
        self.end = token.end
        return token

    def back(self, place: tuple[int, int]) -> None:
        """Go back to where one was."""
        self.at, self.end = place

    @property
    def place(self) -> tuple[int, int]:
        """Where one is."""
        return self.at, self.end

    def behind(self) -> str:
        """Return the levelled text behind the last token taken."""
        return self.tokens.text[self.end : self.end + 24]


def read_period(text: str, start: int, year: int | None) -> Period | None:
    """Read the words that begin at ``start``; None when they name no part of the year.

    Without a year the words may name any.

    Examples
    --------
    >>> read_period("三、四季度，推进。", 0, 2023).quarters
    (3, 4)
    >>> read_period("2024年第一季度，推进。", 0, 2023) is None
    True
    """
    known = lexicon()
    if level(text[start : start + 1]) not in _first_signs(known):
        return None
    return _read_at(text, start, year, known)


@lru_cache(maxsize=32768)
def _read_at(text: str, start: int, year: int | None, known: Lexicon) -> Period | None:
    return _read_period(tokens_of(text), start, year)


@lru_cache(maxsize=8)
def _first_signs(known: Lexicon) -> frozenset[str]:
    """Give the signs that words for a time may begin with."""
    words = {word[0] for word, entry in known.words.items() if entry.word_class in _OPENERS}
    return frozenset(words | set(NUMERALS) | set('0123456789QqIVⅠⅡⅢⅣ“" \t'))


def _read_period(tokens: Tokens, start: int, year: int | None) -> Period | None:
    if date := _DATE.match(tokens.text, start):
        return _date(date) if year in (None, int(date["year"])) else None
    at = tokens.begins_at(start)
    if at is not None:
        return _read(tokens, at, year) if tokens.items[at].kind in _OPENERS else None
    if tokens.covering(start).kind not in _OPENERS:
        return None
    # Inside a token, as 十一 is in 五十一: read what is left by itself.
    rest = tokens_of(tokens.text[start : start + _LONGEST])
    return _shifted(_read_period(rest, 0, year), start)


def times_in(text: str, year: int | None) -> tuple[Mention, ...]:
    """Find every time that a text names, from left to right; each sign belongs to one at most.

    Examples
    --------
    >>> [m.period.quarters for m in times_in("一季度3家，9月底前8家", 2023)]
    [(1,), (3,)]
    """
    return _times_in(text, year, lexicon())


@lru_cache(maxsize=8192)
def _times_in(text: str, year: int | None, known: Lexicon) -> tuple[Mention, ...]:
    tokens = tokens_of(text)
    found: list[Mention] = []
    end = 0
    for token in tokens.items:
        if token.start < end or token.kind not in _OPENERS:
            continue
        if period := _read_period(tokens, token.start, year):
            found.append(Mention(token.start, period))
            end = period.end
    return tuple(found)


_OPENERS = frozenset(
    {
        "number", "numeral", "roman", "letter", "ordinal", "first_quarter", "side", "before_side",
        "year", "year_word", "year_sign", "own_year", "until", "to", "every", "feast", "mark",
    }
)  # fmt: skip


def _shifted(period: Period | None, by: int) -> Period | None:
    return period and period._replace(end=period.end + by)


def _read(tokens: Tokens, at: int, year: int | None) -> Period | None:
    walk = _Walk(tokens, at, tokens.items[at].start)
    if not _own_year(walk, year):
        return None
    until = _until(walk)
    place = walk.place
    for name, read in _RULES.get(walk.next.kind, ()):
        if found := read(walk):
            end = _with_gloss(tokens, found.end)
            return found._replace(end=end, point=found.point or until, rule=name)
        walk.back(place)
    return None


def _until(walk: _Walk) -> bool:
    return bool(walk.take("until") or walk.take("to"))


def _own_year(walk: _Walk, year: int | None) -> bool:
    """Pass over words that name the year itself; False where they name another one."""
    place = walk.place
    _until(walk)
    if walk.take("own_year"):
        return True
    number = walk.take("number")
    if number and re.fullmatch(r"20\d\d", number.text):
        walk.take("year_sign")
        return year in (None, int(number.text))
    walk.back(place)
    return True


def _with_gloss(tokens: Tokens, end: int) -> int:
    gloss = _GLOSS.match(tokens.text, end)
    return gloss.end() if gloss else end


def _date(match: re.Match[str]) -> Period:
    day = int(match["day"]) if match["day"] else None
    month = int(match["month"])
    quarter = quarter_by(month, before_the_first=bool(match["before"]) and day == 1)
    return Period(
        match.end(), (quarter,), deadline=True, bare=not match["before"], point=True, month=month,
        day=day, rule="date",
    )  # fmt: skip


def _every(walk: _Walk) -> Period | None:
    """Read 每季度 and 每个月."""
    if not walk.take("every"):
        return None
    walk.take("each")
    named = walk.take("quarter", "季度") or walk.take("month", "月")
    if named is None:
        return None
    quarterly = named.kind == "quarter"
    return Period(walk.end, ALL_QUARTERS, yearly=True, bare=True, recurrent=quarterly)


def _year(walk: _Walk) -> Period | None:
    """Read 全年, 年内, and 年度 before 目标：."""
    goal = walk.sees("year_word") and _YEARS_GOAL.match(walk.tokens.text, walk.next.end)
    if not (walk.take("year") or (goal and walk.take("year_word"))):
        return None
    return _with_tail(walk, Period(walk.end, ALL_QUARTERS, yearly=True))


def _year_point(walk: _Walk) -> Period | None:
    """Read 年底前 and 年中; behind the year's number 年 is taken already."""
    if not walk.take("year_sign") and walk.tokens.text[walk.end - 1 : walk.end] != "年":
        return None
    point = walk.take("point", "初 中 底 末 终")
    if point is None:
        return None
    before = _before(walk)
    quarter = {"初": 1, "中": 2}.get(point.text, 4)
    bare = quarter < 4 and not before
    month = None if quarter == 1 else quarter * 3
    return Period(walk.end, (quarter,), deadline=True, bare=bare, point=True, month=month)


def _half(walk: _Walk) -> Period | None:
    """Read 上半年 and 后半年."""
    side = walk.take("side", "上 下 后") or walk.take("before_side")
    if side is None or not walk.take("half"):
        return None
    quarters = (1, 2) if side.text in "上前" else (3, 4)
    return _with_tail(walk, Period(walk.end, quarters))


def _feast(walk: _Walk) -> Period | None:
    """Read 春节前 and 五一期间: by the quarter that the day, or the day before, is in."""
    walk.take("mark", '“ ” "')
    feast = walk.take("feast")
    if feast is None or feast.word is None:
        return None
    walk.take("mark", '“ ” "')
    while walk.take("feast_day"):
        pass
    during = walk.take("during")
    if not during and not _before(walk):
        return None
    quarter: int = feast.word.quarter or 0
    if during and feast.word.opens:
        quarter = quarter % len(ALL_QUARTERS) + 1
    return Period(
        walk.end, (quarter,), deadline=True, bare=bool(during), point=not during,
        month=3 * quarter if feast.word.opens and not during else None,
    )  # fmt: skip


def _several(walk: _Walk) -> Period | None:
    """Read 前三季度 and 后两个季度."""
    side = walk.take("side", "头 后") or walk.take("before_side")
    count = side and _number(walk)
    walk.take("each")
    if side is None or count not in (1, 2, 3) or not walk.take("quarter", "季度"):
        return None
    quarters = ALL_QUARTERS[-count:] if side.text == "后" else ALL_QUARTERS[:count]
    return _with_tail(walk, Period(walk.end, quarters))


def _number(walk: _Walk) -> int | None:
    """Take a number from one to four."""
    if token := walk.take("number") or walk.take("roman"):
        return _ROMAN.get(token.text) or (int(token.text) if token.text in "1234" else None)
    token = walk.take("numeral")
    return _NUMERALS.get(token.text) if token else None


class _Term(NamedTuple):
    """One quarter of a list: its numbers, whether 季度 names it, and how it is written."""

    numbers: tuple[int, ...]
    named: bool
    short: bool
    arabic: bool
    ordinal: bool
    end: int


def _list(walk: _Walk) -> Period | None:
    """Read quarters one by one, in a list or in a range."""
    terms: list[_Term] = []
    links: list[str] = []
    last: tuple[int, int] | None = None
    while term := _term(walk):
        terms.append(term)
        if term.named:
            last = (len(terms), walk.at)
        place = walk.place
        link = _link(walk, term)
        if link is None:
            break
        links.append(link)
        after = walk.place
        if _term(walk) is None:
            walk.back(place)
            break
        walk.back(after)
    if last is None:
        return None
    # What trails without the word, as in 一季度、二, belongs to the sentence.
    terms = terms[: last[0]]
    walk.back((last[1], terms[-1].end))
    numbers = _expanded(terms, links)
    if not numbers or _is_item_and_quarter(terms):
        return None
    quarters = tuple(sorted(set(numbers)))
    short = any(term.short for term in terms)
    misprint = short or list(quarters) != numbers
    period = Period(walk.end, quarters, bare=short, misprint=misprint)
    return period if short else _with_tail(walk, period)


def _term(walk: _Walk) -> _Term | None:
    """Take one quarter of a list: 第二, 三季度, Q3, 1Q, 首季, or several at once: 三四季度."""
    place = walk.place
    if walk.take("first_quarter"):
        return _Term((1,), True, False, False, False, walk.end)
    ordinal = walk.take("ordinal") is not None
    if not ordinal and (letter := walk.take("letter", "Q q")):
        number = walk.take("number", "1 2 3 4")
        if letter and number:
            walk.take("quarter")
            return _Term((int(number.text),), True, False, True, False, walk.end)
        walk.back(place)
        return None
    token = walk.take("number") or walk.take("numeral") or walk.take("roman")
    numbers = _quarters_of(token) if token else ()
    if token is None or not numbers:
        walk.back(place)
        return None
    if token.kind == "number" and not ordinal and walk.take("letter", "Q q"):
        return _Term(numbers, True, False, True, False, walk.end)
    named = walk.take("quarter")
    if len(numbers) > 1 and named is None:
        walk.back(place)
        return None
    short = named is not None and named.text == "季"
    return _Term(numbers, named is not None, short, token.kind != "numeral", ordinal, walk.end)


def _quarters_of(token: Token) -> tuple[int, ...]:
    """Give the quarters that a number names; 三四 names two that follow each other."""
    if token.kind == "roman":
        return (_ROMAN[token.text],)
    if token.kind == "number":
        return (int(token.text),) if token.text in ("1", "2", "3", "4") else ()
    numbers = tuple(_NUMERALS.get(sign, 0) for sign in token.text.replace("两", "0"))
    follow = all(a + 1 == b for a, b in itertools.pairwise(numbers))
    return numbers if all(numbers) and follow else ()


def _link(walk: _Walk, term: _Term) -> str | None:
    """Take what joins two quarters of a list: a mark, a range, or a comma between two names."""
    if walk.take("list"):
        return "list"
    if walk.take("range"):
        while walk.take("range"):
            pass
        return "range"
    if walk.take("to"):
        return "range"
    place = walk.place
    if term.named and not term.short and walk.take("mark", ","):
        after = walk.place
        following = _term(walk)
        marked = walk.next.kind == "mark" and walk.next.text in ",:"
        walk.back(after)
        if following and following.named and marked:
            return "list"
    walk.back(place)
    return None


def _expanded(terms: list[_Term], links: list[str]) -> list[int]:
    """Give the numbers of a list in its order, ranges filled; empty when one runs backwards."""
    numbers: list[int] = list(terms[0].numbers)
    for term, link in zip(terms[1:], links, strict=False):
        if link == "range":
            if term.numbers[0] <= numbers[-1]:
                return []
            numbers += range(numbers[-1] + 1, term.numbers[0])
        numbers += term.numbers
    return numbers


def _is_item_and_quarter(terms: list[_Term]) -> bool:
    """Tell 一、一季度 and 2、三季度, the number of an item and one quarter, from a list."""
    if len(terms) != 2 or terms[0].named or terms[0].ordinal:
        return False
    first, second = terms
    return first.numbers[0] == second.numbers[0] or first.arabic != second.arabic


def _months(walk: _Walk) -> Period | None:
    """Read 1-9月 and 3月15日至5月: the quarters from one month to another."""
    first = _month(walk)
    if first is None:
        return None
    dated = False
    if walk.take("month"):
        dated = _day(walk) is not None
    listed = walk.take("list", "、") is not None
    if not listed and not walk.take("to"):
        if not walk.take("range"):
            return None
        while walk.take("range"):
            pass
    last = _month(walk)
    if last is None or not walk.take("month"):
        return None
    upto = _day(walk)
    quarters = _span_of_months(first, last)
    if not quarters:
        return None
    end = walk.end
    period = Period(end, quarters, deadline=True, month=last, day=upto)
    period = _with_tail(walk, period)
    # 1、3月底前 is an item and its deadline, not two months.
    longer = period.end > end or dated or upto is not None
    return None if listed and longer else period


def _span_of_months(first: int, last: int) -> tuple[int, ...]:
    if first > last:
        return ()
    return tuple(range(quarter_of_month(first), quarter_of_month(last) + 1))


def _month(walk: _Walk) -> int | None:
    """Take the number of a month."""
    token = walk.take("number") or walk.take("numeral")
    if token is None:
        return _month_of_feast(walk)
    if token.text in _MONTHS:
        return _MONTHS.index(token.text) + 1
    return int(token.text) if re.fullmatch("1[0-2]|[1-9]", token.text) else None


def _month_of_feast(walk: _Walk) -> int | None:
    """Take 十一 as a month, which is a feast's name as well."""
    token = walk.take("feast")
    return _MONTHS.index(token.text) + 1 if token and token.text in _MONTHS else None


def _day(walk: _Walk) -> int | None:
    """Take the day of a month, or a part of it: 15日, 中旬, 底; 0 for a part."""
    place = walk.place
    if walk.take("day", "上旬 中旬 下旬"):
        return 0
    number = walk.take("number")
    if number and len(number.text) <= 2 and walk.take("day", "日 号"):
        return int(number.text)
    walk.back(place)
    return 0 if walk.take("point", "初 底 末") else None


def _month_point(walk: _Walk) -> Period | None:
    """Read 9月底前, 12月25日, 五月."""
    month = _month(walk)
    if month is None or not walk.take("month"):
        return None
    day = None
    place = walk.place
    number = walk.take("number")
    if number and len(number.text) <= 2 and walk.take("day", "日 号"):
        day = int(number.text)
    else:
        walk.back(place)
    part = walk.take("day", "上旬 中旬 下旬") or _point(walk) if day is None else None
    before = _before(walk)
    quarter = quarter_by(month, before_the_first=before and day == 1)
    on = _from_on(walk)
    # 6月前 falls in the second quarter with or without June; 7月前 does not with July.
    doubtful = before and day is None and part is None and month % 3 == 1
    ends = part is not None and part.text in "底末"
    return Period(
        walk.end, ALL_QUARTERS[quarter - 1 :] if on else (quarter,), deadline=True,
        bare=not (before or ends), doubtful=doubtful, point=(before or ends) and not on,
        month=month, day=day,
    )  # fmt: skip


def quarter_by(month: int, *, before_the_first: bool) -> int:
    """Return a month's quarter; what is to be done before 7月1日 is done in June."""
    return quarter_of_month(month - 1 if before_the_first and month > 1 else month)


def _with_tail(walk: _Walk, period: Period) -> Period:
    """Take in what follows a period: 末, 底前, 期间, 起."""
    point = _point(walk)
    before = _before(walk)
    walk.take("during")
    on = _from_on(walk)
    end = walk.end
    if announced := _ANNOUNCES.match(walk.behind().lstrip(" \t")):
        gap = len(walk.behind()) - len(walk.behind().lstrip(" \t"))
        end += gap + announced.end()
    ends = point is not None and point.text in "底末"
    return period._replace(
        end=end,
        quarters=ALL_QUARTERS[period.quarters[0] - 1 :] if on else period.quarters,
        doubtful=before and point is None and not period.deadline,
        point=(ends or (before and period.deadline)) and not on,
    )


def _point(walk: _Walk) -> Token | None:
    """Take 初, 底, 末, 内, and 中 where a comma or a colon follows."""
    place = walk.place
    point = walk.take("point", "初 中 底 末 内")
    follows = walk.next
    if point and point.text == "中" and not (follows.kind == "mark" and follows.text in ",:"):
        walk.back(place)
        return None
    return point


def _before(walk: _Walk) -> bool:
    return bool(walk.take("before") or walk.take("before_side"))


def _from_on(walk: _Walk) -> bool:
    """Take 起, and 至年底."""
    if walk.take("from_on"):
        return True
    place = walk.place
    if walk.take("to") and walk.take("year_sign") and walk.take("point", "底 末"):
        return True
    walk.back(place)
    return False


_Rule = tuple[str, Callable[[_Walk], Period | None]]
_COUNTED: tuple[_Rule, ...] = (("quarters", _list), ("months", _months), ("month", _month_point))
_SIDED: tuple[_Rule, ...] = (("half", _half), ("several-quarters", _several))
# The rules that words may be read by, by the kind of their first token.
_RULES: dict[str, tuple[_Rule, ...]] = {
    "every": (("every", _every),),
    "year": (("year", _year),),
    "year_word": (("year", _year),),
    "year_sign": (("year-point", _year_point),),
    "point": (("year-point", _year_point),),
    "side": _SIDED,
    "before_side": _SIDED,
    **dict.fromkeys(("number", "numeral", "roman", "letter", "ordinal", "first_quarter"), _COUNTED),
    "feast": (*_COUNTED[1:], ("feast", _feast)),
    "mark": (("feast", _feast),),
}
