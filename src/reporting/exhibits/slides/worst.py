"""The tasks that lag most: what, who, what next and by when."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from reporting.assess.followup.lag import lag
from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import BulletList, Muted, Row, Table
from reporting.documents.slides.values import Slide
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell, mark, number, text
from reporting.exhibits.naming import leaders_of
from reporting.exhibits.slides.sources import cell_of, of_table, quoted
from reporting.exhibits.tasks.lagging import concerned_rows
from reporting.exhibits.tasks.promises import is_past, step_words
from reporting.grades import LAGGING
from reporting.language.clip import clip
from reporting.language.numerals import points
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow

_MOST = 8
_GOAL, _STEP, _UNIT = 22, 22, 12


def worst_slide(assessment: Assessment) -> Slide:
    """Show the tasks that lag most, by the order of the rule."""
    found = [r for r in assessment.task_ratings() if r.grade in LAGGING]
    found.sort(key=rule.trouble)
    if not found:
        return Slide(
            title=f"{assessment.period.short_label}没有滞后的任务",
            parts=(BulletList(items=(f"没有核定为{_listed(assessment)}的任务。",)),),
        )
    shown = found[:_MOST]
    return Slide(
        title=_message(found, shown),
        parts=(_table(assessment, shown),),
        notes=tuple(_notes(assessment, shown)),
    )


def _listed(assessment: Assessment) -> str:
    *before, last = map(str, assessment.scale.of(LAGGING))
    return f"{'、'.join(before)}或者{last}"


def _message(found: Sequence[Rating], shown: Sequence[Rating]) -> str:
    counts = Counter(rating.grade for rating in found)
    worst = sorted(counts, key=lambda grade: grade.weight)
    words = "、".join(f"{grade}{counts[grade]}项" for grade in worst)
    rest = f"，最突出的{len(shown)}项" if len(shown) < len(found) else ""
    return f"滞后任务{len(found)}项：{words}{rest}"


def _table(assessment: Assessment, shown: Sequence[Rating]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3),
            text("who", "牵头单位\n（责任领导）", 2), mark("grade", "核定结果", 2),
            text("next", "下一步措施和时限", 3),
        ),
        rows=tuple(_row(assessment, rating) for rating in shown),
        caption="滞后最突出的任务：任务、牵头单位、责任领导、核定、下一步措施和时限",
    )  # fmt: skip


def _row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    return Row(cells=(
        task.label,
        (sentences.clipped(task.goal, _GOAL), Muted(text=_extent(assessment, rating))),
        _who(task), rating.grade, _next(assessment, task),
    ))  # fmt: skip


def _who(task: Task) -> Cell:
    more = f"等{len(task.lead_units)}个单位" if len(task.lead_units) > 1 else ""
    unit = clip(task.lead_units[0], _UNIT)
    return (f"{unit}{more}", Muted(text=f"\n（{clip(leaders_of(task), _UNIT)}）"))


def _extent(assessment: Assessment, rating: Rating) -> str:
    """Say how far behind a task is, and for how long."""
    parts = [f"差{points(rating.gap)}"] if rating.gap else []
    streak = lag(assessment, rating.task_id).quarters
    parts += [f"连续{streak}季滞后"] if streak > 1 else []
    return f"（{'，'.join(parts)}）" if parts else ""


def _next(assessment: Assessment, task: Task) -> Cell:
    """Say what is to be done and by when; a date that is past promises nothing."""
    rows = concerned_rows(assessment, task)
    ahead = [row for row in rows if row.next_step and not is_past(assessment, row)]
    if not ahead:
        return "所报时限已过" if any(row.next_step for row in rows) else "未填报"
    steps = "；".join(dict.fromkeys(row.next_step.strip().rstrip("。") for row in ahead))
    if any(step_words(assessment, row) != row.next_step for row in ahead):
        return (clip(steps, _STEP), Muted(text="（所写时限已过，待核实）"))
    dates = [row.due_date for row in ahead if row.due_date]
    until = f"{_day(assessment, max(dates))}前" if dates else "未填报时限"
    return (clip(steps, _STEP), Muted(text=f"（{until}）"))


def _day(assessment: Assessment, day: date) -> str:
    """Write a day of the year without the year: the slide names it."""
    full = sentences.day(day)
    return full.removeprefix(f"{assessment.period.year}年")


def _notes(assessment: Assessment, shown: Sequence[Rating]) -> list[str]:
    lines = [
        "按核定规则由差到好排列，同一结果的按差距从大到小；措施和时限为牵头单位所报。",
        "数据来源：",
    ]
    for rating in shown:
        task = assessment.plan.task(rating.task_id)
        lines.append(f"任务{task.label}：{of_table(assessment, task)}。{rating.reason}")
        lines += quoted(rating)
        lines += [_step_source(row) for row in concerned_rows(assessment, task) if row.next_step]
    return lines


def _step_source(row: ProgressRow) -> str:
    cells = [row.cells[name] for name in ("next_step", "due_date") if name in row.cells]
    return f"下一步措施和时限：{cell_of(row.file, row.sheet, '、'.join(cells))}"
