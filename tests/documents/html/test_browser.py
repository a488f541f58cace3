"""Pages in headless Chromium: no request, no error, sorting, filtering and search work."""

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pdfplumber
import pytest
from nbconvert.exporters import HTMLExporter
from publish.pack.test_index import pack
from traitlets.config.loader import PyFileConfigLoader

from documents.browsing import CHROMIUM, WIDTHS, Watched, faults, has_axe
from documents.sample import Notebook, notebook_of
from reporting.documents.blocks import Column, Table
from reporting.documents.html.by_hand import install_pages
from reporting.documents.html.page import render_html
from reporting.grades import Grade
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
    """A click sorts by the rule's order of grades, the worst first; a second one turns it."""
    watched.open(write_page("report.html", render_html(sample)))
    page = watched.page
    page.get_by_role("button", name="核定").click()
    assert first_cells(page) == ["3", "1", "4", "2", "合计"]
    page.get_by_role("button", name="核定").click()
    assert first_cells(page) == ["2", "4", "1", "3", "合计"]
    assert page.locator("#ratings th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert watched.complaints == []


def test_notebook_looks_right_among_jupyterlab_styles(
    watched: Watched, sample: Notebook, write_page: WritePage, tmp_path: Path
) -> None:
    """Labels lie, words stand left: nbconvert takes the styles of JupyterLab. Nothing is asked."""
    path = install_pages(tmp_path)
    assert path is not None
    exporter: Any = HTMLExporter
    config = PyFileConfigLoader(path.name, str(path.parent)).load_config()
    page, _ = exporter(config=config).from_notebook_node(nbformat.from_dict(sample))  # type: ignore[no-untyped-call]
    watched.open(write_page("by_hand.html", page.encode()))
    sizes = watched.page.evaluate(_LABELS)
    assert sizes
    assert all(width > 100 and height < width for width, height in sizes)
    cell = watched.page.locator(".r-table td:not([class])").first
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") == "left"
    assert watched.complaints == []


_LABELS = """() => [...document.querySelectorAll(".r-fields dt")].map((label) => {
  const box = label.getBoundingClientRect();
  return [box.width, box.height];
})"""


def test_what_has_no_value_sorts_last(
    watched: Watched, sample: Notebook, write_page: WritePage
) -> None:
    """A dash is no figure: it stands last in either order, before the total. Keys do as well."""
    watched.open(write_page("report.html", render_html(sample)))
    button = watched.page.get_by_role("button", name="差距")
    button.focus()
    watched.page.keyboard.press("Enter")
    assert first_cells(watched.page) == ["2", "4", "1", "3", "合计"]
    watched.page.keyboard.press("Space")
    assert first_cells(watched.page) == ["1", "4", "2", "3", "合计"]
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("任务12", ["12"]),
        ("任务１２", ["12"]),
        ("任务1", ["1"]),
        ("120", []),
        ("2023", ["12"]),
        ("严重滞后", ["112"]),
        ("滞后", ["12", "112"]),
        ("商务　已完成", ["1"]),
        ("科技局、达到序时进度", ["12"]),
    ],
)
def test_tables_are_searched(
    watched: Watched, write_page: WritePage, typed: str, found: list[str]
) -> None:
    """Search knows a task's number, several words, and a grade as the grade of its row."""
    columns = (
        Column(key="number", label="任务号", numeric=True), Column(key="goal", label="任务"),
        Column(key="unit", label="牵头单位"), Column(key="grade", label="核定"),
    )  # fmt: skip
    rows = (
        ("1", "已完成15项", "市商务局", Grade.DONE),
        ("12", "0项，2023年不再严重滞后", "市科技局", Grade.ON_SCHEDULE),
        ("112", "已完成", "市商务局", Grade.FAR_BEHIND),
    )
    table = Table(columns=columns, rows=rows, anchor="ratings", sortable=True, filterable=True)
    watched.open(write_page("searched.html", render_html(notebook_of((table,)))))
    watched.page.get_by_role("searchbox").fill(typed)
    assert first_cells(watched.page) == found
    assert watched.complaints == []


@pytest.mark.parametrize("place", [0, 2, 5])
def test_grade_stays_in_sight_on_a_phone(browser: Any, write_page: WritePage, place: int) -> None:
    """Wherever the grades stand and however far a table is scrolled, they are on the screen."""
    columns = tuple(Column(key=f"c{n}", label=f"第{n}栏") for n in range(6))
    cells: list[str | Grade] = ["推动重点产业链建设，全面推进实施"] * 6
    cells[place] = Grade.BEHIND
    table = Table(columns=columns, rows=(tuple(cells),), anchor="ratings")
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(write_page("narrow.html", render_html(notebook_of((table,)))).as_uri())
    region = page.locator(".r-table")
    for end in ("0", "r.scrollWidth"):
        region.evaluate(f"r => r.scrollLeft = {end}")
        box = page.locator(".r-grade").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert region.evaluate("r => r.scrollLeft") > 100
    context.close()


def test_tables_filter(watched: Watched, sample: Notebook, write_page: WritePage) -> None:
    """Typing leaves the rows that hold every word, and the total."""
    watched.open(write_page("report.html", render_html(sample)))
    watched.page.get_by_role("searchbox").fill("加博会 滞后")
    assert first_cells(watched.page) == ["3", "合计"]
    assert watched.page.locator(".filter output").inner_text() == "显示 1 行，共 4 行"
    watched.page.get_by_role("searchbox").fill("")
    assert len(first_cells(watched.page)) == 5
    assert watched.complaints == []


@pytest.mark.parametrize(
    "width", [390, 1280, *(pytest.param(n, marks=pytest.mark.long) for n in (360, 768, 1920))]
)
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


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("任务1", ["优化消费环境"]),
        ("任务12", ["办好展会"]),
        ("严重滞后", ["市商务局<b>", "市统计局", "办好展会"]),
        ("市科技局　达到序时进度", ["市科技局", "办好展会以外"]),
        ("报送材料不及时", ["市科技局"]),
    ],
)
def test_index_knows_numbers_and_ratings(
    watched: Watched, write_page: WritePage, typed: str, found: list[str]
) -> None:
    """A task's number, a grade with a name, and how a return came in are found."""
    watched.open(write_page("index.html", render_index(pack())))
    watched.page.get_by_role("searchbox").fill(typed)
    assert watched.page.locator(".entry:visible .name").all_inner_texts() == found
    assert watched.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_index_sorts_units_by_their_state(browser: Any, write_page: WritePage, width: int) -> None:
    """By return and by grades the worst come first, on a phone too; without tasks comes last."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(write_page("index.html", render_index(pack())).as_uri())

    def order() -> list[str]:
        return [name[:4] for name in page.locator(".units .name").all_inner_texts()]

    assert order() == ["市商务局", "市科技局", "市统计局", "石龙镇"]
    page.get_by_role("button", name="任务核定结果").click()
    assert order() == ["市统计局", "市商务局", "市科技局", "石龙镇"]
    page.get_by_role("button", name="报送情况").click()
    assert order() == ["市科技局", "市统计局", "市商务局", "石龙镇"]
    page.get_by_role("button", name="任务数").click()
    page.get_by_role("button", name="任务数").click()
    assert order() == ["市统计局", "市商务局", "市科技局", "石龙镇"]
    context.close()


@has_axe
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["report.html", "index.html"])
def test_page_passes_axe(
    browser: Any, sample: Notebook, write_page: WritePage, name: str, width: int
) -> None:
    """Axe finds no fault, and every text stands out from its ground."""
    data = render_html(sample) if name == "report.html" else render_index(pack())
    assert faults(browser, write_page(name, data), width) == []


@has_axe
def test_poor_contrast_is_found(browser: Any, write_page: WritePage) -> None:
    """Pale words are found in a text, on a ground of their own and in a picture."""
    page = (
        "<!DOCTYPE html><html lang='zh'><title>页</title><main><h1>页</h1>"
        "<p style='color:#888'>灰字</p><p style='background:#555'>暗底</p>"
        "<svg role='img' aria-label='图'><text y='20' style='fill:#aaa'>图中</text></svg></main>"
    )
    found = faults(browser, write_page("pale.html", page.encode()), 390)
    assert [fault for fault in found if fault.startswith("contrast: ")] == [
        "contrast: 灰字", "contrast: 暗底", "contrast: 图中",
    ]  # fmt: skip
