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
from reporting.language.phrases import counting
from reporting.language.phrases.measures import alike
from reporting.language.quantities import Quantity
from reporting.language.quantity_context import LONGEST_SENTENCE, clause_of
from reporting.language.quantity_units import DEGREES, NUMBER, SHARES, STANDING, TIMES, UNIT
from reporting.language.shares import share_done
from reporting.plan.values import Basis, Milestone
from reporting.values import Value

_STOPS = "。；;\n"
_BRACKET = re.compile("[（(][^（()）]*[）)]")
_FIGURE = re.compile(f"{NUMBER}(?:{UNIT})")
SHARE_DONE = "share-done"
"""The rule that reads how much of some works is done as counted from January on."""
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
        return counting.FOR_THE_YEAR.search(words) is not None
    if lexicon().pattern(counting.PLANNED_OF_THE_YEAR, "planned").search(words):
        return False
    return counting.RATE_OF_THE_YEAR.search(words) is not None


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
    if counting.IN_THE_YEAR.search(text[quantity.clause : quantity.start]):
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
        if not counting.CONTINUED.search(text[time.end : end]):
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
    if share := share_done(text, quantity):
        if share == "in quarter":
            return Counted(Basis.IN_QUARTER, True, "share-of-quarter")
        return Counted(Basis.CUMULATIVE, True, SHARE_DONE)
    if _is_state(text, quantity) or counting.PER_HEAD.search(measure):
        return Counted(Basis.LEVEL, True, "state")
    if counting.EACH_TIME.search(text[clause_of(text, quantity.start) : quantity.start]):
        return Counted(Basis.IN_QUARTER, True, "each-time")
    if quarters and clause_of(text, quantity.start) == 0 and counting.EACH_OF_LABEL.match(text):
        return Counted(Basis.IN_QUARTER, True, "each-of-label")
    clause = text[clause_of(text, quantity.start) : quantity.start]
    if quarters is None or len(quarters) == 4 or _ends_the_year(time):
        return Counted(Basis.CUMULATIVE, True, "year")
    if is_running(text, quantity):
        return Counted(Basis.CUMULATIVE, True, "running")
    if counting.YEARS_SUM.search(clause) and quantity.comparator in _REACHED:
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
    if "其中" in own or counting.IN_THE_YEAR.search(own):
        return bool(counting.IN_THE_YEAR.search(sentence_before(text, quantity.start)))
    clauses = re.split("[，,：:]", sentence_before(text, quantity.clause))
    return any(
        counting.IN_THE_YEAR.search(words) and not _FIGURE.search(words) for words in clauses
    )


def is_running(text: str, quantity: Quantity) -> bool:
    """Tell whether 累计 or 截至 governs a figure: in its clause, or in one without a figure.

    What a bracket before it says is said of another: 新增5个（累计9个）、改造2处.
    """
    own = _BRACKET.sub("", text[clause_of(text, quantity.start) : quantity.start])
    if _so_far().search(own) or (quantity.unit not in SHARES and counting.YEARS_TASK.search(own)):
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
    if counting.ADDED.search(own):
        return False
    if counting.STATE.search(words):
        return True
    if (
        not STANDING.fullmatch(quantity.unit)
        or counting.IN_THE_YEAR.search(words)
        or "累计" in words
    ):
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
    return quantity.unit.endswith(("/日", "/天", "/小时")) and counting.NEW.search(own) is not None


def _mark_of_list(text: str, quantity: Quantity) -> str:
    """Return the word of comparison that stands before a list of figures: 分别达到16门、42个."""
    words = text[clause_of(text, quantity.start) : quantity.start]
    listed = counting.LIST_REACHES.search(words)
    return listed[1] if listed else ""


def _stands_at(text: str, quantity: Quantity, own: str) -> bool:
    """Tell whether 达到 is said of what stands (规模达到400家), not of what is done.

    达 alone is, where the words before it name how big something is, or nothing (确保达9500家).
    """
    mark = text[quantity.start : quantity.at].strip() or _mark_of_list(text, quantity)
    what = counting.MANNER.sub("", own).strip()
    if what and not mark.startswith(("达到", "达至")):
        return (
            mark.startswith("达")
            and bool(counting.SCALE_OF.search(what))
            and not counting.EVENT.search(what)
        )
    return mark.startswith("达") and (
        not what or bool(counting.STOCK.search(what)) or not counting.EVENT.search(what)
    )
