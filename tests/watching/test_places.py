"""The folders that are followed, and what in them counts as saved."""

import shutil
from pathlib import Path, PurePath

import pytest

from reporting.watching.places import changed, folders, is_litter, look

ROOT = Path(__file__).parents[2]


def test_folders_are_those_that_reports_are_made_from(tmp_path: Path) -> None:
    """What is made is not among them, or a run would follow itself."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    for name in ("notebooks", "data/2023/status/Q3", "outputs/2023", "fonts", ".reporting"):
        (tmp_path / name).mkdir(parents=True)
    names = [path.relative_to(tmp_path.resolve()).as_posix() for path in folders(tmp_path, 2023)]
    assert names == ["data", "fonts", "notebooks", "params"]


def test_table_at_the_root_is_followed_by_itself(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    text = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
    text = text.replace("table: data/2023/task_table.txt", "table: table.txt")
    (tmp_path / "params/2023.yml").write_text(text, encoding="utf-8")
    (tmp_path / "table.txt").write_bytes(b"1")
    places = folders(tmp_path, 2023)
    assert [path.name for path in places] == ["params", "table.txt"]
    before = look(places)
    (tmp_path / "table.txt").write_bytes(b"12")
    assert changed(before, look(places)) == (str((tmp_path / "table.txt").resolve()),)


@pytest.mark.parametrize(
    ("name", "litter"),
    [
        ("市商务局.xlsx", False), ("~$市商务局.xlsx", True), (".~市商务局.xlsx", True),
        (".市商务局.xlsx", False), (".unit_report.ipynb.swp", True), ("unit_report.ipynb", False),
        (".3f2a.part", True), ("市商务局.xlsx~", True), ("A1B2.tmp", True),
    ],
)  # fmt: skip
def test_litter_of_programs_is_no_save(name: str, litter: bool) -> None:
    assert is_litter(PurePath(name)) is litter


def test_renaming_and_removing_are_seen(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"1")
    before = look([tmp_path])
    (tmp_path / "a.xlsx").rename(tmp_path / "b.xlsx")
    names = [Path(name).name for name in changed(before, look([tmp_path]))]
    assert names == ["a.xlsx", "b.xlsx"]
