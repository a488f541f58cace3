"""The soak by saves, short: its own counting is right, and what it looks for is seen."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from publish.conftest import Project, inline_pool

from reporting.project.roots import find_root
from tools.soak.saves import Load, _grown, soak

pytestmark = pytest.mark.long


def test_saves_of_every_kind_leave_the_last_state_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Good, broken, renamed, half-written and many at once; then the pack is a run's own."""
    work = Project(tmp_path).work
    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(work))
    monkeypatch.setattr("reporting.publish.pool.pool.preparing", nullcontext)
    monkeypatch.setattr("tools.soak.saves._left", lambda: ())
    home = find_root(Path(__file__))
    account = soak(home, tmp_path / "soak", saves=6, seed=4, open_pool=lambda: inline_pool(work)(1))
    assert account.saves.total() == 6
    assert account.told["fault"] >= 2
    assert account.broken == []


def test_growth_is_seen() -> None:
    """A process, a folder or much memory more at every save is too much; as many as ever is not."""
    even = [Load(500 << 20, 6, 3)] * 30
    assert list(_grown(even)) == []
    rising = [Load((500 + 20 * n) << 20, 6 + n, 3 + n) for n in range(30)]
    assert [fault.split()[0] for fault in _grown(rising)] == ["memory", "processes", "folders"]
