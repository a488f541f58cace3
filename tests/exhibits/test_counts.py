"""Counts, rates and charts agree: the grades and what has nothing due are all the tasks."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from openpyxl import load_workbook

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import by_unit, total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, ReturnState, Subject, SubjectKind
from reporting.documents.blocks import Figure, Table, text_of, walk
from reporting.documents.exhibit import Exhibit
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.exhibits.charts import rating_chart
from reporting.exhibits.facts import is_silent
from reporting.grades import USUAL, Grade
from reporting.publish.pack.tables import write_tables
from reporting.publish.pack.xlsx import write_annex


@pytest.fixture(scope="module")
def second() -> Assessment:
    """Assess a second quarter: one task was done before, one is due, one unit is silent."""
    tasks = [task(1), task(2), task(3, units=(OTHER,))]
    parts = [milestone(1, 1, (1,)), milestone(2, 1, (2,)), milestone(3, 1, (2,))]
    then = returns([row(Grade.DONE, "已完成。")], missing=[OTHER])
    now = row(Grade.BEHIND, "场地未落实。", quarter=2, task_id="2023-002",
              milestone_id="2023-002-01")  # fmt: skip
    return rated(plan(tasks, parts), then, returns([now], quarter=2, missing=[OTHER]))


def table_of(exhibit: Exhibit) -> list[list[str]]:
    table = next(block for block in walk(exhibit.blocks) if isinstance(block, Table))
    return [[text_of(cell) for cell in row.cells] for row in table.rows]


def test_the_counts_have_what_is_apart_below_their_sum(second: Assessment) -> None:
    """小计 has the shares, 本季度无到期事项 none, 合计 all tasks."""
    assert table_of(show.counts(second)) == [
        ["已完成", "0", "0.0%", "1", "-1"],
        ["未达序时进度", "1", "50.0%", "0", "+1"],
        ["未报送", "1", "50.0%", "0", "+1"],
        ["小计", "2", "100.0%", "1", "+1"],
        ["本季度无到期事项", "1", "—", "2", "-1"],
        ["合计", "3", "—", "3", "0"],
    ]
    assert "占比以其余任务（小计）为基数。" in to_text(show.counts(second).blocks)


def test_the_units_have_a_rate_only_of_what_they_answered(second: Assessment) -> None:
    """The done task is in no rate, and the silent unit has none."""
    assert table_of(show.unit_table(second)) == [
        [UNIT, "2", "1", "0", "1", "0.0%"],
        [OTHER, "1", "0", "1", "0", "—\n未报送"],
        ["合计", "3", "1", "1", "1", "0.0%"],
    ]


def test_the_heat_table_shows_no_share_of_silence(second: Assessment) -> None:
    """A silent unit's cell says so; what has nothing due is in no count."""
    drawn = next(b for b in show.unit_heat(second).blocks if isinstance(b, Figure))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn.data)
    assert texts.count("未报送") == 1
    assert {"1/1", "0/1", "无到期"} <= set(texts)


def test_the_chart_shows_what_is_apart_without_a_share(second: Assessment) -> None:
    """Its bars are all the tasks."""
    drawn = next(b for b in show.distribution(second).blocks if isinstance(b, Figure))
    assert drawn.alt == (
        "条形图，3项任务的评价：已完成0项，占0.0%，较上季度减少1项；"
        "未达序时进度1项，占50.0%，较上季度增加1项；未报送1项，占50.0%，较上季度增加1项；"
        "本季度无到期事项1项，不计占比，较上季度减少1项。"
    )
    assert rating_chart(total(second)).fingerprint != drawn.fingerprint


def test_a_task_counted_apart_is_marked_in_the_lists(second: Assessment) -> None:
    """Whoever counts the grades of a list sees which do not count."""
    for exhibit in (show.task_table(second), show.annex(second)):
        marked = [cells[0] for cells in table_of(exhibit) if NOTHING_DUE in "".join(cells)]
        assert marked == ["1"]


def slices(city: Assessment) -> Iterator[Assessment]:
    yield city
    for name in city.plan.leaders:
        yield slice_for(city, Subject(kind=SubjectKind.LEADER, name=name))
    for name in city.plan.lead_units:
        yield slice_for(city, Subject(kind=SubjectKind.UNIT, name=name))


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_report_counts_each_task_once(
    real_years: dict[int, Assessment], quarter: int
) -> None:
    """In every slice the rows, the sentence, the chart and the data add up to its tasks."""
    for own in slices(real_years[quarter]):
        tasks = len(own.task_ratings())
        if is_silent(own):
            # The report of a unit that sent nothing is one page of what it owes.
            assert show.counts(own).blocks == ()
            continue
        rows = {cells[0]: cells for cells in table_of(show.counts(own))}
        grades = sum(int(rows[word][1]) for word in map(str, USUAL.values()) if word in rows)
        apart = int(rows[NOTHING_DUE][1]) if NOTHING_DUE in rows else 0
        assert grades + apart == int(rows["合计"][1]) == tasks
        data = list(csv.DictReader(io.StringIO(write_tables(own)["tasks.csv"].decode())))
        assert len(data) == tasks
        assert sum(bool(line["nothing_due"]) for line in data) == apart
        for grade in USUAL.values():
            counted = sum(line["grade"] == str(grade) and not line["nothing_due"] for line in data)
            assert counted == (int(rows[str(grade)][1]) if str(grade) in rows else 0)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_no_silent_unit_has_a_rate(real_years: dict[int, Assessment], quarter: int) -> None:
    """In the city's table and in every leader's, who did not report has a dash and the word."""
    city = real_years[quarter]
    silent = {
        s.unit for s in city.return_status
        if s.quarter == quarter and s.state is ReturnState.MISSING
    }  # fmt: skip
    assert silent
    for own in slices(city):
        if own.subject.kind is not SubjectKind.UNIT:
            cells = {line[0]: line[-1] for line in table_of(show.unit_table(own))}
            for unit in silent & cells.keys():
                assert cells[unit] in ("—\n未报送", "—\n无到期")
    assert all(not group.has_rate for group in by_unit(city) if group.label in silent)


def test_the_annex_counts_as_the_pack(second: Assessment) -> None:
    """The workbook's first sheet has what is apart as a line of its own; all lines add up."""
    sheet = load_workbook(io.BytesIO(write_annex(second)))["总体情况"]
    lines = {str(cells[0]): cells[1] for cells in sheet.iter_rows(min_row=5, values_only=True)}
    assert (lines[NOTHING_DUE], lines["合计"]) == (1, 3)
    assert sum(int(str(lines[str(word)])) for word in (*USUAL.values(), NOTHING_DUE)) == 3
