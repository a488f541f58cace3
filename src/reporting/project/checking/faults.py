"""A fault of a file that people write, as the one sentence that its reader is told."""

import difflib
from collections.abc import Iterable, Sequence

from reporting.values import Value

Path = tuple[str | int, ...]
"""Keys and places of a list, from the file's top down to an entry."""


class Fault(Value):
    """What is wrong at one place.

    Attributes
    ----------
    said : str
        What was expected and what was found, without a full stop.
    path : tuple
        The field; empty where it is the file's text that is wrong.
    line, column : int
        From 1, as editors count; 0 where there is none.
    """

    said: str
    path: Path = ()
    line: int = 0
    column: int = 0

    def sentence(self, name: str) -> str:
        """Say it of the file of that name."""
        column = f"第{self.column}列" if self.column else ""
        line = f" 第{self.line}行{column}" if self.line else ""
        where = f"的 {named(self.path)}" if self.path else ""
        return f"{name}{line}{where}：{self.said}。"


def named(path: Sequence[str | int]) -> str:
    """Name a field as its reader counts.

    Examples
    --------
    >>> named(("changes", 0, "kind"))
    'changes 第1项.kind'
    """
    name = ".".join(str(part) if isinstance(part, str) else f"第{part + 1}项" for part in path)
    return name.replace(".第", " 第")


def sentences(faults: Iterable[Fault], name: str) -> tuple[str, ...]:
    """Say faults in the order of the file, each once."""
    ordered = sorted(faults, key=lambda fault: (fault.line, fault.column))
    return tuple(dict.fromkeys(fault.sentence(name) for fault in ordered))


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known word that another may be meant for; empty where none is close.

    Examples
    --------
    >>> nearest("tabel", ["table", "year"])
    '，相近的有 table'
    """
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"，相近的有 {close[0]}" if close else ""
