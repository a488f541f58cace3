"""Who may write: a pack is one run's at a time, what packs have in common one's at a moment.

The system lets a lock go when its process ends, however it ends.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.errors import Busy
from reporting.periods import Period
from reporting.system.digests import digest
from reporting.values import Value

if TYPE_CHECKING:
    from filelock import BaseFileLock

FOLDER = "locks"
_HELD = "held"
_GATE = "gate"

Waiting = Callable[[str], None]
"""Is told once what a run waits for."""


class Claim(Value):
    """What a run needs for itself as long as it runs: the name of its lock, and who has it else."""

    name: str
    holder: str


RELEASE = Claim(name="release", holder="另一个定版过程正在进行")
"""Editions tell of each other, and share their files on disk: one is frozen at a time."""


def claims_of(
    period: Period, folder: Path, *, public: bool = False, province: bool = False
) -> tuple[Claim, ...]:
    """Name a pack and the folder that it is put in; two packs may be sent to one folder."""
    kind, words = (
        ("-province", "汇总") if province else ("-public", "公开版") if public else ("", "")
    )
    name, label = period.code + kind, period.label + words
    place = digest(str(folder.resolve()).encode("utf-8", "surrogatepass"))[:16]
    return (
        Claim(name=name, holder=f"另一个过程正在生成{label}材料或者为其定版"),
        Claim(name=f"folder-{place}", holder=f"另一个过程正在写入成果目录 {folder}"),
    )


@contextmanager
def holding(state: Path, claims: Sequence[Claim], waiting: Waiting | None = None) -> Iterator[None]:
    """Hold what is claimed, in the order given.

    Parameters
    ----------
    state : Path
        The project's ``.reporting``.
    waiting : callable, optional
        Wait until it is free, and tell of it; without it nothing is waited for.

    Raises
    ------
    Busy
        Another run holds it.
    """
    with ExitStack() as held:
        for claim in claims:
            held.callback(_take(state, claim, waiting).release)
        yield


@contextmanager
def shared(state: Path, name: str) -> Iterator[None]:
    """Write what several packs have in common; others wait for it the moment that it takes."""
    with _lock(state, name):
        yield


@contextmanager
def alone(state: Path, claims: Sequence[Claim]) -> Iterator[bool]:
    """Tell whether nobody else runs in the project; meanwhile no run begins."""
    ours = {claim.name for claim in claims}
    with _lock(state, _GATE):
        others = (p for p in sorted((state / FOLDER / _HELD).glob("*")) if p.name not in ours)
        yield all(_is_free(state, path.name) for path in others)


def _take(state: Path, claim: Claim, waiting: Waiting | None) -> "BaseFileLock":
    lock = _lock(state, f"{_HELD}/{claim.name}")
    with _lock(state, _GATE):
        if _try(lock):
            return lock
    if waiting is None:
        raise Busy(f"{claim.holder}，请等它结束后再运行，或者加 --wait（make 加 WAIT=1）等候。")
    waiting(f"{claim.holder}，等它结束后继续。")
    lock.acquire()
    # Who found it free at the gate, and has begun to tidy up, ends first.
    with _lock(state, _GATE):
        return lock


def _is_free(state: Path, name: str) -> bool:
    lock = _lock(state, f"{_HELD}/{name}")
    if not _try(lock):
        return False
    lock.release()
    return True


def _try(lock: "BaseFileLock") -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _lock(state: Path, name: str) -> "BaseFileLock":
    from filelock import FileLock

    path = state / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path)
