"""What can go wrong, as one family of exceptions.

Faults of the input that a reader can mend are `reporting.findings.Finding` values and are
collected; an exception is for what stops a step.
"""

from collections.abc import Sequence
from enum import IntEnum

from reporting.findings import Finding


class ExitCode(IntEnum):
    """What a command's exit code says.

    Attributes
    ----------
    DONE
        All is as it was asked for.
    FAILED
        The command ran and what it tells of is not well: a report failed, returns have errors, an
        edition does not stand, a pack cannot be frozen.
    USAGE
        The command was called wrongly, or there is nothing to work on.
    BUSY
        Another run holds what this one needs; it may be tried again.
    INTERRUPTED
        Somebody stopped it.
    """

    DONE = 0
    FAILED = 1
    USAGE = 2
    BUSY = 3
    INTERRUPTED = 130


class ReportingError(Exception):
    """Base of the family; the text is one sentence in Chinese for the reader."""

    exit_code = ExitCode.FAILED

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that it tells, one for most."""
        return (str(self),)


class UsageError(ReportingError, ValueError):
    """The command was called wrongly, or there is nothing to work on ."""

    exit_code = ExitCode.USAGE


class Busy(ReportingError, RuntimeError):
    """Another run holds what this one needs."""

    exit_code = ExitCode.BUSY


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

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class PublishError(ReportingError, RuntimeError):
    """A report could not be made; the others are not affected."""
