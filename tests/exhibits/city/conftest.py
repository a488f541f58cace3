"""The body of the city's pack, every quarter of the real table: what stands before the annexes."""

from itertools import takewhile
from typing import Any

import pytest

from exhibits.conftest import RealBook
from reporting.assess.values import Assessment
from reporting.documents.document import Document, read_document

FIRST_ANNEX = "scores-annex"


@pytest.fixture(scope="session")
def bodies(real_years: dict[int, Assessment], real_book: RealBook) -> dict[int, dict[str, Any]]:
    """Take the cells before the first annex of each quarter's pack."""
    books = {quarter: real_book(city.subject, quarter) for quarter, city in real_years.items()}
    return {
        quarter: {
            **book, "cells": list(takewhile(lambda cell: cell["id"] != FIRST_ANNEX, book["cells"]))
        }
        for quarter, book in books.items()
    }  # fmt: skip


@pytest.fixture(scope="session")
def documents(bodies: dict[int, dict[str, Any]]) -> dict[int, Document]:
    return {quarter: read_document(body) for quarter, body in bodies.items()}
