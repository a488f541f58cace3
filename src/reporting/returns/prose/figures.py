"""Hold the figures of a unit's prose against its figure cells, the plan and last quarter.

A figure of the prose is led to a target by its unit of measure and by what it is said to count.
Where a target's figure stands in the prose as it stands in its cell, nothing more is asked of it:
what else is said in that unit are parts and neighbours. Where it does not, and another one is
said of the very same thing, the two disagree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from reporting.language.phrases import said_words
from reporting.language.said import Role, Said, bare_unit, figures_said
from reporting.language.units import in_base
from reporting.plan.values import Basis, Target

_NAMED = 0.75
"""How much of what a figure is said to count the name of its target must hold."""
_ALONE = 0.5
_ROUNDED, _ABOUT, _MORE = Decimal("0.02"), Decimal("0.05"), Decimal("0.15")
_SHARE_ABOUT, _SHARE_TENTHS = Decimal(3), Decimal(6)


@dataclass(frozen=True)
class Known:
    """A target with all that is known of its figure, in its own unit.

    ``is_own`` tells that it is asked in the row whose prose is read; ``planned`` holds the plan's
    values of its series, this quarter's first.
    """

    target: Target
    workstream: str
    quote: str
    is_own: bool
    actual: Decimal | None = None
    place: str = ""
    last: Decimal | None = None
    planned: tuple[Decimal, ...] = ()
    annual: Decimal | None = None

    @cached_property
    def unit(self) -> str:
        """The unit that all of its kind are multiples of."""
        return in_base(Decimal(1), bare_unit(self.target.unit))[1]

    def base(self, value: Decimal) -> Decimal:
        """Give a value of the target in that unit."""
        return in_base(value, bare_unit(self.target.unit))[0]

    def base_of(self, said: Said) -> Decimal:
        """Give a figure of the prose in that unit."""
        return in_base(said.value, bare_unit(said.unit))[0]

    @cached_property
    def step(self) -> Decimal:
        """The last place of its figure, in that unit."""
        exponent = self.actual.as_tuple().exponent if self.actual is not None else 0
        return self.base(Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0))


class Against(StrEnum):
    """What a figure of the prose disagrees with."""

    ACTUAL = "actual"
    LAST = "last"
    PLAN = "plan"
    SHARE = "share"


@dataclass(frozen=True)
class Disagreement:
    """A figure in prose that differs from what is known; ``right`` is the known value."""

    against: Against
    said: Said
    known: Known
    right: Decimal


def disagreements(
    text: str, known: Sequence[Known], year: int, quarter: int
) -> Iterator[Disagreement]:
    """Find where a row's prose and the figures disagree, at most once a target and kind."""
    units = [bare_unit(item.target.unit) for item in known]
    said = figures_said(text, year, quarter, units)
    meant = [_meant(item, known, said) for item in said]
    yield from _of_actuals(said, meant, known, quarter)
    yield from _of_last(said, meant, quarter)
    yield from _of_plans(said, meant)
    yield from _of_shares(said, meant, known)


Meant = Sequence[Known]
"""The targets that a figure may be said of; several where its words do not tell them apart."""


def _unit(item: Said) -> str:
    return in_base(Decimal(1), bare_unit(item.unit))[1]


def _meant(item: Said, known: Sequence[Known], said: Sequence[Said]) -> Meant:
    unit = _unit(item)
    alike = [k for k in known if k.unit == unit]
    if not item.subject:
        own = [k for k in alike if k.is_own]
        alone = sum(_unit(s) == unit for s in said) == 1
        return own if len(own) == 1 and (item.in_all or alone) else ()
    scored = [(_score(item.subject, k), k) for k in alike]
    best = max((score for score, _ in scored), default=0.0)
    # What alone is counted in a unit, and alone is asked in it, need not be named so exactly.
    only = len(alike) == 1 and sum(_unit(s) == unit for s in said) == 1
    if best < (_ALONE if only else _NAMED):
        return ()
    names = {_name(k) for score, k in scored if score == best}
    found = [k for k in alike if _name(k) in names]
    found = [k for k in found if k.is_own] or found
    return [k for k in found if _plain_name(k.target.measure) == item.subject] or found


def _name(known: Known) -> tuple[str, str]:
    """Name what a target counts: what is due by now and by the year's end is one series."""
    return known.workstream, known.target.measure


def _score(subject: str, known: Known) -> float:
    """Tell how much of a subject a target's name holds; its clause in the plan counts less."""
    name = _plain_name(f"{known.workstream}{known.target.measure}")
    whole = f"{known.workstream}{known.target.measure}{known.quote}"
    return max(_held(subject, name), _held(subject, whole) - 0.01)


def _plain_name(name: str) -> str:
    return said_words.WEAK.sub("", said_words.NEUTRAL.sub("", name)) or name


def _held(part: str, whole: str) -> float:
    """Return the share of a text's signs that another text holds too."""
    common = Counter(part) & Counter(whole)
    return sum(common.values()) / len(part) if part else 0.0


def _equal(item: Said, value: Decimal, known: Known) -> bool:
    """Tell whether a figure of the prose is a value, as roughly as it is said."""
    one, other = in_base(item.value, bare_unit(item.unit))[0], known.base(value)
    apart = abs(one - other)
    if item.rough == "about" and item.places < 0:
        return apart <= _SHARE_TENTHS
    if item.rough == "about":
        return apart <= abs(other) * _ABOUT
    if item.rough == "least":
        return one <= other <= one * (1 + _MORE)
    step = in_base(Decimal(1).scaleb(-item.places), bare_unit(item.unit))[0]
    rounded = (apart < step and one <= other) or apart * 2 <= max(step, known.step)
    return apart == 0 or (rounded and apart <= abs(other) * _ROUNDED)


def _of_actuals(
    said: Sequence[Said], meant: Sequence[Meant], known: Sequence[Known], quarter: int
) -> Iterator[Disagreement]:
    for target in known:
        if not target.is_own or target.actual is None or _is_said(target, said, meant):
            continue
        rivals = [
            item for item, targets in zip(said, meant, strict=True)
            if item.role is Role.NOW and target in targets and _counts_now(item, target, quarter)
            and not _is_of_another(item, targets)
        ]  # fmt: skip
        if rivals:
            item = max(rivals, key=lambda item: (item.in_all, item.is_own, -item.start))
            yield Disagreement(Against.ACTUAL, item, target, target.actual)


def _is_said(target: Known, said: Sequence[Said], meant: Sequence[Meant]) -> bool:
    """Tell whether the prose says a target's figure, where it does not clearly mean another."""
    assert target.actual is not None
    return any(
        item.role in (Role.NOW, Role.PART)
        and _unit(item) == target.unit
        and _equal(item, target.actual, target)
        and (not targets or target in targets)
        for item, targets in zip(said, meant, strict=True)
    )


def _is_of_another(item: Said, targets: Meant) -> bool:
    """Tell whether a figure that may mean several targets is that of one, or the sum of all."""
    values = [t.actual for t in targets if t.actual is not None]
    if any(_equal(item, value, t) for t, value in zip(targets, values, strict=False)):
        return True
    same = len({t.target.unit for t in targets}) == 1
    return len(values) > 1 and same and _equal(item, sum(values, Decimal()), targets[0])


def _counts_now(item: Said, known: Known, quarter: int) -> bool:
    """Tell whether the time a figure is said of is the one its target counts."""
    target, named = known.target, item.quarters
    so_far = tuple(range(1, quarter + 1))
    if target.basis is Basis.IN_QUARTER:
        span = tuple(range(target.counts_from or quarter, quarter + 1))
        return named == span or (not named and not item.in_all) or quarter == 1
    if target.basis is Basis.LEVEL:
        return not named or max(named) == quarter
    return named in ((), so_far) or (item.in_all and max(named) == quarter)


def _of_last(said: Sequence[Said], meant: Sequence[Meant], quarter: int) -> Iterator[Disagreement]:
    for item, targets in zip(said, meant, strict=True):
        if item.role is not Role.LAST:
            continue
        held = [t for t in targets if t.last is not None and _counts_last(item, t, quarter)]
        if held and len(held) == len(targets):
            values = [t.last for t in held if t.last is not None]
            if not any(_equal(item, v, t) for t, v in zip(held, values, strict=True)):
                yield Disagreement(Against.LAST, item, held[0], values[0])


def _counts_last(item: Said, known: Known, quarter: int) -> bool:
    before = tuple(range(1, quarter))
    if known.target.basis is Basis.CUMULATIVE:
        return item.quarters == before
    if known.target.basis is Basis.IN_QUARTER:
        return item.quarters == (quarter - 1,)
    return True


def _of_plans(said: Sequence[Said], meant: Sequence[Meant]) -> Iterator[Disagreement]:
    for item, targets in zip(said, meant, strict=True):
        if item.role is not Role.PLAN or not targets:
            continue
        right = [(t, v) for t in targets for v in _planned(item, t)]
        if right and not any(_equal(item, v, t) for t, v in right):
            yield Disagreement(Against.PLAN, item, *right[0])


def _planned(item: Said, known: Known) -> Iterable[Decimal]:
    yearly = (known.annual,) if known.annual is not None else ()
    return yearly if item.of_year and yearly else (*known.planned, *yearly)


def _of_shares(
    said: Sequence[Said], meant: Sequence[Meant], known: Sequence[Known]
) -> Iterator[Disagreement]:
    for item in said:
        if item.role is not Role.SHARE:
            continue
        if any(k.unit == "%" and k.actual is not None and _equal(item, k.actual, k) for k in known):
            continue
        yield from _of_share(item, said, meant, known)


def _of_share(
    item: Said, said: Sequence[Said], meant: Sequence[Meant], known: Sequence[Known]
) -> Iterator[Disagreement]:
    if item.numerator is None:
        own = [k for k in known if k.is_own and k.unit != "%"]
        targets: Meant = own if len(own) == 1 else ()
        values = [own[0].base(own[0].actual)] if targets and own[0].actual is not None else []
    else:
        whole = said[item.numerator]
        targets = meant[item.numerator]
        values = [in_base(whole.value, bare_unit(whole.unit))[0]]
        values += [t.base(t.actual) for t in targets if t.actual is not None]
    shares = [
        (t, value / t.base(plan) * 100)
        for t in targets for plan in _wholes(item, t) if plan for value in values
    ]  # fmt: skip
    if shares and not any(_is_share(item, share) for _, share in shares):
        yield Disagreement(Against.SHARE, item, shares[-1][0], shares[-1][1])


def _wholes(item: Said, known: Known) -> Iterable[Decimal]:
    yearly = (known.annual,) if known.annual is not None else ()
    return yearly if item.of_year else (*yearly, *known.planned[:1])


def _is_share(item: Said, share: Decimal) -> bool:
    if item.places < 0:
        return abs(item.value - share) <= _SHARE_TENTHS
    if item.rough == "least":
        return item.value <= share <= item.value + _SHARE_TENTHS
    if item.rough == "about":
        return abs(item.value - share) <= _SHARE_ABOUT
    return abs(item.value - share) <= Decimal(1).scaleb(-item.places)
