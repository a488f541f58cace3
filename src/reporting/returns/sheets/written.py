"""The list of what was written into a folder, kept beside it: nothing else is ever removed."""

import json
from collections.abc import Mapping
from pathlib import Path

from reporting.system.digests import digest
from reporting.system.files import read_if_there, write_whole

WRITTEN = "退回件清单.json"


def remove_written(folder: Path, name: str = WRITTEN) -> None:
    """Remove the files of an earlier run, as far as they are as that run wrote them.

    A copy that somebody has written into since is theirs, and stays.
    """
    for file, known in _read(folder / name).items():
        path = folder / file
        inside = path.parent == folder and not path.is_symlink() and path.is_file()
        if inside and digest(path.read_bytes()) == known:
            path.unlink()


def keep_written(folder: Path, files: Mapping[str, bytes], name: str = WRITTEN) -> None:
    """Write down the names and digests of the files that were written into a folder."""
    listed = {file: digest(files[file]) for file in sorted(files)}
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / name, text.encode())


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
