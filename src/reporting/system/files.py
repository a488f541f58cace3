"""Reading files that may be missing, and writing them so that none is ever half there."""

import shutil
import stat
from pathlib import Path
from uuid import uuid4


def read_if_there(path: Path) -> bytes | None:
    """Read a file; None where there is none."""
    return path.read_bytes() if path.is_file() else None


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then rename: the file is complete or not there; its folder is made.

    Of two that write it at once the later one stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{uuid4().hex}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_changed(path: Path, content: bytes) -> None:
    """Write a file, unless it stands there as it would be written."""
    if read_if_there(path) != content:
        write_whole(path, content)


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it; Windows removes no file that is marked as read-only."""
    try:
        shutil.rmtree(folder)
    except PermissionError:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                path.chmod(stat.S_IREAD | stat.S_IWRITE)
        shutil.rmtree(folder)
