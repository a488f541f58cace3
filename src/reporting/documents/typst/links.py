"""Links within a PDF: set as addresses, and led to their places in the finished file.

A link to a label has Typst lay out anew all that holds one, for it learns only in the end where
labels are; that is a third of the time the city's report takes. So ``report.typ`` sets a link as
an address of `SCHEME`, filled up to the length of what is written over it. What the file then
says is what Typst writes for a link to a label, and nothing else of it moves.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

SCHEME = "place:"
PLACES = "<places>"
"""What Typst is asked where the anchors are: name, page, and points from the page's top left."""

_ABOVE_PT = 10
"""How far above a place a reader sees, which is what Typst leaves."""

_ACTION = re.compile(rb"/A<</Type/Action/S/URI/URI\(" + SCHEME.encode() + rb"([\w-]+)~*\)>>")
_CONTENTS = re.compile(rb"/Contents\(" + SCHEME.encode() + rb"([\w-]+)~*\)")
_KIDS = re.compile(rb"/Type/Pages/Count (\d+)/Kids\[((?:\d+ 0 R ?)+)\]")
_PAGE = re.compile(rb"<</Type/Page/[^\[]*?/MediaBox\[0 0 [\d.]+ ([\d.]+)\]")
_OBJECT = re.compile(rb"\n(\d+) 0 obj\s*$")

_OBJECT_LENGTH = 24


def anchors_of(content: Any) -> tuple[str, ...]:
    """Name what the links of a document's data lead to, each once."""
    return tuple(sorted(set(_anchors(content))))


def _anchors(content: Any) -> Iterator[str]:
    waiting = [content]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if part.get("kind") == "link":
                yield part["anchor"]
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)


def led(pdf: bytes, places: str) -> bytes | None:
    """Lead every link to its place.

    Parameters
    ----------
    places : str
        What Typst answers to `PLACES`, as JSON.

    Returns
    -------
    bytes or None
        A file of the same length; None where a link was not found as it was set, as another
        release of Typst may write it in another way.
    """
    try:
        found = dict(_destinations(pdf, json.loads(places)))
        linked = _ACTION.sub(lambda link: _over(link, found[link[1]].where), pdf)
        linked = _CONTENTS.sub(lambda link: _over(link, found[link[1]].words), linked)
    except LookupError:
        return None
    return None if b"(" + SCHEME.encode() in linked else linked


def _over(link: re.Match[bytes], text: bytes) -> bytes:
    if len(text) > len(link[0]):
        raise LookupError(text)
    return text.ljust(len(link[0]))


class _Place(NamedTuple):
    """What a link becomes: its destination, and the words that tell of it."""

    where: bytes
    words: bytes


def _destinations(
    pdf: bytes, places: Iterable[tuple[str, Mapping[str, Any]]]
) -> Iterator[tuple[bytes, _Place]]:
    pages = _pages(pdf)
    for anchor, place in places:
        number, height = pages[place["page"] - 1]
        left, top = (float(place[side].removesuffix("pt")) for side in ("x", "y"))
        from_below = height - max(top - _ABOVE_PT, 0)
        where = f"/Dest[{number} 0 R/XYZ {left:.6g} {from_below:.6g} 0]"
        words = f"第{place['page']}页".encode("utf-16-be").hex().upper()
        yield anchor.encode(), _Place(where.encode(), f"/Contents<FEFF{words}>".encode())


def _pages(pdf: bytes) -> list[tuple[int, float]]:
    """Give the number and the height of every page, in order; none of a tree of another shape."""
    heights = {}
    for page in _PAGE.finditer(pdf):
        before = _OBJECT.search(pdf, max(page.start() - _OBJECT_LENGTH, 0), page.start())
        if before:
            heights[int(before[1])] = float(page[1])
    kids = _KIDS.search(pdf)
    numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[2])] if kids else []
    # A page that is not found would have all behind it taken for others.
    is_whole = kids is not None and len(numbers) == int(kids[1]) and heights.keys() >= set(numbers)
    return [(number, heights[number]) for number in numbers] if is_whole else []
