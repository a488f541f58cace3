"""The soak itself: a short one with a fixed seed, and that it would notice."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.conftest import HOME
from tools.soak.__main__ import Account, befall
from tools.soak.faults import FAULTS, Fault
from tools.soak.trial import Trial

pytestmark = pytest.mark.long

SECONDS = 6


def test_short_soak_breaks_nothing() -> None:
    """A few faults on a real small project, always the same ones first."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.soak", "--seconds", str(SECONDS), "--seed", "3"],
        cwd=HOME, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("\n0 broken")
    assert "held   project 1: a project is published" in done.stdout


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Make a project whose command does nothing, so that what a fault does is all there is."""
    made = Trial(tmp_path / "trial", random.Random(1))
    made.build(HOME)
    made.pack.mkdir(parents=True)
    (made.pack / "index.html").write_bytes(b"page")
    made.reference = made.artifacts()
    monkeypatch.setattr(Trial, "run", lambda self, *more: (0, ""))
    return made


IN_PLACE = """
def place(folder, files, stale=()):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content())
"""
BESIDE = "from reporting.publish.pack.place import place"
TOY = """
from hashlib import sha256
from pathlib import Path
{place}
inputs = [Path({table!r}), *sorted(Path({status!r}).iterdir())]
told = b" ".join(sha256(path.read_bytes()).hexdigest().encode() for path in inputs)
place(Path({pack!r}), {{f"{{n}}.html": lambda: told * 99 for n in range(4)}})
"""
"""A command that writes a pack of four files, of which each tells of all inputs."""

PLACING = next(fault for fault in FAULTS if fault.name == "the run is killed while placing")


def befall_toy(trial: Trial, place: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kill the toy six times in the middle of the placing; returns what broke."""
    places = {"table": str(trial.table), "status": str(trial.status), "pack": str(trial.pack)}
    monkeypatch.setattr("tools.soak.trial._COMMAND", TOY.format(place=place, **places))
    assert trial.run() == (0, "")
    trial.reference = trial.artifacts()
    account = Account()
    for _ in range(6):
        befall(trial, PLACING, account, "here")
    assert trial.changed() == ["0.html", "1.html", "2.html", "3.html"]
    return account.broken


def test_soak_notices_a_pack_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill that leaves half a file is told; one beside which all is written whole is not."""
    trial = Trial(tmp_path / "trial", random.Random(1))
    trial.build(HOME)
    assert befall_toy(trial, BESIDE, monkeypatch) == []
    broken = befall_toy(trial, IN_PLACE, monkeypatch)
    assert any("neither old nor new: ['" in told for told in broken)


def write_outside(trial: Trial) -> tuple[int, str]:
    (trial.folder / "elsewhere.txt").write_text("x")
    return 0, ""


def change_outside(trial: Trial) -> tuple[int, str]:
    (trial.outside / "secret.xlsx").write_bytes(b"changed")
    return 0, ""


def change_pack(trial: Trial) -> tuple[int, str]:
    (trial.pack / "index.html").write_bytes(b"other page")
    return 0, ""


def leave_file(trial: Trial) -> tuple[int, str]:
    (trial.folder / "tmp/left").write_bytes(b"x")
    return 0, ""


def leave_scratch(trial: Trial) -> tuple[int, str]:
    (trial.folder / "tmp/reporting-left").mkdir()
    return 0, ""


def lie_in_manifest(trial: Trial) -> tuple[int, str]:
    item = '{"path": "index.html", "sha256": "0"}'
    (trial.pack / "manifest.json").write_text(f'{{"artifacts": [{item}]}}')
    return 0, ""


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (write_outside, "written outside: elsewhere.txt"),
        (change_outside, "a file outside was changed"),
        (change_pack, "after mending: not the bytes of the first run"),
        (leave_file, "temporary files left"),
        (leave_scratch, "after mending: temporary folders not swept up: ['reporting-left']"),
        (lie_in_manifest, "not as the manifest says: index.html"),
        (lambda trial: (3, ""), "exit code 3"),
        (lambda trial: (0, "Traceback (most recent call last)"), "a traceback"),
    ],
)
def test_soak_notices(run: object, told: str, trial: Trial) -> None:
    """Each thing that must never be is told when it is."""
    account = Account()
    befall(trial, Fault("made up", run), account, "here")  # type: ignore[arg-type]
    assert any(line.startswith("here, made up: ") and told in line for line in account.broken)


def test_every_fault_has_its_own_name() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
