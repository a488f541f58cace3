"""One run at a time in a project."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.errors import UsageError


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the project's lock; the system lets it go when the process ends, however it ends.

    Raises
    ------
    UsageError
        Another run holds it.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError("另一个生成过程正在进行，请等它结束后再运行。") from None
    try:
        yield
    finally:
        lock.release()
