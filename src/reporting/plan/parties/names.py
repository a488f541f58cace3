"""Names of units as the table writes them: splitting lists, broken lines, kinds."""

import re
from collections.abc import Iterator
from functools import lru_cache

from reporting.language.phrases import party_words

NONE_WORDS = frozenset({"", "/", "／", "\\", "-", "—", "——", "–", "无", "－", "--", "暂无"})
"""What a cell says when it names nobody."""

_OPEN, _CLOSE = "（(〔[【《“「", "）)〕]】》”」"
_SEPARATORS = "、，,；;\n。"
_QUALIFIED = re.compile(r"^(.*?[^（(])[（(]([^（()）]*)[）)]$")


def split_outside(text: str, separators: str = _SEPARATORS) -> list[str]:
    """Split at separators that stand outside brackets and quotes.

    Examples
    --------
    >>> split_outside("市妇联（市家教办、市维权办），甲镇")
    ['市妇联（市家教办、市维权办）', '甲镇']
    """
    return [piece for piece, _ in pieces(text, separators)]


def pieces(text: str, separators: str = _SEPARATORS) -> Iterator[tuple[str, str]]:
    """Yield each piece with the separator before it (empty for the first)."""
    depth, start, before = 0, 0, ""
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in separators and not depth:
            yield text[start:at].strip(), before
            start, before = at + 1, char
    yield text[start:].strip(), before


def balanced(text: str) -> bool:
    """Tell whether round brackets pair up, full-width or not."""
    depth = 0
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=4096)
def tidy(name: str) -> str:
    """Write a name without white space, with full-width brackets, unnumbered.

    Examples
    --------
    >>> tidy(" 2.市 海防办(筹) ")
    '市海防办（筹）'
    """
    bare = re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")
    bare = re.sub(r"^(?:\d{1,2}[.．、]|（\d{1,2}）|[①-⑳])", "", bare)
    return bare.strip("。.；;，,、：:")


@lru_cache(maxsize=4096)
def is_collective(name: str) -> bool:
    """Tell whether a name stands for many units, such as 各镇街（园区）."""
    return party_words.COLLECTIVE.search(name) is not None


def is_unit_like(name: str) -> bool:
    """Tell whether a text ends as names of units do."""
    bare = tidy(name)
    if not bare or len(bare) > 40:
        return False
    core = re.sub(r"（[^（）]*）", "", bare) or bare
    return is_collective(bare) or unit_kind(core) != "other"


@lru_cache(maxsize=4096)
def unit_kind(name: str) -> str:
    """Tell a unit's kind by the words of its name (see `Unit.kind`)."""
    if is_collective(name):
        return "collective"
    core = re.sub(r"（[^（）]*）", "", name) or name
    for kind, pattern in (
        ("town", party_words.TOWN),
        ("park", party_words.PARK),
        ("company", party_words.COMPANY),
        ("office", party_words.OFFICE),
        ("bureau", party_words.BUREAU),
    ):
        if pattern.search(core):
            return kind
    return "other"


def split_qualifier(name: str) -> tuple[str, str]:
    """Split a name that ends in a bracket into the name before it and the bracket's text."""
    match = _QUALIFIED.match(name)
    return (match[1], match[2]) if match else (name, "")


def is_abbreviation(short: str, long: str) -> bool:
    """Tell whether one name looks like a shorter writing of another.

    Examples
    --------
    >>> is_abbreviation("市卫健局", "市卫生健康局")
    True
    >>> is_abbreviation("市发改委", "市发展和改革委员会")
    True
    >>> is_abbreviation("市公安局", "市公安局交警支队")
    False
    >>> is_abbreviation("甲城", "甲城街道")
    True
    """
    if short == long or len(short) < 2:
        return False
    if _same_tail(short, long):
        return True
    if len(short) >= len(long):
        return False
    if long.startswith(short):
        tail = long[len(short) :]
        return len(short) <= 6 and bool(party_words.PLACE_KINDS.fullmatch(tail))
    if short[0] != long[0] and long[1:] != short:
        return False
    # 市发改委 is short for 市发展和改革委员会.
    same_end = short[-1] == long[-1] or (short[-1] == "委" and long.endswith("委员会"))
    return same_end and len(short) >= 3 and _is_subsequence(short, long)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def _same_tail(one: str, other: str) -> bool:
    """Tell whether two names differ only in the place they start with (``市``, ``某某``)."""
    one, other = sorted((one, other), key=len)
    if not one.startswith(("市", "县", "区")) or other.startswith(("市", "县", "区", "省")):
        return False
    tail = one[1:]
    return len(tail) >= 3 and other.endswith(tail) and 2 <= len(other) - len(tail) <= 3
