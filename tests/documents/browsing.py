"""A browser without a network, and pages that are watched for requests and complaints."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reporting.documents.fonts.bundled import sans_file

CHROMIUM = Path("/usr/bin/chromium")


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


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a browser that has a Chinese font; one for all tests."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("fonts")
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{sans_file().parent}</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox"],
            env={**os.environ, "FONTCONFIG_FILE": str(config)},
        )
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    """Give a fresh page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page())
    context.close()
