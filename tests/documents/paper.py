"""How a PDF fills its pages: what is left empty, and what a page's end parts."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

_MM = 72 / 25.4
_SCALE = 0.5
_INK = 200
_PORTRAIT, _TURNED = (37, 26, 35, 28), (28, 37, 26, 35)
"""Margins in millimetres: top, right, bottom, left."""

_PARTS = ("附件", "市长一页")
"""Words at the head of a page that begins a part."""


def empty_shares(pdf: bytes) -> list[float]:
    """Give for every page the share of its text block that is empty below the last ink."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [_empty_share(opened[number]) for number in range(len(opened))]


def _empty_share(page: Any) -> float:
    width, height = page.get_size()
    top, right, bottom, left = _TURNED if width > height else _PORTRAIT
    pixels = page.render(scale=_SCALE, grayscale=True).to_numpy()
    mm = _MM * _SCALE
    across = slice(int((left - 1) * mm), int((width / _MM - right + 1) * mm))
    body = pixels[int(top * mm) : int((height / _MM - bottom) * mm), across]
    inked = [number for number, row in enumerate(body) if row.min() < _INK]
    return 1.0 - (inked[-1] + 1) / len(body) if inked else 1.0


def part_ends(pdf: bytes) -> set[int]:
    """Give the pages, from 1, that may end where they end: a part's last, a cover."""
    with pypdfium2.PdfDocument(pdf) as opened:
        heads = [_first_words(opened[number]) for number in range(len(opened))]
    begins = {number for number, words in enumerate(heads, 1) if words.startswith(_PARTS)}
    # A cover stands alone, and the contents stand apart from what they list.
    begins |= {n + 1 for n, words in enumerate(heads, 1) if words.startswith("目录")}
    begins |= {n for n, words in enumerate(heads, 1) if words.startswith("目录")}
    return {number - 1 for number in begins} | {len(heads)}


def _first_words(page: Any) -> str:
    width, height = page.get_size()
    top, right, bottom, left = (mm * _MM for mm in (_TURNED if width > height else _PORTRAIT))
    words = page.get_textpage().get_text_bounded(left, bottom, width - right, height - top + 4)
    return str(words).strip()


def gaps(pdf: bytes) -> list[tuple[int, float]]:
    """Find the pages more than a third empty that are not the last of a part."""
    ends = part_ends(pdf)
    return [
        (number, round(share, 2))
        for number, share in enumerate(empty_shares(pdf), 1)
        if share > 1 / 3 and number not in ends
    ]


class Structure:
    """The tags of a PDF, and the pages that what they mark stands on."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pikepdf.open(io.BytesIO(pdf))
        self._numbers = {page.objgen: number for number, page in enumerate(self._pdf.pages, 1)}
        root = self._pdf.Root.StructTreeRoot
        self.nodes = [node for node in self._walk(root.K) if "/S" in node]

    def _walk(self, node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from self._walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            yield node
            if "/S" in node and "/K" in node:
                yield from self._walk(node.K)

    def pages(self, node: Any) -> list[int]:
        """Give the pages that a node's content stands on, in reading order."""
        return list(dict.fromkeys(self._pages(node.get("/K"), node.get("/Pg"))))

    def _pages(self, held: Any, page: Any) -> Iterator[int]:
        if isinstance(held, pikepdf.Array):
            for kid in held:
                yield from self._pages(kid, page)
        elif isinstance(held, pikepdf.Dictionary):
            yield from self._pages(held.get("/K", held.get("/MCID")), held.get("/Pg", page))
        elif held is not None and page is not None:
            yield self._numbers[page.objgen]

    def parted_heads(self) -> list[int]:
        """Find the pages that end with a heading whose text begins on the next one."""
        shown = [(str(node.S), self.pages(node)) for node in self.nodes if self._is_leaf(node)]
        return [
            pages[-1]
            for (kind, pages), (_, following) in pairwise([s for s in shown if s[1]])
            if kind[:2] == "/H" and kind[2:].isdigit() and pages[-1] < following[0]
        ]

    def _is_leaf(self, node: Any) -> bool:
        """Tell whether a node is a heading, or holds content and no further nodes."""
        if str(node.S)[2:].isdigit():
            return True
        return not any("/S" in kid for kid in self._walk(node.get("/K")) if kid is not node)

    def lone_rows(self) -> list[tuple[int, int, int]]:
        """Find one row only on a page of a table that goes on: page, number of table and row."""
        found: list[tuple[int, int, int]] = []
        tables = [node for node in self.nodes if node.S == "/Table"]
        for number, table in enumerate(tables):
            found += [(page, number, row) for page, row in self._lone(table)]
        return found

    def _lone(self, table: Any) -> Iterator[tuple[int, int]]:
        body = [n for n in self._walk(table.K) if n.get("/S") == "/TBody"]
        rows = [n for part in body for n in self._walk(part.K) if n.get("/S") == "/TR"]
        places = [self.pages(row) for row in rows]
        for page in sorted({page for place in places for page in place}):
            here = [n for n, place in enumerate(places) if page in place]
            if len(here) == 1 < len(rows) and places[here[0]] == [page]:
                yield page, here[0]
