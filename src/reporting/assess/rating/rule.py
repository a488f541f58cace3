"""The rating rule: its thresholds, its order, and its clauses as printed.

The text of the clauses is made from the same values the code decides by.
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import product

from reporting.assess.values import Clause, Rating
from reporting.grades import (
    GOOD,
    LAGGING,
    NOT_JUDGED,
    PAUSED,
    SLOW,
    WORST_FIRST,
    Grade,
    Kind,
    Kinds,
    Scale,
)
from reporting.plan.figures.gaps import GAP_WORDS, gap_clauses
from reporting.project.rating import RatingRule

NOT_REPORTED = "R1"
UNDECIDED = "R2"
SET_ASIDE = "R3"
WITHIN = "R4"
SHORT = "R5"
FAR_SHORT = "R6"
REACHED = "R7"
BY_TEXT = "R8"
OWN_WORD = "R9"
REMAINDER = "R11"
CARRIED = "R12"
DECIDED = "R13"


_OF_GAPS = {Kind.ON_SCHEDULE: WITHIN, Kind.BEHIND: SHORT, Kind.FAR_BEHIND: FAR_SHORT}


def grade_of_gap(gap: Decimal, scale: Scale) -> tuple[Grade, str]:
    """Return the grade of a gap and the clause that says so; every gap has one."""
    grade = scale.of_gap(gap)
    return grade, _OF_GAPS[grade.kind]


def weight(grade: Grade) -> Decimal:
    """Rank a grade, 0 the worst; for sorting worst first."""
    return grade.weight


NOT_COMPARED: tuple[frozenset[Kind], ...] = (
    *(frozenset({Kind.PAUSED, kind}) for kind in WORST_FIRST if kind in LAGGING),
    frozenset({Kind.FAR_BEHIND, Kind.NOT_STARTED}),
)
"""Pairs of grades of which neither is better: what lags and what was set aside, and the like."""


def exclusions(scale: Scale) -> str:
    """Write which grades of two quarters are not compared."""
    either = "、".join(f"“{grade}”" for grade in scale.of(NOT_JUDGED))
    pairs = (
        sorted((one, other), key=lambda grade: grade.order)
        for pair in NOT_COMPARED
        for one, other in product(*(scale.of((kind,)) for kind in pair))
    )
    words = "；".join(f"“{one}”与“{other}”之间" for one, other in pairs)
    return f"任一季度为{either}的；{words}"


def moved(before: Grade, now: Grade) -> int:
    """Tell whether a grade is better (1) or worse (-1) than the one before.

    0 where they are alike or it cannot be said: nothing of what was not judged, nothing between
    what lags and what was set aside, or between what is far behind and what is not begun.
    """
    if before in NOT_JUDGED or now in NOT_JUDGED or {before.kind, now.kind} in NOT_COMPARED:
        return 0
    difference = weight(now) - weight(before)
    return (difference > 0) - (difference < 0)


def trouble(rating: Rating) -> tuple[Decimal, Decimal]:
    """Sort ratings worst first; of one grade, what falls short by more comes first."""
    return weight(rating.grade), -(rating.gap or Decimal(0))


def worst(ratings: Iterable[Rating]) -> Rating:
    """Find the rating that weighs most; of several grades alike, the one that falls shortest."""
    return min(ratings, key=trouble)


def differs(rating: Rating) -> bool:
    """Tell whether the office's grade is at odds with the unit's own word.

    Work done while the year goes on is no disagreement, nor is what was carried forward.
    """
    settled = rating.rule in (REMAINDER, CARRIED)
    return rating.self_rating is not None and rating.self_rating != rating.grade and not settled


NOTHING_DUE = "本季度无到期事项"
"""How a task of which nothing is due is counted: apart from the grades, and in no rate."""


def is_nothing_due(rating: Rating) -> bool:
    """Tell whether nothing of a task was due or running, nor anything of before is left open."""
    return rating.rule == CARRIED and rating.grade in GOOD


def clauses(rule: RatingRule) -> tuple[Clause, ...]:
    """Write the rule as it is printed in every report."""
    scale = rule.scale
    banded: dict[str, str] = {}
    for kind, words in gap_clauses(scale):
        banded[_OF_GAPS[kind]] = banded.get(_OF_GAPS[kind], "") + words
    order = "、".join(map(str, scale.worst_first))
    done, paced = scale[Kind.DONE], scale[Kind.ON_SCHEDULE]
    unheard, unknown = scale[Kind.NOT_REPORTED], scale[Kind.UNDECIDED]
    idle = _either(scale, PAUSED, Kinds(Kind.NOT_STARTED))
    kept = "".join(f"“{grade}”" for grade in scale.of(GOOD))
    texts = {
        NOT_REPORTED: f"牵头单位未报送，或者报送的表没有填写的，核定为“{unheard}”。",
        UNDECIDED: f"有下列情形之一的，核定为“{unknown}”：报送的文件无法读取；报表中没有该事项；"
        "进展情况未填写；到期指标未填实际值；计划值的读法尚待核对；没有到期指标的事项未填自评；进展情况与自评"
        "相互矛盾；没有到期指标而进展情况照抄计划、沿用上季度文字、与其他行文字相同或者只写今后打算的；"
        "据以判定的单元格有错误，或者列为待确认而尚未核实。",
        SET_ASIDE: f"自评为{idle}，且进展情况、指标实际值与之不矛盾的，从其自评。",
        WITHIN: f"本季度到期的指标，按完成率计算差距：{GAP_WORDS}；"
        "“不多于”类和以小为好的指标按超出计划值的幅度计算；计划值为区间的，以下限计算。"
        "差距以百分点表示，按未修约的数判定；文中四舍五入保留一位小数，完成率与差距之和为100，"
        "修约后与限值或者整数相同而实际不同的多保留一位。"
        f"{banded.pop(WITHIN)}",
        **banded,
        REACHED: f"下列指标核定为“{done}”：第四季度末到期、口径不是当季且达到计划值的；此前到期、"
        "口径为累计且已经达到全年目标值的（“不多于”类和以小为好的除外）；计划为“超过”的，须超过计划值。"
        f"到期指标均已达到计划值且自评为“{done}”的事项，以及未填自评而到期指标均核定为“{done}”的事项，"
        f"核定为“{done}”。",
        BY_TEXT: "没有到期指标的事项，进展情况能够支撑自评的，从其自评，"
        "以进展情况开头的状态句为依据；状态句与自评一致的说明相符，没有状态句的说明未见矛盾。",
        OWN_WORD: f"指标与自评不一致的，以指标为准；没有指标低于序时要求（含指标{unknown}的情形）"
        f"而自评为{_either(scale, SLOW)}的，从其自评；到期指标均核定为“{done}”"
        f"而自评为{_either(scale, Kinds(Kind.ON_SCHEDULE))}的，从其自评。",
        "R10": "任务按本季度到期和在办的事项、指标中最差的一项核定，事项所属的指标随事项核定，"
        "不再单独计入；由差到好依次为："
        f"{order}。多个单位牵头的任务，按各单位报表分别核定，汇总时取最差的一个。"
        f"与上季度比较好差，也按这一次序，但下列情形不作比较：{exclusions(scale)}。",
        REMAINDER: "本季度事项均已完成，但后续季度仍有安排，或者以后到期的指标尚未提前达到的任务，"
        f"核定为“{paced}”，不视为与自评“{done}”不一致。",
        CARRIED: "本季度没有到期或者在办事项的任务，沿用最近一个季度的核定结果；"
        f"此前季度也没有安排的，核定为“{paced}”。沿用或者核定的结果为{kept}的，"
        f"单列为“{NOTHING_DUE}”，不计入各类核定结果的任务数、占比和达序率。以前季度到期尚未办结、列入本季度报表的事项，"
        "按本季度所报核定，与本季度的事项一并取最差的一项。",
        DECIDED: "列为待确认或者错误的填报内容，经单位答复已核实无误并说明理由的，予以采用；"
        "由核定机关核实后决定采用、改值或者直接核定的，从其决定，决定列入数据说明；"
        "决定后单元格内容有改动的，该决定失效。",
    }
    return tuple(Clause(code=code, text=text) for code, text in texts.items())


def _either(scale: Scale, *kinds: Kinds) -> str:
    """Name the grades of some kinds, of which any will do."""
    return "或者".join(f"“{grade}”" for one in kinds for grade in scale.of(one))
