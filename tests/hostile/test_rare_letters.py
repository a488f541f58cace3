"""A table whose names hold letters of Ext. B to H: each is shown or named, in every format."""

import io
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from documents.sample import notebook_of
from plan.builders import read, tabbed
from returns.toy import read as read_returned
from system.making import write_font

from reporting.documents.artifacts import check_artifact, render
from reporting.documents.blocks import Paragraph
from reporting.documents.fonts.own import lay_out
from reporting.language.visible import code_label
from reporting.plan.page.quality import quality_page
from reporting.returns.office.pages import check_page

LETTERS = {"𠅤": True, "𫭼": True, "𬍛": True, "𰻞": True, "𪸩": False, "𱍐": False}
"""Whether the fonts of the packages have it: of Ext. B, E and G, but not of C and H."""

NAMES = "𠅤河镇、𫭼水局、王𬍛、𰻞石桥、陈𪸩、𱍐村"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Set the names that were read out of a table."""
    row = ("一、建设", "修桥。", "一季度，开工；四季度，完工。", "王𬍛、陈𪸩", "𠅤河镇", "𫭼水局")
    plan = read(tmp_path_factory.mktemp("table"), tabbed([row]))
    told = [finding.found for finding in plan.findings if finding.code == "PLAN-LETTER"]
    assert told == ["“𪸩”（U+2AE29）"]
    (task,) = plan.tasks
    assert (task.leaders, task.lead_units) == (("王𬍛", "陈𪸩"), ("𠅤河镇",))
    names = (*task.lead_units, "𫭼水局", task.leaders[0], "𰻞石桥", task.leaders[1], "𱍐村")
    assert "、".join(names) == NAMES
    return notebook_of((Paragraph(inlines=f"2023年第三季度：{NAMES}"),))


def shown(notebook: Mapping[str, Any], own: tuple[Path, ...]) -> dict[str, str]:
    """Give the words of each format as a reader sees them."""
    made = render(notebook, ("html", "pdf", "docx"), renderer="typst", fonts={}, own=own)
    check_artifact("html", made["html"], name="陈𪸩", period_label="第三季度")
    word: Any = docx.Document(io.BytesIO(made["docx"]))
    with pdfplumber.open(io.BytesIO(made["pdf"])) as opened:
        pdf = "".join(page.extract_text() for page in opened.pages)
    texts = {"html": made["html"].decode(), "pdf": pdf}
    return texts | {"docx": "".join(part.text for part in word.paragraphs)}


def test_each_letter_is_shown_or_named(notebook: Mapping[str, Any]) -> None:
    """In no format is there a letter without a glyph."""
    wanted = NAMES
    for letter, has_font in LETTERS.items():
        wanted = wanted if has_font else wanted.replace(letter, code_label(letter))
    for suffix, text in shown(notebook, ()).items():
        assert wanted in "".join(text.split()), suffix
        assert not {letter for letter in "𪸩𱍐" if letter in text}, suffix


def test_every_letter_is_shown_once_a_font_has_it(
    notebook: Mapping[str, Any], tmp_path: Path
) -> None:
    font = write_font(tmp_path / "own.ttf", "𪸩𱍐").read_bytes()
    for suffix, text in shown(notebook, lay_out({"fonts/own.ttf": font})).items():
        assert NAMES in "".join(text.split()), suffix
        assert "U+" not in text or suffix == "html", suffix


def policy_allows_its_style(page: str) -> bool:
    """Tell whether the page's policy has the hash of the style that stands in it."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}" in page


def test_page_of_the_plan_shows_or_names_each_letter(tmp_path: Path) -> None:
    """It is read on any computer as well; the policy allows what it carries and nothing else."""
    row = ("一、建设", "修桥。", "一季度，开工；四季度，完工。", "王𬍛、陈𪸩", "𠅤河镇", "𫭼水局")
    plan = read(tmp_path, tabbed([row]))
    page = quality_page(plan).decode()
    assert "陈〔U+2AE29〕" in page
    assert "𪸩" not in page
    assert re.findall(r"unicode-range:(\S+?)}", page) == ["U+20164", "U+2BB7C", "U+2C35B"]
    assert policy_allows_its_style(page)
    assert page.count("font-src data:") == 1
    own = write_font(tmp_path / "own.ttf", "𪸩")
    shown = quality_page(plan, own=(own,)).decode()
    assert "陈𪸩" in shown
    assert "U+2AE29}" in shown
    assert policy_allows_its_style(shown)


def test_page_of_a_check_shows_or_names_each_letter(tmp_path: Path) -> None:
    """Here in the name of a file that cannot be read."""
    returns = read_returned(tmp_path, 3, {"𠅤河镇陈𪸩": b"no workbook"})
    page = check_page(returns).decode()
    assert "𠅤河镇陈〔U+2AE29〕.xlsx" in page
    assert "𪸩" not in page
    assert re.findall(r"unicode-range:(\S+?)}", page) == ["U+20164"]
    assert "style-src 'unsafe-inline'; font-src data:" in page
    own = write_font(tmp_path / "own.ttf", "𪸩")
    shown = check_page(returns, own=(own,)).decode()
    assert "𠅤河镇陈𪸩.xlsx" in shown
    assert re.findall(r"unicode-range:(\S+?)}", shown) == ["U+20164", "U+2AE29"]


def test_pages_of_common_letters_carry_nothing(tmp_path: Path) -> None:
    """As they were before."""
    row = ("一、建设", "修桥。", "一季度，开工；四季度，完工。", "王一", "市水务局", "/")
    assert "font-face" not in quality_page(read(tmp_path, tabbed([row]))).decode()
    page = check_page(read_returned(tmp_path / "back", 3, {})).decode()
    assert ("font-face" in page, "font-src" in page) == (False, False)
