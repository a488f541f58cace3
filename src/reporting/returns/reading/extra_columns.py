"""Read the columns of the office's own: one cell a row, each by its kind."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from reporting.language.comparators import Comparator
from reporting.language.numerals import figure
from reporting.plan.values import Basis, Target
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import PROGRESS
from reporting.returns.reading.answers import answered, is_asked, read_text
from reporting.returns.reading.context import ReadingContext, left_out, taken
from reporting.returns.reading.grid import Matches
from reporting.returns.reading.typed import Typed, read_date, read_number
from reporting.returns.values import ExtraValue, ProgressRow
from reporting.workbooks.cells import Cell, squeeze
from reporting.workbooks.grid import Grid

_TOLD = frozenset({"RET-ACTUAL-CONVERTED", "RET-DATE-YEAR"})
"""What is noticed of a value that is taken all the same."""
_ASKED = frozenset({"RET-ACTUAL-ROUGH", "RET-ACTUAL-PERCENT"})
"""What is asked about a number, which is taken once the unit has confirmed it."""


def with_extra(
    context: ReadingContext, grid: Grid, matches: Matches, rows: Iterable[ProgressRow]
) -> tuple[ProgressRow, ...]:
    """Give rows what stands in the office's own columns; what cannot be taken is reported."""
    for column in context.extras:
        known = column.field in grid.columns or column.field in grid.twice
        if column.required and not known:
            context.note(
                "RET-EXTRA-COLUMN", sheet=PROGRESS, expected=column.label, found="没有这一列"
            )
    columns = [column for column in context.extras if column.field in grid.columns]
    return tuple(
        row.model_copy(
            update={
                "extra": tuple(
                    _values(context, grid, matches.rows[row.milestone_id], row.task_id, columns)
                )
            }
        )
        for row in rows
    )


def _values(
    context: ReadingContext, grid: Grid, row: int, task_id: str, columns: Iterable[ExtraColumn]
) -> Iterator[ExtraValue]:
    for column in columns:
        cell = taken(context, grid, row, column.field, task_id)
        is_nothing = cell is not None and _is_left_out(context, cell, column, task_id)
        if cell is not None and cell.value.strip() and not is_nothing:
            value = _read(context, cell, column, task_id)
            if value is not None:
                yield value
        elif column.required and (PROGRESS, row, grid.columns[column.field]) not in context.blocked:
            context.note(
                "RET-EXTRA-MISSING",
                sheet=PROGRESS,
                cell=grid.address(row, column.field),
                task_id=task_id,
                expected=column.label,
                found=f"为“{cell.value.strip()}”" if is_nothing and cell else "为空",
            )


def _is_left_out(context: ReadingContext, cell: Cell, column: ExtraColumn, task_id: str) -> bool:
    """Tell whether a stroke or 无 was typed for nothing, where it is no choice and no text."""
    if column.kind == "text" or squeeze(cell.value) in map(squeeze, column.choices):
        return False
    return left_out(context, cell, PROGRESS, task_id)


def _read(
    context: ReadingContext, cell: Cell, column: ExtraColumn, task_id: str
) -> ExtraValue | None:
    """Read a filled cell by its column's kind; None when it cannot be understood."""
    if column.kind == "text":
        return _value(column, cell, read_text(context, cell, task_id))
    if column.kind == "choice":
        return _chosen(context, cell, column, task_id)
    typed = _typed(context, cell, column)
    refused = typed.value is None or typed.code not in ("", *_TOLD, *_ASKED)
    if typed.code:
        context.note(
            "RET-EXTRA-KIND" if refused else typed.code,
            sheet=PROGRESS,
            cell=cell.address,
            task_id=task_id,
            expected=_expected(column) if refused else typed.expected or "无",
            found=typed.found,
        )
    if refused or is_asked(context.findings, PROGRESS, cell.address):
        return None
    if isinstance(typed.value, date):
        return _value(column, cell, typed.value.isoformat(), day=typed.value)
    assert typed.value is not None
    return _value(column, cell, figure(typed.value), number=typed.value)


def _typed(context: ReadingContext, cell: Cell, column: ExtraColumn) -> Typed:
    if column.kind == "number":
        measured = _measured_as(column)
        in_place = answered(context, PROGRESS, cell.address, measured)
        return in_place or read_number(cell, measured)
    date1904 = context.book.date1904
    return read_date(cell, context.questions.period, date1904=date1904, is_day=True)


def _measured_as(column: ExtraColumn) -> Target:
    """Give what a number is read against: its unit of measure, and nothing that is planned.

    For per cent the whole is what is planned, so that a share is asked about.
    """
    return Target(
        target_id="", task_id="", milestone_id=None, quarter=1, measure=column.name,
        comparator=Comparator.AT_LEAST, value=Decimal(100 if column.is_percentage else 0),
        unit=column.unit, basis=Basis.LEVEL, start=0, end=0, source="goal",
    )  # fmt: skip


def _expected(column: ExtraColumn) -> str:
    if column.kind == "date":
        return f"{column.label}应为年月日齐全的日期"
    return f"{column.label}应只填确定的数字"


def _chosen(
    context: ReadingContext, cell: Cell, column: ExtraColumn, task_id: str
) -> ExtraValue | None:
    said = _folded(cell.value)
    word = next((word for word in column.choices if _folded(word) == said), None)
    if word is None:
        context.note(
            "RET-EXTRA-CHOICE",
            sheet=PROGRESS,
            cell=cell.address,
            task_id=task_id,
            expected="、".join(column.choices),
            found=cell.value.strip(),
        )
        return None
    return _value(column, cell, word)


def _folded(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))


def _value(
    column: ExtraColumn,
    cell: Cell,
    text: str,
    *,
    number: Decimal | None = None,
    day: date | None = None,
) -> ExtraValue:
    return ExtraValue(
        name=column.name, kind=column.kind, unit=column.unit, text=text, number=number, day=day,
        cell=cell.address,
    )  # fmt: skip
