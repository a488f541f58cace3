"""Editions share on disk what is equal, and stay whole by themselves."""

import os
import shutil
from pathlib import Path

import pytest

from reporting.project.editions import edition_folder, edition_name
from reporting.release.integrity import check_edition
from reporting.release.record import folder_files
from reporting.system.digests import digest

from .conftest import PERIOD, Office, Story


def disk(*folders: Path) -> int:
    """Count the bytes on disk, what is linked once."""
    stats = (path.stat() for folder in folders for path in folder.rglob("*") if path.is_file())
    return sum({stat.st_ino: stat.st_size for stat in stats}.values())


def test_second_edition_takes_only_what_is_new(story: Story) -> None:
    """Every file that the first one holds is the same file; the rest is written once."""
    one, two = (edition_folder(story.office.root, PERIOD, number) for number in (1, 2))
    held = {digest(data) for data in folder_files(one).values()}
    new = sum(len(data) for data in folder_files(two).values() if digest(data) not in held)
    assert disk(one, two) == disk(one) + new
    unchanged = "pack/units/市乙局.html"
    assert (one / unchanged).stat().st_ino == (two / unchanged).stat().st_ino
    assert disk(one, two) <= 1.6 * disk(one)


def test_edition_stands_alone(story: Story, tmp_path: Path) -> None:
    """A copy of its folder is a plain folder with every file."""
    two = edition_folder(story.office.root, PERIOD, 2)
    alone = Path(shutil.copytree(two, tmp_path / "alone"))
    assert folder_files(alone) == folder_files(two)


def test_edit_of_a_shared_file_is_named_in_every_edition(corrected: Office) -> None:
    """Nobody may write them; who does it all the same is found out in both."""
    corrected.freeze()
    copy = corrected.root
    unchanged = "pack/units/市乙局.html"
    shared = [edition_folder(copy, PERIOD, number) / unchanged for number in (1, 2, 3)]
    assert any(path.samefile(shared[2]) for path in shared[:2])
    assert not any(path.stat().st_mode & 0o222 for path in shared)
    shared[2].chmod(0o644)
    with shared[2].open("ab") as file:
        file.write(b" ")
    named = {number: [f.code for f in check_edition(copy, PERIOD, number)] for number in (1, 2, 3)}
    assert named[3] == ["REL-TAMPERED"]
    assert ["REL-TAMPERED"] in (named[1], named[2])


def test_changed_file_is_not_linked_to(corrected: Office) -> None:
    """What an earlier edition no longer holds as it was is written anew."""
    copy = corrected.root
    for number in (1, 2):
        path = edition_folder(copy, PERIOD, number) / "pack/units/市乙局.html"
        path.chmod(0o644)
        path.write_bytes(b"changed")
    corrected.freeze()
    assert check_edition(copy, PERIOD, 3) == ()


def test_disk_without_links_takes_copies(
    corrected: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edition is the same, only larger."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    corrected.freeze()
    assert check_edition(corrected.root, PERIOD, 3) == ()
    folder = edition_folder(corrected.root, PERIOD, 3)
    assert {path.stat().st_nlink for path in folder.rglob("*") if path.is_file()} == {1}
    assert edition_name(PERIOD, 3) == "2023Q1-v3"
