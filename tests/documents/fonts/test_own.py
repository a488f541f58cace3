"""The project's own fonts where a page is made: laid out once, and used by every face."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from system.making import RARE, write_font

from documents.sample import notebook_of
from reporting.documents.blocks import Cover, Paragraph
from reporting.documents.canvas import drawing, figure_of
from reporting.documents.document import read_document
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.fonts.own import OWN_VARIABLE, lay_out
from reporting.documents.labels import drawable_label
from reporting.documents.typst.pdf import render_document
from reporting.documents.word.docx import render_docx

TEXT = f"陈{RARE}、𠅤河镇、𰻞石桥"


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, ...]:
    """Lay out a font, a broken one and what is none of the folder's."""
    font = write_font(tmp_path / "own.ttf").read_bytes()
    return lay_out({"fonts/own.ttf": font, "fonts/坏.otf": b"none", "data/own.ttf": font})


def test_fonts_are_laid_out_once_and_alone(own: tuple[Path, ...], tmp_path: Path) -> None:
    """Typst takes whatever lies in the folder: no other font may."""
    assert [path.name for path in own] == ["own.ttf"]
    assert [path.name for path in own[0].parent.iterdir() if path.name != "lock"] == ["own.ttf"]
    font = write_font(tmp_path / "own.ttf").read_bytes()
    again = lay_out({"fonts/own.ttf": font, "fonts/坏.otf": b"none"})
    assert again == own
    assert lay_out({"data/own.ttf": font}) == ()


def pdf_text(own: tuple[Path, ...]) -> tuple[str, set[str]]:
    document = read_document(notebook_of((Paragraph(inlines=TEXT),)))
    pdf = render_document(document, choose_fonts(own=own))
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        return page.extract_text(), {one["fontname"].split("+")[-1] for one in page.chars}


def test_pdf_prints_each_letter_or_its_code(own: tuple[Path, ...]) -> None:
    """𰻞 has the variable font alone, 𪸩 none but the project's."""
    text, _ = pdf_text(())
    assert "陈〔U+2AE29〕、𠅤河镇、𰻞石桥" in text
    text, fonts = pdf_text(own)
    assert TEXT in text
    assert "OwnRare" in fonts


def test_word_names_the_font_of_each_letter_or_writes_its_code(own: tuple[Path, ...]) -> None:
    """The text around a letter stays in its own font."""
    assert word_fonts(()) == {"𠅤": "Noto Serif CJK SC", "𰻞": "Noto Sans CJK SC"}
    assert word_fonts(own) == {
        "𠅤": "Noto Serif CJK SC", "𰻞": "Noto Sans CJK SC", RARE: "Own Rare"
    }  # fmt: skip


def word_fonts(own: tuple[Path, ...]) -> dict[str, str]:
    data = render_docx(notebook_of((Paragraph(inlines=TEXT),)), own=own)
    word: Any = docx.Document(io.BytesIO(data))
    part = next(p for p in word.paragraphs if "石桥" in p.text)
    assert part.text == (TEXT if own else TEXT.replace(RARE, "〔U+2AE29〕"))
    faces = {run.text: run._r.xpath("./w:rPr/w:rFonts/@w:eastAsia") for run in part.runs}
    return {text: found[0] for text, found in faces.items() if found}


def test_chart_draws_what_the_own_fonts_have(
    own: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chart is the same bytes as ever where the project brings no font."""
    assert drawable_label(f"陈{RARE}") == "陈〔U+2AE29〕"
    plain = _chart("陈")
    monkeypatch.setenv(OWN_VARIABLE, str(own[0]))
    assert drawable_label(f"陈{RARE}") == f"陈{RARE}"
    assert "Own Rare" in _chart(f"陈{RARE}")
    monkeypatch.delenv(OWN_VARIABLE)
    assert _chart("陈") == plain


def _chart(label: str) -> str:
    with drawing(1, (10, 10, 10, 10)) as (canvas, axes):
        axes.set_title(label)
        return figure_of(canvas, "图", "图").data


def test_heads_name_what_they_cannot_show() -> None:
    """Of a Word document also what stands above each page."""
    cover = Cover(
        issuing_office=f"{RARE}县政府", title="通报", subject_name=f"陈{RARE}",
        period_label="2023年第三季度", publish_date=date(2023, 10, 30),
    )  # fmt: skip
    word: Any = docx.Document(io.BytesIO(render_docx(notebook_of((cover,)))))
    assert RARE not in word.element.xml + word.sections[0].header._element.xml
