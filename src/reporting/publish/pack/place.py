"""Put a pack's files in place: all are written beside first, then renamed one after another."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reporting.errors import PublishError
from reporting.system.faults import disk_fault
from reporting.system.files import remove_tree

STAGING = ".staging"
_NAMED = 3


def place(
    folder: Path, files: Mapping[str, Callable[[], bytes]], stale: Iterable[str] = ()
) -> None:
    """Write files into a folder in the order given, and remove stale ones.

    Nothing that stands there is touched before everything has been written beside it, so a
    full disk leaves the folder as it was. Stale files go before the last file comes: that is
    the list of what stands, and what it no longer names no later run would remove. A file that
    another program holds, as a viewer does on Windows, keeps back itself and that list alone.

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
        names, held = list(files), list[str]()
        for name in (*names[:-1], *stale, *names[-1:]):
            path = folder / name
            if held and name == names[-1]:
                raise PublishError(_still_held(held, folder))
            try:
                _settle(folder, path, staged.get(name))
            except PermissionError:
                if not path.is_file():
                    raise
                held.append(name)
        if held:
            raise PublishError(_still_held(held, folder))
    except OSError as error:
        raise PublishError(disk_fault(error, path)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def expect_writable(folder: Path, files: Iterable[str]) -> None:
    """Try whether files could be put in place; nothing of it stays.

    Parameters
    ----------
    files : iterable of str
        Paths relative to the folder.

    Raises
    ------
    PublishError
        The folder cannot be made, or it or one within it cannot be written to; the text says which.
    """
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted({(folder / name).parent for name in files} | {folder}):
            if path.exists():
                _try_writing(path / STAGING)
    except OSError as error:
        raise PublishError(disk_fault(error, path)) from error
    finally:
        with suppress(OSError):
            for made in new:
                made.rmdir()


def _try_writing(staging: Path) -> None:
    try:
        _clear(staging)
        staging.mkdir()
        (staging / "0").write_bytes(b"0")
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _settle(folder: Path, path: Path, staged: Path | None) -> None:
    if staged is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(path)
    else:
        path.unlink(missing_ok=True)
        _drop_empty(path.parent, folder)


def _still_held(held: Sequence[str], folder: Path) -> str:
    names = "、".join(f"{folder.name}/{name}" for name in held[:_NAMED])
    names += f" 等{len(held)}个文件" if len(held) > _NAMED else ""
    return (
        f"{names} 没有更新：可能正被其他程序（PDF 阅读器、WPS 等）打开，或没有写权限；"
        "其他文件已经更新，请关闭后重新运行。"
    )


def _clear(staging: Path) -> None:
    if staging.exists():
        remove_tree(staging)


def _drop_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
