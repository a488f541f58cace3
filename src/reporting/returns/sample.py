"""Demonstration returns for any plan: seeded, the same bytes on every run, marked as such.

Each workbook is the blank one of `reporting.returns.sheets`, filled as a unit would fill it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from reporting.grades import Grade
from reporting.params import Params
from reporting.periods import Period
from reporting.plan.values import Basis, Comparator, Plan, Target
from reporting.returns.chance import draw, pick
from reporting.returns.layout import COMPARATOR_WORDS, Asked, AskedRow, asked, plain
from reporting.returns.sample_texts import evidence_for, progress_text, trouble_with
from reporting.returns.series import Key, series_keys

_SHARES: dict[int, tuple[tuple[Grade, float], ...]] = {
    1: (
        (Grade.DONE, 0.10), (Grade.ON_SCHEDULE, 0.63), (Grade.BEHIND, 0.12),
        (Grade.FAR_BEHIND, 0.03), (Grade.NOT_STARTED, 0.09), (Grade.PAUSED, 0.03),
    ),
    2: (
        (Grade.DONE, 0.15), (Grade.ON_SCHEDULE, 0.61), (Grade.BEHIND, 0.12),
        (Grade.FAR_BEHIND, 0.04), (Grade.NOT_STARTED, 0.05), (Grade.PAUSED, 0.03),
    ),
    3: (
        (Grade.DONE, 0.21), (Grade.ON_SCHEDULE, 0.57), (Grade.BEHIND, 0.12),
        (Grade.FAR_BEHIND, 0.04), (Grade.NOT_STARTED, 0.03), (Grade.PAUSED, 0.03),
    ),
    4: (
        (Grade.DONE, 0.45), (Grade.ON_SCHEDULE, 0.37), (Grade.BEHIND, 0.10),
        (Grade.FAR_BEHIND, 0.04), (Grade.NOT_STARTED, 0.01), (Grade.PAUSED, 0.03),
    ),
}  # fmt: skip
_BEHIND = frozenset({Grade.BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED})
_YEAR_SHARE = {1: Decimal("0.22"), 2: Decimal("0.47"), 3: Decimal("0.74"), 4: Decimal(1)}
_PEOPLE = ("填报人甲", "填报人乙", "填报人丙")
_APPROVER = "审定人甲"


@dataclass
class Answer:
    """What a unit fills into one row of 进展; texts by field."""

    grade: Grade
    texts: dict[str, str]
    due_date: date | None
    reported_on: date


@dataclass
class Filled:
    """A unit's answers of a quarter: by row id, and figures by target id."""

    questions: Asked
    rows: dict[str, Answer] = field(default_factory=dict)
    figures: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Roll:
    """Which units are late or missing in a quarter."""

    late: frozenset[str]
    missing: frozenset[str]


class Sampler:
    """Answers quarter after quarter, so that figures and grades go on from the last one."""

    def __init__(self, plan: Plan, params: Params) -> None:
        self._plan, self._params = plan, params
        self._keys = series_keys(plan)
        self._highest: dict[tuple[str, Key], Decimal] = {}
        self._done: dict[tuple[str, str], int] = {}

    def answer(self, unit: str, quarter: int, *, late: bool) -> Filled:
        """Return a unit's answers of the next quarter."""
        questions = asked(self._plan, unit, quarter)
        filled = Filled(questions)
        by_row: dict[str, list[Target]] = {}
        for question in questions.targets:
            by_row.setdefault(question.row_id, []).append(question.target)
        day = self._reporting_day(unit, quarter, late=late)
        for row in questions.rows:
            grade = self._grade(unit, row, quarter)
            targets = by_row.get(row.row_id, [])
            figures = self._figures(unit, targets, grade, quarter)
            filled.figures |= figures
            filled.rows[row.row_id] = self._answer(unit, row, grade, quarter, targets, figures, day)
        return filled

    def _grade(self, unit: str, row: AskedRow, quarter: int) -> Grade:
        if (unit, row.row_id) in self._done:
            return Grade.DONE
        steady = draw("steady", row.row_id, unit, quarter) < 0.5
        chance = draw(row.task_id, unit) if steady else draw(row.row_id, unit, quarter)
        grade = _grade_at(chance, quarter)
        early = row.quarters[-1] > quarter
        if grade is Grade.DONE and early and (row.all_year or draw("early", row.row_id) < 0.7):
            grade = Grade.ON_SCHEDULE
        if grade is Grade.NOT_STARTED and row.quarters[0] < quarter:
            grade = Grade.BEHIND
        if grade is Grade.DONE:
            self._done[unit, row.row_id] = quarter
        return grade

    def _reporting_day(self, unit: str, quarter: int, *, late: bool) -> date:
        due = self._params.calendar[quarter].due
        shift = int(draw("day", unit, quarter) * 6)
        day = due + timedelta(days=2 + shift) if late else due - timedelta(days=shift)
        while day.weekday() > 4:
            day += timedelta(days=1 if late else -1)
        return day

    def _figures(
        self, unit: str, targets: Sequence[Target], grade: Grade, quarter: int
    ) -> dict[str, Decimal]:
        """Return a row's figures; targets of one series share the one of the nearest date."""
        by_key: dict[Key, Decimal] = {}
        for target in sorted(targets, key=lambda t: (t.quarter, t.target_id)):
            key = self._keys[target.target_id]
            if key not in by_key:
                by_key[key] = self._figure(unit, target, grade, quarter)
        return {t.target_id: by_key[self._keys[t.target_id]] for t in targets}

    def _figure(self, unit: str, target: Target, grade: Grade, quarter: int) -> Decimal:
        """Return an actual near the plan that never falls where it is cumulative."""
        key = (unit, self._keys[target.target_id])
        is_due = target.quarter == quarter
        share = Decimal(1)
        if target.basis is Basis.CUMULATIVE and target.quarter > quarter:
            share = _YEAR_SHARE[quarter] / _YEAR_SHARE[target.quarter]
        value = _near(target, grade, share, draw("figure", unit, *key[1], quarter), is_due=is_due)
        if target.basis is Basis.CUMULATIVE:
            value = max(value, self._highest.get(key, value))
            self._highest[key] = value
        return value

    def _answer(
        self,
        unit: str,
        row: AskedRow,
        grade: Grade,
        quarter: int,
        targets: Sequence[Target],
        figures: dict[str, Decimal],
        day: date,
    ) -> Answer:
        task = self._plan.task(row.task_id)
        seed = (row.row_id, unit, quarter)
        said = [_figure_text(t, figures[t.target_id]) for t in targets if t.quarter == quarter]
        partners = [supporter.unit for supporter in task.supporting_units if not supporter.scope]
        text = progress_text(grade, row.text, said[:3], partners, quarter, *seed)
        done_in = self._done.get((unit, row.row_id), quarter)
        if done_in < quarter:
            text = f"已完成，已于第{'一二三四'[done_in - 1]}季度办结。" + text.partition("。")[2]
        texts = {
            "progress": text,
            "evidence": evidence_for(*seed) if draw("proof", *seed) < 0.6 else "",
            "reporter": pick(_PEOPLE, "reporter", unit, row.task_id),
            "approver": _APPROVER,
        }
        if grade in _BEHIND:
            texts |= _trouble_texts(row, *seed)
        elif grade is Grade.PAUSED:
            texts["cause"] = "上级政策调整，经市政府同意暂缓实施。"
        deadline = self._deadline(quarter, *seed) if grade in _BEHIND else None
        return Answer(grade, texts, deadline, day)

    def _deadline(self, quarter: int, *seed: object) -> date:
        end = Period(year=self._params.year, quarter=quarter).date_end
        return end + timedelta(days=30 + 15 * int(draw("deadline", *seed) * 4))


def _grade_at(chance: float, quarter: int) -> Grade:
    for grade, share in _SHARES[quarter]:
        chance -= share
        if chance < 0:
            return grade
    return Grade.ON_SCHEDULE


def _trouble_texts(row: AskedRow, *seed: object) -> dict[str, str]:
    trouble = trouble_with(row.text + row.goal, *seed)
    wish = trouble.wish if draw("wish", *seed) < 0.35 else ""
    return {
        "problem": trouble.problem,
        "cause": trouble.cause,
        "next_step": trouble.step,
        "coordination": wish,
    }


def _near(target: Target, grade: Grade, share: Decimal, chance: float, *, is_due: bool) -> Decimal:
    """Return a figure near a share of the plan: kept when the grade is good, else short."""
    keeps = grade in (Grade.DONE, Grade.ON_SCHEDULE)
    spread = Decimal(round(chance, 3))
    if keeps:
        factor = 1 + spread * Decimal("0.08")
    elif grade is Grade.BEHIND:
        factor = Decimal("0.74") + spread * Decimal("0.2")
    elif grade is Grade.NOT_STARTED:
        return Decimal(0)
    else:
        factor = Decimal("0.2") + spread * Decimal("0.4")
    if target.comparator is Comparator.AT_MOST:
        factor = 1 / max(factor, Decimal("0.5"))
    value = _rounded(target, target.value * share * factor)
    if target.unit in ("%", "％"):
        value = min(value, max(target.value, Decimal(100)))
    if keeps and is_due and not target.is_met(value):
        value = target.value + (_step(target) if target.comparator is Comparator.MORE_THAN else 0)
    return value


def _step(target: Target) -> Decimal:
    """Return the smallest step a figure of this target is given in."""
    places = -int(target.value.normalize().as_tuple().exponent)
    fine = "亿" in target.unit or target.unit in ("%", "％")
    return Decimal(1).scaleb(-min(2, max(places, 1 if fine else 0, 0)))


def _rounded(target: Target, value: Decimal) -> Decimal:
    return value.quantize(_step(target), rounding=ROUND_HALF_UP).normalize() + 0


def _figure_text(target: Target, value: Decimal) -> str:
    plan = f"{COMPARATOR_WORDS[target.comparator]}{plain(target.value)}{target.unit}"
    if target.comparator is Comparator.RANGE and target.value_high is not None:
        plan = f"{plain(target.value)}～{plain(target.value_high)}{target.unit}"
    return f"“{target.measure}”实际为{plain(value)}{target.unit}（计划{plan}）"


def roll(plan: Plan, quarter: int) -> Roll:
    """Choose the units that are late and those that send nothing; the small ones are missing."""
    units = plan.lead_units
    leads = {unit: sum(unit in task.lead_units for task in plan.tasks) for unit in units}
    askable = [unit for unit in units if asked(plan, unit, quarter).rows]
    small = sorted(askable, key=lambda u: (leads[u] > 2, draw("missing", u, quarter)))
    missing = small[: min(2, len(units) // 6)]
    rest = [unit for unit in askable if unit not in missing]
    late = sorted(rest, key=lambda u: draw("late", u, quarter))
    return Roll(frozenset(late[: min(2 + quarter % 2, len(units) // 6)]), frozenset(missing))


def sample_quarter(
    sampler: Sampler, plan: Plan, quarter: int
) -> Iterator[tuple[str, Filled, bool]]:
    """Answer for every unit; the last item tells whether the unit sends its return at all."""
    chosen = roll(plan, quarter)
    for unit in plan.lead_units:
        filled = sampler.answer(unit, quarter, late=unit in chosen.late)
        yield unit, filled, unit not in chosen.missing


def status_folder(root: Path, params: Params, quarter: int) -> Path:
    """Return where a quarter's returns are read from."""
    return root / params.status / f"Q{quarter}"
