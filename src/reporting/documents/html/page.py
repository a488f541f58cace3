"""The HTML page: nbconvert with the template of the reports."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert import TemplateExporter

from reporting.documents.assets import PACKAGED, TEMPLATES, Templates, script_source
from reporting.documents.blocks import Contents, Cover
from reporting.documents.document import Document, read_document
from reporting.documents.html.letters import with_letters
from reporting.documents.html.write import to_html
from reporting.documents.overriding.checks import SHOWN, expect_page
from reporting.documents.overriding.faults import telling
from reporting.documents.overriding.guard import environment_for, guard
from reporting.documents.overriding.names import OF_HTML
from reporting.documents.sources.page import sources_json
from reporting.documents.sources.values import keys_of


class _Exporter(TemplateExporter):
    """An exporter whose environment a project's own templates may be run in."""

    def __init__(self, templates: Templates, **settings: Any) -> None:
        self._own = templates
        super().__init__(extra_loaders=[templates.loader("report")], **settings)  # type: ignore[no-untyped-call]

    def _create_environment(self) -> jinja2.Environment:
        plain: jinja2.Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        made = environment_for(self._own)(
            loader=plain.loader, extensions=[type(one) for one in plain.extensions.values()]
        )
        made.filters |= plain.filters
        made.globals |= plain.globals
        # Left alone, nbconvert escapes nothing that a template does not escape by name.
        made.autoescape = True
        guard(made, self._own)
        return made


@cache
def exporter(templates: Templates = PACKAGED) -> TemplateExporter:
    """Build the exporter; once a process, because it takes longer than a page.

    The exporter's base class is used: ``HTMLExporter`` parses the finished page again, which
    takes as long as making it and changes nothing here.
    """
    return _Exporter(
        templates,
        template_name="report",
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],
        exclude_input=True,
    )


def render_html(notebook: Mapping[str, Any]) -> bytes:
    """Render an executed notebook as one page that needs nothing else.

    The page makes no request: its policy allows its own style and script only.
    """
    return render_page(notebook, read_document(notebook))


def render_page(
    notebook: Mapping[str, Any],
    document: Document,
    *,
    own: Sequence[Path] = (),
    templates: Templates = PACKAGED,
) -> bytes:
    """Render a notebook that was read already; ``own`` are the project's own fonts.

    Raises
    ------
    TemplateFault
        A template of the project fails, or leaves out what every page has to say.
    """
    if not templates.has_own(*OF_HTML):
        return _page(notebook, document, own, PACKAGED)
    with telling(templates, OF_HTML):
        page = _page(notebook, document, own, templates)
    expect_page(page.decode(), _page(notebook, document, own, PACKAGED).decode(), templates)
    return page


def _page(
    notebook: Mapping[str, Any], document: Document, own: Sequence[Path], templates: Templates
) -> bytes:
    # The cells are in the document: nbconvert would check and copy every one for nothing.
    node = nbformat.from_dict({**notebook, "cells": []})  # type: ignore[no-untyped-call]
    report = _report(document, templates)
    page, _ = exporter(templates).from_notebook_node(node, resources={"report": report})
    return (with_letters(str(page), report["css"], own).rstrip() + "\n").encode()


def _report(document: Document, templates: Templates) -> dict[str, Any]:
    sources = sources_json(document.blocks)
    names = ["report/tables.js", "report/report.js", *(["report/sources.js"] if sources else [])]
    scripts = [Markup(templates.text(name)) for name in names]
    body = [block for block in document.blocks if not isinstance(block, Contents)]
    return {
        # Words only: the exporter copies its resources to the last value.
        "title": document.title,
        "is_sample": document.is_sample,
        "entries": [
            {
                **entry.model_dump(include={"level", "text", "anchor"}),
                "origin": keys_of(entry.origin),
            }
            for entry in document.entries
            if entry.level <= 3
        ],
        "has_cover": any(isinstance(block, Cover) for block in document.blocks),
        # The contents stand beside the text, and above it on a phone.
        "body": Markup(to_html(body, templates)),
        "css": Markup(_style(templates, sources)),
        "sources": Markup(sources),
        "scripts": scripts,
        "script_sources": Markup(" ".join(map(script_source, scripts))),
    }


def _style(templates: Templates, sources: str) -> str:
    css = templates.text("report/report.css") + (sources and templates.text("report/sources.css"))
    return css + (SHOWN if templates.own else "")
