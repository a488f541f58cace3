"""Whatever a text is, each face gives it back, and nothing else changes."""

import csv
import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from documents.sample import notebook_of
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import Cell
from returns.toy import UNIT, filled, read

from reporting.documents.blocks import Block, Paragraph
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx
from reporting.language.visible import code_label, hidden_in, visible
from reporting.publish.pack.tables import _csv
from reporting.publish.pack.xlsx import _put
from reporting.returns.layout import COLUMNS, PROGRESS
from reporting.system.archives import make_zip
from reporting.system.fonts import coded
from reporting.tables.fields import DataTable, Field
from reporting.workbooks.book import open_book
from tools.soak.project import FREE_TEXTS, type_text
from tools.soak.texts import HOSTILE

SIGNS = "#$*_`[](){}<>&\\/@=+-~|!:;.,\"'%^ \n\tax1中。〔\u200b\u202e"
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.text(st.sampled_from(SIGNS), max_size=60),
    st.sampled_from([text[:300] for text in HOSTILE.values()]),
)
COLUMN = {spec.field: at for at, spec in enumerate(COLUMNS[PROGRESS], 1)}
ROW = "2023-003-01"


def squeezed(text: str) -> str:
    """Leave out what a page sets as it likes."""
    return re.sub(r"[\s\u200b\u2060]+", "", text)


def with_hyphens(found: str, wanted: str) -> str:
    """Put back hyphens at the end of a line, for which the PDF's reader gives U+FFFE.

    Where more lines end so, they were broken within a word: those hyphens are not the text's.
    """
    lost = max(wanted.count("-") - found.count("-"), 0)
    return found.replace("\ufffe", "-", lost).replace("\ufffe", "")


def marked(texts: Sequence[str]) -> tuple[Block, ...]:
    """Set each text between two marks, so that it can be found again."""
    return tuple(
        Paragraph(inlines=part)
        for number, text in enumerate(texts)
        for part in (f"始{number}甲", text, f"乙{number}终")
    )


def between(shown: str, number: int) -> str:
    start, end = f"始{number}甲", f"乙{number}终"
    return shown[shown.index(start) + len(start) : shown.index(end)]


@given(text=TEXTS)
@settings(max_examples=10, deadline=None)
@example(text="_x0041_")
@example(text="\ufffe\x00\x1b")
def test_every_free_cell_keeps_any_text(text: str) -> None:
    """The row holds what was typed, the hidden is told, and every other row is as before."""
    typed = f"文{text}字"
    plain, sheet = filled(UNIT, 3), filled(UNIT, 3)
    for field in FREE_TEXTS:
        cell = sheet.sheet(PROGRESS).cell(sheet.rows[ROW], COLUMN[field])
        assert isinstance(cell, Cell)
        type_text(cell, typed)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        before = read(Path(one), 3, {UNIT: plain}).returns[0]
        after = read(Path(other), 3, {UNIT: sheet}).returns[0]
    rows = {row.milestone_id: row for row in after.rows}
    as_read = typed.replace("\r\n", "\n").replace("\r", "\n")
    assert {getattr(rows[ROW], field) for field in FREE_TEXTS} == {as_read}
    told = [f for f in after.findings if f.code == "RET-HIDDEN"]
    assert len(told) == (len(FREE_TEXTS) if hidden_in(as_read) else 0)
    assert all(f.message.isprintable() for f in after.findings)
    carried = {"reporter": as_read, "approver": as_read}
    for row in before.rows:
        if row.milestone_id != ROW:
            own = rows[row.milestone_id]
            assert own == row.model_copy(update={k: getattr(own, k) for k in carried})


@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
@settings(max_examples=50, deadline=None)
@example(texts=list(HOSTILE.values()))
def test_tables_keep_any_text(texts: list[str]) -> None:
    """Annex and CSV hold the visible text, as text, one cell each."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, text in enumerate(texts, 1):
        cell = sheet.cell(number, 1)
        assert isinstance(cell, Cell)
        _put(cell, f"{text}尾")
    saved = io.BytesIO()
    book.save(saved)
    cells = open_book(saved.getvalue()).sheets[0].cells
    wanted = [visible(f"{text}尾") for text in texts]
    assert [cells[number, 1].value for number in range(1, len(texts) + 1)] == wanted
    assert all(cell.formula is None for cell in cells.values())
    table = DataTable(
        name="t", title="表", fields=(Field(name="a", label="甲"),),
        rows=tuple((f"{text}尾",) for text in texts),
    )  # fmt: skip
    read_back = [row[0] for row in csv.reader(io.StringIO(_csv(table).decode(), newline=""))][1:]
    for shown, told in zip(read_back, wanted, strict=True):
        assert shown in (told, f"'{told}")
        assert not re.match(r"\s*[=+\-@＝＋－＠]", shown)


def test_cell_that_no_program_writes_is_refused(tmp_path: Path) -> None:
    """More than a cell can hold is not cut off unsaid."""
    sheet = filled(UNIT, 3)
    sheet.put(ROW, "progress", "A" * 32_000)
    members = unzipped(sheet.save())
    grown = {name: data.replace(b"A" * 32_000, b"A" * 32_768)
             for name, data in members.items()}  # fmt: skip
    assert grown != members
    returns = read(tmp_path, 3, {UNIT: make_zip(grown)})
    assert [f.message for f in returns.all_findings if f.code == "RET-FILE-HUGE"] == [
        "报送表一般不足 1 MB，该文件有单元格超过 32767 字，未读取。"
    ]


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_annex_says_where_a_text_is_cut() -> None:
    """Made visible, a text may outgrow a cell."""
    cell = Workbook().worksheets[0].cell(1, 1)
    assert isinstance(cell, Cell)
    _put(cell, "\u200b" * 20_000)
    assert str(cell.value).endswith("……（本格未列全，全文见报告）")
    assert len(str(cell.value)) == 32_767


@given(texts=st.lists(TEXTS, min_size=30, max_size=30))
@settings(max_examples=4, deadline=None)
@example(texts=list(HOSTILE.values()))
def test_word_gives_any_text_back(texts: list[str]) -> None:
    """Word's runs spell the texts; no field, link or part comes of them."""
    data = render_docx(notebook_of(marked(texts)))
    body = Document(io.BytesIO(data)).element.body
    words = (node.text or "" for node in body.iter() if str(node.tag).endswith("}t"))
    shown = squeezed("".join(words))
    for number, text in enumerate(texts):
        # A letter that no font has is told by its code.
        assert coded(between(shown, number)) == coded(squeezed(visible(text)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("word/document.xml").decode()
    assert not re.search(r"<w:(instrText|hyperlink|fldSimple|object|altChunk|tbl)\b", main)


def drawn_as(character: str) -> str:
    """Give what a reader of PDF makes of a sign: of joined letters the letters, else the code."""
    if "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    return code_label(character)


@given(texts=st.lists(TEXTS, min_size=30, max_size=30))
@settings(max_examples=4, deadline=None)
@example(texts=list(HOSTILE.values()))
@example(texts=["一-", "一-\n二-", "-"])
@example(texts=["ﬀ", "ﬁ一", "ﬄ"])
def test_pdf_gives_any_text_back(texts: list[str]) -> None:
    """Typst sets the very letters; what no font has is told by its code."""
    pdf = pypdfium2.PdfDocument(render_pdf(notebook_of(marked(texts))))
    pages = [squeezed(page.get_textpage().get_text_range()) for page in pdf]
    # The running head and the page's number are not the text's.
    shown = "".join(re.sub(r"^报告|—\d+—$", "", page) for page in pages)
    for number, text in enumerate(texts):
        wanted = squeezed(visible(text))
        # Signs that touch come out of a PDF in an order of their own.
        found = sorted(with_hyphens(between(shown, number), wanted))
        drawn = "".join(c if c in found else drawn_as(c) for c in wanted)
        assert found == sorted(drawn), (number, text)


def test_only_hyphens_at_line_ends_are_put_back() -> None:
    """Any other sign that is lost in a PDF stays lost, and so does a hyphen that has no mark."""
    assert with_hyphens("一\ufffe二", "一-二") == "一-二"
    assert with_hyphens("一二", "一-二") == "一二"
    assert with_hyphens("一\ufffe", "一二") == "一"
    assert with_hyphens("-\ufffe\ufffe", "---a") == "---"
    assert with_hyphens("-a\ufffe", "-ab") == "-a"
