"""How the tests are dealt out when several processes run them."""

from typing import Any

import pytest

TOGETHER = (
    ("tests/publish/test_run_real.py", "tests/publish/test_killed.py",
     "tests/publish/test_run_pool.py"),
    ("tests/release/",),
    ("tests/hostile/",),
    ("tests/exhibits/",),
)  # fmt: skip
"""Files and folders whose tests share what takes seconds to make; the longest of all as well."""


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
