"""Cause and consequence: which facts of an edition moved which ratings.

A rating is laid at the facts of its own task first, then at a return that came or went, then at
what concerns everybody. Where several may have moved it, all of them are named.
"""

from collections.abc import Hashable, Iterable, Sequence

from reporting.assess.editions.facts import RULE
from reporting.assess.editions.of_returns import is_arrival
from reporting.assess.values import Change, Edition, Move, NoteKind
from reporting.values import Value

EARLIEST = 1


class Consequence(Value):
    """A rating that moved, and the places (from 1) of other causes that may have moved it too."""

    move: Move
    beside: tuple[int, ...] = ()


class Cause(Value):
    """Facts of one matter and one kind, and the ratings that they moved.

    ``place`` counts the causes of an edition from 1. A cause without facts holds ratings that
    nothing told explains.
    """

    place: int
    kind: NoteKind
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...] = ()

    @property
    def moves(self) -> tuple[Move, ...]:
        """The ratings moved."""
        return tuple(one.move for one in self.consequences)


def causes(edition: Edition, quarter: int) -> tuple[Cause, ...]:
    """Put the facts of an edition with what they moved, kind by kind.

    Parameters
    ----------
    quarter : int
        The period's: that of moves which tell of none.
    """
    groups = _grouped(edition.changes)
    found: list[list[Consequence]] = [[] for _ in groups]
    unexplained: list[Consequence] = []
    for move in edition.moves:
        given = move.model_copy(update={"quarter": move.quarter or quarter})
        able = _able(groups, given, edition.moves)
        beside = tuple(at + 1 for at in able[1:])
        target = found[able[0]] if able else unexplained
        target.append(Consequence(move=given, beside=beside))
    told = [
        Cause(place=at, kind=group[0].kind, changes=group, consequences=tuple(moved))
        for at, (group, moved) in enumerate(zip(groups, found, strict=True), 1)
    ]
    if unexplained:
        rest = Cause(
            place=len(told) + 1, kind=NoteKind.WRONG, changes=(), consequences=tuple(unexplained)
        )
        told.append(rest)
    return tuple(told)


def _grouped(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    groups: dict[Hashable, list[Change]] = {}
    for change in changes:
        groups.setdefault(_matter(change), []).append(change)
    order = list(NoteKind)
    return sorted(map(tuple, groups.values()), key=lambda group: order.index(group[0].kind))


def _matter(change: Change) -> Hashable:
    """Tell what facts are one matter: a row of a return, a task's text, the rule."""
    if change.task_id and change.unit:
        return change.kind, change.task_id, change.unit, change.quarter
    if change.task_id:
        return change.kind, change.task_id, change.reason
    return change.kind, change.unit, change.quarter, matter_of(change), change.reason


def matter_of(change: Change) -> str:
    """Name what a fact is about: the clauses of the rule are one matter."""
    return RULE if change.field.startswith(RULE) else change.field


def _able(
    groups: Sequence[tuple[Change, ...]], move: Move, moves: Sequence[Move]
) -> tuple[int, ...]:
    """Give the groups that may have moved a rating, the closest to it first."""
    ranked = sorted(
        (_distance(group[0], move, moves), -(group[0].quarter or EARLIEST), at)
        for at, group in enumerate(groups)
    )
    able = [(distance, at) for distance, _, at in ranked if distance < _FAR]
    closest = able[0][0] if able else _FAR
    # What moved it for certain needs no other; whose a task is counts where nothing else does.
    kept = {_SURE} if closest == _SURE else {_TASK, _RETURN, _EVERYBODY, closest}
    return tuple(at for distance, at in able if distance in kept)


_SURE, _TASK, _RETURN, _PARTIES, _EVERYBODY, _FAR = range(6)
"""How close a fact can stand to a rating."""


def _distance(change: Change, move: Move, moves: Sequence[Move]) -> int:
    """Say how close a fact stands to a rating; ``_FAR`` where it cannot have moved it."""
    if (change.quarter or EARLIEST) > (move.quarter or EARLIEST) or change.reports is not None:
        return _FAR
    if change.task_id:
        own = change.task_id == move.task_id and _moved_with(change.unit, move, moves)
        sure = None in (move.old, move.new) and not change.unit
        return (_SURE if sure else _TASK) if own else _FAR
    if change.unit:
        whole = is_arrival(change) and None not in (move.old, move.new)
        sure = whole and change.quarter == move.quarter
        near = _moved_with(change.unit, move, moves)
        return (_SURE if sure else _RETURN) if near else _FAR
    if change.parties:
        near = any(_moved_with(name, move, moves) for name in change.parties)
        return _PARTIES if near else _FAR
    return _EVERYBODY if change.field.startswith(RULE) else _FAR


def _moved_with(unit: str, move: Move, moves: Sequence[Move]) -> bool:
    """Tell whether a rating is a unit's own, or one over all units beside which that one moved."""
    if not unit or move.unit == unit:
        return True
    if move.unit is not None:
        return False
    beside = {
        m.unit for m in moves if (m.task_id, m.quarter) == (move.task_id, move.quarter) and m.unit
    }
    return unit in beside
