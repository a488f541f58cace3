"""What earlier runs made, kept by content, so that it need not be made again.

Objects are files named by their SHA-256 and checked against it when read; records are small
JSON values by kind and key. Whatever is broken or missing counts as never made. Several runs may
use it at once: a file comes in whole, and whoever prunes has to be alone.
"""

import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reporting.system.digests import digest, digest_of
from reporting.system.files import write_whole

STORE_LIMIT = 2 * 2**30
"""Bytes beyond which the least recently used is dropped."""


_MARK = "shared-"
_MARK_SECONDS = 7 * 24 * 3600


class Store:
    """The store under ``.reporting/store``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes; returns their hash, by which they are found."""
        name = digest(data)
        path = self._object(name)
        if self.get(name) is None:
            write_whole(path, data)
        return name

    def get(self, name: str) -> bytes | None:
        """Return the bytes of that hash, or None when they are missing or damaged."""
        try:
            data = self._object(name).read_bytes()
        except OSError:
            return None
        return data if digest(data) == name else None

    def exists(self, name: str) -> bool:
        """Tell whether bytes of that hash seem to be kept, without reading them."""
        return self._object(name).exists()

    def record(self, kind: str, key: str) -> Any:
        """Return a record, or None when there is none or it is damaged."""
        path = self._record(kind, key)
        try:
            content = json.loads(path.read_bytes())
            value = content["value"]
            return value if content["sha256"] == digest_of(value) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_record(self, kind: str, key: str, value: Any) -> None:
        """Keep a JSON value under a kind and a key."""
        content = {"sha256": digest_of(value), "value": value}
        write_whole(self._record(kind, key), json.dumps(content, ensure_ascii=False).encode())

    def forget(self, kind: str, key: str) -> None:
        """Drop a record."""
        self._record(kind, key).unlink(missing_ok=True)

    def touch(self, kind: str, key: str) -> None:
        """Mark a record as used in this run."""
        with suppress(FileNotFoundError):
            os.utime(self._record(kind, key))

    def prune(self, limit: int = STORE_LIMIT) -> int:
        """Drop the records used longest ago until the rest fits, and what none names.

        Returns the bytes dropped; what another run has put but not recorded yet is among them.
        """
        objects = {path.name: path for path in self.folder.glob("objects/*/*")}
        sizes = {name: path.stat().st_size for name, path in objects.items()}
        if sum(sizes.values()) <= limit:
            return 0
        records = sorted(
            self.folder.glob("records/*/*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True
        )
        kept: set[str] = set()
        for path in records:
            named = set(_named(_loaded(path))) & sizes.keys()
            if sum(sizes[name] for name in kept | named) > limit:
                path.unlink()
            else:
                kept |= named
        dropped = sizes.keys() - kept
        for name in dropped:
            objects[name].unlink(missing_ok=True)
        return sum(sizes[name] for name in dropped)

    @contextmanager
    def marked(self) -> Iterator[str]:
        """Give the name of a file that is in this store's folder and in no other, for a while.

        Whoever finds it there, on whatever computer, shares the folder.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob(f"{_MARK}*"):
            with suppress(FileNotFoundError):
                # A run that was killed has left its own.
                if time.time() - path.stat().st_mtime > _MARK_SECONDS:
                    path.unlink()
        mark = self.folder / f"{_MARK}{secrets.token_hex(16)}"
        mark.touch()
        try:
            yield mark.name
        finally:
            mark.unlink(missing_ok=True)

    def _object(self, name: str) -> Path:
        return self.folder / "objects" / name[:2] / name

    def _record(self, kind: str, key: str) -> Path:
        return self.folder / "records" / kind / f"{key}.json"


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _named(value: Any) -> Iterable[str]:
    """Go through every text of a record: hashes among them name objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _named(item)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)
