"""Units of measure: powers of ten, other ways to write one, and multiples of another."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

import yaml

from reporting.language.quantity_units import read_unit, to_base
from reporting.values import Value


class Multiple(Value):
    """A unit that is another one, or so many of it."""

    of: str
    times: int = 1


@lru_cache(maxsize=1)
def multiples() -> Mapping[str, Multiple]:
    """Load the units that are multiples of others, or other ways to write them."""
    text = files(__package__).joinpath("units.yml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        unit: Multiple(of=entry["is"], times=entry.get("times", 1))
        for unit, entry in entries.items()
    }


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Give a value in the unit that all of its kind are multiples of.

    Examples
    --------
    >>> in_base(Decimal("1.2"), "万公里") == in_base(Decimal(12000000), "米")
    True
    """
    factor, base = _factor(unit)
    return value * factor, base


def converted(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Give a value in another unit of its kind; None where it is of none.

    Examples
    --------
    >>> converted(Decimal("1.5"), "亿元", "万元"), converted(Decimal(2), "家", "亿元")
    (Decimal('15000'), None)
    """
    factor, base = _factor(unit)
    other_factor, other_base = _factor(other)
    if base != other_base:
        return None
    found = value * factor / other_factor
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


@lru_cache(maxsize=4096)
def _factor(unit: str) -> tuple[Decimal, str]:
    """Give how many of the base unit one is, and the base unit."""
    factor, base = to_base(Decimal(1), read_unit(unit))
    base, stroke, per = base.replace("每", "/").partition("/")
    while multiple := multiples().get(base + stroke + per if base == "t" else base):
        factor *= multiple.times
        base, new_stroke, new_per = multiple.of.partition("/")
        stroke, per = new_stroke or stroke, new_per or per
    per = _same(per)
    return factor, f"{base}{stroke}{per}"


def _same(unit: str) -> str:
    """Write what a unit is reckoned by in one way: /天 is /日."""
    multiple = multiples().get(unit)
    return multiple.of if multiple and multiple.times == 1 else unit
