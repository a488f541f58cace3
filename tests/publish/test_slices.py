"""Slices by their hash: what a run cut, what an earlier one kept, and what is no slice."""

from pathlib import Path

import pytest

from reporting.assess.values import Assessment
from reporting.project.params import read_params
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store

from .conftest import ROOT, Project, small_city


def _refuse(*_: object) -> Assessment:
    raise AssertionError("parsed although it is at hand")


def test_slice_is_parsed_at_most_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the run cut is not parsed, what an earlier one kept is parsed once."""
    city = small_city(project.root, read_params(ROOT, 2023), 3)
    store = Store(project.root / "store")
    own, later = Slices(store), Slices(store)
    name = own.put(city)
    found = later.get(name)
    assert found == city
    monkeypatch.setattr(Assessment, "model_validate_json", _refuse)
    assert own.get(name) is city
    assert later.get(name) is found


def test_lost_or_foreign_slice_is_none(tmp_path: Path) -> None:
    """Another version of the program may have kept other fields."""
    store = Store(tmp_path / "store")
    assert Slices(store).get("0" * 64) is None
    assert Slices(store).get(store.put(b'{"quarter": 3}')) is None
