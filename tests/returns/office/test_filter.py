"""The board's filter in a browser without network: by mouse, by keyboard, and without script."""

from pathlib import Path

import pytest
from documents.browsing import CHROMIUM, Watched, browser, watched

from reporting.returns.check import write_check
from reporting.returns.values import Returns

from ..toy import OTHER, PARAMS, PLAN, UNIT, filled, read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
__all__ = ["browser", "watched"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, second_quarter: tuple[Returns, ...]) -> Path:
    """Write the board of a unit with an error and of a silent one."""
    root = tmp_path_factory.mktemp("project")
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put("2023-003-01", "self_rating", "还行")
    returns = read(root, 3, {UNIT: sheet}, second_quarter)
    write_check(root, PARAMS, PLAN, returns, root / "out")
    return root / "out" / "sendback" / "核对结果.html"


def lines(watched: Watched) -> list[str]:
    found = watched.page.locator("table.board tbody tr:visible th").all_inner_texts()
    return [str(text) for text in found]


def test_board_is_filtered_from_the_keyboard(page: Path, watched: Watched) -> None:
    """Words and a state choose lines and their sections; nothing is asked of any network."""
    watched.open(page)
    assert lines(watched) == [UNIT, OTHER]
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.type("商务")
    assert lines(watched) == [OTHER]
    assert watched.page.locator("#shown").inner_text() == "显示1个单位"
    assert not watched.page.locator("h2", has_text=UNIT).is_visible()
    watched.page.keyboard.press("Control+a")
    watched.page.keyboard.press("Delete")
    watched.page.keyboard.press("Tab")
    for _ in range(3):
        watched.page.keyboard.press("ArrowDown")
    assert watched.page.locator("#state").input_value() == "有错误"
    assert lines(watched) == [UNIT]
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.press("Enter")
    assert lines(watched) == [UNIT, OTHER]
    assert watched.complaints == []


def test_address_of_a_cell_is_chosen_to_be_copied(page: Path, watched: Watched) -> None:
    """The button selects what it stands beside, and says what it did."""
    watched.open(page)
    watched.page.get_by_role("button", name="复制单元格地址 进展!H6").first.press("Enter")
    watched.page.wait_for_function("document.getElementById('shown').textContent.includes('H6')")
    assert watched.page.evaluate("String(window.getSelection())") == "进展!H6"


def test_without_script_all_is_there(page: Path, browser: object) -> None:
    """No control is shown that would do nothing."""
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    shown = context.new_page()
    shown.goto(page.as_uri())
    assert shown.locator("table.board tbody tr:visible").count() == 2
    assert not shown.locator("#filter").is_visible()
    assert shown.locator("button:visible").count() == 0
    context.close()
