"""The store: what it gives back is what was put in, or nothing."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.store import Store
from reporting.system.digests import digest
from reporting.system.files import write_whole


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def _object(store: Store, name: str) -> Path:
    return store.folder / "objects" / name[:2] / name


def test_object_comes_back_unless_damaged(store: Store) -> None:
    """One flipped byte, and it was never there; putting it again heals it."""
    name = store.put(b"artifact")
    assert store.get(name) == b"artifact"
    _object(store, name).write_bytes(b"artifacT")
    assert store.get(name) is None
    assert store.put(b"artifact") == name
    assert store.get(name) == b"artifact"


def test_record_comes_back_unless_damaged(store: Store) -> None:
    store.write_record("report", "k", {"html": [3, "a" * 64]})
    assert store.record("report", "k") == {"html": [3, "a" * 64]}
    path = store.folder / "records/report/k.json"
    path.write_bytes(path.read_bytes().replace(b"aaaa", b"aaab"))
    assert store.record("report", "k") is None
    path.write_bytes(b"{")
    assert store.record("report", "k") is None


def test_pruning_drops_what_was_used_longest_ago(store: Store) -> None:
    """Objects that a younger record names stay, those of the older go, and the record with them."""
    shared = store.put(b"s" * 100)
    names = {}
    for age, key in enumerate(("young", "old")):
        names[key] = store.put(key.encode() * 100)
        store.write_record("report", key, {"html": [1, names[key]], "ipynb": [1, shared]})
        moment = time.time() - 1000 * age
        os.utime(store.folder / f"records/report/{key}.json", (moment, moment))
    store.prune(650)
    assert store.record("report", "old") is None
    assert store.get(names["old"]) is None
    assert store.record("report", "young") is not None
    assert store.get(names["young"]) is not None
    assert store.get(shared) is not None


def test_pruning_leaves_a_small_store_alone(store: Store) -> None:
    name = store.put(b"nobody names me")
    assert store.prune(1000) == 0
    assert store.get(name) is not None


def _aged(path: Path, content: bytes, at: int) -> None:
    path.write_bytes(content)
    os.utime(path, ns=(at, at))


def test_file_is_read_again_when_anything_about_it_changes(tmp_path: Path) -> None:
    """Same size and same time of change, yet other content: the hash follows."""
    path, at = tmp_path / "book.xlsx", 10**18
    _aged(path, b"one", at)
    hashes = FileHashes(tmp_path / "memory.json")
    assert hashes.of(path) == digest(b"one")
    hashes.save()
    _aged(path, b"two", at)
    assert FileHashes(tmp_path / "memory.json").of(path) == digest(b"two")


def test_settled_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not change for long enough is remembered from run to run."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"one")
    monkeypatch.setattr("reporting.publish.keys.hashes._SETTLED_NS", -(10**12))
    hashes = FileHashes(tmp_path / "memory.json")
    hashes.of(path)
    hashes.save()
    monkeypatch.setattr(Path, "read_bytes", _only_memory(Path.read_bytes))
    assert FileHashes(tmp_path / "memory.json").of(path) == digest(b"one")


def _only_memory(read: Callable[[Path], bytes]) -> Callable[[Path], bytes]:
    def guarded(path: Path) -> bytes:
        assert path.name == "memory.json"
        return read(path)

    return guarded


def test_fresh_file_is_not_trusted(tmp_path: Path) -> None:
    """A file touched a moment ago could change again within one tick of the clock."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"one")
    hashes = FileHashes(tmp_path / "memory.json")
    hashes.of(path)
    hashes.save()
    assert not (tmp_path / "memory.json").exists()


def test_broken_memory_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "memory.json").write_bytes(b'{"x": 3')
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"one")
    assert FileHashes(tmp_path / "memory.json").of(path) == digest(b"one")


def test_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stands, and no part lies beside it."""
    path = tmp_path / "a.json"
    write_whole(path, b"old")

    def broken(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"old"
