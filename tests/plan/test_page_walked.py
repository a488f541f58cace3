"""The quality page in headless Chromium: walked by keyboard, ordered, filtered, without a fault."""

from pathlib import Path
from typing import Any

import pytest
from documents.browsing import CHROMIUM, Watched, browser, watched  # noqa: F401 - fixtures
from returns.toy import PLAN

from reporting.findings import Finding, Severity
from reporting.plan.page.quality import quality_page
from reporting.plan.values import Check, Subject

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

DOUBT = Finding(
    code="PLAN-LEFTOVER", severity=Severity.WARNING, message="余下“甲”。", task_id="2023-002"
)
CHECK = Check(task_id="2023-001", subject=Subject.TASK, subject_id="2023-001", by="王五")


@pytest.fixture
def page(watched: Watched, tmp_path: Path) -> Any:  # noqa: F811 - the fixture
    """Open the page of three tasks: one in doubt, one open, one checked."""
    plan = PLAN.model_copy(update={"findings": (DOUBT,), "checks": (CHECK,)})
    path = tmp_path / "quality.html"
    path.write_bytes(quality_page(plan))
    watched.open(path)
    yield watched.page
    assert watched.complaints == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.closest('.card')?.id ?? ''"))


def cards(page: Any) -> list[str]:
    return [str(one) for one in page.eval_on_selector_all(
        ".card:not([hidden])", "cards => cards.map(card => card.id)"
    )]  # fmt: skip


def test_letters_and_arrows_lead_from_card_to_card(page: Any) -> None:
    """Doubtful first; the arrows belong to the page until a card is chosen."""
    page.keyboard.press("ArrowDown")
    assert focused(page) == ""
    seen = []
    for key in ("j", "j", "ArrowDown", "j", "k", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == [
        "2023-002", "2023-003", "2023-001", "2023-001", "2023-003", "2023-002",
    ]  # fmt: skip


def test_enter_goes_through_the_readings_and_on(page: Any) -> None:
    """Every line of the schedule, target and finding, then the next card."""
    page.keyboard.press("j")
    seen = []
    for _ in range(4):
        page.keyboard.press("Enter")
        seen.append(page.evaluate("document.activeElement.tagName"))
    assert seen == ["LI", "LI", "LI", "ARTICLE"]
    assert focused(page) == "2023-003"


def test_letters_typed_into_the_finder_are_words(page: Any) -> None:
    """A stroke leads there; what is typed then is looked for."""
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("#finder").input_value() == "jk"
    assert cards(page) == []


def test_order_and_choice(page: Any) -> None:
    """The table's order on demand; checked tasks may be left out."""
    assert cards(page) == ["2023-002", "2023-003", "2023-001"]
    page.locator("#order").select_option("table")
    assert cards(page) == ["2023-001", "2023-002", "2023-003"]
    page.locator("#level").select_option("open")
    assert cards(page) == ["2023-002", "2023-003"]
