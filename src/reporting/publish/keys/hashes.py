"""Hashes of files, remembered by what the file system says of them."""

import json
import os
import time
from pathlib import Path
from typing import Any

from reporting.system.digests import digest
from reporting.system.files import write_whole
from reporting.values import Value

_SETTLED_NS = 3_000_000_000
"""A file is remembered only when it was last touched longer ago than the coarsest clock of a
file system ticks: a later change within the same tick would go unseen."""


class FileRecord(Value):
    """A file: its path in the folder it is told of, its size in bytes, its hash."""

    path: str
    size: int
    sha256: str


class FileHashes:
    """SHA-256 of files, read again only when size, times or inode have changed.

    Parameters
    ----------
    memory : Path, optional
        The JSON file that remembers from run to run; a broken one is forgotten.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._known: dict[str, list[Any]] = _read_memory(memory) if memory else {}
        self._used: dict[str, list[Any]] = {}

    def of(self, path: Path) -> str:
        """Return the hash of a file; OSError when it cannot be read."""
        name = os.path.abspath(path)  # noqa: PTH100 (resolving links costs more than it tells)
        before = _facts(name)
        known = self._used.get(name) or self._known.get(name)
        if known is not None and known[:-1] == before:
            self._used[name] = known
            return str(known[-1])
        found = digest(Path(name).read_bytes())
        if _facts(name) == before and time.time_ns() - max(before[1], before[2]) > _SETTLED_NS:
            self._used[name] = [*before, found]
        return found

    def forget_gone(self) -> None:
        """Forget the files that are no more, whatever names came and went in a long run."""
        self._used = {name: facts for name, facts in self._used.items() if Path(name).exists()}

    def save(self) -> None:
        """Remember what this run used; what it did not, while it stands, is kept as well."""
        if self._memory is None:
            return
        kept = {name: facts for name, facts in self._known.items() if name not in self._used}
        if not self._used.keys() - self._known.keys() and all(
            self._known[name] == facts for name, facts in self._used.items()
        ):
            return
        # Another run may have remembered more meanwhile.
        kept = _read_memory(self._memory) | kept
        kept = {name: facts for name, facts in kept.items() if Path(name).exists()}
        write_whole(self._memory, json.dumps(kept | self._used).encode())


def _facts(name: str) -> list[int]:
    stat = os.stat(name)  # noqa: PTH116 (a third of the time of an unchanged run)
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _read_memory(memory: Path) -> dict[str, list[Any]]:
    try:
        known = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {n: f for n, f in known.items() if isinstance(f, list) and len(f) == 5}


def names_under(folder: Path) -> list[str]:
    """List every file under a folder by its path in it, in a fixed order, byte code aside."""
    top = str(folder)
    found = []
    for place, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        inside = place[len(top) :].replace(os.sep, "/").lstrip("/")
        start = f"{inside}/" if inside else ""
        found += [f"{start}{n}" for n in names if not n.endswith(".pyc") and _is_file(place, n)]
    return sorted(found)


def _is_file(place: str, name: str) -> bool:
    # What pathlib makes of each of some hundred names is a tenth of an unchanged run.
    return os.path.isfile(os.path.join(place, name))  # noqa: PTH113, PTH118
