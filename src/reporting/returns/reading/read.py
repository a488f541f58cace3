"""Read every return of a quarter: rows with their cells, and all that was noticed."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from reporting.errors import UsageError
from reporting.findings import HELD, Finding, Severity
from reporting.language.lexicon import using
from reporting.language.numerals import figure
from reporting.periods import Period, full_date
from reporting.plan.figures.series import Key, annual_values, paths, series_keys, workstreams
from reporting.plan.values import Plan
from reporting.project.decisions import read_decisions
from reporting.project.params import Params
from reporting.project.receipts import read_receipts
from reporting.returns.issued import issued_of, read_issued
from reporting.returns.layout import (
    FIGURES,
    PROGRESS,
    PROMISES,
    Asked,
    AskedPromise,
    AskedRow,
    AskedTarget,
    asked,
)
from reporting.returns.leads import compare_leads
from reporting.returns.promises.follow import commitments
from reporting.returns.promises.values import Commitment, LeftOpen, PromiseAnswer
from reporting.returns.reading import structure
from reporting.returns.reading.answers import (
    held,
    is_doubted,
    read_figures,
    read_progress,
    report_replies,
    report_unclaimed,
    with_shared,
)
from reporting.returns.reading.checks import run_checks
from reporting.returns.reading.context import ReadingContext
from reporting.returns.reading.extra_columns import with_extra
from reporting.returns.reading.extras import note_extras
from reporting.returns.reading.files import Arrived, Opened, list_files, load_file, open_file
from reporting.returns.reading.grid import Matches
from reporting.returns.reading.identity import Identity, UnitNames, identify
from reporting.returns.reading.lead import lead_rows
from reporting.returns.reading.names import renamed_sheets, with_usual_names
from reporting.returns.reading.promises import read_answers
from reporting.returns.reading.remembered import FileMemory, FileResult, file_key
from reporting.returns.reading.replies import read_summary
from reporting.returns.reading.versions import round_of, settle_versions
from reporting.returns.receipts import with_receipts
from reporting.returns.rules import finding
from reporting.returns.series import (
    last_of,
    last_texts,
    last_values,
    quarter_before,
    rows_of,
    sound_rows_of,
)
from reporting.returns.settle import settle, settle_by_changes
from reporting.returns.sheets.printed import read_printed
from reporting.returns.values import ProgressRow, Return, Returns
from reporting.system.own_fonts import font_files
from reporting.system.processes import on_all_cores
from reporting.workbooks.grid import Grid

_USUAL_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_MANY = 6
"""Files that are worth starting processes for."""


@dataclass(frozen=True)
class Round:
    """What every return of one quarter is read against."""

    root: Path
    plan: Plan
    params: Params
    period: Period
    before: Returns | None
    promised: Mapping[tuple[str, str], Commitment]
    keys: Mapping[str, Key]
    streams: Mapping[str, str]
    names: UnitNames
    paths: Mapping[Key, Mapping[int, Decimal]]
    annual: Mapping[str, Decimal]


def read_returns(
    root: Path,
    params: Params,
    plan: Plan,
    quarter: int,
    *,
    previous: tuple[Returns, ...] = (),
    status: Path | None = None,
    memory: FileMemory | None = None,
) -> Returns:
    """Read all returns of a quarter, whatever the files are called.

    Parameters
    ----------
    root : Path
        The project; file names in findings are relative to it.
    previous : tuple of Returns
        Earlier quarters, for what is held against last quarter.
    status : Path, optional
        Folder to read instead of ``<status>/Q<quarter>`` of the parameters.
    memory : FileMemory, optional
        Knows what unchanged files gave; by default every file is read.

    The office's decisions about the quarter are applied.

    Raises
    ------
    UsageError
        The folder is missing.
    InputRefused
        The file of decisions cannot be understood.
    """
    period = Period(year=params.year, quarter=quarter)
    folder = status or root / params.status / f"Q{quarter}"
    if not folder.is_dir():
        raise UsageError(f"没有{period.short_label}的报送文件夹：应为 {_shown(folder, root)}。")
    decisions = read_decisions(root, params)
    with using(params.words):
        current = _round(root, params, plan, period, previous)
        memory = memory or FileMemory()
        returns = _read_round(current, _read_all(current, list_files(folder, root), memory))
        settled = settle_by_changes(
            settle(returns, decisions, plan, params.rating.scale), params.changes
        )
        # What the office decided is compared, not what was typed before it did.
        kept = compare_leads(plan, quarter, settled.returns)
        settled = settled.model_copy(update={"returns": tuple(kept)})
        return with_receipts(settled, read_receipts(root, params.year), params)


def no_returns(
    root: Path, params: Params, plan: Plan, quarter: int, *, previous: tuple[Returns, ...] = ()
) -> Returns:
    """Give what a quarter is for which nothing has arrived."""
    period = Period(year=params.year, quarter=quarter)
    return _read_round(_round(root, params, plan, period, previous), ())


def _round(
    root: Path, params: Params, plan: Plan, period: Period, previous: tuple[Returns, ...]
) -> Round:
    before = quarter_before(previous, period.quarter)
    return Round(
        root,
        plan,
        params,
        period,
        before,
        _promised(plan, previous, params, period.quarter),
        series_keys(plan),
        workstreams(plan),
        UnitNames(plan),
        paths(plan),
        annual_values(plan),
    )


def _promised(
    plan: Plan, previous: Sequence[Returns], params: Params, quarter: int
) -> dict[tuple[str, str], Commitment]:
    """Give what was promised in earlier quarters, by unit and id."""
    rows = [row for item in previous for row in item.rows]
    answers = [answer for item in previous for answer in item.answers]
    made = commitments(rows, answers, params.changes, plan.year, quarter - 1)
    return {(one.unit, one.promise_id): one for one in made}


def _shown(folder: Path, root: Path) -> str:
    try:
        return folder.relative_to(root).as_posix()
    except ValueError:
        return folder.as_posix()


def _read_all(current: Round, files: Iterable[Arrived], memory: FileMemory) -> Iterator[FileResult]:
    """Give what each file holds, in their order; those read before are not read again."""
    arrived = list(files)
    found = [_look(item, memory) for item in arrived]
    unread = [item for item, known in zip(arrived, found, strict=True) if known is None]
    read = iter(on_all_cores(partial(_read_arrived, current), unread, least=_MANY))
    for known in found:
        key, result = next(read) if known is None else known
        if key:
            memory.keep(key, result)
        yield result


def _look(arrived: Arrived, memory: FileMemory) -> tuple[str, FileResult] | None:
    """Give a file's key and what it held; None where it has to be read."""
    loaded = load_file(arrived)
    key = "" if loaded.fault is not None else file_key(arrived.name, loaded.sha256)
    known = memory.known(key)
    return None if known is None else (key, known)


def _read_arrived(current: Round, arrived: Arrived) -> tuple[str, FileResult]:
    """Read a file; gives the key of what was read as well, which may be newer than what was seen.

    Of what could not be loaded there is nothing to know it by.
    """
    loaded = load_file(arrived)
    key = "" if loaded.fault is not None else file_key(arrived.name, loaded.sha256)
    return key, _read_file(current, open_file(loaded))


def _read_round(current: Round, results: Iterable[FileResult]) -> Returns:
    findings: list[Finding] = []
    answered: set[str] = set()
    items: list[Return] = []
    for result in results:
        findings += result.findings
        if result.item is not None or any(f.severity is Severity.ERROR for f in result.findings):
            answered.add(result.unit)
        if result.item is not None:
            items.append(result.item)
    kept, notes = settle_versions(items)
    findings = _received(findings, answered) + notes
    came = _not_taken(findings)
    answered |= came
    units = {item.unit for item in kept}
    quarter = current.period.quarter
    owing = (unit for unit in current.plan.lead_units if _owes(current, unit))
    missing = tuple(unit for unit in owing if unit not in units)
    findings += [_missing(current, unit) for unit in missing if unit not in answered]
    order = {unit: at for at, unit in enumerate(current.plan.lead_units)}
    return Returns(
        year=current.period.year,
        quarter=quarter,
        returns=tuple(sorted(kept, key=lambda item: order[item.unit])),
        missing=missing,
        received=tuple(unit for unit in missing if unit in came),
        labels={task.task_id: task.reference for task in current.plan.tasks},
        findings=tuple(findings),
    )


def _received(findings: Sequence[Finding], answered: Container[str]) -> list[Finding]:
    """Ask a unit for its workbook when all that came is a letter or a picture.

    Beside a workbook of the unit, such a file is merely noted.
    """
    return [
        finding("RET-FILE-KIND", file=f.file, unit=f.unit, found=f.found)
        if f.code == "RET-FILE-OTHER" and f.unit and f.unit not in answered
        else f
        for f in findings
    ]


_REFUSED = frozenset({"RET-UNIT-WRONG", "RET-UNIT-UNKNOWN", "RET-TITLE"})
"""What keeps out a workbook that holds answers, as it is in doubt whose or of when they are."""


def _not_taken(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the units of which something came that cannot be read, or not be taken."""
    kept = [f for f in findings if f.severity in HELD]
    told = (f for f in kept if f.code.startswith("RET-FILE-") or f.code in _REFUSED)
    # A workbook that lies under another unit's name may be that of the unit it names inside.
    inside = (f.found for f in kept if f.code == "RET-UNIT-WRONG")
    return frozenset(filter(None, (*(f.unit for f in told), *inside)))


def _missing(current: Round, unit: str) -> Finding:
    due = current.params.calendar[current.period.quarter].due
    return finding("RET-MISSING", unit=unit, expected=full_date(due))


def _read_file(current: Round, file: Opened) -> FileResult:
    """Read one file; whatever goes wrong in it is its finding, and the others are read."""
    try:
        return _read_opened(current, file)
    except Exception as error:
        unit = current.names.named_in(file.arrived.stem)
        found = f"读取中出错：{type(error).__name__}"
        fault = finding("RET-FILE-UNREADABLE", file=file.arrived.name, unit=unit, found=found)
        return FileResult(item=None, findings=(fault,), unit=unit)


def _read_opened(current: Round, file: Opened) -> FileResult:
    arrived = file.arrived
    if file.book is None:
        unit = current.names.named_in(arrived.stem)
        faults = (file.fault.model_copy(update={"unit": unit}),) if file.fault else ()
        return FileResult(item=None, findings=faults, unit=unit)
    renamed = renamed_sheets(file.book)
    file = replace(file, book=with_usual_names(file.book, renamed))
    assert file.book is not None
    if arrived.suffix == ".csv" and not renamed:
        # A list of the office among the returns, not the sheet of one.
        noted = finding("RET-FILE-OTHER", file=arrived.name, found=f"{arrived.suffix} 文件")
        unit = current.names.named_in(arrived.stem)
        note = noted.model_copy(update={"unit": unit})
        return FileResult(item=None, findings=(note,), unit=unit)
    identity = identify(file.book, current.names, arrived.stem)
    refused = _refuse(current, identity, arrived)
    if refused is not None:
        return FileResult(item=None, findings=(refused,), unit=refused.unit)
    item = read_return(current, file, identity, renamed)
    blank = item.rows and not any(row.cells or row.extra for row in item.rows)
    if blank and not any(_is_filled(f) for f in item.findings):
        note = finding("RET-BLANK", file=arrived.name, unit=item.unit)
        return FileResult(item=None, findings=(note,), unit=item.unit)
    return FileResult(item=item, findings=(), unit=item.unit)


_FILLED = frozenset(
    {"RET-RATING-WORD", "RET-DATE-TEXT", "RET-ACTUAL-TEXT", "RET-ACTUAL-UNIT", "RET-FORMULA-EMPTY",
     "RET-CELL-ERROR", "RET-STRUCK", "RET-ROW-ADDED", "RET-CELL-STRAY", "RET-SHEET-EXTRA",
     "RET-COLUMN-MISSING", "RET-EXTRA-KIND", "RET-EXTRA-CHOICE"}
)  # fmt: skip
_BESIDE = frozenset(
    {"RET-TEXTBOX", "RET-PICTURE", "RET-CELL-PICTURE", "RET-ATTACHMENT", "RET-COMMENT"}
)
"""Findings that hold something a unit typed or put in, so that the return is not blank."""


def _is_filled(noted: Finding) -> bool:
    return noted.code in _BESIDE or (noted.cell != "" and noted.code in _FILLED)


def _refuse(current: Round, identity: Identity, arrived: Arrived) -> Finding | None:
    """Return the finding that keeps a workbook out: another unit's, or another quarter's."""
    named = current.names.named_in(arrived.stem)
    unit = current.names.canonical(identity.unit)
    if not unit:
        found = f"表内单位为“{identity.unit}”" if identity.unit else "表内和文件名都没有写明单位"
        return finding("RET-UNIT-UNKNOWN", file=arrived.name, unit=named, found=found)
    if named and named != unit:
        return finding("RET-UNIT-WRONG", file=arrived.name, unit=named, expected=named, found=unit)
    if identity.titled:
        expected = f"{identity.unit}{identity.period_label}"
        return finding(
            "RET-TITLE", file=arrived.name, unit=unit, expected=expected, found=identity.titled
        )
    period = current.period
    year = period.year if identity.year is None else identity.year
    quarter = period.quarter if identity.quarter is None else identity.quarter
    if (year, quarter) != (period.year, period.quarter):
        said = identity.period_label
        return finding(
            "RET-QUARTER-WRONG", file=arrived.name, unit=unit, expected=period.label, found=said
        )
    return None


def read_return(
    current: Round, file: Opened, identity: Identity, renamed: Mapping[str, str]
) -> Return:
    """Read one accepted workbook; ``renamed`` gives the usual names of its renamed sheets."""
    book = file.book
    assert book is not None
    issued, today = _questions(current, identity)
    summary = read_summary(book)
    context = ReadingContext(
        file.arrived.name,
        issued or today,
        book,
        current.params.rating.scale,
        current.params.returns.columns,
        fonts=font_files(current.root),
        replies=dict(summary.replies),
        summary=summary.own,
        printed=read_printed(book),
    )
    _note_book(context, identity)
    for name, usual in renamed.items():
        context.note("RET-SHEET-RENAMED", sheet=usual, expected=usual, found=name)
    if file.arrived.suffix not in _USUAL_SUFFIXES:
        context.note("RET-FILE-FORMAT", found=file.arrived.suffix)
    rows = _read_sheets(current, context)
    answers = _read_answers(context)
    if issued is not None:
        rows = lead_rows(context, rows, today)
    report_replies(context)
    structure.report_others(context, current.params)
    _note_days(context, rows, current.params.calendar[current.period.quarter].due)
    number, corrects = round_of(book)
    return Return(
        unit=identity.unit,
        quarter=current.period.quarter,
        file=file.arrived.name,
        sha256=file.sha256,
        is_sample=identity.is_sample,
        round=number,
        corrects=corrects,
        overdue=tuple(row.row_id for row in today.rows if row.overdue),
        reported_on=max((row.reported_on for row in rows if row.reported_on), default=None),
        rows=tuple(_without_doubts(row, context.findings) for row in rows),
        answers=answers,
        findings=tuple(context.findings),
    )


def _owes(current: Round, unit: str) -> bool:
    """Tell whether a unit was asked for anything, be it only what it left open before."""
    if asked(current.plan, unit, current.period.quarter).rows:
        return True
    issued = issued_of(current.root, current.params.year, unit, current.period.quarter)
    left = (_left(current, one.unit, _again(one)) for one in issued)
    asks = (asked(current.plan, unit, current.period.quarter, one) for one in left)
    return any(one.rows or one.promises for one in asks)


def _again(issued: Asked) -> list[str]:
    """Return the ids of what a workbook asked again."""
    overdue = [row.row_id for row in issued.rows if row.overdue]
    return overdue + [promise.row_id for promise in issued.promises]


def _left(current: Round, unit: str, ids: Collection[str]) -> LeftOpen:
    """Tell what is asked again from the ids of what is asked, in the order in which it is asked."""
    promises = (
        promise
        for (by, row_id), promise in current.promised.items()
        if by == unit and row_id in ids
    )
    return LeftOpen(overdue=tuple(sorted(ids)), promises=tuple(promises))


def _questions(current: Round, identity: Identity) -> tuple[Asked | None, Asked]:
    """Give what a workbook asked, where that is not what is asked today, and what is.

    Of what earlier quarters left open today's questions hold what the workbook asked of it: it
    says so itself; where it does not any more, what was sent out does.
    """
    unit, year, quarter = identity.unit, current.params.year, current.period.quarter
    extras = current.params.returns.columns
    today = asked(current.plan, unit, quarter, extras=extras)
    if identity.edition == today.edition:
        return None, today
    if not identity.edition:
        kept = issued_of(current.root, year, unit, quarter)
        ids = [row_id for one in kept for row_id in _again(one)]
        return None, asked(current.plan, unit, quarter, _left(current, unit, ids), extras)
    issued = read_issued(current.root, year, identity.edition)
    again = identity.asked or () if issued is None else _again(issued)
    today = asked(current.plan, unit, quarter, _left(current, unit, again), extras)
    return (None if identity.edition == today.edition else issued), today


def _without_doubts(row: ProgressRow, findings: Sequence[Finding]) -> ProgressRow:
    """Hold the figures that are to be confirmed."""
    actuals = tuple(held(a) if is_doubted(findings, a) else a for a in row.actuals)
    return row.model_copy(update={"actuals": actuals})


def _note_days(context: ReadingContext, rows: Iterable[ProgressRow], due: date) -> None:
    """Report the last day of signing where it is late, and days before the quarter began."""
    signed = {row.cells["reported_on"]: row.reported_on for row in rows if row.reported_on}
    begun = context.questions.period.date_start
    cell, last = max(signed.items(), key=lambda item: item[1], default=("", begun))
    days = [("RET-LATE", cell, last, due)] if last > due else []
    days += [("RET-DAY-EARLY", at, day, begun) for at, day in signed.items() if day < begun]
    for code, at, day, limit in days:
        context.note(code, sheet=PROGRESS, cell=at, expected=full_date(limit), found=full_date(day))


def _note_book(context: ReadingContext, identity: Identity) -> None:
    book = context.book
    if identity.by:
        context.note("RET-IDENTITY-MISSING", found=identity.by)
    elif identity.edition != context.questions.edition:
        context.note("RET-EDITION")
    for oddity in book.oddities:
        context.note("RET-FILE-ODD", found=oddity)
    if book.has_links:
        context.note("RET-FILE-LINKS")
    if book.has_macros:
        context.note("RET-FILE-MACROS")
    note_extras(context)


def _read_sheets(current: Round, context: ReadingContext) -> tuple[ProgressRow, ...]:
    figures = structure.open_grid(context, FIGURES)
    grid = structure.open_grid(context, PROGRESS)
    unit = context.questions.unit
    before = rows_of(current.before, unit)
    last = last_values(current.keys, before)
    actuals = {}
    if figures is None:
        structure.report_unread(context, context.book.sheet(FIGURES))
    else:
        matches = _match(context, figures)
        structure.report_last(context, figures, matches, _last_figures(context, current, last))
        actuals = read_figures(context, figures, matches)
    if grid is None:
        structure.report_unread(context, context.book.sheet(PROGRESS))
        report_unclaimed(context, actuals, ())
        return ()
    matches = _match(context, grid)
    # In the first quarter the columns of the last one are empty, and what is typed there is told.
    texts = {
        q.row_id: last_texts(last_of(q, before, current.streams)) for q in context.questions.rows
    }
    structure.report_last(context, grid, matches, texts)
    rows = with_extra(context, grid, matches, read_progress(context, grid, matches, actuals))
    report_unclaimed(context, actuals, rows)

    def places(row: ProgressRow, name: str) -> str:
        return grid.address(matches.rows[row.milestone_id], name) if name in grid.columns else ""

    # A figure that was wrong last quarter is nothing to be held to.
    sound = last_values(current.keys, sound_rows_of(current.before, unit))
    run_checks(
        context, rows, before, current.keys, sound, places, current.paths, current.annual,
    )  # fmt: skip
    return with_shared(context.questions, rows, actuals)


def _match(context: ReadingContext, grid: Grid) -> Matches:
    """Hold a sheet against what was sent out; report every difference."""
    structure.report_merges(context, grid)
    matches = structure.match(context, grid)
    questions = context.questions
    by_id: dict[str, dict[str, AskedRow | AskedTarget | AskedPromise]] = {
        PROGRESS: {q.row_id: q for q in questions.rows},
        FIGURES: {q.target.target_id: q for q in questions.targets},
        PROMISES: {q.row_id: q for q in questions.promises},
    }
    structure.report_altered(context, grid, matches, by_id[grid.sheet.name.strip()])
    structure.report_hidden(context, grid, matches)
    structure.report_strays(context, grid)
    return matches


def _read_answers(context: ReadingContext) -> tuple[PromiseAnswer, ...]:
    """Read what is said of promised steps; a workbook that asks of none needs no such sheet."""
    grid = structure.open_grid(context, PROMISES)
    if grid is None:
        structure.report_unread(context, context.book.sheet(PROMISES))
        return ()
    return read_answers(context, grid, _match(context, grid))


def _last_figures(
    context: ReadingContext, current: Round, last: Mapping[Key, tuple[str, Decimal]]
) -> dict[str, dict[str, str]]:
    found = {}
    for question in context.questions.targets:
        earlier = last.get(current.keys.get(question.target.target_id, ()))
        found[question.target.target_id] = {"last_actual": figure(earlier[1]) if earlier else ""}
    return found
