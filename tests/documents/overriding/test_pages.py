"""A project's own templates: used, told of by file and line, and held to what every page says."""

# ruff: noqa: E501

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from bs4 import BeautifulSoup

from documents.sample import Notebook, notebook_of
from documents.sample import cover as sample_cover
from reporting.documents.assets import PACKAGED, Templates, own_templates, template_text
from reporting.documents.blocks import Paragraph
from reporting.documents.document import read_document
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.html.page import render_page
from reporting.documents.overriding.faults import TemplateFault
from reporting.documents.overriding.files import own_files
from reporting.documents.overriding.names import KNOWN
from reporting.documents.typst.pdf import render_document
from reporting.errors import FaultsFound

BLOCKS, INDEX, STYLE, PAPER = (
    "html/blocks.html.j2", "report/index.html.j2", "report/report.css", "report.typ",
)  # fmt: skip
HOSTILE = '<script>alert(1)</script>{{ 7 * 7 }}"\'#eval("1+1") #pagebreak()\\'


def edited(name: str, *pairs: tuple[str, str]) -> Templates:
    """Edit one of the package's templates, as an office would."""
    text = template_text(name)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return own_templates({f"templates/{name}": text.encode()})


def small() -> Notebook:
    return notebook_of((sample_cover(), Paragraph(inlines=HOSTILE)))


def page(templates: Templates, notebook: Notebook | None = None) -> bytes:
    notebook = notebook or small()
    return render_page(notebook, read_document(notebook), templates=templates)


def pdf(templates: Templates) -> bytes:
    return render_document(read_document(small()), choose_fonts(None), templates)


def test_packages_own_text_makes_the_same_page(sample: Notebook) -> None:
    """The guarded environment sets no page differently; only the mark is held up by a rule."""
    same = page(edited(BLOCKS), sample).decode()
    usual = page(PACKAGED, sample).decode()
    assert same != usual
    assert BeautifulSoup(same, "html.parser").body == BeautifulSoup(usual, "html.parser").body


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (BLOCKS, '<p class="r-bulletin">', '<p class="r-bulletin office">'),
        (INDEX, '<div class="page">', '<div class="page office">'),
        (STYLE, ".sample-banner {", ".office {} .sample-banner {"),
    ],
)
def test_own_template_is_used(name: str, old: str, new: str) -> None:
    """In the page alone, and in no page made without it."""
    assert new in page(edited(name, (old, new))).decode()
    assert new not in page(PACKAGED).decode()


@pytest.mark.parametrize("safe", ["{{ run(block.inlines) }}", "{{ block.inlines[0].text | safe }}"])
def test_hostile_text_stays_text_in_an_own_template(safe: str) -> None:
    """Whatever filter the template puts on it."""
    own = edited(
        BLOCKS, ("{{ run(block.inlines) }}</p>\n{% endmacro %}", f"{safe}</p>\n{{% endmacro %}}")
    )
    found = BeautifulSoup(page(own), "html.parser")
    assert HOSTILE in {p.get_text() for p in found.find_all("p")}
    assert "alert(1)" not in "".join(s.string or "" for s in found.find_all("script"))


def test_hostile_text_is_data_in_an_own_pdf() -> None:
    """Typst sets it letter by letter, on the page where it stands."""
    own = edited(PAPER, ('"— " + str(number) + " —"', '"· " + str(number) + " ·"'))
    with pdfplumber.open(io.BytesIO(pdf(own))) as opened:
        text = "".join(one.extract_text() for one in opened.pages)
    assert "· 1 ·" in text
    for words in ("<script>alert(1)</script>", '#eval("1+1")', "#pagebreak()"):
        assert words in text.replace("\n", "")


@pytest.mark.parametrize(
    ("make", "name", "old", "new", "said"),
    [
        (page, INDEX, "default-src 'none'; ", "", "Content-Security-Policy，实际不是"),
        (page, INDEX, '<aside class="sample-banner"', "<!--", "网页中应写明标题"),
        (page, INDEX, ">示例数据，仅供", ">仅供", "处“示例数据”标记，实有"),
        (page, BLOCKS, "{{ line | lines }}</span>", "</span>", "网页中应写明标题“市商务局2023年第三季度"),
        (page, INDEX, '<a class="skip"', "{{ report.nothing.at_all }}<a", "index.html.j2第19行：模板出错"),
        (page, BLOCKS, "<blockquote", "{{ x.y }}<blockquote", "blocks.html.j2"),
        (page, INDEX, "{{ report.title }}<", "{{ ''.__class__.mro() }}<", "index.html.j2第10行：模板出错"),
        (pdf, PAPER, '"示例数据"', '""', "生成的 PDF 每页应有“示例数据”标记，第1页没有"),
        (pdf, PAPER, "#let red = rgb(doc.red)", "#let red = rgb(doc.reed)", "report.typ第14行：PDF 排版失败"),
        (pdf, PAPER, "lines(headline)", "[]", "应写明“市商务局”，未找到"),
    ],
)  # fmt: skip
def test_what_an_own_template_spoils_is_refused(
    make: Callable[..., bytes], name: str, old: str, new: str, said: str, sample: Notebook
) -> None:
    """By a sentence that names the file, and the line where one is at fault."""
    own = edited(name, (old, new))
    with pytest.raises(TemplateFault) as found:
        make(own, sample) if make is page else make(own)
    assert said in str(found.value)
    assert f"templates/{name}" in str(found.value)


def test_own_style_does_not_hide_the_mark() -> None:
    """The rule that shows it comes last, and weighs most."""
    own = edited(STYLE, (".sample-banner {", ".sample-banner { display: none;"))
    style = page(own).decode().partition("</style>")[0]
    assert style.rindex("display: block !important") > style.rindex("display: none")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("report.css", "", "相近的有 report/report.css。"),
        ("report/reprt.css", "", "相近的有 report/report.css。"),
        ("说明.txt", "", "templates/说明.txt：没有这个名称的模板，应为 html/blocks.html.j2、"),
        (STYLE, "a {}\n</style>", "templates/report/report.css第2行：应为样式（CSS），实有“</”。"),
        (INDEX, "\n{% if %}", "templates/report/index.html.j2第2行：应为 Jinja 模板，"),
        (INDEX, "\n\n{% autoescape false %}{% endautoescape %}", "index.html.j2第3行：文字一律转义"),
        (BLOCKS, "", "应有名为 blocks 的宏（macro），未找到。"),
        (PAPER, '\n#eval("x")', "templates/report.typ第2行：eval 会把"),
        (PAPER, '#import "@preview/x:1.0.0"', "templates/report.typ第1行：不能从网上取"),
    ],
)  # fmt: skip
def test_file_that_is_no_template_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    """Before anything is made."""
    path = tmp_path / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        own_files(tmp_path)
    assert said in str(found.value)
    assert len(found.value.faults) == 1


def test_packages_files_are_templates_and_litter_is_none(tmp_path: Path) -> None:
    """Every file that can be copied can be used as it is."""
    for name in KNOWN:
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template_text(name), encoding="utf-8")
    (tmp_path / "templates/.DS_Store").write_bytes(b"\xff")
    (tmp_path / "templates/report/report.css~").write_bytes(b"\xff")
    assert set(own_files(tmp_path)) == {f"templates/{name}" for name in KNOWN}
    (tmp_path / "templates" / STYLE).write_bytes(b"\xff")
    with pytest.raises(FaultsFound, match="应为 UTF-8 编码的文本"):
        own_files(tmp_path)
