"""Thousands of reports over a cluster: memory does not grow with their number."""

from pathlib import Path

import pytest

from tools.soak.province import KEPT_BYTES, run

pytestmark = pytest.mark.long


@pytest.mark.parametrize("shared", [True, False])
def test_memory_of_a_long_run_is_flat(tmp_path: Path, *, shared: bool) -> None:
    """With a folder in common and without, each report is kept once and leaves nothing in memory.

    Without the bounds of `cluster_pool` the last quarter had 1.4 times the memory of the second.
    """
    ran = run(tmp_path, 300, shared=shared)
    assert ran.growth < 1.15
    assert abs(ran.stored / 300 / sum(KEPT_BYTES.values()) - 1) < 0.01
