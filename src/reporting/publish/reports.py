"""The complete list of reports, resolved before the first notebook runs."""

from collections.abc import Iterable, Mapping, Sequence

from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.system.names import safe_name
from reporting.values import Value

_FOLDERS = {SubjectKind.UNIT: "units/", SubjectKind.LEADER: "leaders/"}
_STEMS = {SubjectKind.BRIEFING: "briefing_pack", SubjectKind.PUBLIC: "public_report"}
PAGE_FORMATS = ("html", "pdf", "docx", "pptx")
"""What a report can be rendered to; ``xlsx`` is the annex of the pack's data."""
DECK = "pptx"
"""Slides are made for the city's report only: one meeting sees one deck. What a leader or a unit
has of it stands on its slides, and their own reports are read, not shown."""


class Entry(Value):
    """One report as the data asks for it: whom it is about, and the slice it is made from.

    ``keywords`` are other words it may be looked for by, such as a unit's other names.
    """

    report_id: str
    kind: SubjectKind
    name: str
    parameters: dict[str, int | str]
    assets: tuple[str, ...]
    slice_sha256: str
    keywords: tuple[str, ...] = ()


class Report(Value):
    """One report that is to be made, or reused.

    Attributes
    ----------
    report_id : str
        ``briefing``, ``unit/市商务局``, ``leader/刘光滨``.
    notebook : str
        Relative to the project.
    assets : tuple of str
        Input files, relative to the project.
    artifacts : tuple of str
        Output files, relative to the pack.
    key : str
        Hash of everything it depends on.
    reason : str
        Why it is made, or that it is reused.
    """

    report_id: str
    kind: SubjectKind
    name: str
    notebook: str
    parameters: dict[str, int | str]
    assets: tuple[str, ...]
    artifacts: tuple[str, ...]
    key: str
    reason: str
    parts: dict[str, str]
    reused: bool
    missing: tuple[str, ...] = ()


def report_id(subject: Subject) -> str:
    """Name the report of a subject."""
    if subject.kind.is_whole:
        return subject.kind.value
    return f"{subject.kind.value}/{subject.name}"


def subjects_of(city: Assessment) -> tuple[Subject, ...]:
    """List whom the pack reports on: the city, each leader, each lead unit."""
    return (
        city.subject,
        *(Subject(kind=SubjectKind.LEADER, name=name) for name in city.plan.leaders),
        *(Subject(kind=SubjectKind.UNIT, name=name) for name in city.plan.lead_units),
    )


def parameters_of(subject: Subject, year: int, quarter: int) -> dict[str, int | str]:
    """Give the parameters of a subject's notebook."""
    own = {} if subject.kind.is_whole else {subject.kind.value: subject.name}
    return {"year": year, "quarter": quarter, **own}


def artifact_path(kind: SubjectKind, name: str, suffix: str) -> str:
    """Say where in the pack a report's file of a format stands."""
    stem = _STEMS.get(kind) or safe_name(name)
    folder = "notebooks/" if suffix == "ipynb" else ""
    return f"{folder}{_FOLDERS.get(kind, '')}{stem}.{suffix}"


def artifacts_of(entry: Entry, formats: Sequence[str]) -> dict[str, str]:
    """Map the formats of a report, its executed notebook first, to its files in the pack."""
    city = entry.kind is SubjectKind.BRIEFING
    pages = (f for f in PAGE_FORMATS if f in formats and (city or f != DECK))
    suffixes = ("ipynb", *pages)
    return {suffix: artifact_path(entry.kind, entry.name, suffix) for suffix in suffixes}


def select(
    entries: Iterable[Entry], wanted: Iterable[Subject], *, everything: bool
) -> tuple[Entry, ...]:
    """Keep the reports of the wanted subjects, in the list's order."""
    ids = {report_id(subject) for subject in wanted}
    return tuple(e for e in entries if everything or e.report_id in ids)


def assets_of(
    city: Assessment, sliced: Assessment, notebook: str, files: Mapping[str, str]
) -> tuple[str, ...]:
    """List the input files of a report: notebook, parameters, table, and its units' returns."""
    returned = {status.file for status in sliced.return_status if status.file}
    return tuple(dict.fromkeys([notebook, *files.values(), *sorted(returned)]))
