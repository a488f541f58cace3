"""Runs of blocks on pages of one orientation, as paper needs them."""

from collections.abc import Iterable

from reporting.documents.blocks import Annex, Block, Heading, Table
from reporting.documents.sources.paper import on_paper
from reporting.values import Value

PORTRAIT_PT = 156 * 72 / 25.4
"""Width of the text block of GB/T 9704 in points."""

LANDSCAPE_PT = 225 * 72 / 25.4
"""Width of the text block of a turned page."""


class Section(Value):
    """Blocks on pages of one orientation."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> list[Section]:
    """Cut a document where pages turn or an annex begins.

    Headings just before a landscape table go with it. What a page opens beside its figures stands
    on paper as codes and lists.
    """
    found: list[Section] = []
    landscape = False
    current: list[Block] = []
    for block in on_paper(tuple(blocks)):
        if isinstance(block, Annex):
            _close(found, landscape, current)
            landscape, current = block.landscape, [block]
        elif isinstance(block, Table) and block.landscape and not landscape:
            # A heading left behind would end a page that its table does not follow.
            heads: list[Block] = []
            while current and isinstance(current[-1], Heading | Annex):
                heads.insert(0, current.pop())
            _close(found, landscape, current)
            found.append(Section(landscape=True, blocks=(*heads, block)))
            current = []
        else:
            current.append(block)
    _close(found, landscape, current)
    return found


def _close(found: list[Section], landscape: bool, blocks: list[Block]) -> None:
    if blocks:
        found.append(Section(landscape=landscape, blocks=tuple(blocks)))
