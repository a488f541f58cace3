"""All rows of a year's tables in one Parquet file, typed, for boards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from reporting.publish.pack.tables import unescaped
from reporting.publish.year.join import fields_of
from reporting.system.scratch import scratch_folder
from reporting.tables.fields import Field

KIND = Field(name="kind", label="表")
"""Which table a row is of; a column that its table has not is empty."""

_SQL = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Several threads would write the same rows in other pieces.
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def long_fields(names: Iterable[str]) -> tuple[Field, ...]:
    """Give the columns of some tables, each once, and in front which table a row is of."""
    found = {field.name: field for name in names for field in fields_of(name)}
    return (KIND, *found.values())


def write_parquet(rows: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Write the rows of all tables, as their CSV files hold them, by name of the table."""
    columns = _columns(rows)
    fields = long_fields(rows)
    typed = ", ".join(f'"{field.name}" {_SQL[field.type]}' for field in fields)
    lists = ", ".join(f"unnest(?::{_SQL[field.type]}[])" for field in fields)
    with scratch_folder() as folder, duckdb.connect(":memory:", config=_CONFIG) as base:
        path = folder / "rows.parquet"
        base.execute(f"CREATE TABLE rows ({typed})")
        base.execute(f"INSERT INTO rows SELECT {lists}", [columns[f.name] for f in fields])
        base.table("rows").write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def _columns(rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {field.name: [] for field in long_fields(rows)}
    for name, table in rows.items():
        own = {field.name: at for at, field in enumerate(fields_of(name))}
        columns[KIND.name] += [name] * len(table)
        for field in long_fields(rows)[1:]:
            at = own.get(field.name)
            values = [None if at is None else _value(field.type, row[at]) for row in table]
            columns[field.name] += values
    return columns


def _value(kind: str, text: str) -> Any:
    if not text:
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    return date.fromisoformat(text) if kind == "date" else unescaped(text)
