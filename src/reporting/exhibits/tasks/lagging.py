"""The tasks that lag, each with its grounds, its causes and what is promised."""

from collections.abc import Mapping, Sequence

from reporting.assess.rating import rule
from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Block, Card, Fields, Heading, Muted
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    Cell,
    exhibit,
    nothing,
)
from reporting.exhibits.facts import (
    rating_units,
    rows_of,
    target_ratings,
)
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    evidence_cell,
    leaders_of,
    reported_words,
    units_of,
)
from reporting.exhibits.tasks.promises import (
    commitment_of,
    is_past,
    lag_words,
    state_words,
    step_words,
)
from reporting.grades import GOOD, LAGGING, TO_EXPLAIN, Grade, Kind, Scale
from reporting.language.chinese_numbers import in_words
from reporting.language.numerals import quantity
from reporting.plan.figures.told import gap_text, plan_text
from reporting.plan.values import Target, Task
from reporting.returns.values import ProgressRow


@in_labels
def lagging(assessment: Assessment, *grades: Grade | Kind) -> Exhibit:
    """Show the tasks of those grades: target, actual, gap, unit, leader, cause, next step.

    Without grades: 严重滞后, 未启动 and 未达序时进度, in this order. A kind, or a usual grade that
    the office calls otherwise, stands for all of the office's grades that count as it.
    """
    wanted = _wanted(assessment.scale, grades)
    found = [r for r in assessment.task_ratings() if r.grade in wanted]
    # By how much is missing: what needs help most is read first.
    found.sort(key=rule.trouble)
    if not found:
        return exhibit(nothing(f"没有核定为{'、'.join(f'“{g}”' for g in wanted)}的任务。"))
    return exhibit(*(_lag_card(assessment, rating) for rating in found))


@in_labels
def lagging_by_grade(assessment: Assessment) -> Exhibit:
    """Show them under a heading for each grade that lags or is set aside, the worst first."""
    grades = (g for g in assessment.scale.worst_first if g in TO_EXPLAIN)
    blocks: list[Block] = []
    for number, grade in enumerate(grades, 1):
        blocks.append(Heading(level=3, text=f"（{in_words(number)}）{grade}的任务"))
        blocks += lagging(assessment, grade).blocks
    return exhibit(*blocks)


def _wanted(scale: Scale, grades: Sequence[Grade | Kind]) -> tuple[Grade, ...]:
    if not grades:
        return tuple(grade for grade in scale.worst_first if grade in LAGGING)
    found: list[Grade] = []
    for one in grades:
        kind = one if isinstance(one, Kind) else one.kind
        found += [one] if one in scale.grades and isinstance(one, Grade) else scale.of((kind,))
    return tuple(found)


def _lag_card(assessment: Assessment, rating: Rating) -> Card:
    task = assessment.plan.task(rating.task_id)
    title = f"任务{task.label}：{sentences.clipped(task.goal, 34)}"
    rows = concerned_rows(assessment, task)
    units = rating_units(assessment, task)
    trouble = [reported_words(rows, field, units) for field in ("problem", "cause")]
    pairs: list[tuple[str, Cell]] = [
        ("牵头单位", f"{units_of(task)}　责任领导：{leaders_of(task)}"),
        ("核定依据", _grounds(assessment, rating)),
        ("问题和原因", "\n".join(filter(None, trouble)) or "未填报"),
    ]
    if since := lag_words(assessment, task.task_id):
        pairs.insert(1, ("滞后时间", f"{since}。"))
    past = [row for row in rows if row.next_step and is_past(assessment, row)]
    if past:
        pairs.append(("时限已过的措施", "\n".join(_past(assessment, row, units) for row in past)))
    ahead = [row for row in rows if not is_past(assessment, row)]
    none = "所报措施时限已过" if past and not any(row.next_step for row in ahead) else ""
    pairs.append(("下一步措施", none or _promised(assessment, ahead, units)))
    return Card(
        heading=Heading(level=3, text=title, anchor=f"lag-{task.number:03d}"),
        marks=(rating.grade,),
        blocks=(Fields(rows=tuple(pairs)),),
    )


def _past(assessment: Assessment, row: ProgressRow, units: Sequence[str]) -> str:
    """Say what was to be done by a day that is past, and what became of it."""
    made = commitment_of(assessment, row)
    became = f"，{state_words(assessment, made)}" if made else ""
    named = f"{row.unit}：" if len(units) > 1 else ""
    return f"{named}{row.next_step}（原定{sentences.day(row.due_date)}前完成{became}）"


def _promised(assessment: Assessment, rows: Sequence[ProgressRow], units: Sequence[str]) -> Cell:
    """Say what is to be done and until when; a date without a step promises nothing."""
    marked = [r.model_copy(update={"next_step": step_words(assessment, r)}) for r in rows]
    step = reported_words(marked, "next_step", units)
    dates = [row.due_date for row in rows if row.due_date]
    until = sentences.day(max(dates)) if dates else ""
    if not step:
        return f"未填报（所报完成时限为{until}）" if until else "未填报"
    return (step, Muted(text=f"（{until}前完成）" if until else "（未填报完成时限）"))


def concerned_rows(assessment: Assessment, task: Task) -> list[ProgressRow]:
    """Return the last rows of a task that speak of something not on schedule."""
    return [r for r in _last_rows(assessment, task) if _concerned(assessment, r)]


def _last_rows(assessment: Assessment, task: Task) -> Sequence[ProgressRow]:
    """Return this quarter's rows, or where nothing was due the last that came."""
    for quarter in range(assessment.quarter, 0, -1):
        if rows := rows_of(assessment, task.task_id, quarter):
            return rows
    return ()


def _concerned(assessment: Assessment, row: ProgressRow) -> bool:
    """Tell whether a row speaks of something that is not on schedule."""
    rating = assessment.rating(row.milestone_id, unit=row.unit, quarter=row.quarter)
    return rating is None or rating.grade not in GOOD


def _grounds(assessment: Assessment, rating: Rating) -> Cell:
    """Say why a task lags: the reason, every lagging figure, and what is quoted."""
    parts: list[Cell] = [rating.reason, *_other_figures(assessment, rating)]
    if rating.evidence:
        parts += ["\n", *evidence_cell(rating)]
    return tuple(parts)


def _other_figures(assessment: Assessment, rating: Rating) -> list[str]:
    """Write plan, actual and gap of the lagging targets that the reason does not name."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    return [
        _figure_line(measure_name(assessment.plan, targets[r.subject_id]), r, targets)
        for r in target_ratings(assessment, rating.task_id)
        if r.gap and r.reason not in rating.reason
    ]


def _figure_line(name: str, rating: Rating, targets: Mapping[str, Target]) -> str:
    assert rating.actual is not None
    target = targets[rating.subject_id]
    return (
        f"\n{name}：计划{plan_text(target)}，"
        f"实际{quantity(rating.actual, target.unit)}，{gap_text(target, rating.actual)}。"
    )
