"""Say beforehand how each unit's tasks will be rated: the ratings themselves, unit by unit."""

from collections.abc import Iterator

from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, Level, Rating
from reporting.grades import GOOD
from reporting.returns.opinions import Opinion


def opinions(city: Assessment) -> tuple[Opinion, ...]:
    """Give what each unit is to be told of the quarter, in the plan's order.

    A task is told as a whole; of its parts, those that are neither done nor on schedule.
    """
    return tuple(
        opinion
        for unit in city.plan.lead_units
        for task in city.plan.tasks
        if unit in task.lead_units
        for opinion in _of_task(city, unit, task.task_id)
    )


def _of_task(city: Assessment, unit: str, task_id: str) -> Iterator[Opinion]:
    whole = city.rating(task_id, unit=unit)
    if whole is None:
        return
    yield _opinion(city, unit, whole)
    for rating in city.ratings_of(task_id):
        own = (rating.unit, rating.quarter) == (unit, city.quarter)
        if own and rating.level is not Level.TASK and rating.grade not in GOOD:
            yield _opinion(city, unit, rating)


def _opinion(city: Assessment, unit: str, rating: Rating) -> Opinion:
    task = city.plan.task(rating.task_id)
    rests_on = next((e for e in rating.evidence if e.cell and e.quarter is None), None)
    return Opinion(
        unit=unit, task_id=task.task_id, number=task.reference, goal=task.goal,
        part=_part(city, rating), self_rating=str(rating.self_rating or ""),
        grade=str(rating.grade), rule=rating.rule, reason=rating.reason,
        sheet=rests_on.sheet if rests_on else "", cell=rests_on.cell if rests_on else "",
        is_good=rating.grade in GOOD,
    )  # fmt: skip


def _part(city: Assessment, rating: Rating) -> str:
    """Name the part of a task that a rating speaks of."""
    if rating.level is Level.TARGET:
        target = next(t for t in city.plan.targets if t.target_id == rating.subject_id)
        return f"指标：{measure_name(city.plan, target)}"
    if rating.level is Level.MILESTONE:
        milestone = next(m for m in city.plan.milestones if m.milestone_id == rating.subject_id)
        return f"事项：{milestone.workstream or milestone.text.strip()}"
    return ""
