"""Checks of what the prose of a row says."""

from collections.abc import Iterator
from decimal import Decimal

from reporting.grades import DONE, IDLE, Grade, Scale
from reporting.language.likeness import words
from reporting.language.numerals import figure, quantity, rounded
from reporting.language.said import Said
from reporting.language.visible import in_quotes
from reporting.periods import Period
from reporting.plan.figures.gaps import gap
from reporting.plan.values import Target
from reporting.returns.layout import FIGURES, PROGRESS
from reporting.returns.prose.facts import Check, Facts, Hit
from reporting.returns.prose.figures import Against, Disagreement, Known, disagreements
from reporting.returns.prose.talk import (
    SHORTEST,
    Likeness,
    likeness_to_last,
    likeness_to_plan,
    only_hopes,
)
from reporting.returns.values import Actual, ProgressRow

_QUARTERS = "一二三四"


def _found(facts: Facts, *kinds: Against) -> Iterator[Disagreement]:
    text = facts.row.progress
    year = facts.period_end.year
    for item in disagreements(text, known_of(facts), year, facts.quarter):
        if item.against in kinds:
            yield item


def known_of(facts: Facts) -> list[Known]:
    """Gather what is known of the figures of a row's task: its own, and its sub-projects'."""
    rows = [facts.row, *(r for r in facts.rows if _is_beside(r, facts.row))]
    return [
        _known(facts, row, actual, is_own=row is facts.row)
        for row in rows for actual in row.actuals if actual.target_id in facts.targets
    ]  # fmt: skip


def _is_beside(other: ProgressRow, row: ProgressRow) -> bool:
    return other.task_id == row.task_id and other.milestone_id != row.milestone_id


def _known(facts: Facts, row: ProgressRow, actual: Actual, *, is_own: bool) -> Known:
    question = facts.targets[actual.target_id]
    target = question.target
    key = facts.keys.get(target.target_id, ())
    path = facts.path.get(key, {})
    now = [v for v in (target.value, target.value_high) if v is not None]
    last = facts.last.get(key)
    return Known(
        target=target,
        workstream=question.workstream,
        quote=question.quote,
        is_own=is_own,
        actual=actual.held if actual.value is None else actual.value,
        place=f"{FIGURES}{actual.cell}",
        last=last[1] if last else None,
        planned=(*now, *(v for v in path.values() if v not in now)),
        annual=facts.annual.get(target.target_id),
    )


def _figure_differs(facts: Facts) -> Iterator[Hit]:
    for item in _found(facts, Against.ACTUAL):
        if not _decides(item, facts):
            yield _of_figure(item, facts)


def _figure_decides(facts: Facts) -> Iterator[Hit]:
    for item in _found(facts, Against.ACTUAL):
        if _decides(item, facts):
            yield _of_figure(item, facts)


def _of_figure(item: Disagreement, facts: Facts) -> Hit:
    target = item.known.target
    where = f"{PROGRESS}{facts.row.cells.get('progress', '')}"
    return Hit(
        target.target_id,
        expected=f"（{where}）称{in_quotes(item.said.words)}",
        found=f"{in_quotes(target.measure)}{quantity(item.right, target.unit)}",
    )


def _decides(item: Disagreement, facts: Facts) -> bool:
    """Tell whether the grade rests on which of the two figures is right."""
    target = item.known.target
    if target.quarter != facts.quarter:
        return False
    said = _in_unit(item.said, item.known)
    return _standing(target, said, item, facts.scale) != _standing(
        target, item.right, item, facts.scale
    )


def _in_unit(said: Said, known: Known) -> Decimal:
    return known.base_of(said) / known.base(Decimal(1))


def _standing(
    target: Target, value: Decimal, item: Disagreement, scale: Scale
) -> tuple[Grade, bool]:
    """Tell where a value stands: in which band, and whether at the year's goal."""
    short = gap(target, value)
    annual = item.known.annual
    whole = annual is not None and not target.is_kept_low and value >= annual
    return scale.of_gap(short), whole


def _last_misquoted(facts: Facts) -> Iterator[Hit]:
    for item in _found(facts, Against.LAST):
        target = item.known.target
        yield Hit(
            "progress",
            expected=f"{in_quotes(target.measure)}{quantity(item.right, target.unit)}",
            found=item.said.words,
        )


def _plan_misquoted(facts: Facts) -> Iterator[Hit]:
    for item in _found(facts, Against.PLAN):
        target, known = item.known.target, item.known
        values = dict.fromkeys((*known.planned[:1], *((known.annual,) if known.annual else ())))
        yield Hit(
            "progress",
            expected="、".join(quantity(value, target.unit) for value in values),
            found=item.said.words,
        )


def _share_misquoted(facts: Facts) -> Iterator[Hit]:
    for item in _found(facts, Against.SHARE):
        share = figure(rounded(item.right, max(item.said.places, 1)))
        yield Hit(
            "progress",
            expected=f"{in_quotes(item.known.target.measure)}应为{share}%",
            found=item.said.words,
        )


def _plan_again(facts: Facts) -> Iterator[Hit]:
    question = facts.question
    if question is None or facts.row.self_rating in IDLE:
        return
    found = likeness_to_plan(facts.row.progress, question.text, facts.period_end.year)
    if found is not None:
        yield Hit("progress", expected="本季度计划", found=found.sentence)


def _last_again(facts: Facts) -> Iterator[Hit]:
    return _likes_last(facts, has_figures=False)


def _last_with_other_figures(facts: Facts) -> Iterator[Hit]:
    return _likes_last(facts, has_figures=True)


def _likes_last(facts: Facts, *, has_figures: bool) -> Iterator[Hit]:
    row = facts.row
    if row.self_rating in IDLE:
        return
    for before in facts.earlier:
        if row.self_rating in DONE and before.self_rating in DONE:
            continue  # what was complete has nothing new
        found = _like_last(row, before, facts.period_end.year)
        if found is not None and found.has_figures is has_figures:
            quarter = Period(year=facts.period_end.year, quarter=before.quarter).short_label
            yield Hit("progress", expected=quarter, found=found.sentence)
            return


def _like_last(row: ProgressRow, before: ProgressRow, year: int) -> Likeness | None:
    if words(row.progress) == words(before.progress):
        return None  # told as a copy
    return likeness_to_last(row.progress, before.progress, year)


def _same_in_rows(facts: Facts) -> Iterator[Hit]:
    said = words(facts.row.progress)
    if len(said) < SHORTEST:
        return
    same = [
        row.cells.get("progress", "") for row in facts.rows
        if row.milestone_id != facts.row.milestone_id and words(row.progress) == said
    ]  # fmt: skip
    if same:
        yield Hit("progress", expected="、".join(same), found=facts.row.progress)


def _hopes_alone(facts: Facts) -> Iterator[Hit]:
    row = facts.row
    if row.self_rating not in IDLE and row.progress and only_hopes(row.progress):
        yield Hit("progress", expected=str(row.self_rating or "未填"), found=row.progress)


CHECKS: tuple[tuple[str, Check], ...] = (
    ("RET-TEXT-PLAN", _plan_again),
    ("RET-TEXT-LAST", _last_again),
    ("RET-TEXT-FIGURES", _last_with_other_figures),
    ("RET-TEXT-SAME", _same_in_rows),
    ("RET-TEXT-HOPES", _hopes_alone),
    ("RET-PROSE-FIGURE", _figure_differs),
    ("RET-PROSE-GRADE", _figure_decides),
    ("RET-PROSE-LAST", _last_misquoted),
    ("RET-PROSE-PLAN", _plan_misquoted),
    ("RET-PROSE-SHARE", _share_misquoted),
)

EMPTY = frozenset({"RET-TEXT-PLAN", "RET-TEXT-LAST", "RET-TEXT-SAME", "RET-TEXT-HOPES"})
"""Findings that say that a text can carry no rating."""
