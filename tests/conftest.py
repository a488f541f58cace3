"""How the tests are dealt out when several processes run them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real import assessed_once

from reporting.assess.values import Assessment
from reporting.kernels.forks import shared_server

TOGETHER = (
    ("tests/release/",),
    ("tests/exhibits/",),
    ("tests/publish/test_run_real.py", "tests/publish/test_killed.py",
     "tests/publish/test_run_pool.py"),
    ("tests/hostile/",),
    ("tests/year/",),
    ("tests/publish/test_public.py", "tests/province/"),
    ("tests/docs/",),
    ("tests/publish/test_guard.py", "tests/publish/test_kernels.py"),
)  # fmt: skip
"""Files and folders whose tests share what takes seconds to make, the longest first."""


def group_of(nodeid: str) -> str:
    """Name the tests that one process runs: those of a group, else those of the file."""
    file = nodeid.partition("::")[0]
    return next((places[0] for places in TOGETHER if file.startswith(places)), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups first: one that began last would keep its process busy alone."""
    order = {places[0]: at for at, places in enumerate(TOGETHER)}
    items.sort(key=lambda item: order.get(group_of(item.nodeid), len(order)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deal out whole groups, so that what they share is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):  # type: ignore[misc]
        """Each group is a scope."""

        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    return Groups(config, log)


@pytest.fixture(scope="session")
def warm_kernels() -> Iterator[None]:
    """Warm kernels once for all packs that this process makes, not once for each."""
    with shared_server():
        yield


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@pytest.fixture(scope="session")
def real_years(run_folder: Path) -> dict[int, Assessment]:
    """Assess the real table on the demonstration returns, at every quarter's end."""
    return assessed_once(run_folder)


@pytest.fixture(scope="session")
def real_city(real_years: dict[int, Assessment]) -> Assessment:
    return real_years[3]
