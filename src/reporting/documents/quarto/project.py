"""The scratch project that one report is rendered in."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from reporting.documents.assets import TEMPLATES
from reporting.documents.document import Document
from reporting.documents.fonts.chosen import FontChoice, choose_fonts
from reporting.documents.quarto.bold import bold_sans
from reporting.documents.word.docx import finish_docx
from reporting.documents.word.reference import reference_docx
from reporting.errors import PublishError
from reporting.system.fonts import mono_file

STEM = "document"
"""Not the name of a template: Quarto writes ``<stem>.typ`` beside the notebook."""

TARGETS = {"html": "html", "pdf": "typst", "docx": "docx"}
"""Our formats as Quarto names them."""

_PARTS = {
    "report.lua": "quarto/report.lua",
    "page.html": "quarto/report.html",
    "page.typ": "quarto/report.typ",
    # The partial keeps its name: page.typ takes it in as $report.typ()$.
    "report.typ": "report.typ",
}


def write_project(
    folder: Path, notebook: Mapping[str, Any], formats: Sequence[str], choice: FontChoice
) -> Path:
    """Write notebook, settings and templates into a scratch folder; give the notebook's path.

    All names in it are short and ASCII, whatever the report is called.
    """
    for name, source in _PARTS.items():
        (folder / name).write_bytes((TEMPLATES / source).read_bytes())
    if "docx" in formats:
        (folder / "reference.docx").write_bytes(reference_docx())
    if "pdf" in formats:
        link_fonts(folder / "fonts", choice)
    settings = yaml.safe_dump(project_settings(formats), sort_keys=False)
    (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
    target = folder / f"{STEM}.ipynb"
    target.write_text(json.dumps(notebook), encoding="utf-8")
    return target


def project_settings(formats: Sequence[str]) -> dict[str, Any]:
    """Give the settings of the scratch project."""
    return {
        "project": {"type": "default", "render": [f"{STEM}.ipynb"]},
        "format": {TARGETS[name]: _FORMATS[name] for name in formats},
        "execute": {"enabled": False},
        "filters": ["quarto", "report.lua"],
        **PLAIN,
    }


PLAIN: dict[str, Any] = {
    "pagetitle": "report",
    "toc": False,
    "crossref": False,
    "shift-heading-level-by": 0,
    "html-table-processing": "none",
}
"""Quarto adds nothing of its own to the document."""

_FORMATS: dict[str, dict[str, Any]] = {
    "html": {
        "template": "page.html",
        # The page carries all it needs and may load nothing else.
        "minimal": True,
        "theme": "none",
        "html-math-method": "plain",
    },
    # No pdf-standard: Quarto warns of each unless veraPDF is installed; Typst tags the PDF anyway.
    "pdf": {
        "template": "page.typ",
        "template-partials": ["report.typ"],
        # Some versions take an absolute path as one below the project.
        "font-paths": ["fonts"],
    },
    "docx": {"reference-doc": "reference.docx"},
}


def link_fonts(folder: Path, choice: FontChoice) -> None:
    """Put the files of the faces into a folder, as links where the system has them.

    The variable font stays out: Typst 0.14 warns of it and cannot set it bold; a bold face of
    its widths stands in for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = dict.fromkeys([*map(Path, choice.static.files), mono_file()])
    for number, file in enumerate(files):
        target = folder / f"{number}{file.suffix}"
        target.unlink(missing_ok=True)
        _link(file, target)
    (folder / "bold.otf").write_bytes(bold_sans())


def _link(file: Path, target: Path) -> None:
    for make in (os.symlink, os.link, shutil.copyfile):
        try:
            make(file, target)
        except OSError:
            continue
        return
    raise PublishError(f"无法把字体文件 {file.name} 放进 {target.parent}。")


def prepare(folder: Path) -> None:
    """Write what ``quarto render notebooks/`` needs and cannot be kept as text.

    The reference document has pages and page numbers of its own here, because no one completes
    the Word document afterwards; running heads, which name a report, are left out.
    """
    empty = Document(title="", running_head="", publish_date=None, is_sample=False, blocks=())
    link_fonts(folder / "fonts", choose_fonts())
    (folder / "reference.docx").write_bytes(finish_docx(reference_docx(), empty))
