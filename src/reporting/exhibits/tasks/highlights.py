"""What was finished, exceeded or recovered this quarter."""

from collections.abc import Iterable
from decimal import Decimal

from reporting.assess.rating import rule
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import BulletList, Muted
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import (
    Cell,
    exhibit,
    nothing,
    paragraph,
)
from reporting.exhibits.facts import (
    target_ratings,
)
from reporting.exhibits.naming import (
    task_link,
    units_of,
)
from reporting.grades import GOOD, LAGGING, Grade
from reporting.language.visible import in_quotes
from reporting.plan.values import Target, Task

# What a leader reads; the table of targets has them all.
_MOST_HIGHLIGHTS = 10
_EXCEEDED = 110
"""Per cent of the plan from which a target counts as exceeded."""

Highlight = tuple[Rating, str]
"""A task's rating, and what is to be said of it."""


def highlights(assessment: Assessment) -> Exhibit:
    """List what was finished, exceeded or recovered this quarter, each on its own figures."""
    items = [
        (*_named(assessment.plan.task(r.task_id)), words) for r, words in _highlighted(assessment)
    ]
    if not items:
        return exhibit(nothing("本季度没有新完成、超额完成或者由滞后转为达到序时进度的任务。"))
    more = len(items) - _MOST_HIGHLIGHTS
    return exhibit(
        paragraph(
            f"本季度新完成、超额完成或者由滞后转为达到序时进度的任务{len(items)}项"
            + (f"，列出其中{_MOST_HIGHLIGHTS}项：" if more > 0 else "：")
        ),
        BulletList(items=tuple(items[:_MOST_HIGHLIGHTS]), ordered=True),
    )


def _named(task: Task) -> tuple[Cell, ...]:
    return (task_link(task, 36), Muted(text=f"（任务{task.number}，{units_of(task)}）"), "：")


def _highlighted(assessment: Assessment) -> Iterable[Highlight]:
    """Give the newly finished first, then what was exceeded, then what recovered; a task once."""
    good = [r for r in assessment.task_ratings() if r.grade in GOOD and r.evidence]
    # What was carried forward was told last quarter, and nothing new was reported of it.
    current = [r for r in good if r.rule != rule.CARRIED]
    found: dict[str, Highlight] = {}
    for tell in (_finished, _exceeded, _recovered):
        for rating, words in tell(assessment, current):
            found.setdefault(rating.task_id, (rating, words))
    return found.values()


def _finished(assessment: Assessment, current: Iterable[Rating]) -> Iterable[Highlight]:
    for rating in _best_first(assessment, current):
        is_new = rating.grade is Grade.DONE and rating.previous is not Grade.DONE
        if is_new and (_best(assessment, rating) or not _in_doubt(assessment, rating)):
            yield rating, f"全年任务已完成，{_proof(assessment, rating)}"


def _exceeded(assessment: Assessment, current: Iterable[Rating]) -> Iterable[Highlight]:
    for rating in _best_first(assessment, current):
        if _share(_best(assessment, rating)) >= _EXCEEDED:
            yield rating, _proof(assessment, rating)


def _recovered(assessment: Assessment, current: Iterable[Rating]) -> Iterable[Highlight]:
    # In the plan's order: what recovered is no better for the figure it happens to have.
    for rating in current:
        if rating.previous in LAGGING and not _in_doubt(assessment, rating):
            words = f"由“{rating.previous}”转为“{rating.grade}”，{_quote(rating)}"
            yield rating, words


def _best_first(assessment: Assessment, current: Iterable[Rating]) -> list[Rating]:
    return sorted(current, key=lambda r: -_share(_best(assessment, r)))


def _proof(assessment: Assessment, rating: Rating) -> str:
    """Give the figure that shows the most, else the unit's words."""
    best = _best(assessment, rating)
    return best.reason if best is not None else _quote(rating)


def _quote(rating: Rating) -> str:
    return f"报表填报{in_quotes(rating.evidence[-1].quote.rstrip('。；;'))}。"


def _best(assessment: Assessment, rating: Rating) -> Rating | None:
    """Find the target that was met and exceeds its plan the most."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    found = [
        r
        for r in target_ratings(assessment, rating.task_id)
        if r.grade in GOOD and _share(r) and _may_be_praised(targets[r.subject_id], r)
    ]
    return max(found, key=_share, default=None)


def _may_be_praised(target: Target, rating: Rating) -> bool:
    """Tell whether more is better, and the figure no doubt."""
    # To stay far below a limit is no feat that a percentage tells.
    capped = target.is_kept_low
    return not capped and not is_doubtful(target, rating.actual)


def _in_doubt(assessment: Assessment, rating: Rating) -> bool:
    """Tell whether a figure wants checking, and with it the words that repeat it."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    return any(
        is_doubtful(targets[r.subject_id], r.actual)
        for r in target_ratings(assessment, rating.task_id)
    )


def _share(rating: Rating | None) -> Decimal:
    """Return actual ÷ plan in per cent; 0 where there is none of either."""
    if rating is None or not rating.plan or rating.actual is None:
        return Decimal(0)
    return rating.actual / rating.plan * 100
