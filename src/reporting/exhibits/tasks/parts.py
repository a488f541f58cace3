"""The parts of a task and how they stand: the worst decides the grade, and does not name the whole.

A part is what was rated by itself this quarter: a step of the schedule, or a figure that belongs
to none of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Level, Rating
from reporting.exhibits.facts import rating_units, rows_of
from reporting.grades import USUAL, Grade, Kind

_SHORT: Mapping[Grade, str] = {
    USUAL[Kind.ON_SCHEDULE]: "达序时", USUAL[Kind.BEHIND]: "未达序时",
}  # fmt: skip
"""Words that are shorter beside a count; every other grade goes by its own."""


def parts_words(assessment: Assessment, task_id: str) -> str:
    """Count the parts of a task by grade, the worst first; empty where it has but one.

    Units that did not report are named behind, as they may be what decides.
    Reads like ``5个事项：1未启动、3达序时、1已完成``.
    """
    found = parts_of(assessment, task_id)
    if len(found) < 2:
        return ""
    counts = Counter(one.grade for one in found)
    worst = sorted(counts, key=lambda grade: grade.weight)
    each = "、".join(f"{counts[grade]}{_SHORT.get(grade, str(grade))}" for grade in worst)
    named = "事项和指标" if any(one.level is Level.TARGET for one in found) else "事项"
    unheard = assessment.scale[Kind.NOT_REPORTED]
    silent = "".join(f"；{unit}{unheard}" for unit in _silent(assessment, task_id))
    return f"{len(found)}个{named}：{each}{silent}"


def parts_of(assessment: Assessment, task_id: str) -> tuple[Rating, ...]:
    """Give a rating for each part of a task this quarter, the worst first.

    Of a part that several units answer, the worst of theirs counts; of one that did not report
    nothing is known by parts. A task that was asked about as a whole has none.
    """
    if _is_asked_whole(assessment, task_id):
        return ()
    found: dict[str, list[Rating]] = {}
    for rating in _rated(assessment, task_id):
        found.setdefault(rating.subject_id, []).append(rating)
    return tuple(sorted((rule.worst(own) for own in found.values()), key=rule.trouble))


def _is_asked_whole(assessment: Assessment, task_id: str) -> bool:
    by_goal = assessment.plan.asks_by_goal(task_id, assessment.quarter)
    return by_goal or any(row.milestone_id == task_id for row in rows_of(assessment, task_id))


def _rated(assessment: Assessment, task_id: str) -> Iterator[Rating]:
    """Give the ratings of steps, and of figures that are judged with none of these."""
    silent = set(_silent(assessment, task_id))
    units = set(rating_units(assessment, assessment.plan.task(task_id))) - silent
    now = [
        r for r in assessment.ratings_of(task_id)
        if r.quarter == assessment.quarter and r.unit in units
    ]  # fmt: skip
    steps = {r.subject_id for r in now if r.level is Level.MILESTONE}
    milestones = {t.target_id: t.milestone_id for t in assessment.plan.targets_of(task_id)}
    for rating in now:
        is_loose = rating.level is Level.TARGET and milestones[rating.subject_id] not in steps
        if rating.level is Level.MILESTONE or is_loose:
            yield rating


def _silent(assessment: Assessment, task_id: str) -> Iterator[str]:
    for unit in rating_units(assessment, assessment.plan.task(task_id)):
        rating = assessment.rating(task_id, unit=unit)
        if rating is not None and rating.grade.kind is Kind.NOT_REPORTED:
            yield unit
