"""What a quantity counts, in the table's words: the phrase around the number."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reporting.language.comparators import Comparator
from reporting.language.lexicon import lexicon
from reporting.language.periods import read_period, times_in
from reporting.language.quantities import Quantity
from reporting.language.quantity_context import clause_end, clause_of
from reporting.language.quantity_units import NUMBER, UNIT
from reporting.periods import quarter_of_month

# 甲工程一季度完成: the quarter is the figure's, not the thing's.
_BEHIND_INNER_TIME = re.compile("(?:分别|累计|计划|力争|确保)*(?:完成|实现|达到?|新增)|$")
_ITEM = re.compile(
    "^(?:[（(]\\d{1,2}[)）][.．、]?|\\d{1,2}[)）.．、](?!\\d)|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[)）]"
    "|[一二三四五六七八九][是要])"
)
_LEADING = re.compile(
    "^(?:、|其中|即$|四个季度|分别|"
    "同时|以及|的|力争|争取|力促|确保|推动|计划(?!生育)|预计|拟(?!定)|实现|继续(?!教育)|持续|全面|全市(?!范围)|我市|全年度?|在?年内|"
    "今年|本年度?|累计|合计|共计|共(?![享建有富同治])|至少|不少于|将|再(?![生制造贷担融保犯利]|就业)|约(?![谈束])|近(?![视海])|当年|截至|各个?季度各?|"
    "20\\d\\d年|选定|遴选出?|遴选认定|成功(?!率))+"
)
_TRAILING = re.compile(
    "(?:[、和与：:为有近共各的]|(?<![惠普涉遍])及|大?(?<![签预条公契履违节集制])约|力争|争取|不少于|不低于|至少|不多于|不超过|超过|突破|高于|多于|大于|"
    "达到|达至|(?<!下)达|超|(?:控制|稳定|保持|维持|巩固)在|累计|合计|共计|分别|(?<!平)均|达成|实现|各|再|至|到|以|目标|确保)+$"
)
# 分别完成1、3和5万亩: the numbers before share the unit, and are no part of the name.
_NUMBERS_BEFORE = re.compile(f"(?:{NUMBER}[、和及与])+$")
_INTRODUCES = re.compile("(?<=..)(?:分别|累计|基本|全面|顺利)*(?:完成|实现|达到?)$")
_VERBS = (
    "完成|实现|达到|新增|新建|创建|累计|推进|推动|建设|建成|改造|开展|举办|组织|覆盖|引进|培育|打造|推出|提供|实施|"
    "启动|开工|动工|签约|落实|加快|开通|发放|认定|争取|力争|确保|支持|惠及|服务|培训|参加|整治|处置|完善|制定|编制|"
    "联动|对接|选定|遴选|支撑|纳入|带动|吸引|促成|引育|筹集|供给|建立|设立|改建|扩建|维修|升级|化解|消化|收储"
)
_VERB = re.compile(f"(?:全面|基本|继续|持续|再|新|分别|合计)?(?:{_VERBS})")
# What is done to a thing names it as little as 完成 does, but begins no phrase of its own.
_DONE = "更新|加装|安装|购置|投放|修复|治理|修缮|盘活|完工|竣工|封顶|并网|播种|种植|清理|排查"
_BARE = re.compile(
    f"(?:{_VERBS}|{_DONE}|任务|共|约|其中|每年|[每各]个?季度|每个?月|每周|全年|年内|分别|各|以上|指标|目标|计划"
    "|年度|按照?|的?进度(?:要求)?|全部|均)*"
)
_ALL_DONE = re.compile(f"(?:全部|均已?)(?:{_VERBS}|{_DONE})*")
_QUALITIES = re.compile("[^，。；\\d]{1,12}、[^，。；\\d]{1,20}的[^，。；、\\d]{2,10}$")
_LISTED_PLACES = re.compile(
    f"、(?P<place>[^，。；、\\d]{{1,16}}){NUMBER}(?P<unit>{UNIT})(?P<tail>[^，。；、：（\\d]{{2,16}})"
)
_BOUND = re.compile("[及或]?以[上内下]|左右|上下")
_STOP_AFTER = re.compile(
    "[，。；：、,;!！?？\n]|(?:1[0-2]|[1-9])月(?:底|末|[0-9]{1,2}日)(?:之?前)|以及|并(?!购)|和(?=[^、]{0,8}\\d)|及(?=[^、]{0,8}\\d)"
)
_KIND = re.compile(
    f"^(?:超过?|不少于|不低于)?{NUMBER}(?:(?:[-－~～至]|—+){NUMBER})?{UNIT}(?:以上)?"
)
_NOT_NAMING = re.compile(
    "完成|建设|新建|新增|开展|打造|推进|推动|实施|创建|培育|工作|任务|全市|全年|组织|剩余|其余"
)
_ACT = re.compile(
    "(?:新增|新|再)?(?:认定|建成|建设|建|改造|完成|引进|培育|打造|增加|开展|举办|组织|投入|安排|培训)"
)
_EACH_QUARTER = re.compile("(?:[一1][至到-][四4]|(?<![一二三四1-4]))季度末?[^，。；0-9]{0,8}$")
_WISH_BEFORE = re.compile("(?:力争|争取|确保|计划|预计)+")
_MONTHS_LISTED = re.compile(
    "(?<![0-9])(?:(?:1[0-2]|[1-9])月[底末份]?[、和])+(?:1[0-2]|[1-9])月(?:[底末份]|[0-9]{1,2}日)?"
    "(?:之?前)?[^。；0-9]{0,8}$"
)
OBTAINS = re.compile(
    "争取(?:到|上级|中央|国家|省级?|以上|各类|专项|政府|地方|预算内|项目|政策性|超长期|特别)*"
    "(?:资金|债券|专项债|国债|投资|额度|补助|经费|贷款)"
)
_CHANGES = "(?:增长|增加|下降|提高|提升|上升|减少|降低)"
CHANGE_ONLY = re.compile(
    f"(?:同比|同口径|[比较](?:年初|(?:上年|去年)(?:同期|末|底)?))?均?{_CHANGES}|占比?"
)
# Acts of which a goal has several, each with a figure: 新建8万亩、改造4万亩.
_APART = re.compile("(新建|改造|改建|扩建|拆除|维修)(?![、和及改扩提])")
# What is done to a thing step by step, each of which is counted by itself.
_DEED = re.compile(
    "开工|动工|启动|签约|封顶|竣工|完工|建成|投产|投用|投运|交付|验收|通车|认定|申报"
    "|前期|勘察|设计|招标|立项|可研|选址|征拆|摸排|评估"
)
_JOINING = re.compile("^(?:并(?![网购联轨])|含(?![量氧氮油水]))")
# 控制在同比双上升30%以内 is about 同比双上升.
_BOUND_INSIDE = re.compile("控制在(?=同比|较上年|比上年)")
_DOUBLED = re.compile("^(新增|新建|建成|完成|培育|引进)(.+)\\1$")
_PLANNED = re.compile("(?<=[一-龥])(?<![行动作施度展育资产招划])计划$")
_NAMES_ACT = re.compile(f"{_VERBS}|{_DONE}|{_DEED.pattern}|投资|销售|接待|宣讲|办理|新|建|增")
_STEPS = (
    "申报", "设计", "规划", "招标", "评估", "立项", "可研", "选址", "摸排", "储备", "前期", "认定",
    "签约", "动工|开工|启动",
)  # fmt: skip
# Units that name what they count: 新增2000床位.
_NOUN_UNIT = re.compile("(?:床|学|车|泊)位$|班列$")
_NUMERALS = "十一二三四五六七八九"
_MOST = 40


def measure_of(text: str, quantity: Quantity) -> str:
    """Name what a quantity counts; empty when its clause does not tell.

    Examples
    --------
    >>> from reporting.language.quantities import find_quantities
    >>> text = "引进2-3家链条关键企业，完成投资不少于50亿元。"
    >>> [measure_of(text, q) for q in find_quantities(text, 2023)]
    ['引进链条关键企业', '完成投资']
    """
    words = bare_words(text, quantity)
    if noun := _NOUN_UNIT.search(quantity.unit):
        return words if noun[0] in words else f"{words}{noun[0]}"
    if _BARE.fullmatch(words):
        return ""
    return words[:_MOST]


def bare_words(text: str, quantity: Quantity) -> str:
    """Return the words around a quantity, be it only a verb."""
    after = _after(text, quantity)
    before = _clean_before(text[quantity.clause : quantity.start])
    return before + (after or _shared_tail(text, quantity, before))


def _clean_before(words: str) -> str:
    words = _own_phrase(without_time(without_number(words)))
    words = _NUMBERS_BEFORE.sub("", words)
    reaching = lexicon().pattern("{}(?:至|到|为)$", "act")
    while (cut := _TRAILING.sub("", reaching.sub("", words)).rstrip(" \t　")) != words:
        words = cut
    words = re.sub(f"[由从]{NUMBER}{UNIT}$", "", words)
    words = re.sub("力争|不少于|不低于|至少|年内(?=[^，]*$)", "", words)
    words = words if OBTAINS.search(words) else words.replace("争取", "")
    words = words.strip("“”") if words.count("“") != words.count("”") else words
    return _as_named(words)


def _as_named(words: str) -> str:
    """Leave out what joins a name to its sentence: 并用好资金…, 含示范道路, 镇计划28个."""
    words = _JOINING.sub("", words)
    words = _BOUND_INSIDE.sub("", words)
    return _PLANNED.sub("", _DOUBLED.sub(r"\1\2", words))


def without_introduction(name: str) -> str:
    """Leave out a verb that only leads from a thing to its figure: 招商引资完成20亿元.

    Examples
    --------
    >>> without_introduction("招商引资完成"), without_introduction("目标完成")
    ('招商引资', '目标完成')
    """
    cut = _INTRODUCES.sub("", name)
    return name if _BARE.fullmatch(cut) else cut


def without_number(words: str) -> str:
    """Leave out the number of an item: （1）甲线."""
    return _ITEM.sub("", words.strip(" \t　"))


def without_time(words: str) -> str:
    """Leave out the words before a phrase that say when and how: 其中一季度.

    Examples
    --------
    >>> without_time("其中上半年完成投资")
    '完成投资'
    """
    for inner in reversed(times_in(words, None)):
        if inner.start and not inner.period.yearly and _BEHIND_INNER_TIME.match(words, inner.end):
            words = words[: inner.start] + words[inner.end :]
    while True:
        time = read_period(words, 0, None)
        cut = words[time.end :] if time and time.rule != "every" else words
        cut = _LEADING.sub("", cut)
        if cut == words:
            return words
        words = cut


def _own_phrase(words: str) -> str:
    """Leave out a phrase with a verb of its own before 力争: 启动建设争取完成…."""
    if OBTAINS.search(words):
        return words
    head, wish, tail = words.rpartition("争取") if "争取" in words else words.rpartition("力争")
    if wish and _VERB.match(head) and _VERB.match(tail):
        return tail
    return words


def _after(text: str, quantity: Quantity) -> str:
    """Return the noun behind a quantity; what says of what kind it is is passed over."""
    rest = text[quantity.end : quantity.stop]
    rest = re.sub("^[（(][^）)]*[）)]|[（(][^）)]*\\d[^）)]*[）)]", "", rest)
    rest = _KIND.sub("", rest).removeprefix("的").lstrip(" \t　")
    if _QUALITIES.match(rest):
        return rest[:_MOST]
    stop = _STOP_AFTER.search(rest)
    words = rest[: stop.start()] if stop else rest
    words = re.sub("[和及与、至到]$", "", words.strip(" \t　.．").removesuffix("以上"))
    words = "" if _ALL_DONE.fullmatch(words) else words
    return words[: words.index("（")] if words.count("（") > words.count("）") else words


def _shared_tail(text: str, quantity: Quantity, before: str) -> str:
    """Return the noun behind a list of places or verbs, each with its figure.

    So it is in 甲镇5公里、乙镇8公里堤防 and in 新建3座、改造5座公厕.
    """
    listed = _LISTED_PLACES.match(text, quantity.end)
    if listed is None or listed["unit"] != quantity.unit or _BOUND.fullmatch(listed["tail"]):
        return ""
    verbs = _VERB.fullmatch(listed["place"]) and _VERB.fullmatch(before)
    return listed["tail"] if verbs or not _VERB.match(listed["place"]) else ""


def alike(one: str, other: str) -> bool:
    """Tell whether two measures seem to count the same.

    They do when one holds the other, or when they share most of the pairs of characters of the
    shorter one.
    """
    sizes = [set(re.findall(f"{NUMBER}[万亿]*元", words)) for words in (one, other)]
    if all(sizes) and not sizes[0] & sizes[1]:
        return False  # 10亿元以上项目 are not 50亿元以上项目.
    if act_apart(one, other):
        return False
    one, other = (_NOT_NAMING.sub("", words) or words for words in (one, other))
    if one == other or (one in other and len(one) > 1) or (other in one and len(other) > 1):
        return True
    pairs = [{words[i : i + 2] for i in range(len(words) - 1)} for words in (one, other)]
    least = min(map(len, pairs))
    return least > 0 and len(pairs[0] & pairs[1]) >= max(1, 0.5 * least)


def is_step_to(one: str, goal: str) -> bool:
    """Tell whether a measure counts a step that the goal's does not: 申报 is not 建成."""
    return any(re.search(step, one) and not re.search(step, goal) for step in _STEPS)


def act_apart(one: str, other: str) -> bool:
    """Tell whether two measures begin with acts of which each is counted by itself.

    Examples
    --------
    >>> act_apart("新建农田", "改造农田"), act_apart("新改建学校", "改造学校")
    (True, False)
    """
    acts = [_APART.match(words) for words in (one, other)]
    return all(acts) and len({act[1] for act in acts if act}) > 1


def names_act(words: str) -> bool:
    """Tell whether words say that something is done."""
    return _NAMES_ACT.search(words) is not None


def is_act(words: str) -> bool:
    """Tell whether words are nothing but an act that is counted by itself: 新建, 改造提升."""
    return re.fullmatch(f"(?:{_APART.pattern})(?:提升|升级)?", words) is not None


def by_own_act(own: str, measures: Sequence[str]) -> str:
    """Name a figure that has an act only as others of its unit: 新建农田8万亩、改造4万亩.

    By the last measure that begins with that act, or else with it instead of another's.
    """
    if _APART.fullmatch(own) is None:
        return ""
    for measure in measures:
        if measure.startswith(own) and measure != own:
            return measure
    for measure in measures:
        if (act := _APART.match(measure)) and act.end() < len(measure):
            return own + measure[act.end() :]
    return ""


def deed_of(words: str) -> str:
    """Return the step that words speak of, such as 开工 or 建成; empty when of none."""
    deeds: list[str] = _DEED.findall(words)
    return deeds[-1] if deeds else ""


def restated(measure: str, own: str) -> str:
    """Name what is counted by another step than the measure's.

    Examples
    --------
    >>> restated("开工学校", "建成"), restated("学校", "建成")
    ('建成学校', '学校建成')
    """
    before, now = deed_of(measure), deed_of(own)
    return measure.replace(before, now) if before and now else f"{measure}{now}"


def _goes_by_quarters(text: str, at: int) -> bool:
    return _EACH_QUARTER.search(text, max(0, at - 12), at) is not None


def in_turn(text: str, quantities: Sequence[Quantity], year: int) -> dict[int, tuple[int, ...]]:
    """Give the quarters of figures listed by them: 四个季度分别办理1、2、3、4件.

    Months, or what counts on from January, may be listed in their stead: 3月、6月底前分别
    完成2、4件, 一季度、上半年分别完成2、4件.
    """
    quarters: dict[int, tuple[int, ...]] = {}
    for match in re.finditer("分别", text):
        figures = _run(text, quantities, match.end())
        times = _times_before(text, match.start(), year)
        if _goes_by_quarters(text, match.start()) and len(figures) == 4:
            times = [(1,), (2,), (3,), (4,)]
        if len(times) == len(figures) > 1:
            quarters |= {item.at: time for item, time in zip(figures, times, strict=True)}
    return quarters


def _times_before(text: str, at: int, year: int) -> list[tuple[int, ...]]:
    """Give the quarters that each time of a list right before a place names."""
    if months := _months_before(text, at):
        return [(quarter_of_month(month),) for month in months]
    start = clause_of(text, at)
    wish = _WISH_BEFORE.match(text, start)
    place, times = wish.end() if wish else start, list[tuple[int, ...]]()
    while period := read_period(text, place, year):
        times.append(period.quarters)
        if text[period.end : period.end + 1] not in ("、", "和"):
            break
        place = period.end + 1
    return times


def _months_before(text: str, at: int) -> list[int]:
    """Give the months that a list right before a place names."""
    listed = _MONTHS_LISTED.search(text, max(0, at - _MOST), at)
    return [int(month) for month in re.findall("([0-9]+)月", listed[0])] if listed else []


def compared_alike(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Let the word before the figures of a 分别 list compare each: 分别不低于30%、40%."""
    shared: dict[int, Comparator] = {}
    for match in re.finditer("分别", text):
        figures = _run(text, quantities, match.end())
        if figures and figures[0].start < figures[0].at:
            shared |= {figure.at: figures[0].comparator for figure in figures[1:]}
    return [
        item._replace(comparator=shared[item.at])
        if item.at in shared and item.comparator is Comparator.EQUAL
        else item
        for item in quantities
    ]


class Unpaired(NamedTuple):
    """A list under 分别 whose figures do not pair with its items.

    ``items`` counts the items, ``figures`` are the offsets of the numbers.
    """

    items: int
    figures: tuple[int, ...]
    words: str


def paired(
    text: str, quantities: Sequence[Quantity], year: int
) -> tuple[dict[int, str], list[Unpaired]]:
    """Pair the figures of every 分别 list with its items, in order.

    Returns
    -------
    names : dict
        Measure by the offset of a figure's number.
    unpaired : list of Unpaired
        The lists whose counts differ, or whose items can be told apart in two ways.
    """
    names: dict[int, str] = {}
    unpaired: list[Unpaired] = []
    for match in re.finditer("分别", text):
        figures = _run(text, quantities, match.end())
        if len(figures) < 2:
            continue
        if _goes_by_quarters(text, match.start()) and len(figures) == 4:
            continue
        if len(_times_before(text, match.start(), year)) == len(figures):
            continue
        start = clause_of(text, match.start())
        items, verb = _items(text, match, figures, quantities, names)
        if len(items) == len(figures):
            tail = _after(text, figures[-1])
            names |= {
                figure.at: f"{item}{verb}{tail}"
                for figure, item in zip(figures, items, strict=True)
            }
        else:
            places = tuple(figure.at for figure in figures)
            unpaired.append(Unpaired(len(items), places, text[start : figures[-1].end]))
    return names, unpaired


def bare_lists(text: str, quantities: Sequence[Quantity]) -> list[Unpaired]:
    """Give the lists of figures of one unit that have no word beside them: 三季度94%、95%."""
    lists: list[Unpaired] = []
    for quantity in quantities:
        clause = clause_of(text, quantity.start)
        words = text[clause : quantity.start].strip()
        if words not in ("", "累计") or "分别" in text[clause : quantity.at]:
            continue
        figures = _run(text, quantities, quantity.at)
        rest = text[figures[-1].end : clause_end(text, figures[-1].end)]
        units = {figure.base_unit for figure in figures}
        if len(figures) > 1 and len(units) == 1 and not rest.strip():
            places = tuple(figure.at for figure in figures)
            lists.append(Unpaired(0, places, text[quantity.start : figures[-1].end]))
    return lists


def _items(
    text: str,
    match: re.Match[str],
    figures: Sequence[Quantity],
    quantities: Sequence[Quantity],
    names: Mapping[int, str],
) -> tuple[list[str], str]:
    """Return the items of a 分别 list, and the words that go with each.

    They stand before it, behind it (分别新认定甲、乙30家和200家), or are the figures of the
    sentence before (接待游客100万人次，收入20亿元，分别增长10%、12%). 城乡 is two, in that order.
    """
    start, count = clause_of(text, match.start()), len(figures)
    verb = _clean_before(text[match.end() : figures[0].start])
    items = split_items(text[start : match.start()], count)
    if len(items) == 1 and count == 2 and "城乡" in items[0]:
        items = [items[0].replace("城乡", side, 1) for side in ("城镇", "农村")]
    if items:
        return items, verb
    behind = split_items(verb, count)
    if len(behind) > 1:
        leading = _ACT.match(behind[0])
        act = leading[0] if leading else ""
        return [behind[0], *(act + item for item in behind[1:])], ""
    sentence = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
    before = [q for q in quantities if sentence <= q.at < start]
    return [names.get(q.at) or measure_of(text, q) for q in before], verb


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
    """Split an enumeration into items; 和 and its like join the last two.

    Examples
    --------
    >>> split_items("东桥、西桥和北桥三个项目", 3)
    ['东桥', '西桥', '北桥']
    """
    items = [part.strip() for part in _outside(words, "、") if part.strip()]
    if items:
        last = [part.strip() for part in _outside(items[-1], "和及与")]
        if len(last) == 2 and all(last):
            items[-1:] = last
        items[0] = _LEADING.sub("", items[0]) or items[0]
        items[-1] = (
            re.sub(
                f"(?:{_NUMERALS[len(items) % 10]}|{len(items)})[个条大家项][一-龥]{{1,6}}$",
                "",
                items[-1],
            )
            or items[-1]
        )
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
