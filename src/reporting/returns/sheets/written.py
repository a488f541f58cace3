"""The list of what was written into a folder, kept beside it: nothing else is ever removed."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reporting.system.digests import digest
from reporting.system.files import read_if_there, write_changed, write_whole
from reporting.system.processes import on_all_cores

WRITTEN = "退回件清单.json"
_MANY = 8
"""Copies that are worth starting processes for."""


def own_files(folder: Path, name: str = WRITTEN) -> dict[str, bytes]:
    """Read the files of an earlier run, as far as they are as that run wrote them.

    A copy that somebody has written into since is theirs, and none of them.
    """
    found: dict[str, bytes] = {}
    for file, known in _read(folder / name).items():
        path = folder / file
        inside = path.parent == folder and not path.is_symlink() and path.is_file()
        if inside and digest(content := path.read_bytes()) == known:
            found[file] = content
    return found


def put_written(
    folder: Path, files: Mapping[str, bytes], before: Mapping[str, bytes], name: str = WRITTEN
) -> None:
    """Put files into a folder in place of those of an earlier run; what is the same stays."""
    for file in before.keys() - files.keys():
        (folder / file).unlink()
    for file, content in files.items():
        if before.get(file) != content:
            write_whole(folder / file, content)
    keep_written(folder, files, name)


def keep_written(folder: Path, files: Mapping[str, bytes], name: str = WRITTEN) -> None:
    """Write down the names and digests of the files that were written into a folder."""
    listed = {file: digest(files[file]) for file in sorted(files)}
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    write_changed(folder / name, text.encode())


def _read(path: Path) -> dict[str, str]:
    """Read the list; whatever is no such list names nothing."""
    try:
        content = json.loads(read_if_there(path) or b"{}")
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    return {name: known for name, known in content.items() if isinstance(known, str)}


def as_written(folder: Path, name: str) -> dict[str, bool]:
    """Tell of each file of an earlier run that is there whether it is as that run wrote it."""
    listed = _read(folder / name)
    paths = {file: folder / file for file in listed}
    return {
        file: digest(path.read_bytes()) == listed[file]
        for file, path in paths.items()
        if path.parent == folder and not path.is_symlink() and path.is_file()
    }


class CopyMemory:
    """What the copies of an earlier check were made from: one that stands is not made again.

    Whoever remembers sees to it that the program is the same.

    Parameters
    ----------
    known : mapping of str to str, optional
        The hashes of copies, by that of what each was made from.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, str] = {}

    def copies(
        self, made_from: Sequence[str], standing: Mapping[str, bytes], make: Callable[[int], bytes]
    ) -> list[bytes]:
        """Return the copies of the same that stand, and make the others.

        Parameters
        ----------
        made_from : sequence of str
            The hash of what each copy is made from.
        standing : mapping of str to bytes
            The copies that stand, by their hashes.
        make : callable
            Makes the copy of that position.
        """
        found = [standing.get(self._known.get(one, "")) for one in made_from]
        lacking = [at for at, copy in enumerate(found) if copy is None]
        made = iter(on_all_cores(make, lacking, least=_MANY))
        copies = [next(made) if copy is None else copy for copy in found]
        self.used |= {one: digest(copy) for one, copy in zip(made_from, copies, strict=True)}
        return copies
