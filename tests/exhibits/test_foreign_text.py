"""Units' reports hold no other unit's words: the notebooks of all, and each face of some.

Whatever a face shows comes from the executed notebook alone (`test_faces_need_the_notebook_only`),
so what is in no string of the notebook is in no page, no PDF and no Word file.
"""

import inspect
import io
import json
import re
from typing import Any

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup

from exhibits.conftest import RealBook
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.html.page import render_html
from reporting.documents.typst.pdf import render_pdf
from reporting.documents.word.docx import render_docx
from reporting.publish.pack.tables import write_tables
from reporting.publish.pack.xlsx import write_annex

_FIELDS = ("progress", "problem", "cause", "next_step", "coordination", "evidence")
_TELLING = 16
"""Shorter texts are stock phrases that units share."""


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def texts(real_city: Assessment) -> dict[str, set[str]]:
    """Collect what each unit wrote, in sentences."""
    found: dict[str, set[str]] = {unit: set() for unit in real_city.plan.lead_units}
    for row in real_city.progress:
        for field in _FIELDS:
            parts = re.split(r"[。；\n]", str(getattr(row, field)))
            found[row.unit] |= {bare(part) for part in parts if len(bare(part)) >= _TELLING}
    return found


@pytest.fixture(scope="module")
def common(real_city: Assessment, texts: dict[str, set[str]]) -> set[str]:
    """Collect the sentences that any report may say: the task table's and the rule's."""
    plan = real_city.plan.model_dump_json()
    given = bare(plan + "".join(clause.text for clause in real_city.rule))
    return {text for text in set[str]().union(*texts.values()) if text in given}


def foreign(unit: str, texts: dict[str, set[str]], common: set[str]) -> set[str]:
    """Collect the sentences of the other units that this one neither wrote nor was given."""
    others = set[str]().union(*(said for name, said in texts.items() if name != unit))
    return others - texts[unit] - common


def test_no_notebook_holds_another_units_text(
    real_book: RealBook, real_city: Assessment, texts: dict[str, set[str]], common: set[str]
) -> None:
    """No string of any unit's executed notebook is a sentence of another unit's return."""
    heard = {row.unit for row in real_city.progress if row.quarter == real_city.quarter}
    assert len(real_city.plan.lead_units) == 55
    for unit in real_city.plan.lead_units:
        words = bare(json.dumps(report(real_book, unit), ensure_ascii=False))
        words = words.replace("\\n", "").replace('\\"', '"')
        strangers = foreign(unit, texts, common)
        assert len(strangers) > 400
        assert [text for text in strangers if text in words] == [], unit
        assert unit not in heard or any(text in words for text in texts[unit]), unit


def report(real_book: RealBook, unit: str) -> dict[str, Any]:
    """Give the report of a unit."""
    return real_book(Subject(kind=SubjectKind.UNIT, name=unit))


def test_faces_need_the_notebook_only() -> None:
    """A renderer is given an executed notebook and fonts, nothing it could take words from."""
    for render in (render_html, render_pdf, render_docx):
        assert set(inspect.signature(render).parameters) <= {"notebook", "fonts", "own"}


@pytest.mark.parametrize("unit", ["市商务局", "石龙镇", "市妇联"])
def test_no_face_holds_another_units_text(
    unit: str, real_book: RealBook, texts: dict[str, set[str]], common: set[str]
) -> None:
    """Page, PDF and Word file of a busy unit, of one with a task, of one without a return."""
    notebook = report(real_book, unit)
    page = BeautifulSoup(render_html(notebook).decode(), "lxml").get_text()
    with pypdfium2.PdfDocument(render_pdf(notebook)) as pdf:
        paper = "".join(pdf[n].get_textpage().get_text_range() for n in range(len(pdf)))
    document = docx.Document(io.BytesIO(render_docx(notebook)))
    word = "".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t"))
    strangers = foreign(unit, texts, common)
    for face in map(bare, (page, paper, word)):
        assert unit in face
        assert [text for text in strangers if text in face] == []
        assert all(text in face for text in texts[unit] if text in bare(page))


def test_no_table_of_a_unit_holds_another_units_text(
    real_city: Assessment, texts: dict[str, set[str]], common: set[str]
) -> None:
    """Tables and workbook made of a unit's slice hold its own words only."""
    unit = "市商务局"
    own = slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit))
    words = bare("".join(data.decode() for data in write_tables(own).values()))
    assert write_annex(own)
    assert [text for text in foreign(unit, texts, common) if text in words] == []
