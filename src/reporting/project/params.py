"""The parameters of a year: ``params/2023.yml``, read and validated.

Everything an office may want to change without touching code stands there: where the table
and the returns are, the calendar, names and aliases, corrections to the table, the rating
rule's thresholds, formats, fonts and the masthead.
"""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from reporting.errors import UsageError
from reporting.labels.values import Language
from reporting.limits import Limits
from reporting.project.asked.columns import ReturnsParams
from reporting.project.changes import PlanChange
from reporting.project.checking.examine import examine
from reporting.project.checking.rules import FREE, rules
from reporting.project.checking.source import decoded
from reporting.project.entries import line_of
from reporting.project.rating import RatingRule
from reporting.project.reports import Declarations
from reporting.values import Value

_ADDRESS = r"^[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+$"


class QuarterDates(Value):
    """The dates of one quarter's round: returns due on, pack published on.

    ``editions`` gives the dates of later editions by their number (2 onward).
    After ``supervise`` what is still owed is 督办; without it there is no such degree. ``as_of``
    is the day that reminders are written for, where no command names another.
    """

    due: date
    publish: date
    editions: dict[Annotated[int, Field(ge=2)], date] = Field(default_factory=dict)
    supervise: date | None = None
    as_of: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "QuarterDates":
        if self.supervise is not None and self.supervise <= self.due:
            raise ValueError("supervise（督办日期）应在 due（报送日期）之后")
        return self


Place = Literal[
    "省", "市", "州", "盟", "县", "旗", "区", "镇", "乡", "街道", "园区", "校", "院", "集团"
]
"""What the documents call the whole of the place by: 全市, 全县, 全校."""


Format = Literal["html", "pdf", "docx", "pptx", "xlsx"]
Renderer = Literal["typst", "quarto"]


class MastheadParams(Value):
    """The head of the documents.

    ``place`` is the word that 全 stands before where all units together are spoken of; no name
    tells it for certain, so it is asked for.
    """

    city: str
    place: Place
    issuing_office: str
    title: str
    issue_number: str


class TaskNumbers(StrEnum):
    """What documents call the tasks by: the numbers printed in the table, or the order of rows."""

    PRINTED = "printed"
    ORDER = "order"


class Contact(Value):
    """Whom units ask, and where they send their returns; it stands in the sheets sent out."""

    name: str = ""
    phone: str = ""
    mail: str = ""
    send_to: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not said: a clerk needs somebody to ask and a place to send to."""
        ways = {"name": self.name, "phone": self.phone or self.mail, "send_to": self.send_to}
        return tuple(name for name, value in ways.items() if not value)


def _entry(value: Any) -> Any:
    # YAML reads yes as true, which would pass for task 1.
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"应为任务号、任务编号、单位全称或者字段名，实为“{value}”")
    return value


def _word(value: Any) -> Any:
    # One character stands in almost every text.
    if not isinstance(value, str) or len(value.strip()) < 2:
        raise ValueError(f"应为两个字以上的文字（数字请加引号），实为“{value}”")
    return value.strip()


class PublicParams(Value):
    """What is not published outside, beyond what no public report ever tells.

    Entries of ``withhold`` are numbers or ids of tasks, full names of units, or fields:
    ``progress``, ``actuals``, ``leaders``, ``supporting_units``, ``schedule``. ``words`` stand in
    no public text: the task or the text of progress that holds one is withheld.
    """

    withhold: tuple[Annotated[int | str, BeforeValidator(_entry)], ...] = ()
    words: tuple[Annotated[str, BeforeValidator(_word)], ...] = ()


class Quote(Value):
    """A place in the table, by its words: it stays the same when what stands before it changes.

    ``words`` are words of the goal or the schedule; where they stand there more than once,
    ``occurrence`` and ``of`` say which and of how many, so that a new one is noticed.
    """

    source: Literal["goal", "schedule"] = "schedule"
    words: str = Field(min_length=1)
    occurrence: int = Field(default=1, ge=1)
    of: int = Field(default=1, ge=1)


class Correction(Value):
    """A correction to how the table was read, with its reason.

    Without a quote it replaces a field of the task. ``target`` quotes words that hold one
    figure, ``milestone`` words of one milestone: then ``field`` is one of theirs, or ``drop``,
    or (for a target) ``add``, with the new target's fields as ``value``.
    """

    task_id: str
    field: str
    value: Any = None
    reason: str = Field(min_length=1)
    target: Quote | None = None
    milestone: Quote | None = None
    by: str = ""
    on: date | None = None

    @model_validator(mode="after")
    def _of_one_thing(self) -> "Correction":
        if self.target is not None and self.milestone is not None:
            raise ValueError("target 和 milestone 只能写一个")
        return self


_TABLES = frozenset({".docx", ".xlsx", ".html", ".htm", ".txt", ".doc", ".xls", ".pdf", ".wps"})


class Params(Value):
    """The parameters of a year.

    Paths are relative to the project's root, the folder that holds ``params/``. The file of
    ``checklist`` (核对表) need not be there. ``remind_before`` is how many days before a return is
    due its unit is reminded; ``recipients`` are addresses of mail by lead unit.
    ``task_numbers`` says by what number documents call a task; printed ones serve only where none
    stands twice.
    ``holidays`` are days off besides weekends, ``workdays`` the weekends that are worked (调休).
    ``inputs`` names, by the stem of a notebook, the files it reads besides its slice;
    ``limits`` what each may use while it runs.
    ``reports`` are the office's own reports, beside those of every pack.
    ``returns`` says what the return sheets ask besides the usual.
    ``labels`` says in which language tables and charts name what they show.
    ``people`` are leaders known before the table names them: names run together are told apart by
    them.
    """

    year: int
    table: str
    status: str
    calendar: dict[int, QuarterDates]
    masthead: MastheadParams
    contact: Contact = Contact()
    task_numbers: TaskNumbers = TaskNumbers.PRINTED
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    rating: RatingRule = RatingRule()
    people: tuple[str, ...] = ()
    aliases: dict[str, str] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    words: dict[str, dict[str, Any]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    checklist: str = ""
    changes: tuple[PlanChange, ...] = ()
    reports: Declarations = ()
    formats: tuple[Format, ...] = ("html", "pdf", "xlsx")
    renderer: Renderer = "typst"
    remind_before: int = Field(default=3, ge=0)
    recipients: dict[str, Annotated[str, Field(pattern=_ADDRESS)]] = Field(default_factory=dict)
    fonts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    public: PublicParams = PublicParams()
    inputs: dict[str, tuple[Annotated[str, Field(min_length=1)], ...]] = Field(default_factory=dict)
    limits: Limits = Limits()
    returns: ReturnsParams = ReturnsParams()
    labels: Language = "zh"


def checklist_path(params: Params) -> str:
    """Say where the filled 核对表 of a year is kept, relative to the root."""
    return params.checklist or f"data/{params.year}/核对表.xlsx"


def read_params(root: Path, year: int) -> Params:
    """Read ``params/<year>.yml`` under the root.

    Raises
    ------
    UsageError
        The file is missing.
    FaultsFound
        Something in it is wrong; every fault is named with its line.
    """
    path = root / "params" / f"{year}.yml"
    if not path.is_file():
        raise UsageError(
            f"没有{year}年的参数文件：需要 params/{year}.yml，{_other_years(path.parent)}。"
        )
    return parse_params(decoded(path.read_bytes(), f"params/{year}.yml"), year)


def missing_table(root: Path, table: str, year: int) -> str:
    """Say that the table is not where the parameters look for it, and what is; else empty."""
    if (root / table).is_file():
        return ""
    folder = (root / table).parent
    names = (path.name for path in folder.glob("*") if path.suffix.lower() in _TABLES)
    there = "、".join(sorted(names))
    found = f"该文件夹现有 {there}" if there else "该文件夹还没有任何表"
    return (
        f"找不到任务分解表：应有文件 {table}，实际没有，{found}，"
        f"请把表放在那里，或者在 params/{year}.yml 的 table 写明是哪个文件。"
    )


def _other_years(folder: Path) -> str:
    """Say which years have parameters; what to do where none has."""
    years = sorted(path.stem for path in folder.glob("[0-9]*.yml"))
    return f"现有{'、'.join(years)}年的，请用 --year 指明" if years else "请先建立该文件"


def parse_params(text: str, year: int) -> Params:
    """Read the parameters of a year from the text of their file; see `read_params`."""
    params = examine(text, f"params/{year}.yml", Params, rules(year), FREE)
    changes = (
        change.model_copy(update={"line": line_of(text, ("changes", at)) or 0})
        for at, change in enumerate(params.changes)
    )
    return params.model_copy(update={"changes": tuple(changes)})
