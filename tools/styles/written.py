"""A table as it is written down: its cells, and what a careful reader finds in it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml

from reporting.values import Value

Cell = int | float | date | str
Form = Literal["xlsx", "docx", "html", "led", "tabs", "text"]
_FLAGS = ("aspirational", "uncertain", "optional")


class Part(Value):
    """A sheet, or a table with the lines above and below it; ``head`` rows are its header."""

    sheet: str = ""
    lines: tuple[str, ...] = ()
    grid: tuple[tuple[Cell, ...], ...] = ()
    head: int = 1
    hidden: Mapping[Literal["rows", "columns"], tuple[int, ...]] = {}
    after: tuple[str, ...] = ()


class Figure(Value):
    """A figure the table asks for; an empty tuple of alternatives leaves the field open."""

    line: str
    source: str
    quarters: tuple[int, ...]
    comparators: tuple[str, ...]
    values: tuple[Decimal, ...]
    high: Decimal | None
    units: tuple[str, ...]
    bases: tuple[str, ...]
    directions: tuple[str, ...]
    aspirational: bool
    uncertain: bool
    optional: bool
    measures: tuple[str, ...]
    written: str


class Asked(Value):
    """What a careful reader finds in a task; ``says`` are words of its own that tell it."""

    says: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    cancelled: bool = False


class Written(Value):
    """An invented table of another office."""

    name: str
    style: str
    form: Form
    year: int = 2024
    text: str = ""
    parts: tuple[Part, ...] = ()
    tasks: tuple[Asked, ...]


def read_tables(folder: Path) -> tuple[Written, ...]:
    """Read every table of a folder, by name."""
    return tuple(_table(path) for path in sorted(folder.glob("*.yml")))


def parse_figure(line: str) -> Figure:
    """Read one line of the list of figures.

    >>> parse_figure("goal Q4 = 64 公里 cumulative higher").values
    (Decimal('64'),)
    """
    source, quarter, comparator, value, unit, basis, direction, *words = line.split()
    named = dict(word.split(":", 1) for word in words if ":" in word)
    if unknown := set(words) - set(_FLAGS) - {f"{k}:{v}" for k, v in named.items()}:
        raise ValueError(f"{line!r}: unknown words {sorted(unknown)}")
    low, _, high = value.partition("~")
    return Figure(
        line=line,
        source=source,
        quarters=tuple(int(q.removeprefix("Q")) for q in _either(quarter)),
        comparators=_either(comparator),
        values=tuple(Decimal(v) for v in _either(low)),
        high=Decimal(high) if high else None,
        units=_either(unit),
        bases=_either(basis),
        directions=_either(direction),
        **{flag: flag in words for flag in _FLAGS},
        measures=_either(named.get("of", "?")),
        written=named.get("as", low),
    )


def _either(field: str) -> tuple[str, ...]:
    return () if field == "?" else tuple(field.split("|"))


def _table(path: Path) -> Written:
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    tasks = tuple(_asked(task) for task in fields.pop("tasks"))
    return Written.model_validate({"name": path.stem, "tasks": tasks, **fields})


def _asked(fields: dict[str, Any]) -> Asked:
    figures = tuple(parse_figure(line) for line in fields.pop("figures", ()))
    quarters = _either(fields.pop("quarters", "?"))
    return Asked.model_validate({"figures": figures, "quarters": quarters, **fields})
