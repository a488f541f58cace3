"""The roster of a plan: every unit named, its aliases and kind, and doubtful names."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.parties.names import is_abbreviation, is_collective, tidy, unit_kind
from reporting.plan.values import Task, Unit


def make_units(tasks: Sequence[Task], aliases: Mapping[str, str]) -> tuple[Unit, ...]:
    """List every unit named, lead units first in the table's order."""
    leads = Counter(name for task in tasks for name in task.lead_units)
    supports = Counter(
        name for task in tasks for name in {s.unit: None for s in task.supporting_units}
    )
    others = [
        name
        for task in tasks
        for name in (
            *(s.unit for s in task.supporting_units),
            task.coordinating_unit,
            task.host_unit,
        )
        if name
    ]
    names: dict[str, list[str]] = {}
    for short, name in aliases.items():
        names.setdefault(tidy(name), []).append(tidy(short))
    return tuple(
        Unit(
            name=name,
            aliases=tuple(names.get(name, ())),
            kind=unit_kind(name),
            leads=leads[name],
            supports=supports[name],
        )
        for name in dict.fromkeys((*leads, *others))
    )


def suspect_aliases(tasks: Sequence[Task], units: Sequence[Unit], name: str) -> list[Finding]:
    """Name the units that look like another writing of one in the roster.

    Units named side by side in one row are different units, however alike.
    """
    together: dict[str, set[str]] = {}
    first: dict[str, Task] = {}
    for task in tasks:
        row = {*task.lead_units, *(s.unit for s in task.supporting_units)}
        row |= {unit for unit in (task.coordinating_unit, task.host_unit) if unit}
        for unit in row:
            together.setdefault(unit, set()).update(row)
            first.setdefault(unit, task)
    plain = [unit.name for unit in units if not is_collective(unit.name)]
    findings = []
    for short in plain:
        like = [
            long
            for long in plain
            if is_abbreviation(short, long) and long not in together.get(short, ())
        ]
        for long in like:
            if is_abbreviation(long, short) and plain.index(long) > plain.index(short):
                continue  # The likeness is mutual; it is told once, of the later name.
            task = first[short]
            findings.append(
                finding(
                    "PLAN-ALIAS-SUSPECT",
                    file=name,
                    line=task.line,
                    unit=short,
                    task_id=task.task_id,
                    expected=long,
                    found=short,
                )
            )
    return findings
