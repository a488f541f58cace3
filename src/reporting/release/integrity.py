"""Whether an edition still is what was frozen, file by file and byte by byte."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.editions import (
    INPUTS,
    SUMS,
    edition_folder,
    edition_zip,
    frozen_numbers,
    quarter_folder,
)
from reporting.publish.manifest import MANIFEST, Manifest
from reporting.release.chain import check_chain, check_later, check_seal
from reporting.release.codes import finding
from reporting.release.keeping.archive import holds_the_same
from reporting.release.record import (
    PACK,
    RECORD,
    SIGNATURE,
    EditionRecord,
    folder_files,
    read_record,
)
from reporting.release.signatures.editions import check_signature
from reporting.system.digests import digest
from reporting.system.files import read_if_there


def read_sums(data: bytes) -> dict[str, str]:
    """Read ``SHA256SUMS``: hash by name; lines of another form are left out."""
    lines = (line.partition("  ") for line in data.decode(errors="replace").splitlines())
    return {name: value for value, mark, name in lines if mark and len(value) == 64}


def write_sums(sums: Mapping[str, str]) -> bytes:
    """Write ``SHA256SUMS`` as ``sha256sum --check`` reads it."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def sums_of(root: Path, period: Period, number: int) -> dict[str, str]:
    """Give the entries of an edition in ``SHA256SUMS``.

    They are its record, which vouches for the rest, and its signature, where it bears one.
    """
    folder = edition_folder(root, period, number)
    found = {name: read_if_there(folder / name) for name in (RECORD, SIGNATURE)}
    return {f"{number}/{name}": digest(data) for name, data in found.items() if data is not None}


def check_edition(
    root: Path, period: Period, number: int, signers: Path | None = None
) -> tuple[Finding, ...]:
    """Compare an edition's files with its record, and the record with what stands beside it.

    The sums vouch for the record; where they differ, both are named. A zip need not be there; one
    that is has to hold the same.

    Parameters
    ----------
    signers : Path, optional
        Who may have signed, instead of whom the project names.
    """
    folder = edition_folder(root, period, number)
    if not folder.is_dir():
        have = "、".join(f"第{n}版" for n in frozen_numbers(root, period)) or "没有任何版本"
        return (finding("REL-NO-EDITION", expected=str(number), found=have),)
    files = folder_files(folder)
    if RECORD not in files:
        return (finding("REL-MISSING", file=_name(root, folder / RECORD)),)
    faults = (
        *_check_sums(root, period, number, files[RECORD]),
        *_check_zip(root, period, number, files),
    )
    try:
        record = read_record(files[RECORD], _name(root, folder / RECORD))
    except InputRefused as refused:
        return (*faults, finding("REL-UNREADABLE", found=str(refused)))
    return (
        *faults,
        *_check_files(root, folder, files, record),
        *_check_manifest(root, folder, files, record),
        *check_chain(root, period, record),
        *check_later(root, period, record, files[RECORD]),
        *check_seal(root, period, record, files),
        *check_signature(root, period, number, signers),
    )


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _check_manifest(
    root: Path, folder: Path, files: Mapping[str, bytes], record: EditionRecord
) -> Iterator[Finding]:
    """Hold the pack's own manifest to the one in the record: one of them may have been made up."""
    path = folder / PACK / MANIFEST
    if PACK + MANIFEST in files and Manifest.read(path) != record.manifest:
        yield finding("REL-PACK-MANIFEST", file=_name(root, path))
    known = {item.path: item.sha256 for item in record.files}
    for place, listed in ((PACK, record.manifest.artifacts), (INPUTS, record.manifest.inputs)):
        for item in listed:
            if known.get(place + item.path) != item.sha256:
                yield finding("REL-LISTED", file=_name(root, folder / place / item.path))


def _check_files(
    root: Path, folder: Path, files: Mapping[str, bytes], record: EditionRecord
) -> Iterator[Finding]:
    for known in record.files:
        name = _name(root, folder / known.path)
        data = files.get(known.path)
        if data is None:
            yield finding("REL-MISSING", file=name)
        elif (found := digest(data)) != known.sha256:
            yield finding("REL-TAMPERED", file=name, expected=known.sha256, found=found)
    listed = {known.path for known in record.files} | {RECORD, SIGNATURE}
    for path in sorted(files.keys() - listed):
        yield finding("REL-EXTRA", file=_name(root, folder / path))


def _check_sums(root: Path, period: Period, number: int, record: bytes) -> Iterator[Finding]:
    """Hold the record to the sums; nobody can tell from outside which of the two is right."""
    sums = quarter_folder(root, period) / SUMS
    data = read_if_there(sums)
    if data is None:
        yield finding("REL-MISSING", file=_name(root, sums))
        return
    listed = read_sums(data)
    if listed.get(f"{number}/{RECORD}") != digest(record):
        place = edition_folder(root, period, number) / RECORD
        yield finding("REL-RECORD", file=_name(root, place))
        yield finding("REL-SUMS", file=_name(root, sums))
    elif write_sums(listed) != data:
        yield finding("REL-SUMS", file=_name(root, sums))
    signature = edition_folder(root, period, number) / SIGNATURE
    known = listed.get(f"{number}/{SIGNATURE}")
    if known and known != digest(read_if_there(signature) or b""):
        yield finding("REL-SIGNATURE", file=_name(root, signature))


def _check_zip(
    root: Path, period: Period, number: int, files: dict[str, bytes]
) -> Iterator[Finding]:
    archive = edition_zip(root, period, number)
    data = read_if_there(archive)
    if data is not None and not holds_the_same(data, files, period, number):
        yield finding("REL-ZIP", file=_name(root, archive))
