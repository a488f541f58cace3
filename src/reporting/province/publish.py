"""Publish a province's report on a quarter: read the editions, make what is missing, place it."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from reporting.assess.province.values import Province
from reporting.assess.values import Subject, SubjectKind
from reporting.documents.overriding.files import own_files
from reporting.errors import PublishError
from reporting.findings import Severity
from reporting.project.province import ProvinceParams, params_name, read_province_params
from reporting.project.reports import PROVINCE_NOTEBOOK, notebook_stem
from reporting.project.roots import STATE
from reporting.province.read import read_province
from reporting.publish.keys.declared import expect_unchanged, hash_declared
from reporting.publish.keys.hashes import FileRecord
from reporting.publish.keys.notebooks import expect_notebooks, read_notebooks
from reporting.publish.keys.program import read_program
from reporting.publish.keys.reach import ReachedCode
from reporting.publish.keys.store import Store
from reporting.publish.locks import Waiting, holding
from reporting.publish.log import RunLog
from reporting.publish.manifest import Pack, Standing
from reporting.publish.options import ANNEX, Options, completed
from reporting.publish.pack.assemble import Listing, assemble, kept, own_fonts_of
from reporting.publish.progress import Silent
from reporting.publish.reports import Entry, parameters_of
from reporting.publish.resolve import parts_by_id, report_of
from reporting.publish.results import Results
from reporting.publish.run import (
    Outcome,
    claims_for,
    make_all,
    outcome_of,
    remember,
    save_hashes,
)
from reporting.publish.survey import Survey
from reporting.publish.values import LAST, Resolved, Run, Session
from reporting.system.faults import disk_fault
from reporting.system.own_fonts import font_files
from reporting.values import Value


class ProvinceOutcome(Value):
    """What a run did, and what it found of the offices."""

    outcome: Outcome
    province: Province

    @property
    def uncounted(self) -> tuple[str, ...]:
        """The offices whose figures are not in the report."""
        return tuple(one.name for one in self.province.offices if one.tally is None)

    @property
    def is_well(self) -> bool:
        """Whether the report stands, and no edition is wrong; what is yet to come is not."""
        wrong = any(found.severity is Severity.ERROR for found in self.province.findings)
        return not (self.outcome.failures or wrong)


def publish_province(
    root: Path,
    options: Options,
    *,
    show: Silent | None = None,
    log: RunLog | None = None,
    waiting: Waiting | None = None,
) -> ProvinceOutcome:
    """Publish the report; parameters as in `reporting.publish.run.publish`.

    Every edition is proved in every run; the report is made again only where what was read, the
    notebook or the program differs.

    Raises
    ------
    UsageError
        The options or the parameters are wrong.
    Busy
        Another run works on the report, and this one shall not wait.
    PublishError
        Nothing could be put in place; what stood there still does.
    """
    start = time.perf_counter()
    params = read_province_params(root, options.year, options.quarter)
    complete = completed(options.model_copy(update={"province": True}), params.settings)
    state = root / STATE
    log = log or RunLog(state / "log", f"{options.year}{complete.pack_name}")
    with holding(state, claims_for(root, complete), waiting):
        store = Store(state / "store")
        hashes = Session().hashes(store)
        pack = Pack(complete.pack_folder(root), hashes)
        run = Run(root, complete, params.settings, hashes, store, pack)
        try:
            return _publish(run, params, show or Silent(), log, start)
        except OSError as error:
            path = Path(error.filename) if error.filename else state
            raise PublishError(disk_fault(error, path)) from error
        finally:
            save_hashes(hashes)


def _publish(
    run: Run, params: ProvinceParams, show: Silent, log: RunLog, start: float
) -> ProvinceOutcome:
    with log.timed("read"):
        province = read_province(run.root, params, run.options.quarter)
    resolved = _resolve(run, province)
    for report in resolved.reports:
        log.event("report", id=report.report_id, reason=report.reason, reused=report.reused)
    results = Results()
    if not run.options.dry_run:
        data = make_all(resolved, results, show, log, partial(_data, province=province))
        expect_unchanged(run.root, resolved.files, run.hashes)
        page = partial(_page, resolved, province)
        with log.timed("assemble"):
            assemble(resolved, results, data, page)
        remember(resolved, results)
    outcome = outcome_of(resolved, results, start, log)
    return ProvinceOutcome(outcome=outcome, province=province)


# --- what is made, and of what ----------------------------------------------------------------


def _resolve(run: Run, province: Province) -> Resolved:
    program = read_program(run.root, run.params.fonts, run.hashes)
    code = ReachedCode(run.hashes, run.store)
    notebooks = read_notebooks(run.root, [PROVINCE_NOTEBOOK])
    expect_notebooks(notebooks, ())
    slices = run.session.slices(run.store)
    survey = _survey(run, province)
    declared = {notebook_stem(PROVINCE_NOTEBOOK): hash_declared(_fonts(run), run.root, run.hashes)}
    parts = parts_by_id(run, survey, notebooks, declared, program, code)
    last = run.store.record(LAST, run.period) or {}
    reports = tuple(
        report_of(run, entry, parts[entry.report_id], last.get(entry.report_id), slices, code)
        for entry in survey.entries
    )
    pack_code = code.pack("reporting.province.site")
    return Resolved(run, program, pack_code, survey, notebooks, parts, reports, declared)


def _survey(run: Run, province: Province) -> Survey:
    """Tell what was read, as publishing asks for it."""
    head, period = province.masthead, province.period
    content = province.model_dump_json().encode()
    sha256 = run.store.put(content)
    subject = Subject(kind=SubjectKind.PROVINCE, name=head.city)
    entry = Entry(
        subject=subject, notebook=PROVINCE_NOTEBOOK,
        parameters=parameters_of(subject, "", period.year, period.quarter),
        assets=(PROVINCE_NOTEBOOK,), slice_sha256=sha256,
    )  # fmt: skip
    counts = province.total.counts if province.total else {}
    return Survey(
        key=sha256, year=period.year, quarter=period.quarter, period_label=period.label,
        city=head.city, issuing_office=head.issuing_office, title=head.title,
        publish_date=head.publish_date, is_sample=province.is_sample, edition=1,
        counts={kind.value: count for kind, count in counts.items()},
        findings=_counted(found.code for found in province.findings),
        severities=_counted(found.severity.value for found in province.findings),
        inputs=tuple(_inputs(run, period.year)),
        entries=(entry,), city_sha256=sha256,
    )  # fmt: skip


def _inputs(run: Run, year: int) -> Iterator[FileRecord]:
    """List what is read of the project itself; of the editions the report has the digests."""
    for name in dict.fromkeys((params_name(year), *own_files(run.root), *_fonts(run))):
        path = run.root / name
        yield FileRecord(path=name, size=path.stat().st_size, sha256=run.hashes.of(path))


def _fonts(run: Run) -> tuple[str, ...]:
    return tuple(path.relative_to(run.root).as_posix() for path in font_files(run.root))


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _data(resolved: Resolved, province: Province) -> Listing:
    """Make the tables, or leave them as they are."""
    annex, program = ANNEX in resolved.run.options.formats, resolved.program
    parts = [
        resolved.survey.key, resolved.pack_code, program.lock, program.environment,
        program.python, annex,
    ]  # fmt: skip

    def make() -> dict[str, bytes]:
        # Writing workbooks takes libraries that an unchanged report has no use for.
        from reporting.province.tables import data_files

        return data_files(province, annex=annex)

    return kept(resolved, "data", parts, make)


def _page(
    resolved: Resolved, province: Province, standings: Sequence[Standing], data: Sequence[str]
) -> bytes:
    from reporting.province.site import index_page

    return index_page(province, standings, data, own_fonts_of(resolved.run.root))
