"""What the targets of the Makefile do to a project's folder."""

import os
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
    gone += ["outputs/2023/Q3-public/index.html", "outputs/2023/Q3-province/index.html"]
    for name in (*kept[1:], *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    done = subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in found) == kept


def test_clean_of_another_project_needs_a_project(tmp_path: Path) -> None:
    """What is cleaned is the other folder's and none of this one's; any folder is not."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("outputs/2023/Q3/x", "an 'office/outputs/2023/Q3/x", "other/outputs/2023/Q3/x"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "an 'office/params").mkdir()
    for folder, code in (("an 'office", 0), ("other", 2)):
        done = subprocess.run(
            ["make", "clean", f"PROJECT={folder}"], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
    left = sorted(path.parents[1] for path in tmp_path.glob("**/Q3"))
    assert left == [tmp_path / "other/outputs", tmp_path / "outputs"]


def test_year_to_start_is_asked_for() -> None:
    """The Makefile's own year is that of the demonstration."""
    done = subprocess.run(
        ["make", "--dry-run", "--old-file=.venv/.ready", "init"], cwd=ROOT, capture_output=True,
        encoding="utf-8", env={k: v for k, v in os.environ.items() if k != "YEAR"},
    )  # fmt: skip
    recipe = done.stdout.partition("reporting init")[0]
    assert recipe.rstrip().endswith("exit 2\n.venv/bin/"), done.stdout
    assert "请指明年份" in recipe


def test_note_on_outputs_is_all_of_it_that_is_kept() -> None:
    """A clone has the note; whatever is published beside it is left out."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("these files are no clone")
    for name, ignored in (("outputs/README.md", 1), ("outputs/2023/Q3/index.html", 0)):
        asked = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT)
        assert asked.returncode == ignored, name


@pytest.mark.parametrize(
    ("target", "given", "called"),
    [
        ("report", {"Q": "3;touch gone"},
         ["report", "--quarter", "3;touch gone", "--year", "2023"]),
        ("report", {"Q": "3", "UNIT": "市'甲`touch gone`局,乙 & touch gone"},
         ["report", "--quarter", "3", "--year", "2023", "--unit", "市'甲`touch",
          "--unit", "gone`局", "--unit", "乙", "--unit", "&", "--unit", "touch", "--unit", "gone"]),
        ("report", {"Q": "3", "DATE": "$$(touch gone)"},
         ["report", "--quarter", "3", "--year", "2023", "--date", "$(touch gone)"]),
        ("release", {"Q": "3", "ACCEPT": "已核实；'touch gone' | tee \"x\""},
         ["release", "--quarter", "3", "--year", "2023", "--accept",
          "已核实；'touch gone' | tee \"x\""]),
        ("why", {"Q": "3", "TASK": "';touch gone;'"},
         ["why", "--quarter", "3", "--year", "2023", "--task", "';touch gone;'"]),
        ("plan", {"YEAR": "2023;touch gone", "OUT": "a b"},
         ["plan", "--year", "2023;touch gone", "--out", "a b"]),
        ("plan", {}, ["plan", "--year", "2023"]),
        ("init", {"YEAR": "2024", "CITY": "甲'市", "PROJECT": "-a 'b;touch gone"},
         ["init", "--year", "2024", "--city", "甲'市", "--", "-a 'b;touch gone"]),
        ("init", {"YEAR": "2024", "TABLE": "a b"}, ["init", "--year", "2024", "--table", "a b"]),
        ("check", {"Q": "3", "PROJECT": "a 'b`touch gone`;touch gone"},
         ["--project", "a 'b`touch gone`;touch gone", "check", "--quarter", "3",
          "--year", "2023"]),
        ("diff", {"Q": "2"}, ["diff", "--quarter", "2", "--year", "2023", "--from", "1"]),
        ("verify", {"Q": "3", "EDITION": "1", "OWN": "1;touch gone"},
         ["verify", "--quarter", "3", "--year", "2023", "--edition", "1",
          "--with-its-own-program"]),
        ("report", {"Q": "3", "AUDIENCE": "public"},
         ["report", "--quarter", "3", "--year", "2023", "--audience", "public"]),
    ],
)  # fmt: skip
def test_values_reach_the_command_and_nothing_of_them_is_run(
    tmp_path: Path, target: str, given: dict[str, str], called: list[str]
) -> None:
    """Quotes, semicolons and command substitutions are words like any other."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = tmp_path / ".venv/bin/reporting"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > called\n', encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / ".venv/.ready").write_bytes(b"")
    words = [f"{name}={value}" for name, value in given.items()]
    done = subprocess.run(
        ["make", target, *words], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "called").read_text(encoding="utf-8").splitlines() == called
    assert not (tmp_path / "gone").exists()
