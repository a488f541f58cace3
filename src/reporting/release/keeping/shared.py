"""Editions share on disk what is equal: a file that an earlier one holds is linked, not written."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reporting.errors import InputRefused
from reporting.project.editions import edition_folder, frozen_numbers, frozen_periods
from reporting.release.record import RECORD, read_record
from reporting.system.digests import digest
from reporting.system.files import read_if_there

_READ_ONLY = 0o444


def write_shared(root: Path, folder: Path, members: Mapping[str, bytes]) -> None:
    """Write the files of an edition into a folder, read-only.

    Each is a hard link to the file of an earlier edition that holds the same bytes, where there
    is one and the disk has links; else it is written.
    """
    known = dict(_held(root))
    for name, data in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _link(known.get(digest(data)), path, data):
            path.write_bytes(data)
            path.chmod(_READ_ONLY)


def _link(source: Path | None, path: Path, data: bytes) -> bool:
    """Link to a file, but to none that was changed since its record was written."""
    if source is None or read_if_there(source) != data or source.is_symlink():
        return False
    try:
        os.link(source, path)
    except (OSError, NotImplementedError):
        # Some disks and shares have no links, and a file may have only so many.
        return False
    path.chmod(_READ_ONLY)
    return True


def _held(root: Path) -> Iterator[tuple[str, Path]]:
    """Give what the editions hold, by digest; one whose record is damaged holds nothing."""
    for period in frozen_periods(root):
        for number in frozen_numbers(root, period):
            folder = edition_folder(root, period, number)
            with suppress(InputRefused, OSError):
                record = read_record((folder / RECORD).read_bytes(), RECORD)
                yield from ((item.sha256, folder / item.path) for item in record.files)
