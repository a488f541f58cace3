"""Standard output and error of a notebook, with an end."""

import os
import threading
from typing import Any

from ipykernel.iostream import OutStream

from reporting.kernels.confine import OUTPUT


class OutputTooLarge(RuntimeError):
    """The notebook printed more than it may."""


class BoundedStream(OutStream):
    """Stops the cell that prints too much, before the process chokes on it."""

    _limit: int | None = None
    _written = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if limit := os.environ.get(OUTPUT):
            self._limit = int(limit)
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def write(self, string: str) -> Any:
        """Take a text in.

        Raises
        ------
        OutputTooLarge
            It is too much. What comes through a descriptor has no cell that could be stopped;
            whoever receives it counts as well.
        """
        self._written += len(string)
        watcher = getattr(self, "watch_fd_thread", None)
        too_large = self._limit is not None and self._written > self._limit
        if too_large and threading.current_thread() is not watcher:
            raise OutputTooLarge(f"more than {self._limit} bytes")
        return super().write(string)
