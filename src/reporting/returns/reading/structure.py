"""Hold a return's sheets, rows and locked cells against what was sent out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from reporting.language.clip import clip
from reporting.language.likeness import SURE, likeness, words
from reporting.language.phrases.measures import without_introduction
from reporting.language.visible import in_quotes, visible
from reporting.project.params import Params
from reporting.returns.layout import (
    AIDS,
    COLUMNS,
    FIGURES,
    GUIDE,
    IDENTITY,
    OPINION,
    PROGRESS,
    PROMISES,
    SAMPLE_NOTE,
    SIGNATURE,
    Asked,
    AskedPromise,
    AskedRow,
    AskedTarget,
)
from reporting.returns.reading.context import ReadingContext
from reporting.returns.reading.grid import (
    Matches,
    find_table,
    match_rows,
    missing_columns,
    runs,
    span,
)
from reporting.returns.rules import shorten
from reporting.returns.sheets.guide import (
    HINTS,
    guide_cells,
    guide_forms,
    hint,
    sheet_title,
    unnumbered,
)
from reporting.workbooks.cells import Cell, Sheet, address, split_address, squeeze
from reporting.workbooks.grid import Grid

ROW_KEY = ("number", "workstream", "text")
PROMISE_KEY = ("number", "text", "due")
TARGET_KEY = ("number", "measure", "due", "plan", "quote", "workstream")

_EMPTY = "（空）"
_MOST_RUNS = 50
"""Findings of one kind on a sheet, beyond which they are put into one."""


def said(cells: Sequence[Cell]) -> str:
    """Quote the beginning of some cells."""
    return " ".join(clip(cell.value or f"={cell.formula}", 120) for cell in cells[:20])


def row_questions(questions: Asked) -> dict[str, tuple[str, ...]]:
    """Return what identifies each progress row besides its id."""
    return {q.row_id: (q.number, q.workstream, q.text) for q in questions.rows}


def promise_questions(questions: Asked) -> dict[str, tuple[str, ...]]:
    """Return what identifies each promised step besides its id."""
    return {q.row_id: (q.number, q.text, q.printed["due"]) for q in questions.promises}


def target_questions(questions: Asked, *, by_stream: bool = True) -> dict[str, tuple[str, ...]]:
    """Return what identifies each figure besides its id; older sheets name no sub-project."""
    return {
        q.target.target_id: (
            *(q.number, q.target.measure, q.when, q.plan_text, q.quote),
            *((q.workstream,) if by_stream else ()),
        )
        for q in questions.targets
    }


def open_grid(context: ReadingContext, name: str) -> Grid | None:
    """Find the table of a sheet, or say that it is missing."""
    sheet = context.book.sheet(name)
    grid = find_table(sheet, context.extras) if sheet else None
    if grid is None:
        if _is_asked(context.questions, name):
            context.note("RET-SHEET-MISSING", expected=name, found=_renamed(context, name))
        return None
    for spec in missing_columns(grid):
        context.note("RET-COLUMN-MISSING", sheet=name, expected=spec.label)
    labels = {spec.field: spec.label for spec in context.columns(name)}
    for field_name, column in grid.twice.items():
        place = address(grid.header, column)
        context.note("RET-COLUMN-TWICE", sheet=name, cell=place, expected=labels[field_name])
    return grid


def _is_asked(questions: Asked, name: str) -> bool:
    """Tell whether a sheet holds questions."""
    asked = {PROGRESS: True, FIGURES: bool(questions.figures), PROMISES: bool(questions.promises)}
    return asked[name]


def _renamed(context: ReadingContext, name: str) -> str:
    """Name the sheets that hold the table of the one that is missing, so that it is found."""
    ours = (*COLUMNS, *AIDS, GUIDE, IDENTITY, OPINION)
    others = (sheet for sheet in context.book.sheets if sheet.name.strip() not in ours)
    alike = [s.name for s in others if find_table(replace(s, name=name)) is not None]
    if not alike:
        return "未找到"
    return f"未找到，但{'、'.join(map(in_quotes, alike))}表有其表头，疑似改了表名，请改回“{name}”"


def match(context: ReadingContext, grid: Grid) -> Matches:
    """Match a sheet's rows and report those missing, added, repeated or matched by text."""
    questions, tasks = context.questions, _tasks(context.questions)
    name = grid.sheet.name.strip()
    asked, key, named_by = _asked_on(name, questions, by_stream="workstream" in grid.columns)
    matches = match_rows(grid, asked, key)
    _drop_others(context, grid, matches, questions, tasks)
    named = {
        row_id: f"{texts[0]}（{shorten(texts[key.index(named_by)], 30)}）"
        for row_id, texts in asked.items()
    }
    # A sheet sent out earlier has a row of its own for a target that another one's figure answers.
    shared = {q.target.target_id for q in questions.targets if q.same_as}
    for row_id in asked:
        row = matches.rows.get(row_id)
        if row_id in matches.others.values() or (row is None and row_id in shared):
            continue
        if row is None:
            expected = named[row_id]
            context.note("RET-ROW-MISSING", sheet=name, task_id=tasks[row_id], expected=expected)
        elif row_id in matches.by_text:
            context.note(
                "RET-ROW-BYTEXT",
                sheet=name,
                cell=address(row, grid.columns.get("number", 1)),
                task_id=tasks[row_id],
                expected=named[row_id],
                found=matches.by_text[row_id],
            )
    _report_rows(context, grid, dict.fromkeys(matches.added, ""), tasks, named)
    _report_rows(context, grid, matches.repeated, tasks, named)
    return matches


def _asked_on(
    name: str, questions: Asked, *, by_stream: bool
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], str]:
    """Give what a sheet asks by row id, the fields of those texts, and the one that names a row."""
    if name == PROMISES:
        return promise_questions(questions), PROMISE_KEY, "text"
    if name == FIGURES:
        key = TARGET_KEY if by_stream else TARGET_KEY[:-1]
        return target_questions(questions, by_stream=by_stream), key, "measure"
    return row_questions(questions), ROW_KEY, "text"


def _drop_others(
    context: ReadingContext,
    grid: Grid,
    matches: Matches,
    questions: Asked,
    tasks: Mapping[str, str],
) -> None:
    """Leave out the rows whose words are another task's than the one their id names.

    A row may have its plan altered, or its goal; where neither is what was asked, its answer was
    written for something else, and an id that says otherwise is no reason to take it. A row that
    goes by its text, with another id or none, must show both: tasks may have one schedule.
    """
    texts = {q.row_id: (("goal", q.goal), ("text", q.text)) for q in questions.rows}
    texts |= {
        q.target.target_id: (("measure", q.target.measure), ("quote", q.quote))
        for q in questions.targets
    }
    texts |= {q.row_id: (("goal", q.goal), ("text", q.text)) for q in questions.promises}
    for row_id, row in list(matches.rows.items()):
        shown = [(grid.text(row, name), asked) for name, asked in texts.get(row_id, ())
                 if name in grid.columns]  # fmt: skip
        kept = [not words(text) or is_kept(text, asked) for text, asked in shown]
        if len(kept) < 2 or (all(kept) if row_id in matches.by_text else any(kept)):
            continue
        del matches.rows[row_id]
        matches.by_text.pop(row_id, None)
        matches.others[row] = row_id
        cells = [cell for (at, _), cell in grid.sheet.cells.items() if at == row]
        context.note(
            "RET-ROW-OTHER",
            sheet=grid.sheet.name.strip(),
            cell=span(cells),
            task_id=tasks[row_id],
            expected="，".join(asked for _, asked in shown),
            found=said(cells),
        )


def is_kept(shown: str, asked: str) -> bool:
    """Tell whether a locked text is still the one asked, small slips aside."""
    return likeness(visible(shown), visible(asked)) >= SURE


def _tasks(questions: Asked) -> dict[str, str]:
    tasks = {q.row_id: q.task_id for q in questions.rows}
    tasks |= {q.row_id: q.task_id for q in questions.promises}
    return tasks | {q.target.target_id: q.target.task_id for q in questions.targets}


def _report_rows(
    context: ReadingContext,
    grid: Grid,
    answered: Mapping[int, str],
    tasks: Mapping[str, str],
    named: Mapping[str, str],
) -> None:
    """Report rows that are not read one by one, or as one range when they are very many.

    ``answered`` gives by row the id of the question that another row answers already, empty
    for a row that answers none.
    """
    cells: dict[int, list[Cell]] = {row: [] for row in answered}
    for (row, _), cell in grid.sheet.cells.items():
        if row in cells:
            cells[row].append(cell)
    groups = [[row] for row in answered]
    if len(groups) > _MOST_RUNS:
        groups = [list(answered)]
    for rows in groups:
        task_id = tasks.get(answered[rows[0]], "")
        found = [cell for row in rows for cell in cells[row]]
        context.note(
            "RET-ROW-REPEATED" if task_id else "RET-ROW-ADDED",
            sheet=grid.sheet.name.strip(),
            cell=span(found),
            task_id=task_id,
            expected=named.get(answered[rows[0]], ""),
            found=said(found),
        )


def report_altered(
    context: ReadingContext,
    grid: Grid,
    matches: Matches,
    questions: Mapping[str, AskedRow | AskedTarget | AskedPromise],
) -> None:
    """Report locked cells that do not show the plan any more; the plan's text is used."""
    name = grid.sheet.name.strip()
    for row_id, question in questions.items():
        row = matches.rows.get(row_id)
        if row is None:
            continue
        task_id = _tasks(context.questions)[row_id]
        for field_name, expected in question.printed.items():
            if field_name not in grid.columns:
                continue
            if (name, row, grid.columns[field_name]) in context.blocked:
                continue
            shown = grid.text(row, field_name)
            if not same(shown, expected) and not _is_older_name(field_name, shown, expected):
                context.note(
                    "RET-PLAN-ALTERED",
                    sheet=name,
                    cell=grid.address(row, field_name),
                    task_id=task_id,
                    expected=_or_empty(expected),
                    found=_or_empty(shown),
                )


def _is_older_name(field_name: str, shown: str, expected: str) -> bool:
    """Tell the name that an earlier program printed, as 碧道建设完成, which no unit altered."""
    return field_name == "measure" and same(without_introduction(shown), expected)


def _or_empty(text: str) -> str:
    """Name an empty cell, which between quotation marks would look like a slip."""
    return text or _EMPTY


def same(shown: str, expected: str) -> bool:
    """Tell whether two texts are the same, width, spaces and closing zeros aside."""
    # Sheets are written with hidden characters made visible.
    one, other = squeeze(visible(shown)), squeeze(visible(expected))
    if one == other:
        return True
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def report_last(
    context: ReadingContext,
    grid: Grid,
    matches: Matches,
    texts: Mapping[str, Mapping[str, str]],
) -> None:
    """Report last quarter's columns where they differ from what was returned then."""
    tasks = _tasks(context.questions)
    for row_id, row in matches.rows.items():
        for name, expected in texts.get(row_id, {}).items():
            if name not in grid.columns:
                continue
            shown = grid.text(row, name)
            if not same(shown, expected) and not _same_rating(context, name, shown, expected):
                context.note(
                    "RET-LAST-ALTERED",
                    sheet=grid.sheet.name.strip(),
                    cell=grid.address(row, name),
                    task_id=tasks[row_id],
                    expected=_or_empty(expected),
                    found=_or_empty(shown),
                )


def _same_rating(context: ReadingContext, name: str, shown: str, expected: str) -> bool:
    """Tell whether two words are one grade: an office may call it otherwise since."""
    if name != "last_rating":
        return False
    one, other = (
        [context.scale.parse(word) for word in text.split("；")] for text in (shown, expected)
    )
    return None not in one and one == other


def report_merges(context: ReadingContext, grid: Grid) -> None:
    """Report merged cells in the table; a merge over answers hides some of them."""
    name = grid.sheet.name.strip()
    # A signature left empty says what the one above says, which is what merging it looks like.
    fill = {
        grid.columns[s.field]
        for s in context.columns(name)
        if s.fill and s.field in grid.columns and s.field not in SIGNATURE
    }
    merges = [merge for merge in grid.sheet.merges if merge[2] > grid.header]
    for top, left, bottom, right in merges[:_MOST_RUNS]:
        answers = fill.intersection(range(left, right + 1))
        cell = f"{address(top, left)}:{address(bottom, right)}"
        context.note("RET-MERGED-ANSWER" if answers else "RET-MERGED", sheet=name, cell=cell)
        context.blocked |= {
            (name, row, column)
            for row in grid.rows
            if top <= row <= bottom
            for column in grid.columns.values()
            if left <= column <= right and (row, column) != (top, left)
        }


def report_hidden(context: ReadingContext, grid: Grid, matches: Matches) -> None:
    """Report answered rows and columns of answers that are hidden; they are read all the same."""
    _report_hidden_columns(context, grid)
    tasks = _tasks(context.questions)
    for row_id, row in matches.rows.items():
        if row in grid.sheet.hidden_rows:
            context.note(
                "RET-ROW-HIDDEN",
                sheet=grid.sheet.name.strip(),
                cell=address(row, grid.columns.get("number", 1)),
                task_id=tasks[row_id],
            )


def _report_hidden_columns(context: ReadingContext, grid: Grid) -> None:
    name = grid.sheet.name.strip()
    for spec in context.columns(name):
        column = grid.columns.get(spec.field, 0) if spec.fill else 0
        if any(first <= column <= last for first, last in grid.sheet.hidden_columns):
            place = address(grid.header, column)
            context.note("RET-COLUMN-HIDDEN", sheet=name, cell=place, expected=spec.label)


def report_strays(context: ReadingContext, grid: Grid) -> None:
    """Report what stands on a sheet of questions outside its table."""
    name = grid.sheet.name.strip()
    asked = context.questions
    printed = {sheet_title(asked, name), HINTS[name], hint(asked, name), SAMPLE_NOTE}
    columns = set(grid.columns.values())
    above = [
        c for c in grid.sheet.cells.values()
        if c.row < grid.header and c.value not in printed and not _is_printed(context, name, c)
    ]  # fmt: skip
    beside = [
        cell
        for cell in grid.sheet.cells.values()
        if cell.row == grid.header and cell.column not in columns
    ]
    rows = set(grid.rows) - _reported_rows(context, name)
    beside += [c for c in grid.sheet.cells.values() if c.row in rows and c.column not in columns]
    _report_cells(context, name, above + beside)


def _reported_rows(context: ReadingContext, name: str) -> set[int]:
    """Return the rows reported whole as added or repeated."""
    codes = ("RET-ROW-ADDED", "RET-ROW-REPEATED")
    rows: set[int] = set()
    for noted in context.findings:
        if noted.code in codes and noted.sheet == name:
            first, _, last = noted.cell.partition(":")
            rows.update(range(split_address(first)[0], split_address(last or first)[0] + 1))
    return rows


def _report_cells(context: ReadingContext, name: str, cells: list[Cell]) -> None:
    """Report cells run by run, or as one range when they are very many."""
    grouped = runs(cells)
    if len(grouped) > _MOST_RUNS:
        grouped = [cells]
    for run in grouped:
        found = said(run)
        context.note("RET-CELL-STRAY", sheet=name, cell=span(run), found=found)


def report_others(context: ReadingContext, params: Params) -> None:
    """Report what was typed into the instructions, and sheets that are not ours."""
    for sheet in context.book.sheets:
        name = sheet.name.strip()
        if sheet is not context.book.sheet(name):
            # A copy that differs from the one that was read by white space in its name only.
            _report_extra(context, sheet, f"{name}（另一张）")
        elif name == GUIDE:
            _report_guide(context, sheet, params)
        elif name in AIDS:
            strays = [c for c in sheet.cells.values() if not _is_printed(context, name, c)]
            _report_cells(context, name, strays)
        elif name == OPINION:
            # Our own summary of a copy sent back; it is locked, so only what is beside it counts.
            beside = [c for c in sheet.cells.values() if c.address not in context.summary]
            _report_cells(context, name, beside)
        elif name not in (*COLUMNS, IDENTITY):
            _report_extra(context, sheet, name)


def _report_guide(context: ReadingContext, sheet: Sheet, params: Params) -> None:
    """Report what stands among the instructions and was not sent out there.

    A workbook without digests of its texts may be of an earlier day of return, or table: of it,
    the words of an instruction tell, whatever numbers stand in them.
    """
    name = sheet.name.strip()
    texts = {squeeze(text) for text in guide_cells(context.questions, params).values()}
    forms = frozenset() if context.printed.digests else guide_forms(context.questions, params)
    strays = [
        cell
        for cell in sheet.cells.values()
        if squeeze(cell.value) not in texts
        and unnumbered(cell.value) not in forms
        and not _is_printed(context, name, cell)
    ]
    _report_cells(context, name, strays)


def _is_printed(context: ReadingContext, sheet: str, cell: Cell) -> bool:
    return context.printed.holds(sheet, cell, context.file)


def _report_extra(context: ReadingContext, sheet: Sheet, named: str) -> None:
    if sheet.cells:
        place = span(sheet.cells.values())
        context.note("RET-SHEET-EXTRA", sheet=sheet.name, cell=place, found=named)


def report_unread(context: ReadingContext, sheet: Sheet | None) -> None:
    """Report all of a sheet that has no table of ours."""
    if sheet is not None and sheet.cells:
        _report_cells(context, sheet.name, list(sheet.cells.values()))
