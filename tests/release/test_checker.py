"""An edition is checked by the file that it carries, with nothing installed."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reporting.project.editions import SUMS, edition_folder, quarter_folder
from reporting.release.integrity import check_edition, sums_of, write_sums
from reporting.release.prove import Verdict, prove
from reporting.release.record import RECORD
from reporting.release.remake import remaker
from reporting.system.digests import digest

from .conftest import PERIOD, Story, packed, rewrite

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


def test_page_changed_with_its_record_is_told_by_the_published_digest(folder: Path) -> None:
    """No table, so no seal: nothing within the edition can tell, the digest kept elsewhere does."""
    published = digest((folder / RECORD).read_bytes())
    script = folder / "check.py"
    assert run(folder, "--digest", published.upper(), script=script)[0] == 0
    rewrite(folder, PAGE, (folder / PAGE).read_bytes() + b" ")
    assert run(folder, script=script)[0] == 0
    now = digest((folder / RECORD).read_bytes())
    for given in (published, published[:16], "0123"):
        code, lines = run(folder, "--digest", given, script=script)
        assert (code, len(lines)) == (1, 3)
        assert lines[1].startswith(f"版本记录的校验码：{now}（应与公布的相同")
    assert run(folder, "--digest", now[:16], script=script)[0] == 0


def test_record_that_its_own_manifest_denies_is_told(folder: Path) -> None:
    """A file changed with the list of files, but not with the pack's manifest in the record."""
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b" ")
    record = json.loads((folder / RECORD).read_bytes())
    for item in record["files"]:
        item["sha256"] = digest((folder / item["path"]).read_bytes())
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
    code, lines = run(folder, script=folder / "check.py")
    assert (code, lines[1:]) == (1, [f"被改动：{PAGE}", "不一致：1处。"])


def test_edition_rewritten_whole_is_told_by_the_later_one_or_by_remaking(copy: Path) -> None:
    """Page, record, sums as one: the next edition knows the record, remaking the page."""
    for number in (1, 2):
        folder = edition_folder(copy, PERIOD, number)
        rewrite(folder, PAGE, (folder / PAGE).read_bytes() + b" ")
        sums = write_sums(sums_of(copy, PERIOD, 1) | sums_of(copy, PERIOD, 2))
        (quarter_folder(copy, PERIOD) / SUMS).write_bytes(sums)
        if number == 1:
            found = [(f.file, f.message) for f in check_edition(copy, PERIOD, 1)]
            said = "2023年第一季度第2版所记的本版与本版不一致，其中一版被改动或者调换。"
            assert found == [("editions/2023/Q1/1/edition.json", said)]
    record = edition_folder(copy, PERIOD, 2) / RECORD
    assert [f.code for f in check_edition(copy, PERIOD, 2)] == ["REL-CHAIN"]
    changed = json.loads(record.read_bytes())
    changed["corrects"] = digest((edition_folder(copy, PERIOD, 1) / RECORD).read_bytes())
    record.write_text(json.dumps(changed), encoding="utf-8")
    sums = write_sums(sums_of(copy, PERIOD, 1) | sums_of(copy, PERIOD, 2))
    (quarter_folder(copy, PERIOD) / SUMS).write_bytes(sums)
    assert check_edition(copy, PERIOD, 2) == ()
    proof = prove(copy, PERIOD, 2, remaker(2))
    assert proof.verdict is Verdict.DIFFERENT
    assert [f.file for f in proof.findings] == ["briefing_pack.html", "manifest.json"]


def test_facts_of_an_edition_are_held_to_the_copies_that_later_ones_keep(copy: Path) -> None:
    """An edition is made with the facts of the one before, and keeps them."""
    folder = edition_folder(copy, PERIOD, 1)
    rewrite(folder, "assessment.json", (folder / "assessment.json").read_bytes() + b" ")
    assert "REL-CHAIN-LATER" in [f.code for f in check_edition(copy, PERIOD, 1)]
