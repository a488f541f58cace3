"""Private folders with short names, gone when their process is gone.

Addresses of local sockets may have 100 bytes or so; a folder deep in the project is too long.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.errors import PublishError

_PREFIX = "reporting-"
_LOCK = "lock"
_ROOM = 1 << 30
_LONGEST = 60
"""Bytes of a base folder that leave room for the names of sockets."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a new folder that nobody else can read; it is removed at the end.

    Raises
    ------
    PublishError
        No folder for temporary files can be written.
    """
    folder, lock = _make()
    try:
        yield folder
    finally:
        remove(folder)
        os.close(lock)


def remove(folder: Path) -> None:
    """Remove a scratch folder, its lock last: what a kill leaves half removed is swept later."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _make() -> tuple[Path, int]:
    base = short_base()
    try:
        fresh = Path(tempfile.mkdtemp(prefix="new-" + _PREFIX, dir=base))
        lock = os.open(fresh / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        _try_lock(lock)
        # Only now may a sweep see it: a folder without a lock is a leftover.
        folder = base / fresh.name.removeprefix("new-")
        fresh.rename(folder)
    except OSError as error:
        raise PublishError(f"临时文件夹“{base}”不能写：{error.strerror}。") from error
    return folder, lock


def short_base() -> Path:
    """Find the folder for temporary files: in memory where there is one, with a short name."""
    usual = Path(tempfile.gettempdir())
    memory = Path("/dev/shm")
    chosen = [usual] if "TMPDIR" in os.environ or not _roomy(memory) else [memory, usual]
    for base in (*chosen, Path("/tmp"), memory):
        if len(os.fsencode(base)) <= _LONGEST and os.access(base, os.W_OK | os.X_OK):
            return base
    return usual


def _roomy(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free > _ROOM
    except OSError:
        return False


def sweep(base: Path) -> None:
    """Remove the folders that killed processes left beside ours."""
    owner = getattr(os, "getuid", lambda: None)()
    for folder in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if owner is None or folder.lstat().st_uid == owner:
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        # Killed between its last two steps, or not ours: then it is not empty, and stays.
        folder.rmdir()
        return
    try:
        if _try_lock(lock):
            remove(folder)
    finally:
        os.close(lock)


def _try_lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # there is no kernel that outlives its parent without fork
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
