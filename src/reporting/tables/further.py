"""Tables that only notebooks have: rows of returns, ratings of all quarters, changes, sources."""

from collections.abc import Callable, Iterable, Mapping

from reporting.assess.values import Assessment, Level
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.values import ProgressRow
from reporting.tables.fields import EXTRA, FURTHER, DataTable, Datum, Field
from reporting.tables.rows import apart_cell, extra_table, rated_cells, reported_cells

_Rows = Iterable[tuple[Datum, ...]]


def further_table(assessment: Assessment, name: str) -> DataTable:
    """Set out one of the tables that a pack has no file of."""
    if name == EXTRA:
        return extra_table(assessment)
    title, fields = FURTHER[name]
    if name == "progress":
        fields = (*fields, *map(_extra_field, assessment.extra_columns))
    return DataTable(name=name, title=title, fields=fields, rows=tuple(_ROWS[name](assessment)))


def _progress(assessment: Assessment) -> _Rows:
    for row in assessment.progress:
        yield (
            row.quarter, row.unit, row.task_id, row.milestone_id,
            str(row.self_rating) if row.self_rating else None, *reported_cells(row),
            row.evidence or None, row.reporter or None, row.approver or None, row.reported_on,
            row.file or None, row.sheet or None, row.cells.get("progress"),
            *_extra_cells(assessment, row),
        )  # fmt: skip


_TYPES = {"number": "number", "date": "date"}


def _extra_field(column: ExtraColumn) -> Field:
    """Make the column of a column of the office's own, which its name is enough for."""
    kind = _TYPES.get(column.kind, "string")
    return Field(name=column.name, label=column.label, wide=16, kind=kind)


def _extra_cells(assessment: Assessment, row: ProgressRow) -> tuple[Datum, ...]:
    known = {(one.name, one.kind, one.unit): one for one in row.extra}
    found = (known.get((c.name, c.kind, c.unit)) for c in assessment.extra_columns)
    return tuple(
        None if one is None else one.number if one.kind == "number" else one.day or one.text
        for one in found
    )


def _ratings(assessment: Assessment) -> _Rows:
    for rating in assessment.ratings:
        yield (
            str(rating.level), rating.subject_id, rating.task_id, rating.unit, rating.quarter,
            rating.plan, rating.actual, *rated_cells(rating),
            apart_cell(rating) if rating.level is Level.TASK else None,
        )  # fmt: skip


def _changes(assessment: Assessment) -> _Rows:
    for edition in assessment.editions:
        for one in edition.changes:
            yield (
                edition.number, edition.on, str(one.kind), one.task_id or None, one.label or None,
                one.unit or None, one.quarter, one.field, one.old or None, one.new or None,
                one.old_where or None, one.new_where or None, one.reason or None, one.on,
            )  # fmt: skip


def _sources(assessment: Assessment) -> _Rows:
    arrived = {status.file: status for status in assessment.return_status if status.file}
    for rating in assessment.ratings:
        for one in rating.evidence:
            status = arrived.get(one.file)
            yield (
                str(rating.level), rating.subject_id, rating.task_id, rating.unit, rating.quarter,
                one.quote, (one.quarter or rating.quarter) if one.file else None,
                one.file or None, one.sheet or None, one.cell or None, *(
                    (None, None, None) if status is None
                    else (status.sha256 or None, status.round, status.received_on)
                ),
            )  # fmt: skip


_ROWS: Mapping[str, Callable[[Assessment], _Rows]] = {
    "progress": _progress,
    "ratings": _ratings,
    "changes": _changes,
    "sources": _sources,
}
