"""Whether an edition follows the one before it: by its record, and by its seal."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reporting.assess.editions.seal import Seal, printed, read_seal, seal_of
from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.editions import (
    INPUTS,
    SEAL,
    edition_folder,
    frozen_numbers,
    frozen_periods,
)
from reporting.release.codes import finding
from reporting.release.record import RECORD, EditionRecord, read_record
from reporting.system.digests import digest
from reporting.system.files import read_if_there

_TABLES = SEAL.rpartition("/")[0]


def check_chain(root: Path, period: Period, record: EditionRecord) -> Iterator[Finding]:
    """Hold an edition to the one that it corrects."""
    if record.number == 1:
        return
    before = edition_folder(root, period, record.number - 1) / RECORD
    name, data = before.relative_to(root).as_posix(), read_if_there(before)
    if data is None:
        yield finding("REL-CHAIN-GAP", file=name, found=str(record.number - 1))
    elif digest(data) != record.corrects:
        yield finding("REL-CHAIN", file=name, found=str(record.number - 1))


def check_later(
    root: Path, period: Period, record: EditionRecord, data: bytes
) -> Iterator[Finding]:
    """Hold an edition to what later ones hold of it.

    The next edition of the quarter holds the digest of its record, and every one that was made
    with its facts and its seal holds a copy of those.
    """
    place = edition_folder(root, period, record.number).relative_to(root).as_posix()
    own = {f"{INPUTS}{place}/{item.path}": item.sha256 for item in record.files}
    for name, later in _others(root):
        follows = later.period == period and later.number == record.number + 1
        copies = {item.path: item.sha256 for item in later.files if item.path in own}
        if (follows and later.corrects != digest(data)) or any(
            own[path] != sha256 for path, sha256 in copies.items()
        ):
            yield finding("REL-CHAIN-LATER", file=f"{place}/{RECORD}", found=name)


def _others(root: Path) -> Iterator[tuple[str, EditionRecord]]:
    """Read the records of all editions; what is wrong with one is told when that is checked."""
    for period in frozen_periods(root):
        for number in frozen_numbers(root, period):
            with suppress(InputRefused, OSError):
                data = (edition_folder(root, period, number) / RECORD).read_bytes()
                yield f"{period.label}第{number}版", read_record(data, RECORD)


def check_seal(
    root: Path, period: Period, record: EditionRecord, files: Mapping[str, bytes]
) -> Iterator[Finding]:
    """Hold the seal to the tables that it is the digest of, and to the seal before.

    An edition of the first format bears none.
    """
    if record.seal and SEAL in files:
        place = (edition_folder(root, period, record.number) / SEAL).relative_to(root).as_posix()
        found = seal_of(files[SEAL])
        if found != record.seal:
            yield finding(
                "REL-SEAL", file=place, expected=printed(record.seal), found=printed(found)
            )
        if (seal := read_seal(files[SEAL])) is not None:
            yield from _check_tables(seal, files, place)
            yield from _check_before(root, period, seal, place)


def _check_tables(seal: Seal, files: Mapping[str, bytes], place: str) -> Iterator[Finding]:
    for name, expected in seal.tables.items():
        data = files.get(f"{_TABLES}/{name}")
        if data is not None and digest(data) != expected:
            found = f"{name} {digest(data)[:16]}"
            yield finding("REL-SEAL", file=place, expected=f"{name} {expected[:16]}", found=found)


def _check_before(root: Path, period: Period, seal: Seal, place: str) -> Iterator[Finding]:
    """Look the edition before up; one that was never sealed has nothing to be held to."""
    folder = _folder_of(root, period, seal.before)
    if folder is None or not seal.before_seal:
        return
    data = read_if_there(folder / SEAL)
    if data is None:
        yield finding("REL-SEAL-GAP", file=place, found=seal.before)
    elif seal_of(data) != seal.before_seal:
        yield finding("REL-SEAL-CHAIN", file=place, expected=seal.before)


def _folder_of(root: Path, period: Period, name: str) -> Path | None:
    """Find where an edition of the year stands by its name, whether or not it is there."""
    for quarter in range(1, period.quarter + 1):
        other = Period(year=period.year, quarter=quarter)
        head, _, number = name.rpartition("-v")
        if head == other.code and number.isdecimal():
            return edition_folder(root, other, int(number))
    return None
