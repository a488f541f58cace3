"""The complete list of reports, resolved before the first notebook runs."""

from collections.abc import Iterable, Mapping, Sequence

from reporting.assess.subjects.named import unknown
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.system.names import safe_name
from reporting.values import Value

_FOLDERS = {SubjectKind.UNIT: "units/", SubjectKind.LEADER: "leaders/"}
OWN = "reports"
"""The folder of the office's own reports."""
_STEMS = {
    SubjectKind.BRIEFING: "briefing_pack",
    SubjectKind.PUBLIC: "public_report",
    SubjectKind.PROVINCE: "province_report",
}
PAGE_FORMATS = ("html", "pdf", "docx", "pptx")
"""What a report can be rendered to; ``xlsx`` is the annex of the pack's data."""
DECK = "pptx"
"""Slides are made for the city's report only: one meeting sees one deck. What a leader or a unit
has of it stands on its slides, and their own reports are read, not shown."""


class Entry(Value):
    """One report as the data asks for it: whom it is about, and the slice it is made from.

    Attributes
    ----------
    title : str
        The headline of an office's own report; empty for the others.
    label : str
        Whom such reports are made for, in a word or two.
    formats : tuple of str
        Those declared for it; empty where it has the pack's.
    keywords : tuple of str
        Other words it may be looked for by, such as a unit's other names.
    """

    subject: Subject
    notebook: str
    parameters: dict[str, int | str]
    assets: tuple[str, ...]
    slice_sha256: str
    title: str = ""
    label: str = ""
    formats: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def report_id(self) -> str:
        """Name the report."""
        return self.subject.report_id


class Report(Value):
    """One report that is to be made, or reused.

    Attributes
    ----------
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

    subject: Subject
    notebook: str
    parameters: dict[str, int | str]
    assets: tuple[str, ...]
    artifacts: tuple[str, ...]
    key: str
    reason: str
    parts: dict[str, str]
    reused: bool
    missing: tuple[str, ...] = ()

    @property
    def report_id(self) -> str:
        """Name the report."""
        return self.subject.report_id


def parameters_of(
    subject: Subject, parameter: str, year: int, quarter: int
) -> dict[str, int | str]:
    """Give the parameters of a subject's notebook; ``parameter`` names the subject's own."""
    own = {parameter: subject.name} if parameter else {}
    return {"year": year, "quarter": quarter, **own}


def artifact_path(subject: Subject, suffix: str) -> str:
    """Say where in the pack a report's file of a format stands."""
    folder = "notebooks/" if suffix == "ipynb" else ""
    return f"{folder}{_place(subject)}.{suffix}"


def _place(subject: Subject) -> str:
    """Say where in the pack a report stands, but for the ending."""
    if subject.report and subject.kind.is_whole:
        return f"{OWN}/{subject.report}"
    if subject.report:
        return f"{OWN}/{subject.report}/{safe_name(subject.name)}"
    stem = _STEMS.get(subject.kind) or safe_name(subject.name)
    return f"{_FOLDERS.get(subject.kind, '')}{stem}"


def artifacts_of(entry: Entry, formats: Sequence[str]) -> dict[str, str]:
    """Map the formats of a report, its executed notebook first, to its files in the pack."""
    city = entry.report_id == SubjectKind.BRIEFING
    pages = (f for f in PAGE_FORMATS if f in formats and (city or f != DECK))
    suffixes = ("ipynb", *pages)
    return {suffix: artifact_path(entry.subject, suffix) for suffix in suffixes}


def select(
    entries: Sequence[Entry],
    wanted: Iterable[Subject],
    reports: Iterable[str] = (),
    names: Sequence[str] = (),
    *,
    everything: bool,
) -> tuple[Entry, ...]:
    """Keep the reports that are wanted, in the list's order.

    Parameters
    ----------
    reports : iterable of str
        By what they are called, by their notebook, or by the id of one.
    names : sequence of str
        Of those reports only the ones for these; all when empty.

    Raises
    ------
    UsageError
        There is no such report.
    """
    ids = {subject.report_id for subject in wanted}
    for word in reports:
        ids |= {entry.report_id for entry in _called(entries, word, names)}
    return tuple(e for e in entries if everything or e.report_id in ids)


def _called(entries: Sequence[Entry], word: str, names: Sequence[str]) -> list[Entry]:
    found = [e for e in entries if word in (e.report_id, e.subject.series, _stem(e.notebook))]
    if not found:
        known = dict.fromkeys(e.subject.report or _stem(e.notebook) for e in entries)
        raise UsageError(f"本季度没有报告“{word}”，现有：{'、'.join(known)}。")
    if not names:
        return found
    for name in names:
        if not any(_is_called(entry, name) for entry in found):
            raise UsageError(
                unknown(f"报告“{word}”中没有“{name}”", name, [e.subject.name for e in found])
            )
    return [entry for entry in found if any(_is_called(entry, name) for name in names)]


def _is_called(entry: Entry, name: str) -> bool:
    plain = "".join(name.split())
    return any(plain == "".join(one.split()) for one in (entry.subject.name, *entry.keywords))


def _stem(notebook: str) -> str:
    return notebook.rpartition("/")[2].removesuffix(".ipynb")


def assets_of(
    city: Assessment, sliced: Assessment, notebook: str, files: Mapping[str, str]
) -> tuple[str, ...]:
    """List the input files of a report: notebook, parameters, table, and its units' returns."""
    returned = {status.file for status in sliced.return_status if status.file}
    return tuple(dict.fromkeys([notebook, *files.values(), *sorted(returned)]))
