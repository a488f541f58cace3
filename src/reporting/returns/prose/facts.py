"""What a check of a return looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reporting.grades import USUAL_SCALE, Scale
from reporting.plan.figures.series import Key
from reporting.plan.values import Target
from reporting.returns.layout import AskedRow, AskedTarget
from reporting.returns.values import Actual, ProgressRow


@dataclass(frozen=True)
class Facts:
    """Everything a check may look at: one row, its figures, and what went before.

    ``last`` holds the highest figure of each series last quarter, ``first`` the first one of
    each in this return, ``path`` the plan values of each by quarter; ``annual`` the year's value
    of a target by its id; ``rows`` are all rows of the return, ``questions`` what they answer.
    """

    row: ProgressRow
    targets: Mapping[str, AskedTarget]
    earlier: tuple[ProgressRow, ...]
    keys: Mapping[str, Key]
    last: Mapping[Key, tuple[str, Decimal]]
    first: Mapping[Key, Actual]
    quarter: int
    period_end: date
    path: Mapping[Key, Mapping[int, Decimal]] = field(default_factory=dict)
    annual: Mapping[str, Decimal] = field(default_factory=dict)
    rows: tuple[ProgressRow, ...] = ()
    questions: Mapping[str, AskedRow] = field(default_factory=dict)
    scale: Scale = USUAL_SCALE

    @property
    def figures(self) -> Iterator[tuple[Target, Actual, Decimal]]:
        """The figures that were given, with their targets."""
        for actual in self.row.actuals:
            if actual.value is not None:
                yield self.targets[actual.target_id].target, actual, actual.value

    @property
    def due_figures(self) -> Iterator[tuple[Target, Actual, Decimal]]:
        """The figures of targets due by the end of this quarter."""
        return (f for f in self.figures if self.targets[f[0].target_id].falls_due(self.quarter))

    @property
    def question(self) -> AskedRow | None:
        """What the row answers."""
        return self.questions.get(self.row.milestone_id)


@dataclass(frozen=True)
class Hit:
    """A place where a rule is broken; ``field`` is a field of the row, or a target id."""

    field: str
    expected: str = ""
    found: str = ""


Check = Callable[[Facts], Iterator[Hit]]
