"""Write the sheet 自查: a line a question, what is missing and will be asked, a total on top."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count

from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reporting.grades import USUAL_SCALE, Scale
from reporting.plan.figures.gaps import bounds_of
from reporting.plan.figures.series import paths, series_keys
from reporting.plan.values import Plan
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import FIGURES, PROGRESS, PROMISES, Asked
from reporting.returns.series import last_values
from reporting.returns.sheets.selfcheck import formulas as f
from reporting.returns.sheets.selfcheck.answers import reckon_progress, reckon_promise
from reporting.returns.sheets.selfcheck.extra import asked_keys, missing_keys, reckon_extra
from reporting.returns.sheets.selfcheck.figures import reckon_figure
from reporting.returns.sheets.selfcheck.lines import (
    ASKED,
    BESIDE,
    DETAIL,
    EARLIER,
    LAST_COLUMN,
    LINK,
    MISSING,
    SHOWN,
    STATE,
    TOLD,
    Line,
    column_of,
    span_of,
)
from reporting.returns.values import ProgressRow
from reporting.values import Value
from reporting.workbooks.cells import address, column_letters
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW
from reporting.workbooks.heights import row_height, text_lines
from reporting.workbooks.style import (
    LINK_FONT,
    cell_at,
    dress_alike,
    dress_list,
    font,
    lock,
    put,
    when,
    whole_or_text,
)

_WIDTHS = (7, 8, 46, 15, 58, 11)
_LEAST_LINES = 2
NONE_LEFT = "没有待填、待核之处。公式看不出的，以办公室核对结果为准。"
_MISSING_FILL, _ASKED_FILL, _DONE_FILL = (
    PatternFill("solid", bgColor=colour) for colour in ("FFF0C9", "F8D3D0", "DDF0E0")
)
DONE = "√"
TOTAL = f"$A${HINT_ROW}"
"""Where the total stands."""


class Before(Value):
    """What the quarter before said: all rows of the unit, and those whose figures are sound.

    ``scale`` holds the grades that the unit chooses from.
    """

    rows: tuple[ProgressRow, ...] = ()
    sound: tuple[ProgressRow, ...] = ()
    scale: Scale = USUAL_SCALE


def write_self_check(
    sheet: Worksheet, questions: Asked, plan: Plan, before: Before, due: date
) -> None:
    """Write the sheet for what a workbook asks, whose returns are ``due`` on a day."""
    lines = lines_of(questions, plan, before, due)
    put(cell_at(sheet, TITLE_ROW, 1), f"{questions.unit}　{questions.period.label}填报自查")
    for key in (*SHOWN, *TOLD, *BESIDE, EARLIER):
        put(cell_at(sheet, HEADER_ROW, column_of(key)), key)
    own = lines[0].own if lines else {}
    for key, column in own.items():
        put(cell_at(sheet, HEADER_ROW, column), key)
    for line in lines:
        _write_line(sheet, line)
    last = max(FIRST_ROW, FIRST_ROW + len(lines) - 1)
    cell_at(sheet, HINT_ROW, 1).value = _total(last)
    _dress(sheet, lines, last)


def lines_of(questions: Asked, plan: Plan, before: Before, due: date) -> list[Line]:
    """Give the lines of what a workbook asks, in the order of its sheets."""
    earlier = [_earlier(before.rows, q.task_id) for q in questions.rows]
    own = _own_columns(questions.extras, after=max(map(len, earlier), default=0))
    progress = [
        Line(0, PROGRESS, at, q.number, q.text, plan=f.bare_text(q.text), scale=before.scale,
             earlier=texts, extras=questions.extras, own=own)
        for at, (q, texts) in enumerate(zip(questions.rows, earlier, strict=True), FIRST_ROW)
    ]  # fmt: skip
    figures = [
        Line(0, FIGURES, at, q.number, _named(q.target.measure, q.workstream),
             bounds=tuple(bounds_of(q.target, before.scale).values()))
        for at, q in enumerate(questions.figures, FIRST_ROW)
    ]  # fmt: skip
    promises = [
        Line(0, PROMISES, at, q.number, q.text)
        for at, q in enumerate(questions.promises, FIRST_ROW)
    ]
    lines = [*progress, *figures, *promises]
    for row, line in enumerate(lines, FIRST_ROW):
        line.row = row
    rows = {q.row_id: line for q, line in zip(questions.rows, progress, strict=True)}
    _reckon_rows(questions, progress, figures, due)
    _reckon_figures(questions, plan, before, rows, figures)
    for line in promises:
        reckon_promise(line)
    for line in lines:
        _count(line)
    return lines


def _own_columns(extras: Sequence[ExtraColumn], *, after: int) -> dict[str, int]:
    """Give the columns that tell of the office's own: after the texts of last quarter."""
    keys = (*missing_keys(extras), *asked_keys(extras))
    return dict(zip(keys, count(LAST_COLUMN + max(after, 1)), strict=False))


def _named(measure: str, workstream: str) -> str:
    return f"{measure}（{workstream}）" if workstream else measure


def _earlier(rows: Iterable[ProgressRow], task_id: str) -> tuple[str, ...]:
    """Return what was said of a task last quarter, as formulas compare it."""
    texts = (f.bare_text(row.progress) for row in rows if row.task_id == task_id)
    return tuple(dict.fromkeys(text for text in texts if text))


def _reckon_rows(
    questions: Asked, progress: Sequence[Line], figures: Sequence[Line], due: date
) -> None:
    period = questions.period
    for question, line in zip(questions.rows, progress, strict=True):
        own = [
            figure for target, figure in zip(questions.figures, figures, strict=True)
            if target.row_id == question.row_id
        ]  # fmt: skip
        reckon_progress(line, progress, own, begun=period.date_start, end=period.date_end, due=due)
        reckon_extra(line, questions.extras)


def _reckon_figures(
    questions: Asked, plan: Plan, before: Before, rows: Mapping[str, Line], figures: Sequence[Line]
) -> None:
    keys, series = series_keys(plan), paths(plan)
    last = last_values(keys, before.sound)
    order = {q.row_id: at for at, q in enumerate(questions.rows)}
    above: dict[tuple[str, ...], list[Line]] = {}
    # The check goes from row to row of 进展, each with its figures.
    listed = sorted(
        zip(questions.figures, figures, strict=True),
        key=lambda pair: order.get(pair[0].row_id, len(order)),
    )
    for question, line in listed:
        key = keys[question.target.target_id]
        earlier = last.get(key)
        reckon_figure(
            line, question, rows.get(question.row_id), earlier[1] if earlier else None,
            above.get(key, []), series.get(key, {}), questions.quarter,
        )  # fmt: skip
        above.setdefault(key, []).append(line)


def _count(line: Line) -> None:
    """Count what is told of a line, and write it in words."""
    own = (missing_keys(line.extras), asked_keys(line.extras))
    for name, keys, others in (("missing", MISSING, own[0]), ("asked", ASKED, own[1])):
        counted = [span_of(keys, line.row, line.row), *map(line.at, others)]
        line.formulas[name] = "+".join(f"SUMPRODUCT(--(LEN({span})>0))" for span in counted)
    missing, asked = line.at("missing"), line.at("asked")
    told = "&".join(line.at(key) for key in (*TOLD, *line.own) if key in line.formulas)
    line.formulas[SHOWN[DETAIL - 1]] = f"MID({told},2,2000)"
    parts = (
        f'IF({missing}>0,"待填"&{missing}&"处","")',
        f'IF(AND({missing}>0,{asked}>0),"，","")',
        f'IF({asked}>0,"待核"&{asked}&"处","")',
    )
    line.formulas[SHOWN[STATE - 1]] = f"IF({missing}+{asked}=0,{f.literal(DONE)},{'&'.join(parts)})"


def _total(last: int) -> str:
    """Write how much is left, over all lines."""
    missing, asked = (f"SUM({span_of((name,), FIRST_ROW, last)})" for name in ("missing", "asked"))
    all_, kinds = f"({missing}+{asked})", f'{missing}&"处，待核"&{asked}&"处。"'
    left = f'"还有"&{all_}&"处待填或者待核：待填"&{kinds}'
    return f"=IF({all_}=0,{f.literal(NONE_LEFT)},{left})"


def _write_line(sheet: Worksheet, line: Line) -> None:
    number, sheet_name, title = SHOWN[:3]
    put(cell_at(sheet, line.row, column_of(number)), whole_or_text(line.number))
    texts = {sheet_name: line.sheet, title: line.title, "plan": line.plan}
    for key, text in texts.items():
        put(cell_at(sheet, line.row, column_of(key)), text)
    for at, text in enumerate(line.earlier):
        put(cell_at(sheet, line.row, column_of(EARLIER) + at), text)
    for key, formula in line.formulas.items():
        cell_at(sheet, line.row, line.column(key)).value = f"={formula}"
    link_to(sheet, line.row, LINK, line.sheet, line.first_typed)


def link_to(sheet: Worksheet, row: int, column: int, other: str, place: str) -> None:
    """Make a cell lead to a place of another sheet; its text says where, if it has none."""
    cell = cell_at(sheet, row, column)
    if cell.value is None:
        put(cell, f"{other}{place}")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{other}'!{place}")


def _dress(sheet: Worksheet, lines: Sequence[Line], last: int) -> None:
    dress_list(sheet, _WIDTHS, len(lines))
    cell_at(sheet, HINT_ROW, 1).font = font(size=12, bold=True)
    widest = max((LAST_COLUMN + len(line.earlier) for line in lines), default=LAST_COLUMN)
    widest = max(widest, *(column for line in lines for column in line.own.values()), 0)
    for column in range(len(SHOWN) + 1, widest + 1):
        sheet.column_dimensions[column_letters(column)].hidden = True
    for line in lines:
        lines_shown = max(_LEAST_LINES, text_lines(line.title, _WIDTHS[2]))
        sheet.row_dimensions[line.row].height = row_height(lines_shown, padding=6)
        cells = [cell_at(sheet, line.row, column) for column in (STATE, LINK)]
        if line is lines[0]:
            for cell in cells:
                cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
            cells[1].font = LINK_FONT
        else:
            for cell in cells:
                dress_alike(cell, cell_at(sheet, lines[0].row, cell.column))
    _colour(sheet, last)
    right = f"{column_letters(len(SHOWN))}{last}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}"
    sheet.print_area = f"A{TITLE_ROW}:{right}"
    lock(sheet)


def _colour(sheet: Worksheet, last: int) -> None:
    """Colour what is missing, what will be asked, and what is done."""
    missing, asked = (
        f"${column_letters(column_of(name))}{FIRST_ROW}" for name in ("missing", "asked")
    )
    area = f"{address(FIRST_ROW, STATE)}:{address(last, DETAIL)}"
    for condition, fill in (
        (f"{asked}>0", _ASKED_FILL),
        (f"{missing}>0", _MISSING_FILL),
        (f"LEN($A{FIRST_ROW})*({missing}+{asked}=0)", _DONE_FILL),
    ):
        sheet.conditional_formatting.add(area, when(condition, fill))
