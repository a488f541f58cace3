"""An edition is checked by the file that it carries, with nothing installed."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reporting.project.editions import edition_folder
from reporting.release.integrity import check_edition
from reporting.release.record import RECORD
from reporting.system.digests import digest

from .conftest import PERIOD, Story, packed

PAGE = "pack/briefing_pack.html"


def run(*arguments: object, script: Path) -> tuple[int, list[str]]:
    """Run the checker as somebody who has nothing but Python."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", str(script), *map(str, arguments)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def folder(copy: Path) -> Path:
    """Return the folder of the first edition, free to be changed."""
    folder = edition_folder(copy, PERIOD, 1)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    return folder


def test_whole_edition_is_told_as_such_with_the_digest_of_its_record(
    story: Story, tmp_path: Path
) -> None:
    """As a folder, and as a zip that lies anywhere."""
    root = story.office.root
    folder = edition_folder(root, PERIOD, 2)
    archive = packed(root, 2, tmp_path / "别处")
    for arguments in ((), (folder,), (archive,)):
        code, lines = run(*arguments, script=folder / "check.py")
        assert code == 0
        assert lines[0] == "2023年第1季度第2版"
        assert digest((folder / RECORD).read_bytes()) in lines[-1]
    assert len((folder / "check.py").read_text(encoding="utf-8").splitlines()) < 150


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
def test_file_that_is_not_as_it_was_is_named(folder: Path, spoil: Callable[[Path], str]) -> None:
    """Changed, missing, added: which, and in the zip as well."""
    said = spoil(folder)
    code, lines = run(folder, script=folder / "check.py")
    assert (code, lines[1:]) == (1, [said, "不一致：1处。"])
    spoilt = folder.parent / "spoilt.zip"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"x/{path.relative_to(folder).as_posix()}")
    assert run(spoilt, script=folder / "check.py") == (1, lines)


def test_what_is_no_edition_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    """Another folder, a file that is no zip, a damaged record."""
    script = folder / "check.py"
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.zip").write_bytes(b"PK")
    (folder / RECORD).write_text("{", encoding="utf-8")
    for path, said in (
        (tmp_path / "empty", "没有，应选一个版本的文件夹"), (tmp_path / "a.zip", "不能核对"),
        (tmp_path / "gone", "不能核对"), (folder, "已损坏"),
    ):  # fmt: skip
        code, lines = run(path, script=script)
        assert code == 2
        assert len(lines) == 1
        assert said in lines[0]


def test_edition_is_held_to_the_one_it_corrects(copy: Path) -> None:
    """An earlier record that was replaced, or is gone, is named."""
    assert check_edition(copy, PERIOD, 2) == ()
    before = edition_folder(copy, PERIOD, 1) / RECORD
    before.chmod(0o644)
    record = json.loads(before.read_bytes())
    before.write_text(json.dumps(record), encoding="utf-8")
    (broken,) = check_edition(copy, PERIOD, 2)
    assert broken.code == "REL-CHAIN"
    assert broken.message.startswith("第1版的版本记录不是本版所更正的那一份")
    before.unlink()
    (gap,) = check_edition(copy, PERIOD, 2)
    assert (gap.code, gap.file) == ("REL-CHAIN-GAP", "editions/2023/Q1/1/edition.json")
    assert gap.message == "缺少本版所更正的第1版，无法核对前后两版的衔接。"
