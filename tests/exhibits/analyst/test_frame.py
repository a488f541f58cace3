"""A DataFrame as an exhibit: what it prints, and what its rows lead to."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from assess.rating_samples import UNIT

from exhibits.sources.printed import Page
from reporting import UsageError, show
from reporting.assess.values import Assessment
from reporting.documents.blocks import BLOCKS, Notice, Table
from reporting.documents.exhibit import EXHIBIT_MEDIA, Exhibit
from reporting.documents.html.page import render_html
from reporting.documents.plain_text import to_text
from reporting.notebook import LoadedAssessment

ID = "2023-001"


def shown(city: Assessment, data: pd.DataFrame, **options: Any) -> Table:
    (block,) = show.frame(city, data, **options).blocks
    assert isinstance(block, Table)
    return block


def lines(table: Table) -> list[list[str]]:
    return [line.split("\t") for line in to_text((table,)).splitlines()]


@pytest.fixture
def tasks(city: Assessment) -> pd.DataFrame:
    return LoadedAssessment.of(city).frames.tasks


def test_columns_of_the_tables_have_their_words(city: Assessment, tasks: pd.DataFrame) -> None:
    """The ids lead and are not printed; several names stand in a cell; grades are grades."""
    table = shown(city, tasks[["task_id", "label", "lead_units", "grade", "nothing_due"]])
    head, first, second, _ = lines(table)
    assert head == ["任务号", "牵头单位", "核定结果", "本季度无到期事项"]
    assert first == ["1", UNIT, "未达序时进度", "否"]
    assert second[1] == f"{UNIT}、市科技局"
    assert [column.align for column in table.columns] == ["left", "left", "center", "center"]
    assert table.rows[0].cells[2][0].kind == "grade"
    assert [row.origin[0].of for row in table.rows] == [("task-001",), ("task-002",), ("task-003",)]


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([1.5], "1.5"),
        ([66.666_666_666], "66.666667"),
        ([1e9], "1000000000"),
        ([120.0], "120"),
        (pd.array([7], dtype="Int64"), "7"),
        (pd.array([pd.NA], dtype="Int64"), "—"),
        ([float("nan")], "—"),
        ([Decimal("0.10")], "0.1"),
        ([None], "—"),
        ([pd.Timestamp("2023-10-08")], "2023年10月8日"),
        ([pd.NaT], "—"),
        ([True], "是"),
        ([()], "—"),
        ([("甲", "乙")], "甲、乙"),
        (["=1+1"], "=1+1"),
        (["<b>甲</b>"], "<b>甲</b>"),
    ],
)
def test_values_are_written_as_in_reports(city: Assessment, values: Any, written: str) -> None:
    """Whatever dtype holds them."""
    table = shown(city, pd.DataFrame({"task_id": [ID], "数": values}))
    assert lines(table) == [["数"], [written]]


def test_a_gap_reads_as_elsewhere(city: Assessment) -> None:
    """To one place, and to two where a round limit is just passed."""
    table = shown(city, pd.DataFrame({"task_id": [ID, ID], "gap": [66.666667, 30.04]}))
    assert lines(table) == [["差距（百分点）"], ["66.7"], ["30.04"]]


def test_counts_state_their_figure_and_lead_to_the_tasks(
    city: Assessment, tasks: pd.DataFrame
) -> None:
    """The index comes first; each figure is a step of its own column."""
    counted = tasks.groupby("grade", observed=True).agg(
        count=("task_id", "size"), ids=("task_id", tuple)
    )
    table = shown(city, counted, tasks="ids", labels={"count": "任务数"}, caption="计数")
    assert table.caption == "计数"
    assert [column.label for column in table.columns] == ["核定结果", "任务数"]
    for row, (_, given) in zip(table.rows, counted.iterrows(), strict=True):
        whole, own = row.origin
        assert whole.words == f"本行所据任务：{given['count']}项"
        assert own.words == f"任务数：{given['count']}"
        assert own.column == table.columns[1].key
        assert len(own.of) == given["count"]


def test_a_pivot_takes_its_tasks_by_its_index(city: Assessment, tasks: pd.DataFrame) -> None:
    """Its columns are grades, and it has no column for ids."""
    table = tasks.pivot_table(
        index="action", columns="grade", values="task_id", aggfunc="count", observed=True
    )
    ids = tasks.groupby("action").task_id.agg(tuple)
    made = shown(city, table, tasks=ids)
    assert [column.label for column in made.columns[1:]] == [str(name) for name in table.columns]
    assert len(made.rows) == len(table)


def test_an_empty_frame_says_so(city: Assessment, tasks: pd.DataFrame) -> None:
    """Nothing is shown by saying that there is nothing."""
    (block,) = show.frame(city, tasks[tasks.label == "无"]).blocks
    assert isinstance(block, Notice)
    assert to_text((block,)) == "没有符合条件的内容。"


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        ({"a": [1]}, {}, "show.frame 的表应有“task_id”列，写明每一行出自哪些任务"),
        ({"a": [1]}, {"tasks": "ids"}, "show.frame 的表应有“ids”列"),
        ({"task_id": ["2023-999"]}, {}, "show.frame 的任务编号“2023-999”不在本报告的任务之中。"),
        ({"task_id": [("2023-998", "2023-999")]}, {}, "“2023-998”等2个不在本报告的任务之中。"),
        ({"task_id": [1]}, {}, "show.frame 的任务编号应为文字或者文字的元组，现为“1”。"),
        ({"task_id": [float("nan")]}, {}, "应为文字或者文字的元组，现为“nan”。"),
        ({"a": [1]}, {"tasks": pd.Series({"其他": ID})}, "tasks 与表的索引不一致"),
    ],
)
def test_rows_that_lead_nowhere_are_refused(
    city: Assessment, data: dict[str, Any], options: dict[str, Any], said: str
) -> None:
    """With one sentence that says what was expected, and what was found."""
    with pytest.raises(UsageError, match=r"^show\.frame") as refused:
        show.frame(city, pd.DataFrame(data), **options)
    assert said in str(refused.value)


def test_another_units_task_is_refused(unit_slice: Assessment, tasks: pd.DataFrame) -> None:
    """A report leads to what its own subject may know."""
    with pytest.raises(UsageError, match="“2023-003”不在本报告的任务之中"):
        show.frame(unit_slice, tasks)


def cell(made: Exhibit) -> dict[str, Any]:
    data = {EXHIBIT_MEDIA: {"blocks": BLOCKS.dump_python(made.blocks, mode="json")}}
    output = {"output_type": "execute_result", "metadata": {}, "data": data}
    return {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}


def test_every_number_of_it_resolves_on_the_page(real_city: Assessment) -> None:
    """Of tasks one by one, of counts and of a mean that was reckoned here."""
    tasks = LoadedAssessment.of(real_city).frames.tasks
    late = tasks[tasks.grade >= "未达序时进度"]
    means = late.groupby("action").agg(
        count=("task_id", "size"), gap=("gap", "mean"), ids=("task_id", tuple)
    )
    exhibits = (
        show.cover(real_city),
        show.frame(real_city, late[["task_id", "label", "goal", "grade", "gap"]]),
        show.frame(real_city, means, tasks="ids"),
        show.sources(real_city),
    )
    book = {"cells": [cell(one) for one in exhibits], "metadata": {}, "nbformat": 4}
    page = Page(render_html(book))
    printed = [one for one in page.numbers() if not page.sources(one)]
    assert [(one.number, one.words) for one in printed] == []
    assert sum(1 for _ in page.numbers()) > len(late) + 2 * len(means)
