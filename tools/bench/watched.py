"""``reporting watch`` on a copy of the project: how soon what was saved is to be seen."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from reporting.errors import PublishError
from tools.bench.cases import Cases, correct_sheet
from tools.bench.measure import Cost
from tools.bench.ways import Workspace

_PLACED, _DONE, _FAULT = "已更新", "新生成", "未生成"


def watched(workspace: Workspace, cases: Cases, number: int) -> dict[str, Cost]:
    """Start with nothing kept, then save one sheet; gives the seconds by what was waited for.

    Parameters
    ----------
    number : int
        Which round it is, so that no correction is one that was there before.

    Returns
    -------
    dict of str to Cost
        ``first``, the first report of the cold start; ``page``, the page of the unit whose sheet
        was saved; ``all``, everything that it touches. Clock only: the process runs on.
    """
    root = cases.root
    for folder in (root / f"outputs/{cases.year}/Q{cases.quarter}", root / ".reporting"):
        shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    with _watching(workspace, cases) as lines:
        first = _until(lines, _PLACED) - start
        _until(lines, _DONE)
        # The first save finds what only saves need not loaded yet; it is no measure of the others.
        _save(cases, lines, f"热身{number}。")
        page, every = _save(cases, lines, f"更正{number}。")
    return {name: _cost(s) for name, s in (("first", first), ("page", page), ("all", every))}


def _save(cases: Cases, lines: Iterator[tuple[float, str]], words: str) -> tuple[float, float]:
    path = correct_sheet(cases.root, year=cases.year, quarter=cases.quarter, words=words)
    saved = time.perf_counter()
    page = _until(lines, f"{_PLACED}　{path.stem}") - saved
    return page, _until(lines, _DONE) - saved


def _cost(seconds: float) -> Cost:
    return Cost(seconds=seconds, cpu_seconds=0, peak_bytes=0)


@contextmanager
def _watching(workspace: Workspace, cases: Cases) -> Iterator[Iterator[tuple[float, str]]]:
    command = [
        sys.executable, "-u", "-c", "from reporting.cli import main; main()", "watch", "--port=0",
        f"--quarter={cases.quarter}", f"--year={cases.year}",
        *(f"--format={name}" for name in cases.formats),
    ]  # fmt: skip
    with subprocess.Popen(
        command, cwd=cases.root, env=workspace.env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            yield ((time.perf_counter(), line) for line in process.stdout)
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()


def _until(lines: Iterator[tuple[float, str]], words: str) -> float:
    """Wait for a line; gives when it came.

    Raises
    ------
    PublishError
        A report failed, or the process ended.
    """
    for moment, line in lines:
        if line.startswith(_FAULT):
            raise PublishError(line)
        if line.startswith(words):
            return moment
    raise PublishError(f"reporting watch ended before it said {words}")
