"""Fill blank workbooks with demonstration answers, and plant the faults of real life."""

from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.language.numerals import figure
from reporting.pipeline import open_before
from reporting.plan.changes import plan_at
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.project.roots import status_folder
from reporting.returns.layout import COLUMNS, FIGURES, PROGRESS, PROMISES
from reporting.returns.promises.values import NOTHING, LeftOpen
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets import style
from reporting.returns.sheets.blank import build_book, file_stem
from reporting.returns.values import Returns
from reporting.system.files import write_whole
from reporting.workbooks.cells import column_letters
from reporting.workbooks.columns import FIRST_ROW
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, put
from tools.sample.answers import Answer, Filled, Sampler, sample_quarter
from tools.sample.chance import draw
from tools.sample.corrected import CORRECTED_IN, FOLDER, as_correction, corrected
from tools.sample.office import decide_mistaken, forget, register
from tools.sample.promises import promise_kept

_WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.%"}
_COLUMN = {
    name: {spec.field: at for at, spec in enumerate(specs, 1)} for name, specs in COLUMNS.items()
}


def write_samples(root: Path, table: Plan, params: Params) -> tuple[Path, ...]:
    """Write the demonstration returns of all four quarters; stale ones are removed.

    One more lies beside them: a return as it comes again after its edition. Returns the files
    of the quarters, in order.
    """
    forget(root, params)
    sampler = Sampler(table, params)
    previous: tuple[Returns, ...] = ()
    written: list[Path] = []
    again: Path | None = None
    _clear(_correction_path(root, params, "").parent)
    for quarter in (1, 2, 3, 4):
        folder = status_folder(root, params, quarter)
        _clear(folder)
        plan = plan_at(table, params.changes, quarter)
        promised = open_before(root, params, table, quarter)
        for unit, filled, sends in sample_quarter(sampler, plan, quarter):
            if sends and filled.rows:
                left = LeftOpen(promises=promised.get(unit, NOTHING).promises)
                blank = partial(
                    build_book, plan, params, unit, quarter, previous, left, is_sample=True
                )
                path = folder / f"{file_stem(unit)}.xlsx"
                write_whole(path, _filled_book(blank(), left, filled))
                written.append(path)
                if quarter == CORRECTED_IN and not again and (right := corrected(filled, params)):
                    again = _correction_path(root, params, path.name)
                    came = _filled_book(blank(), left, right)
                    write_whole(again, as_correction(came, path.read_bytes()))
        returns = read_returns(root, params, plan, quarter, previous=previous)
        if decide_mistaken(root, params, plan, returns):
            returns = read_returns(root, params, plan, quarter, previous=previous)
        register(root, params, returns)
        previous = (*previous, returns)
    return tuple(written)


def _filled_book(book: Workbook, left: LeftOpen, filled: Filled) -> bytes:
    fill_book(book, filled)
    _answer_promises(book, left, filled.reported_on)
    return save_book(book)


def _correction_path(root: Path, params: Params, name: str) -> Path:
    """Name the file of a return that comes again; it lies beside the returns, unread."""
    status = status_folder(root, params, CORRECTED_IN)
    return status.parent.parent / FOLDER / status.name / (name or "_")


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.xlsx"):
        path.unlink()


def fill_book(book: Workbook, filled: Filled) -> None:
    """Type a unit's answers into its blank workbook."""
    progress, figures = book[PROGRESS], book[FIGURES]
    for row, question in enumerate(filled.questions.rows, FIRST_ROW):
        if question.row_id in filled.rows:
            _fill_row(progress, row, filled.rows[question.row_id])
    for row, asked_target in enumerate(filled.questions.figures, FIRST_ROW):
        value = filled.figures.get(asked_target.target.target_id)
        put(cell_at(figures, row, _COLUMN[FIGURES]["actual"]), value)
    _slip(progress, figures, filled)
    style.refit(progress, PROGRESS, range(FIRST_ROW, FIRST_ROW + len(filled.questions.rows)))


def _answer_promises(book: Workbook, left: LeftOpen, today: date) -> None:
    """Say of each step promised earlier what became of it: most were taken in time."""
    if not left.promises:
        return
    sheet, columns = book[PROMISES], _COLUMN[PROMISES]
    for row, promise in enumerate(left.promises, FIRST_ROW):
        outcome, on, note = promise_kept(promise, today)
        put(cell_at(sheet, row, columns["outcome"]), str(outcome))
        cell_at(sheet, row, columns["on"]).value = on
        put(cell_at(sheet, row, columns["note"]), note)


def _fill_row(sheet: Worksheet, row: int, answer: Answer) -> None:
    columns = _COLUMN[PROGRESS]
    put(cell_at(sheet, row, columns["self_rating"]), str(answer.grade))
    for name, text in answer.texts.items():
        put(cell_at(sheet, row, columns[name]), text)
    for name, day in (("due_date", answer.due_date), ("reported_on", answer.reported_on)):
        cell_at(sheet, row, columns[name]).value = day


def _slip(progress: Worksheet, figures: Worksheet, filled: Filled) -> None:
    """Type as people do: a space too many, full-width digits, a date as text, another unit."""
    unit, quarter = filled.questions.unit, filled.questions.quarter
    kind = int(draw("slip", unit, quarter) * 10)
    if kind == 0:
        cell = cell_at(progress, FIRST_ROW, _COLUMN[PROGRESS]["self_rating"])
        put(cell, f"{cell.value} ")
    elif kind == 1:
        answer = next(iter(filled.rows.values()))
        day = answer.reported_on
        cell = cell_at(progress, FIRST_ROW, _COLUMN[PROGRESS]["reported_on"])
        put(cell, f"{day.year}.{day.month}.{day.day}")
    elif kind == 2:
        _widen_figure(figures, filled)
    elif kind in (3, 4):
        _leave_out(progress, filled)
    elif kind in (5, 6):
        _mistake_unit(figures, filled)


def _widen_figure(figures: Worksheet, filled: Filled) -> None:
    for row, question in enumerate(filled.questions.figures[:1], FIRST_ROW):
        value = filled.figures.get(question.target.target_id)
        if value is not None:
            cell = cell_at(figures, row, _COLUMN[FIGURES]["actual"])
            put(cell, figure(value).translate(_WIDE))


def _mistake_unit(figures: Worksheet, filled: Filled) -> None:
    """Write 元 where 亿元 is due, once."""
    for row, question in enumerate(filled.questions.figures, FIRST_ROW):
        value = filled.figures.get(question.target.target_id)
        if question.target.unit == "亿元" and value:
            put(cell_at(figures, row, _COLUMN[FIGURES]["actual"]), f"{figure(value)}元")
            return


def _leave_out(progress: Worksheet, filled: Filled) -> None:
    """Leave the cause of the first problem empty."""
    for row, question in enumerate(filled.questions.rows, FIRST_ROW):
        answer = filled.rows.get(question.row_id)
        if answer is not None and answer.texts.get("problem"):
            progress[f"{column_letters(_COLUMN[PROGRESS]['cause'])}{row}"].value = None
            return
