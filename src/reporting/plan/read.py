"""Read any task table into a plan: source, rows, tasks, milestones, targets, findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reporting.errors import UsageError
from reporting.findings import Finding
from reporting.language.lexicon import using
from reporting.language.runs import Run
from reporting.plan.checklist.answers import Filled, read_checklist
from reporting.plan.checklist.ticks import resolve_ticks
from reporting.plan.codes import finding
from reporting.plan.corrections.apply import Corrected, apply_corrections, with_confirmed
from reporting.plan.corrections.entries import entered, told
from reporting.plan.fit.carried import carried_findings, read_carried
from reporting.plan.fit.changes import expect_changes_fit
from reporting.plan.identity import Decided, give_ids
from reporting.plan.parties.people import KnownPeople
from reporting.plan.parties.roster import make_units, suspect_aliases
from reporting.plan.parties.units import KnownUnits
from reporting.plan.parts import Parts, make_parts
from reporting.plan.table.columns import TITLES, Columns, Vocabulary, normal
from reporting.plan.table.grid import Source
from reporting.plan.table.preamble import read_preamble
from reporting.plan.table.raw_rows import RawTable
from reporting.plan.table.rows import collect_rows
from reporting.plan.table.sources.cards import read_cards
from reporting.plan.table.sources.letters import letter_findings, sign_findings
from reporting.plan.table.sources.marked import mark_findings, marked_rows
from reporting.plan.table.sources.open import open_source
from reporting.plan.targets.make import uncertain
from reporting.plan.tasks import Names, make_tasks, name_tasks, number_headings
from reporting.plan.values import Check, Plan, Task
from reporting.project.params import Params, checklist_path, missing_table
from reporting.project.register import read_register
from reporting.system.files import read_if_there

_NOTED = {"隐藏": "PLAN-HIDDEN", "形近": "PLAN-LOOKALIKE", "卡片": "PLAN-CARDS"}


@dataclass(frozen=True)
class Reading:
    """A task table as it alone says, as corrected, and what the office filled in for it.

    ``marks`` are the raised, struck and hidden texts of the source by its line; ``places`` the
    addresses of a task's cells, by its id.
    """

    plan: Plan
    tasks: tuple[Task, ...]
    parts: Mapping[str, Parts]
    filled: Filled
    marks: Mapping[int, tuple[tuple[Run, ...], ...]]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_plan(
    root: Path, params: Params, *, table: Path | None = None, decided: Decided | None = None
) -> Plan:
    """Read a task table completely: the one of ``params``, or another file.

    Every character of the table lands in a field or a finding; the tasks are the rows in
    order. Corrections of ``params`` are applied, and those of the 核对表 to the table that it
    was written for, each with a finding.

    Parameters
    ----------
    table : Path, optional
        Another table than the parameters name.
    decided : mapping, optional
        By line of the table, which task of the register a doubtful row is; an empty id is none.

    Raises
    ------
    UsageError
        There is no such file, or a correction, change or header of ``params`` fits nothing.
    InputRefused
        The file cannot be read as a task table, or a row may be one registered task or
        another; the text names the line or row. Or a word of ``params`` clashes with the
        lexicon.
    """
    return read_checked(root, params, table=table, decided=decided).plan


def read_checked(
    root: Path,
    params: Params,
    *,
    table: Path | None = None,
    decided: Decided | None = None,
    checklist: Path | None = None,
) -> Reading:
    """Read a table with everything that was corrected and checked, as `read_plan` does.

    Parameters
    ----------
    checklist : Path, optional
        Where the filled 核对表 is read from before it is kept where ``params`` say.
    """
    with using(params.words):
        return _read_checked(root, params, table, decided, checklist)


def _read_checked(
    root: Path,
    params: Params,
    table: Path | None,
    decided: Decided | None,
    checklist: Path | None,
) -> Reading:
    if table is None and (said := missing_table(root, params.table, params.year)):
        raise UsageError(said)
    source = open_source(table or root / params.table, root)
    words = Vocabulary(params.headers, year=params.year)
    laid_out = read_cards(source, words)
    raw = collect_rows(laid_out, words)
    names = _names(raw, params)
    rows, findings = make_tasks(raw.rows, params.year, names, source.name)
    known = read_register(root, params.year)
    rows, findings, changed = give_ids(rows, findings, known, params.year, source.name, decided)
    rows, unnamed = name_tasks(rows, params.task_numbers, source.name)
    findings = [*findings, *unnamed]
    tasks = tuple(number_headings(rows))
    parts = {task.task_id: make_parts(task, params.year) for task in tasks}
    filled = _filled(root, params, tasks, table, checklist)
    entries = [*entered(params.corrections, params.year), *filled.entries]
    corrected = apply_corrections(tasks, parts, entries, params.aliases, params.year)
    checks, void = resolve_ticks(filled.ticks, tasks, parts, corrected)
    corrected = with_confirmed(corrected, checks)
    carried = carried_findings(corrected.tasks, read_carried(root, params.year), source.name)
    told = (*_corrections(corrected, source.name), *void, *carried)
    checked = _Corrected(number_headings(corrected.tasks), corrected, checks, told)
    marks = (
        *_source_findings(laid_out), *mark_findings(source),
        *sign_findings(source), *letter_findings(source, root, params),
    )  # fmt: skip
    plan = _plan(params, source, raw, names, marks, [*raw.findings, *findings], checked, changed)
    if _is_own(root, params, table):
        expect_changes_fit(plan, params.changes, {one.task_id for one in known or ()})
    places = {task.task_id: row.places for task, row in zip(tasks, raw.rows, strict=True)}
    return Reading(plan, tasks, parts, filled, marked_rows(source), places)


class _Corrected(NamedTuple):
    """What a plan is made of after correction."""

    tasks: list[Task]
    corrected: Corrected
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


def _plan(
    params: Params, source: Source, raw: RawTable, names: Names, marks: Sequence[Finding],
    noticed: list[Finding],
    checked: _Corrected, changed: Sequence[Finding],
) -> Plan:  # fmt: skip
    tasks, parts = checked.tasks, [checked.corrected.parts[task.task_id] for task in checked.tasks]
    head = read_preamble(raw.loose, source.name)
    units = make_units(tasks, params.aliases)
    return Plan(
        year=params.year,
        title=head.title,
        issued_by=head.issued_by,
        issued_on=head.issued_on,
        tasks=tuple(tasks),
        milestones=tuple(item for part in parts for item in part.milestones),
        targets=tuple(item for part in parts for item in part.targets),
        units=units,
        findings=(
            *marks,
            *_column_findings(raw, source.name),
            *head.findings,
            *changed,
            *_in_order([*noticed, *_part_findings(tasks, parts, source.name)]),
            *checked.findings,
            *_alias_findings(names, params, source.name),
            *suspect_aliases(tasks, units, source.name),
        ),
        corrections=checked.corrected.made,
        checks=checked.checks,
    )


def _filled(
    root: Path, params: Params, tasks: Sequence[Task], table: Path | None, checklist: Path | None
) -> Filled:
    """Read the filled 核对表; none of it belongs to another table than that of ``params``."""
    if not _is_own(root, params, table):
        return Filled()
    data = read_if_there(checklist or root / checklist_path(params))
    if data is None:
        return Filled()
    return read_checklist(data, checklist_path(params), tasks, params.year)


def _is_own(root: Path, params: Params, table: Path | None) -> bool:
    """Tell whether a table is that of the parameters, which what stands beside it speaks of."""
    return table is None or table.resolve() == (root / params.table).resolve()


def _corrections(corrected: Corrected, name: str) -> Iterator[Finding]:
    tasks = {task.task_id: task for task in corrected.tasks}
    return (told(item, tasks, name) for item in corrected.made)


def _names(raw: RawTable, params: Params) -> Names:
    people = KnownPeople((row.cells.get("leaders", "") for row in raw.rows), params.people)
    cells = [row.cells.get(name, "") for row in raw.rows for name in ("lead", "support")]
    return Names(people=people, units=KnownUnits(cells, params.aliases), aliases=params.aliases)


def _part_findings(tasks: Sequence[Task], parts: Sequence[Parts], name: str) -> Iterator[Finding]:
    for task, part in zip(tasks, parts, strict=True):
        for item in (*part.noticed, *part.doubts, *uncertain(part.targets)):
            where = {"file": name, "line": item.line or task.line, "task_id": task.task_id}
            yield item.model_copy(update=where)


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
    for title, places in joined.items():
        found = "、".join(normal(columns.names[at]) for at in places)
        yield finding("PLAN-COLUMN-JOINED", file=name, found=found, expected=TITLES[title])


def _alias_findings(names: Names, params: Params, name: str) -> list[Finding]:
    used = names.units.written
    findings = [
        finding("PLAN-ALIAS", file=name, unit=canonical, found=short, expected=canonical)
        for short, canonical in sorted(used.items())
    ]
    unused = sorted(set(params.aliases) - set(used))
    findings.extend(finding("PLAN-ALIAS-UNUSED", file=name, found=short) for short in unused)
    return findings
