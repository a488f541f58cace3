"""What a worker process does: one report from bytes to bytes, so that it shares no disk."""

import json
import os
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic_core import to_json

from reporting.errors import PublishError, ReportingError
from reporting.limits import Limits
from reporting.system.processes import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

_ONE_AT_A_TIME = threading.Lock()
"""A worker of a cluster may have several threads, but a process has one environment."""


@dataclass(frozen=True)
class Job:
    """One report to be made; everything it needs travels with it.

    ``notebook_path`` and the paths of ``inputs``, which it may read besides its slice, and of
    ``templates``, the project's own, are relative to the project. ``executed`` is a notebook
    that was executed before and needs rendering only; ``earlier`` is one of other data, whose
    charts stand where their values are the same.
    ``package`` and ``python`` are the parent's: a worker with others would make other bytes.
    ``store`` is the parent's, and ``mark`` a file in it: a worker that finds it shares the folder,
    and keeps there what it makes.
    """

    report_id: str
    name: str
    period_label: str
    notebook_path: str
    notebook: bytes
    parameters: Mapping[str, int | str]
    slice_json: bytes
    formats: tuple[str, ...]
    renderer: str
    fonts: Mapping[str, Sequence[str]]
    package: str
    python: str
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    cold: bool = False
    executed: bytes | None = None
    earlier: bytes | None = None
    store: str = ""
    mark: str = ""


@dataclass
class Made:
    """What became of a job: artifacts by format, or the sentence that says why not.

    ``kept`` gives the size and the hash of artifacts that are in the parent's store already.
    ``lost`` tells that its process died, which may have been another report's doing, ``stops``
    that the fault is in what all reports are made with.
    """

    report_id: str
    artifacts: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    error: str = ""
    detail: str = ""
    failed_notebook: bytes | None = None
    lost: bool = False
    stops: bool = False


def make_report(job: Job) -> Made:
    """Execute, check, render, check; a fault becomes the result's error and nothing else."""
    made = Made(job.report_id)
    from reporting.documents.overriding.faults import TemplateFault

    with _ONE_AT_A_TIME:
        try:
            _make(job, made)
            keep_shared(job, made)
        except ReportingError as error:
            made.error, made.detail = str(error), traceback.format_exc()
            made.failed_notebook = _notebook_of(error)
            made.stops = isinstance(error, TemplateFault)
            made.artifacts = {}
        except Exception as error:  # any fault fails its own report only
            made.error = f"生成过程出错：{type(error).__name__}：{error}"
            made.detail = traceback.format_exc()
            made.artifacts = {}
    return made


def _make(job: Job, made: Made) -> None:
    from reporting.documents.analyst.meant import expect_meant
    from reporting.documents.artifacts import check_artifact, check_document, render
    from reporting.documents.assets import own_templates
    from reporting.documents.fonts.own import lay_out

    _check_worker(job.package, job.python)
    if job.executed is None:
        executed = _timed(made, "execute", lambda: _execute(job))
        content = notebook_bytes(executed)
    else:
        content = job.executed
    notebook = json.loads(content)
    expect_meant(notebook, PurePosixPath(job.notebook_path).name)
    document = _timed(
        made,
        "check",
        lambda: check_document(notebook, name=job.name, period_label=job.period_label),
    )
    made.artifacts["ipynb"] = content
    one = partial(
        render, notebook, renderer=job.renderer, fonts=job.fonts, own=lay_out(job.inputs),
        templates=own_templates(job.templates), document=document,
    )  # fmt: skip
    for suffix in job.formats:
        data = _timed(made, suffix, partial(one, (suffix,)))[suffix]
        check_artifact(suffix, data, name=job.name, period_label=job.period_label)
        made.artifacts[suffix] = data


def keep_shared(job: Job, made: Made) -> None:
    """Put what was made into the parent's store, where it is this worker's as well."""
    from reporting.publish.keys.store import Store

    if not (job.mark and Path(job.store, job.mark).exists()):
        return
    store = Store(Path(job.store))
    made.kept = {suffix: (len(data), store.put(data)) for suffix, data in made.artifacts.items()}
    made.artifacts = {}


def _execute(job: Job) -> dict[str, Any]:
    from reporting.documents.analyst.pictures import with_pictures
    from reporting.publish.pool.execute import execute_notebook
    from reporting.system.scratch import scratch_folder

    # Not an ordinary temporary folder: this one is swept up where the process is killed.
    with scratch_folder() as folder:
        name = PurePosixPath(job.notebook_path)
        path = folder / name.name
        path.write_bytes(job.notebook)
        executed = execute_notebook(
            path, job.parameters, job.slice_json,
            inputs=job.inputs, place=str(name.parent), charts=_charts(job.earlier), cold=job.cold,
            timeout=job.limits.seconds, memory_bytes=job.limits.memory_bytes,
        )  # fmt: skip
    return with_pictures(executed, job.inputs, str(name.parent))


def _charts(earlier: bytes | None) -> bytes | None:
    from reporting.documents.remembered import figures_of

    return None if earlier is None else json.dumps(figures_of(json.loads(earlier))).encode()


def _timed(made: Made, step: str, call: Callable[[], T]) -> T:
    start = time.perf_counter()
    try:
        return call()
    finally:
        made.seconds[step] = round(time.perf_counter() - start, 3)


def notebook_bytes(notebook: Mapping[str, Any]) -> bytes:
    """Write a notebook as it stands in files, as Jupyter does: sorted keys, a value a line."""
    # Sorted by json, laid out by pydantic's writer: that of nbformat takes ten times as long.
    ordered = json.loads(json.dumps(notebook, sort_keys=True))
    return to_json(ordered, indent=1) + b"\n"


def _notebook_of(error: ReportingError) -> bytes | None:
    notebook = getattr(error, "notebook", None)
    return notebook_bytes(notebook) if notebook else None


def _check_worker(package: str, python: str) -> None:
    """Make sure that a worker, maybe on another computer, runs the same program.

    Raises
    ------
    PublishError
        It does not.
    """
    if _own_program() != (package, python):
        raise PublishError("执行报告的进程装的是另一个版本的程序：各计算机上应安装同一版本。")


@cache
def _own_program() -> tuple[str, str]:
    """Tell which program this process runs: the one it loaded, whatever its files become."""
    import sys

    from reporting.publish.keys.hashes import FileHashes
    from reporting.publish.keys.package import package_hash

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return package_hash(FileHashes()), python


def start_worker(environment: Mapping[str, str], lifeline: "Connection | None" = None) -> None:
    """Prepare a process of the local pool: Ctrl-C is the parent's, and so is its end.

    Parameters
    ----------
    environment : mapping of str to str
        Variables to set; an empty one is none.
    lifeline : Connection, optional
        Its other end is the parent's; when that is closed, this process ends.
    """
    for name, value in environment.items():
        if value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)
    end_with_parent(lifeline)
