"""A click on a number opens what it comes from, beside it and offline."""

from collections.abc import Callable
from pathlib import Path

import pytest

from documents.browsing import CHROMIUM, WIDTHS, Watched, faults, has_axe
from documents.sample import notebook_of
from documents.sources.parts import DIGEST, FILE, blocks
from reporting.documents.html.page import render_html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
WritePage = Callable[[str, bytes], Path]


@pytest.fixture
def opened(watched: Watched, write_page: WritePage) -> Watched:
    watched.open(write_page("report.html", render_html(notebook_of(blocks()))))
    return watched


def drawer_of(opened: Watched, place: str, number: str) -> str:
    """Click on a number and read the drawer."""
    opened.page.locator(place).get_by_text(number, exact=True).first.click()
    return str(opened.page.get_by_role("dialog").inner_text())


def test_figure_opens_its_row(opened: Watched) -> None:
    """The row as it was, the cell marked, the file with its digest and how it came."""
    shown = drawer_of(opened, "#figures td:nth-child(3)", "11")
    assert "“11”的来源" in shown
    assert "市水务局第三季度报表“指标”表" in shown
    assert f"文件：{FILE}；第1次报送；SHA-256：{DIGEST}" in shown
    held = opened.page.locator(".origin .origin-held")
    assert held.all_inner_texts() == ["新建管网（公里）\tM5\t11"]
    assert opened.page.locator(".origin mark").all_inner_texts() == ["11"]
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_words_of_a_unit_are_marked_where_they_say_it(opened: Watched) -> None:
    """With what is counted behind it: 11公里, not every 11; markup stays text."""
    shown = drawer_of(opened, ".r-fields", "11")
    assert "“11公”的来源" in shown
    assert "已建成11公里<b>，另有3处在建。" in shown
    assert "M5" not in opened.page.locator(".origin-held").first.inner_text()


def test_computed_number_shows_its_formula(opened: Watched) -> None:
    """In words, then the task that it was reckoned for."""
    shown = drawer_of(opened, "#figures td:nth-child(4)", "22.0")
    assert "完成率：11÷50＝22.0%" in shown


def test_count_opens_what_it_counts(opened: Watched) -> None:
    """The tasks are built when they are asked for."""
    page = opened.page
    assert "滞后的任务：2项" in drawer_of(opened, "main > p", "2")
    assert page.locator(".origin h3").count() == 0
    page.get_by_text("所计的2项").click()
    page.locator(".origin h3").first.wait_for()
    assert page.locator(".origin h3").all_inner_texts() == ["任务18：建管网", "任务19：清淤"]


def test_number_without_a_source_is_said_to_have_none(opened: Watched) -> None:
    """It is not given another's."""
    assert "这个数没有记录来源" in drawer_of(opened, "main > p", "1")


def test_keys_go_from_number_to_number(opened: Watched) -> None:
    """Without a mouse: a button opens the first, buttons lead on, Escape closes."""
    page = opened.page
    page.get_by_role("button", name="逐个查看").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    first = drawer.locator("h2").inner_text()
    drawer.get_by_role("button", name="下一个数").focus()
    page.keyboard.press("Enter")
    assert drawer.locator("h2").inner_text() != first
    assert page.locator(".r-asked").count() == 1
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert page.locator(".r-asked").count() == 0
    assert opened.complaints == []


def test_link_leads_where_it_leads(opened: Watched) -> None:
    """A number in a link opens nothing."""
    page = opened.page
    page.locator(".side a", has_text="任务18").first.evaluate("link => link.click()")
    assert not page.locator(".origin").is_visible()


@has_axe
@pytest.mark.parametrize("width", WIDTHS)
def test_page_with_sources_is_accessible(
    browser: object, write_page: WritePage, width: int
) -> None:
    """On a phone and at a desk."""
    path = write_page("report.html", render_html(notebook_of(blocks())))
    assert faults(browser, path, width) == []
