"""The tables' descriptor in the Frictionless Data Package form: types, titles, hashes."""

import json
from collections.abc import Mapping
from typing import Any

from reporting.assess.values import Assessment
from reporting.publish.pack.tables import DataTable, Field, dated_tables
from reporting.system.digests import digest

DESCRIPTOR = "datapackage.json"

_TYPES = {
    "report_year": "integer",
    "report_quarter": "integer",
    "number": "integer",
    "source_number": "integer",
    "quarter": "integer",
    "tasks": "integer",
    "line": "integer",
    "gap": "number",
    "plan": "number",
    "plan_high": "number",
    "actual": "number",
    "due_date": "date",
    "reported_on": "date",
}
"""Frictionless types of the columns that are no text."""

_KEYS = {
    name: ["report_year", "report_quarter", *own]
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
    descriptor = {
        "name": f"reporting-{period.code.lower()}",
        "title": f"{assessment.subject.name}{period.label}任务进展数据",
        "description": "示例数据，不反映任何单位的真实进展。" if assessment.is_sample else "",
        "version": str(assessment.edition_number),
        "created": f"{assessment.issued_on:%Y-%m-%d}T00:00:00Z",
        "resources": [
            _resource(table, files[f"{table.name}.csv"]) for table in dated_tables(assessment)
        ],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _resource(table: DataTable, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.name in _KEYS:
        schema["primaryKey"] = _KEYS[table.name]
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, str]:
    return {"name": field.name, "title": field.label, "type": _TYPES.get(field.name, "string")}
