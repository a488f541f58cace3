"""Reports in parallel, on the cores of this computer or on the workers of a cluster."""

import multiprocessing
import os
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.util import Finalize, get_temp_dir
from typing import Any

from reporting.errors import UsageError
from reporting.kernels.forks import SERVER, shared_server
from reporting.publish.pool.workers import Job, Made, make_report, start_worker
from reporting.system.scratch import scratch_folder

ATTEMPTS = 3
"""How often a report is tried when the process it is made in dies under it."""

_NONE: Mapping[str, str] = {}

Work = Callable[[Job], Made]


@dataclass(frozen=True)
class Pool:
    """Workers that make reports.

    Attributes
    ----------
    submit : callable
        Has a job done by a worker that is free; gives a future.
    room : callable
        Says how many jobs may be under way at once; a cluster's workers come and go.
    attempts : int
        How often a job is tried when its worker is lost.
    """

    submit: Callable[[Work, Job], "Future[Made]"]
    room: Callable[[], int]
    attempts: int = ATTEMPTS
    work: Work = make_report


def workers_for(cores_used: int, jobs: int) -> int:
    """Say how many reports are worked on at once to keep so many cores busy.

    The process that makes a report does nothing while its kernel computes, and the kernel
    nothing while the report is set, so one report more fills the pauses. Of a few reports the
    largest decides, and that is done sooner with a core to itself; one core alone is for those
    who want one thing at a time.
    """
    few = cores_used == 1 or jobs <= 2 * cores_used
    return min(cores_used if few else cores_used + 1, jobs)


@contextmanager
def local_pool(size: int) -> Iterator[Pool]:
    """Start worker processes, with one server of warmed kernels for all of them."""
    with shared_server(), process_pool(size) as pool:
        yield pool


@contextmanager
def preparing() -> Iterator[None]:
    """Load libraries beside whatever else is done; pools opened meanwhile need not wait."""
    _context()
    with shared_server():
        yield


@contextmanager
def process_pool(size: int, environment: Mapping[str, str] = _NONE) -> Iterator[Pool]:
    """Start worker processes.

    They are forked from a process that has loaded the libraries once and runs no thread, which
    is both quick and safe; where there is no fork, they start afresh.

    Parameters
    ----------
    environment : mapping of str to str, optional
        Variables that they have besides.
    """
    workers = _Workers(_context(), environment)
    try:
        yield Pool(workers.submit, lambda: size)
    except BaseException:
        workers.end()
        raise
    finally:
        workers.close()


class _Workers:
    """Executors of one process each, so that the report whose process dies is known.

    A report goes to the process that made it last, where that is free: Typst still knows there
    how most of its pages were set.
    """

    def __init__(self, context: Any, environment: Mapping[str, str]) -> None:
        self._context, self._environment = context, environment
        self._all: list[ProcessPoolExecutor] = []
        self._last: dict[ProcessPoolExecutor, Future[Made]] = {}
        self._homes: dict[str, ProcessPoolExecutor] = {}
        self._lifeline, self._end = context.Pipe(duplex=False)

    def submit(self, work: Work, job: Job) -> "Future[Made]":
        fault: BrokenExecutor | None = None
        for _ in range(ATTEMPTS):
            executor = self._free(job.report_id) or self._start()
            try:
                self._last[executor] = executor.submit(work, job)
            except BrokenExecutor as error:
                # It died while it had nothing to do; nobody's report is to blame.
                self._last.pop(executor, None)
                fault = error
            else:
                self._homes[job.report_id] = executor
                return self._last[executor]
        # None stays alive, for want of memory or of what they load: no reason to go on for ever.
        given_up: Future[Made] = Future()
        given_up.set_exception(fault)
        return given_up

    def _free(self, report_id: str) -> ProcessPoolExecutor | None:
        free = []
        for executor, future in list(self._last.items()):
            if future.done() and isinstance(future.exception(), BrokenExecutor):
                del self._last[executor]
            elif future.done():
                free.append(executor)
        home = self._homes.get(report_id)
        return home if home in free else next(iter(free), None)

    def _start(self) -> ProcessPoolExecutor:
        executor = ProcessPoolExecutor(
            1,
            mp_context=self._context,
            initializer=start_worker,
            # The process they are forked from may be older than the server of the kernels.
            initargs=(
                {SERVER: os.environ.get(SERVER, ""), **self._environment},
                self._lifeline,
            ),
        )
        self._all.append(executor)
        return executor

    def end(self) -> None:
        """Have every process end at once, whatever it is at; one that is still starting, too."""
        self._end.close()

    def close(self) -> None:
        for executor in self._all:
            executor.shutdown(cancel_futures=True)
        self._end.close()
        self._lifeline.close()


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
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


_given: list[str] = []


def _give_folder() -> None:
    """Have multiprocessing put its sockets where a later run sweeps if this one is killed.

    The folder it makes by itself is left behind by a kill for good.
    """
    if _given:
        return
    stack = ExitStack()
    folder = str(stack.enter_context(scratch_folder()))
    before = tempfile.tempdir
    tempfile.tempdir = folder
    try:
        _given.append(get_temp_dir())
    finally:
        tempfile.tempdir = before
    # After its own folder in it, which goes at -100.
    Finalize(None, stack.close, exitpriority=-101)


@contextmanager
def cluster_pool(address: str, *, timeout: float = 10, patience: float = 60) -> Iterator[Pool]:
    """Use the workers of a Dask cluster, as many as there are at any time.

    Parameters
    ----------
    timeout, patience : float
        Seconds for the scheduler to answer, and for a first worker to do something: a cluster
        that grows with its work has none before there is some.

    Raises
    ------
    UsageError
        Dask is not installed, or nobody answers at the address.
    """
    try:
        import dask.config
        from distributed import Client
    except ImportError:
        raise UsageError("没有安装 Dask：请运行 pip install 'reporting[dask]'。") from None
    try:
        # Dask keeps its last messages for whoever looks for its faults, with all that is in them.
        with dask.config.set({"distributed.admin.low-level-log-length": _MESSAGES_KEPT}):
            client = Client(address, timeout=timeout, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"连接不上 Dask 调度器“{address}”：{error}") from None
    with client:
        try:
            client.submit(int, pure=False).result(timeout=patience)
        except TimeoutError:
            raise UsageError(f"Dask 调度器“{address}”没有可用的工作进程。") from None

        def room() -> int:
            # What waits for a worker is what a cluster grows by; all of it is in memory.
            return 2 * len(client.scheduler_info(n_workers=-1)["workers"]) + _WAITING

        # Dask itself tries again, and then blames all that a dead worker was to do: once more
        # each by itself tells the guilty from the others.
        executor = client.get_executor(pure=False, retries=ATTEMPTS - 1)  # type: ignore[no-untyped-call]
        yield Pool(executor.submit, room, attempts=2)


_MESSAGES_KEPT = 20
_WAITING = 8
"""Reports that wait at a cluster for workers that are still to come."""


def run_jobs(
    report_ids: Sequence[str],
    job_of: Callable[[str], Job],
    open_pool: Callable[[], AbstractContextManager[Pool]],
    *,
    started: Callable[[str], None] = lambda report_id: None,
    meanwhile: Callable[[], None] = lambda: None,
    patient: bool = False,
) -> Iterator[Made]:
    """Make the reports, and hand out each as soon as it is done.

    As many are under way as the pool has workers, no more, and what a report needs is fetched when
    its turn has come: memory does not grow with the number of reports. Those whose worker is lost
    are tried again one by one when the others are done: what they lacked may have been memory.

    Parameters
    ----------
    job_of : callable
        Gives a report's job, with all that travels with it.
    meanwhile : callable
        Is called once, when all workers have something to do.
    patient : bool
        Call it when one has nothing to do any more: until then the reports need the cores.
    """
    idle = [meanwhile]
    tries = Counter[str]()
    with open_pool() as pool:
        waiting, room = list(report_ids), pool.room
        while waiting:
            lost: list[str] = []
            for report_id, made in _work(pool, waiting, job_of, room, started, idle, patient):
                tries[report_id] += made.lost
                if made.lost and tries[report_id] < pool.attempts:
                    lost.append(report_id)
                else:
                    yield made
            waiting, room = lost, lambda: 1
    _call_once(idle)


def _call_once(idle: list[Callable[[], None]]) -> None:
    while idle:
        idle.pop()()


def _work(
    pool: Pool,
    report_ids: Sequence[str],
    job_of: Callable[[str], Job],
    room: Callable[[], int],
    started: Callable[[str], None],
    idle: list[Callable[[], None]],
    patient: bool,
) -> Iterator[tuple[str, Made]]:
    waiting, under_way = list(reversed(report_ids)), dict[Future[Made], str]()
    while waiting or under_way:
        while waiting and len(under_way) < room():
            report_id = waiting.pop()
            started(report_id)
            under_way[pool.submit(pool.work, job_of(report_id))] = report_id
        if not patient or len(under_way) < room():
            _call_once(idle)
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in [one for one in under_way if one in done]:
            report_id = under_way.pop(future)
            yield report_id, _result(future, report_id)


def _result(future: "Future[Made]", report_id: str) -> Made:
    try:
        return future.result()
    except BrokenExecutor:
        given_up = f"执行进程{ATTEMPTS}次意外终止，可能是内存不足。"
        return Made(report_id, error=given_up, lost=True)
    except Exception as error:  # a worker of a cluster that died more often than it is retried
        given_up = f"执行进程丢失：{type(error).__name__}"
        return Made(report_id, error=given_up, detail=str(error), lost=True)
