"""What single files gave, so that a file that did not change need not be read again."""

from reporting.findings import Finding
from reporting.returns.values import Return
from reporting.values import Value


class FileResult(Value):
    """What one file gave: a return, or findings that say why not; and whose it is."""

    item: Return | None
    findings: tuple[Finding, ...]
    unit: str


class FileResults(Value):
    """What the files of one quarter gave, by `file_key`."""

    by_key: dict[str, FileResult]


def file_key(name: str, sha256: str) -> str:
    """Return what tells one file's result from another's, the rest being the same.

    Findings and rows name their file, and its name may say whose return it is.
    """
    return f"{sha256} {name}"


class FileMemory:
    """What the files of one quarter gave: those read before are not read again.

    Whoever remembers sees to it that everything else a result depends on is the same: the
    program, the parameters, the plan, the quarter and the returns of the quarter before.

    Parameters
    ----------
    known : FileResults, optional
        What an earlier run read.
    """

    def __init__(self, known: FileResults | None = None) -> None:
        self._known = known.by_key if known else {}
        self._used: dict[str, FileResult] = {}

    def known(self, key: str) -> FileResult | None:
        """Give what a file of that key gave before; None where it has to be read."""
        return self._known.get(key)

    def keep(self, key: str, result: FileResult) -> None:
        """Remember what a file gave, now or before."""
        self._used[key] = result

    @property
    def results(self) -> FileResults:
        """What this run read or remembered, and no more: what is gone is forgotten."""
        return FileResults(by_key=self._used)
