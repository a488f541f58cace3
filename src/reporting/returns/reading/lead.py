"""Lead the answers of a workbook from what it asked to what is asked today.

An answer reaches the question whose words it was written for, or none. What the office changed
after sending is nobody's fault but the office's: it is told as such, and waits to be asked again.
"""

from collections.abc import Iterable, Iterator, Sequence

from reporting.language.likeness import words
from reporting.plan.values import Target
from reporting.returns.layout import Asked, AskedRow, AskedTarget
from reporting.returns.reading.context import ReadingContext
from reporting.returns.values import ProgressRow


def lead_rows(
    context: ReadingContext, rows: Sequence[ProgressRow], today: Asked
) -> tuple[ProgressRow, ...]:
    """Lead rows, and the figures in them, to today's questions.

    ``context`` holds the questions as issued. Rows that nothing asks any more are noted, and so
    is every task of which something is asked today that the workbook did not ask.
    """
    issued = {question.row_id: question for question in context.questions.rows}
    figures = _targets(context.questions, today)
    led: dict[str, ProgressRow] = {}
    for row in rows:
        question = _question(issued[row.milestone_id], today)
        if question is None:
            _note_dropped(context, row, issued[row.milestone_id])
        elif question.row_id not in led:
            led[question.row_id] = _led(row, question, figures)
    _note_changed(context, today, led)
    return tuple(led.values())


def _question(was: AskedRow, today: Asked) -> AskedRow | None:
    """Find today's question of the same task with the same words; the goal's, or the plan's."""
    of_task = [question for question in today.rows if question.task_id == was.task_id]
    same_text = [question for question in of_task if words(question.text) == words(was.text)]
    own = [question for question in same_text if question.row_id == was.row_id]
    if own or len(same_text) == 1:
        return (own or same_text)[0]
    same_goal = [
        question for question in of_task
        if question.row_id == was.row_id and words(question.goal) == words(was.goal)
    ]  # fmt: skip
    return same_goal[0] if same_goal else None


def _targets(issued: Asked, today: Asked) -> dict[str, str]:
    """Give by the id of a target as issued the one of today that counts the same.

    A value that was raised or lowered leaves the figure what it is.
    """
    led: dict[str, str] = {}
    for question in issued.targets:
        alike = [q.target for q in today.targets if _counts_the_same(question, q)]
        own = [target for target in alike if target.target_id == question.target.target_id]
        if own or len(alike) == 1:
            led[question.target.target_id] = (own or alike)[0].target_id
    return led


def _counts_the_same(was: AskedTarget, now: AskedTarget) -> bool:
    """Tell whether two questions ask for one figure.

    They are of the same words or the same name: a later program may name otherwise what the
    table's words still say.
    """
    named = was.target.measure == now.target.measure or words(was.quote) == words(now.quote)
    return named and _frame(was.target) == _frame(now.target)


def _frame(target: Target) -> tuple[object, ...]:
    return target.task_id, target.quarter, target.unit, target.basis, target.source


def _led(row: ProgressRow, question: AskedRow, figures: dict[str, str]) -> ProgressRow:
    actuals = tuple(
        actual.model_copy(update={"target_id": figures[actual.target_id]})
        for actual in row.actuals
        if actual.target_id in figures
    )
    cells = {figures.get(name, name): cell for name, cell in row.cells.items()}
    return row.model_copy(
        update={"milestone_id": question.row_id, "task_id": question.task_id, "actuals": actuals,
                "cells": cells}
    )  # fmt: skip


def _note_dropped(context: ReadingContext, row: ProgressRow, was: AskedRow) -> None:
    """Note an answer that nothing asks for any more: nothing of it is lost in silence."""
    if not row.cells and not row.extra:
        return
    cells = (*row.cells.values(), *(one.cell for one in row.extra))
    said = (str(row.self_rating or ""), row.progress, *_extra(row))
    context.note(
        "RET-TASK-DROPPED", sheet=row.sheet, cell=cells[0],
        task_id=row.task_id, expected=f"{was.number}（{was.text}）",
        found="；".join(part for part in said if part),
    )  # fmt: skip


def _extra(row: ProgressRow) -> Iterator[str]:
    return (f"{one.name}：{one.text}" for one in row.extra)


def _note_changed(context: ReadingContext, today: Asked, led: Iterable[str]) -> None:
    """Note each question of today that the workbook did not ask, and each target."""
    answered = set(led)
    for question in today.rows:
        if question.row_id not in answered:
            context.note(
                "RET-TASK-CHANGED", task_id=question.task_id, expected=question.text,
                found=question.number,
            )  # fmt: skip
    issued = set(_targets(context.questions, today).values())
    for asked in today.targets:
        if asked.target.target_id not in issued and asked.row_id in answered:
            context.note(
                "RET-TARGET-CHANGED", task_id=asked.target.task_id, found=asked.number,
                expected=f"{asked.target.measure}{asked.plan_text}{asked.target.unit}",
            )  # fmt: skip
