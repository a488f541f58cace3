"""The page that each edition carries, in a browser without a network."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from documents.browsing import CHROMIUM, Watched, browser, faults, has_axe, watched

from reporting.assess.editions.seal import printed
from reporting.project.editions import SEAL, edition_folder
from reporting.release.record import RECORD

from .conftest import PERIOD, Story, packed, rewrite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
__all__ = ["browser", "watched"]

PAGE = "pack/briefing_pack.html"


@pytest.fixture
def folder(copy: Path) -> Path:
    """Return the folder of the second edition, free to be changed."""
    folder = edition_folder(copy, PERIOD, 2)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    return folder


class Checked:
    """The page, and what it says."""

    def __init__(self, watched: Watched, folder: Path) -> None:
        watched.open(folder / "check.html")
        self._watched, self.page = watched, watched.page

    def choose(self, path: Path) -> None:
        """Choose a folder or a zip, and wait for the verdict."""
        field = "#folder" if path.is_dir() else "#zip"
        self.page.locator(field).set_input_files(path)
        self.wait()

    def wait(self) -> None:
        self.page.locator("#verdict.whole, #verdict.broken").wait_for()

    @property
    def verdict(self) -> str:
        return str(self.page.locator("#verdict").inner_text())

    def lines(self, name: str) -> list[str]:
        return [str(text) for text in self.page.locator(f"#{name} li").all_inner_texts()]


def seal_of(folder: Path) -> str:
    return printed(hashlib.sha256((folder / SEAL).read_bytes()).hexdigest()[:16])


def test_whole_edition_is_told_as_such(watched: Watched, story: Story, tmp_path: Path) -> None:
    """As folder and as zip: the seals, who issued it, the digest of the record; no request."""
    root = story.office.root
    folder = edition_folder(root, PERIOD, 2)
    files = len(json.loads((folder / RECORD).read_bytes())["files"])
    checked = Checked(watched, folder)
    for path in (folder, packed(root, 2, tmp_path)):
        checked.choose(path)
        assert checked.verdict == (f"2023年第1季度第2版：一致：{files}个文件与版本记录逐字节相同。")
        assert checked.lines("faults") == []
        before = seal_of(edition_folder(root, PERIOD, 1))
        assert checked.lines("facts")[:3] == [
            f"发布单位：{story.office.params.masthead.issuing_office}",
            f"本版的封签：{seal_of(folder)}",
            f"2023Q1-v1的封签：{before}",
        ]
        assert (
            hashlib.sha256((folder / RECORD).read_bytes()).hexdigest() in checked.lines("facts")[4]
        )
    assert watched.requests == [(folder / "check.html").as_uri()]
    assert watched.complaints == []


def _flip(folder: Path) -> str:
    path = folder / PAGE
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    return f"被改动：{PAGE}"


def _remove(folder: Path) -> str:
    (folder / PAGE).unlink()
    return f"缺少：{PAGE}"


def _add(folder: Path) -> str:
    (folder / "pack/更多.html").write_text("多", encoding="utf-8")
    return "多出：pack/更多.html"


@pytest.mark.parametrize("spoil", [_flip, _remove, _add])
def test_file_that_is_not_as_it_was_is_named(
    watched: Watched, folder: Path, spoil: Callable[[Path], str]
) -> None:
    """Changed, missing, added: which, and in a zip that was not deflated as well."""
    said = spoil(folder)
    spoilt = folder.parent / "spoilt.zip"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"x/{path.relative_to(folder).as_posix()}")
    checked = Checked(watched, folder)
    for path in (folder, spoilt):
        checked.choose(path)
        assert checked.verdict == "2023年第1季度第2版：不一致：1处。"
        assert checked.lines("faults") == [said]


def test_table_changed_with_its_record_is_told_by_the_seal(watched: Watched, folder: Path) -> None:
    """Whoever changes a figure has to change the seal; that of the paper is then another."""
    seal = seal_of(folder)
    checked = Checked(watched, folder)
    checked.choose(folder)
    checked.page.locator("#paper").fill(seal.upper())
    checked.page.keyboard.press("Tab")
    checked.wait()
    assert checked.lines("faults") == []
    change_table_and_record(folder)
    checked.choose(folder)
    assert "封签不一致：tasks.csv 不是封签所记的" in checked.lines("faults")
    change_table_and_record(folder, with_seal=True)
    checked.choose(folder)
    assert checked.lines("faults") == [
        f"封签与纸质材料不一致：纸上为 {seal.upper()}，实为 {seal_of(folder)}"
    ]


def test_page_changed_with_its_record_is_told_by_the_published_digest(
    watched: Watched, folder: Path
) -> None:
    """No table, so no seal: nothing within the edition can tell, the digest kept elsewhere does."""
    published = sha256_of(folder / RECORD)
    rewrite(folder, PAGE, (folder / PAGE).read_bytes() + b" ")
    checked = Checked(watched, folder)
    checked.choose(folder)
    assert checked.lines("faults") == []
    for given in (published.upper(), published[:16], "0123"):
        checked.page.locator("#digest").fill(given)
        checked.page.keyboard.press("Tab")
        checked.page.locator("#verdict.broken").wait_for()
        assert checked.lines("faults") == [
            f"版本记录的校验码不是公布的：公布的为 {given}，实为 {sha256_of(folder / RECORD)}"
        ]
    checked.page.locator("#digest").fill(sha256_of(folder / RECORD))
    checked.page.keyboard.press("Tab")
    checked.page.locator("#verdict.whole").wait_for()


def test_record_that_its_own_manifest_denies_is_told(watched: Watched, folder: Path) -> None:
    """A file changed with the list of files, but not with the pack's manifest in the record."""
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b" ")
    record = json.loads((folder / RECORD).read_bytes())
    for item in record["files"]:
        item["sha256"] = sha256_of(folder / item["path"])
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
    checked = Checked(watched, folder)
    checked.choose(folder)
    assert checked.lines("faults") == [f"被改动：{PAGE}"]


def change_table_and_record(folder: Path, *, with_seal: bool = False) -> None:
    """Change a table, and what vouches for it, as somebody who knows how would."""
    table = folder / "pack/data/tasks.csv"
    rewrite(folder, "pack/data/tasks.csv", table.read_bytes() + b"x")
    if with_seal:
        seal = json.loads((folder / SEAL).read_bytes())
        seal["tables"]["tasks.csv"] = sha256_of(table)
        rewrite(folder, SEAL, json.dumps(seal).encode())
        record = json.loads((folder / RECORD).read_bytes())
        record["seal"] = sha256_of(folder / SEAL)[:16]
        (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_dropped_is_checked(watched: Watched, folder: Path, tmp_path: Path) -> None:
    """A folder and a zip, dragged from the desk."""
    checked = Checked(watched, folder)
    client = checked.page.context.new_cdp_session(checked.page)
    box = checked.page.locator("#drop").bounding_box()
    for path in (folder, packed(folder.parents[3], 2, tmp_path)):
        for kind in ("dragEnter", "dragOver", "drop"):
            client.send(
                "Input.dispatchDragEvent",
                {
                    "type": kind, "x": box["x"] + 20, "y": box["y"] + 20,
                    "data": {"items": [], "files": [str(path)], "dragOperationsMask": 1},
                },
            )  # fmt: skip
        checked.wait()
        assert "一致：" in checked.verdict
        assert checked.lines("faults") == []


def test_what_is_no_edition_is_one_sentence(watched: Watched, folder: Path, tmp_path: Path) -> None:
    """Another folder, a file that is no zip, a damaged record, a newer one."""
    (tmp_path / "a.zip").write_bytes(b"PK")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/x.txt").write_text("x", encoding="utf-8")
    checked = Checked(watched, folder)
    record = (folder / RECORD).read_bytes()
    for path, content, said in (
        (tmp_path / "a.zip", record, "不能核对：不是压缩包，或者已损坏。"),
        (tmp_path / "other", record, "不能核对：没有版本记录 edition.json，应选一个版本的"),
        (folder, b"{", "不能核对：版本记录 edition.json 已损坏，无法核对。"),
        (folder, record.replace(b'"format": 2', b'"format": 3'), "不能核对：该版由更新版本的软件"),
    ):
        (folder / RECORD).write_bytes(content)
        checked.choose(path)
        assert checked.verdict.startswith(said)
        assert checked.lines("facts") == []


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 4096, 100_003])
def test_digest_is_the_one_of_everybody_else(watched: Watched, story: Story, size: int) -> None:
    """It is reckoned by the page itself, whose browser may have none for pages from a file."""
    watched.open(edition_folder(story.office.root, PERIOD, 2) / "check.html")
    script = "size => sha256(Uint8Array.from({length: size}, (_, i) => i * 7 % 251))"
    expected = hashlib.sha256(bytes(i * 7 % 251 for i in range(size))).hexdigest()
    assert watched.page.evaluate(script, size) == expected


@has_axe
@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_readable_by_all(browser: Any, story: Story, width: int) -> None:
    """On a phone and at a desk."""
    assert faults(browser, edition_folder(story.office.root, PERIOD, 2) / "check.html", width) == []


def test_page_is_carried_by_the_edition(story: Story, tmp_path: Path) -> None:
    """It is the program's own file, listed in the record."""
    folder = edition_folder(story.office.root, PERIOD, 2)
    listed = {item["path"] for item in json.loads((folder / RECORD).read_bytes())["files"]}
    assert {"check.html", "check.py"} <= listed
    alone = Path(shutil.copy(folder / "check.html", tmp_path))
    assert b"http" not in alone.read_bytes().replace(b"http-equiv", b"")
