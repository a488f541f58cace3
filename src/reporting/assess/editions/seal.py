"""The seal of an edition: a short digest of its facts, chained to the edition before."""

import json

from pydantic import ValidationError

from reporting.system.digests import digest
from reporting.values import Value

LENGTH, GROUP = 16, 4
"""Characters of a seal, and of the groups that it is printed in."""


class Seal(Value):
    """What a seal is the digest of: the tables of a pack, and the seal before.

    It speaks of facts, not of files that are set from them, for it is printed in those; so it
    is known before anything is set, and the same in a pack and in the edition made of it.

    Attributes
    ----------
    edition, before : str
        The edition, and the one before it in the year (``2023Q1-v2``); no one before the first.
    before_seal : str
        The seal of the one before; empty where it bears none.
    tables : dict
        SHA-256 of every table of the pack, by name.
    """

    format: int = 1
    edition: str
    before: str = ""
    before_seal: str = ""
    tables: dict[str, str]

    def to_bytes(self) -> bytes:
        """Write it, so that whoever hashes the file has the seal."""
        content = self.model_dump(mode="json")
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @property
    def printed(self) -> str:
        """The seal as paper bears it."""
        return printed(seal_of(self.to_bytes()))


def seal_of(data: bytes) -> str:
    """Return the seal that a file of seal gives."""
    return digest(data)[:LENGTH]


def read_seal(data: bytes) -> Seal | None:
    """Read a file of seal back; None where it is none."""
    try:
        return Seal.model_validate_json(data)
    except ValidationError:
        return None


def printed(seal: str) -> str:
    """Write a seal in groups, which can be read out.

    >>> printed("1a2b3c4d5e6f7a8b")
    '1a2b-3c4d-5e6f-7a8b'
    """
    return "-".join(seal[at : at + GROUP] for at in range(0, len(seal), GROUP))
