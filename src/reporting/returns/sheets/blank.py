"""Write the blank return workbook of a lead unit."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.grades import Scale
from reporting.plan.figures.series import series_keys, workstreams
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.layout import (
    AIDS,
    COLUMNS,
    FIGURES,
    GUIDE,
    ID_COLUMN,
    IDENTITY,
    PROGRESS,
    PROMISES,
    SAMPLE_MARK,
    SAMPLE_NOTE,
    SELF_CHECK,
    SIGN_OFF,
    Asked,
    asked,
    columns_of,
)
from reporting.returns.promises.values import NOTHING, LeftOpen
from reporting.returns.reading.limits import may_not_fall
from reporting.returns.series import (
    last_of,
    last_texts,
    last_values,
    quarter_before,
    rows_of,
    sound_rows_of,
)
from reporting.returns.sheets import style
from reporting.returns.sheets.guide import EXAMPLE, guide_cells, hint, sheet_title
from reporting.returns.sheets.outgoing import PutOut, put_out
from reporting.returns.sheets.printed import printed_of
from reporting.returns.sheets.selfcheck.first import first_shown
from reporting.returns.sheets.selfcheck.lines import PRINTED, column_of
from reporting.returns.sheets.selfcheck.write import TOTAL, Before, link_to, write_self_check
from reporting.returns.sheets.sign_off import write_sign_off
from reporting.returns.values import ProgressRow, Returns
from reporting.system.names import safe_name
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import LINK_FONT, cell_at, dress_guide, put, whole_or_text


def write_sheets(
    plan: Plan,
    params: Params,
    quarter: int,
    previous: tuple[Returns, ...],
    out: Path,
    left: Mapping[str, LeftOpen] | None = None,
) -> PutOut:
    """Write one blank workbook for each lead unit into a folder, named by the unit.

    Only those that ask something else than the last time are written anew, and those that are
    no unit's any more are taken away.

    ``left`` gives by unit what earlier quarters left open.
    """
    open_of = left or {}
    books = {
        f"{file_stem(unit)}.xlsx": write_sheet(
            plan, params, unit, quarter, previous, open_of.get(unit, NOTHING)
        )
        for unit in plan.lead_units
    }
    return put_out(out, books)


def file_stem(unit: str) -> str:
    """Return a unit's name as a file name; two units never share one."""
    return safe_name(unit)


def write_sheet(
    plan: Plan,
    params: Params,
    unit: str,
    quarter: int,
    previous: tuple[Returns, ...] = (),
    left: LeftOpen = NOTHING,
) -> bytes:
    """Return the blank workbook that asks a unit for its quarter; same inputs, same bytes.

    ``previous`` are the returns of earlier quarters; what the unit said in the one before
    stands beside each question. ``left`` is what they left open.
    """
    book = build_book(plan, params, unit, quarter, previous, left)
    return save_book(book, shown=first_shown(book))


def build_book(
    plan: Plan,
    params: Params,
    unit: str,
    quarter: int,
    previous: tuple[Returns, ...] = (),
    left: LeftOpen = NOTHING,
    *,
    is_sample: bool = False,
) -> Workbook:
    """Build the blank workbook, open for filling."""
    questions = asked(plan, unit, quarter, left, params.returns.columns)
    before = rows_of(quarter_before(previous, quarter), unit)
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE
    _write_guide(guide, questions, params)
    scale = params.rating.scale
    _write_progress(book.create_sheet(PROGRESS), questions, plan, before, scale)
    _write_figures(book.create_sheet(FIGURES), questions, plan, before, scale)
    if questions.promises:
        _write_promises(book.create_sheet(PROMISES), questions, scale)
    _write_aids(
        book, questions, plan, params,
        Before(
            rows=before, sound=sound_rows_of(quarter_before(previous, quarter), unit),
            scale=scale,
        ),
    )  # fmt: skip
    if is_sample:
        _mark_as_sample(book)
    printed = printed_of(book.worksheets)
    put(cell_at(book[SELF_CHECK], TITLE_ROW, column_of(PRINTED)), printed)
    _write_identity(book.create_sheet(IDENTITY), questions, printed, is_sample=is_sample)
    _set_properties(book, questions, params, is_sample=is_sample)
    return book


def _write_guide(sheet: Worksheet, questions: Asked, params: Params) -> None:
    cells = guide_cells(questions, params)
    for (row, column), text in cells.items():
        if text != SAMPLE_NOTE:
            put(cell_at(sheet, row, column), text)
    dress_guide(sheet, last_row=max(row for row, _ in cells))
    sheet.page_setup.fitToHeight = 1
    example = next(row for (row, _), text in cells.items() if text == EXAMPLE)
    style.dress_example(sheet, range(example, max(row for row, _ in cells) + 1))


def _write_progress(
    sheet: Worksheet, questions: Asked, plan: Plan, before: tuple[ProgressRow, ...], scale: Scale
) -> None:
    _write_head(sheet, questions)
    streams = workstreams(plan)
    for row, question in enumerate(questions.rows, FIRST_ROW):
        last = last_of(question, before, streams)
        values: dict[str, str | Decimal | int | None] = {
            **question.printed,
            **last_texts(last),
            "number": whole_or_text(question.number),
            "row_id": question.row_id,
        }
        _write_row(sheet, row, values, questions)
    style.dress_table(
        sheet,
        PROGRESS,
        len(questions.rows),
        scale,
        year=questions.year,
        extras=questions.extras,
    )


def _write_figures(
    sheet: Worksheet, questions: Asked, plan: Plan, before: tuple[ProgressRow, ...], scale: Scale
) -> None:
    _write_head(sheet, questions)
    keys = series_keys(plan)
    last = last_values(keys, before)
    for row, question in enumerate(questions.figures, FIRST_ROW):
        target = question.target
        earlier = last.get(keys[target.target_id])
        values: dict[str, str | Decimal | int | None] = {
            **question.printed,
            "number": whole_or_text(question.number),
            "plan": question.plan_text if target.value_high is not None else target.value,
            "last_actual": earlier[1] if earlier else None,
            "row_id": target.target_id,
        }
        _write_row(sheet, row, values, questions)
    style.dress_table(sheet, FIGURES, len(questions.figures), scale, year=questions.year)
    style.prompt_units(sheet, [question.target.unit for question in questions.figures])
    rows = list(enumerate(questions.figures, FIRST_ROW))
    due = [row for row, question in rows if question.falls_due(questions.quarter)]
    running = [row for row, question in rows if may_not_fall(question.target)]
    style.colour_figures(sheet, due, running)


def _write_promises(sheet: Worksheet, questions: Asked, scale: Scale) -> None:
    _write_head(sheet, questions)
    for row, question in enumerate(questions.promises, FIRST_ROW):
        values: dict[str, str | Decimal | int | None] = {
            **question.printed,
            "number": whole_or_text(question.number),
            "row_id": question.row_id,
        }
        _write_row(sheet, row, values, questions)
    style.dress_table(sheet, PROMISES, len(questions.promises), scale, year=questions.year)


def _write_aids(
    book: Workbook, questions: Asked, plan: Plan, params: Params, before: Before
) -> None:
    """Write the sheets that help to fill in the others, and lead to them."""
    due = params.calendar[questions.quarter].due
    tables = [sheet for sheet in book.worksheets if sheet.title in COLUMNS]
    write_self_check(book.create_sheet(SELF_CHECK), questions, plan, before, due)
    write_sign_off(book.create_sheet(SIGN_OFF), questions)
    for sheet in tables:
        _show_total(sheet)


def _show_total(sheet: Worksheet) -> None:
    """Show above the answers how much is left, and lead to where it is listed."""
    column = next(at for at, spec in enumerate(COLUMNS[sheet.title], 1) if spec.fill)
    cell = cell_at(sheet, TITLE_ROW, column)
    cell.value = f"='{SELF_CHECK}'!{TOTAL}"
    cell.font = LINK_FONT
    link_to(sheet, TITLE_ROW, column, SELF_CHECK, "A1")


def _write_head(sheet: Worksheet, questions: Asked) -> None:
    put(cell_at(sheet, TITLE_ROW, 1), sheet_title(questions, sheet.title))
    put(cell_at(sheet, HINT_ROW, 1), hint(questions, sheet.title))
    for column, spec in enumerate(columns_of(sheet.title, extras=questions.extras), 1):
        put(cell_at(sheet, HEADER_ROW, column), spec.label + (" *" if spec.must else ""))


def _write_row(
    sheet: Worksheet,
    row: int,
    values: dict[str, str | Decimal | int | None],
    questions: Asked,
) -> None:
    for column, spec in enumerate(columns_of(sheet.title, extras=questions.extras), 1):
        put(cell_at(sheet, row, column), values.get(spec.field))


def _write_identity(sheet: Worksheet, questions: Asked, printed: str, *, is_sample: bool) -> None:
    facts = {
        "unit": questions.unit,
        "year": str(questions.year),
        "quarter": str(questions.quarter),
        "edition": questions.edition,
        "sample": SAMPLE_MARK if is_sample else "",
        "printed": printed,
    }
    for row, (name, value) in enumerate(facts.items(), 1):
        put(cell_at(sheet, row, 1), name)
        put(cell_at(sheet, row, 2), value)
    ids = [(PROGRESS, question.row_id) for question in questions.rows]
    ids += [(FIGURES, question.target.target_id) for question in questions.figures]
    ids += [(PROMISES, question.row_id) for question in questions.promises]
    for row, (name, row_id) in enumerate(ids, 1):
        put(cell_at(sheet, row, ID_COLUMN - 1), name)
        put(cell_at(sheet, row, ID_COLUMN), row_id)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _mark_as_sample(book: Workbook) -> None:
    for sheet in book.worksheets[:3]:
        is_guide = sheet.title == GUIDE
        row = 3 if is_guide else HINT_ROW
        put(cell_at(sheet, row, 1), SAMPLE_NOTE)
        style.dress_sample(sheet, row, 2 if is_guide else len(COLUMNS[sheet.title]) - 1)
    for name in AIDS:
        style.mark_pages(book[name])


def _set_properties(book: Workbook, questions: Asked, params: Params, *, is_sample: bool) -> None:
    mark = f"（{SAMPLE_MARK}）" if is_sample else ""
    properties = book.properties
    properties.title = f"{questions.unit}{questions.period.label}重点任务进展报送表{mark}"
    properties.creator = params.masthead.issuing_office
    properties.keywords = SAMPLE_MARK if is_sample else None
