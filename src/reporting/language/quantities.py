"""Quantities that a text promises: number, unit, comparator, and where its words begin and end.

A quantity is read from the words around a number. What those words make a date, an ordinal, a
name, a code, a title or the description of a thing is left alone (`quantities_context`).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reporting.language.chinese_numbers import CHINESE_NUMBER, SIGNS, read_chinese
from reporting.language.comparators import Comparator
from reporting.language.lexicon import lexicon
from reporting.language.plain import plain
from reporting.language.quantity_context import (
    clause_end,
    clause_of,
    describes,
    is_kind,
    is_name,
    is_untold,
    quoted,
)
from reporting.language.quantity_units import (
    NUMBER,
    SCALE,
    UNIT,
    is_size,
    read_number,
    read_unit,
    to_base,
    without_scale,
)

_TO = "(?:-|－|—+|–|~|～|至|到)"
_SPACE = "[ \t　]*"
_QUANTITY = re.compile(
    rf"(?P<low>{NUMBER}){_SPACE}"
    rf"(?:(?P<lowunit>{UNIT}|[（(]{UNIT}[）)])|(?P<scale>{SCALE})?[余多](?P<rough>{UNIT})|(?P<bare>{SCALE}))?"
    rf"(?:{_SPACE}(?P<to>{_TO}){_SPACE}(?P<high>{NUMBER}){_SPACE}(?P<highunit>{UNIT}))?"
)
_CHINESE = re.compile(f"(?<![第每前{SIGNS}])(?P<number>{CHINESE_NUMBER})(?P<unit>{UNIT})")
# 百名, 千户, 万人次 without a number is one of them.
_ROUND = re.compile(
    f"(?<![第每前{SIGNS}\\d几数上近逾超亿万余多])(?P<unit>[百千万](?:人次|[名家户个人所场座台套件]))"
)
# 3亿5000万元 is one figure.
_IN_TWO = re.compile(
    rf"(?P<high>{NUMBER}|{CHINESE_NUMBER})(?P<scale>[万亿])(?P<low>{NUMBER}|{CHINESE_NUMBER})"
    rf"(?P<unit>万?(?:元|人次|[名家户个人所场座台套件亩吨]))"
)
# 二十至三十家 is a range.
_CHINESE_RANGE = re.compile(
    f"(?<![第每前{SIGNS}])(?P<low>{CHINESE_NUMBER})(?:至|到|-)(?P<high>{CHINESE_NUMBER})(?P<unit>{UNIT})"
)
_ENDS_CLAUSE = re.compile("(?:左右|[，。；、）)\n]|$)")
_PERCENT = re.compile(f"百分之(?P<number>{CHINESE_NUMBER}(?!点)|{NUMBER})")
# 三分之二, 一半以上, 翻一番: plain to a reader, but no figure that an actual can be held against.
_IN_WORDS = re.compile(
    "[一二三四五六七八九十]分之[一二三四五六七八九十]|(?:一|大)半以?上?|过半|翻[一两二三]?番"
    "|(?<![二三四五六七八九])[二三四五六七八九]成(?=以上|左右|[，。；、]|$)"
    "|(?:突破|达到?|超过?|迈上|跨越|破)[百千万]亿(?!级)"
    "|(?<![0-9一二三四五六七八九十百千万几数])(?:[数上近逾超][十百千万]余?|[十百千万]余)[家人户名场件项亩台套]"
    "|(?<=培养|培训|培育|引进|新增|建设|建成|打造|认定|改造|服务|举办|招募|选派|组织)"
    "[百千万](?:人次|[名家户个场所])(?![，。；、）)]|$)"
    "|(?<=引育|评选|选树)[百千万][名家户](?![，。；、）)]|$)"
    "|(?:进入|保持|位列|位居|跻身)[^，。；、\\d]{0,6}前[0-9]+[名位强]"
    "|(?<=[一-龥])[0-9]+(?:\\.[0-9]+)?(?![3-6]G)[A-Z]{1,2}(?=[，。；、]|$)"
)
# 达到2.8:1 and 控制在8/10万 are promised, but no single figure.
_PROPORTION = re.compile(rf"[:：]{NUMBER}(?![\d:：前后])|/(?:10|十|1)?[万千](?!元)")
# 投资12亿 may be 元 or 美元, 突破2万 人 or 户.
_SCALE_ALONE = re.compile(
    rf"(?<![/0-9.]){NUMBER}[十百千]?[万亿](?=以[上内下]|左右|[，。；、）)]|\s|$)"
)
_IN_BRACKETS = re.compile("[（(](?P<words>[^（()）]+)[）)]")
_ANNOUNCED = re.compile(
    rf"[（(](?:单位[：:])?(?P<bracketed>{UNIT})[）)]\s*(?:\n|$)|^\s*(?P<alone>{UNIT})\s*$",
    re.MULTILINE,
)
_ALONE = re.compile(rf"^\s*(?P<at>{NUMBER})\s*[；;。]?\s*$", re.MULTILINE)
_BY = re.compile("(?:增加|提高|提升|减少|降低|压缩|缩短|扩大|增长|下降|新增)了?$")
_BARE_LIST = re.compile(rf"(?:{NUMBER}{_SPACE}[、和及与]{_SPACE})+$")
_AFTER = re.compile(
    r"\s*(?:[（(]含[^）)]{0,4}[）)])?(?:(?P<up>(?:[个家项]?(?:或|及))?以上)"
    r"|(?P<within>(?:或|及)?以[内下]|之内|(?<=[日时钟天])内)|(?P<about>左右|上下))"
)
_LATE_UP = re.compile("[^，。；、（(\\d]{1,6}以上(?=[，。；]|$)")
_BEFORE = (
    ("(?:{}|达到?)(?:约|近|到|每[百千万]?[人户亩])?$", Comparator.AT_LEAST),
    ("(?:{}|控制在)(?:约|到)?$", Comparator.AT_MOST),
    ("{}约?$", Comparator.MORE_THAN),
)
_DISTANT = re.compile(
    "(?P<least>不少于|不低于|至少)|(?P<most>不多于|不超过)[^，。；]*$"
)  # 至少开展1场活动
# 投资达年度计划的75%: the word of comparison stands before what the share is of.
_SHARE_OF = re.compile("(?:(?P<more>超过?|突破)|达到?)[^，。；、\\d]{2,10}的$")
_ABOVE = re.compile("高于[^，。；]{2,16}$")  # 高于全省平均水平2个百分点
_CHINESE_MARKS = re.compile("不少于|不低于|至少|超过|多于|不多于|不超过|控制在")
_LISTED = re.compile("、|和(?![谐平睦])|(?<![惠普涉以遍危])及(?![时格其])|(?<![参赋])与(?!会)")


class Unread(NamedTuple):
    """What looks like a quantity and is not read as one: its words, and why."""

    words: str
    why: str


class Quantity(NamedTuple):
    """A quantity in a text.

    ``start`` and ``end`` span the number with its unit and the words of comparison; ``at`` is
    the number's first digit; its own words run from ``clause`` to ``start`` and from ``end`` to
    ``stop``.
    """

    start: int
    end: int
    at: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    comparator: Comparator
    clause: int
    stop: int

    @property
    def amount(self) -> Decimal:
        """The value in the unit without 万 and 亿, to hold against another."""
        return to_base(self.value, self.unit)[0]

    @property
    def highest(self) -> Decimal:
        """The upper end of a range, or the value, in the unit without 万 and 亿."""
        high = self.value if self.value_high is None else self.value_high
        return to_base(high, self.unit)[0]

    @property
    def base_unit(self) -> str:
        """The unit without 万 and 亿: what is counted, however it is scaled."""
        return without_scale(self.unit)


class _Raw(NamedTuple):
    """A number with its unit, before the words around it are read."""

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    rough: bool = False


def find_quantities(text: str, year: int) -> list[Quantity]:
    """Find the quantities that a text promises for a year, in order.

    Examples
    --------
    >>> [(str(q.value), q.unit, q.comparator.value) for q in find_quantities("引进5家以上。", 2023)]
    [('5', '家', '>=')]
    """
    covered = quoted(text)
    raws = [
        raw for raw in _one_at_a_place([*in_two_scales(text), *_arabic(text), *_chinese(text)])
        if raw.start not in covered and not is_name(text, raw.start, raw.end, raw.unit, year)
    ]  # fmt: skip
    found: list[Quantity] = []
    for number, raw in enumerate(raws):
        after = raws[number + 1] if number + 1 < len(raws) else None
        between = text[raw.end : after.start] if after else ""
        before = text[max(0, raw.start - 24) : raw.start]
        if is_kind(before, raw.unit, between, after.unit if after else None):
            continue
        quantity = _quantity(text, raw, found)
        explicit = quantity.comparator is not Comparator.EQUAL
        if found and explicit and _is_attribute(text, quantity, found[-1]):
            continue
        if not describes(text, quantity.at, quantity.end, quantity.unit, explicit):
            found += [*_listed_before(text, quantity), quantity]
    return _bounded(text, found)


def _one_at_a_place(raws: list[_Raw]) -> list[_Raw]:
    """Keep of the numbers that overlap the one that begins first and is longest."""
    kept: list[_Raw] = []
    for raw in sorted(raws, key=lambda raw: (raw.start, -raw.end)):
        if not kept or raw.start >= kept[-1].end:
            kept.append(raw)
    return kept


def amount_of(text: str) -> tuple[Decimal, str] | None:
    """Read a text that is one quantity and nothing else: its value and its unit.

    Examples
    --------
    >>> amount_of("二十亿元"), amount_of("20个亿"), amount_of("约20亿元")
    ((Decimal('20'), '亿元'), (Decimal('20'), '亿元'), None)
    """
    written = re.sub(r"\s", "", plain(text.strip()).text).rstrip("。")
    raws = _one_at_a_place([*in_two_scales(written), *_arabic(written), *_chinese(written)])
    if len(raws) != 1 or raws[0].rough or raws[0].value_high is not None:
        return None
    raw = raws[0]
    return (raw.value, raw.unit) if (raw.start, raw.end) == (0, len(written)) else None


def unit_announced(text: str) -> str:
    r"""Return the unit that an indicator announces for the bare figures beside it, or nothing.

    Examples
    --------
    >>> unit_announced("固定资产投资（亿元）\n120"), unit_announced("固定资产投资\n亿元\n120")
    ('亿元', '亿元')
    """
    match = _ANNOUNCED.search(text)
    return read_unit(match["bracketed"] or match["alone"]) if match else ""


def find_bare(text: str, unit: str, *, alone: bool) -> list[Quantity]:
    """Find the figures that stand alone in a line, in a unit announced elsewhere.

    ``alone`` asks that there is nothing else: a line among others may be a page number.
    """
    if not unit or (alone and not _ALONE.fullmatch(text)):
        return []
    return [
        Quantity(
            match.start("at"), match.end("at"), match.start("at"), read_number(match["at"]), None,
            unit, Comparator.EQUAL, match.start("at"), match.end("at"),
        )
        for match in _ALONE.finditer(text)
    ]  # fmt: skip


def find_unread(text: str, year: int) -> list[Unread]:
    """Find what a reader would take for a promise and `find_quantities` leaves: to be told.

    Numbers that are compared but have no unit that is known, and amounts in words.

    Examples
    --------
    >>> [item.words for item in find_unread("算力达到500P，覆盖三分之二的社区", 2023)]
    ['达到500P', '三分之二']
    """
    titles = quoted(text)
    covered = set(titles)
    for raw in _arabic(text):
        covered.update(range(raw.start, raw.end))
    found = [(m.start(), m[0]) for m in _SCALE_ALONE.finditer(text) if m.start() not in titles]
    found += [
        (match.start(), _with_words(text, match))
        for match in re.finditer(NUMBER, text)
        if match.start() not in covered and _is_compared(text, match, year)
    ]
    found += [(m.start("at"), m["at"]) for m in _ALONE.finditer(text)]
    told = "".join(phrase for _, phrase in found)
    words = [m for m in _IN_WORDS.finditer(text) if m.start() not in titles and m[0] not in told]
    unread = [(at, Unread(phrase, "数字没有认得的单位")) for at, phrase in dict(found).items()]
    unread += [
        (m.start("words"), Unread(m["words"], "括号内的数字")) for m in _IN_BRACKETS.finditer(text)
        if m.start() not in titles and is_untold(text, m.start("words"))
    ]  # fmt: skip
    unread += [(m.start(), Unread(m[0], "数量以文字表示")) for m in words]
    return [item for _, item in sorted(unread)]


def _is_compared(text: str, number: re.Match[str], year: int) -> bool:
    """Tell whether a number without a unit stands between words of comparison."""
    start, end = number.span()
    if re.search("[、/:：-]$", text[:start]):
        return False
    if re.match("[、/～~—:：-]", text[end:]) and not _PROPORTION.match(text, end):
        return False
    if is_name(text, start, _letters_end(text, end), "", year):
        return False
    before = text[clause_of(text, start) : start].rstrip(" \t　")
    after = _AFTER.match(text, end)
    return _word_of_comparison(before) is not None or bool(after)


def _letters_end(text: str, end: int) -> int:
    """Return where the letters behind a number end: P in 500P may be its unit."""
    letters = re.match("[A-Za-z]*", text[end:])
    return end + (letters.end() if letters else 0)


def _with_words(text: str, number: re.Match[str]) -> str:
    """Return a number with its words of comparison and what stands for its unit."""
    before = text[clause_of(text, number.start()) : number.start()].rstrip(" \t　")
    found = _word_of_comparison(before)
    start = clause_of(text, number.start()) + (found[1] if found else len(before))
    after = re.match("[^，。；：、）(（\\s]{0,4}", text[number.end() :])
    return text[start : number.end() + (after.end() if after else 0)]


def _bounded(text: str, found: list[Quantity]) -> list[Quantity]:
    """End each quantity's own words where the next one begins, but not in brackets of its own."""
    bounded = []
    for number, quantity in enumerate(found):
        after = found[number + 1].start if number + 1 < len(found) else quantity.stop
        between = text[quantity.end : after]
        if between.count("（") + between.count("(") <= between.count("）") + between.count(")"):
            quantity = quantity._replace(stop=min(quantity.stop, after))
        bounded.append(quantity)
    return bounded


@lru_cache(maxsize=4096)
def _arabic(text: str) -> tuple[_Raw, ...]:
    """Give the numbers in digits that have a unit."""
    return tuple(_find_arabic(text))


def _find_arabic(text: str) -> Iterator[_Raw]:
    at = 0
    while match := _QUANTITY.search(text, at):
        low, unit = match["low"], match["lowunit"] or match["rough"]
        if match["rough"]:
            unit = (match["scale"] or "") + match["rough"]
        high, high_unit = match["high"], match["highunit"]
        other = (unit or match["bare"] or "") not in ("", high_unit, (high_unit or "")[:1])
        if high and (other or (unit and _rises_to(text, match))):
            # 提高3个百分点至45%, 增加5家到25家: what follows is a figure by itself.
            high, end = None, match.end("lowunit" if match["lowunit"] else "low")
        else:
            end = match.end()
        at = end
        unit = high_unit if high else unit
        if unit:
            yield _Raw(
                match.start(), end, read_number(low), read_number(high) if high else None,
                read_unit(unit), rough=bool(match["rough"]),
            )  # fmt: skip


def _rises_to(text: str, pair: re.Match[str]) -> bool:
    """Tell whether 至 leads to where something gets by a change, not to a range's upper end.

    增长6%至6.5% is a range: what grows by a share does not come to one.
    """
    before = text[: pair.start()][-4:]
    if pair["to"] not in ("至", "到") or not _BY.search(before):
        return False
    return not (pair["highunit"] in ("%", "％") and re.search("增长了?$", before))


def in_two_scales(text: str) -> Iterator[_Raw]:
    """Give the figures that are written in two scales, in the higher of them."""
    for match in _IN_TWO.finditer(text):
        high, low = _read_any(match["high"]), _read_any(match["low"])
        unit = match["unit"].removeprefix("万")
        whole, part = f"{match['scale']}{unit}", match["unit"]
        one, more = to_base(Decimal(1), whole)[0], to_base(low or Decimal(), part)[0]
        if high and low and more < one:
            yield _Raw(match.start(), match.end(), high + more / one, None, whole)


def _read_any(number: str) -> Decimal | None:
    """Read a number in digits or in Chinese signs."""
    return read_number(number) if number[0].isdecimal() else read_chinese(number)


def _chinese(text: str) -> Iterator[_Raw]:
    """Give the Chinese numerals with a unit.

    Below ten they count only beside a word of comparison: 打造一个平台 promises no figure.
    """
    for match in _CHINESE_RANGE.finditer(text):
        low, high = read_chinese(match["low"]), read_chinese(match["high"])
        if low is not None and high is not None and low < high:
            yield _Raw(match.start(), match.end(), low, high, read_unit(match["unit"]))
    for match in _CHINESE.finditer(text):
        words = text[clause_of(text, match.start()) : match.start()]
        value = read_chinese(match["number"])
        if value is None or (match["number"] == "一" and match["unit"] in _KINDS):
            continue
        bare = match["number"] in ("十", "百", "千")
        compared = _CHINESE_MARKS.search(words[-12:]) or _AFTER.match(text, match.end())
        large = value >= _TEN or _MEASURED.match(match["unit"])
        ends = large and _ENDS_CLAUSE.match(text, match.end())
        done = _ENDS_CLAUSE.match(text, match.end()) and _is_done(words, value)
        scaled = value >= _HUNDRED or match["unit"][0] in "万亿%"
        if compared or done or (not bare and (ends or scaled)):
            yield _Raw(match.start(), match.end(), value, None, read_unit(match["unit"]))
    for match in _ROUND.finditer(text):
        if _ENDS_CLAUSE.match(text, match.end()):
            value, unit = to_base(Decimal(1), match["unit"])
            value = value.quantize(Decimal(1))
            if match["unit"][0] == "万":
                value, unit = Decimal(1), match["unit"]
            yield _Raw(match.start(), match.end(), value, None, unit)
    for match in _PERCENT.finditer(text):
        if match["number"] != "百":  # 百分之百 is all of them
            number = _read_any(match["number"])
            if number is not None:
                yield _Raw(match.start(), match.end(), number, None, "%")


def _is_done(words: str, value: Decimal) -> bool:
    """Tell whether a small number counts what is done: 开工八个, 新开通航线三条."""
    if _DOES.search(words) is None:
        return False
    return bool(_DOES_AT_END.search(words)) or value > 1


_DOING = (
    "开工|动工|完工|竣工|投产|新增|开通|新开|引育|引进|评选|建成|新建|改造|举办|签约|培育|认定|创建"
)
_DOES, _DOES_AT_END = re.compile(_DOING), re.compile(f"(?:{_DOING})$")
_KINDS = ("批", "类", "种", "系列")
_MEASURED = re.compile("[万亿]|%|.*(?:百分点|公里|米|吨|元|亩|公顷|/)")
_TEN, _HUNDRED = Decimal(10), Decimal(100)


def _quantity(text: str, raw: _Raw, earlier: list[Quantity]) -> Quantity:
    clause = _own_words(text, raw.start, earlier)
    comparator, start, end = _compared(text, raw.start, raw.end, clause)
    points = raw.unit in ("百分点", "个百分点")
    if points and comparator is Comparator.EQUAL and _ABOVE.search(text[clause : raw.start]):
        comparator = Comparator.MORE_THAN
    if raw.value_high is not None:
        comparator = Comparator.RANGE
    elif raw.rough and comparator is Comparator.EQUAL:
        comparator = Comparator.MORE_THAN
    return Quantity(
        start, end, raw.start, raw.value, raw.value_high, raw.unit, comparator, clause,
        clause_end(text, end),
    )  # fmt: skip


def _own_words(text: str, start: int, earlier: list[Quantity]) -> int:
    """Return where a quantity's own words begin: after the one before and its noun."""
    clause = clause_of(text, start)
    if not earlier or earlier[-1].end <= clause:
        return clause
    between = text[earlier[-1].end : start]
    marks = [mark.end() for mark in _LISTED.finditer(between)]
    return earlier[-1].end + (marks[-1] if marks else 0)


def _compared(text: str, start: int, end: int, clause: int) -> tuple[Comparator, int, int]:
    """Read the words of comparison before and after a number, and their span."""
    before = text[clause:start].rstrip(" \t　")
    after = _AFTER.match(text, end)
    stop = after.end() if after else end
    if found := _word_of_comparison(before):
        return found[0], clause + found[1], stop
    if (after and after["up"]) or _LATE_UP.match(text, end):
        return Comparator.AT_LEAST, start, stop
    if after and after["within"]:
        return Comparator.AT_MOST, start, stop
    if text[start:end].endswith(("%", "％")) and (share := _SHARE_OF.search(before)):
        return Comparator.MORE_THAN if share["more"] else Comparator.AT_LEAST, start, stop
    if distant := _DISTANT.search(before):
        least = distant["least"] is not None
        return Comparator.AT_LEAST if least else Comparator.AT_MOST, start, stop
    return Comparator.EQUAL, start, stop


def _word_of_comparison(before: str) -> tuple[Comparator, int] | None:
    """Find the word of comparison that words end with, and where it begins."""
    for template, comparator in _BEFORE:
        pattern = lexicon().pattern(template, "comparator", compares=comparator.value)
        if found := pattern.search(before):
            return comparator, found.start()
    return None


def _is_attribute(text: str, quantity: Quantity, earlier: Quantity) -> bool:
    """Tell whether a quantity says of what kind the things counted before are.

    So it is in 1宗超30亿元项目, and in 3个面积不小于500平方米的中心.
    """
    if quantity.start == earlier.end:
        return True
    adjective = text.startswith("的", quantity.end) and is_size(quantity.unit)
    return adjective and earlier.end > clause_of(text, quantity.start)


def _listed_before(text: str, quantity: Quantity) -> list[Quantity]:
    """Give the numbers before a quantity that share its unit: 分别新增30、20和10家."""
    words = text[quantity.clause : quantity.start]
    numbers = _BARE_LIST.search(words)
    if numbers is None or "分别" not in words:
        return []
    offset = quantity.clause + numbers.start()
    return [
        quantity._replace(
            start=offset + match.start(), end=offset + match.end(), at=offset + match.start(),
            value=read_number(match[0]), value_high=None, comparator=Comparator.EQUAL,
        )
        for match in re.finditer(NUMBER, numbers[0])
    ]  # fmt: skip
