"""Ratings with their evidence, and the assessment that a report is made from."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from reporting.assess.editions.seal import Seal
from reporting.findings import HELD, Finding
from reporting.grades import USUAL_SCALE, Grade, Scale
from reporting.labels.values import CHINESE, Labels
from reporting.language.causes import Matter
from reporting.periods import Period, quarter_label
from reporting.plan.values import Label, Plan
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.promises.values import Commitment, PromiseAnswer
from reporting.returns.values import ProgressRow
from reporting.values import Value


class Evidence(Value):
    """What a rating rests on: the quoted text or figure, and the cell it stands in.

    ``quarter`` is that of the return where it is an earlier one than the rating's.
    """

    quote: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    quarter: int | None = None

    @property
    def earlier_return(self) -> str:
        """Name the earlier quarter's return it is quoted from; empty for this quarter's."""
        return f"{quarter_label((self.quarter,))}报表" if self.quarter else ""


class Level(StrEnum):
    """What a rating speaks of."""

    TARGET = "target"
    MILESTONE = "milestone"
    TASK = "task"


class Rating(Value):
    """The office's rating (核定) of a target, a milestone or a task in one quarter.

    Attributes
    ----------
    subject_id : str
        Id of the target, milestone or task.
    unit : str or None
        The lead unit whose return it rests on; None for a task over all its lead units
        (the worst of theirs), which is what the city pack counts.
    self_rating : Grade or None
        The unit's own word of this quarter (自评); None when it gave none.
    plan, actual : Decimal or None
        For targets: the plan value and the reported one, in the target's unit.
    gap : Decimal or None
        百分点 short of the plan (0 when met); None without figures.
    evidence : tuple of Evidence
        Never empty when the grade rests on a return.
    rule : str
        Code of the clause of the printed rule that decided (``R1``…).
    reason : str
        One Chinese sentence that says why, for the reader.
    previous : Grade or None
        The same subject's grade last quarter; None when it had none.
    """

    level: Level
    subject_id: str
    task_id: str
    unit: str | None
    quarter: int
    grade: Grade
    self_rating: Grade | None = None
    plan: Decimal | None = None
    actual: Decimal | None = None
    gap: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    rule: str
    reason: str
    previous: Grade | None = None


class ReturnState(StrEnum):
    """How a unit's return arrived."""

    ON_TIME = "按时报送"
    LATE = "报送材料不及时"
    FAULTY = "未按要求报送"
    MISSING = "未报送"


class ReturnStatus(Value):
    """How one unit's return of one quarter arrived, and by when it was due.

    ``received_on`` is the registered day of receipt, None where that is not known. ``sha256`` is
    the file's digest and ``round`` which submission it was; both are of ``file``.
    """

    unit: str
    quarter: int
    state: ReturnState
    reported_on: date | None = None
    received_on: date | None = None
    due: date | None = None
    file: str = ""
    sha256: str = ""
    round: int = 1

    @property
    def day(self) -> date | None:
        """The day it came, or else the one typed in it."""
        return self.received_on or self.reported_on


class SupportedTask(Value):
    """A task that the subject supports for another unit: its name, never its progress."""

    task_id: str
    number: Label
    goal: str
    lead_units: tuple[str, ...]
    scope: str | None = None


class SubjectKind(StrEnum):
    """Whom a report is about; a group is the tasks that have one value of a column in common.

    The province's is about the offices of which it takes the editions together.
    """

    UNIT = "unit"
    LEADER = "leader"
    BRIEFING = "briefing"
    PUBLIC = "public"
    SUPPORTING = "supporting_unit"
    GROUP = "group"
    PROVINCE = "province"

    @property
    def is_whole(self) -> bool:
        """Whether it is about all units together."""
        return self in (SubjectKind.BRIEFING, SubjectKind.PUBLIC, SubjectKind.PROVINCE)


class Subject(Value):
    """Whom a report is about.

    Attributes
    ----------
    name : str
        The city's for reports of the whole; of a group the value that its tasks share.
    column : str
        The column of the table of tasks that a group shares a value of; empty for others.
    report : str
        What an office's own reports are called by; empty for the reports of every pack.
    """

    kind: SubjectKind
    name: str
    column: str = ""
    report: str = ""

    @property
    def series(self) -> str:
        """What the reports are called by that this one is of."""
        return self.report or self.kind.value

    @property
    def report_id(self) -> str:
        """Name the report: ``briefing``, ``unit/市商务局``, ``action_report/绿色转型行动``."""
        return self.series if self.kind.is_whole else f"{self.series}/{self.name}"


class Clause(Value):
    """One clause of the rating rule, as printed in every report."""

    code: str
    text: str


class Masthead(Value):
    """What the head of a document says, from params; ``place`` as there (市, 县, 校).

    ``return_to`` says where returns go and whom to ask; empty where the office did not say.
    ``labels`` are what tables and charts call things by.
    """

    city: str
    place: str
    issuing_office: str
    title: str
    issue_number: str
    publish_date: date
    return_to: str = ""
    labels: Labels = CHINESE

    @property
    def whole(self) -> str:
        """All of the place together: 全市, 全县, 全校."""
        return f"全{self.place}"


class NoteKind(StrEnum):
    """Why an edition differs from the one before: it came late, was wrong, or was decided."""

    LATE = "补报"
    WRONG = "更正"
    REVISED = "修订"


def task_words(task_id: str, label: str) -> str:
    """Name a task by what documents call it; editions without that called it by its order."""
    return f"任务{label or int(task_id.rpartition('-')[2])}" if task_id else ""


class Change(Value):
    """One fact that differs from the edition before.

    Attributes
    ----------
    kind : NoteKind
        Whether it came late, was wrong, or was decided otherwise.
    task_id, unit, quarter : str, str, int or None
        Whom it concerns: a task, a unit's return of a quarter; empty or None for everybody.
    label : str
        What documents call the task, ``task_id``, by; empty where none is named.
    field : str
        What it is, in the words of the sheet or the table (``本季度进展``, ``实际值（…）``).
    old, new : str
        The two states; empty when there was or is nothing.
    old_where, new_where : str
        The file, sheet and cell of each; empty when it stands in none.
    reason : str
        By which decision or why, as the office wrote it.
    on : date or None
        The day of the source that the new state is quoted from, where it has one.
    parties : tuple of str
        Units and leaders that the old state named; it concerns them even where it no longer
        does.
    reports : str or None
        The only reports it concerns (`Subject.series`), for what is no fact of the data.
    """

    kind: NoteKind = NoteKind.WRONG
    task_id: str = ""
    unit: str = ""
    quarter: int | None = None
    field: str
    old: str = ""
    new: str = ""
    old_where: str = ""
    new_where: str = ""
    reason: str = ""
    on: date | None = None
    parties: tuple[str, ...] = ()
    reports: str | None = None
    label: str = ""

    @property
    def task(self) -> str:
        """The task in words; empty when it concerns none."""
        return task_words(self.task_id, self.label)

    def named(self, period: Period) -> str:
        """Name the field, with its quarter where that is not the period's."""
        if self.quarter in (None, period.quarter):
            return self.field
        return f"{Period(year=period.year, quarter=self.quarter).short_label}{self.field}"


class Move(Value):
    """A task's rating of a quarter that an edition moved; ``unit`` as in `Rating`.

    ``old`` or ``new`` is None where there was or is no rating. ``quarter`` is None in editions
    that told only of the period's own. ``old_apart`` and ``new_apart`` tell that the task was or
    is counted apart from the grades, as nothing of it is due. ``label`` is what documents call
    the task by.
    """

    task_id: str
    unit: str | None
    quarter: int | None = None
    old: Grade | None
    new: Grade | None
    old_apart: bool = False
    new_apart: bool = False
    label: str = ""

    @property
    def task(self) -> str:
        """The task in words."""
        return task_words(self.task_id, self.label)


class Headline(Value):
    """A sentence at the head of a subject's report that an edition moved."""

    subject: Subject
    old: str
    new: str


class Edition(Value):
    """A later edition (第2版 onward): what it changed of the one before.

    ``on`` is its own date; None while nobody gave it one.
    """

    number: int
    on: date | None = None
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    headlines: tuple[Headline, ...] = ()

    @property
    def kinds(self) -> tuple[NoteKind, ...]:
        """The kinds of its facts, each once; what nothing explains was wrong."""
        present = {change.kind for change in self.changes}
        return tuple(kind for kind in NoteKind if kind in present) or (NoteKind.WRONG,)


class StatedCause(Value):
    """Why a row is not on schedule, as its unit says, and what the words are about.

    ``quarter`` is that of the return; ``matters`` is empty where the unit says nothing.
    """

    task_id: str
    milestone_id: str
    unit: str
    quarter: int
    words: str
    matters: tuple[Matter, ...]


class Adjustment(Value):
    """A change of the plan within the year (任务调整): what, from which quarter, by what decision.

    ``task_ids`` and ``parties`` (units, leaders) say whom it concerns, as the change names them;
    ``covers`` are all tasks that it changes, also where it names none.
    """

    kind: str
    since: int
    content: str
    decision: str
    reason: str
    task_ids: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


class Assessment(Value):
    """Everything one report may know: the slice of its own subject, up to its quarter.

    Attributes
    ----------
    plan : Plan
        Only the subject's tasks.
    progress : tuple of ProgressRow
        Rows of every quarter up to ``period``; for a unit, its own only.
    ratings : tuple of Rating
        Of every quarter up to ``period``. For a unit: rated on its own returns (``unit`` is
        the subject); for leaders and the city also the combined task ratings
        (``unit`` is None).
    return_status : tuple of ReturnStatus
        Of every quarter up to ``period``, for the units of the slice.
    findings : tuple of Finding
        Of the plan and of the period's returns, as far as they concern the slice.
    supported : tuple of SupportedTask
        Tasks the subject (a unit) supports.
    rule : tuple of Clause
        The rating rule as printed.
    scale : Scale
        The grades as the office calls and shows them.
    is_sample : bool
        Something in the slice is demonstration data (示例数据).
    adjustments : tuple of Adjustment
        Changes of the plan that hold in the period and concern the slice.
    answers : tuple of PromiseAnswer
        What returns of every quarter up to ``period`` say of steps promised earlier.
    commitments : tuple of Commitment
        Every step promised by a date up to ``period``, with what became of it by then.
    causes : tuple of StatedCause
        Of every row that is not on schedule, this quarter's or the last that came.
    editions : tuple of Edition
        The corrected editions that concern the slice, oldest first; empty in the first.
    withheld_tasks, withheld_figures, withheld_texts : int
        How many tasks of the plan the slice does not tell of, and of the others how many
        figures and texts of progress that the quarter's returns hold; only the public's has any.
    title : str
        The headline of an office's own report; empty where it is the usual one.
    extra_columns : tuple of ExtraColumn
        The columns of the office's own that return sheets ask.
    seal : Seal or None
        What the city's pack is sealed with; no other slice bears a seal, or each would be
        another whenever anything is.
    """

    period: Period
    subject: Subject
    masthead: Masthead
    plan: Plan
    progress: tuple[ProgressRow, ...]
    ratings: tuple[Rating, ...]
    return_status: tuple[ReturnStatus, ...]
    findings: tuple[Finding, ...]
    supported: tuple[SupportedTask, ...] = ()
    rule: tuple[Clause, ...]
    scale: Scale = USUAL_SCALE
    is_sample: bool
    adjustments: tuple[Adjustment, ...] = ()
    answers: tuple[PromiseAnswer, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    causes: tuple[StatedCause, ...] = ()
    editions: tuple[Edition, ...] = ()
    withheld_tasks: int = 0
    withheld_figures: int = 0
    withheld_texts: int = 0
    title: str = ""
    extra_columns: tuple[ExtraColumn, ...] = ()
    seal: Seal | None = None

    @property
    def edition_number(self) -> int:
        """The edition in which the slice last changed; 1 when it never did."""
        return self.editions[-1].number if self.editions else 1

    @property
    def issued_on(self) -> date:
        """The date that the report bears: its edition's own, or that of the first."""
        dates = (edition.on for edition in reversed(self.editions))
        return next((day for day in dates if day is not None), self.masthead.publish_date)

    @cached_property
    def _ratings_by_key(self) -> dict[tuple[str, str | None, int], Rating]:
        return {(r.subject_id, r.unit, r.quarter): r for r in self.ratings}

    @cached_property
    def faulty_cells(self) -> frozenset[tuple[str, str, str]]:
        """File, sheet and cell of every error, or unsettled doubt, in the period's returns."""
        held = (f for f in self.findings if f.severity in HELD and f.cell)
        return frozenset((f.file, f.sheet, f.cell) for f in held)

    @property
    def quarter(self) -> int:
        """The quarter reported on."""
        return self.period.quarter

    @property
    def rating_unit(self) -> str | None:
        """The ``unit`` of the task ratings that count here: the unit itself, else None."""
        return self.subject.name if self.subject.kind is SubjectKind.UNIT else None

    def rating(
        self, subject_id: str, *, unit: str | None = None, quarter: int | None = None
    ) -> Rating | None:
        """Return the rating of a subject by a unit's return, or None when there is none."""
        return self._ratings_by_key.get((subject_id, unit, quarter or self.quarter))

    def ratings_of(self, task_id: str) -> tuple[Rating, ...]:
        """Return every rating of a task and its parts, of all quarters and units."""
        return self._ratings_by_task.get(task_id, ())

    @cached_property
    def _ratings_by_task(self) -> dict[str, tuple[Rating, ...]]:
        found: dict[str, list[Rating]] = {}
        for rating in self.ratings:
            found.setdefault(rating.task_id, []).append(rating)
        return {task_id: tuple(ratings) for task_id, ratings in found.items()}

    def progress_of(self, task_id: str, quarter: int | None = None) -> tuple[ProgressRow, ...]:
        """Return the rows of a task in a quarter, this one unless told."""
        return self._progress_by_task.get((task_id, quarter or self.quarter), ())

    @cached_property
    def _progress_by_task(self) -> dict[tuple[str, int], tuple[ProgressRow, ...]]:
        found: dict[tuple[str, int], list[ProgressRow]] = {}
        for row in self.progress:
            found.setdefault((row.task_id, row.quarter), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def task_ratings(self, quarter: int | None = None) -> tuple[Rating, ...]:
        """Return one rating a task of the slice, in the plan's order; these are counted."""
        found = (
            self.rating(task.task_id, unit=self.rating_unit, quarter=quarter)
            for task in self.plan.tasks
        )
        return tuple(rating for rating in found if rating is not None)
