"""What the system tells of, and what is looked at anyway."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from reporting.errors import UsageError
from reporting.watching.saves import saves


def test_changed_folders_are_followed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the parameters name another folder, that is followed; a timeout is no end."""
    stop, followed = Event(), []
    named = [tmp_path / "a"]

    def watch(*places: Path, **_: Any) -> Iterator[set[object]]:
        followed.append(places)
        yield {"a save"}
        named.append(tmp_path / "b")
        yield set()
        stop.set()

    monkeypatch.setattr("watchfiles.watch", watch)
    given = saves(lambda: tuple(named), stop)
    assert next(given) == {"a save"}
    assert next(given) == set()
    assert next(given) == {"a save"}
    assert followed == [(tmp_path / "a",), (tmp_path / "a", tmp_path / "b")]


def test_system_that_follows_no_more_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def watch(*_: Path, **__: Any) -> Iterator[set[object]]:
        raise RuntimeError("OS file watch limit reached")
        yield

    monkeypatch.setattr("watchfiles.watch", watch)
    with pytest.raises(UsageError, match="系统不能跟踪项目的文件夹（OS file watch limit reached）"):
        next(saves(tuple, Event()))
