"""Reports through Quarto, by a stand-in that runs pandoc and Typst as Quarto does."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pdfplumber
import pytest
from processes import has_ended

from documents.quarto.conftest import StandIn
from documents.sample import Notebook, cover, notebook_of, rating_table
from reporting.documents.assets import template_text
from reporting.documents.blocks import Card, Heading, Paragraph, Quote, Table
from reporting.documents.html.page import render_html
from reporting.documents.quarto import render
from reporting.documents.quarto.notebook import notebook_for_quarto
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx
from reporting.errors import PublishError, UsageError
from reporting.system.scratch import short_base, sweep

HOSTILE = (
    "{{< include /etc/passwd >}} {{% x %}} ```{=html}\n<script>alert(1)</script>\n```\n"
    "~~~\n:::\n::: {.callout}\n---\ntitle: x\n---\n$x$ $body$ @fig-a [^1] ^[n] "
    '#panic("x") \\u{41} "引号" \\ \\" \u0007 #let doc = 1 {=typst} <!-- x --> &amp; 😀 𠮷 %PDF'
)


def pdf_words(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(re.sub(r"\s", "", page.extract_text()) for page in pdf.pages)


def docx_words(data: bytes) -> list[str]:
    word = docx.Document(io.BytesIO(data))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    return [p.text for p in word.paragraphs] + cells


def hostile_notebook() -> Notebook:
    table = Table(columns=rating_table().columns[:2], rows=((HOSTILE, "`"), ("``````", "{{<")))
    card = Card(heading=Heading(level=2, text=HOSTILE), blocks=(Quote(text=HOSTILE),))
    return notebook_of((cover(),), (Paragraph(inlines=HOSTILE), table, card))


@pytest.mark.parametrize("make", ["sample", "hostile"])
def test_pages_are_the_built_in_ones(make: str, sample: Notebook, stand_in: StandIn) -> None:
    """HTML and Word are the built-in renderer's, the PDF has its text and its pages."""
    notebook = sample if make == "sample" else hostile_notebook()
    made = render(notebook, ["html", "pdf", "docx"])
    assert list(made) == ["html", "pdf", "docx"]
    assert made["html"] == render_html(notebook)
    assert docx_words(made["docx"]) == docx_words(render_docx(notebook))
    assert made["docx"] == render_docx(notebook)
    assert pdf_words(made["pdf"]) == pdf_words(render_pdf(notebook))


def test_each_render_is_one_quiet_call_in_its_own_folder(
    sample: Notebook, stand_in: StandIn
) -> None:
    """Quarto executes nothing, writes to a scratch folder, and nothing of it stays."""
    before = json.dumps(sample)
    render(sample, ["docx", "html"])
    (call,) = stand_in.calls
    folder = Path(call["folder"])
    assert call["arguments"] == [
        "render", "document.ipynb", "--output-dir", "out",
        "--quiet", "--log", str(folder / "log.jsonl"), "--log-format", "json-stream",
    ]  # fmt: skip
    assert "--execute" not in call["arguments"]
    assert folder.parent == short_base().resolve()
    assert not folder.exists()
    assert {"document.ipynb", "_quarto.yml", "report.lua", "reference.docx"} <= set(call["files"])
    assert call["environment"]["SOURCE_DATE_EPOCH"] == "1698624000"
    assert json.dumps(sample) == before


RENDERING = """
import json, sys
from pathlib import Path
from reporting.system import scratch
from reporting.documents.quarto import render
scratch.short_base = lambda: Path(sys.argv[2])
render(json.loads(Path(sys.argv[1]).read_bytes()), ["html"])
"""


@pytest.mark.long
def test_killed_render_leaves_nothing_for_good(
    sample: Notebook, stand_in: StandIn, tmp_path: Path
) -> None:
    """What stands of it is swept by the next run that starts kernels."""
    notebook, base, child = tmp_path / "n.ipynb", tmp_path / "base", tmp_path / "child"
    notebook.write_text(json.dumps(sample))
    base.mkdir()
    os.mkfifo(child)
    stand_in.be("hang")
    command = [sys.executable, "-c", RENDERING, str(notebook), str(base)]
    with subprocess.Popen(command) as rendering:
        number = int(child.read_text())  # waits until Quarto is at work
        sweep(base)
        in_use = len(list(base.iterdir()))
        rendering.kill()
    os.killpg(os.getpgid(number), signal.SIGKILL)
    sweep(base)
    assert (in_use, list(base.iterdir())) == (1, [])


def test_parallel_renders_do_not_meet(stand_in: StandIn) -> None:
    """Each of many renders at once gets its own report, the same bytes as alone."""
    notebooks = [notebook_of((cover(), Paragraph(inlines=f"第{n}份"))) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda notebook: render(notebook, ["html"]), notebooks))
    assert [m["html"] for m in made] == [render_html(n) for n in notebooks]
    assert len({call["folder"] for call in stand_in.calls}) == 4


def test_document_handed_to_quarto_is_inert() -> None:
    """No character that Markdown, YAML or a shortcode would act on is in what is made."""
    made = notebook_for_quarto(hostile_notebook(), ["html", "pdf", "docx"])
    assert [cell["cell_type"] for cell in made["cells"]] == ["markdown"] * 3
    for cell in made["cells"]:
        assert isinstance(cell["source"], list)
        fence, *lines, end = "".join(cell["source"]).splitlines()
        assert re.fullmatch(r"```\{=reporting-(html|typst|docx)\}", fence)
        assert end == "```"
        assert all(line[0] in '["]' for line in lines)
        assert not re.search(r"[^ -~]|[`{}<>$@|~^*_#&%]", "".join(lines))


def test_partial_is_no_pandoc_template() -> None:
    """The built-in Typst template is taken in as a partial, in which a dollar is a variable."""
    assert "$" not in template_text("report.typ")


def test_warning_of_quarto_is_a_warning(sample: Notebook, stand_in: StandIn) -> None:
    """What Quarto warns of is not lost."""
    stand_in.be("warn")
    with pytest.warns(UserWarning, match="^Quarto: something is odd$"):
        render(sample, ["html"])


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("fail", "Quarto 渲染失败（退出码 1）：Typst compilation failed error: unknown variable"),
        ("fail without log", "Quarto 渲染失败（退出码 1）：YAML is wrong"),
        ("nothing", "Quarto 报告成功，但没有生成 document.html。"),
    ],
)
def test_failure_is_one_sentence(
    mode: str, sentence: str, sample: Notebook, stand_in: StandIn
) -> None:
    """The log's errors, or the ERROR line, without colours; and no folder stays."""
    stand_in.be(mode)
    with pytest.raises(PublishError, match=f"^{re.escape(sentence)}$"):
        render(sample, ["html"])
    assert not Path(stand_in.calls[0]["folder"]).exists()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system has no process descriptors")
def test_hanging_quarto_is_stopped_with_its_children(sample: Notebook, stand_in: StandIn) -> None:
    """A render that takes too long fails, and leaves no process behind."""
    stand_in.be("hang")
    with pytest.raises(PublishError, match=r"^Quarto 在 3 秒内没有完成，已停止。$"):
        render(sample, ["html"], timeout=3)
    assert has_ended(int((stand_in.folder / "child").read_text()))


def test_unwritable_home_is_replaced(
    sample: Notebook, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quarto's caches go to the scratch folder where home cannot be written."""
    home = str(stand_in.folder)
    monkeypatch.setenv("HOME", home)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != home and may(path, mode))
    render(sample, ["html"])
    (call,) = stand_in.calls
    assert call["environment"]["HOME"] == str(Path(call["folder"]))


def test_unknown_format_is_refused(sample: Notebook, stand_in: StandIn) -> None:
    """Quarto makes html, pdf and docx only."""
    with pytest.raises(UsageError, match="可用的格式为 html、pdf、docx，收到的是“xlsx”。"):
        render(sample, ["html", "xlsx"])
    assert stand_in.calls == []
