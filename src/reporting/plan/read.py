"""Read any task table into a plan: source, rows, tasks, milestones, targets, findings."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.findings import Finding
from reporting.language.lexicon import using
from reporting.plan.codes import finding
from reporting.plan.corrections import apply_corrections
from reporting.plan.identity import Decided, give_ids
from reporting.plan.parties.people import NameBook
from reporting.plan.parties.roster import make_units, suspect_aliases
from reporting.plan.parties.units import UnitBook
from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.table.columns import TITLES, Columns, Vocabulary, normal
from reporting.plan.table.grid import Source
from reporting.plan.table.preamble import read_preamble
from reporting.plan.table.raw_rows import RawTable
from reporting.plan.table.rows import collect_rows
from reporting.plan.table.sources.cards import read_cards
from reporting.plan.table.sources.marked import mark_findings
from reporting.plan.table.sources.open import open_source
from reporting.plan.targets.make import make_targets
from reporting.plan.tasks import Books, make_tasks, number_headings
from reporting.plan.values import Milestone, Plan, Target, Task
from reporting.project.params import Params
from reporting.project.register import read_register

_NOTED = {"隐藏": "PLAN-HIDDEN", "形近": "PLAN-LOOKALIKE", "卡片": "PLAN-CARDS"}


def read_plan(
    root: Path, params: Params, *, table: Path | None = None, decided: Decided | None = None
) -> Plan:
    """Read a task table completely: the one of ``params``, or another file.

    Every character of the table lands in a field or a finding; the tasks are the rows in
    order. Corrections of ``params`` are applied, each with a finding.

    Parameters
    ----------
    table : Path, optional
        Another table than the parameters name.
    decided : mapping, optional
        By line of the table, which task of the register a doubtful row is; an empty id is none.

    Raises
    ------
    UsageError
        There is no such file, or a correction or header of ``params`` fits nothing.
    InputRefused
        The file cannot be read as a task table, or a row may be one registered task or
        another; the text names the line or row. Or a word of ``params`` clashes with the
        lexicon.
    """
    with using(params.words):
        return _read_plan(root, params, table, decided)


def _read_plan(root: Path, params: Params, table: Path | None, decided: Decided | None) -> Plan:
    source = open_source(table or root / params.table, root)
    words = Vocabulary(params.headers, year=params.year)
    laid_out = read_cards(source, words)
    raw = collect_rows(laid_out, words)
    books = _books(raw, params)
    rows, findings = make_tasks(raw.rows, params.year, books, source.name)
    known = read_register(root, params.year)
    tasks, findings, changed = give_ids(rows, findings, known, params.year, source.name, decided)
    corrected, corrections = apply_corrections(tasks, params.corrections, source.name)
    tasks = number_headings(corrected)
    head = read_preamble(raw.loose, source.name)
    units = make_units(tasks, params.aliases)
    milestones, targets, noticed = _make_parts(tasks, params.year, source.name)
    return Plan(
        year=params.year,
        title=head.title,
        issued_by=head.issued_by,
        issued_on=head.issued_on,
        tasks=tuple(tasks),
        milestones=milestones,
        targets=targets,
        units=units,
        findings=(
            *_source_findings(laid_out),
            *mark_findings(source),
            *_column_findings(raw, source.name),
            *head.findings,
            *changed,
            *_in_order([*raw.findings, *findings, *noticed]),
            *corrections,
            *_alias_findings(books, params, source.name),
            *suspect_aliases(tasks, units, source.name),
        ),
    )


def _books(raw: RawTable, params: Params) -> Books:
    people = NameBook(row.cells.get("leaders", "") for row in raw.rows)
    cells = [row.cells.get(name, "") for row in raw.rows for name in ("lead", "support")]
    return Books(people=people, units=UnitBook(cells, params.aliases), aliases=params.aliases)


def _make_parts(
    tasks: Sequence[Task], year: int, name: str
) -> tuple[tuple[Milestone, ...], tuple[Target, ...], list[Finding]]:
    milestones: list[Milestone] = []
    targets: list[Target] = []
    findings: list[Finding] = []
    for task in tasks:
        parts, noticed = make_milestones(task, year)
        quantities, doubts = make_targets(task, parts)
        milestones.extend(parts)
        targets.extend(quantities)
        for item in (*noticed, *doubts):
            where = {"file": name, "line": item.line or task.line, "task_id": task.task_id}
            findings.append(item.model_copy(update=where))
    return tuple(milestones), tuple(targets), findings


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda item: item.line or 0)


def _source_findings(source: Source) -> list[Finding]:
    findings = []
    for note in source.notes:
        kind, _, found = note.partition("：")
        code = _NOTED.get(kind, "PLAN-ENCODING")
        findings.append(finding(code, file=source.name, found=found if kind in _NOTED else note))
    return findings


def _column_findings(raw: RawTable, name: str) -> list[Finding]:
    """Tell how the columns were read: once, or of each annex that has columns of its own."""
    found = [told for columns in raw.all_columns for told in _told_of(columns, name)]
    return list(dict.fromkeys(found))


def _told_of(columns: Columns, name: str) -> Iterator[Finding]:
    missing = {
        "PLAN-COLUMN-NO-SCHEDULE": not columns.has_schedule,
        "PLAN-COLUMN-NO-LEADERS": "leaders" not in columns.fields,
        "PLAN-COLUMN-NO-SUPPORT": "support" not in columns.fields,
    }
    yield from (finding(code, file=name) for code, applies in missing.items() if applies)
    for found, expected in columns.assumed:
        yield finding("PLAN-COLUMN-ASSUMED", file=name, found=found, expected=expected)
    for at, unit in columns.units.items():
        found = normal(columns.names[at])
        yield finding("PLAN-COLUMN-UNIT", file=name, found=found, expected=unit)
    joined = {field: places for field, places in columns.fields.items() if len(places) > 1}
    if columns.quarters:
        joined["schedule"] = (*columns.fields.get("schedule", ()), *columns.quarters)
    for field, places in joined.items():
        found = "、".join(normal(columns.names[at]) for at in places)
        yield finding("PLAN-COLUMN-JOINED", file=name, found=found, expected=TITLES[field])


def _alias_findings(books: Books, params: Params, name: str) -> list[Finding]:
    used = books.units.written
    findings = [
        finding("PLAN-ALIAS", file=name, unit=canonical, found=short, expected=canonical)
        for short, canonical in sorted(used.items())
    ]
    unused = sorted(set(params.aliases) - set(used))
    findings.extend(finding("PLAN-ALIAS-UNUSED", file=name, found=short) for short in unused)
    return findings
