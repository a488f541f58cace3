"""The fonts a PDF is set in: the official ones where installed."""

import io

import pdfplumber
import pytest

from documents.sample import notebook_of
from reporting.documents.blocks import (
    Heading,
)
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.typst.pdf import render_pdf
from reporting.system.fonts import sans_file


def test_wanted_font_is_used_where_installed() -> None:
    """A wanted family that is not installed gives way to the open one."""
    choice = choose_fonts({"title": ("没有的字体",), "body": ("也没有",)})
    assert choice == choose_fonts()
    assert choice.title.stroke == 0.5
    assert choice.families == ("Noto Serif CJK SC", "Noto Sans CJK SC")


def test_official_font_is_helped_out_by_the_open_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed official face is used; what it lacks is set in the open one."""
    simhei = str(sans_file().parent / "SimHei.ttf")
    monkeypatch.setattr("reporting.documents.fonts.chosen._installed", lambda: {"SimHei": simhei})
    wanted = {"heading1": ("黑体", "SimHei")}
    assert choose_fonts(wanted).heading1.family == "SimHei"
    pdf = render_pdf(notebook_of((Heading(level=1, text="一、鳒鰜㙦堃情况"),)), fonts=wanted)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert "一、鳒鰜㙦堃情况" in opened.pages[0].extract_text()
        used = {c["fontname"].split("+")[-1] for c in opened.pages[0].chars}
    assert "SimHei" in used
