"""Read the answers of one return from its cells; every filled cell is used or reported."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.language.numerals import figure
from reporting.language.visible import hidden_in
from reporting.plan.values import Target
from reporting.returns.layout import (
    COLUMNS,
    FIGURES,
    PROGRESS,
    SIGNATURE,
    Asked,
    AskedRow,
    AskedTarget,
)
from reporting.returns.reading.context import ReadingContext, left_out, note_letters, taken
from reporting.returns.reading.grid import Matches
from reporting.returns.reading.replies import Reply
from reporting.returns.reading.structure import same
from reporting.returns.reading.typed import Typed, read_date, read_number
from reporting.returns.values import Actual, ProgressRow
from reporting.workbooks.cells import Cell
from reporting.workbooks.columns import ColumnSpec
from reporting.workbooks.grid import Grid

_MOST_HIDDEN = 8
"""Hidden characters that a finding names."""

_LABELS = {spec.field: spec.label for spec in COLUMNS[PROGRESS]}


def read_figures(context: ReadingContext, grid: Grid, matches: Matches) -> dict[str, Actual]:
    """Read the actual of each target asked, by target id."""
    if "actual" not in grid.columns:
        return {}
    found = {}
    for question in context.questions.targets:
        row = matches.rows.get(question.target.target_id)
        if row is not None:
            found[question.target.target_id] = _read_figure(context, grid, row, question)
    return found


def _read_figure(context: ReadingContext, grid: Grid, row: int, question: AskedTarget) -> Actual:
    target = question.target
    place = grid.address(row, "actual")
    _take_reply(context, grid, row, target.task_id)
    cell = taken(context, grid, row, "actual", target.task_id)
    value: Decimal | None = None
    said = _typed(context, cell, place)
    if cell is not None and not left_out(context, cell, FIGURES, target.task_id):
        typed = answered(context, FIGURES, place, target)
        typed = typed or read_number(
            cell, target, shown_unit=_shown_unit(context, grid, row, target)
        )
        value = typed.value if isinstance(typed.value, Decimal) else None
        if value is None:
            context.blocked.add((FIGURES, cell.row, cell.column))
        if typed.code:
            context.note(
                typed.code,
                sheet=FIGURES,
                cell=place,
                task_id=target.task_id,
                expected=typed.expected,
                found=typed.found,
            )
    actual = Actual(target_id=target.target_id, value=value, cell=place, sheet=FIGURES, typed=said)
    return held(actual) if is_doubted(context.findings, actual) else actual


def is_doubted(findings: Iterable[Finding], actual: Actual) -> bool:
    """Tell whether somebody is still to confirm a figure."""
    return is_asked(findings, actual.sheet, actual.cell)


def is_asked(findings: Iterable[Finding], sheet: str, cell: str) -> bool:
    """Tell whether somebody is still to confirm what stands in a cell."""
    place = (sheet, cell)
    return any((f.sheet, f.cell) == place and f.severity is Severity.CONFIRM for f in findings)


def held(actual: Actual) -> Actual:
    """Hold a figure that is in doubt: nothing downstream can take it for a value."""
    if actual.value is None:
        return actual
    return actual.model_copy(update={"value": None, "held": actual.value})


def _typed(context: ReadingContext, cell: Cell | None, place: str) -> str:
    """Say what a figure's cell holds, and the figure answered in place of it."""
    reply = context.replies.get((FIGURES, place))
    text = cell.value.strip() if cell else ""
    return text if reply is None or not text else f"{text}（答复：{reply.text.strip()}）"


def _take_reply(context: ReadingContext, grid: Grid, row: int, task_id: str) -> None:
    """Take the answer beside a figure; it comes before that on the summary of a copy."""
    cell = taken(context, grid, row, "answer", task_id)
    if cell is not None:
        place = FIGURES, grid.address(row, "actual")
        report_reply(context, place, task_id)
        context.replies[place] = Reply(cell.value, FIGURES, cell.address)


def answered(context: ReadingContext, sheet: str, place: str, target: Target) -> Typed | None:
    """Take the figure that a unit answers with in place of the one it was asked about."""
    reply = context.replies.get((sheet, place))
    if reply is None or reply.reason is not None:
        return None
    typed = reply.value(target)
    if typed.value is None:
        return None
    context.settled.add((sheet, place))
    note = {"sheet": reply.sheet, "cell": reply.cell, "task_id": target.task_id}
    context.note("RET-REPLY", found=f"{place}改为{reply.text.strip()}", **note)
    return typed


def report_reply(context: ReadingContext, place: tuple[str, str], task_id: str = "") -> None:
    """Report an answer that settled nothing: it says too little, or nothing was asked."""
    reply = context.replies.get(place)
    if reply is None or place in context.settled:
        return
    asked = any(
        (f.sheet, f.cell) == place and f.severity is Severity.CONFIRM for f in context.findings
    )
    code = "RET-ANSWER" if asked else "RET-REPLY"
    found = reply.text.strip()
    context.note(code, sheet=reply.sheet, cell=reply.cell, task_id=task_id, found=found)


def report_replies(context: ReadingContext) -> None:
    """Report every answer that settled nothing."""
    for place in context.replies:
        report_reply(context, place)


def read_progress(
    context: ReadingContext, grid: Grid, matches: Matches, actuals: dict[str, Actual]
) -> tuple[ProgressRow, ...]:
    """Read the rows in the order of the sheet, signatures carried down."""
    questions = {q.row_id: q for q in context.questions.rows}
    carried: dict[str, tuple[object, str]] = {}
    rows = []
    for row_id, row in sorted(matches.rows.items(), key=lambda item: item[1]):
        rows.append(_read_row(context, grid, row, questions[row_id], carried))
    figures = _by_row(context.questions.targets, actuals)
    return tuple(_with_actuals(row, figures.get(row.milestone_id, [])) for row in rows)


def _shown_unit(context: ReadingContext, grid: Grid, row: int, target: Target) -> str:
    """Return the unit of measure that someone put in place of the target's, else nothing."""
    if "unit" not in grid.columns or (FIGURES, row, grid.columns["unit"]) in context.blocked:
        return ""
    shown = grid.text(row, "unit")
    return "" if same(shown, target.unit) else shown.strip()


def with_shared(
    questions: Asked, rows: Iterable[ProgressRow], actuals: Mapping[str, Actual]
) -> tuple[ProgressRow, ...]:
    """Give the targets that another one's figure answers that figure, beside it.

    Where a sheet has a row of its own for one, what is typed there holds.
    """
    shared: dict[str, list[Actual]] = {}
    for question in questions.targets:
        answered = actuals.get(question.same_as)
        if answered is not None and question.target.target_id not in actuals:
            update = {"target_id": question.target.target_id, "same_as": question.same_as}
            shared.setdefault(question.same_as, []).append(answered.model_copy(update=update))
    return tuple(_beside(row, shared) for row in rows)


def _beside(row: ProgressRow, shared: Mapping[str, list[Actual]]) -> ProgressRow:
    others = (other for own in row.actuals for other in shared.get(own.target_id, ()))
    return _with_actuals(row, [*row.actuals, *others])


def report_unclaimed(
    context: ReadingContext, actuals: dict[str, Actual], rows: Iterable[ProgressRow]
) -> None:
    """Report figures whose row is gone from the other sheet: nothing speaks for them."""
    present = {row.milestone_id for row in rows}
    for question in context.questions.targets:
        actual = actuals.get(question.target.target_id)
        if actual is None or actual.value is None or question.row_id in present:
            continue
        context.note(
            "RET-ACTUAL-ALONE",
            sheet=FIGURES,
            cell=actual.cell,
            task_id=question.target.task_id,
            expected=PROGRESS,
            found=f"{figure(actual.value)}{question.target.unit}",
        )


def _by_row(targets: Iterable[AskedTarget], actuals: dict[str, Actual]) -> dict[str, list[Actual]]:
    found: dict[str, list[Actual]] = {}
    for question in targets:
        if question.target.target_id in actuals:
            found.setdefault(question.row_id, []).append(actuals[question.target.target_id])
    return found


def _with_actuals(row: ProgressRow, actuals: list[Actual]) -> ProgressRow:
    places = {a.target_id: f"{a.sheet}!{a.cell}" for a in actuals if a.typed}
    return row.model_copy(update={"actuals": tuple(actuals), "cells": row.cells | places})


def _read_row(
    context: ReadingContext,
    grid: Grid,
    row: int,
    question: AskedRow,
    carried: dict[str, tuple[object, str]],
) -> ProgressRow:
    values: dict[str, object] = {}
    cells: dict[str, str] = {}
    for spec in COLUMNS[PROGRESS]:
        if not spec.fill or spec.field not in grid.columns:
            continue
        cell = taken(context, grid, row, spec.field, question.task_id)
        if cell is None:
            _take_empty(context, grid, row, spec, question, carried, values, cells)
            continue
        is_owed = spec.must or spec.kind != "date"
        if not is_owed and left_out(context, cell, PROGRESS, question.task_id):
            continue
        value = _read_value(context, cell, spec, question.task_id)
        if value is not None:
            values[spec.field], cells[spec.field] = value, cell.address
            if spec.field in SIGNATURE:
                carried[spec.field] = (value, cell.address)
        else:
            context.blocked.add((PROGRESS, 0, cell.column))
    return ProgressRow.model_validate(
        {
            "unit": context.questions.unit,
            "quarter": context.questions.quarter,
            "task_id": question.task_id,
            "milestone_id": question.row_id,
            "self_rating": None,
            "progress": "",
            "file": context.file,
            "sheet": PROGRESS,
            "cells": cells,
            **values,
        }
    )


def _take_empty(
    context: ReadingContext,
    grid: Grid,
    row: int,
    spec: ColumnSpec,
    question: AskedRow,
    carried: dict[str, tuple[object, str]],
    values: dict[str, object],
    cells: dict[str, str],
) -> None:
    """Carry a signature down; report an obligatory cell that is empty."""
    if spec.field in carried:
        values[spec.field], cells[spec.field] = carried[spec.field]
        return
    if not spec.must or (PROGRESS, row, grid.columns[spec.field]) in context.blocked:
        return
    signature = spec.field in SIGNATURE
    # Row 0 stands for the whole column: a signature that is missing is said once.
    whole = (PROGRESS, 0, grid.columns[spec.field])
    if signature and whole in context.blocked:
        return
    context.blocked.add(whole)
    context.note(
        "RET-SIGNATURE" if signature else "RET-EMPTY",
        sheet=PROGRESS,
        cell=grid.address(row, spec.field),
        task_id=question.task_id,
        expected=_LABELS[spec.field],
    )


def _read_value(
    context: ReadingContext, cell: Cell, spec: ColumnSpec, task_id: str
) -> str | Grade | date | None:
    """Read one answer; None when the cell cannot be understood, which is reported."""
    if spec.kind == "text":
        return read_text(context, cell, task_id)
    if spec.kind == "grade":
        grade = context.scale.parse(cell.value)
        if grade is None:
            words = "、".join(map(str, context.scale.claimed))
            context.note(
                "RET-RATING-WORD",
                sheet=PROGRESS,
                cell=cell.address,
                task_id=task_id,
                expected=words,
                found=cell.value.strip(),
            )
        return grade
    typed = read_date(
        cell,
        context.questions.period,
        date1904=context.book.date1904,
        is_day=spec.field in SIGNATURE,
    )
    if typed.code:
        context.note(
            typed.code,
            sheet=PROGRESS,
            cell=cell.address,
            task_id=task_id,
            expected=typed.expected,
            found=typed.found,
        )
    return typed.value if isinstance(typed.value, date) else None


def read_text(context: ReadingContext, cell: Cell, task_id: str) -> str:
    """Read a text of the sheet 进展; what it hides is noted."""
    place = {"sheet": PROGRESS, "cell": cell.address, "task_id": task_id}
    if hidden := hidden_in(cell.value):
        context.note("RET-HIDDEN", found="".join(hidden[:_MOST_HIDDEN]), **place)
    note_letters(context, cell, PROGRESS, task_id)
    return _text_of(context, cell)


def _text_of(context: ReadingContext, cell: Cell) -> str:
    """Return a text as typed; a date or number in a text cell as a reader would see it."""
    if not cell.numeric:
        return cell.value.strip()
    if cell.style in ("date", "month"):
        typed = read_date(cell, context.questions.period, date1904=context.book.date1904)
        if not isinstance(typed.value, date):
            return cell.value
        return typed.found if typed.code else typed.value.isoformat()
    try:
        value = Decimal(cell.value)
    except ArithmeticError:
        return cell.value
    return f"{figure(value * 100)}%" if cell.style == "percent" else figure(value)
