"""What was told, for every page that listens, however late it comes."""

from collections import deque
from threading import Condition

from reporting.watching.values import Told

_KEPT = 200


class Hub:
    """Takes lines from the loop and gives them to pages, each in its own thread."""

    def __init__(self) -> None:
        self._lines: deque[tuple[int, Told]] = deque(maxlen=_KEPT)
        self._last = 0
        self._news = Condition()
        self.is_closed = False

    @property
    def last(self) -> int:
        """The number of the last line; the first is 1."""
        return self._last

    def tell(self, told: Told) -> None:
        """Take a line."""
        with self._news:
            self._last += 1
            self._lines.append((self._last, told))
            self._news.notify_all()

    def after(self, number: int, seconds: float) -> tuple[tuple[int, Told], ...]:
        """Give the lines after a number, waiting for one so long; none when none came."""
        with self._news:
            self._news.wait_for(lambda: self._last > number or self.is_closed, seconds)
            return tuple(line for line in self._lines if line[0] > number)

    def close(self) -> None:
        """Let go of all who wait."""
        with self._news:
            self.is_closed = True
            self._news.notify_all()
