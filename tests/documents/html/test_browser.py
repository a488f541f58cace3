"""Pages in headless Chromium: no request, no error, sorting, filtering and search work."""

import importlib
import importlib.util
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from publish.pack.test_index import pack

from documents.browsing import CHROMIUM, Watched
from documents.sample import Notebook
from reporting.documents.html.page import render_html
from reporting.publish.pack.index import render_index

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

WritePage = Callable[[str, bytes], Path]


def first_cells(page: Any) -> list[str]:
    """Give the first column of the ratings as shown."""
    rows = page.locator("#ratings tbody tr:visible td:first-child")
    return [text.strip() for text in rows.all_inner_texts()]


def test_tables_sort(watched: Watched, sample: Notebook, write_page: WritePage) -> None:
    """A click sorts by grade or value, a second one turns the order, totals stay last."""
    watched.open(write_page("report.html", render_html(sample)))
    page = watched.page
    page.get_by_role("button", name="核定").click()
    assert first_cells(page) == ["2", "4", "1", "3", "合计"]
    page.get_by_role("button", name="核定").click()
    assert first_cells(page) == ["3", "1", "4", "2", "合计"]
    assert page.locator("#ratings th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="差距").click()
    assert first_cells(page) == ["2", "4", "1", "3", "合计"]
    assert watched.complaints == []


def test_tables_filter(watched: Watched, sample: Notebook, write_page: WritePage) -> None:
    """Typing leaves the rows that hold every word, and the total."""
    watched.open(write_page("report.html", render_html(sample)))
    watched.page.get_by_role("searchbox").fill("加博会 滞后")
    assert first_cells(watched.page) == ["3", "合计"]
    assert watched.page.locator(".filter output").inner_text() == "显示 1 行，共 4 行"
    watched.page.get_by_role("searchbox").fill("")
    assert len(first_cells(watched.page)) == 5
    assert watched.complaints == []


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
def test_page_fits_the_screen(
    browser: Any, sample: Notebook, write_page: WritePage, width: int
) -> None:
    """Nothing makes the page scroll sideways, on a phone or a wide screen."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for name, data in (("report.html", render_html(sample)), ("index.html", render_index(pack()))):
        page.goto(write_page(name, data).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_printed_page_is_marked_and_repeats_headers(
    watched: Watched, sample: Notebook, write_page: WritePage
) -> None:
    """Printing a page marks sample data on each sheet and repeats a table's header."""
    watched.open(write_page("report.html", render_html(sample)))
    with pdfplumber.open(io.BytesIO(watched.page.pdf(prefer_css_page_size=True))) as pdf:
        # Chromium maps some glyphs to radicals that look the same.
        texts = [unicodedata.normalize("NFKC", page.extract_text()) for page in pdf.pages]
        assert {(round(p.width), round(p.height)) for p in pdf.pages} == {(595, 842)}
    assert all("示例数据" in text for text in texts)
    assert sum("季度进度安排" in text for text in texts) > 1
    assert not any("跳到正文" in text or "筛选" in text for text in texts)


def test_index_finds_units_and_tasks(watched: Watched, write_page: WritePage) -> None:
    """Typing finds a unit by a hidden word, a task by its text; groups without hits go."""
    watched.open(write_page("index.html", render_index(pack())))
    page = watched.page
    page.get_by_role("searchbox").fill("外贸")
    assert page.locator(".entry:visible .name").all_inner_texts() == ["市商务局<b>"]
    assert page.locator("h2:visible").all_inner_texts() == ["牵头单位"]
    page.get_by_role("searchbox").fill("优化消费")
    assert page.locator(".entry:visible .name").all_inner_texts() == ["优化消费环境"]
    page.get_by_role("searchbox").fill("没有这个词")
    assert page.locator("#found").inner_text() == "没有找到，请换一个词"
    assert watched.complaints == []


@pytest.mark.skipif(
    importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed"
)
@pytest.mark.parametrize("name", ["report.html", "index.html"])
def test_page_passes_axe(browser: Any, sample: Notebook, write_page: WritePage, name: str) -> None:
    """Axe finds no fault."""
    axe = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    data = render_html(sample) if name == "report.html" else render_index(pack())
    # The policy would keep out axe itself.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(write_page(name, data).as_uri())
    found = axe.run(page).response["violations"]
    context.close()
    assert [violation["id"] for violation in found] == []
