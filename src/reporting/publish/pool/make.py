"""Make the reports that are not reused, and keep each in the store as soon as it is there."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from reporting.errors import PublishError
from reporting.project.reports import notebook_stem
from reporting.project.roots import STATE
from reporting.publish.keys.declared import read_declared
from reporting.publish.keys.keys import DRAWING, artifact_key
from reporting.publish.keys.package import package_hash
from reporting.publish.log import RunLog
from reporting.publish.pool.pool import Pool, cluster_pool, local_pool, run_jobs, workers_for
from reporting.publish.pool.workers import Job, Made
from reporting.publish.progress import Silent, shown
from reporting.publish.reports import Report, artifact_path
from reporting.publish.results import Failure, Results
from reporting.publish.values import ARTIFACT, LAST, Resolved, Run, made_before
from reporting.system.files import write_whole
from reporting.system.processes import cores

_FEW_A_WORKER = 2
"""Of no more reports than so many a worker the last leaves the others' cores idle for long."""


def make(
    resolved: Resolved,
    results: Results,
    show: Silent,
    log: RunLog,
    *,
    meanwhile: Callable[[], None],
) -> None:
    """Make what is to be made; a report that fails fails alone.

    Parameters
    ----------
    meanwhile : callable
        What is done here while the first reports are being made elsewhere.
    """
    run = resolved.run
    options = run.options
    reports = {report.report_id: report for report in resolved.to_make}
    root, hashes = resolved.run.root, resolved.run.hashes
    templates = read_declared(root, resolved.templates, hashes)
    contents = {
        stem: read_declared(root, files, hashes) for stem, files in resolved.declared.items()
    }
    ordered = run.session.in_order(tuple(reports.values()))
    size = workers_for(options.jobs or cores(), len(ordered))

    def open_pool() -> AbstractContextManager[Pool]:
        if options.scheduler:
            return cluster_pool(options.scheduler)
        return run.session.pool(size) or local_pool(size)

    def job_of(report_id: str) -> Job:
        report = reports[report_id]
        declared = contents.get(notebook_stem(report.notebook), {})
        job = _job(resolved, report, declared, templates)
        return replace(job, store=str(run.store.folder.resolve()), mark=mark) if mark else job

    def started(report_id: str) -> None:
        log.event("start", id=report_id)
        show.started(report_id)

    few = len(ordered) if run.session.keeps_warm else _FEW_A_WORKER * size
    any_placed = False
    # Processes of this computer need no file to know it by, and leave none behind when killed.
    shared = run.store.marked() if options.scheduler else nullcontext("")
    with shared as mark, show.following(len(ordered)):
        for made in run_jobs(
            [report.report_id for report in ordered], job_of, open_pool,
            started=started, meanwhile=meanwhile, patient=1 < len(ordered) <= few,
        ):  # fmt: skip
            log.event(
                "made", id=made.report_id, seconds=made.seconds, error=made.error,
                detail=made.detail,
            )  # fmt: skip
            if made.stops:
                raise PublishError(f"{made.error}{_left(any_placed)}")
            _take(resolved, reports[made.report_id], made, results)
            if made.error and options.fail_fast:
                head = f"{shown(made.report_id)} 未生成：{made.error}已按 --fail-fast 停止，"
                raise PublishError(head + _left(any_placed))
            if not made.error:
                any_placed |= run.session.ready(resolved, reports[made.report_id])
            show.done(made)
    if not options.scheduler:
        results.remarks += [*_open_network(), *_unlocked_files(), *_unbound_memory()]


def _left(any_placed: bool) -> str:
    """Say what became of the pack of a run that stopped."""
    if any_placed:
        return "此前已经更新的报告保留，其余成果未动。"
    return "本次成果没有发布，原有成果未动。"


def _open_network() -> list[str]:
    """Say so where the system cannot keep notebooks off the network."""
    from reporting import kernels

    state = kernels.network_state()
    return [] if state == kernels.CUT_OFF else [state]


def _unlocked_files() -> list[str]:
    """Say so where the system cannot keep compiled libraries off undeclared files."""
    from reporting.kernels.guard.landlock import NO_LOCK, lock_version

    return [] if lock_version() else [NO_LOCK]


def _unbound_memory() -> list[str]:
    """Say so where the system cannot hold notebooks to an amount of memory."""
    from reporting.kernels.confine import UNBOUND, bounds_memory

    return [] if bounds_memory() else [UNBOUND]


def _job(
    resolved: Resolved,
    report: Report,
    inputs: Mapping[str, bytes],
    templates: Mapping[str, bytes],
) -> Job:
    run, program = resolved.run, resolved.program
    afresh = run.options.force
    slice_json = run.store.get(report.parts["slice"])
    if slice_json is None:
        raise PublishError("暂存的数据已损坏，请重新运行。")
    return Job(
        report_id=report.report_id,
        name=report.subject.name,
        period_label=resolved.survey.period_label,
        notebook_path=report.notebook,
        notebook=resolved.notebooks[report.notebook],
        parameters=report.parameters,
        slice_json=slice_json,
        inputs=inputs,
        templates=templates,
        limits=run.params.limits,
        formats=tuple(name for name in report.missing if name != "ipynb"),
        renderer=run.options.renderer,
        fonts=run.params.fonts,
        package=program.package,
        python=program.python,
        cold=run.options.cold,
        executed=None if afresh else _executed(run, report.parts),
        earlier=None if afresh or run.options.cold else _earlier(run, report),
    )


def _executed(run: Run, parts: Mapping[str, str]) -> bytes | None:
    """Return the notebook when it was executed before and needs only another rendering."""
    made = made_before(run.store, parts, "ipynb")
    return None if made is None else run.store.get(made[1])


def _earlier(run: Run, report: Report) -> bytes | None:
    """Return the report's last executed notebook when its charts were drawn as they are now."""
    last = (run.store.record(LAST, run.period) or {}).get(report.report_id)
    if last is None or any(last.get(name) != report.parts[name] for name in DRAWING):
        return None
    return _executed(run, last)


def _take(resolved: Resolved, report: Report, made: Made, results: Results) -> None:
    """Keep a report's artifacts in the store, or its notebook among the failed ones."""
    failed = resolved.run.root / STATE / "failed" / resolved.run.period
    failed /= artifact_path(report.subject, "ipynb").removeprefix("notebooks/")
    failed.unlink(missing_ok=True)
    if made.error:
        kept = ""
        if made.failed_notebook is not None:
            write_whole(failed, made.failed_notebook)
            kept = failed.relative_to(resolved.run.root).as_posix()
        results.failures.append(Failure(report_id=report.report_id, error=made.error, kept=kept))
        return
    _keep(resolved, report, made, results)


def _keep(resolved: Resolved, report: Report, made: Made, results: Results) -> None:
    store = resolved.run.store
    if package_hash(resolved.run.hashes) != resolved.program.package:
        raise PublishError("生成期间程序文件被改动，本次成果作废，请重新运行。")
    entry = {suffix: (len(data), store.put(data)) for suffix, data in made.artifacts.items()}
    entry |= made.kept
    known = {suffix: made_before(store, report.parts, suffix) for suffix in entry}
    if any(known[suffix] not in (None, entry[suffix]) for suffix in entry):
        results.remarks.append(f"{report.report_id} 两次生成的结果不同，请查看日志。")
    for suffix, made_now in entry.items():
        store.write_record(ARTIFACT, artifact_key(report.parts, suffix), list(made_now))
