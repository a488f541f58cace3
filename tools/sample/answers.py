"""Demonstration returns for any plan: seeded, the same bytes on every run, marked as such.

Each workbook is the blank one of `reporting.returns.sheets.blank`, filled as a unit would fill it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from reporting.grades import GOOD, LAGGING, Grade
from reporting.language.comparators import Comparator
from reporting.language.numerals import figure
from reporting.language.visible import in_quotes
from reporting.periods import Period, quarter_label
from reporting.plan.figures.series import Key
from reporting.plan.values import Basis, Plan, Target
from reporting.plan.wording import COMPARATOR_WORDS
from reporting.project.params import Params
from reporting.returns.layout import Asked, AskedRow, asked
from tools.sample.chance import draw, pick
from tools.sample.figures import Expectations, figure_near, never_falls
from tools.sample.kinds import evidence_of, kind_of
from tools.sample.texts import Told, progress_text
from tools.sample.troubles import trouble_with

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
_CONTRADICTIONS, _LEAST_TO_SLIP = 0.08, 10
_COPIED = 0.03
_PARTIAL_IN, _MOST_OF_SMALL = 3, 2
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

    @property
    def reported_on(self) -> date:
        """The day on which the unit signed."""
        return max(answer.reported_on for answer in self.rows.values())

    def first_half(self) -> "Filled":
        """Leave out the later half of the rows, with their figures."""
        kept = dict(list(self.rows.items())[: (len(self.rows) + 1) // 2])
        rows = {q.target.target_id: q.row_id for q in self.questions.figures}
        figures = {t: value for t, value in self.figures.items() if rows[t] in kept}
        return Filled(self.questions, kept, figures)


@dataclass(frozen=True)
class Roll:
    """Which units are late or missing in a quarter, and which fill in only a part."""

    late: frozenset[str]
    missing: frozenset[str]
    partial: frozenset[str]


class Sampler:
    """Answers quarter after quarter, so that figures and grades go on from the last one."""

    def __init__(self, plan: Plan, params: Params) -> None:
        self._plan, self._params = plan, params
        self._expected = Expectations(plan)
        self._highest: dict[tuple[str, Key], Decimal] = {}
        self._done: dict[tuple[str, str], int] = {}
        self._said: dict[tuple[str, str], set[str]] = {}
        self._last: dict[tuple[str, str], tuple[Grade, str]] = {}

    def follow(self, plan: Plan) -> None:
        """Answer from here on for the plan as it was changed by then."""
        self._plan, self._expected = plan, Expectations(plan)

    def answer(self, unit: str, quarter: int, *, late: bool) -> Filled:
        """Return a unit's answers of the next quarter."""
        questions = asked(self._plan, unit, quarter)
        filled = Filled(questions)
        by_row: dict[str, list[Target]] = {}
        for question in questions.figures:
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
        """Return a row's figures; targets that one figure answers share the nearest date's."""
        by_key: dict[Key, Decimal | None] = {}
        for target in sorted(targets, key=lambda t: (t.quarter, t.target_id)):
            key = self._expected.key(target)
            if key not in by_key:
                by_key[key] = self._figure(unit, target, grade, quarter)
        found = ((t.target_id, by_key[self._expected.key(t)]) for t in targets)
        return {target_id: value for target_id, value in found if value is not None}

    def _figure(self, unit: str, target: Target, grade: Grade, quarter: int) -> Decimal | None:
        """Return an actual near the plan that never falls where it only grows."""
        key = (unit, self._expected.key(target))
        is_due = target.quarter <= quarter
        # Work done early has reached its own quantity, not yet the year's.
        is_own = grade is Grade.DONE and target.milestone_id is not None
        expected = self._expected.by(target, target.quarter if is_own else quarter)
        value = figure_near(
            target,
            expected,
            grade,
            draw("figure", unit, *key[1], quarter),
            is_due=is_due,
            slips=is_due and grade is Grade.ON_SCHEDULE and _slips(unit, target),
        )
        if value is not None and never_falls(target):
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
        seed = (row.row_id, unit, quarter)
        text = self._progress(unit, row, grade, quarter, targets, figures)
        done_in = self._done.get((unit, row.row_id), quarter)
        if done_in < quarter:
            text = f"已完成，已于第{'一二三四'[done_in - 1]}季度办结。" + text.partition("。")[2]
        texts = {
            "progress": text,
            "evidence": _evidence(row, grade, *seed),
            "reporter": pick(_PEOPLE, "reporter", unit, row.task_id),
            "approver": _APPROVER,
        }
        if grade in LAGGING:
            texts |= _trouble_texts(unit, row, *seed)
        elif grade is Grade.PAUSED:
            texts["cause"] = "上级政策调整，经市政府同意暂缓实施。"
        deadline = self._deadline(quarter, *seed) if grade in LAGGING else None
        return Answer(grade, texts, deadline, day)

    def _progress(
        self,
        unit: str,
        row: AskedRow,
        grade: Grade,
        quarter: int,
        targets: Sequence[Target],
        figures: dict[str, Decimal],
    ) -> str:
        """Write a row's progress in words new to the task; now and then copy the last quarter's."""
        task = self._plan.task(row.task_id)
        given = [t for t in targets if t.target_id in figures]
        due = [t for t in given if t.quarter <= quarter]
        shown = due[:3] or [t for t in given if t.basis is Basis.CUMULATIVE][:2]
        told = Told(
            grade=grade,
            text=row.text,
            kind=kind_of(row.text, row.goal),
            is_due=row.quarters[-1] <= quarter,
            figures=tuple(_figure_text(t, figures[t.target_id], unit, quarter) for t in shown),
            quantities=tuple(
                (task.goal if t.source == "goal" else task.schedule)[t.start : t.end] for t in given
            ),
            partners=tuple(s.unit for s in task.supporting_units if not s.scope),
            year=self._params.year,
            quarter=quarter,
        )
        last = self._last.get((unit, row.row_id))
        copies = draw("copied", row.row_id, unit, quarter) < _COPIED
        if copies and not given and last is not None and last[0] is grade:
            return last[1]
        said = self._said.setdefault((unit, row.task_id), set())
        texts = (progress_text(told, row.row_id, unit, again) for again in range(9))
        text = next((t for t in texts if t not in said), "")
        text = text or progress_text(told, row.row_id, unit)
        said.add(text)
        self._last[unit, row.row_id] = grade, text
        return text

    def _deadline(self, quarter: int, *seed: object) -> date:
        end = Period(year=self._params.year, quarter=quarter).date_end
        return end + timedelta(days=30 + 15 * int(draw("deadline", *seed) * 4))


def _grade_at(chance: float, quarter: int) -> Grade:
    for grade, share in _SHARES[quarter]:
        chance -= share
        if chance < 0:
            return grade
    return Grade.ON_SCHEDULE


def _evidence(row: AskedRow, grade: Grade, *seed: object) -> str:
    if draw("proof", *seed) >= 0.6:
        return ""
    return evidence_of(kind_of(row.text, row.goal), has_results=grade in GOOD, seed=seed)


def _trouble_texts(unit: str, row: AskedRow, *seed: object) -> dict[str, str]:
    trouble = trouble_with(row.text, row.goal, *seed)
    wishes = draw("wish", *seed) < 0.35 and unit not in trouble.wish
    wish = trouble.wish if wishes else ""
    return {
        "problem": trouble.problem,
        "cause": trouble.cause,
        "next_step": trouble.step,
        "coordination": wish,
    }


def _slips(unit: str, target: Target) -> bool:
    """Choose the few figures that fall short of a plan that the unit says it keeps."""
    if target.basis is Basis.CUMULATIVE or target.is_kept_low:
        return False
    chance = draw("contradiction", target.target_id, unit)
    return target.value >= _LEAST_TO_SLIP and chance < _CONTRADICTIONS


_SAID = ("实际为", "为", "达")


def _figure_text(target: Target, value: Decimal, unit: str, quarter: int) -> str:
    """Say a figure as units do: the value, and the plan that it is held against."""
    plan = f"{COMPARATOR_WORDS[target.comparator]}{figure(target.value)}{target.unit}"
    if target.comparator is Comparator.RANGE and target.value_high is not None:
        plan = f"{figure(target.value)}～{figure(target.value_high)}{target.unit}"
    when = f"{'全年' if target.quarter == 4 else quarter_label((target.quarter,)) + '末'}计划"
    seed = ("said", target.target_id, unit, quarter)
    said = pick(_SAID, *seed) if value and not target.is_better_low else _SAID[0]
    held = f"（{when}{plan}）" if draw("held", *seed) < 0.6 else f"，{when}{plan}"
    return f"{in_quotes(target.measure)}{said}{figure(value)}{target.unit}{held}"


def roll(plan: Plan, quarter: int) -> Roll:
    """Choose the units that are late and those that send nothing; the small ones are missing."""
    units = plan.lead_units
    leads = {unit: sum(unit in task.lead_units for task in plan.tasks) for unit in units}
    askable = [unit for unit in units if asked(plan, unit, quarter).rows]
    small = sorted(askable, key=lambda u: (leads[u] > _MOST_OF_SMALL, draw("missing", u, quarter)))
    missing = small[: min(2, len(units) // 6)]
    rest = [unit for unit in askable if unit not in missing]
    late = sorted(rest, key=lambda u: draw("late", u, quarter))
    tardy = late[: min(2 + quarter % 2, len(units) // 6)]
    long = [u for u in late if u not in tardy and leads[u] > _MOST_OF_SMALL]
    partial = long[: min(1, len(units) // 6)] if quarter == _PARTIAL_IN else []
    return Roll(frozenset(tardy), frozenset(missing), frozenset(partial))


def sample_quarter(
    sampler: Sampler, plan: Plan, quarter: int
) -> Iterator[tuple[str, Filled, bool]]:
    """Answer for every unit; the last item tells whether the unit sends its return at all."""
    sampler.follow(plan)
    chosen = roll(plan, quarter)
    for unit in plan.lead_units:
        filled = sampler.answer(unit, quarter, late=unit in chosen.late)
        if unit in chosen.partial:
            filled = filled.first_half()
        yield unit, filled, unit not in chosen.missing
