"""What a command costs with every process it starts: time, processor, memory."""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from reporting.errors import PublishError
from reporting.values import Value

_PR_SET_CHILD_SUBREAPER = 36
_BETWEEN_SAMPLES = 0.25
_LAST_CHARACTERS = 2000


class Cost(Value):
    """What one run took.

    Attributes
    ----------
    seconds : float
        By the clock on the wall.
    cpu_seconds : float
        Of all processes together; steadier than the clock on a busy computer.
    peak_bytes : int
        The most memory of all processes together; pages that they share count once.
    said : str
        What it wrote to standard output.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    said: str = ""

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            seconds=self.seconds + other.seconds,
            cpu_seconds=self.cpu_seconds + other.cpu_seconds,
            peak_bytes=max(self.peak_bytes, other.peak_bytes),
        )


def adopt_orphans() -> None:
    """Have processes whose parent has gone fall to this one, so that none escapes (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> Cost:
    """Run a command, and wait for everything it has started.

    Raises
    ------
    PublishError
        It failed; the text is the end of what it said.
    """
    adopt_orphans()
    out, faults = cwd / ".said", cwd / ".faults"
    start = time.perf_counter()
    with out.open("wb") as stdout, faults.open("wb") as stderr:
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr
        )
        with _Scales(os.getpid()) as scales:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu_seconds, largest = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
    with suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-1, 0)
            cpu_seconds += usage.ru_utime + usage.ru_stime
            largest = max(largest, usage.ru_maxrss)
    if process.returncode:
        words = _read(faults)[-_LAST_CHARACTERS:] or _read(out)[-_LAST_CHARACTERS:]
        raise PublishError(f"{' '.join(command)}\n{words}")
    return Cost(
        seconds=seconds,
        cpu_seconds=cpu_seconds,
        # A short run may be over before it was ever looked at.
        peak_bytes=max(scales.peak_bytes, largest * _maxrss_unit()),
        said=_read(out),
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _maxrss_unit() -> int:
    return 1 if sys.platform == "darwin" else 1024


class _Scales:
    """Looks at the memory of all descendants a few times a second."""

    def __init__(self, root: int) -> None:
        self.peak_bytes = 0
        self._root = root
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Scales":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_BETWEEN_SAMPLES):
            total = sum(map(_memory, descendants(self._root)))
            self.peak_bytes = max(self.peak_bytes, total)


def descendants(root: int) -> list[int]:
    """List the processes below one, without it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # The name of a program may hold spaces and brackets; the parent comes after it.
            facts = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(entry.name)] = int(facts.rpartition(")")[2].split()[1])
    found, below = [], {root}
    while below:
        below = {pid for pid, parent in parents.items() if parent in below}
        found += sorted(below)
    return found


def _memory(pid: int) -> int:
    """Give the proportional share of a process: shared pages are divided among their users."""
    with suppress(OSError, ValueError):
        for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
