"""Where a project is followed: the folders of all that its reports are made from."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath

from reporting.errors import ReportingError
from reporting.project.params import parse_params
from reporting.returns.reading.files import BOOK_SUFFIXES
from reporting.system import own_fonts, own_templates

Look = dict[str, tuple[int, int, int]]
"""What the file system says of files, by path: size, time, inode."""

_DATA = "data"
_ALWAYS = ("params", "notebooks", own_templates.FOLDER, own_fonts.FOLDER)


def folders(root: Path, year: int) -> tuple[Path, ...]:
    """List the folders to follow, none within another.

    Parameters that cannot be read name no folder; the project's usual ones are followed then.
    """
    try:
        content = (root / "params" / f"{year}.yml").read_bytes()
    except OSError:
        content = b""
    named = {root / name for name in (*_ALWAYS, *_named(content, year))}
    there = sorted(path.resolve() for path in named if path.exists() and path != root)
    return tuple(p for p in there if not any(other in p.parents for other in there))


@lru_cache(maxsize=1)
def _named(content: bytes, year: int) -> tuple[str, ...]:
    """Name where that lies which parameters name; the usual one where they cannot be read.

    What lies at the project's root is named itself: the root holds what is made as well, and a
    run would follow itself.
    """
    try:
        params = parse_params(content.decode("utf-8", "replace"), year)
    except ReportingError:
        return (_DATA,)
    files = [params.table, *(name for names in params.inputs.values() for name in names)]
    return (_DATA, params.status, *(_folder(name) for name in files))


def _folder(name: str) -> str:
    folder = Path(name).parent.as_posix()
    return name if folder == "." else folder


def is_litter(path: PurePath) -> bool:
    """Tell what office programs and editors leave beside a file while it is open."""
    name = path.name.lower()
    if name.startswith(("~", "._", ".~")) or name.endswith(("~", ".tmp", ".part", ".swp")):
        return True
    # A workbook that is merely hidden is a return.
    return name.startswith(".") and path.suffix.lower() not in BOOK_SUFFIXES


def look(places: Iterable[Path]) -> Look:
    """See what is there, to tell whether anything has changed."""
    found: Look = {}
    for place in places:
        for path in (place,) if place.is_file() else place.rglob("*"):
            if not is_litter(path):
                try:
                    stat = path.lstat()
                except OSError:
                    continue
                size = -1 if path.is_dir() else stat.st_size
                moment = 0 if path.is_dir() else stat.st_mtime_ns
                found[str(path)] = (size, moment, stat.st_ino)
    return found


def changed(before: Look, after: Look) -> tuple[str, ...]:
    """Name what differs."""
    return tuple(sorted(n for n in before | after if before.get(n) != after.get(n)))
