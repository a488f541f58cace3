"""Figures that running prose says, each with what it is said of: now, last quarter, the plan.

`find_quantities` reads what a plan promises; a report says much more beside: what came before,
what is left, what of it was done where. Every number with a unit is read here, and the words
around it tell its role.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from reporting.language.chinese_numbers import SIGNS, read_chinese
from reporting.language.lexicon import lexicon
from reporting.language.periods import Mention, times_in
from reporting.language.phrases import said_words as words
from reporting.language.plain import plain
from reporting.language.quantities import in_two_scales
from reporting.language.quantity_context import quoted
from reporting.language.quantity_units import (
    NUMBER,
    SCALE,
    UNIT,
    read_number,
    read_unit,
    without_scale,
)

_CLAUSE_MARKS = "，。；：！？\n（）、"
_SENTENCE_MARKS = "。；！？\n"
_CN = f"[{SIGNS}]+(?:万[{SIGNS}]+)?(?:点[{SIGNS}]+)?"
_GLOSS = "(?:（[^）\\d]{1,3}）)?"
_LONGEST_RANGE = 24
_BOUND = "(?P<word>{})(?:约|近|了)*$"
_MOVED = "{}(?:了|约|近)?(?:至|到|为)(?:了|约|近)?$"
_YEAR = (1, 2, 3, 4)
_SOME = f"(?:{NUMBER}|[{SIGNS}]+)"
_RANGE_BEFORE = re.compile(
    f"(?<![从由自\\d.{SIGNS}]){_SOME}(?:{UNIT})?{words.TO_RANGE}(?:{_SOME})?$"
)
_RANGE_BEHIND = re.compile(f"{words.TO_RANGE}{_SOME}(?:{UNIT})")
_JOINS, _JOINED = re.compile("[、，和与及]"), "\x00"


class Role(StrEnum):
    """What a figure in prose is said of."""

    NOW = "now"
    PART = "part"
    LAST = "last"
    OTHER_TIME = "other_time"
    PLAN = "plan"
    HOPE = "hope"
    CHANGE = "change"
    SHARE = "share"


class Said(NamedTuple):
    """A figure in prose.

    Attributes
    ----------
    start, end : int
        Span of the number with its unit in the text as typed.
    words : str
        The clause up to the figure, as typed.
    places : int
        Decimal places of the number.
    rough : str
        ``about``, ``least`` (so many or more), or nothing.
    subject : str
        What is counted, common words aside; of a clause that names nothing, that of the figure
        before it.
    is_own : bool
        The subject stands in the figure's own clause.
    quarters : tuple of int
        The quarters named with it; none where none is.
    in_all : bool
        It is said to count everything up to now.
    of_year : bool
        Of a share: the year's plan is named. Of a plan: the year's value is meant.
    among : bool
        It stands in a list of parts (其中).
    numerator : int or None
        Of a share: which figure of the text it is the share of, where that can be told.
    """

    start: int
    end: int
    words: str
    value: Decimal
    unit: str
    places: int
    rough: str
    role: Role
    subject: str
    is_own: bool
    quarters: tuple[int, ...]
    in_all: bool
    of_year: bool
    among: bool
    numerator: int | None = None


class _Number(NamedTuple):
    start: int
    end: int
    value: Decimal
    unit: str
    places: int
    rough: str = ""


def figures_said(text: str, year: int, quarter: int, units: Iterable[str] = ()) -> list[Said]:
    """Read every figure of a text, in order.

    Parameters
    ----------
    quarter : int
        The quarter that is reported on.
    units : iterable of str
        Units of measure to know besides the plan's own.

    Examples
    --------
    >>> found = figures_said("累计完成投资12.5亿元，其中本季度2.7亿元。", 2023, 3)
    >>> [(str(item.value), item.unit, item.role.value, item.subject) for item in found]
    [('12.5', '亿元', 'now', '投资'), ('2.7', '亿元', 'part', '投资')]
    """
    written = plain(text)
    times = times_in(written.text, year)
    known = tuple(sorted({_counted(unit) for unit in units}))
    numbers = [n for n in _whole(written.text, known) if not _is_in(n.start, times)]
    parted = _parted(written.text, times)
    found: list[Said] = []
    for at, number in enumerate(numbers):
        said = _read(written.text, parted, numbers, at, found, year, quarter)
        start, end = written.span(number.start, number.end)
        begun = written.places[_clause_start(written.text, number.start)]
        found.append(said._replace(start=start, end=end, words=text[begun:end].strip()))
    return _in_lists(written.text, numbers, found, year, quarter)


def _is_in(at: int, times: Sequence[Mention]) -> bool:
    return any(time.start <= at < time.end for time in times)


def _parted(text: str, times: Sequence[Mention]) -> str:
    """Return a text of the same length in which 一、二季度 is no list, and 三和四季度 no pair."""
    for time in times:
        said = _JOINS.sub(_JOINED, text[time.start : time.end])
        text = text[: time.start] + said + text[time.end :]
    return text


def bare_unit(unit: str) -> str:
    """Return a unit without what it says in brackets: 套（间） is 套.

    Examples
    --------
    >>> bare_unit("套（间）"), bare_unit("万人次")
    ('套', '万人次')
    """
    return re.sub("[（(][^）)]*[）)]", "", unit)


def _counted(unit: str) -> str:
    return without_scale(bare_unit(unit))


@lru_cache(maxsize=512)
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    known = re.compile(UNIT)
    own = [re.escape(unit) for unit in units if unit and not known.fullmatch(unit)]
    unit = f"(?:{SCALE}?(?:{'|'.join(sorted(own, key=len, reverse=True))})|{UNIT})" if own else UNIT
    return re.compile(
        rf"(?<![\d.])(?P<number>{NUMBER})[ \t]*(?P<some>[余多])?"
        rf"(?:(?P<unit>{unit}){_GLOSS}|（(?P<set_off>{unit})）)"
        rf"|(?<![第每前几数{SIGNS}])(?P<signs>{_CN})(?P<cn_unit>{unit}){_GLOSS}"
        rf"|{words.ROUND}"
        rf"|百分之(?P<percent>{NUMBER}|{_CN})"
        rf"|{words.TENTHS}"
    )


def _whole(text: str, units: tuple[str, ...]) -> list[_Number]:
    """Give the numbers in order, 3亿5000万元 as one."""
    numbers = [each for number in _numbers(text, units) for each in _listed(text, number)]
    for raw in in_two_scales(text):
        if all(number.start != raw.start for number in numbers):
            numbers = [n for n in numbers if not raw.start < n.start < raw.end]
            numbers.append(_Number(raw.start, raw.end, raw.value, raw.unit, _places(raw.value)))
    return sorted(numbers)


def _listed(text: str, number: _Number) -> Iterator[_Number]:
    """Give a number with those before it that share its unit: 20、30家."""
    before = words.BARE_LIST.search(text, max(0, number.start - _LONGEST_RANGE), number.start)
    listed = before[0] if before else ""
    for bare in re.finditer(NUMBER, listed):
        start, value = number.start - len(listed) + bare.start(), read_number(bare[0])
        yield _Number(start, start + len(bare[0]), value, number.unit, _places(value))
    yield number


def _numbers(text: str, units: tuple[str, ...]) -> Iterator[_Number]:
    """Give the numbers with a unit, what is quoted and what is a range or a code left out."""
    titles = quoted(text)
    for match in _pattern(units).finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if match.start() in titles or words.ORDINAL.search(before):
            continue
        if _is_range(text, *match.span()):
            continue
        number = _number(match)
        if number is not None:
            yield number


def _is_range(text: str, start: int, end: int) -> bool:
    """Tell an end of a range; what rises from one figure to another is none."""
    begun = max(0, start - _LONGEST_RANGE)
    if _RANGE_BEFORE.search(text, begun, start):
        return True
    rises = words.FROM.search(text, begun, start)
    return not rises and _RANGE_BEHIND.match(text, end) is not None


def _number(match: re.Match[str]) -> _Number | None:
    start, end = match.span()
    if match["half"]:
        return _Number(start, end, Decimal(50), "%", -1, "about")
    if match["number"]:
        value, unit = read_number(match["number"]), match["unit"] or match["set_off"]
        rough = "least" if match["some"] else ""
        return _Number(start, end, value, read_unit(unit), _places(value), rough)
    if match["round"]:
        return _Number(start, end, Decimal(1), read_unit(match["round"]), 0, "about")
    if match["percent"]:
        read = _read_signs(match["percent"])
        return None if read is None else _Number(start, end, read, "%", _places(read))
    if match["signs"]:
        read = _read_signs(match["signs"])
        unit = read_unit(match["cn_unit"])
        is_some = match["signs"] in ("一", "两") and without_scale(unit) == unit
        return None if read is None or is_some else _Number(start, end, read, unit, _places(read))
    tenths = read_chinese(match["tenths"])
    return None if tenths is None else _Number(start, end, tenths * 10, "%", -1, "about")


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _read_signs(signs: str) -> Decimal | None:
    """Read a number in Chinese signs, 万 included, or in digits."""
    if signs[0].isdecimal():
        return read_number(signs)
    high, mark, low = signs.partition("万")
    if not mark:
        return read_chinese(signs)
    one, two = read_chinese(high), read_chinese(low)
    return None if one is None or two is None else one * 10000 + two


def _clause_start(text: str, at: int) -> int:
    """Return where the words of a number begin: behind the last mark that is no list's."""
    marks = [text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS if mark != "、"]
    begun = max(marks) + 1
    while begun < at and text[begun] in " \t":
        begun += 1
    return begun


def _read(
    text: str,
    parted: str,
    numbers: list[_Number],
    at: int,
    found: list[Said],
    year: int,
    quarter: int,
) -> Said:
    number = numbers[at]
    earlier = numbers[at - 1].end if at else 0
    segment_start = max([earlier, *(parted.rfind(m, 0, number.start) + 1 for m in _CLAUSE_MARKS)])
    segment = parted[segment_start : number.start]
    sentence_start = max(text.rfind(m, 0, number.start) + 1 for m in _SENTENCE_MARKS)
    same_sentence = found[-1] if found and earlier > sentence_start else None
    stop = re.search("[，。；：！？\n（）]", text[number.end :])
    tail_end = number.end + stop.start() if stop else len(text)
    if at + 1 < len(numbers):
        tail_end = min(tail_end, numbers[at + 1].start)
    tail = text[number.end : tail_end]
    sentence = text[sentence_start : number.start]
    quarters, own_time = _time(text, segment_start, sentence_start, number.start, year, quarter)
    in_all = _counts_all(segment, quarters, quarter)
    if in_all and (not own_time or (quarters == _YEAR and words.SO_FAR.search(segment))):
        quarters = ()
    depth = text.count("（", 0, number.start) - text.count("）", 0, number.start)
    among = words.AMONG.search(sentence) is not None or depth > 0
    role, of_year = _role(segment, tail, sentence, number, depth, quarters, own_time, quarter)
    own_words = text[segment_start : number.start]
    subject, is_own = _subject(own_words, tail, same_sentence, year, role)
    rough = number.rough or _rough(segment, tail)
    return Said(
        number.start, number.end, "", number.value, number.unit, number.places, rough, role,
        subject, is_own, quarters, in_all, of_year, among,
    )  # fmt: skip


def _time(
    text: str, segment: int, sentence: int, number: int, year: int, quarter: int
) -> tuple[tuple[int, ...], bool]:
    """Return the quarters named last before a number, and whether its own clause names them."""
    own = text[segment:number]
    if words.THIS_QUARTER.search(own):
        return (quarter,), True
    if words.LAST_QUARTER.search(own):
        return tuple(range(1, quarter)), True
    named = [m for m in times_in(text[sentence:number], year) if m.period.quarters]
    if not named:
        return (), False
    last = named[-1]
    quarters = last.period.quarters
    if last.period.point:
        quarters = tuple(range(1, max(quarters) + 1))
    end = sentence + last.end
    # 三季度：新增5家 names its time as a label; 一、二季度 may begin in the clause before.
    is_own = end > segment or text[end:segment] == "："
    # What was compared with before does not date what stands now.
    return (quarters, is_own) if is_own or max(quarters) == quarter else ((), False)


def _counts_all(segment: str, quarters: tuple[int, ...], quarter: int) -> bool:
    spanned = quarters == tuple(range(1, quarter + 1)) or quarters == _YEAR
    return words.IN_ALL.search(segment) is not None or spanned


def _rough(segment: str, tail: str) -> str:
    if words.NEARLY.search(segment) or words.ABOUT.match(tail):
        return "about"
    if words.MORE_THAN.search(segment) or words.AT_LEAST.match(tail) or _compares(segment) == ">":
        return "least"
    return ""


def _compares(segment: str) -> str | None:
    """Tell how a word before a figure bounds it; 控制到45 says what is, as 降到45 does."""
    found = lexicon().pattern(_BOUND, "comparator").search(segment)
    if found is None or found["word"][-1] in "到在至":
        return None
    return lexicon().words[found["word"]].compares


def _role(
    segment: str,
    tail: str,
    sentence: str,
    number: _Number,
    depth: int,
    quarters: tuple[int, ...],
    own_time: bool,
    quarter: int,
) -> tuple[Role, bool]:
    """Tell what a figure is said of, and whether the year's plan is meant."""
    yearly = words.WHOLE_BEFORE.search(segment) is not None
    if number.unit == "%" and (share := _share(segment, sentence)) is not None:
        return Role.SHARE, share
    if words.HOPED_SENTENCE.match(sentence):
        return Role.HOPE, False
    claimed = words.PLANNED_AFTER.match(tail) or words.PLANNED_BEFORE.search(segment)
    against = words.AGAINST_PLAN.search(segment) is not None
    is_base = segment.endswith("的") or (claimed is not None and tail.startswith("的"))
    if (against and not is_base) or (not claimed and number.unit.endswith(("百分点", "基点"))):
        return Role.CHANGE, False
    if claimed or (yearly and re.match("的?[0-9]|的", tail)):
        aside = words.NOT_CLAIMED.search(segment + tail[:6])
        return (Role.OTHER_TIME, False) if aside else (Role.PLAN, yearly)
    base = words.BASE.search(segment)
    if base and _is_base(base["of"], segment, tail, own_time):
        return _of_base(base["of"], quarters, own_time, quarter), False
    if _compares(segment) in (">=", "<="):
        return Role.HOPE, False
    leads = words.LEADS_TO.search(segment) is not None
    if not leads and words.CHANGED.search(segment):
        return Role.CHANGE, False
    if not leads and words.COMPARED.search(segment):
        return Role.CHANGE, False
    if words.OTHER_YEAR.search(segment) and not leads:
        return Role.OTHER_TIME, False
    if words.HOPED.search(segment):
        return Role.HOPE, False
    if words.WITHIN.match(tail) or words.LESS_THAN.search(segment):
        return Role.HOPE, False
    if depth > 0 or words.PART_BEFORE.search(segment) or words.PART_AFTER.match(tail):
        return Role.PART, False
    if own_time and quarters and max(quarters) < quarter:
        return Role.LAST if max(quarters) == quarter - 1 else Role.OTHER_TIME, False
    if own_time and quarters and min(quarters) > quarter:
        return Role.HOPE, False
    if number.unit == "%" and segment.endswith("的"):
        return Role.PART, False
    if words.AMONG.search(sentence):
        return Role.PART, False
    return Role.NOW, False


def _share(segment: str, sentence: str) -> bool | None:
    """Tell of a percentage whether it is a share of the year's plan; None where of no plan."""
    found = words.SHARE_OF.search(segment)
    whose, what = (found["whose"], found["what"]) if found else (None, None)
    clause = sentence[sentence.rfind("，") + 1 :]
    verb = words.SHARE_VERB.search(clause) is not None
    if found and (what or whose) and verb and (what or whose in words.YEAR_WORDS):
        return whose in words.YEAR_WORDS
    # 占全年1500个的85.9%: the plan's value stands between.
    if segment == "的" and re.search(r"(?:占|达|为|是|完成)[^，；。]*\d[^，；。]*的$", sentence):
        return re.search("全年|年度|全长|总长|总量", sentence) is not None
    return None


def _is_base(of: str, segment: str, tail: str, own_time: bool) -> bool:
    """Tell whether a figure is what another one is compared with."""
    compared = words.BASE_AFTER.match(tail) or own_time or words.OTHER_YEAR.search(of)
    return bool(compared) and not words.CHANGED.search(segment)


def _of_base(of: str, quarters: tuple[int, ...], own_time: bool, quarter: int) -> Role:
    if words.OTHER_YEAR.search(of):
        return Role.OTHER_TIME
    if own_time and quarters and max(quarters) == quarter - 1:
        return Role.LAST
    return Role.OTHER_TIME


def _subject(
    segment: str, tail: str, before: Said | None, year: int, role: Role
) -> tuple[str, bool]:
    """Return what a figure counts, and whether its own clause names it."""
    if role is Role.PLAN:
        segment, tail = words.PLANNED_WORDS.sub("", _untimed(segment, year)), ""
    own = _named(_unmoved(segment), year)
    if own:
        return own, True
    is_base = words.BASE_AFTER.match(tail) is not None
    after = "" if is_base or words.IN_ALL.search(segment) else _named(tail, year)
    if after:
        return after, True
    return (before.subject if before else ""), False


def _unmoved(segment: str) -> str:
    """Return the words before a figure without the verb that leads to it: 时限压缩到 is 时限."""
    return lexicon().pattern(_MOVED, "act").sub("", segment)


def _named(text: str, year: int) -> str:
    return words.WEAK.sub("", words.NEUTRAL.sub("", _untimed(text, year)))


def _untimed(text: str, year: int) -> str:
    """Return a text without the times it names."""
    for mention in reversed(times_in(text, year)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _in_lists(
    text: str, numbers: list[_Number], found: list[Said], year: int, quarter: int
) -> list[Said]:
    """Give figures listed with 分别 the names or quarters that stand before it, in their order."""
    made = list(found)
    at = 0
    while at < len(made):
        begun = _clause_start(text, numbers[at].start)
        listed = words.RESPECTIVELY.search(text[begun : numbers[at].start])
        if listed is None:
            at += 1
            continue
        end = at + 1
        while end < len(made) and words.ONLY_LIST.fullmatch(
            text[numbers[end - 1].end : numbers[end].start]
        ):
            end += 1
        if quarters := _quarters_listed(listed["names"], year, end - at):
            _date_list(made, at, quarters, _named(listed["verb"], year), quarter)
        else:
            _name_list(made, at, end, listed["names"])
        at = end
    return [_with_numerator(made, place) for place in range(len(made))]


def _quarters_listed(names: str, year: int, count: int) -> tuple[int, ...]:
    """Return the quarters that are all that a list is of, where it has as many figures."""
    quarters = tuple(q for time in times_in(names, year) for q in time.period.quarters)
    only = not words.LIST_MARK.sub("", _untimed(names, year)).strip()
    return quarters if only and len(quarters) == count else ()


def _date_list(
    made: list[Said], start: int, quarters: tuple[int, ...], subject: str, now: int
) -> None:
    """Give each figure of a list its own quarter."""
    for at, quarter in enumerate(quarters, start):
        role = Role.LAST if quarter == now - 1 else Role.OTHER_TIME
        role = Role.NOW if quarter == now else Role.HOPE if quarter > now else role
        made[at] = made[at]._replace(
            quarters=(quarter,), role=role, subject=subject, is_own=True, in_all=False
        )


def _name_list(made: list[Said], start: int, end: int, names: str) -> None:
    """Name a list of figures, or point its shares at the figures they are of."""
    count = end - start
    first = made[start]
    if first.role is Role.SHARE:
        before = [at for at in range(start) if made[at].role is Role.NOW][-count:]
        for offset in range(count):
            numerator = before[offset] if len(before) == count else None
            made[start + offset] = made[start + offset]._replace(
                role=Role.SHARE, of_year=first.of_year, numerator=numerator
            )
        return
    parts = [re.sub("^.*[，：]", "", part) for part in words.LIST_MARK.split(names)]
    subjects = [words.WEAK.sub("", words.NEUTRAL.sub("", part)) for part in parts]
    for offset in range(count):
        item = made[start + offset]
        named = len(subjects) == count and bool(subjects[offset])
        role = first.role if item.role in (Role.NOW, Role.PART) else item.role
        made[start + offset] = item._replace(
            role=role if named else Role.PART if count > 1 else role,
            subject=subjects[offset] if named else item.subject,
            is_own=named or item.is_own,
        )


def _with_numerator(made: list[Said], place: int) -> Said:
    said = made[place]
    if said.role is not Role.SHARE or said.numerator is not None:
        return said
    for at in range(place - 1, -1, -1):
        if made[at].role in (Role.NOW, Role.PART) and made[at].unit != "%":
            return said._replace(numerator=at)
    return said
