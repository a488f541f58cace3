"""Every format is the same bytes in another process, folder, time zone and locale."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from documents.sample import Notebook
from reporting.documents.html.page import render_html
from reporting.documents.word.docx import render_docx

_CODE = """
import pathlib, sys, nbformat
from reporting.documents.word.docx import render_docx
from reporting.documents.html.page import render_html
from reporting.documents.typst.pdf import render_pdf
notebook = nbformat.read("n.ipynb", 4)
for render in (render_html, render_pdf, render_docx):
    pathlib.Path(render.__name__).write_bytes(render(notebook))
"""


def test_formats_are_the_same_elsewhere(
    sample: Notebook, sample_pdf: bytes, tmp_path: Path
) -> None:
    """HTML, PDF and Word do not depend on where and when they are made."""
    nbformat.write(nbformat.from_dict(sample), tmp_path / "n.ipynb")  # type: ignore[no-untyped-call]
    environment = {**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-c", _CODE]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    assert (tmp_path / "render_pdf").read_bytes() == sample_pdf
    assert (tmp_path / "render_html").read_bytes() == render_html(sample)
    assert (tmp_path / "render_docx").read_bytes() == render_docx(sample)
