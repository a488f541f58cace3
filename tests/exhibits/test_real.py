"""The real table with its demonstration returns: sums, slices, and figures that can be traced."""

import csv
import io
import json
import re
from collections import Counter
from typing import Any

import pdfplumber
import pytest
from bs4 import BeautifulSoup

from reporting.assess import rule
from reporting.assess.rollups import by_action, by_heading, by_leader, by_unit, total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Level, Subject, SubjectKind
from reporting.grades import Grade
from reporting.publish.html import render_html
from reporting.publish.pdf import render_pdf
from reporting.publish.tables import write_tables


def records(assessment: Assessment, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_tables(assessment)[f"{name}.csv"].decode())))


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_counts_add_up(real_years: dict[int, Assessment], quarter: int) -> None:
    """All 188 tasks are counted once in every quarter, and in every grouping that parts them."""
    city = real_years[quarter]
    for earlier in range(1, quarter + 1):
        assert sum(city.counts(earlier).values()) == len(city.plan.tasks) == 188
    for groups in (by_action(city), by_heading(city)):
        assert sum(group.total for group in groups) == 188
        for grade in Grade:
            assert sum(group.counts[grade] for group in groups) == city.counts()[grade]
    pairs = sum(len(task.lead_units) for task in city.plan.tasks)
    assert sum(group.total for group in by_unit(city)) == pairs
    named = sum(max(len(task.leaders), 1) for task in city.plan.tasks)
    assert sum(group.total for group in by_leader(city)) == named
    assert total(city).total == 188


def test_ratings_rest_on_evidence(real_years: dict[int, Assessment]) -> None:
    """Every judgement quotes a cell, unless nothing was reported or nothing was due."""
    silent = {rule.NOT_REPORTED, rule.CARRIED, rule.UNDECIDED}
    codes = {clause.code for clause in real_years[4].rule}
    for rating in real_years[4].ratings:
        assert rating.rule in codes
        assert rating.reason.endswith("。")
        if rating.rule not in silent:
            assert rating.evidence
            assert rating.evidence[0].cell


def test_quotes_are_verbatim(real_city: Assessment) -> None:
    """The status sentence quoted for a milestone stands in the unit's own text."""
    rows = {(r.milestone_id, r.unit, r.quarter): r for r in real_city.progress}
    quoted = 0
    for rating in real_city.ratings:
        row = rows.get((rating.subject_id, rating.unit or "", rating.quarter))
        if rating.level is Level.MILESTONE and rating.rule == rule.BY_TEXT and row:
            assert rating.evidence[-1].quote.removesuffix("……") in row.progress
            quoted += 1
    assert quoted > 300


def test_earlier_quarters_stay_as_they_were(real_years: dict[int, Assessment]) -> None:
    """What was rated at the end of a quarter is what later packs compare with."""
    for quarter in (1, 2, 3):
        assert real_years[quarter].task_ratings() == real_years[4].task_ratings(quarter)


def test_unit_slices_hold_no_other_units_text(real_city: Assessment) -> None:
    """No slice of a unit holds a row, a rating or a longer text of another unit."""
    for unit in real_city.plan.lead_units:
        own = slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit))
        assert {row.unit for row in own.progress} <= {unit}
        assert {rating.unit for rating in own.ratings} <= {unit}
        assert {finding.unit for finding in own.findings} <= {unit, ""}
        texts = {row.progress for row in own.progress}
        dump = json.dumps(own.model_dump(mode="json"), ensure_ascii=False)
        for row in real_city.progress:
            if row.unit != unit and row.progress not in texts and len(row.progress) > 40:
                assert json.dumps(row.progress, ensure_ascii=False)[1:-1] not in dump


def test_sample_mark_is_set(real_city: Assessment) -> None:
    """The demonstration returns mark whatever is made from them."""
    assert real_city.is_sample
    for unit in real_city.plan.lead_units[:3]:
        assert slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit)).is_sample


@pytest.fixture(scope="module")
def page(real_pack: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(render_html(real_pack).decode(), "lxml")


@pytest.fixture(scope="module")
def paper(real_pack: dict[str, Any]) -> str:
    """Take the words of the upright pages (the annex is turned), without white space."""
    with pdfplumber.open(io.BytesIO(render_pdf(real_pack))) as pdf:
        upright = [page.extract_text() for page in pdf.pages if page.width < page.height]
    return re.sub(r"\s", "", "".join(upright))


def rows_of(page: BeautifulSoup, caption: str) -> list[list[str]]:
    for table in page.find_all("table"):
        if table.caption and table.caption.get_text(strip=True).startswith(caption):
            body = table.tbody
            assert body is not None
            found = [row.find_all(["td", "th"]) for row in body.find_all("tr")]
            return [[cell.get_text(strip=True) for cell in row] for row in found if row]
    raise AssertionError(f"no table {caption}")


def grade_word(cell: str) -> str:
    """Take the word of a grade without its shape."""
    return next(str(grade) for grade in Grade if str(grade) in cell)


def test_counts_and_shares_can_be_traced(
    real_city: Assessment, page: BeautifulSoup, paper: str
) -> None:
    """Counts and shares of the HTML and the PDF are those counted from the CSV file."""
    counted = Counter(record["grade"] for record in records(real_city, "tasks"))
    *rows, last = rows_of(page, "任务核定结果")
    assert {grade_word(r[0]): int(r[1]) for r in rows if int(r[1])} == dict(counted)
    for row in rows:
        assert row[2] == f"{_half_up(1000 * int(row[1]), 188) / 10:.1f}%"
    assert last[1:3] == ["188", "100.0%"]
    for grade, count in counted.items():
        share = f"{_half_up(1000 * count, 188) / 10:.1f}%"
        assert f"“{grade}”{count}项，占{share}" in paper


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


@pytest.mark.parametrize(
    ("caption", "field"),
    [("分责任领导任务核定结果", "leaders"), ("分专项行动任务核定结果", "action")],
)
def test_groups_can_be_traced(
    real_city: Assessment, page: BeautifulSoup, caption: str, field: str
) -> None:
    """Totals by leader and by action are those counted from the CSV file."""
    counted: Counter[str] = Counter()
    for record in records(real_city, "tasks"):
        counted.update((record[field] or "未明确责任领导").split(";"))
    *rows, last = rows_of(page, caption)
    assert {row[0]: int(row[1]) for row in rows} == dict(counted)
    assert last[1] == "188"


def test_targets_can_be_traced(real_city: Assessment, page: BeautifulSoup) -> None:
    """Every target rated this quarter stands in the page with its plan, actual and grade."""
    rated = [r for r in records(real_city, "targets") if r["grade"]]
    shown = rows_of(page, "本季度到期的量化指标")
    wanted = sorted((int(r["task_id"][-3:]), r["measure"], r["grade"]) for r in rated)
    assert sorted((int(row[0]), row[1], grade_word(row[-1])) for row in shown) == wanted


def test_late_and_missing_returns_can_be_traced(real_city: Assessment, paper: str) -> None:
    """The sentence on returns counts what the units table lists."""
    states = Counter(record["state"] for record in records(real_city, "units"))
    assert f"应报送的{sum(states.values())}个牵头单位中，按时报送的{states['按时报送']}个" in paper
    for state, count in states.items():
        if state != "按时报送":
            assert f"{state}的{count}个" in paper


def test_nothing_unwritten_shows(page: BeautifulSoup) -> None:
    """No program's word for nothing reaches the reader."""
    words = page.get_text()
    for trace in ("None", "nan", "Decimal(", "Grade."):
        assert trace not in words
