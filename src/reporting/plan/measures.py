"""What a quantity counts, in the table's words: the phrase around the number."""

import re
from collections.abc import Sequence

from reporting.plan.quantities import Quantity
from reporting.plan.quantities_context import clause_of
from reporting.plan.quantities_units import NUMBER, UNIT

_LEADING = re.compile(
    "^(?:、|其中|同时|以及|的|力争|争取|力促|确保|推动|计划|预计|拟|实现|继续|持续|全面|全市(?!范围)|我市|全年|在?年内|"
    "今年|本年度?|累计|合计|共计?|至少|不少于|将|再|约|近|当年|到?年底|\\d{1,2}月(?:底|末)?(?:之?前)?|截至|"
    "20\\d\\d年|选定|遴选出?|遴选认定|成功)+"
)
_REACHING = "[提增扩升降压减缩扩拓][升高加大降减缩展]?(?:至|到|为)"
_TRAILING = re.compile(
    f"(?:[、和及与：:为有约近共各的]|力争|争取|不少于|不低于|至少|不多于|不超过|超过|突破|高于|多于|大于|"
    f"达到|达至|(?<!下)达|超|{_REACHING}|控制在|累计|合计|共计|达成|实现|各|再|至|到|以|目标|确保)+$"
)
_BARE = re.compile(
    "^(?:完成|实现|达到|新增|创建|累计|推进|建设|建成|开展|举办|组织|完成创建|覆盖|引进|培育|打造|任务|"
    "共|约|力争|争取|推动|其中|每年|全年|年内|分别|开工|动工|签约|以上|指标)*$"
)
_STOP_AFTER = re.compile(
    "[，。；：、,;!！?？\n]|以及|并(?!购)|和(?=[^、]{0,8}\\d)|及(?=[^、]{0,8}\\d)"
)
_KIND = re.compile(f"^(?:超过?|不少于|不低于)?{NUMBER}(?:[-－~～至]{NUMBER})?{UNIT}(?:以上)?")
_NOT_NAMING = re.compile(
    "完成|建设|新建|新增|开展|打造|推进|推动|实施|创建|培育|工作|任务|全市|全年|组织"
)
_MOST = 40


def measure_of(text: str, quantity: Quantity) -> str:
    """Name what a quantity counts; empty when its clause does not tell.

    Examples
    --------
    >>> from reporting.plan.quantities import find_quantities
    >>> text = "引进2-3家链条关键企业，完成投资不少于50亿元。"
    >>> [measure_of(text, q) for q in find_quantities(text, 2023)]
    ['引进链条关键企业', '完成投资']
    """
    before = _clean_before(text[quantity.clause : quantity.start])
    after = _after(text, quantity)
    words = before + after
    if _BARE.match(words):
        return ""
    return words[-_MOST:] if len(words) > _MOST and not after else words[:_MOST]


def _clean_before(words: str) -> str:
    words = words.strip(" \t　")
    # The nearest enumerated part names the thing: 新建A、改造B 5个 counts B.
    words = _LEADING.sub("", words)
    while True:
        cut = _TRAILING.sub("", words).rstrip(" \t　")
        if cut == words:
            break
        words = cut
    words = re.sub("力争|争取|不少于|不低于|至少|年内(?=[^，]*$)", "", words)
    return words.strip("“”") if words.count("“") != words.count("”") else words


def _after(text: str, quantity: Quantity) -> str:
    rest = text[quantity.end : quantity.stop]
    rest = re.sub("^[（(][^）)]*[）)]|[（(][^）)]*\\d[^）)]*[）)]", "", rest)
    # What says of what kind it is (1宗以上超30亿元特大项目) is passed over.
    rest = _KIND.sub("", rest).removeprefix("的").lstrip(" \t　")
    stop = _STOP_AFTER.search(rest)
    words = rest[: stop.start()] if stop else rest
    if re.match("[、和及与]", rest):
        return ""
    number = re.search("[0-9０-９]", words)
    if number:
        words = words[: number.start()]
    words = words.strip(" \t　").removesuffix("以上")
    return words[: words.index("（")] if words.count("（") > words.count("）") else words


def alike(one: str, other: str) -> bool:
    """Tell whether two measures seem to count the same.

    They do when one holds the other, or when they share most of the pairs of characters of the
    shorter one.
    """
    one, other = (_NOT_NAMING.sub("", words) or words for words in (one, other))
    if one == other or (one in other and len(one) > 1) or (other in one and len(other) > 1):
        return True
    pairs = [{words[i : i + 2] for i in range(len(words) - 1)} for words in (one, other)]
    least = min(map(len, pairs))
    return least > 0 and len(pairs[0] & pairs[1]) >= max(1, 0.5 * least)


def paired(
    text: str, quantities: Sequence[Quantity]
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """Pair the figures of every 分别 list with its items, in order.

    Returns
    -------
    names : dict
        Measure by the offset of a figure's number.
    unpaired : list of (str, str)
        How many items were expected, and the words, where the counts differ.
    """
    names: dict[int, str] = {}
    unpaired: list[tuple[str, str]] = []
    for match in re.finditer("分别", text):
        figures = _run(text, quantities, match.end())
        if len(figures) < 2:
            continue
        start = clause_of(text, match.start())
        items = split_items(text[start : match.start()], len(figures))
        verb = _clean_before(text[match.end() : figures[0].start])
        if len(items) != len(figures):
            # The items may also stand behind the word: 分别新认定甲、乙30家和200家.
            items, verb = split_items(verb, len(figures)), ""
        if len(items) == len(figures):
            tail = _after(text, figures[-1])
            names |= {
                figure.at: f"{item}{verb}{tail}"
                for figure, item in zip(figures, items, strict=True)
            }
        else:
            words = text[start : figures[-1].end]
            unpaired.append((f"{len(items)}", words))
    return names, unpaired


def _run(text: str, quantities: Sequence[Quantity], start: int) -> list[Quantity]:
    """Take the figures that follow each other with nothing but a mark between them."""
    run: list[Quantity] = []
    for quantity in quantities:
        if quantity.at < start:
            continue
        if not run:
            if re.search("[，。；\n]", text[start : quantity.start]):
                break
        elif not re.fullmatch(r"\s*[、，,和及与]\s*(?:约|近)?", text[run[-1].end : quantity.start]):
            break
        run.append(quantity)
    return run


def split_items(words: str, count: int) -> list[str]:
    """Split an enumeration into items, at 和 and its like only where the count wants it."""
    items = [part.strip() for part in _outside(words, "、") if part.strip()]
    if len(items) == count - 1:
        last = _outside(items[-1], "和及与")
        if len(last) == 2 and all(part.strip() for part in last):
            items[-1:] = [part.strip() for part in last]
    if items:
        items[0] = _LEADING.sub("", items[0]) or items[0]
    return items


def _outside(words: str, marks: str) -> list[str]:
    """Split at marks that stand in no brackets or quotes."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(words):
        if character in "（(《“":
            depth += 1
        elif character in "）)》”":
            depth -= 1
        elif character in marks and depth == 0:
            parts.append(words[start:at])
            start = at + 1
    return [*parts, words[start:]]
