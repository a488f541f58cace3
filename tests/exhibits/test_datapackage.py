"""The descriptor of the CSV tables holds what the files hold."""

import json
from pathlib import Path
from typing import Any

from frictionless import Package

from reporting.assess.values import Assessment
from reporting.publish.pack.datapackage import DESCRIPTOR, write_datapackage
from reporting.publish.pack.tables import write_tables


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
