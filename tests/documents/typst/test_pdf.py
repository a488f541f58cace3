"""The PDF: the page of GB/T 9704, its tags, its fonts."""

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pikepdf
import pytest

from documents.paper import Structure, gaps
from documents.sample import Notebook, chart, cover, notebook_of
from documents.typst.test_heights import field_card
from reporting.documents.blocks import (
    BulletList,
    Card,
    Column,
    Contents,
    Fields,
    Figure,
    Heading,
    Notice,
    Page,
    Paragraph,
    Quote,
    Table,
)
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.typst.pdf import render_pdf, unprintable
from reporting.errors import PublishError
from reporting.grades import Grade
from reporting.system.fonts import missing_glyphs, sans_file, serif_file

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pages(sample_pdf: bytes) -> Iterator[list[Any]]:
    """Give the pages of the sample report."""
    with pdfplumber.open(io.BytesIO(sample_pdf)) as pdf:
        yield pdf.pages


@pytest.fixture(scope="module")
def objects(sample_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """Give the objects of the sample report."""
    with pikepdf.open(io.BytesIO(sample_pdf)) as pdf:
        yield pdf


def upright(page: Any) -> list[Any]:
    """Give the characters but those of the turned head and foot of a page that lies."""
    return [c for c in page.chars if not c["matrix"][1]]


class Turned:
    """A page that lies as its sheet is read: turned against the clock, its top at the left."""

    def __init__(self, page: Any) -> None:
        places = [(page.width - c["x1"], c["top"], c["bottom"], c["text"])
                  for c in page.chars if c["matrix"][1]]  # fmt: skip
        places.sort(key=lambda place: place[1])
        middle = page.width / 2
        self._foot = [place for place in places if place[0] > middle]
        self._head = [place for place in places if place[0] < middle]

    def foot(self) -> tuple[str, float, float]:
        """Give the words of the foot, where they begin and where they end."""
        words = "".join(text for _, _, _, text in self._foot)
        return words, self._foot[0][1], self._foot[-1][2]

    def foot_top(self) -> float:
        """Tell how far from the sheet's upper edge the foot stands."""
        return float(min(top for top, _, _, _ in self._foot))

    def head(self) -> str:
        """Give the words of the head."""
        return "".join(text for _, _, _, text in self._head)


def test_page_is_a4_with_margins(pages: list[Any]) -> None:
    """Text stands in the block of 156 × 225 mm; landscape pages are turned."""
    sizes = {(round(page.width / MM), round(page.height / MM)) for page in pages}
    assert sizes == {(210, 297), (297, 210)}
    for page in pages:
        left, right, top, bottom = (
            (35, 37, 28, 26) if page.width > page.height else (28, 26, 37, 35)
        )
        body = [c for c in upright(page) if top * MM < c["top"] < page.height - bottom * MM]
        # Brackets and stops at a line's ends hang by their empty half.
        starts = [c["x0"] for c in body if c["text"] not in "（《“〔"]
        assert min(starts) >= left * MM - 0.5
        ends = [c["x1"] for c in body if c["text"] not in "，。；：、）》”〕"]
        assert max(ends) <= page.width - right * MM + 0.6
        assert max(c["bottom"] for c in body) <= page.height - bottom * MM + 3


@pytest.mark.parametrize(
    ("lines", "least", "most", "pages"), [(10, 9, 9, 3), (46, 8, 8.75, 3), (80, 7.5, 7.5, 4)]
)
def test_page_of_its_own_is_one_page(lines: int, least: float, most: float, pages: int) -> None:
    """It stands alone, as small as one page needs; what no size fits goes on, and is not cut."""
    columns = (Column(key="a", label="项"), Column(key="b", label="情况", share=6))
    rows = tuple((str(n), f"第{n}件事") for n in range(1, lines + 1))
    page = Page(
        heading=Heading(level=1, text="一页"),
        blocks=(Table(columns=columns, rows=rows, caption="表"), Paragraph(inlines="注。")),
    )
    book = notebook_of((Paragraph(inlines="前文。"), page, Paragraph(inlines="后文。")))
    with pdfplumber.open(io.BytesIO(render_pdf(book))) as pdf:
        before, *own, after = (page.extract_text() for page in pdf.pages)
        sizes = [c["size"] for c in pdf.pages[1].chars if c["text"] == "件"]
    assert len(own) == pages - 2
    assert "前文" in before
    assert f"第{lines}件事" in own[-1]
    assert "注。" in own[-1]
    assert "后文" in after
    assert least - 0.01 < min(sizes) <= max(sizes) < most + 0.01


def test_dense_table_is_set_smaller() -> None:
    """Its words take less of the page than those of another."""
    columns = (Column(key="a", label="项"),)
    tables = [Table(columns=columns, rows=(("字",),), dense=dense) for dense in (False, True)]
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(tuple(tables))))) as pdf:
        sizes = [c["size"] for c in pdf.pages[0].chars if c["text"] == "字"]
    assert sizes == [10.5, 9]


def test_line_holds_28_characters() -> None:
    """三号 text sets 28 characters a line and 22 lines a page, at a pitch of 28.95 pt."""
    blocks = (Paragraph(inlines="督" * 28 * 40, indent=False),)
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        lines = pdf.pages[0].extract_text_lines()
    body = [line for line in lines if line["text"].startswith("督督督")]
    assert {len(line["text"]) for line in body} == {28}
    assert len(body) == 22
    assert body[1]["top"] - body[0]["top"] == pytest.approx(28.95, abs=0.02)
    assert body[0]["chars"][0]["size"] == pytest.approx(16)


def test_line_that_leads_to_a_table_stands_with_it() -> None:
    """Wherever a page ends, no heading and no leading line is left behind by its table."""
    table = Table(
        columns=(Column(key="n", label="条款"), Column(key="t", label="内容", share=7)),
        rows=tuple((f"R{number}", "核定规则的内容。") for number in range(1, 30)),
        caption="核定规则",
    )
    for lines in range(13, 20):
        blocks = (
            Heading(level=2, text="一、总体情况"),
            Paragraph(inlines="督" * 28 * lines, indent=False),
            Heading(level=2, text="（五）条款"), Paragraph(inlines="以下为所依据的条款。"), table,
        )  # fmt: skip
        with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
            texts = [page.extract_text() for page in pdf.pages]
        (found,) = (text for text in texts if "（五）条款" in text)
        assert "以下为所依据的条款。" in found
        assert "R1 核定规则的内容。" in found


def test_page_number_stands_on_the_outer_side(pages: list[Any]) -> None:
    """— 1 — stands right on odd pages, left on even ones, 7 mm below the text."""
    for number, page in enumerate(pages, 1):
        if page.width < page.height:
            foot = page.extract_text_lines()[-1]
            assert foot["text"] == f"— {number} —"
            assert (foot["x0"] > page.width / 2) == (number % 2 == 1)
            assert foot["chars"][0]["size"] == pytest.approx(14)


def test_number_of_a_turned_page_stands_where_others_have_it() -> None:
    """On the sheet, a table that lies has its head at the left, the number in the sheet's foot."""
    columns = tuple(Column(key=str(n), label=f"列{n}") for n in range(3))
    rows = tuple((f"{n}", "督" * 90, "查" * 90) for n in range(40))
    table = Table(columns=columns, rows=rows, landscape=True, caption="一览表")
    blocks = (cover(), Paragraph(inlines="督查", indent=False), table)
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        (plain, *lying) = pdf.pages
        foot = plain.extract_text_lines()[-1]
        assert len(lying) > 2
        for number, page in enumerate(lying, 2):
            edge = Turned(page)
            (words, left, right) = edge.foot()
            assert words == f"— {number} —"
            assert edge.foot_top() == pytest.approx(foot["top"], abs=2)
            if number % 2:
                assert right == pytest.approx(foot["x1"], abs=3)
            else:
                assert left == pytest.approx(plain.width - foot["x1"] + 2 * MM, abs=3)
            assert "示例数据" in edge.head()
            assert page.extract_text_lines()


def test_every_page_names_subject_and_sample(pages: list[Any]) -> None:
    """The running head names the unit and the period; sample data are marked everywhere."""
    for number, page in enumerate(pages, 1):
        lies = page.width > page.height
        head = Turned(page).head() if lies else page.extract_text_lines()[0]["text"]
        assert "示例数据" in head
        assert number == 1 or "市商务局 2023年第三季度" in head.replace("\u3000", " ")


def test_table_header_repeats(pages: list[Any]) -> None:
    """A long table shows its header on each page."""
    landscape = [page for page in pages if page.width > page.height]
    assert len(landscape) > 1
    assert all("季度进度安排" in page.extract_text() for page in landscape)


def test_pdf_is_tagged(objects: pikepdf.Pdf) -> None:
    """Language, title, tags, and the claim of PDF/UA-1 are set."""
    assert objects.Root.MarkInfo.Marked
    assert str(objects.Root.Lang).lower() == "zh-cn"
    assert objects.Root.ViewerPreferences.DisplayDocTitle
    with objects.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "市商务局2023年第三季度任务进展情况"
    assert str(objects.docinfo["/Author"]) == "东莞市人民政府办公室"
    assert "20231030" in str(objects.docinfo["/CreationDate"])


def structure(node: Any) -> Iterator[Any]:
    """Go through the structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from structure(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node.K)


def test_structure_holds_headings_tables_and_alt_texts(objects: pikepdf.Pdf) -> None:
    """Headings, header cells, lists and described figures are in the structure tree."""
    nodes = list(structure(objects.Root.StructTreeRoot.K))
    kinds = {str(node.S) for node in nodes}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/P", "/Link"} <= kinds
    figures = [node for node in nodes if str(node.S) == "/Figure"]
    assert [str(node.Alt)[:11] for node in figures] == ["柱形图，固定资产投资："]


def test_fonts_are_embedded(objects: pikepdf.Pdf) -> None:
    """Every font comes with the file and maps to Unicode."""
    fonts = [o for o in objects.objects if isinstance(o, pikepdf.Dictionary)
             and o.get("/Type") == "/FontDescriptor"]  # fmt: skip
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
    assert not [font for font in fonts if "SimHei" in str(font.FontName)]


def test_bookmarks_and_links(objects: pikepdf.Pdf) -> None:
    """Headings are bookmarks; contents and references are links."""
    with objects.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["一、总体情况", "二、任务一览", "三、各项任务进展", "附件1　全部任务一览表"]
    links = [a for page in objects.pages for a in page.get("/Annots", ()) if a.Subtype == "/Link"]
    assert len(links) >= 7


def test_missing_glyph_is_printed_as_code_point() -> None:
    """A character no font has is named, never an empty box."""
    notebook = notebook_of((Paragraph(inlines="进展\U0001f600顺利𬺈"),))
    assert "\U0001f600" in unprintable(notebook, choose_fonts())
    with pdfplumber.open(io.BytesIO(render_pdf(notebook))) as pdf:
        text = pdf.pages[0].extract_text()
    assert "进展〔U+1F600〕顺利" in text


def test_rare_characters_are_printable(sample: Notebook) -> None:
    """The table's rare characters are in the open fonts."""
    assert unprintable(sample, choose_fonts()) == frozenset()
    assert missing_glyphs("鳒鰜堃㙦", (serif_file(), sans_file())) == frozenset()


def test_full_page_cover_and_contents(sample: Notebook) -> None:
    """A full cover stands alone and unnumbered, the contents follow on a page of their own."""
    notebook = notebook_of((cover(full_page=True), Contents()), "## 一、总体情况\n\n正文")
    with pdfplumber.open(io.BytesIO(render_pdf(notebook))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "— 1 —" not in texts[0]
    assert "目录" in texts[1]
    assert "一、总体情况" in texts[1]
    assert texts[1].splitlines()[-2].endswith("3")
    assert "正文" in texts[2]


def test_seal_stands_on_the_cover_and_in_every_foot() -> None:
    """On lying pages too, at the other side from the number; without one nothing is there."""
    table = Table(columns=(Column(key="a", label="列"),), rows=(("督",),), landscape=True)
    sealed = cover(full_page=True).model_copy(update={"seal": "1a2b-3c4d"})
    for first, said in ((sealed, True), (cover(full_page=True), False)):
        notebook = notebook_of((first, Paragraph(inlines="督查"), table))
        with pdfplumber.open(io.BytesIO(render_pdf(notebook))) as pdf:
            (front, plain, lying) = pdf.pages
            assert ("封签 1a2b-3c4d" in front.extract_text()) == said
            foot = plain.extract_text_lines()[-1]
            assert foot["text"] == ("— 2 — 封签 1a2b-3c4d" if said else "— 2 —")
            words, _, _ = Turned(lying).foot()
            assert words == ("封签 1a2b-3c4d— 3 —" if said else "— 3 —")


def test_notice_of_a_correction_stands_on_a_full_page_cover() -> None:
    """Above the contents it would push their last lines onto a page of their own."""
    notice = Notice(tone="warning", inlines=("第2版较上一版更正8处内容。",))
    sections_of_a_pack = "\n\n".join(f"## 第{n}部分\n\n正文" for n in range(25))
    notebook = notebook_of((cover(full_page=True), notice, Contents()), sections_of_a_pack)
    with pdfplumber.open(io.BytesIO(render_pdf(notebook))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "第2版较上一版更正8处内容。" in texts[0]
    assert "第24部分" in texts[1]
    assert "正文" in texts[2]


def test_pictures_of_an_analyst_are_set(sample: Notebook) -> None:
    """A bitmap is carried into the PDF with its alternative text."""
    from documents.test_document import PNG

    figure = Figure(data=PNG, media="image/png", alt="现场照片")
    with pikepdf.open(io.BytesIO(render_pdf(notebook_of((figure,))))) as pdf:
        nodes = structure(pdf.Root.StructTreeRoot.K)
        assert [str(node.Alt) for node in nodes if str(node.S) == "/Figure"] == ["现场照片"]


def test_broken_picture_is_an_error_in_words() -> None:
    """What Typst refuses is reported, not half made."""
    with pytest.raises(PublishError, match="PDF 排版失败"):
        render_pdf(notebook_of((Figure(data="<svg", alt="图"),)))


@pytest.mark.parametrize(("lines", "pages"), [(6, [2, 2]), (30, [1, 2])])
def test_short_card_stays_on_one_page(lines: int, pages: list[int]) -> None:
    """A card of less than a quarter of a page is not broken; a longer one goes on overleaf."""
    blocks = (Paragraph(inlines="督" * 28 * 18, indent=False), field_card(lines))
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    heading = next(number for number, text in enumerate(texts, 1) if "任务" in text)
    last = max(number for number, text in enumerate(texts, 1) if "度度度" in text)
    assert [heading, last] == pages


def test_tall_picture_leaves_no_gap() -> None:
    """What follows a picture too tall for the rest of a page fills that page before it."""
    tall = Figure(
        data='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 110"></svg>', alt="图。"
    )
    blocks = (Paragraph(inlines="督" * 28 * 8), tall, Paragraph(inlines="查" * 28 * 9))
    pdf = render_pdf(notebook_of(blocks))
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        texts = [page.extract_text() for page in opened.pages]
    assert "查" in texts[0]
    assert gaps(pdf) == []


@pytest.mark.parametrize("lines", range(8, 22))
def test_no_row_stands_alone_under_its_head(lines: int) -> None:
    """Wherever a page ends, a table's first rows follow its head together, as do its last."""
    columns = (Column(key="n", label="条款"), Column(key="t", label="内容", share=7))
    rows = tuple((f"R{number}", "核定规则的内容。") for number in range(1, 28))
    blocks = (Paragraph(inlines="督" * 28 * lines, indent=False), Table(columns=columns, rows=rows))
    structure = Structure(render_pdf(notebook_of(blocks)))
    assert structure.lone_rows() == []


@pytest.mark.parametrize("tall", [5, 9, 14])
@pytest.mark.parametrize("above", range(9, 19))
def test_short_row_beside_a_tall_one_does_not_stand_alone(above: int, tall: int) -> None:
    """Where no group holds a first or a last row, the tall one beside it is parted instead."""
    columns = (Column(key="n", label="任务号"), Column(key="t", label="计划原文", share=6))
    rows = tuple((str(n), "度" * (34 * count - 20)) for n, count in enumerate((2, tall, 2)))
    lead = Paragraph(inlines="督" * 28 * 8, indent=False)
    fields = Fields(rows=(("事项", "甲"),) * above)
    table = Table(columns=columns, rows=rows, caption="下一季度任务安排")
    pdf = render_pdf(notebook_of((lead, fields, table, Paragraph(inlines="督" * 28 * 20))))
    # The tall one may stand alone.
    assert [row for _, _, row in Structure(pdf).lone_rows() if row != 1] == []
    assert gaps(pdf) == []


@pytest.mark.parametrize("lines", range(8, 22))
def test_head_of_a_card_is_not_parted_from_it(lines: int) -> None:
    """Wherever a page ends, a card's head has its first rows under it."""
    fields = Fields(rows=(("牵头单位", "市商务局"), ("责任领导", "张三"), ("进展", "度" * 900)))
    card = Card(heading=Heading(level=2, text="任务"), blocks=(fields,))
    blocks = (Paragraph(inlines="督" * 28 * lines, indent=False), card)
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    (headed,) = (text for text in texts if "任务" in text)
    assert "市商务局" in headed
    assert "张三" in headed


def test_nothing_runs_off_the_page() -> None:
    """Words and numbers longer than a line break rather than be cut off, wherever they stand."""
    word, address = "A" * 120, "https://example.com/" + "a-b_c/" * 20
    text = f"{word} {address} {'—' * 60}{'１' * 60}"
    columns = [Column(key=str(n), label=f"很长的列标题{n}") for n in range(9)]
    blocks = (
        Heading(level=1, text=text),
        Paragraph(inlines=text),
        BulletList(items=(text,)),
        Notice(inlines=text),
        Quote(text=text, source=text),
        Table(columns=tuple(columns), rows=((text, *("中文" * 9,) * 8),), caption=text),
        Card(
            heading=Heading(level=2, text=text),
            marks=(Grade.ON_SCHEDULE, Grade.PAUSED),
            blocks=(Fields(rows=((text, text),)),),
        ),
    )
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_of(blocks)))) as pdf:
        ends = [c["x1"] for page in pdf.pages for c in page.chars]
        width = pdf.pages[0].width
    assert max(ends) <= width - 26 * MM + 8


def test_chart_text_is_text(sample_pdf: bytes) -> None:
    """Words of a chart can be selected and searched in the PDF."""
    with pdfplumber.open(io.BytesIO(sample_pdf)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert "全年目标" in text
    assert "52.3" in text
    assert chart().caption in text
