"""Workers: lost ones cost a retry, and many computers give what one gives."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from publish.conftest import Project, inline_pool
from reporting.errors import UsageError
from reporting.publish.keys.store import Store
from reporting.publish.pool.pool import Pool, cluster_pool, process_pool, run_jobs, workers_for
from reporting.publish.pool.workers import Job, Made, keep_shared


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


def _run(
    names: Sequence[str],
    folder: Path,
    pool: Callable[[], AbstractContextManager[Pool]],
    **options: Any,
) -> Iterator[Made]:
    return run_jobs(names, lambda name: _job(name, folder), _working(pool), **options)


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
    found = {made.report_id: made for made in _run(names, tmp_path, lambda: process_pool(2))}
    assert sorted(found) == sorted(names)
    assert found["always-c"].error == "执行进程3次意外终止，可能是内存不足。"
    assert [name for name in names if found[name].error] == ["always-c"]


def process(job: Job) -> Made:
    """Say which process this is."""
    return Made(job.report_id, {"ipynb": str(os.getpid()).encode()})


def test_report_goes_where_it_was_made_before(tmp_path: Path) -> None:
    """Of several processes that are free it is the one that still knows its pages."""
    with process_pool(2) as pool:
        first = [pool.submit(process, _job(name, tmp_path)) for name in "ab"]
        homes = [future.result().artifacts for future in first]
        assert homes[0] != homes[1]
        for at, name in [(1, "b"), (0, "a"), (1, "b")]:
            assert pool.submit(process, _job(name, tmp_path)).result().artifacts == homes[at]


def test_only_the_lost_are_tried_again(tmp_path: Path) -> None:
    """A report whose own process lives is started once, by one of as many as there are workers."""
    names = ["fine-a", "always-b", *(f"fine-{n}" for n in range(6))]
    started: list[str] = []
    found = list(_run(names, tmp_path, lambda: process_pool(2), started=started.append))
    assert Counter(started) == {**dict.fromkeys(names, 1), "always-b": 3}
    processes = {made.artifacts["ipynb"] for made in found if not made.error}
    # One of the two may have died with the report that kills, and another stands in for it.
    assert len(processes) <= 3
    assert str(os.getpid()).encode() not in processes


def test_what_a_report_needs_is_fetched_when_its_turn_comes(tmp_path: Path) -> None:
    """However many reports there are, no more are in memory than may be under way."""
    fetched: list[str] = []

    def job_of(name: str) -> Job:
        fetched.append(name)
        return _job(name, tmp_path)

    names = [f"fine-{number}" for number in range(20)]
    pool = inline_pool(lambda job: Made(job.report_id))
    ahead = [
        len(fetched) - number
        for number, _ in enumerate(run_jobs(names, job_of, lambda: pool(1)), 1)
    ]
    assert fetched == names
    assert max(ahead) <= 1


def test_worker_that_shares_the_store_keeps_there_what_it_made(tmp_path: Path) -> None:
    """It sends hashes; one that does not find the mark, bytes."""
    store, job = Store(tmp_path / "store"), _job("a", tmp_path)
    with store.marked() as mark:
        job = replace(job, store=str(store.folder), mark=mark)
        here, elsewhere = (Made("a", {"html": b"page"}) for _ in range(2))
        keep_shared(job, here)
        keep_shared(replace(job, store=str(tmp_path)), elsewhere)
    assert (here.artifacts, elsewhere.artifacts) == ({}, {"html": b"page"})
    ((size, name),) = here.kept.values()
    assert (size, store.get(name), elsewhere.kept) == (4, b"page", {})
    # Gone with its run: what is left over from before answers for nobody.
    keep_shared(job, elsewhere)
    assert elsewhere.kept == {}


@pytest.mark.long
def test_cluster_that_grows_with_its_work_needs_no_worker_before(tmp_path: Path) -> None:
    """Workers come when there is something to do, and more of them than at first."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=0, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0",
    ) as cluster:  # fmt: skip
        cluster.adapt(minimum=0, maximum=2)
        names = [f"fine-{number}" for number in range(12)]
        made = list(_run(names, tmp_path, lambda: cluster_pool(str(cluster.scheduler_address))))
    assert sorted(one.report_id for one in made) == sorted(names)
    assert [one.error for one in made if one.error] == []


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
        list(run_jobs(["x"], lambda name: _job(name, pipe), opened, meanwhile=interrupt))
    assert not seen[0].is_running()


@pytest.mark.long
def test_lost_worker_of_a_cluster_costs_a_retry(scheduler: str, tmp_path: Path) -> None:
    """The scheduler gives the report to another; one that kills them all fails alone."""
    names = ["once-a", "fine-b", "always-c", "fine-d"]
    made = _run(names, tmp_path, lambda: cluster_pool(scheduler))
    found = {one.report_id: one for one in made}
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
