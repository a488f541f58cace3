"""The assessment as plain tables: CSV files for machines, and the sheets of the annex."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reporting.assess.rating.rule import NOTHING_DUE, is_nothing_due
from reporting.assess.values import Assessment, Evidence, Level, Rating
from reporting.findings import Finding
from reporting.language.numerals import figure, rounded
from reporting.language.visible import visible
from reporting.plan.values import Target, Task
from reporting.returns.values import Actual, ProgressRow
from reporting.values import Value

Datum = str | int | Decimal | date | None
"""What a table cell may hold."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠](?=.)(?![\d.,]+%?\s*\Z)", re.DOTALL)
"""What a spreadsheet would run: a sign with something behind it that is no plain number."""


class Field(Value):
    """A column: its name in the CSV file, its words in the workbook, its width in characters."""

    name: str
    label: str
    wide: float = 12


class DataTable(Value):
    """One table; rows have a value for each field."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Datum, ...], ...]


def _fields(*columns: tuple[str, str, float]) -> tuple[Field, ...]:
    return tuple(Field(name=name, label=label, wide=wide) for name, label, wide in columns)


_RATED = (
    ("self_rating", "单位自评", 14),
    ("grade", "核定结果", 14),
    ("previous", "上季度核定", 14),
    ("gap", "差距（百分点）", 12),
    ("rule", "条款", 7),
    ("reason", "核定理由", 50),
    ("evidence", "核定依据", 50),
    ("evidence_cell", "依据位置", 14),
)
_REPORTED = (
    ("progress", "本季度进展", 60),
    ("problem", "存在问题", 30),
    ("cause", "原因", 30),
    ("next_step", "下一步措施", 30),
    ("due_date", "完成时限", 14),
    ("coordination", "需协调事项", 30),
)
_PERIOD = _fields(("report_year", "报告年度", 9), ("report_quarter", "报告季度", 9))
_TASKS = _fields(
    ("task_id", "任务编号", 11), ("label", "任务号", 8), ("number", "行序", 7),
    ("source_number", "原表编号", 9),
    ("action", "专项行动", 22), ("heading", "总体要求", 40), ("goal", "年度目标及工作内容", 50),
    ("leaders", "责任领导", 12), ("lead_units", "牵头单位", 22), *_RATED,
    ("nothing_due", NOTHING_DUE, 12),
)  # fmt: skip
_MILESTONES = _fields(
    ("milestone_id", "事项编号", 14), ("task_id", "任务编号", 11), ("unit", "填报单位", 20),
    ("workstream", "工作子项", 18), ("quarters", "时段（季度）", 11),
    ("text", "计划原文", 50), *_RATED, *_REPORTED,
)  # fmt: skip
_TARGETS = _fields(
    ("target_id", "指标编号", 14), ("task_id", "任务编号", 11), ("unit", "填报单位", 20),
    ("measure", "指标名称", 30), ("quarter", "应完成季度", 11), ("comparator", "比较方式", 9),
    ("plan", "计划值", 12), ("plan_high", "计划值上限", 12), ("actual", "实际值", 12),
    ("measure_unit", "计量单位", 10), ("basis", "口径", 11), ("actual_file", "实际值所在文件", 30),
    ("actual_cell", "实际值位置", 14), *_RATED,
)  # fmt: skip
_UNITS = _fields(
    ("unit", "牵头单位", 22), ("state", "报送情况", 16), ("reported_on", "填报日期", 14),
    ("tasks", "任务数", 9), ("file", "报表文件", 30),
)  # fmt: skip
_FINDINGS = _fields(
    ("code", "代码", 22), ("severity", "类别", 9), ("unit", "单位", 20),
    ("task_id", "任务编号", 11),
    ("file", "文件", 30), ("sheet", "工作表", 10), ("cell", "单元格", 9), ("line", "行", 7),
    ("message", "情况", 60), ("expected", "应为", 24), ("found", "实为", 24),
)  # fmt: skip


def tables(assessment: Assessment) -> tuple[DataTable, ...]:
    """Set out the quarter's ratings, the returns' state and the findings as tables."""
    return (
        DataTable(name="tasks", title="任务", fields=_TASKS, rows=tuple(_tasks(assessment))),
        DataTable(
            name="milestones", title="事项", fields=_MILESTONES, rows=tuple(_milestones(assessment))
        ),
        DataTable(name="targets", title="指标", fields=_TARGETS, rows=tuple(_targets(assessment))),
        DataTable(name="units", title="单位", fields=_UNITS, rows=tuple(_units(assessment))),
        DataTable(
            name="findings",
            title="数据说明",
            fields=_FINDINGS,
            rows=tuple(map(_finding, assessment.findings)),
        ),
    )


def dated_tables(assessment: Assessment) -> tuple[DataTable, ...]:
    """Set out the tables with the year and the quarter of the report in front of each row.

    Those of several quarters can then be laid together.
    """
    period = (assessment.period.year, assessment.period.quarter)
    return tuple(
        table.model_copy(
            update={
                "fields": (*_PERIOD, *table.fields),
                "rows": tuple((*period, *row) for row in table.rows),
            }
        )
        for table in tables(assessment)
    )


def write_tables(assessment: Assessment) -> dict[str, bytes]:
    """Write every table as CSV (UTF-8, header, LF), by file name.

    Hidden characters are made visible, as in the pages. A text that a spreadsheet would run as a
    formula, white space before it aside, gets an apostrophe in front; a sign by itself (the
    comparator ``=``) and a number stay as they are. There is no byte-order mark: the data package
    names the encoding, and the guide says how Excel is told.
    """
    return write_csv(dated_tables(assessment))


def write_csv(given: Iterable[DataTable]) -> dict[str, bytes]:
    """Write tables as `write_tables` does."""
    return {f"{table.name}.csv": _csv(table) for table in given}


def _csv(table: DataTable) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows([_written(value) for value in row] for row in table.rows)
    return target.getvalue().encode()


def _written(value: Datum) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = visible(value)
        return f"'{text}" if _FORMULA.match(text) else text
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _gap(rating: Rating) -> Decimal | None:
    """Give a gap as it is judged, to the hundredth, or as far as six places tell more."""
    if rating.gap is None:
        return None
    hundredth = rounded(rating.gap, 2)
    return hundredth if hundredth == rating.gap else Decimal(figure(rounded(rating.gap, 6)))


def _rated(rating: Rating | None) -> tuple[Datum, ...]:
    if rating is None:
        return (None,) * len(_RATED)
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
        yield (*_task(task), *_rated(rating), "是" if is_nothing_due(rating) else None)


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
            ";".join(map(str, item.quarters)), item.text.strip(), *_rated(rating),
            *_reported(rows.get((rating.subject_id, rating.unit or ""))),
        )  # fmt: skip


def _of_level(assessment: Assessment, level: Level) -> Sequence[Rating]:
    return [r for r in assessment.ratings if (r.level, r.quarter) == (level, assessment.quarter)]


def _reported(row: ProgressRow | None) -> tuple[Datum, ...]:
    if row is None:
        return (None,) * len(_REPORTED)
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
                yield (*_target(target, unit, actuals.get(key)), *_rated(rated.get(key)))


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
