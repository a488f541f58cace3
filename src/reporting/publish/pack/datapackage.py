"""The tables' descriptor in the Frictionless Data Package form: types, titles, hashes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reporting.assess.values import Assessment
from reporting.system.digests import digest
from reporting.tables.fields import PERIOD, Field
from reporting.tables.rows import dated_tables

DESCRIPTOR = "datapackage.json"
SAMPLE = "示例数据，不反映任何单位的真实进展。"

_KEYS = {
    name: [*(field.name for field in PERIOD), *own]
    for name, own in {
        "tasks": ["task_id"], "units": ["unit"], "milestones": ["milestone_id", "unit"],
        "targets": ["target_id", "unit"],
    }.items()
}  # fmt: skip


def write_datapackage(assessment: Assessment, files: Mapping[str, bytes]) -> bytes:
    """Describe the CSV files of a pack.

    Parameters
    ----------
    files : mapping of str to bytes
        What `reporting.publish.pack.tables.write_tables` gave for the same assessment.
    """
    period = assessment.period
    return to_bytes({
        "name": f"reporting-{period.code.lower()}",
        "title": f"{assessment.subject.name}{period.label}任务进展数据",
        "description": SAMPLE if assessment.is_sample else "",
        "version": str(assessment.edition_number),
        "created": f"{assessment.issued_on:%Y-%m-%d}T00:00:00Z",
        "resources": [
            describe_csv(table.name, table.title, table.fields, files[f"{table.name}.csv"])
            for table in dated_tables(assessment)
        ],
    })  # fmt: skip


def to_bytes(descriptor: Mapping[str, Any]) -> bytes:
    """Write a descriptor: sorted, one line end."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def describe_csv(name: str, title: str, fields: Iterable[Field], data: bytes) -> dict[str, Any]:
    """Describe a CSV file of one of the tables, whose rows have their year and quarter in front."""
    schema: dict[str, Any] = {"fields": describe_fields(fields), "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": schema,
    }


def describe_fields(fields: Iterable[Field]) -> list[dict[str, str]]:
    """Describe columns: their names, titles and types."""
    return [{"name": field.name, "title": field.label, "type": field.type} for field in fields]
