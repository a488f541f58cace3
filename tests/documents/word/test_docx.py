"""The Word document: styles, sections, tables, and bytes that do not change."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from documents.sample import Notebook
from reporting.documents.word.docx import render_docx


@pytest.fixture(scope="module")
def data(sample: Notebook) -> bytes:
    """Give the sample report as Word document."""
    return render_docx(sample)


@pytest.fixture(scope="module")
def word(data: bytes) -> Any:
    """Give the document opened."""
    return docx.Document(io.BytesIO(data))


def test_headings_have_real_styles(word: Any) -> None:
    """Headings use Word's own styles, in the faces of the standard."""
    headings = [(p.style.name, p.text) for p in word.paragraphs if "Heading" in p.style.name]
    assert headings[0] == ("Heading 1", "一、总体情况")
    assert ("Heading 1", "全部任务一览表") in headings
    fonts = word.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "黑体"
    body = word.styles["正文首行缩进"]
    assert body.base_style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body.base_style.font.size.pt == 16


def test_pages_follow_the_standard(word: Any) -> None:
    """A4 with the standard's margins; the annex is turned."""
    first, last = word.sections[0], word.sections[-1]
    assert round(first.page_width.mm), round(first.page_height.mm) == (210, 297)
    assert [round(m.mm) for m in (first.top_margin, first.left_margin)] == [37, 28]
    assert [round(m.mm) for m in (first.bottom_margin, first.right_margin)] == [35, 26]
    assert last.orientation == WD_ORIENT.LANDSCAPE
    assert round(last.page_width.mm) == 297


def test_heads_and_numbers(word: Any) -> None:
    """The running head names subject, period and sample; page numbers are fields."""
    first = word.sections[0]
    assert first.header.paragraphs[0].text == "市商务局　2023年第三季度　　示例数据"
    assert "PAGE" in first.footer._element.xml
    assert word.settings.odd_and_even_pages_header_footer
    assert word.sections[-1].header.is_linked_to_previous


def test_tables_repeat_their_header(word: Any) -> None:
    """Tables hold the cells, and their first row is a header."""
    table = word.tables[0]
    assert [cell.text for cell in table.rows[0].cells][:3] == ["序号", "年度目标", "核定"]
    assert table.rows[1].cells[2].text == "△\u00a0未达序时进度"
    assert table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None


def test_links_lead_to_bookmarks(word: Any) -> None:
    """Contents and references are links inside the document."""
    body = word.element.body
    names = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    targets = {h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))}
    assert "task-1" in targets
    assert targets <= names


def test_pictures_are_described(word: Any) -> None:
    """Charts are pictures with their message as alternative text."""
    descriptions = [p.get("descr") for p in word.element.body.iter(qn("wp:docPr"))]
    assert len(descriptions) == 1
    assert descriptions[0].startswith("柱形图，固定资产投资")


def test_properties(word: Any) -> None:
    """Title, author and date are the report's."""
    properties = word.core_properties
    assert properties.title == "市商务局2023年第三季度任务进展情况"
    assert properties.author == "东莞市人民政府办公室"
    assert properties.created.date().isoformat() == "2023-10-30"


def test_docx_is_the_same_twice(sample: Notebook, data: bytes) -> None:
    """The same notebook gives the same bytes, and nothing is fetched from outside."""
    assert render_docx(sample) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = [archive.read(n) for n in archive.namelist() if n.endswith(".rels")]
    assert not any(b'TargetMode="External"' in relation for relation in relations)
