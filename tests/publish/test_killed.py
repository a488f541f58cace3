"""Kill -9 of the run at twenty random moments: no broken artifact, no process left."""

import random
import shutil
import subprocess
import sys
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


def kill_at(root: Path, moment: int) -> None:
    """Run until the log has so many lines, kill, and wait until every process is gone."""
    code = "from reporting.cli import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, *COMMAND],
        cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
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
    """Whatever stands is whole at every moment, and the next run completes the pack."""
    root = Path(shutil.copytree(office, tmp_path / "office"))
    lines = log_lines(root)
    whole = pack_of(root)
    chance = random.Random(20231030)
    for _ in range(KILLS):
        kill_at(root, chance.randint(0, lines))
        assert visible(pack_of(root)) == whole
    done = run_command(root, *[word for word in COMMAND if word != "--verbose"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert pack_of(root) == whole
