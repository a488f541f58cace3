"""Quantities that a text promises: number, unit, comparator, and what is counted.

A quantity is read from the words around a number. What those words make a date, an ordinal, a
name, a code, a title or the description of a thing is left alone.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from reporting.plan.values import Comparator

_DIGIT = "[0-9０-９]"
NUMBER = rf"{_DIGIT}+(?:[,，]{_DIGIT}{{3}})*(?:[.．]{_DIGIT}+)?"
_CHINESE_NUMBER = "[一二两三四五六七八九十百]{1,4}"
_SCALE = "(?:[十百千]?万亿?|百|千|亿|十亿|百亿|千亿)?"
_MEASURES = (
    "个百分点", "百分点", "个工作日", "工作日", "平方公里", "平方米", "立方米", "平米", "公顷",
    "公里", "千米", "吨标准煤", "标准煤", "千瓦时", "千瓦", "兆瓦", "标准箱", "标箱", "人次",
    "人天", "批次", "家次", "户次", "场次", "车次", "航次", "班次", "班列", "学位", "床位", "课时",
    "门次", "件次", "美元", "港元", "元", "小时", "分钟", "亩", "吨", "升", "米", "里", "度",
    "天", "户", "家", "个", "项", "宗", "场", "座", "所", "条", "名", "位", "人", "台", "套",
    "件", "份", "批", "辆", "只", "支", "队", "组", "处", "间", "栋", "幢", "块", "片", "张",
    "本", "篇", "部", "集", "款", "类", "种", "轮", "例", "对", "节", "门", "棵", "株", "头",
    "艘", "架", "趟", "班", "列", "枚", "起", "单", "票", "笔", "次", "期", "根", "盏", "口",
    "孔", "级台阶", "堂", "册", "幅", "首", "届次",
)  # fmt: skip
_PER = "日|天|年|月|周|小时|人|户|家|亩|公里|平方公里|平方米|立方米|万人|千人|吨"
UNIT = rf"(?:[%％‰]|{_SCALE}(?:{'|'.join(_MEASURES)})(?:/(?:{_PER}))?)"
_QUANTITY = re.compile(
    rf"(?P<low>{NUMBER})(?P<lowunit>{UNIT})?\s*"
    rf"(?:(?:-|－|—+|–|~|～|至|到)\s*(?P<high>{NUMBER})\s*)?"
    rf"(?(high)(?P<rangeunit>{UNIT})|)"
)
_CHINESE = re.compile(
    rf"(?P<mark>不少于|不低于|至少|超过|不多于|不超过)(?P<number>{_CHINESE_NUMBER})(?P<unit>{UNIT})"
    rf"|(?P<number2>{_CHINESE_NUMBER})(?P<unit2>{UNIT})(?P<after>(?:或|及)?以上)"
)
_AFTER = re.compile(
    r"(?P<up>(?:\s*(?:个|家|项)?\s*(?:或|及))?以上)|(?P<in>以内|之内|以下|(?<=[日时钟天])内)|(?P<about>左右|上下)"
)
_ABOVE = re.compile("(?:超过|超出|超|突破|高于|多于|大于|逾|超额完成)(?:约)?$")
_LEAST = re.compile("(?:不少于|不低于|不小于|不得少于|不得低于|至少|达到|达|达至|≥)(?:约|近|到)?$")
_MOST = re.compile("(?:不多于|不超过|不高于|不大于|低于|少于|控制在|压减至|压缩至|≤)(?:约|到)?$")
_DISTANT = (
    ("不少于", Comparator.AT_LEAST), ("不低于", Comparator.AT_LEAST), ("至少", Comparator.AT_LEAST),
    ("不多于", Comparator.AT_MOST), ("不超过", Comparator.AT_MOST),
)  # fmt: skip
BREAKS = "，。；：,;!！?？\n"
_LISTED = re.compile("[、和及与]")
_OF_WHAT_IS = re.compile("(?:[对向]|现有|原有|已有|上述|一批|若干|多个)$")
_QUALIFIES = re.compile("的[^，。；、\\d]{1,10}(?:达|占|率|为)")
_PART = re.compile("^(?:其中|含|包括|包含|不含)")
_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "〔": "〕", "【": "】"}
_DESCRIBES = re.compile(
    "(?:总长度?|全长|长约|总投资额?|占地面积?|总面积|建筑面积|规模|库容|高约|宽约|响应级别达到?|满分|单价)"
    "(?:约|为|达|近|：)?$"
)
_SIZES = re.compile(f"{_SCALE}(?:平方米|平米|亩|元|人|吨|千瓦|公里|米|岁|级)$")
_CODE_BEFORE = re.compile(r"[A-Za-z+＋×/·.．\-_]$")
_CODE_AFTER = re.compile(
    r"^(?:[A-Za-z+＋×_]|周岁|岁|后|号|年|月|日|时|分(?!钟)|届|级(?!台阶)|强|版|倍速)"
)
_PAST = re.compile("(?:上年|去年|上一?年度)")


class Quantity(NamedTuple):
    """A quantity in a text.

    ``start`` and ``end`` span the number with its unit and the words of comparison; ``at`` is the
    number's first digit; ``before`` and ``after`` the words of its clause around the span.
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


def find_quantities(text: str, year: int) -> list[Quantity]:
    """Find the quantities that a text promises for a year, in order."""
    covered = _quoted(text)
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        unit = match["rangeunit"] or match["lowunit"]
        if unit is None or match.start() in covered or _is_other(text, match, year):
            continue
        quantity = _quantity(text, match, unit, found)
        if not _is_attribute(text, quantity, found):
            found.append(quantity)
    taken = [(q.start, q.end) for q in found]
    for match in _CHINESE.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        if not inside and match.start() not in covered:
            found.append(_chinese(text, match))
    return sorted(found, key=lambda quantity: quantity.at)


def _quoted(text: str) -> set[int]:
    """Give the offsets inside titles and quotation marks."""
    covered: set[int] = set()
    for opening, closing in _PAIRS.items():
        for match in re.finditer(f"{opening}[^{closing}]*{closing}", text):
            covered.update(range(*match.span()))
    return covered


def clause_of(text: str, at: int) -> int:
    """Return where the clause of a place begins; brackets are a clause of their own."""
    place, depth = at, 0
    while place > 0 and (depth or text[place - 1] not in BREAKS):
        if text[place - 1] in "）)":
            depth += 1
        elif text[place - 1] in "（(":
            if not depth:
                break
            depth -= 1
        elif text[place - 1] in "。；\n":
            break
        place -= 1
    return place


def _is_attribute(text: str, quantity: Quantity, earlier: list[Quantity]) -> bool:
    """Tell whether a quantity only says of what kind something is.

    It does where it follows another without a word between (1宗超30亿元项目), where it tells of
    what there is (对现有22个), and in brackets that do not name a part.
    """
    if earlier and quantity.start == earlier[-1].end and quantity.comparator != Comparator.EQUAL:
        return True
    words = text[quantity.clause : quantity.start]
    if _OF_WHAT_IS.search(words) and not text[quantity.at : quantity.end].endswith("以上"):
        return True
    if re.search("一批$|若干$", words) or _QUALIFIES.match(text, quantity.end):
        return True
    opened = text[clause_of(text, quantity.start) - 1 : clause_of(text, quantity.start)]
    return opened in ("（", "(") and not _PART.match(text[clause_of(text, quantity.start) :])


def _is_other(text: str, match: re.Match[str], year: int) -> bool:
    """Tell whether a number is a date, an ordinal, a code, or describes what is there."""
    start, end = match.span()
    before, after = text[:start], text[end:]
    unit = match["rangeunit"] or match["lowunit"]
    if _CODE_BEFORE.search(before) or _CODE_AFTER.match(after) or re.search("[第每前]$", before):
        return True
    clause = text[clause_of(text, start) : start]
    if _DESCRIBES.search(clause) or _PAST.search(clause) or _of_another_year(clause, year):
        return True
    # A size with 以上的 is the threshold of a category.
    return bool(_SIZES.search(unit) and re.match("(?:及|或)?以[上下]的", after))


def _of_another_year(clause: str, year: int) -> bool:
    years = [int(y) for y in re.findall("(20\\d\\d)年", clause)]
    return bool(years) and year not in years and years[-1] < year


def _quantity(text: str, match: re.Match[str], unit: str, earlier: list[Quantity]) -> Quantity:
    start, end = match.start(), match.end()
    while end > start and text[end - 1] in " \t　":
        end -= 1
    low = _decimal(match["low"])
    high = _decimal(match["high"]) if match["high"] else None
    clause = _own_words(text, start, earlier)
    comparator, span_start, span_end = _compared(text, start, end, clause)
    if high is not None:
        comparator = Comparator.RANGE
    return Quantity(
        span_start, span_end, start, low, high, unit.replace("％", "%"), comparator, clause,
        _clause_end(text, span_end),
    )  # fmt: skip


def _own_words(text: str, start: int, earlier: list[Quantity]) -> int:
    """Return where a quantity's own words begin: after the one before and its noun."""
    clause = clause_of(text, start)
    if not earlier or earlier[-1].end <= clause:
        return clause
    between = text[earlier[-1].end : start]
    marks = [m.end() for m in _LISTED.finditer(between)]
    return earlier[-1].end + (marks[-1] if marks else 0)


def _clause_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text) and (depth or text[at] not in BREAKS) and text[at] not in "。；\n":
        if text[at] in "（(":
            depth += 1
        elif text[at] in "）)":
            if not depth:
                break
            depth -= 1
        at += 1
    return at


def _compared(text: str, start: int, end: int, clause: int) -> tuple[Comparator, int, int]:
    """Read the words of comparison before and after a number."""
    before = text[clause:start].rstrip(" \t　")
    after = _AFTER.match(text, end)
    stop = after.end() if after else end
    for pattern, comparator in (
        (_LEAST, Comparator.AT_LEAST), (_MOST, Comparator.AT_MOST), (_ABOVE, Comparator.MORE_THAN),
    ):  # fmt: skip
        if found := pattern.search(before):
            return comparator, clause + found.start(), stop
    if (after and after["up"]) or re.match("[^，。；、（(\\d]{1,6}以上(?=[，。；]|$)", text[end:]):
        return Comparator.AT_LEAST, start, stop
    if after and after["in"]:
        return Comparator.AT_MOST, start, stop
    for word, comparator in _DISTANT:
        if word in before:
            return comparator, start, stop
    return Comparator.EQUAL, start, stop


def _chinese(text: str, match: re.Match[str]) -> Quantity:
    number = match["number"] or match["number2"]
    unit = match["unit"] or match["unit2"]
    least = match["mark"] in ("不少于", "不低于", "至少") or match["after"]
    above = match["mark"] == "超过"
    comparator = (
        Comparator.MORE_THAN if above else Comparator.AT_LEAST if least else Comparator.AT_MOST
    )
    at = match.start("number") if match["number"] else match.start("number2")
    clause = clause_of(text, match.start())
    return Quantity(
        match.start(), match.end(), at, Decimal(_chinese_value(number)), None, unit, comparator,
        clause, _clause_end(text, match.end()),
    )  # fmt: skip


_ONES = {n: i for i, n in enumerate("零一二三四五六七八九")} | {"两": 2}


def _chinese_value(number: str) -> int:
    """Read a Chinese numeral below a thousand."""
    total = ones = 0
    for character in number:
        if character == "百":
            total, ones = total + (ones or 1) * 100, 0
        elif character == "十":
            total, ones = total + (ones or 1) * 10, 0
        else:
            ones = _ONES[character]
    return total + ones


def _decimal(text: str) -> Decimal:
    plain = text.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
    return Decimal(plain.replace(",", ""))
