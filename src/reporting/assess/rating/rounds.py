"""One quarter's returns, arranged for judging: which row speaks of what, and which cells err."""

from dataclasses import dataclass, field
from functools import cached_property

from reporting.findings import HELD, Finding, Severity
from reporting.grades import Scale
from reporting.plan.values import Plan, Target
from reporting.returns.prose.checks import EMPTY
from reporting.returns.values import Actual, Decided, ProgressRow, Returns
from reporting.workbooks.cells import split_address

CHANGED_LATER = frozenset({"RET-TASK-CHANGED", "RET-TARGET-CHANGED"})
"""Findings that say that the table was changed after the sheets went out."""
WAITS = "任务表调整，待补报"

_JUDGED_FIELDS = ("progress", "self_rating")


def held_words(found: Finding) -> str:
    """Say what keeps a cell from being used, as the end of a sentence without its mark."""
    kind = "待确认" if found.severity is Severity.CONFIRM else "有错误"
    return f"{kind}：{found.message.rstrip('。')}"


def _rows(area: str) -> int:
    """Count the rows of a cell or an area."""
    first, _, last = area.partition(":")
    return split_address(last or first)[0] - split_address(first)[0] + 1


@dataclass(frozen=True)
class Round:
    """The plan and one quarter's returns, with the office's grades."""

    plan: Plan
    returns: Returns
    scale: Scale
    _rows: dict[tuple[str, str], ProgressRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows: dict[tuple[str, str], ProgressRow] = {}
        for row in self.returns.rows:
            # The first row counts; a second for the same milestone is a finding of reading.
            rows.setdefault((row.unit, row.milestone_id), row)
        object.__setattr__(self, "_rows", rows)

    @property
    def quarter(self) -> int:
        """The quarter judged."""
        return self.returns.quarter

    @cached_property
    def silent_units(self) -> frozenset[str]:
        """Lead units from which nothing readable came."""
        heard = {item.unit for item in self.returns.returns}
        missing = set(self.returns.missing) | (set(self.plan.lead_units) - heard)
        return frozenset(missing)

    @cached_property
    def _errors(self) -> dict[tuple[str, str, str], Finding]:
        """The first error or unsettled doubt of each file, sheet and cell."""
        found: dict[tuple[str, str, str], Finding] = {}
        for item in self.returns.all_findings:
            if item.severity in HELD and item.cell:
                found.setdefault((item.file, item.sheet, item.cell), item)
        return found

    @cached_property
    def _actuals(self) -> dict[tuple[str, str], tuple[Actual, ProgressRow]]:
        found: dict[tuple[str, str], tuple[Actual, ProgressRow]] = {}
        for row in self.returns.rows:
            for actual in row.actuals:
                key = (row.unit, actual.target_id)
                if key not in found or found[key][0].value is None:
                    found[key] = (actual, row)
        return found

    @cached_property
    def _changed(self) -> frozenset[tuple[str, str]]:
        """Unit and task of what the office changed after the return was asked for."""
        return frozenset(
            (item.unit, found.task_id)
            for item in self.returns.returns
            for found in item.findings
            if found.code in CHANGED_LATER
        )

    @cached_property
    def _overdue(self) -> dict[str, tuple[str, ...]]:
        return {item.unit: item.overdue for item in self.returns.returns if item.overdue}

    def overdue(self, unit: str) -> tuple[str, ...]:
        """Return the ids of earlier milestones that the unit was asked about once more."""
        return self._overdue.get(unit, ())

    def unasked(self, unit: str, task_id: str) -> bool:
        """Tell whether something of the task came after the unit's sheet was sent out."""
        return (unit, task_id) in self._changed

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return {target.target_id: target for target in self.plan.targets}

    def target(self, target_id: str) -> Target | None:
        """Return a target of the plan."""
        return self._targets.get(target_id)

    @cached_property
    def _decided(self) -> dict[tuple[str, str], Decided]:
        return {(d.unit, d.subject_id): d for d in self.returns.decided}

    def decided(self, unit: str, subject_id: str) -> Decided | None:
        """Return the grade that the office set for a milestone or target of the unit."""
        return self._decided.get((unit, subject_id))

    def disputed(self, unit: str, milestone_id: str) -> Finding | None:
        """Return the doubt which of several answers of the unit to a milestone holds."""
        for row in self.returns.disputed:
            if (row.unit, row.milestone_id) == (unit, milestone_id):
                places = ((row.file, row.sheet, cell) for cell in row.cells.values())
                return next((f for p in places if (f := self._errors.get(p))), None)
        return None

    def row(self, unit: str, milestone_id: str) -> ProgressRow | None:
        """Return what the unit says of the milestone."""
        return self._rows.get((unit, milestone_id))

    def actual(self, unit: str, target_id: str) -> tuple[Actual, ProgressRow] | None:
        """Return the figure that the unit gives for the target, and the row it stands in."""
        return self._actuals.get((unit, target_id))

    @cached_property
    def _shared(self) -> dict[tuple[str, str, str], Finding]:
        """The errors over several rows, by the first cell: what stands there may be a total."""
        return {
            (file, sheet, cell.partition(":")[0]): found
            for (file, sheet, cell), found in self._errors.items()
            if _rows(cell) > 1
        }

    def figure_error(self, row: ProgressRow, actual: Actual) -> Finding | None:
        """Return the error found in the cell of a figure, or over it and those below."""
        place = (row.file, actual.sheet or row.sheet, actual.cell)
        return self._errors.get(place) or self._shared.get(place)

    @cached_property
    def _empty(self) -> dict[tuple[str, str, str], Finding]:
        """What was told of texts that carry no rating, by file, sheet and cell."""
        return {
            (found.file, found.sheet, found.cell): found
            for item in self.returns.returns
            for found in item.findings
            if found.code in EMPTY
        }

    def empty_words(self, row: ProgressRow) -> Finding | None:
        """Return why a row's text carries no rating: it says nothing of its own."""
        return self._empty.get((row.file, row.sheet, row.cells.get("progress", "")))

    def words_error(self, row: ProgressRow) -> Finding | None:
        """Return the error found in the cells that carry a judgement in words.

        A text that denies its rating is no error: figures may decide all the same.
        """
        cells = (row.cells.get(name, "") for name in _JUDGED_FIELDS)
        found = (self._errors.get((row.file, row.sheet, cell)) for cell in cells)
        return next((f for f in found if f is not None and f.severity is Severity.ERROR), None)
