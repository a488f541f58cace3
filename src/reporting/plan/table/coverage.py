"""The promise that every character of a row lands in a field or a finding, enforced.

Independent of the parsers: what their fields hold is taken out of the cell again, and what
remains beyond separators and the fixed words of the form is left over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reporting.language.phrases import table_words


def leftover(cell: str, parts: Iterable[str], aliases: Mapping[str, str]) -> str:
    """Return what of a cell is in none of the parts, separators and form words aside.

    A part accounts for as many of its occurrences as it is given times. ``aliases`` maps names
    as written to the canonical ones that may stand in ``parts``.
    """
    rest = _squeezed(cell)
    held = Counter(_squeezed(part) for part in parts)
    for short, name in aliases.items():
        held[_squeezed(short)] += held[_squeezed(name)]
    for part in sorted(held, key=lambda part: (-len(part), part)):
        if part:
            rest = rest.replace(part, "\n", held[part])
    rest = table_words.FORM.sub("\n", rest)
    return " ".join(piece for piece in re.split(r"\s+", _strip(rest)) if piece)


def _strip(rest: str) -> str:
    before = None
    while rest != before:
        before, rest = rest, table_words.SEPARATORS.sub(" ", rest)
    return table_words.LONE.sub(" ", rest).strip()


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
