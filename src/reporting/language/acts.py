"""What is done to a measure: whether more or less of it is better, and how surely that is known.

Each rule has a name. The verb before a figure decides first, then the words of comparison, then
what is measured. A verb of change that the lexicon does not know decides nothing.
"""

import re
from typing import Literal, NamedTuple

from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.language.lexicon import lexicon

_ADVERBS = "(?:了|约|近|再|力争|同比|累计|平均|[、和与或])*"
# 降至, 下降到, 压缩为; and 下降3%, 降低了3%, 降幅达到3%.
_CHANGED = f"(?P<verb>{{}}){_ADVERBS}(?P<to>至|到|为|成|在)?{_ADVERBS}$"
_UNKNOWN = re.compile("(?P<verb>[一-龥]{2})(?P<to>至|到|为)$")
# 不少于, 3月至: these end like a verb with 至, and are none.
_NO_VERB = re.compile(
    "(?:[月日季度年末底]|[一二三四五六七八九十\\d]|截|直|甚|乃|以|冬|夏|作|认|成|因|均|分|称)[至到为]$"
)
_NO_RATE = re.compile("(?:时限|时间|天数|时长|用时|耗时|成本|费用|起数|案件?数?)[^率比重]{0,4}$")
_MAY_BE_EITHER = re.compile(
    "(?:指数|系数|温度)[^，。；、\\d]{0,4}[^，。；、\\d]{0,3}$|(?:小时|分钟|秒|天|工作日)$"
)
_SETTLED = re.compile("[以之]?内?(?:办结|办完|办妥|出证|答复|反馈|完成审批|拨付到位)")
_EXPLICIT_MORE = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_REACHES = re.compile("(?:达到?|达至)(?:约|近|到)?$")


class Act(NamedTuple):
    """A verb before a figure: where it leads, and whether to the figure or by it."""

    verb: str
    change: Literal["down", "up", "reach", "limit"] | None
    to: bool


class Judged(NamedTuple):
    """Which way is better, how surely, by which rule; and how an actual is held against it."""

    direction: Direction
    certainty: Certainty
    rule: str
    comparator: Comparator


def act_before(words: str) -> Act | None:
    """Find the verb of change that words before a figure end with.

    Examples
    --------
    >>> act_before("PM2.5浓度降至"), act_before("单位能耗下降")
    (Act(verb='降', change='down', to=True), Act(verb='下降', change='down', to=False))
    """
    words = words.rstrip(" \t　")
    pattern = lexicon().pattern(_CHANGED, "act")
    if found := pattern.search(words):
        change = lexicon().words[found["verb"]].change
        return Act(found["verb"], change, found["to"] is not None)
    if (found := _UNKNOWN.search(words)) and not _NO_VERB.search(words):
        return Act(found["verb"], None, True)
    return None


def better_of(words: str, measure: str) -> str | None:
    """Tell whether less or more of what is measured is better; None where nothing is known.

    Of several measures the one nearest to the figure counts: 能耗监测覆盖率 is no 能耗.
    """
    pattern = lexicon().pattern("{}", "measure")
    for text in (words, measure):
        found = list(pattern.finditer(text))
        if found and _is_unknown_deed(text[found[-1].end() :]):
            return "none"
        if found and _ONLY_MEASURED.match(text, found[-1].end()):
            return lexicon().words[found[-1][0]].better
    return None


def _is_unknown_deed(words: str) -> bool:
    return _UNKNOWN_DEED.fullmatch(words) is not None and act_before(words) is None


# 积案翻篇120件: two signs that are no word of the lexicon's.
_UNKNOWN_DEED = re.compile(
    "(?!化解|办结|清零|整改|排查|调处|处置|结案|销号|攻坚|评查|监测|覆盖|降|减|压|控|达|保|稳|总|人|起|平|指|水|年|月|[（(])"
    "[一-龥]{2}"
)
# 能耗在线监测平台, 低成本的空间: what follows the measure is what is counted.
_ONLY_MEASURED = re.compile(
    "(?:总?数量?|起数|人数|平均值?|年?均值|月?均|指标|水平|总体|整体|全市|浓度|[（(][^（）()]*[）)])*"
    "(?:[由从]|同比|较|比|要|须|应|力争|争取|确保|稳定|保持|维持|巩固|控制|压控|达|为|在(?![线建册职])|约|平均|[：:，,]|$"
    "|[降减压缩提升增])"
)


def judge(
    words: str,
    after: str,
    measure: str,
    comparator: Comparator,
    mark: str,
    *,
    unit: str,
    level: bool,
) -> Judged:
    """Judge a figure by the words before and after it.

    Parameters
    ----------
    words : str
        The words of its clause before it and its word of comparison.
    after : str
        What follows it.
    mark : str
        Its word of comparison.
    unit : str
        Its unit of measure.
    level : bool
        It is a state, a rate or a time, not what is added up.
    """
    act = act_before(words)
    explicit = comparator in _EXPLICIT_MORE and not _REACHES.search(mark)
    if act and act.change == "down":
        return _fallen(act, comparator, explicit=explicit)
    if comparator is Comparator.AT_MOST:
        return Judged(Direction.LOWER, Certainty.STATED, "at-most", comparator)
    better = better_of(words, measure)
    if act and act.change == "up":
        if better == "lower":
            return Judged(Direction.HIGHER, Certainty.UNCERTAIN, "rises-though-lower", comparator)
        return Judged(Direction.HIGHER, Certainty.STATED, "rises", comparator)
    if better == "lower" and unit in ("%", "百分点", "个百分点") and _NO_RATE.search(words):
        # 审批时限20%: not how long it takes, but a part of it.
        return Judged(Direction.HIGHER, Certainty.UNCERTAIN, "share-of-a-time", comparator)
    if better == "lower":
        return _kept_low(comparator, explicit=explicit)
    if act and act.change == "limit":
        return Judged(Direction.LOWER, Certainty.STATED, "limit", _capped(comparator))
    if act and act.change is None:
        return Judged(Direction.HIGHER, Certainty.UNCERTAIN, "unknown-verb", comparator)
    if explicit or comparator is Comparator.AT_LEAST:
        return Judged(Direction.HIGHER, Certainty.STATED, "at-least", comparator)
    if better == "none":
        return Judged(Direction.HIGHER, Certainty.UNCERTAIN, "open-measure", comparator)
    if level and _SETTLED.match(after):
        return Judged(Direction.LOWER, Certainty.INFERRED, "settled-within", _capped(comparator))
    if level and act is None and _MAY_BE_EITHER.search(f"{words}{unit}"):
        return Judged(Direction.HIGHER, Certainty.UNCERTAIN, "open-measure", comparator)
    rule = "state" if level else "adds-up"
    return Judged(Direction.HIGHER, Certainty.INFERRED, rule, comparator)


def _fallen(act: Act, comparator: Comparator, *, explicit: bool) -> Judged:
    """Judge what falls: to a figure, or by it, of which more is better."""
    if not act.to:
        return Judged(Direction.HIGHER, Certainty.STATED, "falls-by", comparator)
    if explicit:
        return Judged(Direction.LOWER, Certainty.UNCERTAIN, "falls-to-at-least", comparator)
    return Judged(Direction.LOWER, Certainty.STATED, "falls-to", _capped(comparator))


def _kept_low(comparator: Comparator, *, explicit: bool) -> Judged:
    """Judge a measure of which less is better, where no verb speaks."""
    if explicit:
        return Judged(Direction.LOWER, Certainty.UNCERTAIN, "low-measure-at-least", comparator)
    return Judged(Direction.LOWER, Certainty.INFERRED, "low-measure", _capped(comparator))


def _capped(comparator: Comparator) -> Comparator:
    return comparator if comparator is Comparator.RANGE else Comparator.AT_MOST
