"""The zip of an edition: packed when somebody asks, and held to the folder."""

import io
import zipfile
import zlib
from pathlib import Path

from reporting.errors import InputRefused, ReportingError
from reporting.periods import Period
from reporting.project.editions import edition_folder, edition_name, frozen_numbers
from reporting.release.record import folder_files, pack_edition
from reporting.system.archives import read_members
from reporting.system.faults import said
from reporting.system.files import write_whole


def export_edition(root: Path, period: Period, number: int, target: Path) -> Path:
    """Pack an edition into a zip in a folder; give the zip.

    Raises
    ------
    InputRefused
        There is no such edition.
    ReportingError
        The folder cannot be written.
    """
    if number not in frozen_numbers(root, period):
        raise InputRefused(f"{period.label}没有第{number}版，不能打包。")
    archive = target / f"{edition_name(period, number)}.zip"
    files = folder_files(edition_folder(root, period, number))
    try:
        write_whole(archive, pack_edition(files, period, number))
    except OSError as error:
        raise ReportingError(f"{archive} 没有写成：{said(error)}。") from None
    return archive


def holds_the_same(packed: bytes, files: dict[str, bytes], period: Period, number: int) -> bool:
    """Tell whether a zip holds the files of an edition and nothing else.

    The files count, not how they are packed: another compressor gives other bytes.
    """
    head = f"{edition_name(period, number)}/"
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            names = archive.namelist()
        members = read_members(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False
    return len(names) == len(members) and members == {head + n: d for n, d in files.items()}
