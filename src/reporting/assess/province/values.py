"""A quarter of many offices: what was released, what it counts, and what is not counted."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic import Field

from reporting.assess.rollups import NO_RATE
from reporting.assess.values import Masthead
from reporting.findings import Finding
from reporting.grades import GOOD, LAGGING, WORST_FIRST, Grade, Kind, Kinds
from reporting.language.numerals import percent
from reporting.periods import Period
from reporting.values import Value


class Tally(Value):
    """How many tasks there are, by what their grades count as.

    Attributes
    ----------
    total : int
        All tasks: those in ``counts`` and those of which nothing is due.
    counts : dict of Kind to int
        The tasks of which something is due; a kind that no task has is not there.
    nothing_due : int
        The tasks counted apart (本季度无到期事项).
    unknown : str
        未报送 or 无法判定 where nothing could be judged this quarter: there is no rate.
    """

    total: int
    counts: dict[Kind, int]
    nothing_due: int = 0
    unknown: str = ""

    @property
    def due(self) -> int:
        """How many tasks have something due: what the rate is of."""
        return self.total - self.nothing_due

    def count(self, kinds: Kinds) -> int:
        """Count the tasks of some kinds."""
        return sum(count for kind, count in self.counts.items() if kind in kinds)

    @property
    def rate(self) -> str:
        """Write the rate of fulfilment (达序率), a dash for none."""
        return percent(self.count(GOOD), self.due) if self.due and not self.unknown else NO_RATE

    @property
    def why_no_rate(self) -> str:
        """Say in a word why there is no rate; empty where there is one."""
        return self.unknown if self.due else "无到期"


class LateTask(Value):
    """A task that lags, as its edition tells of it.

    ``causes`` are the words of its units, None where the edition tells of none, which is not
    to say that they stated none.
    """

    task_id: str
    label: str
    goal: str
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]
    grade: Grade
    gap: Decimal | None
    reason: str
    causes: tuple[str, ...] | None = None

    @property
    def causes_told(self) -> str:
        """The stated causes in one text; a dash where nobody can tell whether there are any."""
        if self.causes is None:
            return "—"
        return "；".join(words.rstrip("。") for words in self.causes) or "未填报"


class Released(Value):
    """The edition of an office that was taken.

    Attributes
    ----------
    city, issuing_office : str
        Whose it is, as it says itself.
    folder : str
        Where it stands, by the folder that the parameters name.
    record, tasks : str
        SHA-256 of its record and of its table of tasks.
    """

    number: int
    issued_on: date
    city: str
    issuing_office: str
    folder: str
    record: str
    tasks: str
    seal: str
    is_sample: bool

    @property
    def identity(self) -> tuple[str, str]:
        """Whose edition it is: two of one identity are taken for one office's."""
        return self.city, self.issuing_office


class OfficeLine(Value):
    """An office with its edition; without ``tally`` nothing of it is counted.

    ``written`` are the counts as the record of its edition has them, by the office's own words;
    ``words`` are what it calls the kinds of grades that it has words of its own for.
    """

    name: str
    released: Released | None = None
    tally: Tally | None = None
    late: tuple[LateTask, ...] = ()
    written: dict[str, int] = Field(default_factory=dict)
    words: dict[Kind, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def without_figures(self) -> "OfficeLine":
        """The office with its edition, and nothing counted of it."""
        gone: dict[str, object] = {"tally": None, "late": (), "written": {}, "words": {}}
        return self.model_copy(update=gone)


class Province(Value):
    """Everything that a province's report may know.

    Attributes
    ----------
    each : str
        What the offices are called together: 市, 县, 区.
    offices : tuple of OfficeLine
        In the order of the parameters.
    findings : tuple of Finding
        Why an office is not counted, and what else its edition tells of itself.
    """

    period: Period
    masthead: Masthead
    each: str
    offices: tuple[OfficeLine, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def counted(self) -> tuple[tuple[int, OfficeLine], ...]:
        """The offices whose figures are counted, with their places from 1."""
        return tuple((at, one) for at, one in enumerate(self.offices, 1) if one.tally)

    @cached_property
    def total(self) -> Tally | None:
        """All that is counted taken together; None of nothing."""
        tallies = [one.tally for _, one in self.counted if one.tally]
        return total_of(tallies) if tallies else None

    @property
    def is_sample(self) -> bool:
        """Whether an edition that is counted is demonstration data."""
        return any(one.released and one.released.is_sample for _, one in self.counted)

    @property
    def title(self) -> str:
        """The headline of the report."""
        head = f"{self.masthead.city}{self.period.label}各{self.each}"
        return f"{head}《政府工作报告》任务进展情况汇总"

    @property
    def extent(self) -> str:
        """Say of how many of how many offices the figures are: ``12个市中11个已发布并计入``."""
        return f"{len(self.offices)}个{self.each}中{len(self.counted)}个已发布并计入"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that any task has, as tables list them."""
        total = self.total
        return tuple(kind for kind in Kind if total and total.counts.get(kind))

    def late(self, kind: Kind) -> list[tuple[int, OfficeLine, LateTask]]:
        """List the tasks of a kind that lag, what falls short by most first."""
        found = [
            (at, one, task)
            for at, one in self.counted
            for task in one.late
            if task.grade.kind is kind
        ]
        # Sorting is steady: of those alike the offices stay in their order.
        return sorted(found, key=lambda it: (it[2].grade.weight, -(it[2].gap or Decimal(0))))


def total_of(tallies: Iterable[Tally]) -> Tally:
    """Add up; where no part that has something due could be judged, the sum is not either."""
    every = list(tallies)
    due = [one for one in every if one.due]
    unknown = due[0].unknown if due and all(one.unknown for one in due) else ""
    return Tally(
        total=sum(one.total for one in every),
        counts={
            kind: count for kind in Kind if (count := sum(one.counts.get(kind, 0) for one in every))
        },
        nothing_due=sum(one.nothing_due for one in every),
        unknown=unknown,
    )


LATE_FIRST = tuple(kind for kind in WORST_FIRST if kind in LAGGING)
"""The kinds that lag, the worst first."""
