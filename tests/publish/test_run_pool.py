"""Workers: lost ones cost a retry, and many computers give what one gives."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from publish.conftest import Project
from reporting.errors import UsageError
from reporting.publish.pool.pool import Pool, cluster_pool, process_pool, run_jobs, workers_for
from reporting.publish.pool.workers import Job, Made


def _job(name: str, folder: Path) -> Job:
    return Job(
        report_id=name, name=name, period_label="", notebook_path=str(folder), notebook=b"",
        parameters={}, slice_json=b"", formats=(), renderer="typst", fonts={},
        package="", python="",
    )  # fmt: skip


def work(job: Job) -> Made:
    """Die as the name says: ``once``, ``always``, or not at all."""
    mark = Path(job.notebook_path, job.name)
    if job.name.startswith("always") or (job.name.startswith("once") and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Made(job.report_id, {"ipynb": str(os.getpid()).encode()})


def _working(
    pool: Callable[[], AbstractContextManager[Pool]],
) -> Callable[[], AbstractContextManager[Pool]]:
    @contextmanager
    def opened() -> Iterator[Pool]:
        with pool() as found:
            yield replace(found, work=work)

    return opened


@pytest.mark.parametrize(
    ("cores", "jobs", "workers"),
    [(1, 68, 1), (2, 68, 3), (2, 5, 3), (2, 4, 2), (2, 1, 1), (8, 17, 9), (8, 16, 8), (8, 3, 3)],
)
def test_one_report_more_than_cores_when_there_are_many(
    cores: int, jobs: int, workers: int
) -> None:
    """One fills the pauses of the others; a few do not get in each other's way."""
    assert workers_for(cores, jobs) == workers


def test_lost_worker_costs_a_retry(tmp_path: Path) -> None:
    """Every report is there once; the one that always kills its process fails alone."""
    names = ["once-a", "fine-b", "always-c", "fine-d", "once-e", "fine-f"]
    jobs = [_job(name, tmp_path) for name in names]
    found = {made.report_id: made for made in run_jobs(jobs, _working(lambda: process_pool(2)))}
    assert sorted(found) == sorted(names)
    assert found["always-c"].error == "执行进程3次意外终止，可能是内存不足。"
    assert [name for name in names if found[name].error] == ["always-c"]


def test_only_the_lost_are_tried_again(tmp_path: Path) -> None:
    """A report whose own process lives is started once, by one of as many as there are workers."""
    names = ["fine-a", "always-b", *(f"fine-{n}" for n in range(6))]
    jobs = [_job(name, tmp_path) for name in names]
    started: list[str] = []
    open_pool = _working(lambda: process_pool(2))
    found = list(run_jobs(jobs, open_pool, started=lambda job: started.append(job.report_id)))
    assert Counter(started) == {**dict.fromkeys(names, 1), "always-b": 3}
    processes = {made.artifacts["ipynb"] for made in found if not made.error}
    # One of the two may have died with the report that kills, and another stands in for it.
    assert len(processes) <= 3
    assert str(os.getpid()).encode() not in processes


def wait_for_ever(job: Job) -> Made:
    """Say which process this is, and never come back."""
    with open(job.notebook_path, "w", encoding="utf-8") as pipe:  # noqa: PTH123
        pipe.write(str(os.getpid()))
    signal.pause()
    return Made(job.report_id)


def test_interrupted_run_waits_for_no_report(tmp_path: Path) -> None:
    """Ctrl-C takes the workers along, in the middle of what they do."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    seen: list[psutil.Process] = []

    def interrupt() -> None:
        seen.append(psutil.Process(int(pipe.read_text(encoding="utf-8"))))
        raise KeyboardInterrupt

    @contextmanager
    def opened() -> Iterator[Pool]:
        with process_pool(2) as pool:
            yield replace(pool, work=wait_for_ever)

    with pytest.raises(KeyboardInterrupt):
        list(run_jobs([_job("x", pipe)], opened, meanwhile=interrupt))
    assert not seen[0].is_running()


@pytest.mark.long
def test_lost_worker_of_a_cluster_costs_a_retry(scheduler: str, tmp_path: Path) -> None:
    """The scheduler gives the report to another; one that kills them all fails alone."""
    names = ["once-a", "fine-b", "always-c", "fine-d"]
    jobs = [_job(name, tmp_path) for name in names]
    open_pool = _working(lambda: cluster_pool(scheduler))
    found = {made.report_id: made for made in run_jobs(jobs, open_pool)}
    assert sorted(found) == sorted(names)
    assert found["always-c"].error.startswith("执行进程丢失")
    assert [name for name in names if found[name].error] == ["always-c"]


def test_worker_with_another_program_is_refused(project: Project) -> None:
    """A worker whose package differs makes nothing: its bytes would be others."""
    from reporting.publish.pool.workers import make_report

    made = make_report(_job("x", project.root))
    assert made.error == "执行报告的进程装的是另一个版本的程序：各计算机上应安装同一版本。"
    assert made.artifacts == {}


def test_no_scheduler_is_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"连接不上 Dask 调度器“tcp://127.0.0.1:9”"):
        cluster_pool("tcp://127.0.0.1:9", timeout=0.5).__enter__()
