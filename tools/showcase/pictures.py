"""Pictures of pages, as a reader's browser shows them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

CHROMIUM = Path("/usr/bin/chromium")


_ACTUAL = "table[data-keys^='number measure plan actual'] tbody tr:first-child :nth-child(4)"
"""The first figure that a return gave, among those that were due."""


def take(pack: Path, unit: str, images: Path) -> None:
    """Take the three pictures of the documents: the city's page, a unit's, the check's."""
    from playwright.sync_api import sync_playwright

    pages: dict[str, tuple[Path, Callable[[Any], None]]] = {
        "city_page.png": (pack / "briefing_pack.html", _nothing),
        "figure_source.png": (pack / "units" / f"{unit}.html", _open_figure),
        "check_page.png": (pack / "sendback" / "核对结果.html", _nothing),
    }
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for name, (path, prepare) in pages.items():
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            page.goto(f"file://{quote(str(path))}")
            prepare(page)
            page.screenshot(path=str(images / name))
            page.close()
        browser.close()


def _nothing(page: Any) -> None:
    """Show the page as it opens."""


def _open_figure(page: Any) -> None:
    """Click on a figure and let the drawer come to rest beside it."""
    figure = page.locator(_ACTUAL).first
    figure.scroll_into_view_if_needed()
    figure.click()
    page.get_by_role("dialog").wait_for()
