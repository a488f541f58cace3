"""What units ask others to settle (需协调事项), and whom they ask."""

from collections.abc import Iterable, Mapping

from reporting.assess.values import Assessment
from reporting.language.phrases.party_words import ASKS
from reporting.plan.values import Plan, Task
from reporting.returns.values import ProgressRow
from reporting.values import Value


class Request(Value):
    """One request of a unit.

    ``addressees`` are the units and leaders of the plan that its words name, in the words'
    order; empty when they name none that is known.
    """

    row: ProgressRow
    task: Task
    addressees: tuple[str, ...]


def requests(assessment: Assessment) -> tuple[Request, ...]:
    """List the quarter's requests, those of one addressee together, most requests first.

    Requests that name nobody known come last: whom they concern is to be asked.
    """
    names = _names(assessment.plan)
    found = [
        Request(
            row=row, task=assessment.plan.task(row.task_id),
            addressees=addressees(row.coordination, names, row.unit),
        )
        for row in assessment.progress
        if row.quarter == assessment.quarter and row.coordination
    ]  # fmt: skip
    counts = {one.addressees: sum(o.addressees == one.addressees for o in found) for one in found}
    return tuple(sorted(found, key=lambda one: _order(one, counts)))


def _order(one: Request, counts: Mapping[tuple[str, ...], int]) -> tuple[object, ...]:
    return not one.addressees, -counts[one.addressees], one.addressees, one.row.milestone_id


def _names(plan: Plan) -> dict[str, str]:
    """Map every name by which the plan knows a unit or a leader to the one it prints."""
    aliases = {alias: unit.name for unit in plan.units for alias in unit.aliases}
    return aliases | {unit.name: unit.name for unit in plan.units} | {n: n for n in plan.leaders}


def addressees(words: str, names: Mapping[str, str], asking: str = "") -> tuple[str, ...]:
    """Find the known names in the words of a request, but for that of who asks.

    Where somebody is begged (请), only the names after it are meant; never is a name within a
    longer one that is known.

    Examples
    --------
    >>> names = {"市财政局": "市财政局", "市住建局": "市住房城乡建设局"}
    >>> addressees("已报市财政局，请市住建局支持。", names)
    ('市住房城乡建设局',)
    """
    asks = ASKS.search(words)
    words = words[asks.end() :] if asks else words
    places: dict[int, str] = {}
    taken: set[int] = set()
    for name in _longest_first(names):
        start = words.find(name)
        while start >= 0:
            span = range(start, start + len(name))
            if not taken.intersection(span):
                places[start] = names[name]
                taken.update(span)
            start = words.find(name, start + 1)
    found = (places[start] for start in sorted(places))
    return tuple(dict.fromkeys(name for name in found if name != asking))


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(filter(None, names), key=lambda name: (-len(name), name))
