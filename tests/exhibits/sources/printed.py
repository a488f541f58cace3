"""The numbers printed on a page, and what the page says they come from.

It reads nothing but the finished HTML, by its own code: what the page's script would open is
looked up in the page's JSON once more.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from lxml import html

# Letters before digits make a name (R4, I6), and no number.
NUMBER = re.compile(r"(?<![A-Za-z0-9.])\d+(?:[,.]\d+)*")
_COUNTING = re.compile(r"[^\W\d_]|[%‰]")
"""A sign behind a number that says what it counts: 项, 年, %."""


@dataclass(frozen=True)
class Cell:
    """A cell as the page shows it; ``file`` and ``address`` are empty for the table's own."""

    file: str
    sheet: str
    address: str
    text: str


@dataclass(frozen=True)
class Known:
    """What the page tells under one name or key."""

    words: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    leads: tuple[str, ...] = ()
    column: str = ""


@dataclass(frozen=True)
class Printed:
    """A number on the page, the sign behind it, and the words it stands in."""

    number: str
    sign: str
    words: str
    element: Any = field(repr=False)


class Page:
    """A page with its own account of where its numbers come from."""

    def __init__(self, data: bytes) -> None:
        self.root: Any = html.fromstring(data.decode())
        self.known: dict[str, Known] = {}
        self.digests: dict[str, str] = {}
        accounts: Any = self.root.xpath("//script[@id='sources']")
        for account in accounts:
            self._read(json.loads(account.text))

    def _read(self, account: dict[str, Any]) -> None:
        words, files = account["words"], account["files"]
        names = [name for name, *_ in account["sources"]]
        self.digests = {name: sha256 for name, sha256, _ in files}
        for name, _, steps, rows in account["sources"]:
            cells = []
            for where, file, held in rows:
                sheet = re.search(r"“([^“”]+)”表$", words[where])
                cells += [
                    Cell(
                        files[file][0] if file >= 0 else "",
                        sheet[1] if sheet else "",
                        address,
                        words[text],
                    )
                    for _, address, text in held
                ]
            self.known[name] = Known(tuple(step[0] for step in steps), tuple(cells))
        for key, (said, of, *column) in account["steps"].items():
            leads = tuple(names[place] for place in of)
            self.known[key] = Known((said,), (), leads, "".join(column))

    def numbers(self) -> Iterator[Printed]:
        """Give every number that a reader sees, contents and charts included."""
        for element in self.root.find("body").iter():
            if not isinstance(element.tag, str) or element.tag in ("script", "style"):
                continue
            for owner, text in ((element, element.text), (element.getparent(), element.tail)):
                for found in NUMBER.finditer(text or ""):
                    sign = (text or "")[found.end() : found.end() + 1]
                    kept = sign if _COUNTING.match(sign) else ""
                    yield Printed(found[0], kept, text or "", owner)

    @cached_property
    def resolved(self) -> list[tuple[Printed, tuple[Known, ...]]]:
        """Every number with what the page says of it."""
        return [(printed, self.sources(printed)) for printed in self.numbers()]

    def sources(self, printed: Printed) -> tuple[Known, ...]:
        """Give what the page says of a number and holds it: nothing where it says nothing."""
        ancestors = [printed.element, *printed.element.iterancestors()]
        column = _column(ancestors)
        # With its sign first; without it only a cell that is nothing but the number will do.
        for whole in (False, True) if printed.sign else (False,):
            for element in ancestors:
                said = [
                    known
                    for key in element.get("data-origin", "").split()
                    if (known := self.known.get(key))
                ]
                own = [known for known in said if known.column and known.column == column]
                found = [
                    known
                    for known in own or [one for one in said if not one.column]
                    for known in self._holding(known, printed, whole=whole)
                ]
                if found:
                    return tuple(found)
        return ()

    def _holding(self, known: Known, printed: Printed, *, whole: bool) -> Iterator[Known]:
        # What a source itself counts is not looked into: some task of many holds any number.
        led = [] if whole and any(known.words) else [self.known[name] for name in known.leads]
        for one in (known, *led):
            texts = [cell.text for cell in one.cells]
            if whole and any(text.strip() == printed.number for text in texts):
                yield one
            if not whole and any(
                says(text, printed.number, printed.sign) for text in (*one.words, *texts)
            ):
                yield one


def says(text: str, number: str, sign: str) -> bool:
    """Tell whether a text has a number, followed by a sign where one is given."""
    return (number.replace(",", ""), sign) in _said(text)


@cache
def _said(text: str) -> frozenset[tuple[str, str]]:
    """Collect the numbers of a text, each with the sign behind it and without."""
    return frozenset(
        (found[0].replace(",", ""), sign)
        for found in NUMBER.finditer(text)
        for sign in ("", text[found.end() : found.end() + 1])
    )


def _column(ancestors: list[Any]) -> str:
    cell = next((element for element in ancestors if element.tag == "td"), None)
    if cell is None:
        return ""
    table = next(element for element in ancestors if element.tag == "table")
    keys = table.get("data-keys", "").split(" ")
    return str(keys[cell.getparent().index(cell)])
