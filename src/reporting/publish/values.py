"""What a run works with, and the list of reports it has resolved."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.assess.values import Assessment
from reporting.errors import PublishError
from reporting.project.params import Params
from reporting.publish.keys.declared import Declared
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.keys import Parts, artifact_key
from reporting.publish.keys.program import Program
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store
from reporting.publish.manifest import Pack
from reporting.publish.options import ANNEX, Options
from reporting.publish.reports import PAGE_FORMATS, Entry, Report, artifacts_of
from reporting.publish.survey import Survey
from reporting.system.own_templates import own_among

if TYPE_CHECKING:
    from reporting.publish.pool.pool import Pool
    from reporting.publish.results import Results

ARTIFACT, LAST = "artifact", "last"
"""Kinds of records in the store."""


class Session:
    """How a run goes that is the only one of its process; `reporting.watching` goes otherwise."""

    keeps_warm = False
    """Whether libraries, workers and kernels are loaded already, and stay."""

    def hashes(self, store: Store) -> FileHashes:
        """Give the hashes of files."""
        return FileHashes(store.folder / "hashes.json")

    def slices(self, store: Store) -> Slices:
        """Give the slices that are at hand."""
        return Slices(store)

    def resolved(self, resolved: "Resolved") -> None:
        """Look at the list before anything is made; what is raised stops the run."""

    def in_order(self, reports: Sequence[Report]) -> Sequence[Report]:
        """Put the reports in the order in which they are made."""
        return reports

    def pool(self, size: int) -> "AbstractContextManager[Pool] | None":
        """Give the workers that there are; None where they are to be started."""
        return None

    def ready(self, resolved: "Resolved", report: Report) -> bool:
        """Look at a report that is made, and kept in the store; says whether it is in place."""
        return False

    def keeps_last(self, resolved: "Resolved", results: "Results") -> bool:
        """Tell whether the pack stays as it is, because reports failed that stand in it."""
        return False


@dataclass(frozen=True)
class Run:
    """Everything a run works with; ``options`` are complete."""

    root: Path
    options: Options
    params: Params
    hashes: FileHashes
    store: Store
    pack: Pack
    session: Session = field(default_factory=Session)

    @property
    def period(self) -> str:
        """The key of the quarter's records."""
        return f"{self.options.year}{self.options.pack_name}"

    def formats_of(self, entry: Entry) -> tuple[str, ...]:
        """Give the formats of a report; what it stands in stays, unless formats are asked for."""
        return (*self.options.formats_of(entry), *self.kept_formats(entry))

    def kept_formats(self, entry: Entry) -> tuple[str, ...]:
        """Name the formats that a report was made in before, and is in now for that alone."""
        if self.options.formats_asked:
            return ()
        wanted, stood = self.options.formats_of(entry), self.pack.formats_of(entry.report_id)
        offered = artifacts_of(entry, PAGE_FORMATS)
        return tuple(name for name in offered if name in stood and name not in wanted)

    @property
    def has_annex(self) -> bool:
        """Whether the pack has the annex of its data: asked for, or kept."""
        return ANNEX in self.options.formats or self.keeps_annex

    @property
    def keeps_annex(self) -> bool:
        """Whether it has the annex only because it had one."""
        wanted = self.options.formats_asked or ANNEX in self.options.formats
        return not wanted and ANNEX in self.pack.formats


@dataclass(frozen=True)
class Resolved:
    """The complete list of a run's reports, and what they are made from.

    ``parts`` are those of every report of the pack, wanted now or not; ``pack_code`` is the hash
    of the code that makes the pack's own files, and ``declared`` holds the hashes of the files
    that notebooks read besides their slices, by the stem of the notebook.
    """

    run: Run
    program: Program
    pack_code: str
    survey: Survey
    notebooks: Mapping[str, bytes]
    parts: Mapping[str, Parts]
    reports: tuple[Report, ...]
    declared: Mapping[str, Declared]

    @cached_property
    def city(self) -> Assessment:
        """The city's assessment, read back from the store."""
        return read_assessment(self.run.store, self.survey.city_sha256)

    @property
    def files(self) -> dict[str, str]:
        """The hashes of all files that the run has read, by path."""
        found = {item.path: item.sha256 for item in self.survey.inputs}
        return found | {
            name: sha256 for own in self.declared.values() for name, sha256 in own.items()
        }

    @property
    def templates(self) -> Declared:
        """The hashes of the project's own templates, by path."""
        return own_among(self.files)

    @property
    def to_make(self) -> tuple[Report, ...]:
        """The reports that are not reused."""
        return tuple(report for report in self.reports if not report.reused)


def read_assessment(store: Store, name: str) -> Assessment:
    """Read an assessment back from the store.

    Raises
    ------
    PublishError
        The store has lost it.
    """
    data = store.get(name)
    if data is None:
        raise PublishError("暂存的数据已损坏，请加 --force 重新运行。")
    return Assessment.model_validate_json(data)


def made_before(store: Store, parts: Mapping[str, str], suffix: str) -> tuple[int, str] | None:
    """Return size and hash of what was made of the same parts; None when nothing was."""
    known = store.record(ARTIFACT, artifact_key(parts, suffix))
    return None if known is None else (int(known[0]), str(known[1]))
