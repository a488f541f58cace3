"""The real Quarto command, where it is installed."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from exhibits.conftest import Run, city, leader_slice, run, unit_slice

from documents.quarto.test_render import docx_words, hostile_notebook, pdf_words
from documents.sample import Notebook
from reporting.assess.values import Assessment
from reporting.documents.foreign import fragment_text
from reporting.documents.html.page import render_html
from reporting.documents.quarto import find_quarto, render
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx
from reporting.errors import UsageError
from reporting.system.digests import digest

# Fixtures of another folder, taken in by name.
__all__ = ["city", "leader_slice", "run", "unit_slice"]


def _quarto() -> str | None:
    try:
        return str(find_quarto())
    except UsageError:
        return None


pytestmark = [
    pytest.mark.quarto,
    pytest.mark.skipif(_quarto() is None, reason="Quarto is neither on PATH nor in QUARTO_PATH"),
]

FORMATS = ("html", "pdf", "docx")
ROOT = Path(__file__).parents[3]


def check(notebook: Notebook, made: dict[str, bytes]) -> None:
    """Compare what Quarto made with the built-in renderers; a warning would be an error."""
    assert pdf_words(made["pdf"]) == pdf_words(render_pdf(notebook))
    assert docx_words(made["docx"]) == docx_words(render_docx(notebook))
    ours, theirs = (_body(page) for page in (render_html(notebook), made["html"]))
    assert theirs == ours
    page = made["html"].decode()
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", page)
    script = re.search(r"'sha256-[^']+'", page)
    assert script is not None
    assert script.group() in render_html(notebook).decode()


def _body(page: bytes) -> str:
    return "".join(fragment_text(page.decode()).split())


def test_sample_is_the_built_in_one(sample: Notebook) -> None:
    """Every kind of block comes through."""
    check(sample, render(sample, FORMATS))


def test_hostile_text_is_text() -> None:
    """Shortcodes, fences, YAML and the like are words."""
    notebook = hostile_notebook()
    check(notebook, render(notebook, FORMATS))


def test_reports_are_the_built_in_ones(
    run: Run, city: Assessment, unit_slice: Assessment, leader_slice: Assessment
) -> None:
    """The three kinds of report come through."""
    for name, assessment, given in (
        ("briefing_pack", city, {}),
        ("unit_report", unit_slice, {"unit": unit_slice.subject.name}),
        ("leader_report", leader_slice, {"leader": leader_slice.subject.name}),
    ):
        notebook = run(name, assessment, given)
        check(notebook, render(notebook, FORMATS))


def test_same_bytes_again_and_in_parallel(sample: Notebook) -> None:
    """Two renders at once do not disturb each other, and give what one alone gives."""
    alone = render(sample, FORMATS)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: render(sample, FORMATS), range(2)))
    assert both == [alone, alone]


def test_notebooks_render_by_hand(tmp_path: Path) -> None:
    """Copies of the notebooks give the reports in three formats; the notebooks stay as they were.

    In a git repository, as most projects are: there Quarto looks for what git ignores.
    """
    for name in ("notebooks", "params", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    templates = Path("src/reporting/documents/templates")
    shutil.copytree(ROOT / templates, tmp_path / templates)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    before = _digests(tmp_path / "notebooks")
    command = [sys.executable, "-m", "tools.by_quarto"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "src")))}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "outputs" / "quarto"
    for stem in ("unit_report", "leader_report", "briefing_pack"):
        assert (out / f"{stem}.html").is_file()
        assert "2023年第三季度" in (out / f"{stem}.html").read_text(encoding="utf-8")
        assert "2023年第三季度" in pdf_words((out / f"{stem}.pdf").read_bytes())
        word = docx.Document(str(out / f"{stem}.docx"))
        assert any("2023年第三季度" in p.text for p in word.paragraphs)
    assert _digests(tmp_path / "notebooks") == before


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): digest(path.read_bytes()) for path in files}
