"""Private folders for temporary files, gone when their process is gone.

Their names are short: addresses of local sockets may have 100 bytes or so, and a folder deep in
the project is too long.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.errors import PublishError
from reporting.system.faults import said
from reporting.system.locks import try_lock

_PREFIX = "reporting-"
_LOCK = "lock"
_ROOM = 1 << 30
_LONGEST = 60
"""Bytes of a base folder that leave room for the names of sockets."""


@contextmanager
def scratch_folder(base: Path | None = None) -> Iterator[Path]:
    """Give a new folder that nobody else can read; it is removed at the end.

    Parameters
    ----------
    base : Path, optional
        The folder it is made in; by default one in memory, where there is one.

    Raises
    ------
    PublishError
        No folder for temporary files can be written.
    """
    folder, lock = _make(base or short_base())
    maker = os.getpid()
    try:
        yield folder
    finally:
        # A process forked meanwhile comes here too, when it lets go of what it inherited.
        if os.getpid() == maker:
            _give_up(folder, lock)
        else:
            os.close(lock)


@contextmanager
def swept_temporary_files() -> Iterator[None]:
    """Have libraries put their temporary files where a later run finds them after a kill."""
    before = tempfile.tempdir
    with scratch_folder() as folder:
        tempfile.tempdir = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before


def remove(folder: Path) -> None:
    """Remove a scratch folder, its lock last: what a kill leaves half removed is swept later."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _make(base: Path) -> tuple[Path, int]:
    try:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
            lock = _locked(folder)
            if lock is not None:
                return folder, lock
    except OSError as error:
        raise PublishError(f"临时文件夹“{base}”不能写：{said(error)}。") from error


def _locked(folder: Path) -> int | None:
    """Lock a new folder; None when a sweep took it for a leftover before it was locked."""
    path = folder / _LOCK
    try:
        lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except FileNotFoundError:
        return None
    ours = try_lock(lock)
    if ours is None or (ours and path.exists()):
        return lock
    os.close(lock)
    return None


def short_base() -> Path:
    """Find the folder for temporary files: in memory where there is one, with a short name."""
    usual = usual_base()
    memory = Path("/dev/shm")
    chosen = [usual] if "TMPDIR" in os.environ or not _roomy(memory) else [memory, usual]
    for base in (*chosen, Path("/tmp"), memory):
        if len(os.fsencode(base)) <= _LONGEST and os.access(base, os.W_OK | os.X_OK):
            return base
    return usual


def usual_base() -> Path:
    """Find the folder for temporary files as Python does, but without writing into it.

    Python tries a folder with a file that a kill leaves behind, under a name nobody knows.
    """
    if tempfile.tempdir:
        return Path(tempfile.tempdir)
    named = [os.environ.get(variable) for variable in ("TMPDIR", "TEMP", "TMP")]
    for name in (*filter(None, named), "/tmp", "/var/tmp", "/usr/tmp"):
        if os.access(name, os.W_OK | os.X_OK) and Path(name).is_dir():
            return Path(name).absolute()
    return Path.cwd()


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
        # Killed between two steps, or just made, and made again; not ours is not empty, and stays.
        folder.rmdir()
        return
    if try_lock(lock):
        _give_up(folder, lock)
    else:
        os.close(lock)


def _give_up(folder: Path, lock: int) -> None:
    """Remove a locked folder; Windows does not remove a file, the lock itself, that is open."""
    try:
        remove(folder)
    finally:
        os.close(lock)
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
