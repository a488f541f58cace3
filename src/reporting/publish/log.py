"""The log of a run: one JSON line a step, apart from the artifacts."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.system.files import write_whole

LOGS_KEPT = 50
LOG_BYTES = 8 << 20
"""Of a longer log the first half goes, whatever runs on and on."""


class RunLog:
    """Writes the steps of a run as they happen; ``echo`` shows each to whoever asked.

    A log that cannot be written stops nothing.
    """

    def __init__(self, folder: Path, name: str, echo: Callable[[str], None] | None = None) -> None:
        self._echo = echo
        self._start = time.perf_counter()
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.path = folder / f"{moment}-{name}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(folder.glob("*.jsonl"))[: -LOGS_KEPT or None]:
                old.unlink(missing_ok=True)
        except OSError:
            pass

    def event(self, step: str, **facts: Any) -> None:
        """Write one step with its facts; ``at`` is seconds since the run began."""
        line = {"at": round(time.perf_counter() - self._start, 3), "step": step, **facts}
        text = json.dumps(line, ensure_ascii=False, default=str)
        try:
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as target:
                target.write(text + "\n")
                is_full = target.tell() > LOG_BYTES
            if is_full:
                self._halve()
        except OSError:
            pass
        if self._echo is not None:
            self._echo(text)

    def _halve(self) -> None:
        """Keep the last lines; a line that is longer by itself goes with those before it."""
        with self.path.open("rb") as whole:
            whole.seek(-LOG_BYTES // 2, os.SEEK_END)
            rest = whole.read().partition(b"\n")[2]
        write_whole(self.path, rest)

    @contextmanager
    def timed(self, step: str, **facts: Any) -> Iterator[None]:
        """Write a step with its duration when it is over, however it ended."""
        start = time.perf_counter()
        ended = "failed"
        try:
            yield
            ended = "done"
        finally:
            seconds = round(time.perf_counter() - start, 3)
            self.event(step, **facts, seconds=seconds, ended=ended)
