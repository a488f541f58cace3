"""The promise that every character of a row lands in a field or a finding, enforced.

Independent of the parsers: what their fields hold is taken out of the cell again, and what
remains beyond separators and the fixed words of the form is left over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

_FORM = re.compile(
    r"(?:牵头|主办)(?:负责|落实)?(?=[，,；;、。\n]|$)|会同|^由|"
    r"(?:等)?(?:按照?)?(?:各自)?(?:职责分工|职责|分工)(?:负责|落实|配合)$|"
    r"(?:积极|共同|协同)?(?:配合|协助|参与|参加)(?=[，,；;、。\n]|$)|"
    r"(?:办公室)?设在|[具体牵头]{2}负责|负责|协调督促|"
    r"[（(](?:为主|牵头(?:单位)?|主办|主责|配合|协办|协助|参与|配合单位|协办单位)[）)]|"
    r"(?:牵头|主办|责任|主责|承办|配合|协办|协助|参与|协同)(?:责任)?(?:单位|部门)?[：:]"
)
_SEPARATORS = re.compile(
    r"[\s、，,；;：:。.．/／\\（()）|｜—－–\-无]+|^\d{1,3}|(?<=\s)\d{1,2}(?=\s)|[①-⑳]"
)


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
    rest = _FORM.sub("\n", rest)
    return " ".join(piece for piece in re.split(r"\s+", _strip(rest)) if piece)


def _strip(rest: str) -> str:
    before = None
    while rest != before:
        before, rest = rest, _SEPARATORS.sub(" ", rest)
    return re.sub(
        r"(?<!\S)(?:\d{1,3}|[一二三四五六七八九十]{1,3}|等|及|和|与)(?!\S)", " ", rest
    ).strip()


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
