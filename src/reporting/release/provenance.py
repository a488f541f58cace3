"""The edition's provenance as RO-Crate 1.2 metadata, for archives that read that vocabulary."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from reporting.plan.values import AppliedCorrection
from reporting.project.editions import INPUTS
from reporting.publish.keys.hashes import FileRecord
from reporting.publish.manifest import MANIFEST
from reporting.release.record import PACK, PROGRAM
from reporting.system.own_templates import FOLDER as TEMPLATES

CRATE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_EDITION, _ISSUER, _SOFTWARE = "./", "#issuer", "#reporting"
_LICENSE, _PUBLICATION = "#license", "#publication"
_METADATA: dict[str, Any] = {
    "@id": CRATE,
    "@type": "CreativeWork",
    "conformsTo": {"@id": _SPECIFICATION},
    "about": {"@id": _EDITION},
}
_ESCAPED = re.compile(
    "[^\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd]"
)
"""What stands in no address as it is: letters of any language do, signs and spaces do not."""
_ROLES = {
    PACK: "本版的成果文件。",
    f"{INPUTS}{TEMPLATES}/": "生成本版所用的模板，代替软件自带的同名模板。",
    INPUTS: "生成本版所用的输入文件，路径与项目中相同。",
    "": "核验本版和读取其数据所用的文件。",
}
"""What a file is to the edition, by the folder in which it stands."""
_TYPES = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".css": "text/css",
    ".csv": "text/csv",
    ".typ": "text/plain",
    ".j2": "text/plain",
    ".json": "application/json",
    ".txt": "text/plain",
    ".ipynb": "application/x-ipynb+json",
    ".yml": "application/yaml",
    ".lock": "text/plain",
    ".whl": "application/zip",
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
    commit: str,
    files: Iterable[FileRecord],
    corrections: Sequence[AppliedCorrection] = (),
) -> bytes:
    """Describe an edition: its files, what made artifacts from inputs, and each correction.

    Parameters
    ----------
    commit : str
        The commit of the program's files; empty where they are of none.
    """
    files = tuple(files)
    graph = [
        _METADATA,
        _edition(name, published, number, files, len(corrections)),
        {"@id": _ISSUER, "@type": "Organization", "name": issuer},
        _license(issuer),
        _software(version, commit, files),
        _publication(name, published, files),
        *_people(corrections),
        *(_correction(n, item) for n, item in enumerate(corrections, 1)),
        *map(_file, files),
    ]
    crate = {"@context": f"{_SPECIFICATION}/context", "@graph": graph}
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()


def _edition(
    name: str, published: date, number: int, files: tuple[FileRecord, ...], corrections: int
) -> dict[str, Any]:
    actions = [_PUBLICATION, *(_correction_id(n + 1) for n in range(corrections))]
    return {
        "@id": _EDITION,
        "@type": "Dataset",
        "name": name,
        "description": f"{name}及其全部输入、成果和清单，可据以逐字节重新生成。",
        "datePublished": published.isoformat(),
        "license": {"@id": _LICENSE},
        "version": str(number),
        "publisher": {"@id": _ISSUER},
        "mentions": _one_or_many([{"@id": action} for action in actions]),
        **_references("hasPart", files),
    }


def _license(issuer: str) -> dict[str, Any]:
    return {
        "@id": _LICENSE,
        "@type": "CreativeWork",
        "name": "公文及其数据的使用规定",
        "description": f"公文及其数据，按{issuer}的规定使用。",
    }


def _software(version: str, commit: str, files: tuple[FileRecord, ...]) -> dict[str, Any]:
    """Describe the program; it has no page of its own, and the manifest tells all that it is."""
    software: dict[str, Any] = {
        "@id": _SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "reporting",
        "version": version,
        "url": {"@id": PACK + MANIFEST},
        **_references("hasPart", files, under=PROGRAM),
    }
    return {**software, "identifier": f"git:{commit}"} if commit else software


def _publication(name: str, published: date, files: tuple[FileRecord, ...]) -> dict[str, Any]:
    return {
        "@id": _PUBLICATION,
        "@type": "CreateAction",
        "name": f"生成{name}",
        "endTime": published.isoformat(),
        "agent": {"@id": _ISSUER},
        "instrument": {"@id": _SOFTWARE},
        **_references("object", files, under=INPUTS),
        **_references("result", files, under=PACK),
    }


def _people(corrections: Sequence[AppliedCorrection]) -> list[dict[str, str]]:
    names = dict.fromkeys(item.by for item in corrections if item.by)
    return [{"@id": _person(name), "@type": "Person", "name": name} for name in names]


def _person(name: str) -> str:
    return f"#person-{_address(name)}"


def _correction_id(number: int) -> str:
    return f"#correction-{number}"


def _correction(number: int, item: AppliedCorrection) -> dict[str, Any]:
    """Describe one correction of how the table was read."""
    place = f"“{item.words}”" if item.words else ""
    said = f"{item.before or '（空）'}→{item.after or '（空）'}"
    action: dict[str, Any] = {
        "@id": _correction_id(number),
        "@type": "UpdateAction",
        "name": f"{item.subject_id}{place}{item.label}：{said}",
        "description": item.reason,
        "object": {"@id": _address(f"{INPUTS}{item.source}")},
    }
    if item.by:
        action["agent"] = {"@id": _person(item.by)}
    if item.on:
        action["endTime"] = item.on.isoformat()
    return action


def _references(
    name: str, files: tuple[FileRecord, ...], under: str = ""
) -> dict[str, list[dict[str, str]] | dict[str, str]]:
    """Give a property that refers to files, or none where there is none of them."""
    found = [{"@id": _address(f.path)} for f in files if f.path.startswith(under)]
    return {name: _one_or_many(found)} if found else {}


def _one_or_many(found: list[dict[str, str]]) -> list[dict[str, str]] | dict[str, str]:
    """Write a single value without a list around it, as the compacted form has it."""
    return found[0] if len(found) == 1 else found


def _address(path: str) -> str:
    """Write a path as the relative address it is there: a name may hold a space, # or %."""
    return _ESCAPED.sub(lambda sign: quote(sign[0]), path)


def _file(record: FileRecord) -> dict[str, Any]:
    role = next(folder for folder in _ROLES if record.path.startswith(folder))
    return {
        "@id": _address(record.path),
        "@type": "File",
        "name": record.path.rpartition("/")[2],
        "description": _ROLES[role],
        "contentSize": str(record.size),
        "encodingFormat": _format(record.path),
        "sha256": record.sha256,
    }


def _format(path: str) -> str:
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    # What the computer itself knows of types differs from one to the next.
    return _TYPES.get(suffix, "application/octet-stream")
