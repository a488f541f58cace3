"""What came back from making reports."""

from dataclasses import dataclass, field

from reporting.values import Value


class Failure(Value):
    """A report that could not be made; ``kept`` is where its notebook can be read."""

    report_id: str
    error: str
    kept: str = ""


@dataclass
class Results:
    """Failures, and sentences that the reader should know besides."""

    failures: list[Failure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def error_of(self, report_id: str) -> str:
        """Return why a report could not be made; empty when it was."""
        return next((f.error for f in self.failures if f.report_id == report_id), "")
