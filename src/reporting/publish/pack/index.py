"""The pack's front page: every report by group, found by typing, with no request anywhere."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import RollUp, shown
from reporting.assess.values import ReturnState
from reporting.documents.assets import TEMPLATES, script_source, template_text
from reporting.documents.blocks import Anchor
from reporting.documents.html.letters import with_letters
from reporting.documents.palette import APART_STYLE
from reporting.grades import GOOD, Grade
from reporting.language.visible import SafeText
from reporting.periods import full_date
from reporting.plan.values import Label
from reporting.values import Value


class IndexFile(Value):
    """One file of a report: ``label`` is the format's name, ``path`` relative to the index."""

    label: SafeText
    path: str


class IndexEntry(Value):
    """One report, or one file of data.

    Attributes
    ----------
    missing : str
        Why there is no report, in a sentence; empty when there is one.
    keywords : str
        Found by typing but not shown.
    arrival : ReturnState or None
        How the unit's return came in.
    counts : RollUp or None
        The tasks by grade; None of what has no tasks.
    """

    name: SafeText
    note: SafeText = ""
    files: tuple[IndexFile, ...] = ()
    missing: SafeText = ""
    keywords: SafeText = ""
    arrival: ReturnState | None = None
    counts: RollUp | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """The words of state that it is found by: its return's, and its tasks' grades."""
        words = [str(grade) for grade in self.grades]
        return tuple(dict.fromkeys([*([self.arrival] if self.arrival else []), *words]))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades of its tasks, the worst first."""
        found = shown([self.counts] if self.counts is not None else [])
        return tuple(sorted(found, key=lambda grade: grade.weight))

    @property
    def arrival_place(self) -> int:
        """Where it stands by its return, the worst first; asked of what has one."""
        assert self.arrival is not None
        return -list(ReturnState).index(self.arrival)


class IndexGroup(Value):
    """Entries under one title, e.g. 牵头单位."""

    title: SafeText
    entries: tuple[IndexEntry, ...]

    @property
    def has_counts(self) -> bool:
        """Tell whether its entries are whom tasks are counted for."""
        return any(entry.counts is not None for entry in self.entries)

    @property
    def has_arrivals(self) -> bool:
        """Tell whether its entries are units that report."""
        return any(entry.arrival is not None for entry in self.entries)

    def place(self, entry: IndexEntry) -> int:
        """Tell where an entry stands by its tasks: who has most of the worst grade comes first."""
        assert entry.counts is not None
        found = [one.counts for one in self.entries if one.counts is not None]
        bad = sorted((g for g in shown(found) if g not in GOOD), key=lambda grade: grade.weight)
        every = {_trouble(counts, bad) for counts in found}
        return sorted(every).index(_trouble(entry.counts, bad))


def _trouble(counts: RollUp, grades: Iterable[Grade]) -> tuple[int, ...]:
    return tuple(-counts.count(grade) for grade in grades)


class IndexTask(Value):
    """A task and the report (HTML) that tells of it."""

    number: Label
    text: SafeText
    units: SafeText
    grade: Grade | None = None
    path: str = ""
    anchor: Anchor = ""


class Index(Value):
    """What the front page shows."""

    title: SafeText
    issuing_office: SafeText
    period_label: SafeText
    publish_date: date
    is_sample: bool
    groups: tuple[IndexGroup, ...]
    tasks: tuple[IndexTask, ...] = ()

    @property
    def missing(self) -> tuple[IndexEntry, ...]:
        """Reports that could not be made."""
        return tuple(e for group in self.groups for e in group.entries if e.missing)


def render_index(index: Index, *, own: Sequence[Path] = ()) -> bytes:
    """Render the front page (``index.html``); ``own`` are the project's own fonts."""
    scripts = [template_text("report/tables.js"), template_text("index/index.js")]
    css = template_text("report/report.css") + template_text("index/index.css")
    page = _template().render(
        index=index,
        date_text=full_date(index.publish_date),
        apart=NOTHING_DUE,
        apart_style=APART_STYLE,
        css=css,
        scripts=scripts,
        script_sources=" ".join(map(script_source, scripts)),
    )
    return (with_letters(page, css, own).rstrip() + "\n").encode()


def link(path: str, anchor: str = "") -> str:
    """Write a relative path as a link; a scheme in it would be taken for a name."""
    return quote(path) + (f"#{anchor}" if anchor else "")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = link
    return environment.get_template("index/index.html.j2")
