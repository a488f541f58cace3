"""A table as a DataFrame: which dtype each column has, and what is missing in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from reporting.assess.values import Level, NoteKind, ReturnState
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.language.visible import visible
from reporting.plan.values import Basis
from reporting.tables.fields import DataTable, Datum, Field

_GRADED = frozenset({"self_rating", "grade", "previous"})
_CATEGORIES: Mapping[str, pd.CategoricalDtype] = {
    "severity": pd.CategoricalDtype([one.value for one in reversed(Severity)], ordered=True),
    "state": pd.CategoricalDtype([str(one) for one in ReturnState], ordered=True),
    "level": pd.CategoricalDtype([str(one) for one in Level]),
    "comparator": pd.CategoricalDtype([str(one) for one in Comparator]),
    "basis": pd.CategoricalDtype([str(one) for one in Basis]),
    "kind": pd.CategoricalDtype([str(one) for one in NoteKind]),
}
_FLAGS = frozenset({"nothing_due"})
_LISTS = frozenset({"leaders", "lead_units"})
_NUMBER_LISTS = frozenset({"quarters"})
_TYPES = {
    "string": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]",
}  # fmt: skip


def dtype_name(field: Field) -> str:
    """Name a column's dtype as the documentation does.

    Besides the dtypes of pandas that is ``ordered category``, and ``tuple`` for a column of
    tuples.
    """
    if field.name in _GRADED:
        return "ordered category"
    if field.name in _CATEGORIES:
        return "ordered category" if _CATEGORIES[field.name].ordered else "category"
    if field.name in _FLAGS:
        return "bool"
    return "tuple" if field.name in _LISTS | _NUMBER_LISTS else _TYPES[field.type]


def grade_dtype(grades: Iterable[Grade]) -> pd.CategoricalDtype:
    """Put the words of grades in the order of the rating rule: the greatest weighs most."""
    ordered = sorted(dict.fromkeys(grades), key=lambda grade: -grade.weight)
    return pd.CategoricalDtype(list(dict.fromkeys(map(str, ordered))), ordered=True)


def frame_of(table: DataTable, graded: pd.CategoricalDtype) -> pd.DataFrame:
    """Give a table as a DataFrame with the same columns and rows, on a plain index."""
    columns = {
        field.name: _column(field, [row[at] for row in table.rows], graded)
        for at, field in enumerate(table.fields)
    }
    return pd.DataFrame(columns)


def _column(field: Field, values: Sequence[Datum], graded: pd.CategoricalDtype) -> "pd.Series[Any]":
    if field.name in _GRADED:
        return pd.Series(values, dtype=graded)
    if field.name in _CATEGORIES:
        return pd.Series(values, dtype=_CATEGORIES[field.name])
    if field.name in _FLAGS:
        return pd.Series([value is not None for value in values], dtype="bool")
    if field.name in _LISTS:
        return _tuples([tuple(_parts(value)) for value in values])
    if field.name in _NUMBER_LISTS:
        return _tuples([tuple(map(int, _parts(value))) for value in values])
    if field.type == "string":
        return pd.Series([_text(value) for value in values], dtype="str")
    if field.type == "number":
        return pd.Series([None if v is None else float(str(v)) for v in values], dtype="float64")
    return pd.Series(values, dtype=_TYPES[field.type])


def _tuples(values: Sequence[tuple[Any, ...]]) -> "pd.Series[Any]":
    return pd.Series(values, dtype="object")


def _parts(value: Datum) -> list[str]:
    """Take apart what the tables join; an empty list is written as nothing."""
    return visible(str(value)).split(";") if value else []


def _text(value: Datum) -> str | None:
    """Show what is hidden, as the files and pages do; an empty text is a missing one."""
    return visible(str(value)) or None if value is not None else None
