"""The replies of the commands: one envelope, and for each command what its result holds.

`reporting schema` writes them as JSON schemas. A field is never renamed or taken away; what a
command comes to tell besides is a new field.
"""

from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from reporting.assess.values import Edition
from reporting.errors import ExitCode
from reporting.findings import Finding
from reporting.project.decisions import Decision
from reporting.publish.results import Failure
from reporting.returns.office.board import UnitLine
from reporting.returns.opinions import Opinion
from reporting.values import Value

R = TypeVar("R", bound=BaseModel)


class Told(Value):
    """A value whose fields are described in the schema; all are always there."""

    model_config = ConfigDict(
        use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )


_CODES = (
    "0 done; 1 a report failed, returns have errors, an edition is not proved or refused; "
    "2 called wrongly, or nothing to work on; 3 another run is at work on it; 130 interrupted."
)


class Reply(Value, Generic[R]):
    """What a command answers with ``--json``."""

    # Its kinds are made in an expression, which has no place for docstrings of fields.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    command: str = Field(description="The command.")
    ok: bool = Field(description="Whether the exit code is 0.")
    exit_code: ExitCode = Field(description=_CODES)
    error: str = Field(
        description="Why the command stopped, in Chinese; empty when it ran to its end."
    )
    findings: tuple[Finding, ...] = Field(
        description="What was noticed in the inputs, each with its place."
    )
    lines: tuple[str, ...] = Field(description="What is printed without --json, in Chinese.")
    result: R | None = Field(
        description="What the command did or found; null when it stopped before that."
    )


class PlanResult(Told):
    """The table that was read."""

    year: int
    tasks: int
    milestones: int
    targets: int
    units: int
    """All units, leading and supporting."""
    folder: str
    """The folder that was written to."""
    files: tuple[str, ...]
    """The names of the files in it."""


class InitResult(Told):
    """The year that was started, the project that was laid out; paths are relative to the project.

    What belongs to a year that was not started is null.
    """

    year: int
    tasks: int | None = None
    table: str | None = None
    params: str | None = None
    status: str | None = None
    report: str | None = None
    carried: int | None = None
    """Tasks of the year before that are still open; null without ``--from``."""
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files of the project that stood there and were left."""


class TemplateResult(Told):
    """The template that was copied for the project; a path relative to the project."""

    file: str


class ParamsResult(Told):
    """How much of a year's parameters was held against the plan."""

    year: int
    tasks: int
    changes: int
    corrections: int


class ChangeResult(Told):
    """The entry that was written into the parameters."""

    path: str
    line: int
    entry: str


class SheetsResult(Told):
    """The blank workbooks of a quarter, by the names of their files."""

    year: int
    quarter: int
    folder: str
    fresh: tuple[str, ...]
    """Those written now: they are to be sent out."""
    same: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]
    """Those that somebody wrote into, left as they are."""
    foreign: tuple[str, ...]


class CheckResult(Told):
    """What the check wrote."""

    folder: str
    """Board, reminders, drafts of mail and copies to send back."""
    adopted: int
    """Decisions taken over from the board as it was filled in."""
    news: tuple[str, ...]
    """What is new since the last check."""


class CheckReply(Reply[CheckResult]):
    """The reply of ``check``; what stands beside its result stands in 核对结果.json as well.

    It is null when the command stopped.
    """

    year: int | None = None
    quarter: int | None = None
    returns: int | None = None
    missing: tuple[str, ...] | None = None
    is_sample: bool | None = None
    counts: dict[str, int] | None = None
    units: tuple[UnitLine, ...] | None = None
    opinions: tuple[Opinion, ...] | None = None


class DecideResult(Told):
    """The decisions that were written down; without ``--cell`` none, and nobody is asked."""

    path: str
    """The file of decisions; empty when nothing was written."""
    decisions: tuple[Decision, ...]


class ReceiveResult(Told):
    """The returns that were filed, relative to the project."""

    year: int
    quarter: int
    received_on: date
    files: tuple[str, ...]


class ReportLine(Told):
    """One report of a run."""

    report_id: str
    state: str
    """``made``, ``reused`` or ``failed``; of a dry run what would be."""
    reason: str
    """Why it is made, in Chinese."""
    artifacts: tuple[str, ...]
    """Its files, relative to the folder of the pack."""


class ReportResult(Told):
    """A run of a quarter's pack."""

    year: int
    quarter: int
    audience: str
    is_sample: bool
    dry_run: bool
    folder: str
    reports: tuple[ReportLine, ...]
    failures: tuple[Failure, ...]
    severities: dict[str, int]
    """How many findings of each severity the data notes tell of."""
    remarks: tuple[str, ...]
    log: str


class ReleaseResult(Told):
    """An edition that was frozen."""

    year: int
    quarter: int
    number: int
    folder: str
    files: int
    seal: str
    record: str
    """The digest of the edition's record."""
    signature: str
    """In Chinese."""
    archive: str
    """The zip, with ``--zip``; else empty."""


class ExportResult(Told):
    """The zip of an edition."""

    year: int
    quarter: int
    number: int
    archive: str


class DiffResult(Told):
    """What changed between two editions, or since one."""

    year: int
    quarter: int
    start: int
    end: int | None
    """Null for today's inputs."""
    edition: Edition | None
    """Null when nothing changed."""


class DistributeResult(Told):
    """The zips that were written, relative to the folder, and the list of who gets which."""

    year: int
    quarter: int
    folder: str
    parcels: tuple[str, ...]
    list: str


class ProofResult(Told):
    """An edition that was looked at."""

    year: int
    quarter: int
    number: int
    holds: bool
    verdict: str
    """In Chinese."""
    compared: int
    """Files that were made again; 0 with ``--integrity``."""
    renewed: tuple[str, ...]
    """What of the program is not what it was."""
    signature: str
    """In Chinese; empty when it does not hold."""


class BacktestResult(Told):
    """All editions."""

    proofs: tuple[ProofResult, ...]


class WatchResult(Told):
    """A project that was followed until it was stopped."""

    year: int
    quarter: int
    runs: int
    """How often the pack was brought up to date, the first time included."""
    last: str
    """The last line that was told, in Chinese."""


class OfficeResult(Told):
    """An office of a province, and the edition of it that was looked at."""

    name: str
    counted: bool
    edition: int | None
    """Null where there is none that can be read."""
    issued_on: date | None
    record: str
    """The digest of the edition's record."""


class ProvinceResult(Told):
    """A province's report on a quarter; why an office is not counted is among the findings."""

    year: int
    quarter: int
    is_sample: bool
    folder: str
    state: str
    """``made``, ``reused`` or ``failed``."""
    offices: tuple[OfficeResult, ...]
    failures: tuple[Failure, ...]
    remarks: tuple[str, ...]
    log: str


class WhyResult(Told):
    """A task and its rating; the lines say all of it."""

    year: int
    quarter: int
    task_id: str
    grade: str | None
    """Null when it is not rated in that quarter."""
    rule: str | None
    """The code of the clause."""


REPLIES: dict[str, type[Reply[Any]]] = {
    "plan": Reply[PlanResult],
    "init": Reply[InitResult],
    "template": Reply[TemplateResult],
    "params": Reply[ParamsResult],
    "change": Reply[ChangeResult],
    "sheets": Reply[SheetsResult],
    "check": CheckReply,
    "decide": Reply[DecideResult],
    "receive": Reply[ReceiveResult],
    "report": Reply[ReportResult],
    "watch": Reply[WatchResult],
    "province": Reply[ProvinceResult],
    "why": Reply[WhyResult],
    "release": Reply[ReleaseResult],
    "export-edition": Reply[ExportResult],
    "diff": Reply[DiffResult],
    "distribute": Reply[DistributeResult],
    "verify": Reply[ProofResult],
    "backtest": Reply[BacktestResult],
}
"""The reply of each command."""
