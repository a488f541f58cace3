"""Cross-checks: what a return says, held against itself, the plan and last quarter.

Each check is a row of `CHECKS`: the rule it answers to, and a function that finds the places
where the rule is broken. A check sees one row of a return at a time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from reporting.grades import DONE, GOOD, IDLE, LAGGING, PAUSED, TO_EXPLAIN, Grade, Scale
from reporting.language.numerals import figure, quantity
from reporting.language.periods import Period as NamedPeriod
from reporting.language.periods import times_in
from reporting.language.phrases import answer_words
from reporting.language.visible import in_quotes
from reporting.periods import full_date
from reporting.plan.figures.gaps import bounds_of, gap
from reporting.plan.figures.series import Key
from reporting.plan.figures.told import gap_text, plan_text
from reporting.plan.values import Target
from reporting.returns.claims import contradiction
from reporting.returns.layout import FIGURES, PROGRESS, Asked, AskedTarget
from reporting.returns.prose import checks as prose
from reporting.returns.prose.facts import Check, Facts, Hit
from reporting.returns.prose.talk import says_nothing
from reporting.returns.reading import limits
from reporting.returns.reading.context import ReadingContext
from reporting.returns.reading.typed import is_nothing
from reporting.returns.values import Actual, ProgressRow
from reporting.workbooks.cells import split_address, squeeze

_STALE_LENGTH = 10


def _words(text: str) -> str:
    """Return what a text says, its marks aside: a changed full stop is no progress."""
    return re.sub(r"\W", "", squeeze(text))


def _stale_text(facts: Facts) -> Iterator[Hit]:
    text = _words(facts.row.progress)
    if len(text) < _STALE_LENGTH or facts.row.self_rating in DONE:
        return
    for row in facts.earlier:
        if _words(row.progress) == text:
            yield Hit("progress", expected=f"第{'一二三四'[row.quarter - 1]}季度")
            return


def _is_said(text: str) -> bool:
    """Tell whether a text says something; “无” and a stroke stand for an empty cell."""
    return bool(text) and not is_nothing(text)


def _progress_says_nothing(facts: Facts) -> Iterator[Hit]:
    words = squeeze(facts.row.progress).strip("。.()")
    empty = not _is_said(words) or answer_words.ELSEWHERE.fullmatch(words)
    if facts.row.progress and (empty or says_nothing(words, is_idle=facts.row.self_rating in IDLE)):
        yield Hit("progress", found=facts.row.progress)


def _due_figure_empty(facts: Facts) -> Iterator[Hit]:
    if facts.row.self_rating in IDLE:
        return
    for actual in facts.row.actuals:
        question = facts.targets[actual.target_id]
        is_empty = actual.value is None and actual.held is None
        if is_empty and question.falls_due(facts.quarter):
            plan = f"{question.plan_text}{question.target.unit}"
            yield Hit(actual.target_id, expected=plan, found=_shown(actual.typed))


def _shown(typed: str) -> str:
    return in_quotes(typed) if typed else "空"


def _wrong_power(facts: Facts) -> Iterator[Hit]:
    for target, actual, value in facts.figures:
        if limits.off_by_power(target, value):
            found = f"{figure(value)}{target.unit}（计划{figure(target.value)}{target.unit}）"
            yield Hit(actual.target_id, expected=target.unit, found=found)


def _out_of_range(facts: Facts) -> Iterator[Hit]:
    for target, actual, value in facts.figures:
        wanted = limits.range_broken(target, value)
        if target.quarter == facts.quarter and limits.is_far_below(target, value):
            # Typed in 万 where single ones are counted; before it falls due little is no fault.
            wanted = wanted or limits.same_order(target)
        if wanted and not limits.off_by_power(target, value):
            yield Hit(actual.target_id, expected=wanted, found=f"{figure(value)}{target.unit}")


def _far_beyond_plan(facts: Facts) -> Iterator[Hit]:
    for target, actual, value in facts.figures:
        far = limits.far_from(target)
        if far is not None and value >= far and not limits.is_doubted(target, value):
            yield Hit(
                actual.target_id,
                expected=f"{figure(target.value_high or target.value)}{target.unit}",
                found=f"{figure(value)}{target.unit}",
            )


def _leaps(facts: Facts) -> Iterator[Hit]:
    """Find a figure ten times last quarter's that the plan does not explain."""
    for target, actual, value in facts.figures:
        before = facts.last.get(facts.keys.get(target.target_id, ()))
        leap = limits.leap_from(target, before[1]) if before else None
        if before is None or leap is None or limits.is_doubted(target, value):
            continue
        if value >= leap and not limits.is_planned_leap(target, value):
            yield Hit(
                actual.target_id,
                expected=f"{figure(before[1])}{target.unit}",
                found=f"{figure(value)}{target.unit}",
            )


def _far_too_early(facts: Facts) -> Iterator[Hit]:
    """Find the year's value reached while the plan has hardly begun."""
    for target, actual, value in facts.figures:
        path = facts.path.get(facts.keys.get(target.target_id, ()), {})
        annual = limits.early_from(target, path, facts.quarter)
        if annual is not None and value >= annual and not limits.is_doubted(target, value):
            yield Hit(
                actual.target_id,
                expected=f"{figure(annual)}{target.unit}",
                found=f"{figure(value)}{target.unit}",
            )


def _cumulative_falls(facts: Facts) -> Iterator[Hit]:
    for target, actual, value in facts.figures:
        before = facts.last.get(facts.keys.get(target.target_id, ()))
        if before and limits.falls(target, value, before) and not limits.is_doubted(target, value):
            yield Hit(
                actual.target_id,
                expected=f"{figure(before[1])}{target.unit}",
                found=f"{figure(value)}{target.unit}",
            )


def _differs_from_same(facts: Facts) -> Iterator[Hit]:
    """Find a second figure of what can have only one: a series has one value at a time."""
    for target, actual, value in facts.figures:
        key = facts.keys.get(target.target_id, ())
        first = facts.first.get(key)
        if first is None or first.value is None or first.value == value:
            continue
        sound = not limits.is_doubted(target, value)
        if sound and not limits.falls(target, value, facts.last.get(key)):
            yield Hit(
                actual.target_id,
                expected=f"{first.cell}所填{figure(first.value)}{target.unit}",
                found=f"{figure(value)}{target.unit}",
            )


def _rating_against_figures(facts: Facts) -> Iterator[Hit]:
    rating = facts.row.self_rating
    if rating is None or rating not in GOOD:
        return
    short = [
        _held_against(target, value, facts.scale)
        for target, _, value in facts.due_figures
        if _is_denied(rating, target, value, facts.scale)
        if not limits.is_doubted(target, value) and not limits.is_far_below(target, value)
    ]
    if short:
        yield Hit("self_rating", expected=str(rating), found="；".join(short))


def _is_denied(claimed: Grade, target: Target, value: Decimal, scale: Scale) -> bool:
    bound = bounds_of(target, scale)[claimed]
    return bound is not None and bound.is_broken(value)


def _held_against(target: Target, value: Decimal, scale: Scale) -> str:
    """Say a figure and its plan; where gaps are allowed, also the gap and what it comes to."""
    words = (
        f"{in_quotes(target.measure)}实际{quantity(value, target.unit)}，计划{plan_text(target)}"
    )
    short = gap(target, value)
    if not scale.bands[0].up_to or not short:
        return words
    return f"{words}，{gap_text(target, value)}，按评定规则为{in_quotes(str(scale.of_gap(short)))}"


def _paused_yet_complete(facts: Facts) -> Iterator[Hit]:
    if facts.row.self_rating not in PAUSED:
        return
    for target, actual, value in facts.figures:
        if _is_whole(target, value):
            yield Hit(
                actual.target_id, found=f"{in_quotes(target.measure)}为{figure(value)}{target.unit}"
            )


def _is_whole(target: Target, value: Decimal) -> bool:
    return limits.is_percentage(target) and value >= limits.WHOLE


def _rating_against_text(facts: Facts) -> Iterator[Hit]:
    rating = facts.row.self_rating
    if rating is None:
        return
    if sentence := contradiction(facts.row.progress, rating, facts.scale):
        yield Hit("progress", expected=str(rating), found=sentence.rstrip("。"))


def _step_missing(facts: Facts) -> Iterator[Hit]:
    row = facts.row
    if row.next_step:
        return
    if row.self_rating in LAGGING:
        yield Hit("next_step", expected=f"自评“{row.self_rating}”")
    elif _is_said(row.problem):
        yield Hit("next_step", expected="有存在问题")


def _problem_missing(facts: Facts) -> Iterator[Hit]:
    if facts.row.self_rating in LAGGING and not facts.row.problem:
        yield Hit("problem", expected=str(facts.row.self_rating))


def _deadline_missing(facts: Facts) -> Iterator[Hit]:
    # What was typed for a date and is none has been told already.
    if facts.row.self_rating in LAGGING and not facts.row.due_date:
        yield Hit("due_date", expected=str(facts.row.self_rating))


def _cause_missing(facts: Facts) -> Iterator[Hit]:
    rating = facts.row.self_rating
    if rating in TO_EXPLAIN and not facts.row.cause:
        yield Hit("cause", expected=str(rating))


def _basis_missing(facts: Facts) -> Iterator[Hit]:
    row = facts.row
    said = "；".join((row.progress, row.cause, row.evidence, row.coordination, row.next_step))
    if row.self_rating in PAUSED and not answer_words.BASIS.search(said):
        yield Hit("cause" if row.cause else "progress", expected=str(row.self_rating))


def _owed_but_nothing(facts: Facts) -> Iterator[Hit]:
    """Find a stroke where a reason or a next step is owed."""
    row = facts.row
    if row.self_rating in LAGGING and row.cause and not _is_said(row.cause):
        yield Hit("cause", expected=f"{row.self_rating}的原因", found=row.cause)
    if _is_said(row.problem) and row.next_step and not _is_said(row.next_step):
        yield Hit("next_step", expected="下一步措施", found=row.next_step)


def _deadline_past(facts: Facts) -> Iterator[Hit]:
    row = facts.row
    if row.due_date and row.self_rating not in DONE and row.due_date <= facts.period_end:
        yield Hit("due_date", expected=full_date(facts.period_end), found=full_date(row.due_date))


def _step_past(facts: Facts) -> Iterator[Hit]:
    if words := passed_time(facts.row, facts.period_end):
        yield Hit("next_step", expected=full_date(facts.period_end), found=words)


def passed_time(row: ProgressRow, end: date) -> str:
    """Return the words by which a next step was to be taken before that day; empty for none."""
    if row.self_rating in DONE:
        return ""
    for named in times_in(row.next_step, end.year):
        ahead = answer_words.OTHER_YEAR.search(row.next_step[: named.start])
        if named.period.point and not ahead and _has_passed(named.period, end):
            return row.next_step[named.start : named.end]
    return ""


def _has_passed(named: NamedPeriod, end: date) -> bool:
    if named.month is not None:
        return named.month <= end.month
    return max(named.quarters) * 3 <= end.month


CHECKS: tuple[tuple[str, Check], ...] = (
    ("RET-TEXT-STALE", _stale_text),
    ("RET-TEXT-NOTHING", _progress_says_nothing),
    ("RET-ACTUAL-EMPTY", _due_figure_empty),
    ("RET-ACTUAL-UNIT", _wrong_power),
    ("RET-ACTUAL-RANGE", _out_of_range),
    ("RET-ACTUAL-FAR", _far_beyond_plan),
    ("RET-ACTUAL-LEAP", _leaps),
    ("RET-ACTUAL-EARLY", _far_too_early),
    ("RET-ACTUAL-LOWER", _cumulative_falls),
    ("RET-ACTUAL-DIFFERS", _differs_from_same),
    ("RET-RATING-FIGURES", _rating_against_figures),
    ("RET-PAUSED-COMPLETE", _paused_yet_complete),
    ("RET-RATING-TEXT", _rating_against_text),
    *prose.CHECKS,
    ("RET-PROBLEM", _problem_missing),
    ("RET-CAUSE", _cause_missing),
    ("RET-NEXT-STEP", _step_missing),
    ("RET-DEADLINE", _deadline_missing),
    ("RET-BASIS", _basis_missing),
    ("RET-OWED-NOTHING", _owed_but_nothing),
    ("RET-DEADLINE-PAST", _deadline_past),
    ("RET-STEP-PAST", _step_past),
)


_OWED = frozenset({"RET-ACTUAL-EMPTY", "RET-DEADLINE"})
"""Rules about cells that may not be left empty."""


def run_checks(
    context: ReadingContext,
    rows: tuple[ProgressRow, ...],
    before: tuple[ProgressRow, ...],
    keys: Mapping[str, Key],
    last: Mapping[Key, tuple[str, Decimal]],
    places: Callable[[ProgressRow, str], str],
    path: Mapping[Key, Mapping[int, Decimal]],
    annual: Mapping[str, Decimal],
) -> None:
    """Run every check on every row of a return and note what they find.

    ``before`` are the unit's rows of last quarter; ``places`` gives a field's address in a
    row, filled or not (empty when the column is gone).
    """
    questions: Asked = context.questions
    targets = {q.target.target_id: q for q in questions.targets}
    end = questions.period.date_end
    first = _first_sound(rows, targets, keys, last)
    for row in rows:
        earlier = tuple(b for b in before if b.task_id == row.task_id)
        facts = Facts(
            row, targets, earlier, keys, last, first, questions.quarter, end, path, annual, rows,
            {q.row_id: q for q in questions.rows}, context.scale,
        )  # fmt: skip
        for code, check in CHECKS:
            for hit in check(facts):
                _note(context, code, row, hit, places)


def _first_sound(
    rows: Iterable[ProgressRow],
    targets: Mapping[str, AskedTarget],
    keys: Mapping[str, Key],
    last: Mapping[Key, tuple[str, Decimal]],
) -> dict[Key, Actual]:
    """Return the first figure a return gives of each series, those that cannot be aside."""
    found: dict[Key, Actual] = {}
    for actual in (a for row in rows for a in row.actuals if a.value is not None):
        key = keys.get(actual.target_id, (actual.target_id,))
        target = targets[actual.target_id].target
        assert actual.value is not None
        falls = limits.falls(target, actual.value, last.get(key))
        doubted = falls or limits.is_doubted(target, actual.value)
        if not doubted:
            found.setdefault(key, actual)
    return found


def _note(
    context: ReadingContext,
    code: str,
    row: ProgressRow,
    hit: Hit,
    places: Callable[[ProgressRow, str], str],
) -> None:
    actual = next((a for a in row.actuals if a.target_id == hit.field), None)
    cell = actual.cell if actual else places(row, hit.field)
    sheet = FIGURES if actual else PROGRESS
    if not cell or (sheet, *split_address(cell)) in context.blocked:
        return
    if code in _OWED:
        # That a cell may be left empty, and that it may not, are not said in one breath.
        context.findings[:] = [
            f
            for f in context.findings
            if (f.code, f.sheet, f.cell) != ("RET-LEFT-OUT", sheet, cell)
        ]
    context.note(
        code,
        sheet=sheet,
        cell=cell,
        task_id=row.task_id,
        expected=hit.expected,
        found=hit.found,
    )
