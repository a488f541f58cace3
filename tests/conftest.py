"""What holds for every test: those that share something costly run in one process, and first."""

import pytest

SHARED = (
    "office", "story", "town", "real_city", "real_years", "scheduler", "browser", "real_plan",
    "sample_pdf", "second_quarter", "run",
)  # fmt: skip
"""Fixtures that take seconds to make, the costliest first; each is made in one process only."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group the tests for the processes of a parallel run, and put the longest groups first.

    A long group that began last would keep one process busy while the others are done.
    """
    for item in items:
        group = _shared(item)
        name = item.nodeid.partition("::")[0] if group is None else SHARED[group]
        item.add_marker(pytest.mark.xdist_group(name))
    items.sort(key=lambda item: len(SHARED) if (at := _shared(item)) is None else at)


def _shared(item: pytest.Item) -> int | None:
    """Give the place of the costliest fixture that a test shares with others."""
    names = getattr(item, "fixturenames", ())
    return next((at for at, name in enumerate(SHARED) if name in names), None)
