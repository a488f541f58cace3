"""The frame in headless Chromium: the report in it comes anew when its file was put in place."""

from pathlib import Path
from typing import Any

import pytest
from documents.browsing import CHROMIUM, Watched, browser, watched  # noqa: F401 - fixtures

from reporting.watching.hub import Hub
from reporting.watching.serve import serving
from reporting.watching.values import Kind, Told

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

START = "2023/Q3/units/市商务局.html"
FINDING = "错误　市商务局.xlsx“进展”表 G7：<b>11.3元</b>"
REPORT = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    "<title>本单位</title></head><body><p>{words}</p></body></html>"
)


def test_page_comes_anew_and_what_is_told_is_text(watched: Watched, tmp_path: Path) -> None:  # noqa: F811
    """Its own policy holds in the frame; a fault stays to be seen until the next save."""
    path, hub, page = tmp_path / START, Hub(), watched.page
    path.parent.mkdir(parents=True)
    path.write_text(REPORT.format(words="达到序时进度"), encoding="utf-8")
    with serving(tmp_path, START, hub, 0) as address:
        page.goto(address)
        report: Any = page.frame_locator("#report")
        report.get_by_text("达到序时进度").wait_for()
        path.write_text(REPORT.format(words="未达序时进度"), encoding="utf-8")
        hub.tell(Told(kind=Kind.SAVED, text="已保存　市商务局.xlsx"))
        hub.tell(Told(kind=Kind.FINDING, text=FINDING))
        hub.tell(Told(kind=Kind.PLACED, text="已更新　市商务局", paths=(START,)))
        report.get_by_text("未达序时进度").wait_for()
        state = page.locator("#state")
        state.get_by_text("已更新　市商务局").wait_for()
        assert (
            state.inner_text() == "错误　市商务局.xlsx“进展”表 G7：<b>11.3元</b>\n已更新　市商务局"
        )
        hub.tell(Told(kind=Kind.SAVED, text="已保存　市商务局.xlsx"))
        page.wait_for_function("document.getElementById('state').textContent.startsWith('已保存')")
        assert watched.complaints == []
        assert all(asked.startswith(address) for asked in watched.requests)
    state.get_by_text("已停止").wait_for()
