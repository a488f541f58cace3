"""Every face shows exactly the text, whatever the text tries to be."""

import html
import io
import re
from html.parser import HTMLParser

import docx
import mistune
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.sample import notebook_of
from reporting.documents.blocks import (
    Block,
    BulletList,
    Card,
    Column,
    Fields,
    Heading,
    Notice,
    Page,
    Paragraph,
    Quote,
    Strong,
    Table,
)
from reporting.documents.html.page import render_html
from reporting.documents.html.write import to_html
from reporting.documents.markdown.write import to_markdown
from reporting.documents.plain_text import to_text
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>&amp;&#20013;",
    "#panic() #set text(1pt) $x^2$ @ref <label> // remark",
    "*strong* _em_ `code` [link](http://x.example) ![p](p.png) ~~s~~",
    "| a | b | ::: {.x} \\textbf{x} {{ x }} {% y %}",
    '=HYPERLINK("http://x.example","x")',
    "+1-1@SUM(A1)",
    "金额\u202e元\u2066\u200b",
    "---",
    "1. 一、 - + # >",
)


def blocks_with(text: str) -> tuple[Block, ...]:
    """Put a text wherever text may stand."""
    return (
        Heading(level=1, text=text),
        Paragraph(inlines=(text, Strong(text=text))),
        Notice(inlines=text),
        Quote(text=text, source=text),
        BulletList(items=(text,)),
        Table(columns=(Column(key="a", label=text, share=1),), rows=((text,),), caption=text),
        Card(heading=Heading(level=2, text=text), blocks=(Fields(rows=((text, text),)),)),
        Page(heading=Heading(level=2, text=text), blocks=(Paragraph(inlines=text),)),
    )


def squeezed(text: str) -> str:
    """Leave out white space, which a page sets as it likes."""
    return re.sub(r"\s|\u200b", "", text)


class Words(HTMLParser):
    """Collects text and the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


def read_html(page: str) -> Words:
    """Read HTML as a browser would see it."""
    words = Words()
    words.feed(page)
    return words


_BLOCK_TEXTS = 13


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_text_only(text: str) -> None:
    """Markup in a text is words on the page, never an element."""
    shown = read_html(to_html(blocks_with(text)))
    visible = blocks_with(text)[0].text  # type: ignore[union-attr]
    assert squeezed(shown.text).count(squeezed(visible)) >= _BLOCK_TEXTS
    assert not shown.elements & {"script", "img", "b", "label", "em"}


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=150, deadline=None)
def test_html_keeps_any_text(text: str) -> None:
    """Any paragraph reads back as the very text."""
    block = Paragraph(inlines=text)
    shown = re.sub(r"<br>", "\n", to_html([block]))
    assert html.unescape(re.sub(r"</?p>", "", shown)) == to_text([block])


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40))
@settings(max_examples=150, deadline=None)
def test_markdown_keeps_any_text(text: str) -> None:
    """A Markdown reader gives any text back, as text."""
    block = Paragraph(inlines=("文", text, "文"))
    page = str(mistune.html(to_markdown([block]))).replace("<br />\n", "\n")
    shown = read_html(page)
    assert squeezed(shown.text) == squeezed(to_text([block]))
    assert shown.elements <= {"p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_table_keeps_cells(text: str) -> None:
    """A cell never breaks its row."""
    table = Table(columns=(Column(key="a", label="甲"), Column(key="b", label="乙")),
                  rows=((text, "尾"),))  # fmt: skip
    parse = mistune.create_markdown(plugins=["table"])
    shown = read_html(str(parse(to_markdown([table]))))
    assert squeezed(shown.text) == squeezed("甲乙" + to_text([table]).split("\n", 1)[1])
    assert shown.elements == {"table", "thead", "tbody", "tr", "th", "td"}


def test_pdf_shows_text_only() -> None:
    """Typst sets hostile texts as they are."""
    blocks = tuple(b for text in HOSTILE for b in blocks_with(text))
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        shown = squeezed("".join(page.extract_text() for page in pdf.pages))
    for text in HOSTILE:
        wanted = squeezed(Paragraph(inlines=text).inlines[0].text)  # type: ignore[union-attr]
        assert wanted in shown, text


def test_docx_shows_text_only() -> None:
    """Word gets hostile texts as they are, and no field or link from them."""
    blocks = tuple(b for text in HOSTILE for b in blocks_with(text))
    word = docx.Document(io.BytesIO(render_docx(notebook_of(blocks))))
    shown = squeezed("".join(t.text or "" for t in word.element.body.iter(docx.oxml.ns.qn("w:t"))))
    for text in HOSTILE:
        wanted = squeezed(Paragraph(inlines=text).inlines[0].text)  # type: ignore[union-attr]
        assert shown.count(wanted) >= _BLOCK_TEXTS, text
    body = word.element.body.xml
    assert "instrText" not in body
    assert "w:hyperlink" not in body


def test_page_shows_text_only() -> None:
    """The published page holds no element and no script from a text."""
    page = render_html(notebook_of(blocks_with(HOSTILE[0]))).decode()
    # The two of the page's own.
    assert page.count("<script>") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
