"""Figures held against each other: chains of quarters, and what they come to."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.language.periods import ALL_QUARTERS
from reporting.language.phrases import counting
from reporting.language.phrases.measures import alike, deed_of
from reporting.plan.targets.basis import Reading, is_whole_year, sentence_before
from reporting.plan.values import Basis

FAR_BEYOND = Decimal("1.3")


def settle_bases(found: Sequence[Reading]) -> list[Reading]:
    """Let the year's goal decide where the words leave open what a quarter's figure counts."""
    settled = _split_from_running(found)
    settled = [_as_quarters_share(item, settled) for item in settled]
    settled = _dated_apart(settled)
    goals = [item for item in settled if is_whole_year(item)]
    for goal in goals:
        for chain in _chains(settled, goal, goals):
            if goal.basis is Basis.LEVEL:
                for at in chain:
                    named = settled[at].measure
                    if _is_of_another(settled[at], goals):
                        continue
                    if alike(named, goal.measure) and not counting.EVENT.search(named):
                        settled[at] = settled[at].model_copy(update={"basis": Basis.LEVEL})
                continue
            for at in _running([settled[at] for at in chain], goal):
                item = settled[chain[at]]
                settled[chain[at]] = item.model_copy(update={"basis": Basis.CUMULATIVE})
    return _follow_running(settled)


def _dated_apart(found: Sequence[Reading]) -> list[Reading]:
    """Read the dated figures of a year-round text that add up to the goal as what each adds.

    预计6月完工1个，预计9月完工1个，预计12月完工1个 of 3; figures that rise may count on.
    """
    settled = list(found)
    for goal in [item for item in found if is_whole_year(item) and item.basis is not Basis.LEVEL]:
        chain = [
            at for at, item in enumerate(found)
            if item.milestone and len(item.milestone.quarters) == len(ALL_QUARTERS)
            and item.basis is Basis.CUMULATIVE and not item.running and not item.part
            and item.quantity.base_unit == goal.quantity.base_unit
            and item.quantity.amount < goal.quantity.amount and alike(item.measure, goal.measure)
        ]  # fmt: skip
        quarters = [found[at].quarter for at in chain]
        values = [found[at].quantity.amount for at in chain]
        rises = all(a < b for a, b in itertools.pairwise(values))
        adds_up = sum(values, Decimal()) == goal.quantity.amount
        if len(set(quarters)) == len(chain) > 1 and adds_up and not rises:
            for at in chain:
                settled[at] = settled[at].model_copy(update={"basis": Basis.IN_QUARTER})
    return settled


def _as_quarters_share(item: Reading, found: Sequence[Reading]) -> Reading:
    """Read a figure beside 每季度 that is a quarter of the goal as each quarter's.

    每季度举办5场，惠及群众500人次 of 2000 says so of both; what is no quarter is left open.
    """
    milestone, amount = item.milestone, item.quantity.amount
    if milestone is None or item.running or item.basis is not Basis.CUMULATIVE:
        return item
    if not counting.EACH_QUARTER.search(sentence_before(milestone.text, item.quantity.start)):
        return item
    goals = [goal for goal in found if is_whole_year(goal) and alike(goal.measure, item.measure)]
    if any(
        goal.quantity.base_unit == item.quantity.base_unit
        and goal.quantity.amount == amount * len(ALL_QUARTERS)
        for goal in goals
    ):
        return item.model_copy(update={"basis": Basis.IN_QUARTER})
    return item


def _is_of_another(item: Reading, goals: Sequence[Reading]) -> bool:
    """Tell whether a figure may as well be a step to what a goal adds: 新增60家，总数300家."""
    return any(
        goal.basis is not Basis.LEVEL and goal.quantity.base_unit == item.quantity.base_unit
        and alike(goal.measure, item.measure)
        for goal in goals
    )  # fmt: skip


def _chains(
    found: Sequence[Reading], goal: Reading, goals: Sequence[Reading]
) -> Iterator[list[int]]:
    """Give the open figures that may lead to a goal: by what they count, or by unit alone.

    The unit alone does where no other goal has it; the figures of a workstream belong together.
    """
    only = sum(g.quantity.base_unit == goal.quantity.base_unit for g in goals) == 1
    groups: dict[str | None, list[int]] = {}
    for at, item in enumerate(found):
        if item.milestone is None or item.stated:
            continue
        if item.quantity.base_unit != goal.quantity.base_unit:
            continue
        if only or alike(item.measure, goal.measure) or leads_to(item, goal, found):
            groups.setdefault(item.milestone.workstream, []).append(at)
    for chain in groups.values():
        named = [at for at in chain if alike(found[at].measure, goal.measure)]
        yield named or chain
        yield from _by_deed(found, named or chain)
        yield from _other_chains(found, [at for at in chain if at not in named], goal)


def _by_deed(found: Sequence[Reading], chain: Sequence[int]) -> Iterator[list[int]]:
    """Give the steps of a chain that does not rise, each by itself: 开工 apart from 完工."""
    values = [found[at].quantity.amount for at in chain]
    if all(a <= b for a, b in itertools.pairwise(values)):
        return
    deeds: dict[str, list[int]] = {}
    for at in chain:
        deeds.setdefault(deed_of(found[at].measure), []).append(at)
    if "" not in deeds:
        yield from deeds.values()


def _other_chains(
    found: Sequence[Reading], rest: Sequence[int], goal: Reading
) -> Iterator[list[int]]:
    """Give the chains by another name that end at the goal, or go by points: 开工 beside 建成."""
    while rest:
        first = found[rest[0]]
        same = [at for at in rest if at == rest[0] or found[at].in_chain_of(first)]
        if any(repeats(found[at], goal) for at in same) or all(found[at].by_point for at in same):
            yield same
        rest = [at for at in rest if at not in same]


def leads_to(item: Reading, goal: Reading, found: Sequence[Reading]) -> bool:
    """Tell whether a figure's chain ends with the goal's own value: 营收 for 营业收入.

    Not so where it counts by name what another goal does: 公路 200 and 300 of 500 公里 have
    nothing to do with 300 公里 of 护栏.
    """
    if not alike(item.measure, goal.measure) and any(
        is_whole_year(other) and other.quantity.base_unit == goal.quantity.base_unit
        and alike(item.measure, other.measure)
        for other in found
    ):  # fmt: skip
        return False
    return any(
        repeats(other, goal) and (other is item or other.in_chain_of(item)) for other in found
    )


def repeats(item: Reading, goal: Reading) -> bool:
    """Tell whether a last quarter's figure is the goal's own."""
    return item.quarter == 4 and item.quantity.amount == goal.quantity.amount


def _running(chain: Sequence[Reading], goal: Reading) -> Sequence[int]:
    """Tell which figures of a chain count on from January: all, some or none.

    Figures that add up to the goal do not, unless there is more to come; figures that rise to
    it do, and so does one that is the goal's own.
    """
    values = [item.quantity.amount for item in chain]
    total = goal.quantity.amount
    if _counts_up_to_points(chain, total):
        return range(len(values))
    if len(values) > 1 and sum(values, Decimal()) == total:
        return ()
    if any(sum(amounts, Decimal()) == total for amounts in _amounts_by_deed(chain)):
        return ()
    steps = [item for item in chain if item.quantity.amount != total]
    sums = [at for at, value in enumerate(values) if value == total]
    beside = any(chain[at].quarter == item.quarter for at in sums for item in steps)
    if beside and sum((item.quantity.amount for item in steps), Decimal()) == total:
        # The quarters add up, and the year's sum is named beside the last.
        return sums
    rises = all(a <= b for a, b in itertools.pairwise(values))
    if rises and (values[-1] == total or _overshoots(values, total)):
        return range(len(values))
    return [
        at for at, item in enumerate(chain)
        if item.quantity.amount == total and alike(item.measure, goal.measure)
    ]  # fmt: skip


def _amounts_by_deed(chain: Sequence[Reading]) -> list[list[Decimal]]:
    """Give the amounts of each of several deeds: 开工 3, and 完工 4 and 5 of 9."""
    deeds: dict[str, list[Decimal]] = {}
    for item in chain:
        deeds.setdefault(deed_of(item.measure), []).append(item.quantity.amount)
    return [amounts for amounts in deeds.values() if len(amounts) > 1 and len(deeds) > 1]


def _counts_up_to_points(chain: Sequence[Reading], total: Decimal) -> bool:
    """Tell whether figures rise from one point in time to the next, or to the whole.

    6月底前15户，9月底前35户，年底前全部 of 50 leave nothing for the last if they add up; nor do
    6月底前2座，10月底前5座 of 6.
    """
    values = [item.quantity.amount for item in chain]
    if len(values) < 2 or values[-1] > total:
        return False
    if any(a > b for a, b in itertools.pairwise(values)) or values[0] == values[-1]:
        return False
    added = sum(values, Decimal())
    if added == total:
        return chain[-1].then_all
    if chain[-1].quarter == 4 and abs(added - total) < total - values[-1]:
        return False  # 20 and 25 of 60 by the year's end: the steps come nearer added up.
    return all(item.by_point for item in chain)


def _overshoots(values: Sequence[Decimal], total: Decimal) -> bool:
    """Tell whether rising figures within the goal would, added up, go far beyond it."""
    return values[0] < values[-1] <= total and sum(values, Decimal()) > total * FAR_BEYOND


def _follow_running(found: list[Reading]) -> list[Reading]:
    """Read the first figure of a chain that goes on with 累计 as the start of that count.

    A total in another scale (5000万元, later 累计1亿元) leaves open whether it counts on from it.
    """
    settled = list(found)
    for at, item in enumerate(found):
        if item.milestone is None or item.stated:
            continue
        if any(other.running and other.in_chain_of(item) for other in found[:at]):
            continue
        later = [
            other for other in found[at + 1 :]
            if other.in_chain_of(item) and other.quantity.unit == item.quantity.unit
            and other.part == item.part
            and not (other.running and other.milestone is item.milestone)
        ]  # fmt: skip
        if later and later[0].running and later[0].basis is Basis.CUMULATIVE:
            settled[at] = item.model_copy(update={"basis": Basis.CUMULATIVE})
    return settled


def _split_from_running(found: Sequence[Reading]) -> list[Reading]:
    """Read a figure beside its own running total as the quarter's: 完成5亿元（累计9亿元）."""
    settled = list(found)
    for at, item in enumerate(found):
        if item.milestone is None or item.stated or item.basis is not Basis.IN_QUARTER:
            continue
        if any(_is_total_of(item, other) for other in found):
            settled[at] = item.model_copy(update={"basis": Basis.IN_QUARTER, "stated": True})
    return settled


def _is_total_of(item: Reading, other: Reading) -> bool:
    """Tell whether another figure of the milestone is the running total a figure adds to."""
    return (
        other.running
        and other.milestone is item.milestone
        and other.quarter == item.quarter
        and other.quantity.amount >= item.quantity.amount
        and other.in_chain_of(item)
    )
