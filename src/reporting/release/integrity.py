"""Whether an edition still is what was frozen, file by file and byte by byte."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.editions import (
    SUMS,
    edition_folder,
    edition_zip,
    frozen_numbers,
    quarter_folder,
)
from reporting.publish.manifest import MANIFEST, Manifest
from reporting.release.chain import check_chain, check_seal
from reporting.release.codes import finding
from reporting.release.record import (
    PACK,
    RECORD,
    SIGNATURE,
    EditionRecord,
    folder_files,
    pack_edition,
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
    """Give the entries of an edition in ``SHA256SUMS``: its record and its zip."""
    record = edition_folder(root, period, number) / RECORD
    archive = edition_zip(root, period, number)
    return {
        f"{number}/{RECORD}": digest(record.read_bytes()),
        archive.name: digest(archive.read_bytes()),
    }


def check_edition(
    root: Path, period: Period, number: int, signers: Path | None = None
) -> tuple[Finding, ...]:
    """Compare an edition's folder, zip and sums with one another and with its record.

    The record, its copy in the zip and the sums vouch for one another: of the three, the one
    that differs from the two others is named.

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
    seals = _Seals(root, period, number, files)
    faults = tuple(seals.faults())
    trusted = seals.packed_record() if any(f.code == "REL-RECORD" for f in faults) else None
    try:
        record = read_record(trusted or files[RECORD], _name(root, folder / RECORD))
    except InputRefused as refused:
        return (*faults, finding("REL-UNREADABLE", found=str(refused)))
    return (
        *faults,
        *_check_files(root, folder, files, record),
        *_check_manifest(root, folder, files, record),
        *check_chain(root, period, record),
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


class _Seals:
    """The three places that vouch for an edition: its record, its zip, and the sums."""

    def __init__(self, root: Path, period: Period, number: int, files: Mapping[str, bytes]) -> None:
        self._root = root
        self._record = edition_folder(root, period, number) / RECORD
        self._archive = edition_zip(root, period, number)
        self._sums = quarter_folder(root, period) / SUMS
        self._archive_data = read_if_there(self._archive)
        self._sums_data = read_if_there(self._sums)
        listed = read_sums(self._sums_data or b"")
        self._packed_alike = pack_edition(files, period, number) == self._archive_data
        self._record_listed = listed.get(f"{number}/{RECORD}") == digest(files[RECORD])
        self._archive_listed = listed.get(self._archive.name) == digest(self._archive_data or b"")

    def faults(self) -> Iterator[Finding]:
        """Name what is missing, and which of the three differs from the others."""
        for path, data in ((self._archive, self._archive_data), (self._sums, self._sums_data)):
            if data is None:
                yield finding("REL-MISSING", file=_name(self._root, path))
        if self._packed_alike:
            if self._sums_data is not None and not self._sums_agree():
                yield finding("REL-SUMS", file=_name(self._root, self._sums))
        elif not self._record_listed:
            yield finding("REL-RECORD", file=_name(self._root, self._record))
        elif self._archive_data is not None and not self._archive_listed:
            yield finding("REL-ZIP", file=_name(self._root, self._archive))

    def _sums_agree(self) -> bool:
        data = self._sums_data or b""
        return self._record_listed and self._archive_listed and write_sums(read_sums(data)) == data

    def packed_record(self) -> bytes | None:
        """Return the record as the zip holds it; None when it cannot be read."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._archive_data or b"")) as archive:
                return archive.read(f"{self._archive.stem}/{RECORD}")
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError):
            return None
