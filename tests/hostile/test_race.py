"""What the race of releases says broke, on what is broken on purpose, and one real try."""

import json
import random
from pathlib import Path

import pytest

from reporting.project.editions import edition_folder
from reporting.project.roots import find_root
from reporting.release.record import RECORD
from tools.race.__main__ import Account, contradictions, prove_some, race
from tools.race.office import PERIOD, Office, finish

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Account]:
    """Release once as anybody would, then once raced."""
    office, account = Office(tmp_path_factory.mktemp("race") / "office"), Account()
    office.build(find_root(Path(__file__)))
    assert [finish(office.report())[0], finish(office.release())[0]] == [0, 0]
    rng = random.Random(3)
    race(office, rng, 1, account)
    prove_some(office, rng, account)
    return office, account


def test_raced_release_is_whole_or_refused(raced: tuple[Office, Account]) -> None:
    """Each try ends one way or the other, and what was frozen is proved."""
    _, account = raced
    assert account.broken == []
    tries = {words: count for words, count in account.ended.items() if "proved" not in words}
    assert sum(tries.values()) == 1


def test_edition_that_contradicts_its_manifest_is_noticed(
    raced: tuple[Office, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its own record were to hold."""
    office, _ = raced
    assert contradictions(office.root, (1,)) == []
    path = edition_folder(office.root, PERIOD, 1) / RECORD
    record = json.loads(path.read_bytes())
    record["manifest"]["inputs"][0]["sha256"] = "0" * 64
    path.unlink()
    path.write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setattr("tools.race.__main__.check_edition", lambda *_: ())
    name = record["manifest"]["inputs"][0]["path"]
    assert contradictions(office.root, (1,)) == [f"1: inputs/{name} is not the manifest's"]
