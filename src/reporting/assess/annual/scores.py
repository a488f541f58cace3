"""Every figure of the year with the last actual that was reported of it.

The plan's own path tells what was due by then; beside it stands an even pace through the year,
which is a second view and never a grade.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from reporting.assess.outlook import is_sound
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment
from reporting.assess.year_end import is_annual
from reporting.plan.figures.series import Key, series_keys, workstreams
from reporting.plan.values import Basis, Target
from reporting.returns.values import Actual, ProgressRow
from reporting.values import Value

_QUARTERS = 4


class Reported(Value):
    """A figure as a unit reported it; ``sound`` is False where it was found wrong or in doubt."""

    quarter: int
    value: Decimal
    sound: bool
    file: str
    sheet: str
    cell: str


class Score(Value):
    """Where a figure of the year stands by one unit's returns.

    Attributes
    ----------
    last : Reported or None
        The last figure reported of it; None where there is none in any quarter so far.
    others : tuple of Decimal
        What else the same return says of it, where that differs.
    plan : Target or None
        What the plan asked for by that quarter, on the same unit and basis.
    in_parts : bool
        Only parts of it were reported, each of a sub-project: their sum is nobody's figure.
    even : Decimal or None
        What an even pace would have reached by that quarter; None for what is no sum that grows
        through the year, and for upper limits.
    """

    target: Target
    unit: str
    last: Reported | None = None
    others: tuple[Decimal, ...] = ()
    plan: Target | None = None
    in_parts: bool = False
    even: Decimal | None = None

    @property
    def is_on_pace(self) -> bool:
        """Whether the last figure is what an even pace would have reached."""
        return self.last is not None and self.even is not None and self.last.value >= self.even

    @property
    def is_compared(self) -> bool:
        """Whether the last figure is held against anything: one that is in doubt is not."""
        last = self.last
        return last is not None and last.sound and not is_doubtful(self.target, last.value)

    def is_earlier_than(self, quarter: int) -> bool:
        """Tell whether the last figure was reported before a quarter."""
        return self.last is not None and self.last.quarter < quarter


def annual_scores(assessment: Assessment) -> tuple[Score, ...]:
    """Tell of every figure of the year, and each unit that reports it, where it stands."""
    keys = series_keys(assessment.plan)
    return tuple(
        _score(assessment, target, unit, keys)
        for target in assessment.plan.targets
        if is_annual(target)
        for unit in assessment.plan.task(target.task_id).lead_units
        if assessment.rating_unit in (None, unit)
    )


def _score(assessment: Assessment, target: Target, unit: str, keys: Mapping[str, Key]) -> Score:
    line = _line(assessment, target, keys)
    streams = workstreams(assessment.plan)
    parts = [step for step in line if _is_part(step, line, streams)]
    whole = [step for step in line if step not in parts]
    found = list(_reported(assessment, whole, unit))
    if not found:
        in_parts = any(_reported(assessment, parts, unit))
        return Score(target=target, unit=unit, in_parts=in_parts)
    now = max(one.quarter for one in found)
    latest = [one for one in found if one.quarter == now]
    # A figure that stands is told before one that was found wrong.
    last = next((one for one in latest if one.sound), latest[0])
    others = dict.fromkeys(one.value for one in latest if one.value != last.value)
    return Score(
        target=target, unit=unit, last=last, others=tuple(others),
        plan=_plan(whole, now), even=_even(target, now),
    )  # fmt: skip


def _line(assessment: Assessment, target: Target, keys: Mapping[str, Key]) -> tuple[Target, ...]:
    """Give the targets whose figures are this one's, its own first."""
    steps = (
        step
        for step in assessment.plan.targets_of(target.task_id)
        if step.target_id != target.target_id and _carries(step, target, keys)
    )
    return (target, *steps)


def _carries(step: Target, target: Target, keys: Mapping[str, Key]) -> bool:
    """Tell whether a step's figure is the year's: a part of the works does not carry all."""
    if (step.unit, step.basis) != (target.unit, target.basis):
        return False
    leads = step.annual_target_id == target.target_id
    return keys[step.target_id] == keys[target.target_id] or (leads and target.basis is Basis.LEVEL)


def _is_part(step: Target, line: Iterable[Target], streams: Mapping[str, str]) -> bool:
    """Tell whether a step counts a sub-project's part, as another's is due beside it."""
    beside = {streams[t.milestone_id] for t in line if t.milestone_id and t.quarter == step.quarter}
    return step.milestone_id is not None and len(beside) > 1


def _reported(assessment: Assessment, line: Iterable[Target], unit: str) -> Iterator[Reported]:
    """Give what a unit reported of these targets, of each in their order."""
    for target in line:
        for row in assessment.progress:
            if row.unit == unit and row.quarter <= assessment.quarter:
                for actual in row.actuals:
                    if actual.target_id == target.target_id:
                        yield from _figure(assessment, row, actual)


def _figure(assessment: Assessment, row: ProgressRow, actual: Actual) -> Iterator[Reported]:
    value = actual.held if actual.value is None else actual.value
    if value is not None:
        sound = actual.value is not None and is_sound(assessment, row, actual)
        yield Reported(
            quarter=row.quarter, value=value, sound=sound, file=row.file,
            sheet=actual.sheet or row.sheet, cell=actual.cell,
        )  # fmt: skip


def _plan(line: Iterable[Target], quarter: int) -> Target | None:
    """Find what was due by the end of a quarter; the last of several, as it asks for most."""
    due = [target for target in line if target.quarter == quarter]
    return max(due, key=lambda target: target.value, default=None)


def _even(target: Target, quarter: int) -> Decimal | None:
    if target.basis is not Basis.CUMULATIVE or target.is_kept_low or target.quarter != _QUARTERS:
        return None
    return target.value * quarter / _QUARTERS
