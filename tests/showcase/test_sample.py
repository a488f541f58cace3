"""The pack in ``docs/sample`` and its pictures: small, marked, whole, and what the program reckons.

The tables are reckoned again here. Pages and PDFs are not made again, which takes too long for a
test: that they say what the tables say is what `make sample-pack` is for.
"""

import re
from pathlib import Path
from urllib.parse import unquote

import pdfplumber
import pikepdf
import pytest

from reporting.pipeline import assess_period
from reporting.publish.pack.site import data_files
from tools.showcase.__main__ import IMAGES, SAMPLE, UNIT
from tools.showcase.office import QUARTER, ROOT, TASKS, first_tasks, lay_out

MARK = "示例数据"
PICTURES = ("city_page.png", "figure_source.png", "check_page.png")
PAGES = sorted(SAMPLE.rglob("*.html"))
PAPER = (SAMPLE / "briefing_pack.pdf", SAMPLE / "units" / f"{UNIT}.pdf")


def test_tables_are_what_the_program_reckons(tmp_path: Path) -> None:
    """Each rating and figure; where this fails, run `make sample-pack` and look at what changed."""
    params = lay_out(tmp_path)
    city = assess_period(tmp_path, params, QUARTER)
    assert len(city.plan.tasks) == TASKS
    made = data_files(city, annex=False, fonts={}, own=())
    kept = {p.relative_to(SAMPLE).as_posix(): p.read_bytes() for p in SAMPLE.glob("data/*")}
    # The digest of these tables, which is reckoned where a pack is put together.
    del kept["data/seal.json"]
    assert {name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_is_marked_and_leads_nowhere_else(path: Path) -> None:
    """Every page says that it is a demonstration; its links are to files that are there.

    The executed notebooks are not: they would be half of all bytes.
    """
    page = path.read_text(encoding="utf-8")
    assert MARK in page
    links = {unquote(link.partition("#")[0]) for link in re.findall(r'href="([^"]*)"', page)}
    lost = {link for link in links if link and not (path.parent / link).is_file()}
    assert {link for link in lost if not link.startswith("notebooks/")} == set()


@pytest.mark.parametrize("path", PAPER, ids=lambda path: path.name)
def test_paper_opens_and_is_marked(path: Path) -> None:
    with pikepdf.open(path) as opened:
        assert len(opened.pages) > 1
    with pdfplumber.open(path) as opened:
        assert MARK in opened.pages[0].extract_text()


def test_sample_is_small_and_whole() -> None:
    """A clone is no larger for it than it need be; what the documents show is there."""
    files = [path for path in SAMPLE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 2_500_000
    assert {SAMPLE / "index.html", SAMPLE / "briefing_pack.html"} <= set(PAGES)
    for name in PICTURES:
        data = (IMAGES / name).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert len(data) < 300_000
    for name in ("README.md", "README.zh-CN.md"):
        shown = re.findall(r"\]\((docs/[^)]+)\)", (ROOT / name).read_text(encoding="utf-8"))
        assert {f"docs/images/{picture}" for picture in PICTURES} <= set(shown)
        assert [path for path in shown if not (ROOT / path.partition("#")[0]).is_file()] == []


def test_table_is_cut_between_two_tasks() -> None:
    """The row of the next one, and the sign that begins a row, are left out."""
    table = "表头\n\t\n\t1. 甲。\n\t市甲局\n\t/\n\n\t\n\t2. 乙。\n\t/\n"
    assert first_tasks(table, 1) == "表头\n\t\n\t1. 甲。\n\t市甲局\n\t/\n"
    with pytest.raises(ValueError, match="the table has no task 3"):
        first_tasks(table, 2)
