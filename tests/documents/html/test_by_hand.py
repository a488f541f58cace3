"""Pages by nbconvert's own command, with the settings that set-up writes."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter, SlidesExporter
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from reporting.documents.html.by_hand import install_pages
from reporting.kernels.__main__ import main

V4: Any = nbformat.v4


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Read the settings as nbconvert does."""
    path = install_pages(tmp_path)
    assert path == tmp_path / "etc" / "jupyter" / "jupyter_nbconvert_config.py"
    loaded = PyFileConfigLoader(path.name, str(path.parent)).load_config()
    assert isinstance(loaded, Config)
    return loaded


def cell(source: str, *tags: str) -> Any:
    """Make a code cell that shows its source in words."""
    output = V4.new_output("stream", name="stdout", text=f"shown by {source}")
    return V4.new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def test_page_fetches_nothing_and_hides_what_tags_say(config: Config) -> None:
    """No code of a report, no parameters, a title of its own; an analyst's code stays."""
    cells = [
        cell("parameter = 1", "parameters"),
        cell("injected = 1", "injected-parameters"),
        cell("hidden()", "remove-input"),
        cell("private()", "remove"),
        cell("analyst()"),
        V4.new_markdown_cell("## 一、概况 $x$"),
    ]
    exporter: Any = HTMLExporter
    book = V4.new_notebook(cells=cells, metadata={"title": "任务进展报告"})
    page, _ = exporter(config=config).from_notebook_node(book)
    assert "<title>任务进展报告</title>" in page
    assert "shown by hidden()" in page
    assert "shown by analyst()" in page
    assert page.count('class="highlight hl-ipython3"') == 1
    assert not re.search(r"parameter = 1|injected = 1|private\(\)", page)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|import\(|url\(["']?http""", page)


def test_slides_keep_their_own_template(config: Config) -> None:
    """Slides are pages to nbconvert."""
    exporter: Any = SlidesExporter
    assert exporter(config=config).template_name == "reveal"


def test_settings_of_others_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ours are brought up to date; another's are not touched, which is said."""
    path = install_pages(tmp_path)
    assert path is not None
    written = path.read_bytes()
    path.write_bytes(written + b"# old\n")
    assert install_pages(tmp_path) == path
    assert path.read_bytes() == written
    path.write_text("c.HTMLExporter.theme = 'dark'\n")
    assert main(["install", str(tmp_path)]) == 0
    assert "已有别的设置，未作改动" in capsys.readouterr().out
    assert path.read_text() == "c.HTMLExporter.theme = 'dark'\n"
