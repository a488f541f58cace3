"""A browser without a network, and pages that are watched for requests and complaints."""

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .with_font import with_chinese_font

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (390, 1280)
"""A phone and a desk."""

has_axe = pytest.mark.skipif(
    importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed"
)

# Axe leaves open what stands in a picture, is a single sign, or lies under another element; here
# every text is measured against the ground that is painted behind it.
_POOR_CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const opacity = (rgba) => (rgba.length < 4 ? 1 : rgba[3]);
  const light = (rgba) => {
    const [r, g, b] = rgba.slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = parts(getComputedStyle(at).backgroundColor);
      if (opacity(ground)) return ground;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest("script, style")) continue;
    const style = getComputedStyle(element);
    const colour = parts(element instanceof SVGElement ? style.fill : style.color);
    const ground = groundOf(element);
    const [more, less] = [light(colour), light(ground)].sort((a, b) => b - a);
    const decided = opacity(colour) === 1 && opacity(ground) === 1;
    if (!decided || (more + 0.05) / (less + 0.05) < 4.5) poor.push(text.slice(0, 30));
  }
  return poor;
}"""


class Watched:
    """A page with what it asked for and complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: Path) -> None:
        """Open a file with the network cut."""
        self.page.context.set_offline(True)
        self.page.goto(path.as_uri())
        assert self.requests == [path.as_uri()]


def faults(browser: Any, path: Path, width: int) -> list[str]:
    """List what keeps somebody from reading a page: by axe, and by the contrast of every text."""
    axe = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    # The page's own policy would keep out axe itself.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    found = [str(violation["id"]) for violation in axe.run(page).response["violations"]]
    found += [f"contrast: {text}" for text in page.evaluate(_POOR_CONTRAST)]
    context.close()
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a browser that has a Chinese font; one for all tests."""
    from playwright.sync_api import sync_playwright

    environment = with_chinese_font(tmp_path_factory.mktemp("fonts"))
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox"],
            env={**environment},
        )
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    """Give a fresh page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page())
    context.close()
