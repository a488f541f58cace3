"""Shares of works over the quarters: a chain of them counts one way."""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from reporting.language.comparators import Certainty
from reporting.language.shares import is_share_by_name
from reporting.plan.targets.basis import SHARE_DONE, Reading
from reporting.plan.values import Basis

_WHOLE = Decimal(100)


def settled_shares(found: Sequence[Reading]) -> list[Reading]:
    """Read the shares of one chain alike: 完成20%, then 达到50% of the same.

    Shares that do not rise and come to 100% are what each quarter does. Those that do neither,
    and those that rise and come to 100% as well, may be either: the office is asked.
    """
    settled = list(found)
    for chain in _chains(found):
        for at in chain:
            settled[at] = _as_share(settled[at])
        figures = [settled[at] for at in chain]
        if update := _told_by_arithmetic(figures):
            for at in chain:
                settled[at] = settled[at].model_copy(update=update)
    return settled


def _chains(found: Sequence[Reading]) -> list[list[int]]:
    """Give the shares of each thing, in the schedule's order; a chain has one of works."""
    chains: list[list[int]] = []
    for at, item in enumerate(found):
        if item.milestone is None or not (_is_done(item) or _may_be_one(item)):
            continue
        same = next((c for c in chains if found[c[0]].in_chain_of(item)), None)
        if same is None:
            chains.append([at])
        else:
            same.append(at)
    return [chain for chain in chains if any(_is_done(found[at]) for at in chain)]


def _is_done(item: Reading) -> bool:
    return item.basis_rule == SHARE_DONE


def _may_be_one(item: Reading) -> bool:
    """Tell whether a share whose own words say no more than how high it is may be one of works."""
    is_state = item.quantity.unit == "%" and item.basis is Basis.LEVEL
    return is_state and not is_share_by_name(item.measure) and item.direction_rule != "rises"


def _as_share(item: Reading) -> Reading:
    if item.basis is not Basis.LEVEL:
        return item
    return item.model_copy(update={"basis": Basis.CUMULATIVE, "basis_rule": SHARE_DONE})


def _told_by_arithmetic(figures: Sequence[Reading]) -> dict[str, object]:
    """Say what is to be read otherwise of the shares of several quarters."""
    quarters = [item.quarter for item in figures]
    if len(figures) < 2 or any(a >= b for a, b in itertools.pairwise(quarters)):
        return {}
    values = [item.quantity.amount for item in figures]
    rises = all(a <= b for a, b in itertools.pairwise(values))
    adds_up = sum(values, Decimal()) == _WHOLE
    if any(item.running for item in figures) or (rises and not adds_up):
        return {}
    if adds_up and not rises:
        return {"basis": Basis.IN_QUARTER, "basis_rule": "shares-add-up"}
    return {"basis_certainty": Certainty.UNCERTAIN, "basis_rule": "shares-either-way"}
