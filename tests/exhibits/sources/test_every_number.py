"""Every number of a quarter's pages leads to what it comes from, and the cells hold it."""

import hashlib
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from exhibits.conftest import RealBook
from exhibits.sources.printed import Cell, Page, Printed, says
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.html.page import render_html
from reporting.periods import full_date

ROOT = Path(__file__).parents[3]
_MEGABYTE = 1_000_000
_DRAWN = 200


def subjects(city: Assessment) -> Iterator[Subject]:
    yield city.subject
    for leader in city.plan.leaders:
        yield Subject(kind=SubjectKind.LEADER, name=leader)
    for unit in city.plan.lead_units:
        yield Subject(kind=SubjectKind.UNIT, name=unit)


@pytest.fixture(scope="module")
def books(real_book: RealBook, real_city: Assessment) -> dict[str, dict[str, Any]]:
    """Run every notebook of the third quarter."""
    return {subject.name: real_book(subject) for subject in subjects(real_city)}


@pytest.fixture(scope="module")
def written(books: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    return {name: render_html(book) for name, book in books.items()}


@pytest.fixture(scope="module")
def pages(written: dict[str, bytes]) -> dict[str, Page]:
    return {name: Page(data) for name, data in written.items()}


def lost(page: Page) -> list[tuple[str, str]]:
    return [(one.number + one.sign, one.words) for one, known in page.resolved if not known]


def test_every_number_of_the_quarter_resolves(pages: dict[str, Page]) -> None:
    """Of 68 reports, in text, tables, contents and charts: all, counted by another reader."""
    assert len(pages) == 68
    assert {name: found for name, page in pages.items() if (found := lost(page))} == {}
    assert sum(len(page.resolved) for page in pages.values()) > 10_000


@pytest.mark.long
@pytest.mark.parametrize("quarter", [1, 2, 4])
def test_every_number_of_the_other_quarters_resolves(
    real_book: RealBook, real_years: dict[int, Assessment], quarter: int
) -> None:
    """The city's pack, whose first quarter has no past, and whose last closes the year."""
    book = real_book(real_years[quarter].subject, quarter)
    assert lost(Page(render_html(book))) == []


def test_drawn_numbers_stand_in_the_cells(pages: dict[str, Page]) -> None:
    """200 drawn by chance: the cell named holds the number, and the file has the digest."""
    drawn = random.Random(20231030).sample(list(_in_cells(pages)), _DRAWN)
    for name, printed, cell in drawn:
        value = _value(cell)
        assert says(value, printed.number, ""), (name, printed, cell, value)
        assert "".join(value.split()) == "".join(cell.text.split()), cell
        data = (ROOT / cell.file).read_bytes()
        assert pages[name].digests[cell.file] == hashlib.sha256(data).hexdigest()


def _in_cells(pages: dict[str, Page]) -> Iterator[tuple[str, Printed, Cell]]:
    """Give the numbers that a cell of a return is named for."""
    for name, page in pages.items():
        for printed, sources in page.resolved:
            for known in sources:
                held = (c for c in known.cells if c.file and says(c.text, printed.number, ""))
                yield from ((name, printed, cell) for cell in held)


def _value(cell: Cell) -> str:
    rows = _rows(cell.file, cell.sheet)
    letters = cell.address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    value = rows[int(cell.address[len(letters) :]) - 1][column - 1]
    if isinstance(value, date):
        return full_date(value)
    if typed := re.fullmatch(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", str(value)):
        # A date that was typed as text is shown as the day that it was read as.
        return full_date(date(*map(int, typed.groups())))
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole else str(value)


@cache
def _rows(file: str, sheet: str) -> list[list[Any]]:
    opened = CalamineWorkbook.from_path(ROOT / file).get_sheet_by_name(sheet)
    return opened.to_python(skip_empty_area=False)


def test_page_grows_by_a_megabyte_at_most(
    books: dict[str, dict[str, Any]], written: dict[str, bytes]
) -> None:
    """Beside the same report that names no sources; smaller pages cannot have grown by it."""
    large = {name for name, data in written.items() if len(data) > _MEGABYTE}
    for name in {"市商务局", *large}:
        book = books[name]
        bare = {**book, "cells": [cell for cell in book["cells"] if cell["id"] != "sources"]}
        plain = render_html(bare)
        assert b"data-origin" not in plain
        assert len(written[name]) - len(plain) <= _MEGABYTE, name


def test_another_units_cells_are_in_no_page(pages: dict[str, Page]) -> None:
    """A unit's page holds cells of its own returns only."""
    for name, page in pages.items():
        if name.startswith("市"):
            files = {cell.file for known in page.known.values() for cell in known.cells}
            assert {Path(file).stem for file in files - {""}} <= {name}


def test_number_that_nobody_states_is_found(written: dict[str, bytes]) -> None:
    """The reader is no rubber stamp: a number put into a page has no source."""
    page = written["市商务局"].decode().replace("牵头任务14项", "牵头任务15项", 1)
    assert any(number == "15项" for number, _ in lost(Page(page.encode())))
