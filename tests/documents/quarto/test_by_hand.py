"""``quarto render notebooks/``: the settings beside the notebooks, and what they call."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pypandoc
import pytest
import typst
import yaml

from documents.quarto.test_render import docx_words, pdf_words
from documents.sample import Notebook
from reporting.documents.html.page import render_html
from reporting.documents.quarto.project import PLAIN, project_settings
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
NOTEBOOKS = ROOT / "notebooks"


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """Read the settings beside the notebooks."""
    content = yaml.safe_load((NOTEBOOKS / "_quarto.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, settings: dict[str, Any]) -> Path:
    """Give a project with what ``pre-render`` prepares, away from the real one."""
    root = tmp_path_factory.mktemp("project")
    (root / "params").mkdir()
    (root / "notebooks").mkdir()
    script = NOTEBOOKS / settings["project"]["pre-render"]
    subprocess.run([sys.executable, script], cwd=root / "notebooks", check=True)
    return root


def filtered(settings: dict[str, Any], notebook: Notebook) -> str:
    """Run the notebook filter as Quarto does; give the Markdown that it makes of the result."""
    (script,) = settings["ipynb-filters"]
    done = subprocess.run(
        [sys.executable, NOTEBOOKS / script],
        input=json.dumps(notebook, ensure_ascii=False).encode(),
        capture_output=True,
        check=True,
        cwd=NOTEBOOKS,
    )
    cells = json.loads(done.stdout)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


@pytest.fixture(scope="module")
def document(settings: dict[str, Any], project: Path, sample: Notebook) -> str:
    """Give the Markdown of the sample report, by the notebook filter."""
    return filtered(settings, sample)


def render_by_pandoc(settings: dict[str, Any], project: Path, document: str, name: str) -> Path:
    """Do what Quarto does with the settings, for one format."""
    folder = project / "notebooks"
    form = settings["format"][name]
    (folder / "in.md").write_text(document, encoding="utf-8")
    target = folder / f"out.{name}"
    lua = NOTEBOOKS / settings["filters"][1]
    command = [pypandoc.get_pandoc_path(), "in.md", "-f", "markdown", "-t", name, "-o", target]
    command += ["--lua-filter", lua, "-M", f"pagetitle={settings['pagetitle']}"]
    if "template" in form:
        shutil.copyfile(NOTEBOOKS / form["template"], folder / "template.patched")
        for partial in form.get("template-partials", []):
            shutil.copyfile(NOTEBOOKS / partial, folder / Path(partial).name)
        command += ["--template", "template.patched"]
    if "reference-doc" in form:
        command += ["--reference-doc", folder / form["reference-doc"]]
    subprocess.run(command, cwd=folder, check=True)
    return target


def test_settings_agree_with_the_renderer(settings: dict[str, Any]) -> None:
    """The project beside the notebooks asks for the same look as the scratch project."""
    ours = project_settings(["html", "pdf", "docx"])
    assert {key: settings[key] for key in PLAIN} == PLAIN
    assert settings["format"].keys() == ours["format"].keys()
    for name, form in ours["format"].items():
        assert settings["format"][name].keys() == form.keys()
    html = ours["format"]["html"]
    assert settings["format"]["html"] | {"template": html["template"]} == html


def test_settings_write_beside_no_notebook(settings: dict[str, Any]) -> None:
    """Outputs and prepared files stay out of the notebooks' folder and of git."""
    output = (NOTEBOOKS / settings["project"]["output-dir"]).resolve()
    assert output == ROOT / "outputs" / "quarto"
    text = (NOTEBOOKS / "_quarto.yml").read_text(encoding="utf-8")
    for place in re.findall(r"(\.\./\S+)", text):
        path = (NOTEBOOKS / place).resolve()
        known = path.is_file() or {"outputs", ".reporting"} & set(path.relative_to(ROOT).parts)
        assert known, place


def test_html_by_hand_is_the_built_in_page(
    settings: dict[str, Any], project: Path, document: str, sample: Notebook
) -> None:
    """The page by hand is the published one."""
    page = render_by_pandoc(settings, project, document, "html")
    assert page.read_bytes() == render_html(sample)


def test_pdf_by_hand_is_the_built_in_one(
    settings: dict[str, Any], project: Path, document: str, sample: Notebook
) -> None:
    """The PDF by hand has the published one's text, in the fonts that were prepared."""
    source = render_by_pandoc(settings, project, document, "typst")
    fonts = [str(project / "notebooks" / f) for f in settings["format"]["typst"]["font-paths"]]
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    pdf, remarks = compiler.compile_with_warnings(source.read_bytes(), format="pdf")
    assert remarks == []
    assert isinstance(pdf, bytes)
    assert pdf_words(pdf) == pdf_words(render_pdf(sample))


def test_word_by_hand_has_the_words_and_the_page(
    settings: dict[str, Any], project: Path, document: str, sample: Notebook
) -> None:
    """The Word document by hand has the published one's words, on A4 with page numbers."""
    path = render_by_pandoc(settings, project, document, "docx")
    assert docx_words(path.read_bytes()) == docx_words(render_docx(sample))
    page = docx.Document(str(path)).sections[0]
    assert page.page_width is not None
    assert round(page.page_width.mm) == 210
    assert "PAGE" in docx.Document(str(path)).sections[-1].footer._element.xml


@pytest.mark.parametrize("name", ["pptx", "revealjs"])
def test_other_format_is_refused_with_the_known_ones(
    name: str, settings: dict[str, Any], project: Path
) -> None:
    """Quarto would make an empty slide of it, and say nothing."""
    text = '```{=reporting-html}\n["x"]\n```\n'
    lua = NOTEBOOKS / settings["filters"][1]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", name, "--lua-filter", lua, "-o", "x"],
        input=text.encode(), capture_output=True, cwd=project,
    )  # fmt: skip
    assert done.returncode != 0
    said = f"报告只能生成 html、typst（PDF）、docx，不能生成 {name}"
    assert said in done.stderr.decode()


def test_notebook_not_yet_executed_passes_the_filter(settings: dict[str, Any]) -> None:
    """Quarto runs the filter before executing as well, to read what a notebook is."""
    path = NOTEBOOKS / "unit_report.ipynb"
    text = filtered(settings, json.loads(path.read_text(encoding="utf-8")))
    assert text.count("```{=reporting-") == 3


def test_filter_reads_utf8_under_any_locale(
    settings: dict[str, Any], document: str, sample: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook is UTF-8 whatever the computer's locale says."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    raw = json.loads(json.dumps(sample))
    assert filtered(settings, raw) == document
