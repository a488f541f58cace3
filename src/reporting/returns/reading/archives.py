"""The files of an archive that came among the returns: read in memory, never unpacked to disk."""

import zipfile
import zlib
from pathlib import Path

from reporting.workbooks.book import MAX_FILE, check_sizes
from reporting.workbooks.cells import BookRefused

MAX_MEMBERS = 300
_UTF8 = 0x800
_WORKBOOK = "[Content_Types].xml"


def members_of(path: Path) -> tuple[str, ...] | None:
    """List the files of an archive by their names; None where it is none that is read.

    A workbook under the ending of an archive is none either.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            return None
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive)
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, BookRefused):
        return None
    if len(entries) > MAX_MEMBERS or any(entry.filename == _WORKBOOK for entry in entries):
        return None
    return tuple(_named(entry) for entry in entries)


def read_member(path: Path, name: str) -> bytes:
    """Read one file of an archive.

    Raises
    ------
    BookRefused
        It is too large, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entry = next(e for e in archive.infolist() if _named(e) == name and not e.is_dir())
            if entry.file_size > MAX_FILE:
                raise BookRefused("RET-FILE-HUGE", f"解压后有 {entry.file_size // 2**20} MB")
            return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, StopIteration, EOFError, RuntimeError) as error:
        raise BookRefused("RET-FILE-DAMAGED", f"压缩包损坏（{type(error).__name__}）") from None


def _named(entry: zipfile.ZipInfo) -> str:
    """Return a file's name; old programs write it in the letters of their system."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
