"""How the city's pack names who acts, by when, and how far a task is behind."""

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.assess.followup.lag import lag
from reporting.assess.rating import rule
from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Link
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell
from reporting.exhibits.facts import target_ratings
from reporting.exhibits.naming import leaders_of, units_of
from reporting.exhibits.sentences import clipped
from reporting.exhibits.tasks.lagging import concerned_rows
from reporting.exhibits.tasks.parts import parts_words
from reporting.exhibits.tasks.promises import is_past
from reporting.grades import LAGGING
from reporting.language.clip import clip
from reporting.language.numerals import quantity
from reporting.plan.figures.told import gap_text, plan_text
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow

PAST = "时限已过"
NONE = "未报时限"


def late_anchor(task: Task) -> str:
    """Name the place of a task in the table of what is not on schedule."""
    return f"late-{task.number:03d}"


def late_link(task: Task, length: int) -> Link:
    """Name a task in few words, leading to its line in that table."""
    return Link(text=clipped(task.goal, length), anchor=late_anchor(task))


def number_link(task: Task, anchor: str) -> Link:
    """Give a task's number, leading somewhere."""
    return Link(text=task.label, anchor=anchor)


def tasks_named(tasks: Sequence[Task], most: int = 12) -> tuple[Cell, ...]:
    """Give the numbers of tasks, each leading to its line in the body; the rest counted."""
    parts: list[Cell] = ["任务"]
    for at, task in enumerate(tasks[:most]):
        parts += ["、" if at else "", number_link(task, late_anchor(task))]
    if len(tasks) > most:
        parts.append(f"等{len(tasks)}项")
    return tuple(part for part in parts if part)


def who_acts(task: Task) -> str:
    """Name the lead units and the leader in a line."""
    return f"{units_of(task)}，{leaders_of(task)}"


def who_acts_briefly(task: Task, length: int) -> str:
    """Name the first lead unit and the leader in a line each."""
    more = f"等{len(task.lead_units)}个" if len(task.lead_units) > 1 else ""
    return f"{clip(task.lead_units[0], length)}{more}\n{clip(leaders_of(task), length)}"


def steps_ahead(assessment: Assessment, task: Task) -> list[ProgressRow]:
    """Give the rows whose next step is still to come."""
    rows = concerned_rows(assessment, task)
    return [row for row in rows if row.next_step and not is_past(assessment, row)]


def until(assessment: Assessment, task: Task) -> date | str:
    """Tell by when the last of the steps is to be taken, or why nobody can say."""
    ahead = steps_ahead(assessment, task)
    days = [row.due_date for row in ahead if row.due_date]
    if days:
        return max(days)
    said = any(row.next_step for row in concerned_rows(assessment, task))
    return PAST if said and not ahead else NONE


def until_words(assessment: Assessment, task: Task) -> str:
    """Write that day, without the year where it is the report's own."""
    found = until(assessment, task)
    if isinstance(found, str):
        return found
    return sentences.day_in(found, assessment.period.year)


def extent(assessment: Assessment, rating: Rating) -> str:
    """Say how far behind a task is: its figure, its parts, for how long; empty for nothing."""
    parts = [_figure(assessment, rating), parts_words(assessment, rating.task_id)]
    if rating.grade in LAGGING:
        parts += _since(assessment, rating)
    return "\n".join(filter(None, parts))


def _figure(assessment: Assessment, rating: Rating) -> str:
    """Write the figure that falls shortest, with its plan and what is missing."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    short = [r for r in target_ratings(assessment, rating.task_id) if r.gap and r.grade in LAGGING]
    if not short:
        return ""
    worst = rule.worst(short)
    target = targets[worst.subject_id]
    assert worst.actual is not None
    return (
        f"{measure_name(assessment.plan, target)}计划{plan_text(target)}，"
        f"实际{quantity(worst.actual, target.unit)}，{gap_text(target, worst.actual)}"
    )


def _since(assessment: Assessment, rating: Rating) -> Iterator[str]:
    found = lag(assessment, rating.task_id)
    if found.quarters > 1:
        days = f"，逾期{found.days}天" if found.days else ""
        yield f"连续{found.quarters}个季度滞后{days}"
