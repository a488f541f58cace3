"""Every task that is not on schedule or done, in a line each: who, how far, why, what next."""

from collections import Counter
from collections.abc import Sequence

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Link, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import Cell, exhibit, mark, nothing, paragraph, text
from reporting.exhibits.city.words import (
    NONE,
    PAST,
    extent,
    late_anchor,
    steps_ahead,
    until_words,
    who_acts,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor
from reporting.exhibits.origins.steps import CAUSES, COUNTS, leads
from reporting.exhibits.sentences import clipped
from reporting.exhibits.tasks.causes import causes_sentence
from reporting.exhibits.tasks.lagging import concerned_rows
from reporting.grades import LAGGING, NOT_JUDGED, OPEN, PAUSED
from reporting.language.clip import clip
from reporting.plan.values import Task

_GOAL, _WHY, _STEP = 30, 40, 32
_LISTED = LAGGING | PAUSED


@in_labels
def off_schedule(assessment: Assessment) -> Exhibit:
    """Show what lags or was set aside, worst first; what is not known follows with its reason."""
    found = sorted((r for r in assessment.task_ratings() if r.grade in OPEN), key=rule.trouble)
    if not found:
        return exhibit(nothing("各项任务均达序。"))
    listed = [rating for rating in found if rating.grade in _LISTED]
    unknown = [rating for rating in found if rating.grade in NOT_JUDGED]
    return exhibit(
        paragraph(_sentence(found), causes_sentence(assessment), origin=leads(COUNTS, CAUSES)),
        _table(assessment, listed) if listed else None,
        _unknown_table(assessment, unknown) if unknown else None,
    )


def _sentence(found: Sequence[Rating]) -> str:
    counts = Counter(rating.grade for rating in found)
    worst = sorted(counts, key=lambda grade: grade.weight)
    each = "、".join(f"{grade}{counts[grade]}项" for grade in worst)
    return f"未达序的任务{len(found)}项：{each}。按核定规则由差到好列出，各项全文见附件。"


def _table(assessment: Assessment, found: Sequence[Rating]) -> Table:
    return Table(
        columns=(
            text("goal", "任务（牵头单位，责任领导）", 2.6), text("extent", "核定和差距", 2.4),
            text("why", "问题和原因", 2), text("next", "措施和时限", 2),
        ),
        rows=tuple(_row(assessment, rating) for rating in found),
        caption="滞后和暂缓的任务", anchor="late-tasks",
        dense=True, sortable=len(found) > 5,
    )  # fmt: skip


def _row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    behind = extent(assessment, rating)
    return Row(
        cells=(
            _named(task, f"lag-{task.number:03d}"),
            (rating.grade, f"\n{behind}" if behind else ""),
            _why(assessment, task), _next(assessment, task),
        ),
        anchor=late_anchor(task),
    )  # fmt: skip


def _named(task: Task, full: str) -> Cell:
    """Name a task and whose it is, leading to where all of it stands."""
    return (
        Link(text=f"任务{task.label}", anchor=full), f"　{clipped(task.goal, _GOAL)}",
        Muted(text=f"\n{who_acts(task)}"),
    )  # fmt: skip


def _why(assessment: Assessment, task: Task) -> str:
    said = dict.fromkeys(
        words.strip().rstrip("。")
        for row in concerned_rows(assessment, task)
        for words in (row.problem, row.cause)
        if words.strip()
    )
    return clip("；".join(said), _WHY) or "未填报"


def _next(assessment: Assessment, task: Task) -> Cell:
    ahead = steps_ahead(assessment, task)
    steps = dict.fromkeys(row.next_step.strip().rstrip("。") for row in ahead)
    words = clip("；".join(steps), _STEP)
    until = until_words(assessment, task)
    if words:
        return (words, Muted(text=f"（{_before(until)}）"))
    return until if _said(assessment, task) else "未填报"


def _before(until: str) -> str:
    """Say 前 after a day; of what is no day nothing is added."""
    return until if until in (PAST, NONE) else f"{until}前"


def _said(assessment: Assessment, task: Task) -> bool:
    return any(row.next_step for row in concerned_rows(assessment, task))


def _unknown_table(assessment: Assessment, found: Sequence[Rating]) -> Table:
    unknown = "和".join(map(str, assessment.scale.of(NOT_JUDGED)))
    return Table(
        columns=(
            text("goal", "任务（牵头单位，责任领导）", 2.6), mark("grade", "核定", 1),
            text("why", "原因", 3.6),
        ),
        rows=tuple(
            Row(
                cells=(_named(task, anchor(task)), rating.grade, rating.reason),
                anchor=late_anchor(task),
            )
            for rating in found
            for task in [assessment.plan.task(rating.task_id)]
        ),
        caption=f"{unknown}的任务", dense=True, sortable=len(found) > 5,
    )  # fmt: skip
