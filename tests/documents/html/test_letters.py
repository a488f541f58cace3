"""Rare letters in a page: its own glyphs where a font has them, and codes where none has."""

import base64
import io
import re
from pathlib import Path

from fontTools.ttLib import TTFont
from system.making import RARE, write_font

from documents.sample import notebook_of
from reporting.documents.blocks import Heading, Paragraph, Text
from reporting.documents.document import read_document
from reporting.documents.html.page import render_page


def page_of(text: str, *own: Path) -> str:
    notebook = notebook_of((Heading(level=1, text="概况"), Paragraph(inlines=(Text(text=text),))))
    return render_page(notebook, read_document(notebook), own=own).decode()


def carried(page: str) -> dict[str, TTFont]:
    """Read the fonts that a page carries, by the range each is for."""
    pattern = r'base64,([^)]+)\) format\("opentype"\);unicode-range:(\S+?)}'
    return {
        points: TTFont(io.BytesIO(base64.b64decode(data)))
        for data, points in re.findall(pattern, page)
    }


def test_page_carries_the_letters_that_a_font_has() -> None:
    """Just these; the page may load its own fonts and nothing else, and they are used."""
    page = page_of("𠅤河镇修缮𰻞石桥")
    fonts = carried(page)
    assert set(fonts) == {"U+20164", "U+30EDE"}
    assert [set(font.getBestCmap()) for font in fonts.values()] == [{0x20164}, {0x30EDE}]
    assert all(font["CFF "].cff[0].CharStrings["letter"].bytecode for font in fonts.values())
    assert "font-src data:; base-uri 'none'" in page
    assert "sans-serif, report-letters;" in page
    assert "𠅤河镇修缮𰻞石桥" in page


def test_letter_that_no_font_has_is_named() -> None:
    """A box would tell nothing; a page without any glyphs of its own loads no font."""
    page = page_of(f"陈{RARE}负责")
    assert "陈〔U+2AE29〕负责" in page
    assert RARE not in page
    assert "font-face" not in page
    assert "font-src" not in page


def test_letter_of_an_own_font_is_carried(tmp_path: Path) -> None:
    page = page_of(f"陈{RARE}负责", write_font(tmp_path / "own.ttf"))
    assert f"陈{RARE}负责" in page
    assert set(carried(page)) == {"U+2AE29"}


def test_page_without_rare_letters_stays_as_it_is(tmp_path: Path) -> None:
    """Whatever fonts the project has."""
    page = page_of("王小明，䶮口镇，😀，\ue000")
    assert page == page_of("王小明，䶮口镇，😀，\ue000", write_font(tmp_path / "own.ttf"))
    assert "report-letters" not in page
    assert "font-src" not in page


def test_same_letters_are_the_same_bytes() -> None:
    """Made anew, not remembered: no time and no address stands in them."""
    from reporting.system.glyphs import _glyph_font

    first = page_of("𠅤河镇")
    _glyph_font.cache_clear()
    assert page_of("𠅤河镇") == first
