"""Recall and false alarms over rows whose faults are known."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reporting.findings import Finding
from tools.prose.rows import told
from tools.prose.written import Kind, ProseRow

_FIGURE = ("RET-PROSE-FIGURE", "RET-PROSE-GRADE")
FITTING: dict[Kind, tuple[str, ...]] = {
    Kind.FIGURE_DIFFERS: _FIGURE,
    Kind.FIGURE_CONVERTED: _FIGURE,
    Kind.DIGITS_SWAPPED: _FIGURE,
    Kind.TENFOLD: _FIGURE,
    Kind.SUBPROJECTS_SWAPPED: _FIGURE,
    Kind.SHARE_DOES_NOT_FIT: ("RET-PROSE-SHARE",),
    Kind.LAST_MISQUOTED: ("RET-PROSE-LAST",),
    Kind.PLAN_MISQUOTED: ("RET-PROSE-PLAN",),
    Kind.TEXT_DENIES_RATING: ("RET-RATING-TEXT",),
    Kind.DONE_THEN_NOT_STARTED: ("RET-RATING-TEXT",),
    Kind.NOT_STARTED_THEN_WORKS: ("RET-RATING-TEXT",),
    Kind.PAUSED_WITH_FULL: ("RET-RATING-TEXT", "RET-PAUSED-COMPLETE"),
    Kind.PLAN_VERBATIM: ("RET-TEXT-PLAN",),
    Kind.LAST_TEXT_DATES_ONLY: ("RET-TEXT-LAST", "RET-TEXT-FIGURES"),
    Kind.EMPTY_TALK: ("RET-TEXT-NOTHING",),
    Kind.FUTURE_ONLY: ("RET-TEXT-HOPES",),
    Kind.SAME_TEXT_ROWS: ("RET-TEXT-SAME",),
    Kind.CUMULATIVE_FELL: ("RET-ACTUAL-LOWER",),
    Kind.LEAD_UNITS_DIFFER: ("RET-LEAD-DIFFERS", "RET-LEAD-GRADES"),
    Kind.DEADLINE_PAST: ("RET-DEADLINE-PAST", "RET-STEP-PAST"),
}
"""The findings that say what a planted row has wrong; another one is not counted as found."""


class Read(NamedTuple):
    """A row and what its unit was told."""

    row: ProseRow
    findings: tuple[Finding, ...]

    @property
    def is_found(self) -> bool:
        """Whether what was planted was told."""
        fitting = FITTING[self.row.kind] if self.row.kind else ()
        return any(found.code in fitting for found in self.findings)


class Score(NamedTuple):
    """What became of planted and of clean rows."""

    planted: tuple[Read, ...]
    clean: tuple[Read, ...]

    @property
    def recall(self) -> float:
        """Share of the planted rows that were found."""
        return sum(read.is_found for read in self.planted) / max(len(self.planted), 1)

    @property
    def alarms(self) -> tuple[Read, ...]:
        """Clean rows that something was said of."""
        return tuple(read for read in self.clean if read.findings)

    @property
    def alarm_rate(self) -> float:
        """False alarms per hundred clean rows."""
        return 100 * len(self.alarms) / max(len(self.clean), 1)


def score(planted: Sequence[ProseRow], clean: Sequence[ProseRow]) -> Score:
    """Read all rows."""
    return Score(
        tuple(Read(row, tuple(told(row))) for row in planted),
        tuple(Read(row, tuple(told(row))) for row in clean),
    )


def report(found: Score) -> str:
    """Write recall by kind and overall, false alarms, and every row that went wrong."""
    kinds = Counter(read.row.kind for read in found.planted)
    right = Counter(read.row.kind for read in found.planted if read.is_found)
    lines = [
        f"{kind:24}{right[kind]:4} of {count}" for kind, count in sorted(kinds.items()) if kind
    ]
    total = f"recall {found.recall:.3f} ({right.total()} of {len(found.planted)} planted rows)"
    alarms = (
        f"false alarms {found.alarm_rate:.2f} per 100 ({len(found.alarms)} of {len(found.clean)})"
    )
    missed = [
        f"missed {r.row.id} {r.row.kind}: {r.row.where}" for r in found.planted if not r.is_found
    ]
    invented = [
        f"false alarm {r.row.id} {f.code}: {f.message}" for r in found.alarms for f in r.findings
    ]
    return "\n".join([*lines, total, alarms, *missed, *invented])
