"""Read what a return says of the steps that its unit promised earlier."""

from datetime import date

from reporting.periods import full_date
from reporting.returns.layout import PROMISES, AskedPromise
from reporting.returns.promises.values import DATED, OUTCOME_WORDS, Outcome, PromiseAnswer
from reporting.returns.reading.context import ReadingContext, note_letters, taken
from reporting.returns.reading.grid import Matches
from reporting.returns.reading.typed import read_date
from reporting.workbooks.cells import squeeze
from reporting.workbooks.grid import Grid

"""Outcomes that name a day."""


def read_answers(
    context: ReadingContext, grid: Grid, matches: Matches
) -> tuple[PromiseAnswer, ...]:
    """Read the answer to each step that was asked about, in the order asked."""
    return tuple(
        _read(context, grid, matches.rows[question.row_id], question)
        for question in context.questions.promises
        if question.row_id in matches.rows
    )


def _read(context: ReadingContext, grid: Grid, row: int, question: AskedPromise) -> PromiseAnswer:
    texts: dict[str, str] = {}
    cells: dict[str, str] = {}
    on: date | None = None
    for name in ("outcome", "on", "note"):
        if name not in grid.columns:
            continue
        cell = taken(context, grid, row, name, question.task_id)
        if cell is None or not cell.value.strip():
            continue
        cells[name] = cell.address
        if name != "on":
            texts[name] = cell.value.strip()
            note_letters(context, cell, PROMISES, question.task_id)
            continue
        typed = read_date(
            cell, context.questions.period, date1904=context.book.date1904, is_day=True
        )
        on = typed.value if isinstance(typed.value, date) else None
        if typed.code:
            context.note(
                typed.code, sheet=PROMISES, cell=cell.address, task_id=question.task_id,
                expected=typed.expected, found=typed.found,
            )  # fmt: skip
    outcome = OUTCOME_WORDS.get(squeeze(texts.get("outcome", "")))
    answer = PromiseAnswer(
        promise_id=question.row_id, task_id=question.task_id, unit=context.questions.unit,
        quarter=context.questions.quarter, outcome=outcome, on=on, note=texts.get("note", ""),
        file=context.file, sheet=PROMISES, cells=cells,
    )  # fmt: skip
    _check(context, grid, row, question, answer, texts.get("outcome", ""))
    return answer


def _check(
    context: ReadingContext,
    grid: Grid,
    row: int,
    question: AskedPromise,
    answer: PromiseAnswer,
    typed: str,
) -> None:
    """Ask for what an answer leaves out; a cell with a fault of its own is told already."""

    def note(code: str, name: str, expected: str, found: str = "") -> None:
        column = grid.columns.get(name)
        if column is not None and (PROMISES, row, column) not in context.blocked:
            context.note(
                code, sheet=PROMISES, cell=grid.address(row, name), task_id=question.task_id,
                expected=expected, found=found,
            )  # fmt: skip

    if answer.outcome is None:
        note("RET-PROMISE-OUTCOME", "outcome", "、".join(Outcome), f"“{typed}”" if typed else "空")
        return
    if answer.outcome in DATED and answer.on is None and "on" not in answer.cells:
        note("RET-PROMISE-DAY", "on", str(answer.outcome))
    if answer.outcome is not Outcome.DONE and not answer.note:
        note("RET-PROMISE-WHY", "note", str(answer.outcome))
    if answer.outcome is Outcome.PUT_OFF and answer.on is not None:
        note("RET-PROMISE-PUT-OFF", "on", full_date(question.due), full_date(answer.on))
