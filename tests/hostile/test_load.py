"""Many units, and many runs: memory, files and processes stay within bounds."""

import contextlib
import gc
import os
import pathlib
import re
import tempfile
import threading
import tracemalloc
from pathlib import Path

import pytest
from assess.rating_samples import UNIT
from measuring import growth
from publish.conftest import Project

from hostile.conftest import HOME
from reporting.project.params import read_params
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.system.files import write_whole
from tools.soak.project import YEAR, Duty, table_of, write_project

pytestmark = pytest.mark.long

UNITS, TASKS_EACH = 200, 5
RUNS = 12
MEGABYTE = 2**20


def large_project(root: Path) -> Path:
    """Write a table of many units, none of which has reported."""
    root.mkdir()
    write_project(
        root, HOME, [Duty(goal="做好实事。", unit="市甲局", leader="")], silent, quarter=1
    )
    duties = [
        Duty(goal=f"建成第{n}处服务站80个以上。", unit=f"市第{n // TASKS_EACH:04}局",
             leader=f"责任领导{'甲乙丙丁'[n % 4]}", steps=(20, 40, 60, 80))
        for n in range(UNITS * TASKS_EACH)
    ]  # fmt: skip
    write_whole(root / read_params(root, YEAR).table, table_of(duties).encode())
    return root


def silent(unit: str, quarter: int, row_id: str, field: str) -> str:
    return ""


def test_many_units_are_resolved_in_bounded_memory(tmp_path: Path) -> None:
    """Plan, assessment, slices and keys of a province take what their data take, not its square."""
    root = large_project(tmp_path / "province")
    options = Options(year=YEAR, quarter=1, dry_run=True)
    before = f"""
from reporting.publish.options import Options
from reporting.publish.run import publish
options = Options(year={YEAR}, quarter=1, dry_run=True)
root = Path({str(root)!r})
"""
    # Five thousand tasks with their milestones, targets and ratings; 217 MB when last measured.
    assert growth(before, "publish(root, options)") < 400 * MEGABYTE
    # What was resolved is in the store, which spares the second time.
    outcome = publish(root, options)
    assert len(outcome.reports) == 1 + 4 + UNITS
    assert {report.reused for report in outcome.reports} == {False}
    slices = sum(p.stat().st_size for p in (root / ".reporting/store/objects").glob("*/*"))
    assert slices < 200_000 * UNITS


def state(temporary: Path) -> tuple[list[str], int, int, list[Path]]:
    """Name open files, count threads and children of this process; list temporary files."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    started = len(children.read_text().split()) if children.is_file() else 0
    return open_files(), threading.active_count(), started, [*temporary.iterdir()]


def open_files() -> list[str]:
    """Name what this process has open, sockets and pipes by their kind alone."""
    held = Path("/proc/self/fd")
    if not held.is_dir():
        return []
    found = []
    for link in held.iterdir():
        with contextlib.suppress(OSError):
            found.append(re.sub(r"\d+", "", str(link.readlink())))
    return sorted(found)


def traced_bytes() -> int:
    """Sum up what Python holds, but for its table of known words.

    That table grows by doubling, 4 MB at a stride, whenever parts of paths have filled it.
    """
    known_words = tracemalloc.Filter(False, pathlib.__file__)
    return sum(
        trace.size for trace in tracemalloc.take_snapshot().filter_traces([known_words]).traces
    )


def test_run_after_run_leaves_nothing_behind(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run after run in one process, some of them with work: nothing grows."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    # What is loaded once, and stays, is loaded by a run with work and by one without.
    project.publish()
    project.say(UNIT, "召开协调会。")
    project.publish()
    project.publish()
    # What tests before this one left is let go now, and not in the middle.
    gc.collect()
    before, sizes = state(temporary), []
    tracemalloc.start()
    for number in range(RUNS):
        if number % 4 == 0:
            project.say(UNIT, f"召开协调会{number}次。")
        project.publish()
        gc.collect()
        sizes.append((len(gc.get_objects()), traced_bytes()))
    tracemalloc.stop()
    assert state(temporary) == before
    assert sizes[-1][0] - sizes[4][0] < 1_000
    assert sizes[-1][1] - sizes[4][1] < MEGABYTE
    stored = sum(p.stat().st_size for p in (project.root / ".reporting").rglob("*") if p.is_file())
    assert stored < 5 * MEGABYTE


def test_logs_and_store_do_not_grow_for_ever(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old logs go; beyond its limit the store drops what was used longest ago."""
    from reporting.publish.log import LOGS_KEPT, RunLog

    folder = project.root / ".reporting/log"
    folder.mkdir(parents=True)
    for number in range(LOGS_KEPT + 20):
        (folder / f"20200101T000000Z-{number:03}.jsonl").write_text("{}\n")
    RunLog(folder, "2023Q3").event("start")
    assert len(list(folder.glob("*.jsonl"))) <= LOGS_KEPT + 1
