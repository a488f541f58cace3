"""Executed notebooks made ready for Quarto: what each format shows, out of reach of markup.

Quarto turns a notebook into Markdown and lets its own extensions, pandoc and filters read it.
What units typed must not be read by any of them, so it travels as JSON in ASCII, without
any character that means something to them, until the last filter (``report.lua``) puts it in
place of the document.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reporting.documents.document import Document, read_document
from reporting.documents.fonts.chosen import FontChoice, choose_fonts
from reporting.documents.html.page import render_html
from reporting.documents.layout.sections import sections
from reporting.documents.typst.pdf import typst_data
from reporting.documents.word.pandoc import to_pandoc

_PIECE = 2000
_UNSAFE = re.compile(r"[`{}<>$@|~^*_#&%]")
_TYPST_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def notebook_for_quarto(
    notebook: Mapping[str, Any], formats: Sequence[str], choice: FontChoice | None = None
) -> dict[str, Any]:
    """Give a notebook that Quarto renders as the built-in renderers do.

    It has one Markdown cell a format; inputs are not carried over, so nothing can be executed.

    Parameters
    ----------
    notebook : mapping
        The executed notebook.
    formats : sequence of str
        Of ``html``, ``pdf``, ``docx``.
    choice : FontChoice, optional
        Faces of the PDF; the open ones by default.
    """
    cells = [
        {
            "cell_type": "markdown",
            "id": f"made-{name}",
            "metadata": {},
            "source": _raw_block(name, make(notebook, choice)),
        }
        for name, make in (_MAKERS[wanted] for wanted in formats)
    ]
    return {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
"""Quarto wants to know a kernel, though it starts none."""


def _raw_block(name: str, content: str) -> list[str]:
    """Write a raw block of a format that no writer knows; Quarto wants a list of lines."""
    pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)]
    lines = [_UNSAFE.sub(_escaped, json.dumps(piece, ensure_ascii=True)) for piece in pieces]
    return [f"```{{=reporting-{name}}}\n", "[\n", ",\n".join(lines) + "\n", "]\n", "```\n"]


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _html_page(notebook: Mapping[str, Any], choice: FontChoice | None) -> str:
    return render_html(notebook).decode()


def _typst_source(notebook: Mapping[str, Any], choice: FontChoice | None) -> str:
    """Hand the data to ``report.typ`` where it looks for them."""
    data = typst_data(read_document(notebook), (choice or choose_fonts()).static)
    text = json.dumps(data, ensure_ascii=False).translate(_TYPST_ESCAPES)
    return f'#let sys = (inputs: (document: "{text}"))'


def _pandoc_tree(notebook: Mapping[str, Any], choice: FontChoice | None) -> str:
    document: Document = read_document(notebook)
    return json.dumps(to_pandoc(sections(document.blocks)), ensure_ascii=False)


_Maker = Callable[[Mapping[str, Any], FontChoice | None], str]
_MAKERS: dict[str, tuple[str, _Maker]] = {
    "html": ("html", _html_page),
    "pdf": ("typst", _typst_source),
    "docx": ("docx", _pandoc_tree),
}
