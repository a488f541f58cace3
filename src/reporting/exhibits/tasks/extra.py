"""What units filled in in the columns of the office's own."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.assess.values import Assessment
from reporting.documents.blocks import Column, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.errors import UsageError
from reporting.exhibits.building import exhibit, mark, nothing, number, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import task_link
from reporting.exhibits.origins.steps import stated
from reporting.language.numerals import figure
from reporting.periods import full_date
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.values import ExtraValue, ProgressRow

_MISSING = "—"


@in_labels
def extra(assessment: Assessment, name: str = "", *, total: bool = False) -> Exhibit:
    """Show what was reported this quarter in the office's own columns, one row a return's row.

    Parameters
    ----------
    name : str, optional
        The column to show; all of them where none is named.
    total : bool, optional
        Add up the columns of numbers. What was left empty is not in the sum, and is counted.

    Raises
    ------
    UsageError
        There is no column of that name.
    """
    columns = _chosen(assessment, name)
    rows = [row for row in assessment.progress if row.quarter == assessment.quarter]
    filled = [row for row in rows if any(_value(row, column) for column in columns)]
    if not filled:
        words = "、".join(column.name for column in columns)
        return exhibit(nothing(f"本季度没有单位填报{words}。" if words else "报送表没有另加的列。"))
    filled.sort(key=lambda row: (row.task_id, row.milestone_id, row.unit))
    keyed = {f"extra{at}": column for at, column in enumerate(columns)}
    shown = [_row(assessment, row, keyed) for row in filled]
    if total and any(column.kind == "number" for column in columns):
        shown.append(_total(rows, filled, keyed))
    table = Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 2), text("unit", "填报单位", 1.3),
            *(_column(key, column) for key, column in keyed.items()),
        ),
        rows=tuple(shown),
        caption=columns[0].name if len(columns) == 1 else "报送表另加的各列",
        sortable=len(filled) > 5,
    )  # fmt: skip
    return exhibit(table)


def _chosen(assessment: Assessment, name: str) -> Sequence[ExtraColumn]:
    columns = assessment.extra_columns
    if not name:
        return columns
    found = [column for column in columns if column.name == name]
    if not found:
        known = "、".join(column.name for column in columns) or "没有另加的列"
        raise UsageError(
            f"show.extra 应写参数文件 returns.columns 中的列名（{known}），现为“{name}”。"
        )
    return found


def _value(row: ProgressRow, column: ExtraColumn) -> ExtraValue | None:
    """Find what a row holds for a column; what was of another kind or unit is another column's."""
    asked = (column.name, column.kind, column.unit)
    return next((one for one in row.extra if (one.name, one.kind, one.unit) == asked), None)


def _column(key: str, column: ExtraColumn) -> Column:
    if column.kind == "number":
        return number(key, column.label)
    return text(key, column.label, 1.4) if column.kind == "text" else mark(key, column.label)


def _row(assessment: Assessment, row: ProgressRow, keyed: dict[str, ExtraColumn]) -> Row:
    task = assessment.plan.task(row.task_id)
    values = {key: _value(row, column) for key, column in keyed.items()}
    written = (_written(value) if value else _MISSING for value in values.values())
    origin = tuple(_step(row, key, value) for key, value in values.items() if value)
    return Row(cells=(task.label, task_link(task, 30), row.unit, *written), origin=origin)


def _written(value: ExtraValue) -> str:
    return full_date(value.day) if value.day is not None else value.text


def _step(row: ProgressRow, key: str, value: ExtraValue) -> Step:
    """Say in which cell a value stands, and lead to what is known of its task."""
    place = f"{row.file.rsplit('/', 1)[-1]}“{row.sheet}”表 {value.cell}"
    return stated(f"{value.name}：{value.words}（{place}）", (row.task_id,), column=key)


def _total(
    rows: Sequence[ProgressRow], filled: Sequence[ProgressRow], keyed: dict[str, ExtraColumn]
) -> Row:
    sums = {key: _sum(filled, column) for key, column in keyed.items() if column.kind == "number"}
    written = (figure(sums[key][0]) if key in sums else "" for key in keyed)
    return Row(
        cells=("", "合计", "", *written),
        total=True,
        origin=tuple(_summed(rows, keyed[key], key, *found) for key, found in sums.items()),
    )


def _sum(rows: Sequence[ProgressRow], column: ExtraColumn) -> tuple[Decimal, list[ProgressRow]]:
    added = list(_numbers(rows, column))
    return sum((value for _, value in added), Decimal(0)), [row for row, _ in added]


def _numbers(
    rows: Sequence[ProgressRow], column: ExtraColumn
) -> Iterator[tuple[ProgressRow, Decimal]]:
    for row in rows:
        value = _value(row, column)
        if value is not None and value.number is not None:
            yield row, value.number


def _summed(
    rows: Sequence[ProgressRow],
    column: ExtraColumn,
    key: str,
    whole: Decimal,
    added: Sequence[ProgressRow],
) -> Step:
    """State a sum with how many cells it adds up, and how many were left empty."""
    empty = len(rows) - len(added)
    counted = f"{len(added)}行相加" + (f"，另有{empty}行未填，未计入" if empty else "")
    words = f"{column.label}合计：{figure(whole)}（{counted}）"
    return stated(words, [row.task_id for row in added], column=key)
