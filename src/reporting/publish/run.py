"""Publish a quarter's pack: resolve, make what is missing, put all of it in place at once."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from reporting.errors import ExitCode, PublishError, UsageError
from reporting.periods import Period
from reporting.project.edition_dates import keep_edition_date
from reporting.project.editions import frozen_numbers
from reporting.project.params import Params, read_params
from reporting.project.roots import STATE
from reporting.publish.keys.declared import expect_unchanged
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.notebooks import undeclared
from reporting.publish.keys.store import Store
from reporting.publish.locks import Claim, Waiting, alone, claims_of, holding, shared
from reporting.publish.log import RunLog
from reporting.publish.manifest import Pack
from reporting.publish.options import ANNEX, FORMATS, Options, completed
from reporting.publish.pack.assemble import Listing, assemble, make_data
from reporting.publish.pack.place import expect_writable
from reporting.publish.progress import Silent
from reporting.publish.reports import Report
from reporting.publish.resolve import resolve
from reporting.publish.results import Failure, Results
from reporting.publish.values import LAST, Resolved, Run, Session
from reporting.publish.year.publish import publish_year
from reporting.system.faults import disk_fault
from reporting.values import Value

DATES = "dates"
"""The lock of the editions' dates."""


class Outcome(Value):
    """What a run did.

    Attributes
    ----------
    made, reused : tuple of str
        Ids of the reports.
    severities : dict
        How many findings of each severity the data notes tell of.
    remarks : tuple of str
        What else the reader should know, a sentence each.
    """

    folder: Path
    period_label: str
    is_sample: bool
    made: tuple[str, ...]
    reused: tuple[str, ...]
    failures: tuple[Failure, ...]
    severities: dict[str, int]
    remarks: tuple[str, ...]
    seconds: float
    log: Path
    reports: tuple[Report, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Whether everything stands, or a report failed."""
        return ExitCode.FAILED if self.failures else ExitCode.DONE


def publish(
    root: Path,
    options: Options,
    *,
    show: Silent | None = None,
    log: RunLog | None = None,
    waiting: Waiting | None = None,
    session: Session | None = None,
) -> Outcome:
    """Publish the pack that the options ask for.

    Parameters
    ----------
    show : Silent, optional
        Where progress is seen.
    log : RunLog, optional
        The log of the run; one under ``.reporting/log`` by default.
    waiting : callable, optional
        Wait until nobody else works on the pack, and tell of it.
    session : Session, optional
        What stays from one run of this process to the next.

    Raises
    ------
    UsageError
        The options or the inputs are wrong.
    Busy
        Another run works on the pack, and this one shall not wait.
    PublishError
        Nothing could be put in place; what stood there still does.
    """
    start = time.perf_counter()
    params = read_params(root, options.year)
    complete = completed(options, params)
    state = root / STATE
    log = log or RunLog(state / "log", f"{options.year}{options.pack_name}")
    with holding(state, claims_for(root, complete), waiting):
        with shared(state, DATES):
            _date_edition(root, params, complete)
        store, session = Store(state / "store"), session or Session()
        hashes = session.hashes(store)
        pack = Pack(complete.pack_folder(root), hashes)
        run = Run(root, complete, params, hashes, store, pack, session)
        try:
            with ExitStack() as helpers:
                return _publish(run, show or Silent(), log, start, helpers)
        except OSError as error:
            path = Path(error.filename) if error.filename else state
            raise PublishError(disk_fault(error, path)) from error
        finally:
            save_hashes(hashes)


def _publish(run: Run, show: Silent, log: RunLog, start: float, helpers: ExitStack) -> Outcome:
    if not (run.options.dry_run or run.pack.listed):
        # Where nothing stands all has to be written, and reading takes its time as well.
        expect_writable(run.pack.folder, ())
    with log.timed("resolve"):
        resolved = resolve(run, before_reading=partial(_prepare, run, helpers))
    for report in resolved.reports:
        log.event("report", id=report.report_id, reason=report.reason, reused=report.reused)
    own = () if run.options.is_public else undeclared(run.root, run.params)
    results = Results(
        remarks=[
            *_missing_rounds(run), *own, *resolved.survey.remarks, *_kept_formats(resolved),
        ]
    )  # fmt: skip
    if not run.options.dry_run:
        if resolved.survey.undated:
            raise UsageError(resolved.survey.undated)
        run.session.resolved(resolved)
        data = make_all(resolved, results, show, log, make_data)
        expect_unchanged(run.root, resolved.files, run.hashes)
        if not run.session.keeps_last(resolved, results):
            _put_in_place(resolved, results, data, log)
        remember(resolved, results)
    outcome = outcome_of(resolved, results, start, log)
    log.event(
        "end", made=len(outcome.made), reused=len(outcome.reused), failed=len(outcome.failures)
    )
    return outcome


def claims_for(root: Path, options: Options) -> tuple[Claim, ...]:
    """Name what a run needs for itself; who only looks needs nothing."""
    if options.dry_run:
        return ()
    period = Period(year=options.year, quarter=options.quarter)
    folder = options.pack_folder(root)
    return claims_of(period, folder, public=options.is_public, province=options.province)


def _put_in_place(resolved: Resolved, results: Results, data: Listing, log: RunLog) -> None:
    """Put the pack in place, and the tables of the year, which are joined from all its packs.

    No pack changes while they are joined; whoever comes last finds all of them.
    """
    run = resolved.run
    in_year = not (run.options.is_public or run.options.output)
    with ExitStack() as held:
        if in_year:
            held.enter_context(shared(run.root / STATE, f"year-{run.options.year}"))
        with log.timed("assemble"):
            assemble(resolved, results, data)
        results.remarks += _removed_formats(resolved, results)
        if in_year:
            with log.timed("year"):
                results.remarks += publish_year(run, resolved.program)


def _prepare(run: Run, helpers: ExitStack) -> None:
    """Load the libraries of kernels and workers while the inputs are read."""
    options = run.options
    if not (run.session.keeps_warm or options.dry_run or options.cold or options.scheduler):
        from reporting.publish.pool.pool import preparing

        helpers.enter_context(preparing())


def make_all(
    resolved: Resolved,
    results: Results,
    show: Silent,
    log: RunLog,
    data_of: Callable[[Resolved], Listing],
) -> Listing:
    """Make the reports, and while others work on them, the tables that ``data_of`` gives."""
    if not resolved.to_make:
        return data_of(resolved)
    # Reports take minutes: whether there is a place for them is known before.
    made = (path for report in resolved.to_make for path in report.artifacts)
    expect_writable(resolved.run.pack.folder, made)
    # Loads kernels and pools, which an unchanged pack has no use for.
    from reporting.publish.pool.make import make

    data: Listing = {}
    make(resolved, results, show, log, meanwhile=lambda: data.update(data_of(resolved)))
    return data


def _date_edition(root: Path, params: Params, options: Options) -> None:
    """Keep the date that was given for the edition to come.

    Raises
    ------
    UsageError
        There is no edition before it, or the parameters say another day.
    """
    if options.edition_date is None or options.dry_run:
        return
    period = Period(year=params.year, quarter=options.quarter)
    last = max(frozen_numbers(root, period), default=0)
    if not last:
        raise UsageError(
            f"{period.label}还没有定版：第1版的日期应为参数 calendar 中的 publish，不用另给。"
        )
    keep_edition_date(root, params, options.quarter, last + 1, options.edition_date)


def _missing_rounds(run: Run) -> Iterator[str]:
    """Name the folders that are not there; an earlier quarter that has an edition needs none."""
    year, last = run.options.year, run.options.quarter
    for quarter in range(1, last + 1):
        if quarter < last and frozen_numbers(run.root, Period(year=year, quarter=quarter)):
            continue
        folder = f"{run.params.status}/Q{quarter}"
        if not (run.root / folder).is_dir():
            yield f"没有第{quarter}季度的报送文件夹 {folder}，该季度全部按未报送处理。"


def _kept_formats(resolved: Resolved) -> Iterator[str]:
    """Name the formats that are made again because they were made before."""
    run = resolved.run
    wanted = {report.report_id for report in resolved.reports}
    entries = (entry for entry in resolved.survey.entries if entry.report_id in wanted)
    kept = {name for entry in entries for name in run.kept_formats(entry)}
    kept |= {ANNEX} if run.options.everything and run.keeps_annex else set()
    if kept:
        yield (
            f"另按上次保留 {'、'.join(_ordered(kept))}；不再需要的，写明 "
            f"FORMATS={','.join(run.options.formats)}（--format）重新生成即删除。"
        )


def _removed_formats(resolved: Resolved, results: Results) -> Iterator[str]:
    """Name the formats that stood in the pack and were not asked for now."""
    pack = resolved.run.pack
    made = [r for r in resolved.reports if not results.error_of(r.report_id)]
    gone = [
        path
        for report in made
        if (before := pack.reports.get(report.report_id))
        for path in before.artifacts
        if path not in report.artifacts
    ]
    if resolved.run.options.everything and not resolved.run.has_annex:
        gone += [path for path in pack.listed if path == "data/annex.xlsx"]
    counts = Counter(path.rpartition(".")[2] for path in gone)
    if counts:
        told = "、".join(f"{name} 文件{counts[name]}个" for name in _ordered(counts))
        yield f"已删除上次的 {told}：FORMATS（--format）没有列出；要保留的请一并列出。"


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=FORMATS.index)


def outcome_of(resolved: Resolved, results: Results, start: float, log: RunLog) -> Outcome:
    """Say what a run did."""
    survey = resolved.survey
    failed = {failure.report_id for failure in results.failures}
    return Outcome(
        folder=resolved.run.pack.folder,
        period_label=survey.period_label,
        is_sample=survey.is_sample,
        made=tuple(r.report_id for r in resolved.to_make if r.report_id not in failed),
        reused=tuple(r.report_id for r in resolved.reports if r.reused),
        failures=tuple(results.failures),
        severities=survey.severities,
        remarks=tuple(results.remarks),
        seconds=round(time.perf_counter() - start, 2),
        log=log.path,
        reports=resolved.reports,
    )


def remember(resolved: Resolved, results: Results) -> None:
    """Keep what every report was last made with, for the reasons of the next run."""
    store, period = resolved.run.store, resolved.run.period
    last = store.record(LAST, period) or {}
    failed = {failure.report_id for failure in results.failures}
    now = last | {r.report_id: r.parts for r in resolved.reports if r.report_id not in failed}
    if now != last:
        store.write_record(LAST, period, now)
        run = resolved.run
        with alone(run.root / STATE, claims_for(run.root, run.options)) as is_alone:
            if is_alone:
                store.prune()


def save_hashes(hashes: FileHashes) -> None:
    """Remember the hashes; when that fails, they are only computed again."""
    with suppress(OSError):
        hashes.save()
