"""Reports in parallel, by any executor of `concurrent.futures`, on this computer or on many."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from multiprocessing.util import Finalize
from typing import Any

from reporting.errors import UsageError
from reporting.kernels.forks import SERVER, shared_server
from reporting.publish.pool.workers import Job, Made, make_report, start_worker
from reporting.system.scratch import scratch_folder

ATTEMPTS = 3
"""How often a report is tried when the process it is made in dies under it."""


@dataclass(frozen=True)
class Crew:
    """An executor, how many reports it works on at once, and what it does to each."""

    executor: Executor
    hands: int
    work: Callable[[Job], Made] = make_report


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def hands_for(cores_used: int, jobs: int) -> int:
    """Say how many reports are worked on at once to keep so many cores busy.

    The process that makes a report does nothing while its kernel computes, and the kernel
    nothing while the report is set, so one report more fills the pauses. Of a few reports the
    largest decides, and that is done sooner with a core to itself; one core alone is for those
    who want one thing at a time.
    """
    few = cores_used == 1 or jobs <= 2 * cores_used
    return min(cores_used if few else cores_used + 1, jobs)


@contextmanager
def local_crew(jobs: int) -> Iterator[Crew]:
    """Start processes of our own, with one server of warmed kernels for all of them."""
    with shared_server(), process_crew(jobs) as crew:
        yield crew


@contextmanager
def preparing() -> Iterator[None]:
    """Load libraries beside whatever else is done; crews hired meanwhile need not wait."""
    _context()
    with shared_server():
        yield


@contextmanager
def process_crew(jobs: int) -> Iterator[Crew]:
    """Start processes of our own.

    They are forked from a process that has loaded the libraries once and runs no thread, which
    is both quick and safe; where there is no fork, they start afresh.
    """
    executor = ProcessPoolExecutor(
        jobs,
        mp_context=_context(),
        initializer=start_worker,
        # The process they are forked from may be older than the server of the kernels.
        initargs=({SERVER: os.environ.get(SERVER, "")},),
    )
    try:
        yield Crew(executor, jobs)
    except BaseException:
        # Gone before the pool is: one that is still starting would miss what the pool takes away.
        for process in _killed(executor):
            process.join()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    if executor._broken:
        # The pool only asks them to end, and waits for ever for one that was just starting.
        _killed(executor)
    executor.shutdown()


def _killed(executor: ProcessPoolExecutor) -> list[Any]:
    processes: list[Any] = list((executor._processes or {}).values())
    for process in processes:
        process.kill()
    return processes


def _context() -> Any:
    """Give the way to start workers; what they are forked from begins to load."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["reporting.publish.pool.preload"])
        _start_server()
    return context


def _start_server() -> None:
    """Start the process that workers are forked from, deaf to Ctrl-C from its first moment."""
    if threading.current_thread() is not threading.main_thread():
        return
    _give_folder()
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, heard)


def _give_folder() -> None:
    """Give multiprocessing a folder for its sockets that a later run sweeps if this one is killed.

    The one it makes itself is left behind by a kill for good.
    """
    settings = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    if settings.get("tempdir") is None:
        stack = ExitStack()
        settings["tempdir"] = str(stack.enter_context(scratch_folder()))
        Finalize(None, stack.close, exitpriority=-100)


@contextmanager
def cluster_crew(address: str, *, timeout: float = 10) -> Iterator[Crew]:
    """Use the workers of a Dask cluster.

    Raises
    ------
    UsageError
        Dask is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("没有安装 Dask：请运行 pip install 'reporting[dask]'。") from None
    try:
        client = Client(address, timeout=timeout, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"连接不上 Dask 调度器“{address}”：{error}") from None
    with client:
        hands = len(client.scheduler_info(n_workers=-1)["workers"])
        if not hands:
            raise UsageError(f"Dask 调度器“{address}”没有可用的工作进程。")
        executor = client.get_executor(pure=False, retries=ATTEMPTS - 1)  # type: ignore[no-untyped-call]
        yield Crew(executor, hands)


def run_jobs(
    jobs: Sequence[Job],
    hire: Callable[[], Any],
    *,
    started: Callable[[Job], None] = lambda job: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Made]:
    """Make the reports, and hand out each as soon as it is done.

    As many are under way as the crew has hands, no more: when a process dies, only those can
    be to blame. They are tried again one by one, so that the culprit fails alone.

    Parameters
    ----------
    hire : callable
        Gives a context manager of a `Crew`; called again when a crew is lost.
    meanwhile : callable
        Is called once, when all hands have something to do.
    """
    waiting, suspects = list(jobs), list[Job]()
    idle = [meanwhile]
    by_id = {job.report_id: job for job in jobs}
    tries: dict[str, int] = {}
    while waiting or suspects:
        under_way: dict[Future[Made], Job] = {}
        with hire() as crew:
            try:
                yield from _work(replace(crew, hands=1), suspects, under_way, started, idle)
                for made in _work(crew, waiting, under_way, started, idle):
                    if made.lost:
                        # A cluster blames all that its dead worker was to do.
                        suspects.append(by_id[made.report_id])
                    else:
                        yield made
            except BrokenExecutor:
                for job in under_way.values():
                    tries[job.report_id] = tries.get(job.report_id, 0) + 1
                    if tries[job.report_id] < ATTEMPTS:
                        suspects.append(job)
                    else:
                        yield _given_up(job)


def _work(
    crew: Crew,
    waiting: list[Job],
    under_way: dict["Future[Made]", Job],
    started: Callable[[Job], None],
    idle: list[Callable[[], None]],
) -> Iterator[Made]:
    while waiting or under_way:
        while waiting and len(under_way) < crew.hands:
            job = waiting[0]
            started(job)
            under_way[crew.executor.submit(crew.work, job)] = job
            del waiting[0]
        while idle:
            idle.pop()()
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            made = _result(future, under_way[future])
            del under_way[future]
            yield made


def _result(future: "Future[Made]", job: Job) -> Made:
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception as error:  # a worker of a cluster that died more often than it is retried
        lost = f"执行进程丢失：{type(error).__name__}"
        return Made(job.report_id, error=lost, detail=str(error), lost=True)


def _given_up(job: Job) -> Made:
    return Made(job.report_id, error=f"执行进程{ATTEMPTS}次意外终止，可能是内存不足。")
