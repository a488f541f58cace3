"""The descriptor of the CSV tables holds what the files hold."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from reporting.assess.values import Assessment
from reporting.language.comparators import Comparator
from reporting.publish.pack.datapackage import DESCRIPTOR, write_datapackage
from reporting.publish.pack.tables import unescaped, write_csv, write_tables
from reporting.tables.fields import DataTable, Datum, Field
from reporting.tables.rows import dated_tables


def write(folder: Path, city: Assessment) -> Any:
    files = write_tables(city)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / DESCRIPTOR).write_bytes(write_datapackage(city, files))
    return Package(str(folder / DESCRIPTOR)).validate()


def test_tables_are_valid_by_their_descriptor(tmp_path: Path, city: Assessment) -> None:
    """Frictionless finds types, keys, sizes and hashes as described."""
    report = write(tmp_path, city)
    assert report.flatten(["type", "note"]) == []
    described = json.loads((tmp_path / DESCRIPTOR).read_bytes())
    assert [r["name"] for r in described["resources"]] == [
        "tasks", "milestones", "targets", "units", "findings",
    ]  # fmt: skip


def test_changed_table_is_not_valid(tmp_path: Path, city: Assessment) -> None:
    """A figure changed by hand no longer has the hash of the descriptor."""
    write(tmp_path, city)
    table = tmp_path / "targets.csv"
    table.write_bytes(table.read_bytes().replace(b",100,", b",101,"))
    report = Package(str(tmp_path / DESCRIPTOR)).validate()
    assert {kind for (kind,) in report.flatten(["type"])} == {"hash-count"}


def read_by_schema(folder: Path) -> dict[str, pd.DataFrame]:
    """Read each table as its descriptor says: names, types and what is missing."""
    types = {"string": "str", "integer": "Int64", "number": "float64", "date": "str"}
    found = {}
    for resource in json.loads((folder / DESCRIPTOR).read_bytes())["resources"]:
        schema = resource["schema"]
        kinds = {field["name"]: field["type"] for field in schema["fields"]}
        found[resource["name"]] = pd.read_csv(
            folder / resource["path"], encoding=resource["encoding"], keep_default_na=False,
            dtype={name: types[kind] for name, kind in kinds.items()},
            na_values=schema["missingValues"],
            parse_dates=[name for name, kind in kinds.items() if kind == "date"],
        )  # fmt: skip
    return found


def expected(value: Datum) -> object:
    """Give a value as it is read back."""
    if isinstance(value, Decimal):
        return float(value)
    return pd.Timestamp(value) if isinstance(value, date) else value


def test_pandas_reads_every_value_back_by_the_descriptor(tmp_path: Path, city: Assessment) -> None:
    """Words, numbers and days of each table are what was written; nothing missing is text."""
    hostile = city.plan.tasks[0].model_copy(update={"goal": "=1+1", "action": "NA"})
    plan = city.plan.model_copy(update={"tasks": (hostile, *city.plan.tasks[1:])})
    status = city.return_status[0].model_copy(update={"reported_on": date(2023, 10, 9)})
    city = city.model_copy(
        update={"plan": plan, "return_status": (status, *city.return_status[1:])}
    )
    write(tmp_path, city)
    read = read_by_schema(tmp_path)
    for table in dated_tables(city):
        frame = read[table.name]
        assert list(frame.columns) == [field.name for field in table.fields]
        for at, field in enumerate(table.fields):
            written = [expected(row[at]) or None for row in table.rows]
            found = [None if pd.isna(v) else v for v in frame[field.name]]
            if field.type == "string":
                found = [v if v is None else unescaped(str(v)) for v in found]
            assert found == written, (table.name, field.name)
    assert read["units"]["reported_on"].dtype.kind == "M"
    assert read["tasks"]["goal"][0] == "'=1+1"


def test_comparators_are_found_as_they_are(tmp_path: Path, city: Assessment) -> None:
    """Who looks for ``=`` in a plain reading finds every target that has it."""
    equal = city.plan.targets[0].model_copy(update={"comparator": Comparator("=")})
    plan = city.plan.model_copy(update={"targets": (equal, *city.plan.targets[1:])})
    write(tmp_path, city.model_copy(update={"plan": plan}))
    targets = pd.read_csv(tmp_path / "targets.csv")
    assert equal.target_id in set(targets[targets.comparator == "="].target_id)


def test_spreadsheets_are_told_the_encoding_by_the_guide() -> None:
    """The files begin with no mark, which programs would take for a part of the first name."""
    guide = (Path(__file__).parents[2] / "docs/user-guide.zh-CN.md").read_text(encoding="utf-8")
    assert "65001：Unicode（UTF-8）" in guide
    data = write_csv([DataTable(name="t", title="", fields=(Field(name="a", label=""),), rows=())])
    assert data == {"t.csv": b"a\n"}


@pytest.mark.parametrize("text", ["'=1+1", "''=1+1", "'", "'a", "=", "'=", " '=1", "-3", "'-3"])
def test_a_text_is_told_from_one_that_was_escaped(text: str) -> None:
    """An apostrophe that somebody typed is theirs, also where it stands before a formula."""
    assert unescaped(written(text)) == text


@given(st.text(alphabet="'=+-@＝ 1a%.,\n", max_size=6))
def test_no_two_texts_are_written_alike(text: str) -> None:
    """Whatever stands there, taking the escape away gives it back."""
    assert unescaped(written(text)) == text


def written(text: str) -> str:
    """Give a cell as it stands in the file, as text."""
    table = DataTable(
        name="t", title="", fields=(Field(name="a", label=""), Field(name="b", label="")),
        rows=((text, 1),),
    )  # fmt: skip
    data = write_csv([table])["t.csv"].decode()
    _, (cell, _) = list(csv.reader(io.StringIO(data)))
    return cell
