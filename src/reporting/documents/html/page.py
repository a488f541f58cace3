"""The HTML page: nbconvert with the template of the reports."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import TemplateExporter

from reporting.documents.assets import TEMPLATES, script_source, template_text
from reporting.documents.blocks import Contents, Cover
from reporting.documents.document import Document, read_document
from reporting.documents.html.letters import with_letters
from reporting.documents.html.write import to_html
from reporting.documents.sources.page import sources_json
from reporting.documents.sources.values import keys_of


@cache
def exporter() -> TemplateExporter:
    """Build the exporter; once a process, because it takes longer than a page.

    The exporter's base class is used: ``HTMLExporter`` parses the finished page again, which
    takes as long as making it and changes nothing here.
    """
    made = TemplateExporter(  # type: ignore[no-untyped-call]
        template_name="report",
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],
        exclude_input=True,
    )
    # Left alone, nbconvert escapes nothing that a template does not escape by name.
    made.environment.autoescape = True
    return made


def render_html(notebook: Mapping[str, Any]) -> bytes:
    """Render an executed notebook as one page that needs nothing else.

    The page makes no request: its policy allows its own style and script only.
    """
    return render_page(notebook, read_document(notebook))


def render_page(
    notebook: Mapping[str, Any], document: Document, *, own: Sequence[Path] = ()
) -> bytes:
    """Render a notebook that was read already; ``own`` are the project's own fonts."""
    # The cells are in the document: nbconvert would check and copy every one for nothing.
    node = nbformat.from_dict({**notebook, "cells": []})  # type: ignore[no-untyped-call]
    report = _report(document)
    page, _ = exporter().from_notebook_node(node, resources={"report": report})
    return (with_letters(str(page), report["css"], own).rstrip() + "\n").encode()


def _report(document: Document) -> dict[str, Any]:
    sources = sources_json(document.blocks)
    names = ["report/tables.js", "report/report.js", *(["report/sources.js"] if sources else [])]
    scripts = [template_text(name) for name in names]
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
        "body": to_html(b for b in document.blocks if not isinstance(b, Contents)),
        "css": template_text("report/report.css")
        + (sources and template_text("report/sources.css")),
        "sources": sources,
        "scripts": scripts,
        "script_sources": " ".join(map(script_source, scripts)),
    }
