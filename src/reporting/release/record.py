"""``edition.json``: what an edition consists of, and how its bytes are listed and packed."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from reporting.errors import InputRefused
from reporting.periods import Period
from reporting.project.editions import edition_name
from reporting.publish.keys.hashes import FileRecord
from reporting.publish.manifest import Manifest
from reporting.system.archives import make_zip
from reporting.system.digests import digest
from reporting.values import Value

RECORD = "edition.json"
SIGNATURE = f"{RECORD}.sig"
"""Signature of the record, which no record can list."""
PACK = "pack/"
PROGRAM = "program/"
"""Folder of the wheel that the edition was made with."""
FORMAT = 2
"""Format of records; the first one bore no seal."""


class Accepted(Value):
    """Errors of the returns that stand in an edition, and why the office let them stand."""

    reason: str
    findings: tuple[str, ...]


class EditionRecord(Value):
    """The record of an edition.

    Attributes
    ----------
    corrects : str
        SHA-256 of the record of the edition before; empty in the first.
    seal : str
        The seal that the pack bears; empty in records of the first format.
    manifest : Manifest
        The pack's manifest as published: inputs, reports with keys and parameters, artifacts,
        package, fonts, findings by code, counts.
    files : tuple of FileRecord
        Every other file of the edition, sorted by path.
    """

    format: int = FORMAT
    period: Period
    number: int
    corrects: str
    seal: str = ""
    accepted: Accepted | None
    manifest: Manifest
    files: tuple[FileRecord, ...]


def file_record(path: str, data: bytes) -> FileRecord:
    """Record a file."""
    return FileRecord(path=path, size=len(data), sha256=digest(data))


def write_record(record: EditionRecord) -> bytes:
    """Write a record; equal records give the same bytes."""
    content = record.model_dump(mode="json")
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_record(data: bytes, name: str) -> EditionRecord:
    """Read a record back.

    Raises
    ------
    InputRefused
        It is none, or it is of a format that only a newer program knows.
    """
    if (known := _format(data)) > FORMAT:
        raise InputRefused(
            f"{name} 由更新版本的软件写出（格式{known}，本软件只认到{FORMAT}），"
            "请用新版软件，或者该版自带的 check.py 核验。"
        )
    try:
        return EditionRecord.model_validate_json(data)
    except ValidationError:
        raise InputRefused(f"{name} 已损坏，不是本软件写出的版本记录。") from None


def _format(data: bytes) -> int:
    """Read the format by itself: what is newer may hold fields that nobody here knows."""
    try:
        content = json.loads(data)
    except ValueError:
        return 0
    found = content.get("format") if isinstance(content, dict) else None
    return found if isinstance(found, int) else 0


def folder_files(folder: Path) -> dict[str, bytes]:
    """Read every file under a folder, by its path in it; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"), key=lambda path: path.parts)
        if path.is_file() and not path.is_symlink()
    }


def pack_edition(members: Mapping[str, bytes], period: Period, number: int) -> bytes:
    """Pack an edition; equal files give the same zip anywhere, any day."""
    head = f"{edition_name(period, number)}/"
    return make_zip({head + name: data for name, data in members.items()})
