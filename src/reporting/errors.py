"""What can go wrong, as one family of exceptions.

Faults of the input that a reader can mend are `reporting.findings.Finding` values and are
collected; an exception is for what stops a step.
"""

from collections.abc import Sequence

from reporting.findings import Finding


class ReportingError(Exception):
    """Base of the family; the text is one sentence in Chinese for the reader."""

    exit_code = 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that it tells, one for most."""
        return (str(self),)


class UsageError(ReportingError, ValueError):
    """The command was called wrongly, or there is nothing to work on (exit code 2)."""

    exit_code = 2


class FaultsFound(UsageError):
    """What people wrote into a file cannot be used: every fault of it, a sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The faults."""
        return self.faults


class InputRefused(ReportingError, ValueError):
    """An input cannot be read at all, so nothing is guessed from it.

    Parameters
    ----------
    message : str
        One sentence: where, what was expected, what was found.
    findings : sequence of Finding, optional
        Everything that was noticed before giving up.
    """

    exit_code = 2

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class PublishError(ReportingError, RuntimeError):
    """A report could not be made; the others are not affected (exit code 1)."""
