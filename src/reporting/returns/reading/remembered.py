"""What single files gave, so that a file that did not change need not be read again."""

from collections.abc import Callable

from reporting.findings import Finding
from reporting.returns.values import Return
from reporting.values import Value


class FileReading(Value):
    """What one file gave: a return, or findings that say why not; and whose it is."""

    item: Return | None
    findings: tuple[Finding, ...]
    unit: str


class FileReadings(Value):
    """What the files of one quarter gave, by `reading_key`."""

    by_key: dict[str, FileReading]


def reading_key(name: str, sha256: str) -> str:
    """Return what tells one file's reading from another's, the rest being the same.

    Findings and rows name their file, and its name may say whose return it is.
    """
    return f"{sha256} {name}"


class Reader:
    """Reads the files of one quarter, those that were read before from memory.

    Whoever remembers sees to it that everything else a reading depends on is the same: the
    program, the parameters, the plan, the quarter and the returns of the quarter before.

    Parameters
    ----------
    known : FileReadings, optional
        What an earlier run read.
    """

    def __init__(self, known: FileReadings | None = None) -> None:
        self._known = known.by_key if known else {}
        self._used: dict[str, FileReading] = {}

    def reading(self, name: str, sha256: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what a file of that name and content gave before, or read it."""
        key = reading_key(name, sha256)
        found = self._known.get(key)
        self._used[key] = read() if found is None else found
        return self._used[key]

    @property
    def readings(self) -> FileReadings:
        """What this run read or remembered, and no more: what is gone is forgotten."""
        return FileReadings(by_key=self._used)
