"""Targets along the year: plan and actual by quarter, and where the year will end.

Figures are put together only when they have one unit of measure and one basis.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Level
from reporting.language.numerals import rounded
from reporting.language.quantity_units import is_counted
from reporting.plan.figures.gaps import gap
from reporting.plan.figures.series import series_keys
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.values import Actual, ProgressRow
from reporting.values import Value

ASSUMPTION = (
    "年底预计值按任务分解表的序时安排推算，假定第四季度末的完成率与本季度末相同，"
    "即：年底预计值＝全年目标值×本季度末累计实际值÷本季度末累计计划值。"
)


WHOLE_NOTE = "以宗、个、家等计数的，年底预计值取整数，差距仍按取整前的数计算。"
"""What is added where a forecast of whole things was rounded."""


class Step(Value):
    """Plan and actual of a series at one quarter's end; None where there is none."""

    quarter: int
    plan: Decimal | None = None
    actual: Decimal | None = None
    target_id: str | None = None


class Series(Value):
    """One measure through the year, as one unit reports it.

    Attributes
    ----------
    annual : Target or None
        The target of the year's end on the same unit and basis.
    steps : tuple of Step
        The quarters with a plan or an actual, ascending.
    """

    series_id: str
    task_id: str
    unit: str
    measure: str
    measure_unit: str
    basis: Basis
    annual: Target | None
    steps: tuple[Step, ...]

    def step(self, quarter: int) -> Step | None:
        """Return the step of that quarter."""
        return next((s for s in self.steps if s.quarter == quarter), None)


class Outlook(Value):
    """Where a cumulative series stands, and where the year will end on the plan's own path.

    ``gap`` is what the year-end value falls short of the year's target, in 百分点.
    """

    series: Series
    plan: Decimal
    actual: Decimal
    annual: Decimal
    year_end: Decimal
    gap: Decimal

    @property
    def is_rounded(self) -> bool:
        """Tell whether it forecasts a part of a thing that is whole: there is no 1.7宗."""
        return is_counted(self.series.measure_unit) and self.year_end != rounded(self.year_end, 0)


def series_of(assessment: Assessment, task_id: str | None = None) -> tuple[Series, ...]:
    """Arrange the targets of the slice, or of one task, as series; one a reporting unit."""
    groups = _groups(assessment.plan, task_id)
    found, unjudged = _actuals(assessment), _unjudged(assessment)
    return tuple(
        series
        for targets in groups
        for unit in assessment.plan.task(targets[0].task_id).lead_units
        if assessment.rating_unit in (None, unit)
        for series in [_series(targets, unit, found, unjudged)]
    )


def _groups(plan: Plan, task_id: str | None) -> Iterable[list[Target]]:
    keys = series_keys(plan)
    streams = {m.milestone_id: m.workstream or "" for m in plan.milestones}
    groups: dict[tuple[str, ...], list[Target]] = {}
    for target in plan.targets:
        if task_id in (None, target.task_id):
            key = keys[target.target_id]
            if target.basis is not Basis.CUMULATIVE:
                stream = streams.get(target.milestone_id or "", "")
                key = (target.task_id, stream, target.measure, target.unit, target.basis)
            groups.setdefault(key, []).append(target)
    return groups.values()


Actuals = Mapping[tuple[str, str, int], Decimal]
"""Figures by unit, target and the quarter of the return."""


def _actuals(assessment: Assessment) -> Actuals:
    return {
        (row.unit, actual.target_id, row.quarter): actual.value
        for row in assessment.progress
        for actual in row.actuals
        if actual.value is not None and row.quarter <= assessment.quarter
        if is_sound(assessment, row, actual)
    }


Places = frozenset[tuple[str, str, int]]
"""Unit, target and the quarter of the return."""


def _unjudged(assessment: Assessment) -> Places:
    """Give the targets that fell due and had no figure to be judged by."""
    return frozenset(
        (rating.unit, rating.subject_id, rating.quarter)
        for rating in assessment.ratings
        if rating.level is Level.TARGET and rating.unit and rating.actual is None
    )


def is_sound(assessment: Assessment, row: ProgressRow, actual: Actual) -> bool:
    """Tell whether a figure was not found to be wrong; no year can be drawn from one that was.

    Of earlier quarters the findings are gone, but a figure that could not be judged has a
    rating without it.
    """
    if (row.file, actual.sheet or row.sheet, actual.cell) in assessment.faulty_cells:
        return False
    rating = assessment.rating(actual.target_id, unit=row.unit, quarter=row.quarter)
    return rating is None or rating.actual is not None


def _series(targets: list[Target], unit: str, found: Actuals, unjudged: Places) -> Series:
    last = max(targets, key=lambda t: (t.quarter, t.milestone_id is None))
    first = targets[0]
    steps = (_step(targets, quarter, unit, found, unjudged) for quarter in range(1, 5))
    return Series(
        series_id=first.target_id, task_id=first.task_id, unit=unit, measure=first.measure,
        measure_unit=first.unit, basis=first.basis,
        annual=last if last.quarter == 4 else None,
        steps=tuple(step for step in steps if step is not None),
    )  # fmt: skip


def _step(
    targets: list[Target], quarter: int, unit: str, found: Actuals, unjudged: Places
) -> Step | None:
    due = [t for t in targets if t.quarter == quarter]
    plan = due[-1] if due else None
    # What is due now speaks first, then whatever of the series was reported this quarter.
    asked = [*reversed(due), *(t for t in targets if t not in due)]
    values = [found[k] for t in asked if (k := (unit, t.target_id, quarter)) in found]
    # Beside a figure that could not be judged no other one is drawn for it or projected from.
    judged = plan is None or (unit, plan.target_id, quarter) not in unjudged
    actual = values[0] if values and judged else None
    if plan is None and actual is None:
        return None
    return Step(
        quarter=quarter,
        plan=plan.value if plan else None,
        actual=actual,
        target_id=plan.target_id if plan else None,
    )


def outlooks(assessment: Assessment) -> tuple[Outlook, ...]:
    """Project every cumulative series that has a plan and an actual this quarter."""
    found = (_outlook(series, assessment.quarter) for series in series_of(assessment))
    return tuple(outlook for outlook in found if outlook is not None)


def due_target(assessment: Assessment, item: Outlook) -> Target | None:
    """Return the target due this quarter of a projected series, which tells its sub-project."""
    step = item.series.step(assessment.quarter)
    due = {t.target_id: t for t in assessment.plan.targets_of(item.series.task_id)}
    return due.get(step.target_id or "") if step else None


def is_in_doubt(assessment: Assessment, item: Outlook) -> bool:
    """Tell whether the figure that a projection rests on is so far beyond its plan to be asked."""
    target = due_target(assessment, item)
    return target is not None and is_doubtful(target, item.actual)


def _outlook(series: Series, quarter: int) -> Outlook | None:
    step = series.step(quarter)
    if series.basis is not Basis.CUMULATIVE or series.annual is None or step is None:
        return None
    if not step.plan or step.actual is None:
        return None
    annual = series.annual.value
    # The year's last figure is its result; before it, the plan's own path is kept.
    year_end = step.actual if quarter == 4 else annual * step.actual / step.plan
    return Outlook(
        series=series, plan=step.plan, actual=step.actual, annual=annual, year_end=year_end,
        gap=gap(series.annual, year_end),
    )  # fmt: skip
