"""The flow's reading edge: from the files of a project to an assessment."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from reporting.assess.assess import assess, left_open
from reporting.assess.continuity import expect_not_rewritten, led_returns
from reporting.assess.differing import differing
from reporting.assess.editions.make import Say, say_nothing, with_editions
from reporting.assess.frozen import edited, last_frozen
from reporting.assess.history import Published, read_published, returns_of
from reporting.assess.values import Assessment
from reporting.errors import UsageError
from reporting.periods import Period, expect_quarter
from reporting.plan.changes import plan_at, with_cancelled
from reporting.plan.values import Plan
from reporting.project.edition_dates import edition_date
from reporting.project.editions import INPUTS, edition_folder, frozen_numbers
from reporting.project.params import Params
from reporting.project.reports import all_reports
from reporting.project.roots import status_folder
from reporting.returns.promises.follow import still_open
from reporting.returns.promises.values import LeftOpen
from reporting.returns.reading.read import no_returns, read_returns
from reporting.returns.reading.remembered import FileMemory
from reporting.returns.values import Returns

T = TypeVar("T", bound=BaseModel)


class Remember(Protocol):
    """Gives what was read from the same files before, or reads it."""

    def __call__(self, quarter: int, kind: type[T], read: Callable[[], T]) -> T:
        """Remember a quarter's returns; quarter 0 is the plan."""


def _read_afresh(quarter: int, kind: type[T], read: Callable[[], T]) -> T:
    return read()


def _no_memory(_: int) -> FileMemory:
    return FileMemory()


def assess_period(
    root: Path,
    params: Params,
    quarter: int,
    *,
    remember: Remember = _read_afresh,
    memory_of: Callable[[int], FileMemory] = _no_memory,
    say: Say = say_nothing,
) -> Assessment:
    """Read the table and every return up to the quarter, and assess the city.

    An earlier quarter that was released is what its last edition published.

    Where an edition of the quarter is frozen, the assessment says what changed since. A
    quarter whose folder is missing counts as one for which nobody reported.

    Parameters
    ----------
    remember : Remember, optional
        Keeps what was read from run to run.
    memory_of : callable, optional
        Gives the memory of a quarter's files, called when any of them is to be read.
    say : callable, optional
        Gives the sentences of a report that an edition tells of where they moved.

    Raises
    ------
    UsageError
        The quarter is none, or there is nothing to read.
    """
    expect_quarter(quarter)
    plan = remember(0, Plan, lambda: _read_plan(root, params))
    if not (root / params.status).is_dir():
        raise UsageError(f"没有报送文件夹：应为 {params.status}，其下每季度一个文件夹（如 Q1）。")
    published = _published(root, params, quarter)
    period = Period(year=params.year, quarter=quarter)
    frozen = last_frozen(root, period)
    if frozen is not None:
        plan = with_cancelled(plan, frozen.plan, params.changes, quarter)
    returns: list[Returns] = []
    for number in range(1, quarter + 1):
        if number in published:
            returns.append(returns_of(published[number]))
            continue
        before = led_before(returns, params, number)
        then = plan_at(plan, params.changes, number)
        read = partial(_read_quarter, root, params, then, number, before, memory_of)
        returns.append(remember(number, Returns, read))
    city = _assessed(root, params, plan, returns, published)
    if frozen is None:
        return city
    last = frozen_numbers(root, period)[-1]
    reports = all_reports(params.reports)
    further = edited(root, edition_folder(root, period, last) / INPUTS, period, reports)
    day = edition_date(root, params, quarter, last + 1)
    return with_editions(city, frozen, further, number=last + 1, on=day, say=say, reports=reports)


def _assessed(
    root: Path, params: Params, plan: Plan, returns: Sequence[Returns], published: Published
) -> Assessment:
    period = Period(year=params.year, quarter=returns[-1].quarter)
    noticed = tuple(differing(root, params, plan, published))
    return assess(plan, returns, params, period, published=published, noticed=noticed)


def check_period(
    root: Path,
    params: Params,
    plan: Plan,
    quarter: int,
    *,
    status: Path | None = None,
    remember: Remember = _read_afresh,
    memory_of: Callable[[int], FileMemory] = _no_memory,
) -> tuple[Returns, Assessment]:
    """Read a quarter's returns and assess the city on them: what is told is what is published.

    Parameters
    ----------
    plan : Plan
        The table as it reads today.
    status : Path, optional
        Folder to read in place of the quarter's own, of which nothing is remembered.
    remember, memory_of : callable, optional
        Know what was read before, as for `assess_period`.

    Raises
    ------
    UsageError
        The folder is missing.
    """
    published = _published(root, params, quarter)
    rounds = _rounds_before(root, params, plan, quarter, published, remember, memory_of)
    before, now = led_before(rounds, params, quarter), plan_at(plan, params.changes, quarter)

    own = status is None and status_folder(root, params, quarter).is_dir()

    def read() -> Returns:
        memory = memory_of(quarter) if own else None
        return read_returns(
            root, params, now, quarter, previous=before, status=status, memory=memory
        )

    # What an assessment takes of a quarter without a folder is nothing that could be checked.
    returns = remember(quarter, Returns, read) if own else read()
    return returns, _assessed(root, params, plan, [*rounds, returns], published)


def _published(root: Path, params: Params, quarter: int) -> Published:
    """Read the editions of the quarters before one, which no change of the year may rewrite."""
    published = read_published(root, params.year, quarter)
    expect_not_rewritten(params.changes, published)
    return published


def _rounds_before(
    root: Path,
    params: Params,
    plan: Plan,
    quarter: int,
    published: Published,
    remember: Remember = _read_afresh,
    memory_of: Callable[[int], FileMemory] = _no_memory,
) -> list[Returns]:
    """Give the returns of the quarters before one, each under the units of its own."""
    rounds: list[Returns] = []
    for number in range(1, quarter):
        if number in published:
            rounds.append(returns_of(published[number]))
            continue
        before, then = led_before(rounds, params, number), plan_at(plan, params.changes, number)
        read = partial(_read_quarter, root, params, then, number, before, memory_of)
        rounds.append(remember(number, Returns, read))
    return rounds


def open_before(root: Path, params: Params, plan: Plan, quarter: int) -> dict[str, LeftOpen]:
    """Give by lead unit what earlier quarters left open, which a quarter's sheets ask again.

    ``plan`` is the table as it reads today.
    """
    published = _published(root, params, quarter)
    rounds = _rounds_before(root, params, plan, quarter, published)
    overdue = left_open(plan, rounds, params, quarter, published)
    now, before = plan_at(plan, params.changes, quarter), led_before(rounds, params, quarter)
    promises = still_open(now, before, params.changes, quarter)
    return {
        unit: LeftOpen(overdue=overdue.get(unit, ()), promises=promises.get(unit, ()))
        for unit in now.lead_units
        if unit in overdue or unit in promises
    }


def read_before(root: Path, params: Params, plan: Plan, quarter: int) -> tuple[Returns, ...]:
    """Give the returns of the quarters before one: as published, else as they lie there.

    They stand under the units of the quarter asked for; ``plan`` is the table as it reads today.
    """
    published = _published(root, params, quarter)
    before: tuple[Returns, ...] = ()
    for number in range(1, quarter):
        if number in published:
            before = (*before, returns_of(published[number]))
        elif status_folder(root, params, number).is_dir():
            then = plan_at(plan, params.changes, number)
            led = led_before(before, params, number)
            before = (*before, read_returns(root, params, then, number, previous=led))
    return led_before(before, params, quarter)


def led_before(returns: Iterable[Returns], params: Params, quarter: int) -> tuple[Returns, ...]:
    """Give returns of earlier quarters under the units that answer for them in a quarter."""
    return tuple(led_returns(item, params.changes, quarter) for item in returns)


def _read_plan(root: Path, params: Params) -> Plan:
    # The table's grammar is many patterns, which a plan that is remembered has no use for.
    from reporting.plan.read import read_plan

    return read_plan(root, params)


def _read_quarter(
    root: Path,
    params: Params,
    plan: Plan,
    quarter: int,
    before: tuple[Returns, ...],
    memory_of: Callable[[int], FileMemory],
) -> Returns:
    if (root / params.status / f"Q{quarter}").is_dir():
        memory = memory_of(quarter)
        return read_returns(root, params, plan, quarter, previous=before, memory=memory)
    return no_returns(root, params, plan, quarter, previous=before)
