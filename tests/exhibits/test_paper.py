"""Reports of the demonstration year on paper: pages filled, nothing parted from its head."""

from typing import Any

import pytest
from documents.paper import Structure, gaps

from exhibits.conftest import RealBook
from reporting.assess.rollups import by_leader, by_unit
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import Table, walk
from reporting.documents.document import read_document
from reporting.documents.layout.sections import LANDSCAPE_PT, PORTRAIT_PT
from reporting.documents.layout.widths import column_widths, row_lines
from reporting.documents.sources.paper import on_paper
from reporting.documents.typst.pdf import TABLE_SIZE_PT, WIDE_TABLE_SIZE_PT, render_pdf

_TALL = 4
"""Lines that make a row so tall that it may stand alone."""


def lines_of(table: Table, row: int) -> int:
    """Estimate the lines of a row."""
    width = LANDSCAPE_PT if table.landscape else PORTRAIT_PT
    size = WIDE_TABLE_SIZE_PT if table.landscape or table.dense else TABLE_SIZE_PT
    widths = column_widths(table, width, size)
    return row_lines(table.rows[row], [(points - 8) / size for points in widths])


def faults(report: dict[str, Any], name: str) -> list[tuple[str, str, int]]:
    """Find what a page may not look like: report, fault, page."""
    pdf = render_pdf(report)
    structure = Structure(pdf)
    printed = on_paper(read_document(report).blocks)
    tables = [part for part in walk(printed) if isinstance(part, Table)]
    lone = [
        page for page, table, row in structure.lone_rows() if lines_of(tables[table], row) < _TALL
    ]
    found = {
        "lone row": lone,
        "parted head": structure.parted_heads(),
        "gap": [page for page, _ in gaps(pdf)],
    }
    return [(name, fault, page) for fault, pages in found.items() for page in pages]


@pytest.mark.parametrize(
    "quarter", [*(pytest.param(n, marks=pytest.mark.long) for n in (1, 2, 4)), 3]
)
def test_pages_of_a_pack_are_filled(
    real_book: RealBook, real_years: dict[int, Assessment], quarter: int
) -> None:
    """No page of the city's pack is a third empty but a part's last; heads stand with text."""
    assert faults(real_book(real_years[quarter].subject, quarter), f"Q{quarter}") == []


@pytest.mark.long
@pytest.mark.parametrize("kind", [SubjectKind.LEADER, SubjectKind.UNIT])
def test_pages_of_other_reports_are_filled(
    real_book: RealBook, real_city: Assessment, kind: SubjectKind
) -> None:
    """The same holds for leaders' and units' reports: of one size and the other, every third."""
    counted = by_unit(real_city) if kind is SubjectKind.UNIT else by_leader(real_city)
    by_size = sorted(counted, key=lambda one: (one.total, one.label))
    found: list[tuple[str, str, int]] = []
    for name in [one.label for one in by_size[::3]]:
        found += faults(real_book(Subject(kind=kind, name=name)), name)
    assert found == []
