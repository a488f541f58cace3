"""Kill -9 of the run at twenty random moments: no broken artifact, no process left."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from publish.test_run_real import office, pack_of, run_command

__all__ = ["office"]

KILLS = 20
COMMAND = ["report", "-q", "3", "--format", "html", "--force", "--jobs", "2", "--verbose"]


def log_lines(root: Path) -> int:
    """Run to the end, and count the lines the log has."""
    done = run_command(root, *COMMAND)
    assert done.returncode == 0, done.stdout + done.stderr
    return sum('"step"' in line for line in done.stderr.splitlines())


def kill_at(root: Path, moment: int, temporary: Path) -> None:
    """Run until the log has so many lines, kill, and wait until every process is gone."""
    code = "from reporting.cli import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, *COMMAND],
        cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    with run:
        assert run.stderr is not None
        seen = 0
        while seen < moment and (line := run.stderr.readline()):
            seen += '"step"' in line
        family = psutil.Process(run.pid).children(recursive=True)
        run.kill()
        _, alive = psutil.wait_procs(family, timeout=60)
        assert alive == []


def visible(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what was being written beside, under a name with a dot in front."""
    return {n: data for n, data in files.items() if not Path(n).name.startswith(".")}


def test_run_killed_at_random_moments(office: Path, tmp_path: Path) -> None:
    """Whatever stands is whole, and the next run completes the pack and clears what was left."""
    root = Path(shutil.copytree(office, tmp_path / "office"))
    lines = log_lines(root)
    whole = pack_of(root)
    temporary = Path(tempfile.mkdtemp(prefix="kill"))
    chance = random.Random(20231030)
    for _ in range(KILLS):
        kill_at(root, chance.randint(0, lines), temporary)
        assert visible(pack_of(root)) == whole
    quiet = [word for word in COMMAND if word != "--verbose"]
    done = run_command(root, *quiet, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert pack_of(root) == whole
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
