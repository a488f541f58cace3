"""Offices that stand in a list twice, or under another's name: which is right nobody can tell."""

from collections.abc import Iterator, Sequence

from reporting.assess.province.values import OfficeLine
from reporting.findings import Finding
from reporting.province.codes import finding

_NAMED = 5
"""How many places a sentence names."""


def without_doubles(
    lines: Sequence[OfficeLine],
) -> tuple[tuple[OfficeLine, ...], tuple[Finding, ...]]:
    """Take the figures from every office that is there twice; give the findings as well."""
    found = dict(_doubles(lines))
    kept = (line.without_figures if at in found else line for at, line in enumerate(lines))
    return tuple(kept), tuple(found[at] for at in sorted(found))


def _doubles(lines: Sequence[OfficeLine]) -> Iterator[tuple[int, Finding]]:
    """Give the finding of each office that is a double, by its place; the name's comes last."""
    for at, line in enumerate(lines):
        others = [
            (place, other)
            for place, other in enumerate(lines)
            if place != at and _is_same(line, other)
        ]
        if others:
            places = sorted([(at, line), *others], key=lambda one: one[0])
            names = "、".join(f"第{n + 1}处“{other.name}”" for n, other in places[:_NAMED])
            names += f"等{len(places)}处" if len(places) > _NAMED else ""
            yield at, finding("PROV-TWICE", found=names, unit=line.name)
    for at, line in enumerate(lines):
        named = [one for one in lines if one.name == line.name]
        if len(named) > 1 and not all(_is_same(line, one) for one in named):
            whose = "、".join(map(_whose, named[:_NAMED]))
            yield at, finding("PROV-NAME", expected=line.name, found=whose, unit=line.name)


def _is_same(one: OfficeLine, other: OfficeLine) -> bool:
    """Tell whether two that are counted are one office's; of others only the name tells."""
    if one.tally and other.tally and one.released and other.released:
        return one.released.identity == other.released.identity
    return one.name == other.name


def _whose(line: OfficeLine) -> str:
    return line.released.issuing_office if line.released else "没有版本"
