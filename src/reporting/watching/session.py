"""What stays warm from one save to the next, and in which order reports come."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.assess.values import SubjectKind
from reporting.errors import PublishError, ReportingError, UsageError
from reporting.findings import HELD, Finding
from reporting.publish.keys.declared import expect_unchanged
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.package import package_hash
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store
from reporting.publish.pack.place import place
from reporting.publish.pack.searched import expect_withheld
from reporting.publish.progress import shown
from reporting.publish.reports import Report, artifacts_of
from reporting.publish.results import Results
from reporting.publish.values import Resolved, Session, made_before
from reporting.watching.values import Kind, Told

if TYPE_CHECKING:
    from reporting.publish.pool.pool import Pool

Tell = Callable[[Told], None]

_ORDER = {SubjectKind.UNIT: 1, SubjectKind.LEADER: 2}
_FIRST, _LAST = 0, 3
_ROUNDS_OF_WORKERS = 40
"""Then workers are started anew, whatever libraries have laid up in them."""
_ENVIRONMENT = {"REPORTING_PDF_MEMORY": "4000000"}
"""The city's PDF is set anew at every save: of what did not move on it Typst remembers how."""
_NOT_READ = "RET-FILE-"
_FINDINGS_TOLD = 20


class Held(ReportingError):
    """A file that was good cannot be read as it is now: the pack waits for it."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        super().__init__("\n".join(self._told(fault) for fault in faults))

    @staticmethod
    def _told(fault: Finding) -> str:
        return f"{fault.where}：{fault.message}页面仍是上一次的，文件改好或者移走后接着生成。"

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each file."""
        return tuple(str(self).splitlines())


class ProgramChanged(UsageError):
    """What is loaded is not what stands on the disk, and would be taken for it."""

    def __init__(self) -> None:
        super().__init__("软件或者锁定的依赖已更新，请按 Ctrl-C 停止后重新运行 make watch。")


class Following(Session):
    """Publishes again and again: hashes, slices, workers and kernels stay.

    Parameters
    ----------
    tell : callable
        Takes every line of what happens.
    served : Path
        The folder that paths are told relative to.
    open_pool : callable, optional
        Starts workers; a context manager.
    """

    keeps_warm = True

    def __init__(
        self,
        tell: Tell,
        served: Path,
        open_pool: "Callable[[], AbstractContextManager[Pool]] | None" = None,
    ) -> None:
        self.saved: frozenset[str] = frozenset()
        self._tell, self._served, self._open_pool = tell, served, open_pool
        self._hashes: FileHashes | None = None
        self._slices: Slices | None = None
        self._good: frozenset[str] = frozenset()
        self._program: tuple[str, ...] = ()
        self._package = ""
        self._helpers, self._workers = ExitStack(), ExitStack()
        self._pool: Pool | None = None
        self._rounds = 0

    def __enter__(self) -> "Following":
        from reporting.publish.pool.pool import preparing

        self._helpers.enter_context(preparing())
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go(at_once=True)
        self._helpers.close()

    def hashes(self, store: Store) -> FileHashes:
        """Give those of the last run.

        Raises
        ------
        ProgramChanged
            The package is another one than this process has loaded.
        """
        self._hashes = self._hashes or super().hashes(store)
        self._hashes.forget_gone()
        package = package_hash(self._hashes)
        self._package = self._package or package
        if package != self._package:
            raise ProgramChanged
        return self._hashes

    def slices(self, store: Store) -> Slices:
        """Give those of the last run."""
        self._slices = self._slices or super().slices(store)
        return self._slices

    def resolved(self, resolved: Resolved) -> None:
        """Tell what was found in the files that were saved.

        Raises
        ------
        Held
            One that could be read before cannot be read now.
        ProgramChanged
            The program is another one than this process has loaded.
        """
        now = resolved.program
        program = (now.package, now.lock, now.environment, now.python)
        self._program = self._program or program
        if program != self._program:
            raise ProgramChanged
        survey = resolved.survey
        read = frozenset(item.path for item in survey.inputs)
        if self._slices is not None:
            self._slices.keep({survey.city_sha256, *(e.slice_sha256 for e in survey.entries)})
        findings = self._findings(resolved) if self.saved or not self._good else ()
        self._tell_findings(findings)
        faults = [f for f in findings if f.code.startswith(_NOT_READ) and f.severity in HELD]
        if lost := [fault for fault in faults if fault.file in self._good]:
            raise Held(lost)
        self._good = read - {fault.file for fault in faults}

    def _findings(self, resolved: Resolved) -> tuple[Finding, ...]:
        assert self._slices is not None
        city = self._slices.get(resolved.survey.city_sha256) or resolved.city
        return tuple(city.findings)

    def _tell_findings(self, findings: Sequence[Finding]) -> None:
        own = [finding for finding in findings if finding.file in self.saved]
        for finding in own[:_FINDINGS_TOLD]:
            text = f"{finding.severity.label}　{finding.where}：{finding.message}"
            self._tell(Told(kind=Kind.FINDING, text=text))
        if len(own) > _FINDINGS_TOLD:
            more = f"另有{len(own) - _FINDINGS_TOLD}条，见报告的数据说明。"
            self._tell(Told(kind=Kind.FINDING, text=more))

    def in_order(self, reports: Sequence[Report]) -> Sequence[Report]:
        """Put units first, then leaders, the city last; a saved unit before everything.

        The city comes right behind that unit: it takes longer than all the others of a save,
        which are done while it is being made.
        """
        touched = [report for report in reports if self._is_touched(report)]
        others = [report for report in reports if report not in touched]
        return [*touched, *sorted(others, key=lambda one: _turn(one, behind_saved=bool(touched)))]

    def _is_touched(self, report: Report) -> bool:
        is_unit = report.subject.kind is SubjectKind.UNIT
        return is_unit and bool(self.saved.intersection(report.assets))

    @contextmanager
    def pool(self, size: int) -> "Iterator[Pool]":
        """Give the workers of the last run; they end with a run that does not come to its end."""
        if self._rounds >= _ROUNDS_OF_WORKERS:
            self._let_go(at_once=False)
        self._rounds += 1
        is_done = False
        try:
            yield replace(self._started(), room=lambda: size)
            is_done = True
        finally:
            if not is_done:
                self._let_go(at_once=True)

    def _started(self) -> "Pool":
        from reporting.publish.pool.pool import process_pool

        if self._pool is None:
            # Each worker is started when it is needed.
            open_pool = self._open_pool or partial(process_pool, 0, _ENVIRONMENT)
            self._pool = self._workers.enter_context(open_pool())
        return self._pool

    def _let_go(self, *, at_once: bool) -> None:
        """End the workers, whatever they are at; or when they are done."""
        self._pool, self._rounds = None, 0
        reason = GeneratorExit() if at_once else None
        self._workers.__exit__(type(reason) if reason else None, reason, None)

    def ready(self, resolved: Resolved, report: Report) -> bool:
        """Put a report in place while others are being made.

        The manifest follows with all of them. A file that is held by another program, or an
        input that was changed meanwhile, is told of at the end of the run.
        """
        run = resolved.run
        with suppress(PublishError):
            expect_unchanged(run.root, resolved.files, run.hashes)
            files = self._files(resolved, report)
            expect_withheld(files, resolved.survey.withheld_words)
            if files:
                place(run.pack.folder, files)
            self._tell_placed(run.pack.folder, report, tuple(files))
            return bool(files)
        return False

    def _files(self, resolved: Resolved, report: Report) -> dict[str, Callable[[], bytes]]:
        run = resolved.run
        entry = next(e for e in resolved.survey.entries if e.report_id == report.report_id)
        files: dict[str, Callable[[], bytes]] = {}
        for suffix, path in artifacts_of(entry, run.formats_of(entry)).items():
            made = made_before(run.store, report.parts, suffix)
            if made is not None and run.pack.hash_of(path) != made[1]:
                files[path] = partial(_content, run.store, made[1])
        return files

    def _tell_placed(self, folder: Path, report: Report, names: Sequence[str]) -> None:
        paths = tuple(self.path_served(folder / name) for name in names)
        text = f"已更新　{shown(report.report_id)}"
        self._tell(Told(kind=Kind.PLACED, text=text, paths=paths))

    def path_served(self, path: Path) -> str:
        """Name a file as the page asks for it; empty where it lies elsewhere."""
        inside = path.is_relative_to(self._served)
        return path.relative_to(self._served).as_posix() if inside else ""

    def keeps_last(self, resolved: Resolved, results: Results) -> bool:
        """Keep the pack as it is while a report fails that stands in it."""
        return any(
            standing.state != "failed" and standing.artifacts
            for failure in results.failures
            if (standing := resolved.run.pack.reports.get(failure.report_id))
        )


def _content(store: Store, sha256: str) -> bytes:
    data = store.get(sha256)
    if data is None:
        raise PublishError("暂存的成果已损坏，请重新运行。")
    return data


def _turn(report: Report, *, behind_saved: bool) -> int:
    return _ORDER.get(report.subject.kind, _FIRST if behind_saved else _LAST)
