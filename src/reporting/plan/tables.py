r"""The plan as CSV tables: one a kind of value, its columns the fields of the value.

The form is lossless and the same on every computer: UTF-8 without a mark, every cell quoted,
lines ended by LF. Nothing (None) is an empty cell, a list is joined by ``;``, a supporting
unit is ``unit`` or ``unit(scope)``. Where a name holds ``;`` or a backslash itself (in
``supporting_units`` also a half-width bracket), a backslash stands before it. A cell's text
is the table's text and nothing else: one that starts like a formula stays as it is, for CSV is
data. ``docs/plan-tables.md`` tells how to open it in a spreadsheet program.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from reporting.findings import Finding
from reporting.plan.values import (
    AppliedCorrection,
    Check,
    Milestone,
    Plan,
    SupportingUnit,
    Target,
    Task,
    Unit,
)
from reporting.values import Value

_LIST_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\;"})
_SCOPE_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\;()"})


def plan_tables(plan: Plan) -> dict[str, bytes]:
    """Write a plan's tables; CSV content by file name."""
    return {
        "tasks.csv": _table(Task, plan.tasks),
        "milestones.csv": _table(Milestone, plan.milestones),
        "targets.csv": _table(Target, plan.targets),
        "units.csv": _table(Unit, plan.units),
        "findings.csv": _table(Finding, plan.findings),
        "corrections.csv": _table(AppliedCorrection, plan.corrections),
        "checks.csv": _table(Check, plan.checks),
    }


def _table(kind: type[Value], values: Sequence[Value]) -> bytes:
    names = tuple(kind.model_fields)
    target = io.StringIO(newline="")
    # Quoting all: the csv module of some Python versions leaves a lone CR bare.
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(value, name)) for name in names] for value in values)
    return target.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return ";".join(_items(value))
    return str(value)


def _items(values: tuple[Any, ...]) -> Iterable[str]:
    for value in values:
        if not isinstance(value, SupportingUnit):
            yield str(value).translate(_LIST_SIGNS)
        elif value.scope is None:
            yield value.unit.translate(_SCOPE_SIGNS)
        else:
            scope = value.scope.translate(_SCOPE_SIGNS)
            yield f"{value.unit.translate(_SCOPE_SIGNS)}({scope})"
