"""Rows of returns written by hand: some contradict themselves in one place, some in none.

``contradictions.yml`` and ``clean.yml`` are by one hand and in one style, several rows to one
plan, so that a row of one differs from its neighbour in the other by the contradiction alone.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import yaml

from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis
from reporting.values import Value

YEAR = 2023
"""The year of every row."""

_ROWS = Path(__file__).parents[2] / "tests" / "returns" / "prose"


class Kind(StrEnum):
    """What a planted row has wrong."""

    FIGURE_DIFFERS = "figure_differs"
    FIGURE_CONVERTED = "figure_converted"
    DIGITS_SWAPPED = "digits_swapped"
    TENFOLD = "tenfold"
    SUBPROJECTS_SWAPPED = "subprojects_swapped"
    TEXT_DENIES_RATING = "text_denies_rating"
    DONE_THEN_NOT_STARTED = "done_then_not_started"
    NOT_STARTED_THEN_WORKS = "not_started_then_works"
    PLAN_VERBATIM = "plan_verbatim"
    LAST_TEXT_DATES_ONLY = "last_text_dates_only"
    EMPTY_TALK = "empty_talk"
    FUTURE_ONLY = "future_only"
    SAME_TEXT_ROWS = "same_text_rows"
    CUMULATIVE_FELL = "cumulative_fell"
    LEAD_UNITS_DIFFER = "lead_units_differ"
    SHARE_DOES_NOT_FIT = "share_does_not_fit"
    DEADLINE_PAST = "deadline_past"
    PAUSED_WITH_FULL = "paused_with_full"
    LAST_MISQUOTED = "last_misquoted"
    PLAN_MISQUOTED = "plan_misquoted"


class Direction(StrEnum):
    """Which way a figure is better."""

    UP = "up"
    DOWN = "down"


class ProseTarget(Value):
    """A target asked, in its own unit of measure.

    ``value`` is this quarter's plan value, ``annual`` the goal's, ``last`` what last quarter's
    return said, ``actual`` what is typed now; None where there is none.
    """

    measure: str
    comparator: Comparator
    value: Decimal
    unit: str
    basis: Basis
    direction: Direction
    annual: Decimal | None = None
    last: Decimal | None = None
    actual: Decimal | None = None


class OtherRow(Value):
    """A row read beside this one: another of the same return, or the other lead unit's answer.

    ``actual`` answers this row's targets in their order, and only where the unit is another.
    """

    unit: str
    plan: str
    self_rating: Grade
    progress: str
    actual: tuple[Decimal, ...] = ()


class ProseRow(Value):
    """One row of a return with all it is held against.

    Attributes
    ----------
    kind, where, against : str or None
        Of a planted row alone: the words that are wrong (out of progress, next_step or
        due_date) and the place they contradict: ``actual[1]``, ``last_actual[1]``, ``value[1]``
        of a target counted from 1 (a share as ``actual[1]/annual[1]``), a field's name, or
        ``others[1].…``.
    quarters : tuple of int
        The quarters the milestone spans.
    """

    id: str
    kind: Kind | None = None
    where: str | None = None
    against: str | None = None
    unit: str
    quarter: int
    quarters: tuple[int, ...]
    goal: str
    plan: str
    targets: tuple[ProseTarget, ...] = ()
    last_rating: Grade | None = None
    last_progress: str = ""
    self_rating: Grade
    progress: str
    problem: str = ""
    cause: str = ""
    next_step: str = ""
    due_date: date | None = None
    others: tuple[OtherRow, ...] = ()


def planted_rows() -> tuple[ProseRow, ...]:
    """Read the rows with one contradiction each."""
    return _rows("contradictions.yml")


def clean_rows() -> tuple[ProseRow, ...]:
    """Read the rows that nothing is wrong with."""
    return _rows("clean.yml")


def fresh_rows() -> tuple[ProseRow, ...]:
    """Read the rows written after the checks were made, planted and clean."""
    return _rows("fresh.yml")


def _rows(name: str) -> tuple[ProseRow, ...]:
    found = yaml.safe_load((_ROWS / name).read_text(encoding="utf-8"))
    return tuple(ProseRow.model_validate(row) for row in found)
