"""The sample report, and what it looks like in each format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from documents.browsing import browser, watched  # noqa: F401 - fixtures
from documents.sample import Notebook, sample_notebook
from reporting.documents.typst.pdf import render_pdf


@pytest.fixture(scope="session")
def sample() -> Notebook:
    """Give the sample report."""
    return sample_notebook()


@pytest.fixture(scope="session")
def sample_pdf(sample: Notebook) -> bytes:
    """Give the sample report as PDF."""
    return render_pdf(sample)


@pytest.fixture(scope="session")
def write_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    """Write bytes to a file that a browser can open."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str, data: bytes) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return write
