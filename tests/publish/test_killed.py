"""Kill the run at random moments and in the middle of a file: nothing broken, nothing left."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from commanding import run_command

from publish.real_office import pack_of

pytestmark = pytest.mark.long

KILLS = 3
"""One each in the first, the second and the last third of a run."""
COMMAND = ["report", "-q", "3", "--format", "html", "--force", "--jobs", "2", "--verbose"]
OLD = b"what an earlier run has left"

HALF_WRITTEN = """
import os, resource, signal, sys
opened = [0]
def watch(event, arguments):
    if event != "open" or "outputs/2023" not in str(arguments[0]):
        return
    opened[0] += bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    if opened[0] == {number}:
        opened[0] += 1
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))
sys.addaudithook(watch)
"""
"""Has the system kill the process when nine bytes of a file of the pack have been written."""


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
    hidden = {n for n in files if any(part.startswith(".") for part in Path(n).parts)}
    return {n: data for n, data in files.items() if n not in hidden}


def make_old(root: Path) -> None:
    """Give every file of the pack other bytes, so that the next run puts all of them in place."""
    for name in pack_of(root):
        (root / "outputs/2023/Q3" / name).write_bytes(OLD)


def broken(root: Path, whole: dict[str, bytes]) -> list[str]:
    """Name the files that are neither the old ones nor the new ones."""
    return [n for n, data in visible(pack_of(root)).items() if data not in (OLD, whole.get(n))]


def test_run_killed_in_the_middle_of_a_file(office: Path, tmp_path: Path) -> None:
    """Whichever file is being written: no reader ever sees a part of one."""
    root = Path(shutil.copytree(office, tmp_path / "office"))
    words = [word for word in COMMAND if word not in ("--force", "--verbose")]
    assert run_command(root, *words).returncode == 0
    whole = pack_of(root)
    for number in (1, len(whole) // 2, len(whole)):
        make_old(root)
        code = HALF_WRITTEN.format(number=number) + "from reporting.cli import main; main()"
        killed = subprocess.run([sys.executable, "-c", code, *words], cwd=root, capture_output=True)
        assert killed.returncode == -signal.SIGXFSZ, killed.stderr.decode()
        assert broken(root, whole) == []
    assert run_command(root, *words).returncode == 0
    assert pack_of(root) == whole


def test_run_killed_at_random_moments(office: Path, tmp_path: Path) -> None:
    """Whatever stands is whole, and the next run completes the pack and clears what was left."""
    root = Path(shutil.copytree(office, tmp_path / "office"))
    lines = log_lines(root)
    whole = pack_of(root)
    temporary = Path(tempfile.mkdtemp(prefix="kill"))
    chance = random.Random(20231030)
    for third in range(KILLS):
        make_old(root)
        moment = chance.randint(lines * third // KILLS, lines * (third + 1) // KILLS)
        kill_at(root, moment, temporary)
        assert broken(root, whole) == []
    quiet = [word for word in COMMAND if word != "--verbose"]
    done = run_command(root, *quiet, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert pack_of(root) == whole
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
