"""One quarter's returns, arranged for judging: which row speaks of what, and which cells err."""

from dataclasses import dataclass, field
from functools import cached_property

from reporting.assess.rule import Thresholds
from reporting.findings import Severity
from reporting.plan.values import Plan
from reporting.returns.values import Actual, ProgressRow, Returns

_JUDGED_FIELDS = ("progress", "self_rating")


@dataclass(frozen=True)
class Round:
    """The plan and one quarter's returns, with the rule's limits."""

    plan: Plan
    returns: Returns
    limits: Thresholds
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
    def faulty_cells(self) -> frozenset[tuple[str, str, str]]:
        """File, sheet and cell of every error."""
        return frozenset(
            (f.file, f.sheet, f.cell)
            for f in self.returns.all_findings
            if f.severity is Severity.ERROR and f.cell
        )

    @cached_property
    def _actuals(self) -> dict[tuple[str, str], tuple[Actual, ProgressRow]]:
        found: dict[tuple[str, str], tuple[Actual, ProgressRow]] = {}
        for row in self.returns.rows:
            for actual in row.actuals:
                key = (row.unit, actual.target_id)
                if key not in found or found[key][0].value is None:
                    found[key] = (actual, row)
        return found

    def row(self, unit: str, milestone_id: str) -> ProgressRow | None:
        """Return what the unit says of the milestone."""
        return self._rows.get((unit, milestone_id))

    def actual(self, unit: str, target_id: str) -> tuple[Actual, ProgressRow] | None:
        """Return the figure that the unit gives for the target, and the row it stands in."""
        return self._actuals.get((unit, target_id))

    def errs(self, row: ProgressRow, *cells: str) -> bool:
        """Tell whether an error was found in any of those cells of the row's sheet."""
        return any((row.file, row.sheet, cell) in self.faulty_cells for cell in cells if cell)

    def words_err(self, row: ProgressRow) -> bool:
        """Tell whether an error was found in the cells that carry a judgement in words."""
        return self.errs(row, *(row.cells.get(name, "") for name in _JUDGED_FIELDS))
