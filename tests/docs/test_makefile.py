"""What the targets of the Makefile do to a project's folder."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_clean_leaves_the_note_on_outputs(tmp_path: Path) -> None:
    """The folder is there in a fresh clone, and what was published goes; editions stay."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    kept = ["Makefile", "editions/2023/Q3/1/pack.zip", "outputs/README.md"]
    gone = ["outputs/2023/Q3/index.html", "outputs/2023/plan/tasks.csv", ".reporting/store/x"]
    for name in (*kept[1:], *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    done = subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in found) == kept


def test_note_on_outputs_is_all_of_it_that_is_kept() -> None:
    """A clone has the note; whatever is published beside it is left out."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("these files are no clone")
    for name, ignored in (("outputs/README.md", 1), ("outputs/2023/Q3/index.html", 0)):
        asked = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT)
        assert asked.returncode == ignored, name
