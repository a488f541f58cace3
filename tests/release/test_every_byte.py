"""Any byte of a signed edition that is flipped is named: by verify, by check.py, by the page."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from documents.browsing import CHROMIUM, Watched, browser, watched
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.project.editions import SUMS, edition_folder, quarter_folder
from reporting.release.checker import check
from reporting.release.integrity import check_edition, sums_of, write_sums
from reporting.release.record import RECORD, SIGNATURE
from reporting.release.signatures.editions import SIGNERS, look_at
from reporting.release.signatures.programs import sign
from reporting.system.digests import digest

from .conftest import PERIOD, Story
from .test_check_page import Checked
from .test_signatures import opened, ssh_key

__all__ = ["browser", "watched"]
pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"
)


@dataclass(frozen=True)
class Signed:
    """A project whose second edition is signed, and the names of that edition's files."""

    root: Path
    folder: Path
    names: tuple[str, ...]


@pytest.fixture(scope="module")
def edition(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Sign the second edition of a copy."""
    folder = tmp_path_factory.mktemp("signed")
    root = Path(shutil.copytree(story.office.root, folder / "copy"))
    key, line = ssh_key(folder)
    (root / SIGNERS).write_text(line, encoding="utf-8")
    of_second = opened(edition_folder(root, PERIOD, 2))
    (of_second / SIGNATURE).write_bytes(sign((of_second / RECORD).read_bytes(), key))
    sums = write_sums(sums_of(root, PERIOD, 1) | sums_of(root, PERIOD, 2))
    (quarter_folder(root, PERIOD) / SUMS).write_bytes(sums)
    assert check_edition(root, PERIOD, 2) == ()
    paths = (p for p in sorted(of_second.rglob("*")) if p.is_file())
    return Signed(root, of_second, tuple(p.relative_to(of_second).as_posix() for p in paths))


def place_in(name: str, content: bytes, at: int) -> int:
    """Choose a byte that says something: of a signature one of its own, not of its armour."""
    if name != SIGNATURE:
        return at % len(content)
    body = content.index(b"\n") + 1
    # The first line holds the key, the last one bits that belong to no byte.
    return body + at % (content.index(b"\n", body) - body)


def named(name: str) -> set[str]:
    """Give the words by which a file that was changed may be told."""
    if name in (RECORD, SIGNATURE):
        return {RECORD, "签名"}
    return {name}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_flipped_byte_is_named_by_verify_and_by_the_file(
    edition: Signed, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    """Whatever file, whatever byte, whatever bit."""
    name = data.draw(st.sampled_from(edition.names))
    path = edition.folder / name
    content = path.read_bytes()
    at = place_in(name, content, data.draw(st.integers(0, 10**9)))
    bit = data.draw(st.sampled_from([1, 2, 4, 128] if name != SIGNATURE else [1, 2, 4]))
    try:
        path.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        found = {f.file.rpartition("/2/")[2] for f in check_edition(edition.root, PERIOD, 2)}
        code = check.main([str(edition.folder), "--signers", str(edition.root / SIGNERS)])
    finally:
        path.write_bytes(content)
    said = capsys.readouterr().out
    assert name in found
    assert code in (1, 2)
    assert any(words in said for words in named(name)), said


_FLIPPED = """async ([places, key]) => {
  const told = [];
  for (const [name, at] of places) {
    const files = new Map(held), bytes = Uint8Array.from(files.get(name));
    bytes[at] ^= 1;
    files.set(name, bytes);
    try { told.push((await check(files, "", key)).faults); }
    catch (error) { told.push([error.message]); }
  }
  return told;
}"""


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_flipped_byte_is_named_by_the_page(edition: Signed, watched: Watched) -> None:
    """One byte of every file, each at another place."""
    checked = Checked(watched, edition.folder)
    checked.choose(edition.folder)
    assert checked.lines("faults") == []
    found = look_at(edition.root, PERIOD, 2)
    assert found is not None
    places = list(_places(edition))
    told = checked.page.evaluate(_FLIPPED, [places, found.key])
    for (name, _), faults in zip(places, told, strict=True):
        assert any(words in fault for fault in faults for words in named(name)), (name, faults)


def _places(edition: Signed) -> Iterator[tuple[str, int]]:
    for number, name in enumerate(edition.names):
        content = (edition.folder / name).read_bytes()
        yield name, place_in(name, content, (number + 1) * 7919)


def test_edit_of_every_table_with_its_record_is_named(
    edition: Signed, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the seal, without anybody's key: whoever changes a figure has to change the paper."""
    record = (edition.folder / RECORD).read_bytes()
    for name in (n for n in edition.names if n.startswith("pack/data/") and n.endswith(".csv")):
        content = (edition.folder / name).read_bytes()
        changed = json.loads(record)
        (edition.folder / name).write_bytes(content + b"x")
        for item in changed["files"]:
            if item["path"] == name:
                item["sha256"] = digest(content + b"x")
        (edition.folder / RECORD).write_text(json.dumps(changed), encoding="utf-8")
        signature = (edition.folder / SIGNATURE).read_bytes()
        (edition.folder / SIGNATURE).unlink()
        try:
            assert check.main([str(edition.folder)]) == 1
            codes = {f.code for f in check_edition(edition.root, PERIOD, 2)}
        finally:
            (edition.folder / name).write_bytes(content)
            (edition.folder / RECORD).write_bytes(record)
            (edition.folder / SIGNATURE).write_bytes(signature)
        assert f"封签不一致：{Path(name).name} 不是封签所记的" in capsys.readouterr().out
        assert "REL-SEAL" in codes


def test_tools_are_run_without_a_shell(tmp_path: Path) -> None:
    """A folder's name may hold anything."""
    odd = tmp_path / "a b;$(touch x)"
    odd.mkdir()
    key, _ = ssh_key(odd)
    assert sign(b"record", key).startswith(b"-----BEGIN SSH SIGNATURE-----")
    assert list(tmp_path.iterdir()) == [odd]
