"""The pack's front page: every report by group, found by typing, with no request anywhere."""

from datetime import date
from functools import cache
from urllib.parse import quote

import jinja2

from reporting.documents.assets import TEMPLATES, script_source, template_text
from reporting.documents.blocks import Anchor, SafeText
from reporting.documents.palette import GRADE_STYLES
from reporting.grades import Grade
from reporting.periods import full_date
from reporting.values import Value


class IndexFile(Value):
    """One file of a report: ``label`` is the format's name, ``path`` relative to the index."""

    label: SafeText
    path: str


class IndexEntry(Value):
    """One report, or one file of data.

    ``missing`` says why there is no report, in a sentence; empty when there is one. ``keywords``
    are found by typing but not shown.
    """

    name: SafeText
    note: SafeText = ""
    files: tuple[IndexFile, ...] = ()
    missing: SafeText = ""
    keywords: SafeText = ""


class IndexGroup(Value):
    """Entries under one title, e.g. 牵头单位."""

    title: SafeText
    entries: tuple[IndexEntry, ...]


class IndexTask(Value):
    """A task and the report (HTML) that tells of it."""

    number: int
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


def render_index(index: Index) -> bytes:
    """Render the front page (``index.html``)."""
    script = template_text("index/index.js")
    page = _template().render(
        index=index,
        date_text=full_date(index.publish_date),
        styles=GRADE_STYLES,
        css=template_text("report/report.css") + template_text("index/index.css"),
        script=script,
        script_source=script_source(script),
    )
    return (page.rstrip() + "\n").encode()


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
