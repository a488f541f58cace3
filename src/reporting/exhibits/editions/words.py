"""Old and new words side by side, with what differs marked, and only as much as is needed."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from reporting.documents.blocks import Strong
from reporting.exhibits.building import Cell
from reporting.language.clip import ELLIPSIS

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)
_WHOLE = 80
"""Characters up to which a text is shown whole."""

_AROUND = 14
"""Tokens of an unchanged stretch that are kept on each side of what differs."""

_ISLAND = 2
"""Unchanged tokens between two differences that are marked along with them."""

_ALIKE = 0.3
"""Likeness below which two texts have nothing in common that is worth marking."""

_Piece = tuple[bool, Sequence[str], Sequence[str]]
"""Whether it is the same in both, and the tokens of each."""


def marked(old: str, new: str) -> tuple[Cell, Cell]:
    """Give two texts with the words that differ standing out.

    Where a text is long, stretches that are the same are left out. Texts that share nothing
    are given whole and unmarked.

    Examples
    --------
    >>> [part.text if hasattr(part, "text") else part for part in marked("60家", "100家")[0]]
    ['60', '家']
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or matcher.ratio() < _ALIKE:
        return (old or "（空）",), (new or "（空）",)
    pieces = list(_pieces(matcher, before, after))
    shorten = max(len(old), len(new)) > _WHOLE
    return _side(pieces, 0, shorten), _side(pieces, 1, shorten)


def _pieces(
    matcher: "SequenceMatcher[str]", before: Sequence[str], after: Sequence[str]
) -> Iterator[_Piece]:
    """Give stretches that are the same and that differ, in turn."""
    pending: tuple[list[str], list[str]] = ([], [])
    codes = matcher.get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(codes):
        inner = 0 < at < len(codes) - 1
        if tag == "equal" and not (inner and j - i <= _ISLAND):
            if pending[0] or pending[1]:
                yield False, *pending
                pending = ([], [])
            yield True, before[i:j], after[k:m]
        else:
            pending[0].extend(before[i:j])
            pending[1].extend(after[k:m])
    if pending[0] or pending[1]:
        yield False, *pending


def _side(pieces: Sequence[_Piece], side: int, shorten: bool) -> Cell:
    cells: list[Cell] = []
    for at, (same, old, new) in enumerate(pieces):
        tokens = list((old, new)[side])
        if same:
            ends = (at == 0, at == len(pieces) - 1)
            cells.append(_shortened(tokens, *ends) if shorten else "".join(tokens))
        elif tokens:
            cells.append(Strong(text="".join(tokens)))
    return tuple(cells)


def _shortened(tokens: list[str], first: bool, last: bool) -> str:
    """Leave out the middle of a stretch, or its end where nothing that differs is near."""
    head = [] if first else tokens[:_AROUND]
    tail = [] if last else tokens[-_AROUND:]
    if len(head) + len(tail) >= len(tokens):
        return "".join(tokens)
    return "".join(head) + ELLIPSIS + "".join(tail)
