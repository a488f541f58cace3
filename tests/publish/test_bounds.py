"""What would go on for ever: workers that never live, a log that only grows."""

import json
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reporting.publish.log import RunLog
from reporting.publish.pool import pool
from reporting.publish.pool.pool import ATTEMPTS, Pool, process_pool, run_jobs
from reporting.publish.pool.workers import Job, Made


def test_workers_that_never_live_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try starts a few and no more; the report says that its worker was lost."""
    started: list[Any] = []

    class Dead:
        def __init__(self, *_: Any, **__: Any) -> None:
            started.append(self)

        def submit(self, *_: Any) -> None:
            raise BrokenExecutor("dead at birth")

        def shutdown(self, **_: Any) -> None:
            pass

    monkeypatch.setattr(pool, "ProcessPoolExecutor", Dead)
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("spawn"))
    job: Any = SimpleNamespace(report_id="unit/甲")
    (made,) = run_jobs(["unit/甲"], lambda _: job, lambda: process_pool(1))
    assert made.lost
    assert made.error == f"执行进程{ATTEMPTS}次意外终止，可能是内存不足。"
    assert len(started) == ATTEMPTS * ATTEMPTS


@pytest.mark.parametrize(
    ("names", "workers", "expected"),
    [
        ("甲", 1, ["甲", "meanwhile"]),
        ("甲乙丙", 1, ["甲", "乙", "丙", "meanwhile"]),
        ("甲乙丙", 2, ["甲", "乙", "meanwhile", "丙"]),
        ("甲", 2, ["meanwhile", "甲"]),
    ],
)
def test_what_is_done_meanwhile_waits_for_an_idle_worker_when_asked_to(
    names: str, workers: int, expected: list[str]
) -> None:
    """It is done once, with more reports or without."""
    said: list[str] = []

    def job_of(name: str) -> Any:
        return SimpleNamespace(report_id=name)

    waiting = run_jobs(
        [*names], job_of, lambda: _at_once(workers), meanwhile=lambda: said.append("meanwhile"),
        patient=True,
    )  # fmt: skip
    said.extend(made.report_id for made in waiting)
    assert said == expected


@contextmanager
def _at_once(workers: int) -> Iterator[Pool]:
    """Give a pool whose reports are done as soon as they are begun."""

    def submit(work: Callable[[Job], Made], job: Job) -> Future[Made]:
        done = Future[Made]()
        done.set_result(work(job))
        return done

    yield Pool(submit, lambda: workers, work=lambda job: Made(job.report_id))


def test_long_log_keeps_its_last_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It never is much longer than it may be, and each line is whole."""
    monkeypatch.setattr("reporting.publish.log.LOG_BYTES", 4000)
    log = RunLog(tmp_path, "watch")
    for number in range(300):
        log.event("report", number=number)
        assert log.path.stat().st_size <= 4100
    lines = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    numbers = [line["number"] for line in lines]
    assert numbers == list(range(numbers[0], 300))
    assert len(numbers) > 10
