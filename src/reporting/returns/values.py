"""What the lead units reported in one quarter."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from reporting.findings import Finding
from reporting.grades import Grade
from reporting.language.numerals import quantity
from reporting.periods import full_date
from reporting.project.asked.columns import ExtraKind
from reporting.returns.promises.values import PromiseAnswer
from reporting.values import Value


class Actual(Value):
    """An actual figure for one target; ``value`` is None when none was given or understood.

    The value is in the target's own unit and on the target's own basis. ``cell`` stands on
    ``sheet``, which is not the sheet of the row's texts; empty means it is. ``typed`` is what the
    cell holds. A figure in doubt is ``held``: it is no value until somebody has settled it. One
    that was asked for another target of its series has that one's id as ``same_as``.
    """

    target_id: str
    value: Decimal | None
    cell: str
    sheet: str = ""
    typed: str = ""
    held: Decimal | None = None
    same_as: str = ""


class ExtraValue(Value):
    """What stands in a column of the office's own, by its name; ``cell`` is on the row's sheet.

    ``text`` is the value in words; a number is in ``number`` too, a date in ``day``.
    """

    name: str
    kind: ExtraKind
    unit: str = ""
    text: str
    number: Decimal | None = None
    day: date | None = None
    cell: str

    @property
    def words(self) -> str:
        """The value as pages print it: a number with its unit of measure, a day in full."""
        if self.number is not None:
            return quantity(self.number, self.unit)
        return full_date(self.day) if self.day is not None else self.text


class ProgressRow(Value):
    """One row of a return: what a unit says of one milestone.

    Text is as typed, without white space around it; empty when the cell was. ``cells`` gives
    the address of each filled field (``{"progress": "G7"}``) on ``sheet`` of ``file``; for an
    actual, by target id, with the name of its own sheet (``{"2023-005-T03": "指标!J9"}``).
    ``extra`` holds what stands in the office's own columns, each with its cell.
    """

    unit: str
    quarter: int
    task_id: str
    milestone_id: str
    self_rating: Grade | None
    progress: str
    actuals: tuple[Actual, ...] = ()
    problem: str = ""
    cause: str = ""
    next_step: str = ""
    due_date: date | None = None
    coordination: str = ""
    evidence: str = ""
    reporter: str = ""
    approver: str = ""
    reported_on: date | None = None
    file: str
    sheet: str
    cells: dict[str, str]
    extra: tuple[ExtraValue, ...] = ()

    @property
    def extra_texts(self) -> dict[str, str]:
        """What stands in the office's own columns, by name."""
        return {one.name: one.text for one in self.extra}


class ClosedBy(StrEnum):
    """What closed an opinion of an earlier submission."""

    CORRECTED = "已更正"
    ANSWERED = "已答复"


class Closed(Value):
    """An opinion on an earlier submission that the later one closed."""

    opinion: Finding
    by: ClosedBy


class Return(Value):
    """One workbook that a lead unit sent back.

    ``reported_on`` is the last date among its rows; ``is_sample`` tells that the workbook
    marks itself as demonstration data (示例数据); ``sha256`` is of the file's bytes. ``round`` is
    the submission it is, 2 for the first correction; ``corrects`` the digest of the one before.
    ``received_on`` is the day on which what the unit sent was first complete, None where that is
    not known: a correction that came later makes nobody late; ``last_received_on`` is the day of
    this workbook itself. ``firsts`` are the digests of the submissions it began with, one a file
    that has part in it, empty where it is the first itself; ``first_reported_on`` the date typed
    in them. ``overdue`` are the
    milestones due in earlier quarters that its workbook asked about once more; ``answers`` what
    it says of the steps that the unit promised. ``disputed`` are rows that several files of the
    unit answer differently: none is taken until one is chosen. ``closed`` are the opinions on
    earlier submissions that this one closed. ``files`` names all that the unit sent, where that
    is more than this one.
    """

    unit: str
    quarter: int
    file: str
    sha256: str
    is_sample: bool
    reported_on: date | None
    round: int = 1
    corrects: str = ""
    received_on: date | None = None
    last_received_on: date | None = None
    firsts: tuple[str, ...] = ()
    first_reported_on: date | None = None
    overdue: tuple[str, ...] = ()
    rows: tuple[ProgressRow, ...]
    answers: tuple[PromiseAnswer, ...] = ()
    disputed: tuple[ProgressRow, ...] = ()
    closed: tuple[Closed, ...] = ()
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Decided(Value):
    """A grade that the office set by a decision; ``subject_id`` is of a milestone or a target."""

    unit: str
    subject_id: str
    grade: Grade
    reason: str


class Returns(Value):
    """All returns of one quarter.

    ``findings`` holds what concerns no single return (a missing unit, a file that is no
    workbook); ``missing`` names the lead units without a return that was read, ``received``
    those among them of which something came that could not be taken; ``decided`` holds the
    grades that the office set; ``labels`` gives by id the numbers that tasks are called by.
    """

    year: int
    quarter: int
    returns: tuple[Return, ...]
    missing: tuple[str, ...]
    received: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    decided: tuple[Decided, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)

    def label_of(self, task_id: str) -> str:
        """Give the number that the plan of these returns calls a task by; empty without a task.

        One that the plan does not hold any more is called by its id.
        """
        return self.labels.get(task_id, task_id)

    @property
    def disputed(self) -> tuple[ProgressRow, ...]:
        """All rows that one is to be chosen of."""
        return tuple(row for item in self.returns for row in item.disputed)

    @property
    def rows(self) -> tuple[ProgressRow, ...]:
        """All rows of all returns."""
        return tuple(row for item in self.returns for row in item.rows)

    @property
    def answers(self) -> tuple[PromiseAnswer, ...]:
        """All that is said of promised steps."""
        return tuple(answer for item in self.returns for answer in item.answers)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Findings of every return, then those that concern none alone."""
        return tuple(f for item in self.returns for f in item.findings) + self.findings

    @property
    def is_sample(self) -> bool:
        """Whether any return is demonstration data."""
        return any(item.is_sample for item in self.returns)
