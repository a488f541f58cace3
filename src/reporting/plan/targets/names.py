"""What a bare figure counts: what its chain, its sentence, its workstream or the goal says."""

import re
from collections.abc import Sequence
from decimal import Decimal

from reporting.language.phrases import naming
from reporting.language.phrases.measures import (
    CHANGE_ONLY,
    Unpaired,
    bare_words,
    by_own_act,
    deed_of,
    is_act,
    measure_of,
    restated,
    without_introduction,
    without_number,
    without_time,
)
from reporting.language.phrases.workstreams import is_introduction
from reporting.language.quantities import (
    Quantity,
    find_quantities,
    unit_announced,
)
from reporting.language.quantity_context import clause_of
from reporting.language.quantity_units import SHARES
from reporting.plan.targets.basis import Reading, sentence_before
from reporting.plan.values import Basis, Milestone

_SHORT_NAME = "[^，。；：,;:0-9０-９]{2,20}"
_MOST = 40
# Figures are held against each other in pairs; no earnest task has so many.
MOST_LINKED = 300


def goals_in_order(
    run: Unpaired,
    quantities: Sequence[Quantity],
    milestone: Milestone | None,
    earlier: Sequence[Reading],
) -> list[str]:
    """Name a quarter's list that has no items by figures of its units in the same order.

    By those of the quarter before, or else of the goal: 甲增长12%、乙增长15%, then
    一季度分别增长8%、10% and 二季度9%、11%.
    """
    if milestone is None or run.items > 1:
        return []
    units = [item.base_unit for item in quantities if item.at in run.figures]
    goals = [f for f in earlier if not f.milestone and not f.part]
    for named in (_of_quarter_before(milestone, earlier), goals):
        same = [f for f in named if f.quantity.base_unit in units]
        if [f.quantity.base_unit for f in same] == units:
            return [f.measure for f in same]
    return []


def _of_quarter_before(milestone: Milestone, earlier: Sequence[Reading]) -> list[Reading]:
    """Give the figures of the milestone that leads to this one in its workstream."""
    chain = [f for f in earlier if f.milestone and f.workstream == milestone.workstream]
    return [f for f in chain if f.milestone == chain[-1].milestone and not f.part]


def name_of(
    text: str,
    quantity: Quantity,
    milestone: Milestone | None,
    earlier: Sequence[Reading],
    found: Sequence[Reading],
    goal: str,
    *,
    named: str = "",
) -> str:
    """Name what a figure counts: by the words around it, or as what stands near it does.

    Parameters
    ----------
    earlier, found : sequence of Reading
        The figures of the goal and the milestones before, and those before it in its own text.
    named : str, optional
        What a list under 分别 says of it.
    """
    measure = named or measure_of(text, quantity)
    if CHANGE_ONLY.fullmatch(measure):
        changed = _figure_changed(text, found, quantity)
        whole = naming.REACHED.sub("", changed.measure) + measure if changed else ""
        item = _item_before(text, quantity)
        named = f"{item}{measure}" if item else _name_changing(measure, milestone, earlier)
        measure = whole or named or measure
    measure = (
        measure or _name_restated(text, quantity, found) or _name_beside(text, quantity, found)
    )
    measure = measure or _borrowed_name(text, quantity, milestone, [*earlier, *found], goal)
    return without_introduction(measure)


def _name_restated(text: str, quantity: Quantity, found: Sequence[Reading]) -> str:
    """Name a figure in brackets as the one right before it: 完成60%（3万亩）.

    An act of its own makes it a part of that one: 改造9万亩（其中新建2万亩）.
    """
    clause = clause_of(text, quantity.start)
    behind = bool(found) and found[-1].quantity.end == clause - 1
    if not behind or text[clause - 1] not in "（(":
        return ""
    own, whole = bare_words(text, quantity), found[-1].measure
    return f"{own}{naming.DONE_TO.sub('', whole)}" if is_act(own) else whole


def _name_beside(text: str, quantity: Quantity, found: Sequence[Reading]) -> str:
    """Name a figure right behind one in another unit as that one: 改造小区5万户、300万平方米."""
    if not found or text[found[-1].quantity.end : quantity.start] not in ("、", "/"):
        return ""
    before = found[-1]
    same = before.quantity.base_unit == quantity.base_unit or quantity.unit in SHARES
    return "" if same or before.milestone else before.measure


def _figure_changed(text: str, found: Sequence[Reading], quantity: Quantity) -> Reading | None:
    """Give the figure before a change that is its own: 收入20亿元（其中税收9亿元），增长5%."""
    for before in reversed(found):
        between = text[before.quantity.end : quantity.start]
        if between.count("）") + between.count(")") > between.count("（") + between.count("("):
            continue
        points = quantity.unit.endswith("百分点") and before.quantity.unit == "%"
        same = points or before.basis is not Basis.LEVEL
        return before if same and not re.search("[。；;\n]", between) else None
    return None


def _name_changing(change: str, milestone: Milestone | None, earlier: Sequence[Reading]) -> str:
    """Name a bare 增长 as the only thing that grows in the quarters before, or in the goal."""
    workstream = milestone.workstream if milestone else None
    grown = [f for f in earlier if f.measure.endswith(change) and len(f.measure) > len(change)]
    chain = [f.measure for f in grown if f.milestone and f.workstream == workstream]
    names = set(chain or [f.measure for f in grown if not f.milestone])
    return names.pop() if milestone and len(names) == 1 else ""


def _borrowed_name(
    text: str,
    quantity: Quantity,
    milestone: Milestone | None,
    earlier: Sequence[Reading],
    goal: str,
) -> str:
    """Name what a bare figure counts.

    As its chain does, as the sentence before it does, the workstream, or the goal.
    """
    workstream = milestone.workstream if milestone else None
    own = bare_words(text, quantity)
    near = [*earlier[:MOST_LINKED], *earlier[max(MOST_LINKED, len(earlier) - MOST_LINKED) :]]
    same = [f for f in reversed(near) if f.quantity.base_unit == quantity.base_unit]
    chain = [f for f in same if f.milestone and f.workstream == workstream and not f.part]
    goals = [f for f in same if not f.milestone and not f.part]
    counted = [f for f in near if not f.milestone and not f.part and f.basis is not Basis.LEVEL]
    explicit = naming.OF_PLAN.search(text[quantity.clause : quantity.start])
    if led := _name_led_by(text, quantity, earlier, own):
        return led
    if is_of_plan(text, quantity) and (counted or explicit):
        own += explicit[1].removeprefix(own[-2:]) if explicit else ""
        return _share_of_plan(own, workstream, [f for f in chain if f.of_plan], counted, goal)
    if acted := by_own_act(own, [f.measure for f in same if not f.part]):
        return acted
    if milestone and (as_before := _as_others_do(own, chain, goals)):
        return as_before
    named = _subject(text, quantity, milestone)
    if named is None and milestone:
        named = _thing_of_milestone(milestone, goals, own)
    if named is None:
        whole = next((f.measure for f in earlier if not f.milestone), "")
        named = _thing_of_goal(goal or text, quantity, whole)
    return _put_together(named, naming.PACE.sub("", own))


def _name_led_by(text: str, quantity: Quantity, earlier: Sequence[Reading], own: str) -> str:
    """Name a figure by what stands right before it: a list it sums up, a rate, an item."""
    if _sums_up(text, quantity, earlier):
        return "合计"
    rate = _rate_before(text, quantity) if quantity.unit in SHARES else ""
    if rate:
        return rate
    item = _item_before(text, quantity)
    return f"{item}{own}" if item else ""


def _as_others_do(own: str, chain: Sequence[Reading], goals: Sequence[Reading]) -> str:
    """Name a step's figure as the goal or the chain names the one it leads to."""
    named = _by_goals_deed(own, chain, goals)
    return named or _as_in_chain(own, chain, has_goal=len(goals) == 1) or ""


def _thing_of_milestone(milestone: Milestone, goals: Sequence[Reading], own: str) -> str | None:
    """Take what a step's workstream names, else the one goal that can be meant."""
    if milestone.workstream:
        return _thing_of_workstream(milestone.workstream)
    alone = goals if len(goals) == 1 else [f for f in goals if own and own in f.measure]
    return alone[0].measure if len(alone) == 1 else None


def _sums_up(text: str, quantity: Quantity, earlier: Sequence[Reading]) -> bool:
    """Tell whether a figure is the sum of those before it: 甲企业5家、乙企业8家，共13家."""
    if not naming.IN_ALL.fullmatch(text[quantity.clause : quantity.start].strip()):
        return False
    parts: list[Decimal] = []
    for item in reversed(earlier):
        if item.quantity.base_unit != quantity.base_unit:
            break
        parts.append(item.quantity.amount)
        if len(parts) > 1 and sum(parts) == quantity.amount:
            return True
    return False


def _thing_of_workstream(workstream: str) -> str:
    name = naming.DUTY.sub("", workstream)
    inner = find_quantities(name, 0)
    return measure_of(name, inner[0]) if inner else name


def _thing_of_goal(goal: str, quantity: Quantity, whole: str) -> str:
    """Return what a goal is about; ``whole`` is how its first figure is named."""
    named = _first_phrase(goal)
    if quantity.unit not in SHARES:
        named = naming.CHANGED.sub("", named) or named
    longer = named and whole.startswith(named) and not naming.CHANGED.fullmatch(whole, len(named))
    return whole if longer else named


def _put_together(named: str, own: str) -> str:
    """Join a thing and what is done to it, of which one may hold the other."""
    if own.endswith(named):
        return own
    repeated = named.startswith(own) or named.endswith(own)
    return named if repeated else f"{named}{own}"


def _first_phrase(goal: str) -> str:
    """Return what a goal begins with, up to its first figure."""
    ends = "[，。；0-9０-９\n（(]" if unit_announced(goal) else "[，。；0-9０-９]"
    first = re.split(ends, naming.ANY_YEAR.sub("", goal))[0]
    named = naming.BOUND.sub("", first)
    return without_time(without_number(named[:_MOST]))


def is_of_plan(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure is a share of what is to be done: 完成25%, 完成全年任务的25%."""
    words = text[quantity.clause : quantity.start]
    return quantity.unit == "%" and bool(
        naming.OF_PLAN.search(words) or naming.SHARE_DONE.search(words)
    )


def _share_of_plan(
    own: str,
    workstream: str | None,
    chain: Sequence[Reading],
    counted: Sequence[Reading],
    goal: str,
) -> str:
    """Name a share of what is to be done: never by a rate or a growth that the goal has, too.

    完成全年任务的25% is of the workstream, of the only thing the goal counts, or of all of it.
    """
    if chain:
        return chain[0].measure
    if workstream or len(counted) == 1:
        named = naming.REACHED.sub(
            "", naming.DUTY.sub("", workstream) if workstream else counted[0].measure
        )
        return named if named.endswith(own) else f"{named}{own}"
    return own if naming.OF_PLAN.search(own) else f"{_first_phrase(goal)}{own}"


def _rate_before(text: str, quantity: Quantity) -> str:
    """Return the rate that the clause before speaks of: 逐季提升化解率，一季度达到80%."""
    for clause in reversed(re.split("[，,：:]", sentence_before(text, quantity.clause))):
        if rate := naming.RATE.search(clause):
            return rate[1]
        if re.search("[0-9０-９]", clause) is None and clause.strip():
            return ""
    return ""


def _item_before(text: str, quantity: Quantity) -> str:
    """Return the name of the item whose colon stands right before a figure: （1）甲线：完成30%."""
    words = sentence_before(text, quantity.clause).rstrip()
    name = without_number(words.rstrip("：:"))
    marked = words.endswith(("：", ":")) and not is_introduction(f"{name}：")
    return name if marked and re.fullmatch(_SHORT_NAME, name) else ""


def _by_goals_deed(own: str, chain: Sequence[Reading], goals: Sequence[Reading]) -> str:
    """Name a figure with a verb alone as the goal that has the verb, where the chain has not.

    转移24万人，培训4000人 is not of 转移 where a goal says 开展职业技能培训1.5万人.
    """
    if len(own) < 2 or not chain or own in chain[0].measure:
        return ""
    named = [goal.measure for goal in goals if own in goal.measure]
    others = [item.measure for item in chain if own in item.measure and item.measure not in named]
    return named[0] if len(named) == 1 and len(goals) > 1 and not others else ""


def _as_in_chain(own: str, chain: Sequence[Reading], *, has_goal: bool) -> str | None:
    """Name a bare figure as the last of its chain to which the same is done.

    Where something else is done to it (开工5所, then 建成3所), it goes by the goal instead.
    """
    if not chain or not own:
        return chain[0].measure if chain else None
    like = next((f for f in chain if deed_of(f.measure) == deed_of(own)), None)
    if like is None and not has_goal:
        return restated(chain[0].measure, own)
    return like.measure if like else None


def _subject(text: str, quantity: Quantity, milestone: Milestone | None) -> str | None:
    """Return what the clauses before speak of, the nearest that does not look back.

    In a schedule only a clause with a figure of the same unit speaks of the same thing.
    """
    words = sentence_before(text, quantity.clause)
    for clause in reversed([part.strip() for part in re.split("[，,：:]", words)]):
        if milestone and not re.search(f"[0-9０-９]{re.escape(quantity.unit)}", clause):
            continue
        named = naming.BOUND_BEFORE.sub("", re.split("[0-9０-９]", clause)[0])
        named = naming.CHANGED.sub("", without_number(named))
        if len(without_time(named)) > 3 and not naming.LOOKS_BACK.search(clause):
            return without_time(named)
    return None
