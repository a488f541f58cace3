"""``manifest.json``: what stands in a pack, and everything it was made from."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError, field_validator

from reporting import __version__
from reporting.assess.values import Subject, SubjectKind
from reporting.publish.keys.hashes import FileHashes, FileRecord
from reporting.publish.keys.program import LOCK, FontFile, Program
from reporting.publish.survey import Survey
from reporting.values import Value

MANIFEST = "manifest.json"
FORMAT = 1
_FOLDERS = frozenset({"units", "leaders", "reports", "notebooks", "data"})
_OWN_FILES = re.compile(
    r"(index\.html|briefing_pack\.(html|pdf|docx|pptx)"
    r"|(public|province)_report\.(html|pdf|docx)|at_a_glance\.(html|png))$"
)


class Standing(Value):
    """One report as it stands in the pack; ``error`` says why it does not.

    ``column``, ``report`` and ``title`` are of an office's own reports, and empty for others.
    """

    report_id: str
    kind: SubjectKind
    name: str
    notebook: str
    parameters: dict[str, int | str]
    key: str
    state: str
    error: str = ""
    artifacts: tuple[str, ...] = ()
    column: str = ""
    report: str = ""
    title: str = ""

    @property
    def subject(self) -> Subject:
        """Whom the report is about."""
        return Subject(kind=self.kind, name=self.name, column=self.column, report=self.report)


def formats_made(standing: Standing) -> frozenset[str]:
    """Give the formats that a report stands in, beside its executed notebook."""
    suffixes = {path.rpartition(".")[2] for path in standing.artifacts}
    return frozenset(suffixes - {"ipynb"})


class PackageRecord(Value):
    """The package that made a pack: its version, and the hash of all its files."""

    name: Literal["reporting"]
    version: str
    sha256: str


class LockRecord(Value):
    """The list of locked versions, relative to the project; no hash when there is none."""

    path: str
    sha256: str


class Manifest(Value):
    """What a pack says of itself; it tells nothing of when, where or in what order it was made.

    Editions hold it, so a field that is added needs a default.

    Attributes
    ----------
    environment : str
        Installed versions that are not the locked ones.
    inputs : tuple of FileRecord
        The files read, relative to the project.
    artifacts : tuple of FileRecord
        Every file of the pack but the manifest itself, sorted by path.
    findings, counts : dict
        Findings by code, tasks by grade.
    """

    format: Literal[1]
    year: int
    quarter: int
    edition: int
    is_sample: bool
    package: PackageRecord
    lock: LockRecord
    environment: str
    python: str
    renderer: str
    formats: tuple[str, ...]
    fonts: tuple[FontFile, ...]
    inputs: tuple[FileRecord, ...]
    reports: tuple[Standing, ...]
    artifacts: tuple[FileRecord, ...]
    findings: dict[str, int]
    counts: dict[str, int]

    @field_validator("artifacts")
    @classmethod
    def _expect_files_of_a_pack(cls, files: tuple[FileRecord, ...]) -> tuple[FileRecord, ...]:
        """Refuse other paths: what a manifest lists is copied, and may be removed."""
        if not all(_is_inside(f.path) and _is_of_a_pack(f.path) for f in files):
            raise ValueError("a path that no pack has")
        return files

    @field_validator("inputs")
    @classmethod
    def _expect_files_of_a_project(cls, files: tuple[FileRecord, ...]) -> tuple[FileRecord, ...]:
        """Refuse paths that lead out of the project: what is listed is copied."""
        if not all(_is_inside(f.path) for f in files):
            raise ValueError("a path outside the project")
        return files

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read a manifest back; a missing or damaged one is none.

        Neither is one that names files outside its pack or project.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def to_bytes(self) -> bytes:
        """Write it: sorted, one line end."""
        content = self.model_dump(mode="json")
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _is_inside(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return not {"", ".", ".."} & set(parts) and ":" not in parts[0]


def _is_of_a_pack(path: str) -> bool:
    folder, _, rest = path.replace("\\", "/").partition("/")
    return folder in _FOLDERS if rest else _OWN_FILES.match(path) is not None


def make_manifest(
    survey: Survey,
    program: Program,
    standings: Sequence[Standing],
    artifacts: Mapping[str, tuple[int, str]],
    *,
    renderer: str,
    formats: Sequence[str],
) -> Manifest:
    """Put the manifest of a pack together.

    Parameters
    ----------
    artifacts : mapping of str to (int, str)
        Size and hash of every file of the pack but the manifest itself.
    """
    return Manifest(
        format=FORMAT,
        year=survey.year,
        quarter=survey.quarter,
        edition=survey.edition,
        is_sample=survey.is_sample,
        package=PackageRecord(name="reporting", version=__version__, sha256=program.package),
        lock=LockRecord(path=LOCK, sha256=program.lock),
        environment=program.environment,
        python=program.python,
        renderer=renderer,
        formats=tuple(formats),
        fonts=program.fonts,
        inputs=survey.inputs,
        reports=tuple(standings),
        artifacts=tuple(
            FileRecord(path=path, size=size, sha256=sha256)
            for path, (size, sha256) in sorted(artifacts.items())
        ),
        findings=survey.findings,
        counts=survey.counts,
    )


class Pack:
    """What stands in a pack's folder by its own manifest, as far as it can be trusted.

    A file counts only while its bytes are those that the manifest tells of.
    """

    def __init__(self, folder: Path, hashes: FileHashes) -> None:
        self.folder = folder
        self._hashes = hashes
        self.listed: dict[str, tuple[int, str]] = {}
        self.reports: dict[str, Standing] = {}
        self.formats: tuple[str, ...] = ()
        content = Manifest.read(folder / MANIFEST)
        if content is not None:
            self.listed = {a.path: (a.size, a.sha256) for a in content.artifacts}
            self.reports = {report.report_id: report for report in content.reports}
            self.formats = content.formats

    def formats_of(self, report_id: str) -> frozenset[str]:
        """Name the formats that a report was made in; of one that failed those of the pack."""
        standing = self.reports.get(report_id)
        if standing is None:
            return frozenset()
        # An office's own has formats of its own declaration.
        return formats_made(standing) or frozenset(() if standing.report else self.formats)

    def hash_of(self, path: str) -> str | None:
        """Return the hash of a file as it is, None when there is none."""
        try:
            return self._hashes.of(self.folder / path)
        except OSError:
            return None

    def stands(self, path: str) -> bool:
        """Tell whether a listed file is what the manifest says."""
        return path in self.listed and self.hash_of(path) == self.listed[path][1]
