"""The Word document: styles, sections, tables, and bytes that do not change."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from documents.sample import Notebook, notebook_of
from reporting.documents.blocks import Column, Contents, Heading, Page, Paragraph, Table
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


def test_page_of_its_own_is_small_and_ends() -> None:
    """Its tables have the smaller styles, and what follows begins a page."""
    table = Table(columns=(Column(key="a", label="项"),), rows=(("字",),), caption="表")
    page = Page(heading=Heading(level=1, text="一页"), blocks=(table,))
    data = render_docx(notebook_of((page, Paragraph(inlines="后文。"), table)))
    made: Any = docx.Document(io.BytesIO(data))
    small, usual = (t.rows[1].cells[0].paragraphs[0].style for t in made.tables)
    assert (small.font.size.pt, usual.font.size.pt) == (8, 10.5)
    captions = [p.style.font.size.pt for p in made.paragraphs if p.text == "表"]
    assert captions == [8, 12]
    breaks = [bool(p._p.xpath(".//w:br[@w:type='page']")) for p in made.paragraphs]
    following = next(n for n, p in enumerate(made.paragraphs) if p.text == "后文。")
    assert [n for n, is_break in enumerate(breaks) if is_break] == [following - 1]


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


def test_rows_stay_whole_and_in_company(word: Any) -> None:
    """No page parts a row; header, first rows and the last but one go with what follows."""
    rows = [row for table in word.element.body.iter(qn("w:tbl")) for row in table.iter(qn("w:tr"))]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    for row in word.tables[-1].rows[0], word.tables[-1].rows[1], word.tables[-1].rows[-2]:
        assert all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
    assert not word.tables[-1].rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_number_of_a_turned_page_stands_in_the_foot_of_its_sheet(word: Any) -> None:
    """The number runs down the left edge of a page that lies; pages that stand have it below."""
    first, last = word.sections[0].footer._element.xml, word.sections[-1].footer._element.xml
    assert "txbxContent" not in first
    assert 'vert="vert"' in last
    assert "PAGE" in last
    assert f"<wp:posOffset>{19 * 36_000}</wp:posOffset>" in last
    assert not word.sections[-1].even_page_footer.is_linked_to_previous


def test_contents_have_the_pages_of_their_headings() -> None:
    """Each line of the contents is a link with a field for the page, at a mark in its heading."""
    book = notebook_of((Contents(),), "## 一、总体情况\n\n正文\n\n### （一）指标\n\n正文")
    word: Any = docx.Document(io.BytesIO(render_docx(book)))
    lines = [p for p in word.paragraphs if p.style.name.startswith("toc")]
    assert [(p.style.name, "PAGEREF" in p._p.xml) for p in lines] == [
        ("toc 1", True),
        ("toc 2", True),
    ]
    names = {p.text: [b.get(qn("w:name")) for b in p._p.iter(qn("w:bookmarkStart"))]
             for p in word.paragraphs}  # fmt: skip
    for line, heading in zip(lines, ("一、总体情况", "（一）指标"), strict=True):
        assert f" PAGEREF {names[heading][0]} " in line._p.xml


def test_word_and_wps_lay_the_text_out_alike(word: Any) -> None:
    """The layout is that of Word 2013, fields are filled at opening, no gap parts 2023 from 年."""
    settings = word.settings.element
    mode = settings.find(f"{qn('w:compat')}/{qn('w:compatSetting')}")
    assert (mode.get(qn("w:name")), mode.get(qn("w:val"))) == ("compatibilityMode", "15")
    assert settings.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    assert settings.find(qn("w:characterSpacingControl")).get(qn("w:val")) == "compressPunctuation"
    normal = word.styles["Normal"].element.pPr
    assert normal.find(qn("w:kinsoku")).get(qn("w:val")) == "1"
    assert normal.find(qn("w:autoSpaceDN")).get(qn("w:val")) == "0"


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
