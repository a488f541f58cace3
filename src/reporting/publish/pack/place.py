"""Put a pack's files in place: all are written beside first, then renamed one after another."""

import errno
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from reporting.errors import PublishError

STAGING = ".staging"


def place(
    folder: Path, files: Mapping[str, Callable[[], bytes]], stale: Iterable[str] = ()
) -> None:
    """Write files into a folder in the order given, and remove stale ones.

    Nothing that stands there is touched before everything has been written beside it, so a
    full disk leaves the folder as it was. Stale files go before the last file comes: that is
    the list of what stands, and what it no longer names no later run would remove.

    Parameters
    ----------
    files : mapping of str to callable
        Gives the bytes of each path, relative to the folder; called once.

    Raises
    ------
    PublishError
        The disk is full, or a file is held by another program; the text says which.
    """
    staging = folder / STAGING
    path = folder
    try:
        _clear(staging)
        if files:
            staging.mkdir(parents=True)
        staged = {name: staging / str(number) for number, name in enumerate(files)}
        for name, content in files.items():
            path = folder / name
            staged[name].write_bytes(content())
        names = list(files)
        for name in (*names[:-1], *stale, *names[-1:]):
            path = folder / name
            if name in staged:
                path.parent.mkdir(parents=True, exist_ok=True)
                staged[name].replace(path)
            else:
                path.unlink(missing_ok=True)
                _drop_empty(path.parent, folder)
    except OSError as error:
        raise PublishError(disk_fault(error, path)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def disk_fault(error: OSError, path: Path) -> str:
    """Say in a sentence what a file system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘空间不足，写入 {path.name} 时中断；原有成果未动，请清理磁盘后重新运行。"
    if isinstance(error, PermissionError):
        return f"不能写入 {path}：文件可能正被其他程序打开，或没有写权限。"
    return f"不能写入 {path}：{error.strerror or error}。"


def _clear(staging: Path) -> None:
    if staging.exists():
        shutil.rmtree(staging)


def _drop_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
