"""The edition's provenance as RO-Crate 1.1 metadata, for archives that read that vocabulary."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from reporting.plan.values import AppliedCorrection
from reporting.project.editions import INPUTS
from reporting.publish.keys.hashes import FileRecord
from reporting.release.record import PACK

CRATE = "ro-crate-metadata.json"
_EDITION, _ISSUER, _SOFTWARE = "./", "#issuer", "#reporting"
_METADATA: dict[str, Any] = {
    "@id": CRATE,
    "@type": "CreativeWork",
    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    "about": {"@id": _EDITION},
}
_TYPES = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".json": "application/json",
    ".txt": "text/plain",
    ".ipynb": "application/x-ipynb+json",
    ".yml": "application/yaml",
    ".lock": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def write_crate(
    *,
    name: str,
    issuer: str,
    published: date,
    number: int,
    version: str,
    files: Iterable[FileRecord],
    corrections: Sequence[AppliedCorrection] = (),
) -> bytes:
    """Describe an edition: its files, what made artifacts from inputs, and each correction."""
    files = tuple(files)
    graph = [
        _METADATA,
        _edition(name, published, number, files),
        {"@id": _ISSUER, "@type": "Organization", "name": issuer},
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": "reporting",
            "version": version,
        },
        _publication(name, published, files),
        *_people(corrections),
        *(_correction(n, item) for n, item in enumerate(corrections, 1)),
        *map(_file, files),
    ]
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()


def _edition(
    name: str, published: date, number: int, files: tuple[FileRecord, ...]
) -> dict[str, Any]:
    return {
        "@id": _EDITION,
        "@type": "Dataset",
        "name": name,
        "description": f"{name}及其全部输入、成果和清单，可据以逐字节重新生成。",
        "datePublished": published.isoformat(),
        "license": "公文及其数据，按发布单位的规定使用。",
        "version": str(number),
        "publisher": {"@id": _ISSUER},
        "hasPart": _references(files),
    }


def _publication(name: str, published: date, files: tuple[FileRecord, ...]) -> dict[str, Any]:
    return {
        "@id": "#publication",
        "@type": "CreateAction",
        "name": f"生成{name}",
        "endTime": published.isoformat(),
        "agent": {"@id": _ISSUER},
        "instrument": {"@id": _SOFTWARE},
        "object": _references(files, under=INPUTS),
        "result": _references(files, under=PACK),
    }


def _people(corrections: Sequence[AppliedCorrection]) -> list[dict[str, str]]:
    names = dict.fromkeys(item.by for item in corrections if item.by)
    return [{"@id": _person(name), "@type": "Person", "name": name} for name in names]


def _person(name: str) -> str:
    return f"#person-{quote(name)}"


def _correction(number: int, item: AppliedCorrection) -> dict[str, Any]:
    """Describe one correction of how the table was read."""
    place = f"“{item.words}”" if item.words else ""
    said = f"{item.before or '（空）'}→{item.after or '（空）'}"
    action: dict[str, Any] = {
        "@id": f"#correction-{number}",
        "@type": "UpdateAction",
        "name": f"{item.subject_id}{place}{item.label}：{said}",
        "description": item.reason,
        "object": {"@id": _id(f"{INPUTS}{item.source}")},
    }
    if item.by:
        action["agent"] = {"@id": _person(item.by)}
    if item.on:
        action["endTime"] = item.on.isoformat()
    return action


def _references(files: tuple[FileRecord, ...], under: str = "") -> list[dict[str, str]]:
    return [{"@id": _id(record.path)} for record in files if record.path.startswith(under)]


def _id(path: str) -> str:
    """Write a path as the relative address it is there: a name may hold a space, # or %."""
    return quote(path)


def _file(record: FileRecord) -> dict[str, Any]:
    return {
        "@id": _id(record.path),
        "@type": "File",
        "name": record.path.rpartition("/")[2],
        "contentSize": str(record.size),
        "encodingFormat": _format(record.path),
        "sha256": record.sha256,
    }


def _format(path: str) -> str:
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    # What the computer itself knows of types differs from one to the next.
    return _TYPES.get(suffix, "application/octet-stream")
