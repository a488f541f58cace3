"""The assessment as plain rows: what the CSV files, the annex and the frames hold."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.assess.rating.rule import is_nothing_due
from reporting.assess.values import Assessment, Evidence, Level, Rating
from reporting.findings import Finding
from reporting.language.numerals import figure, rounded
from reporting.plan.values import Target, Task
from reporting.returns.values import Actual, ProgressRow
from reporting.tables.fields import (
    EXTRA,
    FURTHER,
    PERIOD,
    RATED,
    REPORTED,
    TABLES,
    DataTable,
    Datum,
)


def tables(assessment: Assessment) -> tuple[DataTable, ...]:
    """Set out the quarter's ratings, the returns' state and the findings as tables."""
    rows: dict[str, Iterable[tuple[Datum, ...]]] = {
        "tasks": _tasks(assessment),
        "milestones": _milestones(assessment),
        "targets": _targets(assessment),
        "units": _units(assessment),
        "findings": map(_finding, assessment.findings),
    }
    usual = tuple(
        DataTable(name=name, title=title, fields=fields, rows=tuple(rows[name]))
        for name, (title, fields) in TABLES.items()
    )
    return (*usual, extra_table(assessment)) if assessment.extra_columns else usual


def extra_table(assessment: Assessment) -> DataTable:
    """Set out what stands in the office's own columns, one row a cell."""
    title, fields = FURTHER[EXTRA]
    return DataTable(name=EXTRA, title=title, fields=fields, rows=tuple(_extra(assessment)))


def _extra(assessment: Assessment) -> Iterable[tuple[Datum, ...]]:
    for row in assessment.progress:
        for one in row.extra:
            yield (
                row.quarter, row.unit, row.task_id, row.milestone_id, one.name, one.unit or None,
                one.text, one.number, one.day, row.file or None, row.sheet or None, one.cell,
            )  # fmt: skip


def dated_tables(assessment: Assessment) -> tuple[DataTable, ...]:
    """Set out the tables with the year and the quarter of the report in front of each row.

    Those of several quarters can then be laid together.
    """
    return tuple(dated(table, assessment) for table in tables(assessment))


def dated(table: DataTable, assessment: Assessment) -> DataTable:
    """Put the year and the quarter of the report in front of each row."""
    period = (assessment.period.year, assessment.period.quarter)
    return table.model_copy(
        update={
            "fields": (*PERIOD, *table.fields),
            "rows": tuple((*period, *row) for row in table.rows),
        }
    )


def _gap(rating: Rating) -> Decimal | None:
    """Give a gap as it is judged, to the hundredth, or as far as six places tell more."""
    if rating.gap is None:
        return None
    hundredth = rounded(rating.gap, 2)
    return hundredth if hundredth == rating.gap else Decimal(figure(rounded(rating.gap, 6)))


def rated_cells(rating: Rating | None) -> tuple[Datum, ...]:
    """Set out a rating under the columns `RATED`."""
    if rating is None:
        return (None,) * len(RATED)
    first = rating.evidence[0] if rating.evidence else None
    return (
        str(rating.self_rating) if rating.self_rating else None, str(rating.grade),
        str(rating.previous) if rating.previous else None, _gap(rating), rating.rule,
        rating.reason, first.quote if first else None,
        _place(first) if first and first.cell else None,
    )  # fmt: skip


def _place(evidence: Evidence) -> str:
    return f"{evidence.earlier_return} {evidence.sheet}!{evidence.cell}".strip()


def _tasks(assessment: Assessment) -> Iterable[tuple[Datum, ...]]:
    for rating in assessment.task_ratings():
        task = assessment.plan.task(rating.task_id)
        yield (*_task(task), *rated_cells(rating), apart_cell(rating))


def apart_cell(rating: Rating) -> Datum:
    """Say whether a task is counted apart from the grades."""
    return "是" if is_nothing_due(rating) else None


def _task(task: Task) -> tuple[Datum, ...]:
    return (
        task.task_id, task.label, task.number, task.source_number, task.action, task.heading,
        task.goal, ";".join(task.leaders), ";".join(task.lead_units),
    )  # fmt: skip


def _milestones(assessment: Assessment) -> Iterable[tuple[Datum, ...]]:
    rows = {
        (row.milestone_id, row.unit): row
        for row in reversed(assessment.progress)
        if row.quarter == assessment.quarter
    }
    milestones = {m.milestone_id: m for m in assessment.plan.milestones}
    for rating in _of_level(assessment, Level.MILESTONE):
        item = milestones[rating.subject_id]
        yield (
            item.milestone_id, item.task_id, rating.unit, item.workstream,
            ";".join(map(str, item.quarters)), item.text.strip(), *rated_cells(rating),
            *reported_cells(rows.get((rating.subject_id, rating.unit or ""))),
        )  # fmt: skip


def _of_level(assessment: Assessment, level: Level) -> Sequence[Rating]:
    return [r for r in assessment.ratings if (r.level, r.quarter) == (level, assessment.quarter)]


def reported_cells(row: ProgressRow | None) -> tuple[Datum, ...]:
    """Set out what a unit reported under the columns `REPORTED`."""
    if row is None:
        return (None,) * len(REPORTED)
    return (
        row.progress or None, row.problem or None, row.cause or None, row.next_step or None,
        row.due_date, row.coordination or None,
    )  # fmt: skip


def _targets(assessment: Assessment) -> Iterable[tuple[Datum, ...]]:
    """List every target of the plan by reporting unit, rated or not yet due."""
    rated = {(r.subject_id, r.unit): r for r in _of_level(assessment, Level.TARGET)}
    actuals = {
        (actual.target_id, row.unit): (row, actual)
        for row in assessment.progress
        if row.quarter == assessment.quarter
        for actual in row.actuals
        if actual.value is not None
    }
    for target in assessment.plan.targets:
        for unit in assessment.plan.task(target.task_id).lead_units:
            if assessment.rating_unit in (None, unit):
                key = (target.target_id, unit)
                yield (*_target(target, unit, actuals.get(key)), *rated_cells(rated.get(key)))


def _target(
    target: Target, unit: str, reported: tuple[ProgressRow, Actual] | None
) -> tuple[Datum, ...]:
    value: Decimal | None = None
    place: tuple[Datum, ...] = (None, None)
    if reported is not None:
        row, actual = reported
        value, place = (
            actual.value,
            (row.file.rsplit("/", 1)[-1], f"{actual.sheet or row.sheet}!{actual.cell}"),
        )
    return (
        target.target_id, target.task_id, unit, target.measure, target.quarter,
        str(target.comparator), target.value, target.value_high, value, target.unit,
        str(target.basis), *place,
    )  # fmt: skip


def _units(assessment: Assessment) -> Iterable[tuple[Datum, ...]]:
    leads: dict[str, int] = {}
    for task in assessment.plan.tasks:
        for unit in task.lead_units:
            leads[unit] = leads.get(unit, 0) + 1
    for status in assessment.return_status:
        if status.quarter == assessment.quarter:
            yield (
                status.unit, str(status.state), status.reported_on,
                leads.get(status.unit, 0), status.file or None,
            )  # fmt: skip


def _finding(finding: Finding) -> tuple[Datum, ...]:
    return (
        finding.code, finding.severity.value, finding.unit or None, finding.task_id or None,
        finding.file or None, finding.sheet or None, finding.cell or None, finding.line,
        finding.message, finding.expected or None, finding.found or None,
    )  # fmt: skip
