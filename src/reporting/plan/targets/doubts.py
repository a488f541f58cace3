"""Figures whose basis neither their words nor arithmetic with the year's goal decides."""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from reporting.language.comparators import Certainty, Direction
from reporting.language.phrases.measures import alike, names_act
from reporting.plan.targets.basis import Reading, is_whole_year
from reporting.plan.values import Basis

_BY_LABEL = ("label", "span")


def doubted(found: Sequence[Reading]) -> list[Reading]:
    """Mark the figures that may be each quarter's own as well as all so far.

    So are 5, 10, 18 and 30 over the quarters of a year whose goal names no figure that they
    come to, of which the first is both; and figures of a thing to which nothing is done.
    """
    settled = list(found)
    for chain in _chains(found):
        figures = [found[at] for at in chain]
        if _rises(figures) and not _adds_up(figures, found):
            _doubt(settled, chain[1:], "rising-alone")
        elif len(figures) > 1 and _says_no_act(figures) and not _has_goal(figures, found):
            _doubt(settled, chain, "no-verb")
    return settled


def _doubt(settled: list[Reading], places: Sequence[int], rule: str) -> None:
    for at in places:
        update = {"basis_certainty": Certainty.UNCERTAIN, "basis_rule": rule}
        settled[at] = settled[at].model_copy(update=update)


def _says_no_act(figures: Sequence[Reading]) -> bool:
    """Tell whether the figures name a thing and nothing that is done: 辅警320人."""
    return not any(names_act(item.measure) for item in figures)


def _has_goal(figures: Sequence[Reading], found: Sequence[Reading]) -> bool:
    unit = figures[0].quantity.base_unit
    return any(is_whole_year(goal) and goal.quantity.base_unit == unit for goal in found)


def _chains(found: Sequence[Reading]) -> list[list[int]]:
    """Give the figures of a schedule that have nothing but their label, chain by chain."""
    chains: list[list[int]] = []
    for at, item in enumerate(found):
        if not _is_open(item):
            continue
        for chain in chains:
            if found[chain[0]].in_chain_of(item):
                chain.append(at)
                break
        else:
            chains.append([at])
    return chains


def _is_open(item: Reading) -> bool:
    by_label = item.milestone is not None and item.basis_rule in _BY_LABEL
    return (
        by_label
        and item.basis is Basis.IN_QUARTER
        and item.direction is Direction.HIGHER
        and not item.part
        and not item.of_plan
    )


def _rises(figures: Sequence[Reading]) -> bool:
    quarters = [item.quarter for item in figures]
    values = [item.quantity.amount for item in figures]
    pairs = list(itertools.pairwise(zip(quarters, values, strict=True)))
    return bool(pairs) and all(a < b and x < y for (a, x), (b, y) in pairs)


def _adds_up(figures: Sequence[Reading], found: Sequence[Reading]) -> bool:
    """Tell whether the quarters come to a figure of the goal, so that each is its own."""
    total = sum((item.quantity.amount for item in figures), Decimal())
    return any(
        is_whole_year(goal)
        and goal.quantity.base_unit == figures[0].quantity.base_unit
        and goal.quantity.amount == total
        and (alike(goal.measure, figures[0].measure) or len(figures) > 2)
        for goal in found
    )
