"""A DataFrame of an analyst's as a table whose figures lead to the tasks they rest on."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_numeric_dtype

from reporting.assess.values import Assessment
from reporting.documents.blocks import Column, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.errors import UsageError
from reporting.exhibits.building import Cell, exhibit, mark, nothing, number, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import counted, stated
from reporting.grades import Scale
from reporting.language.numerals import figure, rounded, short_of
from reporting.periods import full_date
from reporting.tables.fields import FURTHER, PERIOD, TABLES

_MISSING = "—"
_PLACES = 6
_LABELS = {
    field.name: field.label
    for _, fields in (*FURTHER.values(), *TABLES.values())
    for field in (*PERIOD, *fields)
}


@in_labels
def frame(
    assessment: Assessment,
    data: pd.DataFrame,
    *,
    caption: str = "",
    labels: Mapping[str, str] | None = None,
    tasks: "str | pd.Series[Any]" = "task_id",
) -> Exhibit:
    """Show a DataFrame as a table of the report, each row leading to the tasks it rests on.

    Named indexes come first. Numbers are written to six places at most and ``gap`` to one, as
    the reports do, what is missing as a dash, grades with their colour, days in full.

    Parameters
    ----------
    labels : mapping of str to str, optional
        Headings by column; columns of `reporting.tables` have theirs.
    tasks : str or Series, optional
        The ids of the tasks that each row rests on, one or a tuple of several: a column, which is
        not printed, or a series by the same index.

    Raises
    ------
    UsageError
        The ids are not told, or one is of no task that the report knows.

    Examples
    --------
    >>> late = assessment.frames.tasks.query("gap > 10")  # doctest: +SKIP
    >>> show.frame(assessment, late[["task_id", "label", "grade", "gap"]])  # doctest: +SKIP
    """
    rests = _tasks_of_rows(data, tasks)
    _expect_known(assessment, rests)
    printed = _printed(data, tasks)
    if printed.empty:
        return exhibit(nothing("没有符合条件的内容。"))
    words = {**_LABELS, **(labels or {})}
    columns = [
        _column(f"c{at}", words.get(str(name), _heading(name)), printed.iloc[:, at])
        for at, name in enumerate(printed.columns)
    ]
    rows = [
        Row(cells=cells, origin=tuple(_origin(columns, cells, ids)))
        for cells, ids in zip(_cells(printed, assessment.scale), rests, strict=True)
    ]
    return exhibit(
        Table(columns=tuple(columns), rows=tuple(rows), caption=caption, sortable=len(rows) > 5)
    )


def _tasks_of_rows(data: pd.DataFrame, tasks: "str | pd.Series[Any]") -> list[tuple[str, ...]]:
    """Give the ids that each row rests on."""
    if not isinstance(tasks, str):
        if not data.index.isin(tasks.index).all():
            raise UsageError("show.frame 的 tasks 与表的索引不一致：有的行没有写出自哪些任务。")
        given = tasks.reindex(data.index)
    elif tasks in data.columns:
        given = data[tasks]
    else:
        raise UsageError(
            f"show.frame 的表应有“{tasks}”列，写明每一行出自哪些任务（一个编号，或者几个编号的"
            f"元组）；现有的列为：{'、'.join(map(_heading, data.columns))}。"
        )
    return [_ids(value) for value in given]


def _ids(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return tuple(dict.fromkeys(value))
    raise UsageError(f"show.frame 的任务编号应为文字或者文字的元组，现为“{value}”。")


def _expect_known(assessment: Assessment, rests: Sequence[tuple[str, ...]]) -> None:
    known = {task.task_id for task in assessment.plan.tasks}
    if unknown := sorted({one for ids in rests for one in ids} - known):
        more = f"等{len(unknown)}个" if len(unknown) > 1 else ""
        raise UsageError(f"show.frame 的任务编号“{unknown[0]}”{more}不在本报告的任务之中。")


def _printed(data: pd.DataFrame, tasks: "str | pd.Series[Any]") -> pd.DataFrame:
    """Put named indexes in front, and leave out the ids."""
    kept = data.drop(columns=tasks) if isinstance(tasks, str) else data
    levels = [
        pd.Series(kept.index.get_level_values(at), name=name, index=kept.index)
        for at, name in enumerate(kept.index.names)
        if name is not None
    ]
    # Side by side: a pivot's columns are a list of grades, which takes no other name.
    plain = kept.set_axis(list(kept.columns), axis="columns")
    return pd.concat([*levels, plain], axis="columns")


def _heading(name: Hashable) -> str:
    return "，".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _column(key: str, label: str, values: "pd.Series[Any]") -> Column:
    if is_numeric_dtype(values) and not is_bool_dtype(values):
        return number(key, label)
    if isinstance(values.dtype, pd.CategoricalDtype) or is_bool_dtype(values):
        return mark(key, label, 1.2)
    if is_datetime64_any_dtype(values):
        return text(key, label, 1.4)
    longest = max((len(str(value)) for value in values.dropna()), default=0)
    return text(key, label, 3 if longest > 20 else 1.2)


def _cells(printed: pd.DataFrame, scale: Scale) -> Iterator[tuple[Cell, ...]]:
    columns = [
        [_cell(value, name, scale) for value in printed.iloc[:, at].astype(object)]
        for at, name in enumerate(printed.columns)
    ]
    return zip(*columns, strict=True)


def _cell(value: Any, name: Hashable, scale: Scale) -> Cell:
    """Write a value as the reports do, by the name of its column."""
    if isinstance(value, tuple | list):
        return "、".join(map(str, value)) or _MISSING
    if value is None or pd.isna(value):
        return _MISSING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return full_date(value.date())
    if isinstance(value, str):
        return scale.named(value) or value
    if isinstance(value, int | float | Decimal):
        exact = Decimal(str(value))
        return short_of(exact) if name == "gap" else figure(rounded(exact, _PLACES))
    return str(value)


def _origin(columns: Sequence[Column], cells: Sequence[Cell], ids: Sequence[str]) -> Iterator[Step]:
    """Lead from the row to its tasks, and state each figure that was worked out of them."""
    yield counted("本行所据任务", ids)
    for column, written in zip(columns, cells, strict=True):
        if column.numeric and written != _MISSING:
            yield stated(f"{column.label}：{written}", ids, column=column.key)
