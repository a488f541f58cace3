"""The edition's provenance as RO-Crate 1.1 metadata, for archives that read that vocabulary."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

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
}


def write_crate(
    *,
    name: str,
    issuer: str,
    published: date,
    number: int,
    version: str,
    files: Iterable[FileRecord],
) -> bytes:
    """Describe an edition: its files, and the one action that made artifacts from inputs."""
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


def _references(files: tuple[FileRecord, ...], under: str = "") -> list[dict[str, str]]:
    return [{"@id": record.path} for record in files if record.path.startswith(under)]


def _file(record: FileRecord) -> dict[str, Any]:
    return {
        "@id": record.path,
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
