"""What makes a number something else than a promised quantity: the words around it."""

import re
from functools import lru_cache

from reporting.language.acts import act_before, better_of
from reporting.language.quantity_units import (
    DEGREES,
    NUMBER,
    TIMES,
    UNIT,
    is_size,
    read_number,
    to_base,
)

# Where text goes on without a break, what is far away no longer tells anything; looking there
# would take time that grows with the square of the text.
LONGEST_CLAUSE = 400
LONGEST_SENTENCE = 2000
_WORDS_BEFORE = 24
BREAKS = "，。；：,;!！?？\n"
_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "〔": "〕", "【": "】"}
# Three capitals and more name a thing that is counted (AED40台), fewer are a code (PM10).
_CODE_BEFORE = re.compile(r"(?<![A-Z]{2})[A-Z]$|[a-z+＋×/·.．_±]$|\d[-－]$")
_CODE_AFTER = re.compile(
    r"[A-Za-z+＋×_]|周岁|岁|后(?!续)|号|年(?![内底初末终产均度])|月(?![度底末均])|日(?![均常前])"
    r"|时(?![间限])|届|级(?!台阶)|强(?!化)|版|倍速"
)
# 5个/20亿元: the stroke parts two figures.
_BESIDE = re.compile(f"{NUMBER}(?:{UNIT})(?:以上)?/$")
# Ages say whom something is for (60岁老人), but for the two that are goals themselves.
_LIFE = re.compile("寿命[^，。；、岁]{0,8}$|平均年龄[^，。；、岁]{0,8}$")
_ORDINAL = re.compile("(?:[第每逢]|(?<![底末月日号年季度之以])前)[ \t　]*$")
_SPAN_OF_TIME = re.compile("月|季度|学期|星期|小时|年度|自然日")
_STAGE = re.compile("工程|项目|建设|用地|厂房|改造|扩建|地块|标段")
_DESCRIBES = re.compile(
    "(?:总长度?|全长|长约|总投资额?|占地(?:面积)?|总面积|总建筑面积|(?:建设|用地|工程)规模|库容|高约|宽约|满分|单价"
    "|可?容纳|[日年](?:处理|产|供水|加工|发电))"
    "(?:约|为|近|共|：)?$"
)
# 建筑面积5万平方米的中心: so big is the thing; but 改造面积8万平方米的任务 is promised.
_DIMENSION = re.compile("(?:面积|[长宽高深厚]|容积|容量|装机|规模)(?:约|为|近|达)?$")
# 投资3亿元的变电站 is that dear; 完成投资3亿元的任务 is promised.
_COSTS = re.compile(
    "^(?:其中|启动|推进|推动|加快|确保|计划|概算|预计|一期|[，、])*投资(?:额)?(?:约|达|超)?$"
)
_OF_A_THING = re.compile(
    f"(?:以上)?(?:[、，][^，。；、\\d]{{0,4}}{NUMBER}[^，。；、\\d的]{{1,6}})*"
    "的(?![^，。；]{0,4}(?:目标|任务|计划|指标|工作|要求))"
)
# 10万人死亡率: the number is what the rate is reckoned by.
_HEADS = re.compile("10{0,2}[千万亿](?:人|名|户|辆)")
_RATE = re.compile("[^，。；：、\\d的]{0,6}(?:(?:死亡|伤亡|发病|患病|发案|事故|犯罪)率|拥有量)")
# 站点500米覆盖率, 15分钟生活圈: how far something reaches.
_REACH = re.compile(
    "(?:范围|半径|步行|服务|便民|社区)*(?:以?内)?(?:覆盖|[^，。；\\d]{0,6}圈|半径|范围)"
)
_BELOW_ZERO = re.compile("(?:[-－—]|零下)$")
_AGAINST = "(?<![比较与对同在以])"
_PAST = re.compile(f"{_AGAINST}(?:上年|去年|上一?年度)(?!基础)")
_NEXT_YEAR = re.compile(
    "(?<![0-9一两二三四五几多])次年(?![度会检审])|[明翌]年|(?<!年)来年(?!均)|下一年(?!龄)|下年度"
)
_YEAR = re.compile(f"{_AGAINST}(20\\d\\d)年(?!基础)")
_BY_YEAR = re.compile(
    "到(20\\d\\d)年|(20\\d\\d)年(?:底|末|\\d{1,2}月(?:底|末|份|\\d{1,2}日)?|[上下]半年|汛期)?之?前"
    "|^(?:力争|争取|计划|预计|确保|拟|将)*(20\\d\\d)年(?=实现|建成|完成|达|力争|形成|通车|投[产用]|突破|底|末|\\d{1,2}月)"
)
_YEARS = re.compile("(20\\d\\d)年?[-－—–~～至到]+(20\\d\\d)年")
_SEVERAL_YEARS = re.compile(
    "(?<![续近每第0-9])[两二三四五六2-6]年(?:内|计划|共|累计|培育|建成|新增|新建|建设|完成|实现|改造|引进|打造|力争|达|时间)"
)
_READIES = re.compile("谋划|储备|编制|制定|申报|申请|征集|筛选|策划|下达|上报|提前|安排|梳理|确定")
_BY_PLAN = re.compile('十([四五六七八])五[”"’]?(?:时期|期间|期末|规划期|末)')
_THIS_YEAR = re.compile("今年|本年|年内|全年|当年")
_EXISTING = re.compile(
    "(?:[对向](?:全市|我市|全县|全区|辖区内?|市内|市级|现有|其余|上述)*(?:的)?|现有|原有|已有|上述|(?<!第)一批|若干)$"
)
_FROM = re.compile("[由从](?:目前|现在|原来|当前|上年|去年)?的?$")
_RISES = re.compile(
    "[^，。；\\d]{0,4}(?:提高|提升|增加|增长|上升|下降|降低|扩大|扩|减少|压减|压缩|缩短|增|升|降|减)"
)
# 从每人每月574元、271元分别提高到609元、300元: what it rose from is a list as well.
_FROM_LIST = re.compile(
    f"[由从](?!业)(?:目前|现在|原来|当前|上年|去年)?的?(?:每[^，。；：\\d]{{1,6}})?"
    f"(?:{NUMBER}(?:{UNIT})[、和])*$"
)
_RISES_FROM_LIST = re.compile(
    f"(?:[、和]{NUMBER}(?:{UNIT}))*(?:分别|统一)?(?:提高|提升|增加|增长|上升|下降|降低|扩大|减少"
    "|压减|压缩|缩短|调整)[至到为]"
)
_QUALIFIES = re.compile("的[^，。；、\\d]{1,10}(?:达|占|率|为)")
_PART = re.compile("其中|含|包括|包含|不含|力争|争取|完成|不少于|达到|新增|累计")
_ONE_PART = f"[^，。、；：\\d（）()]{{1,12}}{NUMBER}(?:{UNIT})"
# 新增学位900个（小学500个、初中400个）: at least two parts, each with its figure.
_LISTS_PARTS = re.compile(f"{_ONE_PART}(?:[、，；和]{_ONE_PART})+[）)]")
# 改造5000户（3月底前1000户，6月底前2500户）: the steps to a figure, by their times.
_TIME = (
    "(?:截?[至到])?(?:\\d{1,2}月|第?[一二三四1-4]季度|[上下]半年|前三季度)"
    "[^，。；、：\\d（）()]{0,8}"
)
_BY_TIMES = re.compile(f"{_TIME}{NUMBER}(?:{UNIT})[、，；]{_TIME}{NUMBER}")
_FIGURE_BEFORE = re.compile(f"(?P<number>{NUMBER})(?P<unit>{UNIT})(?:以上)?$")
_NAMED_PART = re.compile(
    f"(?P<name>[^，。；：、\\d（）()]{{2,12}})(?P<number>{NUMBER})(?P<unit>{UNIT})(?:以上)?[）)]"
)
_PACE = re.compile("[月季]度|每个?[月季周]|[月季]均")
_NAMED_SHARE = re.compile(
    f"[^，。；：、\\d（）()]{{0,8}}(?:率|占比|比重|比例)[^，。；：、\\d（）()]{{0,4}}{NUMBER}[%％‰]"
)
_COMPARED = re.compile("(?:不[低少高多]于|不?超过?|达到?|突破|[低高]于|控制在|[≥≤])$")
# What stands beside the figure, and is no part of it.
_OTHER_FIGURE = re.compile(
    "总|计划|目标|任务|[上去今本全]年|同期|原|已|现有|在建|存量|占|增|平均|人均|单价|剩余|尚|投资额"
)
_ONE_FIGURE = re.compile(f"(?:即|约)?{NUMBER}(?:{UNIT})[）)]")
_MONEY = re.compile(
    "资金|投资|收入|贷款|融资|税|补贴|补助|奖|产值|债|成交|销售|采购|金?额|费|款|基金|券|支出|成本|规模"
)
_HOLDER = re.compile(
    "项目|企业|工程|商户|集群|产业|楼宇|园区|主体|公司|大户|订单|单位|客户|街区|平台"
)
_KIND_BELOW = re.compile("[一-龥](?<![并且和及与或])")
# What a plant, a school or a hall can do or hold, right behind 新建: 新建24班小学1所.
_CAPACITY = re.compile(
    "[十百千万亿]*(?:班|座|床位?|张|吨|立方米|方|兆瓦|千瓦|千瓦时|MW|GW|kW|千伏安|标箱)(?:/[日天年时小]+)?"
)
_COUNTED = re.compile("[家个所座处条项栋幢台套艘间]")
_MADE = re.compile("(?:建设|新建|建成|改建|扩建|新增|投用|建|、|和|及)$")
_LIMITED = re.compile("(?:控制|压减|压缩|降低?|减少)[在到至]?$|低于$|少于$|不超过$")
# 3个工作日办结 promises how long it takes.
_SETTLED = re.compile("[以之]?内?(?:办结|办完|办妥|出证|答复|反馈)")
_TIME_NOUNS = re.compile("时限|时间|时长|天数|周期|工期|压|缩|提速|减少|课时|学时")


@lru_cache(maxsize=4096)
def quoted(text: str) -> frozenset[int]:
    """Give the offsets inside titles and quotation marks."""
    covered: set[int] = set()
    for opening, closing in _PAIRS.items():
        for match in re.finditer(f"{opening}[^{closing}]*{closing}", text):
            covered.update(range(*match.span()))
    return frozenset(covered)


@lru_cache(maxsize=8192)
def clause_of(text: str, at: int) -> int:
    """Return where the clause of a place begins; brackets are a clause of their own."""
    place, depth = at, 0
    while place > max(0, at - LONGEST_CLAUSE) and (depth or text[place - 1] not in BREAKS):
        sign = text[place - 1]
        if sign in "）)":
            depth += 1
        elif sign in "（(":
            if not depth:
                break
            depth -= 1
        elif sign in "。；\n":
            break
        place -= 1
    return place


@lru_cache(maxsize=8192)
def clause_end(text: str, at: int) -> int:
    """Return where the clause of a place ends; brackets are a clause of their own."""
    depth, last = 0, min(len(text), at + LONGEST_CLAUSE)
    while at < last and (depth or text[at] not in BREAKS) and text[at] not in "。；\n":
        if text[at] in "（(":
            depth += 1
        elif text[at] in "）)":
            if not depth:
                break
            depth -= 1
        at += 1
    return at


def is_name(text: str, start: int, end: int, unit: str, year: int) -> bool:
    """Tell whether a number is a date, an ordinal, a code, or tells of another year."""
    before = text[max(0, start - _WORDS_BEFORE) : start]
    clause = text[clause_of(text, start) : start]
    coded = _CODE_BEFORE.search(before) and not _BESIDE.search(before)
    if coded or _CODE_AFTER.match(text, end) or _ORDINAL.search(before):
        return True
    if unit == "岁" and not _LIFE.search(clause):
        return True
    if _is_list_of_numbers(clause) or _is_unit_of_another_kind(text, end, unit):
        return True
    first = max(0, start - LONGEST_SENTENCE)
    sentence = text[max(text.rfind(stop, first, start) for stop in "。；\n") + 1 or first : start]
    return _of_another_year(clause, year) or _due_later(sentence, year)


def _is_list_of_numbers(clause: str) -> bool:
    """Tell whether bare numbers stand before (1、3、5分钟), unless 分别 makes them figures."""
    return "分别" not in clause and bool(re.search(f"{NUMBER}[、/]$", clause))


def _is_unit_of_another_kind(text: str, end: int, unit: str) -> bool:
    """Tell whether what looks like a unit is a span of time, a stage or a pair."""
    if unit == "个":
        bare = re.compile(f"{NUMBER}(?![0-9０-９.％%]|[一-龥])").match(text, end)
        return bool(_SPAN_OF_TIME.match(text, end) or bare)
    if unit in ("期", "批"):
        return bool(_STAGE.match(text, end))
    return unit == "对" and text[end : end + 1].isdecimal()


def _of_another_year(clause: str, year: int) -> bool:
    """Tell whether a clause speaks of a year gone by, of one to come, or of several together.

    What is to be made ready this year for the next counts (谋划2025年项目10个).
    """
    if _PAST.search(clause) or _SEVERAL_YEARS.search(clause):
        return True
    if _NEXT_YEAR.search(clause) and not _READIES.search(clause):
        return True
    if any(int(first) <= year <= int(last) for first, last in _YEARS.findall(clause)):
        return False
    years = [int(found) for found in _YEAR.findall(clause)]
    if not years or year in years:
        return False
    return years[-1] < year or not _READIES.search(clause)


def _due_later(sentence: str, year: int) -> bool:
    """Tell whether a sentence's deadline is after this year; 今年 or the year itself ends it."""
    later = False
    for clause in re.split("[，,；;]", sentence):
        deadlines = [int(found) for mark in _BY_YEAR.findall(clause) for found in mark if found]
        deadlines += [_last_year_of(plan) for plan in _BY_PLAN.findall(clause)]
        if deadlines:
            later = deadlines[-1] > year
        elif _THIS_YEAR.search(clause) or str(year) in clause:
            later = False
    return later


def _last_year_of(plan: str) -> int:
    """Return the last year of a five-year plan: 2025 of 十四五."""
    return 2025 + 5 * ("四五六七八".index(plan))


def is_kind(before: str, unit: str, between: str, next_unit: str | None) -> bool:
    """Tell whether a size says of what kind the things are that the next quantity counts.

    So it is in 超10亿元项目5个, 超10亿元5个 and 新建24班小学1所: a size, the thing, and the
    count of it; and in a time within which a share is done.
    """
    if next_unit is None:
        return False
    if TIMES.fullmatch(unit):
        return bool(re.fullmatch("[以之]?内[^，。；：、\\d\\n]{1,16}", between))
    if _CAPACITY.fullmatch(unit) and _COUNTED.fullmatch(next_unit):
        return bool(_MADE.search(before) and re.fullmatch("的?[^，。；：、\\d\\n]{1,12}", between))
    if not is_size(unit) or is_size(next_unit):
        return False
    explicit = re.search("(?:超过?|不少于|不低于)$", before) or between.startswith("以上")
    return bool(explicit and re.fullmatch("(?:以上)?的?[^，。；：、\\d\\n]{0,16}", between))


def describes(text: str, at: int, end: int, unit: str, explicit: bool) -> bool:
    """Tell whether a quantity only says of what kind something is, or how much there is."""
    clause = clause_of(text, at)
    words = text[clause:at]
    if _EXISTING.search(words) and not text[at:end].endswith("以上"):
        return True
    if _FROM.search(words) and _RISES.match(text, end):
        return True
    if _FROM_LIST.search(words) and _RISES_FROM_LIST.match(text, end):
        return True
    measured = is_size(unit) or TIMES.fullmatch(unit)
    if _REACH.match(text, end) and (TIMES.fullmatch(unit) or unit in ("米", "公里")):
        return True
    if unit in DEGREES and _BELOW_ZERO.search(words):
        return True
    if not explicit and _is_reckoned_by(text, at, end):
        return True
    if _DESCRIBES.search(words) or (measured and _QUALIFIES.match(text, end)):
        return True
    if _DIMENSION.search(words) and is_size(unit) and _OF_A_THING.match(text, end):
        return True
    if _COSTS.search(words) and "元" in unit and _OF_A_THING.match(text, end):
        return True
    bracketed = text[clause - 1 : clause] in ("（", "(")
    if bracketed and not any(
        (
            _PART.match(text, clause),
            _LISTS_PARTS.match(text, clause),
            _restates(text, clause),
            _is_part_of(text, clause),
            explicit and _is_share_of(text, clause),
            _BY_TIMES.match(text, clause),
        )
    ):
        return True
    if TIMES.fullmatch(unit) and (text[at : at + 2] == "24" or not explicit):
        act = act_before(words)
        changed = act is not None and act.to
        told = changed or better_of(words, "") == "lower" or _is_all(text, at, end)
        return not (told or _TIME_NOUNS.search(words) or _SETTLED.match(text, end))
    if is_size(unit) and text[at:end].endswith("以下") and _KIND_BELOW.match(text, end):
        return not _LIMITED.search(words)  # 消除10万元以下薄弱村
    if is_size(unit) and re.match("的", text[end:]) and text[at:end].endswith(("以上", "以下")):
        return True
    return (
        "元" in unit and "/" not in unit and _has_money_as_size(text[end : clause_end(text, end)])
    )


def _is_all(text: str, at: int, end: int) -> bool:
    """Tell whether a figure is all that a text says: 一季度：7.8天."""
    return not (text[:at] + text[end:]).strip("，。；;、 \t\n")


def _is_reckoned_by(text: str, at: int, end: int) -> bool:
    """Tell whether a round number of heads is what a rate is reckoned by: 10万人死亡率."""
    heads = _HEADS.fullmatch(text, at, end)
    return heads is not None and _RATE.match(text, end) is not None


def _restates(text: str, clause: int) -> bool:
    """Tell whether a bracket gives a share as a figure: 完成60%（3万亩）."""
    share = text[clause - 2 : clause - 1] in ("%", "％")
    return share and _ONE_FIGURE.match(text, clause) is not None


def _is_part_of(text: str, clause: int) -> bool:
    """Tell whether a bracket names a part of the figure before it: 30亿元（工业投资18亿元）."""
    before = _FIGURE_BEFORE.search(text, max(0, clause - _WORDS_BEFORE), clause - 1)
    part = _NAMED_PART.match(text, clause)
    if before is None or part is None or _OTHER_FIGURE.search(part["name"]):
        return False
    if _PACE.search(part["name"]):
        return False  # 80家（每月10家） holds no part.
    whole, own = (to_base(read_number(m["number"]), m["unit"]) for m in (before, part))
    return whole[1] == own[1] and own[0] < whole[0]


def _is_share_of(text: str, clause: int) -> bool:
    """Tell whether a bracket names a share of the figure before it: 30亿元（税收占比70%以上）."""
    before = _FIGURE_BEFORE.search(text, max(0, clause - _WORDS_BEFORE), clause - 1)
    return before is not None and _NAMED_SHARE.match(text, clause) is not None


def is_untold(text: str, clause: int) -> bool:
    """Tell whether a bracket right behind a figure holds one that is passed over: （团队10个）."""
    before = _FIGURE_BEFORE.search(text, max(0, clause - _WORDS_BEFORE), clause - 1)
    part = _NAMED_PART.match(text, clause)
    if before is None or part is None or _OTHER_FIGURE.search(part["name"]):
        return False
    if is_size(part["unit"]) or TIMES.fullmatch(part["unit"]) or _PART.match(text, clause):
        return False
    compared = _COMPARED.search(part["name"]) and _is_share_of(text, clause)
    return not compared and not _is_part_of(text, clause)


def _has_money_as_size(words: str) -> bool:
    """Tell whether a sum of money is the size of a thing: of a project, not of a fund."""
    words = re.match("的?([^、（(\\d]*)", words)[1]  # type: ignore[index]
    holder, money = _HOLDER.search(words), _MONEY.search(words)
    if holder is None:
        return False
    return money is None or holder.start() <= money.end()
