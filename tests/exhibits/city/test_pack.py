"""The city's pack of the real table: one page for the mayor, a short body, nothing left out."""

import csv
import io
import re
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup

from reporting.assess.values import Assessment
from reporting.documents.blocks import Cover, Link, Page, Row, Table, text_of, walk
from reporting.documents.complete import entries_of
from reporting.documents.document import Document
from reporting.documents.html.page import render_html
from reporting.documents.typst.pdf import render_pdf
from reporting.exhibits import show
from reporting.plan.figures.series import series_keys
from reporting.publish.pack.tables import write_tables

QUARTERS = (1, 2, 3, 4)
MOST_PAGES = 16
GOOD = {"已完成", "达到序时进度"}


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return [re.sub(r"\s", "", text) for text in texts]


@pytest.fixture(scope="module")
def papers(bodies: dict[int, dict[str, Any]]) -> dict[int, list[str]]:
    """Give the words of each page, without white space."""
    return {quarter: pages_of(render_pdf(body)) for quarter, body in bodies.items()}


def tasks(city: Assessment) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_tables(city)["tasks.csv"].decode())))


def rows(document: Document) -> list[Row]:
    return [part for part in walk(document.blocks) if isinstance(part, Row)]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_body_is_short(papers: dict[int, list[str]], quarter: int) -> None:
    """From the mayor's page to the first annex there are no more pages than one reads."""
    cover, *body = papers[quarter]
    assert "任务进展" in cover
    assert len(body) <= MOST_PAGES


@pytest.mark.parametrize("quarter", QUARTERS)
def test_mayors_page_is_one_page(
    papers: dict[int, list[str]], documents: dict[int, Document], quarter: int
) -> None:
    """It follows the cover, holds its first and its last words, and nothing stands beside it."""
    blocks = documents[quarter].blocks
    assert isinstance(blocks[0], Cover)
    page = next(block for block in blocks if isinstance(block, Page))
    last = [table for table in page.blocks if isinstance(table, Table)][-1].rows[-1]
    printed = papers[quarter][1]
    assert "市长一页四个数" in printed
    assert re.sub(r"\s", "", text_of(last.cells[-1])) in printed
    assert "目录" in papers[quarter][2]
    assert "一、总体情况" not in printed


def test_annexes_begin_where_the_body_ends(
    papers: dict[int, list[str]], real_pdf: bytes, real_pack: dict[str, Any]
) -> None:
    """The pages counted here are those of the whole pack; its contents name every annex."""
    whole = pages_of(real_pdf)
    first = next(n for n, words in enumerate(whole) if n > 2 and "附件1年度目标计分表" in words)
    assert first == len(papers[3])
    for number in range(1, 10):
        assert f"附件{number}" in whole[2]
    assert len([cell for cell in real_pack["cells"] if cell["id"].endswith("annex")]) == 9


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_late_task_stands_in_the_body(
    real_years: dict[int, Assessment], documents: dict[int, Document], quarter: int
) -> None:
    """Whatever is neither done nor on schedule has its line there, with unit and grade."""
    wanted = {int(r["number"]): r for r in tasks(real_years[quarter]) if r["grade"] not in GOOD}
    found = {int(r.anchor[5:]): r for r in rows(documents[quarter]) if r.anchor.startswith("late-")}
    assert found.keys() == wanted.keys()
    for number, row in found.items():
        said = "".join(map(text_of, row.cells))
        assert f"任务{wanted[number]['label']}　" in said
        assert wanted[number]["grade"] in said
        assert all(unit in said for unit in wanted[number]["lead_units"].split(";"))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_reported_annual_figure_has_a_score(
    real_years: dict[int, Assessment], quarter: int
) -> None:
    """A figure of the goal that any return so far gave, itself or by its series, is in the table.

    Those without one are there as well, and say so.
    """
    city = real_years[quarter]
    keys = series_keys(city.plan)
    said = {
        (row.unit, keys[actual.target_id])
        for row in city.progress
        for actual in row.actuals
        if actual.value is not None and row.quarter <= quarter
    }
    table = next(b for b in show.score_table(city).blocks if isinstance(b, Table))
    lines = [[text_of(cell) for cell in row.cells] for row in table.rows]
    for target in city.plan.targets:
        if target.source == "goal":
            task = city.plan.task(target.task_id)
            for unit in task.lead_units:
                own = [
                    line for line in lines
                    if line[0] == task.label and line[2] == unit
                    and line[1].endswith(f"{target.measure}（{target.unit}）")
                ]  # fmt: skip
                assert own, target.target_id
                reported = (unit, keys[target.target_id]) in said
                assert not reported or any(line[5] != "未报数" for line in own), target.target_id
    assert any(line[5] == "未报数" for line in lines) is (quarter < 4)


def test_known_figures_stand_in_the_score_table(real_city: Assessment) -> None:
    """Two that a reader would look for first, against the year and an even pace."""
    table = next(b for b in show.score_table(real_city).blocks if isinstance(b, Table))
    lines = {line[0]: line[3:] for row in table.rows for line in [[*map(text_of, row.cells)]]}
    # 901 of 1200 is 75.1 %, and three quarters of 1200 is 900.
    fund, firms = (real_city.plan.task(f"2023-{n:03d}").label for n in (30, 52))
    assert lines[fund] == ["1200", "第三季度", "901", "75.1%", "—", "—", "900", "0.0"]
    # A level is no sum that grows through the year.
    assert lines[firms] == ["9500", "第三季度", "7647", "80.5%", "—", "—", "—", "—"]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_lines_of_the_page_lead_into_the_body(
    documents: dict[int, Document], bodies: dict[int, dict[str, Any]], quarter: int
) -> None:
    """Each task, decision and unit on the page is a link to a row that stands below, in HTML."""
    page = next(block for block in documents[quarter].blocks if isinstance(block, Page))
    anchors = {row.anchor for row in rows(documents[quarter])}
    links = [part for part in walk((page,)) if isinstance(part, Link)]
    assert {link.anchor for link in links} <= anchors
    for start in ("late-", "ask-", "unit-"):
        assert any(link.anchor.startswith(start) for link in links)
    soup = BeautifulSoup(render_html(bodies[quarter]).decode(), "lxml")
    section = soup.select_one("section.r-page")
    assert section is not None
    targets = {str(a["href"])[1:] for a in section.select("a[href^='#']")}
    assert targets == {link.anchor for link in links}
    assert all(soup.find(id=name) for name in targets)


def test_page_comes_first_in_contents(documents: dict[int, Document]) -> None:
    """It is a chapter of its own, before the others."""
    chapters = [entry.text for entry in entries_of(documents[3].blocks) if entry.level == 1]
    assert chapters[:2] == ["市长一页", "一、总体情况"]
    assert len(chapters) == 10
