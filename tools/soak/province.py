"""A province's run in small: thousands of reports over a cluster, with nothing computed.

``python -m tools.soak.province --reports 5500``. What travels and what is kept has the sizes of
the demonstration's reports; the workers write it instead of making it. Told are the seconds a
report costs beside its making, and the memory of the process with scheduler and client.
"""

import hashlib
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from reporting.publish.keys.store import Store
from reporting.publish.pool.pool import Pool, cluster_pool, run_jobs
from reporting.publish.pool.workers import Job, Made, keep_shared
from reporting.values import Value

SLICE_BYTES, NOTEBOOK_BYTES = 54_000, 7_000
"""What travels to a worker for a unit's report, on average in the demonstration."""

KEPT_BYTES = {"ipynb": 278_000, "html": 102_000, "pdf": 336_000}
"""What a unit's report keeps in the store, on average in the demonstration."""

_LOOKS = 20


class Ran(Value):
    """What a run came to; ``memory`` are bytes of the process at even distances of its course."""

    reports: int
    seconds: float
    memory: tuple[int, ...]
    stored: int

    @property
    def growth(self) -> float:
        """How much more memory the last quarter of the run has than the second."""
        quarter = len(self.memory) // 4
        early, late = self.memory[quarter : 2 * quarter], self.memory[-quarter:]
        return max(late) / max(early)


def pretend(job: Job) -> Made:
    """Write what a report of that name would keep, other bytes for every name."""
    made = Made(job.report_id)
    for suffix, size in KEPT_BYTES.items():
        seed = hashlib.sha256(f"{job.report_id}.{suffix}".encode()).digest()
        made.artifacts[suffix] = seed * (size // len(seed))
    keep_shared(job, made)
    return made


def run(folder: Path, reports: int, *, workers: int = 2, shared: bool = True) -> Ran:
    """Make so many reports that are none on a cluster of this computer.

    Parameters
    ----------
    shared : bool
        Whether the workers find the store, or send what they made.
    """
    store, memory, start = Store(folder / "store"), list[int](), time.perf_counter()
    names = [f"unit/{number:05}" for number in range(reports)]
    with store.marked() as mark, _cluster(workers) as address:
        job_of = partial(_job, store=str(store.folder), mark=mark if shared else "")
        open_pool = partial(_pretending, address)
        for number, made in enumerate(run_jobs(names, job_of, open_pool)):
            assert not made.error, made.error
            for data in made.artifacts.values():
                store.put(data)
            if number % max(1, reports // _LOOKS) == 0:
                memory.append(_resident())
        seconds = time.perf_counter() - start
    stored = sum(path.stat().st_size for path in store.folder.glob("objects/*/*"))
    return Ran(reports=reports, seconds=seconds, memory=tuple(memory), stored=stored)


def _job(name: str, *, store: str, mark: str) -> Job:
    return Job(
        report_id=name, name=name, period_label="", notebook_path="", renderer="typst",
        notebook=bytes(NOTEBOOK_BYTES), parameters={}, slice_json=bytes(SLICE_BYTES),
        formats=(), fonts={}, package="", python="", store=store, mark=mark,
    )  # fmt: skip


@contextmanager
def _pretending(address: str) -> Iterator[Pool]:
    with cluster_pool(address) as pool:
        yield replace(pool, work=pretend)


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    import dask.config
    from distributed import LocalCluster

    # As the guide has a scheduler started: what it keeps of its messages would be the reports'.
    few = dask.config.set({"distributed.admin.low-level-log-length": 20})
    with few, LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
        dashboard_address=":0",
    ) as cluster:  # fmt: skip
        yield str(cluster.scheduler_address)


def _resident() -> int:
    """Give the memory of this process now, where the system says; else its most so far."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(
    reports: Annotated[int, typer.Option(help="how many")] = 5500,
    workers: Annotated[int, typer.Option(help="processes of the cluster")] = 2,
    *,
    shared: Annotated[bool, typer.Option(help="the workers find the store")] = True,
) -> None:
    """Run, and say what it came to."""
    with tempfile.TemporaryDirectory(prefix="province-") as folder:
        ran = run(Path(folder), reports, workers=workers, shared=shared)
    print(
        f"{ran.reports} reports in {ran.seconds:.1f} s: {ran.seconds / reports * 1000:.1f} ms each"
    )
    print(f"store {ran.stored / 2**30:.2f} GB: {ran.stored / reports / 1000:.0f} kB a report")
    print("memory in MB along the run: " + " ".join(str(m >> 20) for m in ran.memory))
    print(f"last quarter to second quarter: {ran.growth:.2f}")


if __name__ == "__main__":
    typer.run(main)
