"""A computer without what only POSIX has: the same work is done, and the same bytes come of it.

`elsewhere/sitecustomize.py` takes it away from every process of a run; it cannot tell how Windows
itself behaves, which `tests/system` imitates where it is known to differ.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import run_command

from hostile.conftest import small_town
from hostile.test_surroundings import pack_of

pytestmark = pytest.mark.long

HERE = Path(__file__).parent / "elsewhere"
JOB = """
import importlib, pkgutil, sys
import reporting
from reporting.cli import main
if __name__ == "__main__":
    for module in pkgutil.walk_packages(reporting.__path__, "reporting."):
        importlib.import_module(module.name)
    for words in sys.argv[1].split(";"):
        sys.argv[1:] = words.split()
        try:
            main()
        except SystemExit as ended:
            print(words, ended.code)
"""
"""Every module is imported, and one command run after another."""
ONE = ("--unit", "市甲局", "--jobs", "1", "--format", "html", "--format", "pdf")


def run_elsewhere(root: Path, script: Path, *jobs: str) -> "subprocess.CompletedProcess[str]":
    script.write_text(JOB, encoding="utf-8")
    path = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(script), ";".join(jobs)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )


def test_job_is_done_without_posix(published: Path, tmp_path: Path) -> None:
    """Plan, sheets, check and a report, by cold kernels over ports and spawned workers."""
    root = small_town(tmp_path / "town")
    plan = "plan --out plan"
    jobs = (plan, "sheets --quarter 1", "check --quarter 1", f"report --quarter 1 {' '.join(ONE)}")
    done = run_elsewhere(root, tmp_path / "job.py", *jobs)
    assert not done.stderr, done.stderr
    assert [line for line in done.stdout.splitlines() if line[-1:] == "0" and "--" in line] == [
        f"{words} 0" for words in jobs
    ]
    assert "系统不支持限定内存，笔记本占用的内存没有上限。" in done.stdout
    assert run_command(published, *plan.split()).returncode == 0
    tables = [path.name for path in sorted((published / "plan").glob("*.csv"))]
    assert "tasks.csv" in tables
    for name in tables:
        assert (root / "plan" / name).read_bytes() == (published / "plan" / name).read_bytes()
    made, whole = pack_of(root), pack_of(published)
    for name in ("units/市甲局.html", "units/市甲局.pdf", "notebooks/units/市甲局.ipynb"):
        assert made[name] == whole[name], name
