"""What a target's value counts: since January, in the quarter alone, or a state.

The words around it tell; where they do not, arithmetic with the year's goal does.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reporting.language.acts import act_before
from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.language.lexicon import lexicon
from reporting.language.periods import ALL_QUARTERS, Mention, Period, times_in
from reporting.language.quantities import Quantity
from reporting.language.quantity_context import LONGEST_SENTENCE, clause_of
from reporting.language.quantity_units import DEGREES, NUMBER, SHARES, STANDING, TIMES, UNIT
from reporting.plan.targets.measures import alike
from reporting.plan.values import Basis, Milestone
from reporting.values import Value

_STOPS = "。；;\n"
_STATE = re.compile(
    "(?:率|覆盖面|(?:总|通车|运营)里程|(?:电力|总)装机|装机(?:总?容量|规模)|总市值|总量|总数|保有量|蓄积量|存量|拥有量|在校生|在册|(?:注册|活跃)用户|用户数|粉丝|余额|占比|比例|比重|密度|浓度|人口|市场主体)"
    "(?:总?数量?|规模|人数)?(?:达到?|约|为|至)*$"
    "|(?:稳定|保持|维持|巩固)在(?:约|近)?$"
)
# 新增市场主体500户 is what is added, however the stock itself is counted.
_ADDED = re.compile("净增|完成|新(?:增|建|改建|开通|通车|设|登记|注册|发展|培育)")
_NEW = re.compile("净?新增|净增")
_PER_HEAD = re.compile(
    "人均|亩均|户均|[万亿]元(?:GDP|地区|国内|工业|产值|增加值)|每[十百千万]*(?:[人户亩]|名[^，。；\\d新增]{1,10}(?:拥有|配备|医师|护士|床位|数$))|每[次场期批轮]|每(?:立方米|平方公里|升)|[百千万]人口|单位(?:GDP|地区|国内|面积|产值|工业|增加值|产品)|存栏|日均|(?<!新增)日(?:处理|供[水气热电]|产|接待)[^，。]{0,6}[量力]|补助标准|保障标准"
)
_EACH_TIME = re.compile(
    "每(?:个?月|周|个?季度|日|天)|各个?季度(?!分别|累计)|[、和][0-9]{1,2}月份?各(?![项类级种])"
)
# 5月、11月各举办1期: the months are the label, and 各 says each of them.
_EACH_OF_LABEL = re.compile("各(?=举办|完成|开展|组织|召开|实施|新增|培训|[0-9])")
_STOCK = re.compile("(?:规模|总?数量?|对象|总计|存量)$")
_SCALE_OF = re.compile("(?:规模|总数|总量)$")
EVENT = re.compile(
    "(?<![高创])新(?![技能兴区材质型城])|完成|开展|举办|服务|动员|申报|认定|培训|签约|发放|建|引进|促成|组织|实现|整治|改造|累计"
)
_YEARS_SUM = re.compile(
    "(?:总额|总值|产值|规模|货值|贸易额|营业额|销售额|投资额|成交额|收入)[^，。；]{0,3}$"
)
_BRACKET = re.compile("[（(][^（()）]*[）)]")
# 完成全年目标20亿元 names the year's sum; 全年任务的80% and 全年任务分解 do not.
_YEARS_TASK = re.compile("全年[^，。；\\d]{0,6}(?:目标|任务|计划)(?:约|共|达到?)?$")
_IN_THE_YEAR = re.compile("全年(?!任务|目标|计划)|年内|今年|年底|本年")
_FOR_THE_YEAR = re.compile("全年(?!任务|目标|计划)")
# 占全年20% and 完成全年的20% are what a quarter does of the year's.
_RATE_OF_THE_YEAR = re.compile("(?<!占)全年(?!的|[0-9０-９])")
_PLANNED_OF_THE_YEAR = (
    "(?:全年|年度)[^，。；、\\d]{0,8}{}的?(?:约|近|过|达到?|超过?|不低于|不少于)?$"
)
_LIST_REACHES = re.compile(f"分别(达[到至]?)(?:{NUMBER}(?:{UNIT})[、和])+$")
_CONTINUED = re.compile("的|以来|后")
_FIGURE = re.compile(f"{NUMBER}(?:{UNIT})")
_REACHED = (Comparator.AT_LEAST, Comparator.MORE_THAN)


class Counted(NamedTuple):
    """What a value counts, whether words tell, by which rule, and of a span from when on."""

    basis: Basis
    stated: bool
    rule: str
    counts_from: int | None = None


class Reading(Value):
    """A quantity with its reading, before ids and links.

    ``stated`` says that words, not arithmetic, tell the basis; ``running`` that they say 累计,
    ``part`` that they say 其中; ``by_point`` that its label names a point in time (6月底前,
    二季度末), ``then_all`` that a later milestone, with no figure, is to complete the rest,
    ``of_plan`` that it is a share of what is to be done. ``counts_from`` is the first of several
    quarters that it counts together; the rest is as in `Target`.
    """

    milestone: Milestone | None
    quarter: int
    measure: str
    quantity: Quantity
    offset: int
    basis: Basis
    stated: bool
    running: bool
    aspirational: bool
    part: bool = False
    by_point: bool = False
    then_all: bool = False
    of_plan: bool = False
    basis_rule: str = ""
    basis_certainty: Certainty = Certainty.INFERRED
    counts_from: int | None = None
    direction: Direction = Direction.HIGHER
    certainty: Certainty = Certainty.STATED
    direction_rule: str = ""

    def in_chain_of(self, other: "Reading") -> bool:
        """Tell whether two figures of one source count the same in one workstream."""
        return (
            (self.milestone is None) == (other.milestone is None)
            and is_whole_year(self) == is_whole_year(other)
            and self.quantity.base_unit == other.quantity.base_unit
            and self.workstream == other.workstream
            and alike(self.measure, other.measure)
        )

    @property
    def workstream(self) -> str | None:
        """The workstream of its milestone."""
        return self.milestone.workstream if self.milestone else None


def sentence_before(text: str, at: int) -> str:
    """Return the words of the sentence before a place."""
    first = max(0, at - LONGEST_SENTENCE)
    start = max(text.rfind(stop, first, at) for stop in _STOPS) + 1
    return text[start or first : at]


def is_for_the_year(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure in a quarter's text is the whole year's: 二季度，力争全年…."""
    words = text[clause_of(text, quantity.at) : quantity.at]
    if quantity.unit not in SHARES:
        return _FOR_THE_YEAR.search(words) is not None
    if lexicon().pattern(_PLANNED_OF_THE_YEAR, "planned").search(words):
        return False
    return _RATE_OF_THE_YEAR.search(words) is not None


def time_of(text: str, quantity: Quantity, milestone: Milestone | None, year: int) -> Period | None:
    """Give the time that a figure's own words name: 其中一季度3亿元、9月底前5亿元.

    The last words that name any count, unless they only say of what kind a thing is
    (一季度开工的项目); those of the whole year do not. What is listed behind a figure is due
    with it: 一季度开工20个、竣工15个. Under a quarter's label a month tells when something is
    done in it, unless it is a limit.
    """
    times = times_in(text, year)
    labelled = milestone is not None and len(milestone.quarters) < len(ALL_QUARTERS)
    if named := _last_named(text, quantity.clause, quantity.start, times, labelled=labelled):
        return named
    if _IN_THE_YEAR.search(text[quantity.clause : quantity.start]):
        return None
    clause = clause_of(text, quantity.start)
    return _last_named(text, clause, quantity.start, times, labelled=labelled)


def _last_named(
    text: str, start: int, end: int, times: Sequence[Mention], *, labelled: bool
) -> Period | None:
    """Give the last time that is named between two places."""
    for time in reversed(times):
        period = time.period
        if not start <= time.start < time.end <= end or period.yearly:
            continue
        if labelled and period.rule == "month" and not period.point:
            continue
        if not _CONTINUED.search(text[time.end : end]):
            return period
    return None


def is_whole_year(item: "Reading") -> bool:
    """Tell a goal's figure for the year from one of its parts: 全年20亿元，其中上半年8亿元."""
    return item.milestone is None and item.quarter == 4 and item.basis is not Basis.IN_QUARTER


def basis_of(
    text: str,
    quantity: Quantity,
    quarters: Sequence[int] | None,
    measure: str,
    time: Period | None = None,
) -> "Counted":
    """Tell what a value due in some quarters counts, and whether the words say so.

    ``quarters`` are those of its label, None for the year's goal; ``time`` is what the figure's
    own words name, so that 全年 at the sentence's head is not said of it. Up to a point in time
    things are counted from January on.
    """
    if time:
        quarters = time.quarters
    if _is_state(text, quantity) or _PER_HEAD.search(measure):
        return Counted(Basis.LEVEL, True, "state")
    if _EACH_TIME.search(text[clause_of(text, quantity.start) : quantity.start]):
        return Counted(Basis.IN_QUARTER, True, "each-time")
    if quarters and clause_of(text, quantity.start) == 0 and _EACH_OF_LABEL.match(text):
        return Counted(Basis.IN_QUARTER, True, "each-of-label")
    clause = text[clause_of(text, quantity.start) : quantity.start]
    if quarters is None or len(quarters) == 4 or _ends_the_year(time):
        return Counted(Basis.CUMULATIVE, True, "year")
    if is_running(text, quantity):
        return Counted(Basis.CUMULATIVE, True, "running")
    if _YEARS_SUM.search(clause) and quantity.comparator in _REACHED:
        return Counted(Basis.CUMULATIVE, True, "years-sum")
    if time is None and _is_of_the_year(text, quantity):
        return Counted(Basis.CUMULATIVE, True, "of-the-year")
    if time and time.point:
        return Counted(Basis.CUMULATIVE, False, "up-to-a-point")
    if len(quarters) > 1 and quarters[0] == 1:
        # 上半年 and 前三季度 count from January whatever the words.
        return Counted(Basis.CUMULATIVE, False, "from-january")
    if len(quarters) > 1:
        return Counted(Basis.IN_QUARTER, False, "span", quarters[0])
    return Counted(Basis.IN_QUARTER, False, "label")


def _ends_the_year(time: Period | None) -> bool:
    """Tell whether a time is the year's end, by which all of the year's is counted."""
    return time is not None and time.rule == "year-point" and time.quarters == (4,)


def _is_of_the_year(text: str, quantity: Quantity) -> bool:
    """Tell whether 全年 governs a figure: in its clause, or in one before that has no figure.

    In 全年实现800亿元，新增3个 it is said of the sum, and of what is 其中.
    """
    own = text[clause_of(text, quantity.start) : quantity.start]
    if "其中" in own or _IN_THE_YEAR.search(own):
        return bool(_IN_THE_YEAR.search(sentence_before(text, quantity.start)))
    clauses = re.split("[，,：:]", sentence_before(text, quantity.clause))
    return any(_IN_THE_YEAR.search(words) and not _FIGURE.search(words) for words in clauses)


def is_running(text: str, quantity: Quantity) -> bool:
    """Tell whether 累计 or 截至 governs a figure: in its clause, or in one without a figure.

    What a bracket before it says is said of another: 新增5个（累计9个）、改造2处.
    """
    own = _BRACKET.sub("", text[clause_of(text, quantity.start) : quantity.start])
    if _so_far().search(own) or (quantity.unit not in SHARES and _YEARS_TASK.search(own)):
        return True
    words = sentence_before(text, quantity.start)
    if "截至" in words:
        return True
    before = words[: words.rfind("，") + 1].rstrip("，")
    return bool(_so_far().search(before[before.rfind("，") + 1 :])) and not re.search(
        "[0-9]", before[before.rfind("，") + 1 :]
    )


def _so_far() -> re.Pattern[str]:
    return lexicon().pattern("累计|截至|{}", "running")


def _is_state(text: str, quantity: Quantity) -> bool:
    if (
        quantity.unit in SHARES
        or quantity.unit in DEGREES
        or quantity.unit in ("分", "分贝", "岁")
        or TIMES.fullmatch(quantity.unit)
        or (
            "/" in quantity.unit and not quantity.unit.endswith("/次") and not _adds(text, quantity)
        )
        or "每" in quantity.unit
    ):
        return True
    words = text[clause_of(text, quantity.start) : quantity.start]
    own = text[quantity.clause : quantity.start]
    if _ADDED.search(own):
        return False
    if _STATE.search(words):
        return True
    if not STANDING.fullmatch(quantity.unit) or _IN_THE_YEAR.search(words) or "累计" in words:
        return False
    act = act_before(own)
    changed = act is not None and act.to and act.change in ("up", "down")
    return changed or _stands_at(text, quantity, own)


def _is_per(text: str, quantity: Quantity) -> bool:
    """Tell whether a unit is reckoned by another, and so a rate: 元/人, not 人/次."""
    per = "/" in quantity.unit and not quantity.unit.endswith("/次")
    return per and not _adds(text, quantity)


def _adds(text: str, quantity: Quantity) -> bool:
    """Tell whether a capacity is added (新增供水能力20万立方米/日), not stood at."""
    own = text[quantity.clause : quantity.start]
    return quantity.unit.endswith(("/日", "/天", "/小时")) and _NEW.search(own) is not None


def _mark_of_list(text: str, quantity: Quantity) -> str:
    """Return the word of comparison that stands before a list of figures: 分别达到16门、42个."""
    words = text[clause_of(text, quantity.start) : quantity.start]
    listed = _LIST_REACHES.search(words)
    return listed[1] if listed else ""


def _stands_at(text: str, quantity: Quantity, own: str) -> bool:
    """Tell whether 达到 is said of what stands (规模达到400家), not of what is done.

    达 alone is, where the words before it name how big something is, or nothing (确保达9500家).
    """
    mark = text[quantity.start : quantity.at].strip() or _mark_of_list(text, quantity)
    what = re.sub("分别|力争|争取|确保|推动|实现", "", own).strip()
    if what and not mark.startswith(("达到", "达至")):
        return mark.startswith("达") and bool(_SCALE_OF.search(what)) and not EVENT.search(what)
    return mark.startswith("达") and (
        not what or bool(_STOCK.search(what)) or not EVENT.search(what)
    )
