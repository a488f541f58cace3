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

        What comes through a descriptor has no cell that could be stopped: no more of it is
        passed on than tells the receiver, who counts as well, that it is too much.

        Raises
        ------
        OutputTooLarge
            A cell printed too much.
        """
        passed, self._written = self._written, self._written + len(string)
        if self._limit is None or self._written <= self._limit:
            return super().write(string)
        if threading.current_thread() is not getattr(self, "watch_fd_thread", None):
            raise OutputTooLarge(f"more than {self._limit} bytes")
        return super().write(string) if passed <= self._limit else len(string)
