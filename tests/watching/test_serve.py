"""The page: this computer's only, files as they are, lines as they come."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from reporting.errors import UsageError
from reporting.watching.hub import Hub
from reporting.watching.serve import serving
from reporting.watching.values import Kind, Told

PAGE = "2023/Q3/units/市商务局.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / PAGE
    path.parent.mkdir(parents=True)
    path.write_text("<!DOCTYPE html>本单位", encoding="utf-8")
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path


@contextmanager
def connected(folder: Path, hub: Hub) -> Iterator[http.client.HTTPConnection]:
    with serving(folder, PAGE, hub, 0) as address:
        assert address.startswith("http://127.0.0.1:")
        connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"))
        try:
            yield connection
        finally:
            connection.close()


def test_files_are_sent_as_they_are_and_kept_by_no_browser(folder: Path) -> None:
    """Nothing is written into a report; the frame around it has a policy of its own."""
    with connected(folder, Hub()) as page:
        page.request("GET", "/" + quote(PAGE))
        answer = page.getresponse()
        assert answer.read() == (folder / PAGE).read_bytes()
        assert answer.headers["Cache-Control"] == "no-store"
        page.request("GET", "/")
        answer = page.getresponse()
        text = answer.read().decode()
        assert f'src="/{quote(PAGE)}"' in text
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        page.request("GET", "/_watch/frame.js")
        assert b"EventSource" in page.getresponse().read()


def test_other_names_and_other_folders_are_refused(folder: Path) -> None:
    """A page from elsewhere whose name leads here reads nothing; nor does a path that climbs."""
    with connected(folder, Hub()) as page:
        page.request("GET", "/" + quote(PAGE), headers={"Host": "evil.example"})
        answer = page.getresponse()
        answer.read()
        assert answer.status == 403
        page.close()
        page.request("GET", "/../secret.txt")
        answer = page.getresponse()
        answer.read()
        assert answer.status == 404


def test_lines_come_as_they_are_told(folder: Path) -> None:
    """What was told before is past, and moves no page; what is told now may."""
    hub = Hub()
    hub.tell(Told(kind=Kind.SAVED, text="已保存　甲.xlsx"))
    with connected(folder, hub) as page:
        page.request("GET", "/_watch/events")
        events = page.getresponse()
        past = [events.readline().decode() for _ in range(4)]
        assert past[:2] == ["id: 1\n", "event: past\n"]
        assert "已保存　甲.xlsx" in past[2]
        hub.tell(Told(kind=Kind.PLACED, text="已更新　<b>", paths=(PAGE,)))
        now = [events.readline().decode() for _ in range(4)]
        assert now[:2] == ["id: 2\n", "event: now\n"]
        assert PAGE in now[2]
        hub.close()
        assert events.read().strip() in (b"", b":")


def test_port_that_is_taken_is_told(folder: Path) -> None:
    with serving(folder, PAGE, Hub(), 0) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with (
            pytest.raises(UsageError, match=f"端口 {port} 不能使用"),
            serving(folder, PAGE, Hub(), port),
        ):
            pass


def test_lines_that_are_kept_are_bounded() -> None:
    hub = Hub()
    for number in range(1000):
        hub.tell(Told(kind=Kind.SAVED, text=str(number)))
    kept = hub.after(0, 0)
    assert len(kept) == 200
    assert kept[-1] == (1000, Told(kind=Kind.SAVED, text="999"))
