"""The words of a picture, for those who cannot see it: text in every format, never markup."""

import base64
import html
import io
import re
import zipfile

import pytest
from docx import Document
from lxml import etree

from documents.sample import notebook_of
from reporting.documents.blocks import Figure
from reporting.documents.html.page import render_html
from reporting.documents.word.docx import render_docx

WORDS = """计划<5 & 实际>"9"'家'"><script>alert(1)</script><img src=x onerror=alert(2)>"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"><path d="M0 0"/></svg>'
PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d7"
        "63f8cfc000000301010018dd8db00000000049454e44ae426082"
    )
).decode()
FIGURES = {
    "drawn here": Figure(data=SVG, media="image/svg+xml", alt=WORDS, trusted=True),
    "foreign drawing": Figure(data=SVG, media="image/svg+xml", alt=WORDS),
    "picture": Figure(data=PNG, media="image/png", alt=WORDS),
}


@pytest.mark.parametrize("kind", FIGURES)
def test_alt_text_is_text_in_a_page(kind: str) -> None:
    """It comes back letter by letter from one attribute, and opens no element of its own."""
    page = render_html(notebook_of((FIGURES[kind],))).decode()
    found = re.findall(r'(?:aria-label|alt)="([^"]*)"', page)
    assert [html.unescape(text) for text in found].count(WORDS) == 1
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    tree = etree.HTML(page)
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("kind", FIGURES)
def test_alt_text_is_text_in_word(kind: str) -> None:
    """It is the description of the picture, and the file stays one that Word opens."""
    data = render_docx(notebook_of((FIGURES[kind],)))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        tree = etree.fromstring(book.read("word/document.xml"))
    described = [str(node.get("descr")) for node in tree.iter("{*}docPr")]
    assert WORDS in described
    assert Document(io.BytesIO(data)).inline_shapes
