"""What was due in earlier quarters and is not settled: it is asked about until it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporting.assess.values import Level, Rating
from reporting.grades import OPEN
from reporting.language.likeness import words
from reporting.plan.figures.series import Key, series_keys
from reporting.plan.values import Milestone, Plan, Target
from reporting.returns.layout import was_asked_whole

Overdue = Mapping[str, tuple[str, ...]]
"""By lead unit the ids of what is not settled: of milestones, or of tasks asked as a whole."""


def overdue(
    plan: Plan, ratings: Iterable[Rating], quarter: int, plans: Mapping[int, Plan]
) -> dict[str, tuple[str, ...]]:
    """List what was due before a quarter and is not settled, as far as it was rated.

    A figure that a later one of its series takes up is asked about there: who reaches 800 has
    reached the 500 of before.

    Parameters
    ----------
    plan : Plan
        As it stands in the quarter.
    ratings : iterable of Rating
        Of the quarters before, under the units of the quarter.
    plans : mapping of int to Plan
        Of each quarter the plan that its ratings speak of. What it asked in other words is not
        what the same id asks today.
    """
    last = _last(ratings, quarter)
    keys = series_keys(plan)
    found: dict[str, list[str]] = {}
    for task_id, unit, subject_id, part in _parts(plan, quarter):
        rating = last.get((subject_id, unit))
        if rating is None or rating.grade not in OPEN:
            continue
        if part is not None and _goes_on(part, plan.targets_of(task_id), keys, quarter):
            continue
        if _says_the_same(plan, plans.get(rating.quarter), task_id, subject_id):
            found.setdefault(unit, []).append(subject_id)
    return {unit: tuple(ids) for unit, ids in found.items()}


def _last(ratings: Iterable[Rating], quarter: int) -> dict[tuple[str, str | None], Rating]:
    """Give by subject and unit the last rating of a milestone, or of a task as a whole."""
    before = [r for r in ratings if r.quarter < quarter and r.level is not Level.TARGET]
    return {(r.subject_id, r.unit): r for r in sorted(before, key=lambda r: r.quarter)}


def _parts(plan: Plan, quarter: int) -> Iterator[tuple[str, str, str, Milestone | None]]:
    """Give what was due before a quarter: task, unit, id and the milestone that it is."""
    for task in plan.tasks:
        parts = [m for m in plan.milestones_of(task.task_id) if m.due_quarter < quarter]
        now = plan.asks_by_goal(task.task_id, quarter)
        whole = not now and was_asked_whole(plan, task.task_id, quarter)
        for unit in task.lead_units:
            yield from ((task.task_id, unit, m.milestone_id, m) for m in parts)
            if whole:
                yield task.task_id, unit, task.task_id, None


def _goes_on(
    part: Milestone, targets: Sequence[Target], keys: Mapping[str, Key], quarter: int
) -> bool:
    """Tell whether every figure of a milestone is taken up by a later one that is asked."""
    own = [t for t in targets if t.milestone_id == part.milestone_id]
    return bool(own) and all(
        any(
            keys[later.target_id] == keys[target.target_id]
            and target.quarter < later.quarter <= quarter
            and later.milestone_id is not None
            for later in targets
        )
        for target in own
    )


def _says_the_same(plan: Plan, then: Plan | None, task_id: str, subject_id: str) -> bool:
    """Tell whether an id asks today what it asked when it was rated."""
    if then is None or then is plan:
        return True
    texts = [_text(one, task_id, subject_id) for one in (then, plan)]
    return texts[0] is not None and texts[1] is not None and words(texts[0]) == words(texts[1])


def _text(plan: Plan, task_id: str, subject_id: str) -> str | None:
    if subject_id == task_id:
        return next((task.goal for task in plan.tasks if task.task_id == task_id), None)
    found = (m.text for m in plan.milestones_of(task_id) if m.milestone_id == subject_id)
    return next(found, None)
