"""The body of the city's pack, every quarter of the real table: what stands before the annexes."""

from typing import Any

import pytest

from exhibits.conftest import Run
from reporting.assess.values import Assessment
from reporting.documents.document import Document, read_document

FIRST_ANNEX = "scores-annex"


@pytest.fixture(scope="session")
def bodies(real_years: dict[int, Assessment], run_here: Run) -> dict[int, dict[str, Any]]:
    """Run the cells before the first annex of each quarter's pack."""
    return {
        quarter: run_here("briefing_pack", city, {}, until=FIRST_ANNEX)
        for quarter, city in real_years.items()
    }


@pytest.fixture(scope="session")
def documents(bodies: dict[int, dict[str, Any]]) -> dict[int, Document]:
    return {quarter: read_document(body) for quarter, body in bodies.items()}
