"""Leaders (责任领导): names without padding, one each, however the cell writes them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reporting.findings import Finding
from reporting.language.phrases import party_words
from reporting.plan.codes import finding
from reporting.plan.parties.names import NONE_WORDS

_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+"
)
# What stands in brackets is a post or a remark (前期), never a name.
_BRACKETED = re.compile("[（(][^（()）]*[）)]")
_NOBODY = NONE_WORDS | {"待定", "暂缺", "空缺", "待明确"}


class KnownPeople:
    """The names of a table's leaders: those that stand alone tell how others are split.

    ``known`` are names that the office knows whatever the table says.
    """

    def __init__(self, cells: Iterable[str], known: Iterable[str] = ()) -> None:
        self._seen = Counter(name for cell in cells for name in _rough(cell))
        self._seen.update(known)

    def read(self, cell: str) -> tuple[tuple[str, ...], list[Finding]]:
        """Read the names of a cell; what is doubtful comes as findings without a place."""
        names: list[str] = []
        findings: list[Finding] = []
        for part in _rough(cell):
            if (split := self._split(part)) is not None:
                names.extend(split)
                told = "、".join(split)
                findings.append(finding("PLAN-LEADER-SPLIT", found=part, expected=told))
                continue
            doubtful = (
                len(part) == 4 and self._seen[part] < 2 and not party_words.COMPOUND.match(part)
            )
            if _NAME.fullmatch(part) is None or doubtful:
                findings.append(finding("PLAN-LEADER-UNCLEAR", found=part))
            names.append(part)
        if (posts := _posts(cell, names)) and names:
            findings.append(finding("PLAN-LEADER-POST", found=posts))
        for name, times in Counter(names).items():
            repeated = finding("PLAN-LEADER-REPEATED", found=name)
            findings.extend([repeated] * (times - 1))
        return tuple(dict.fromkeys(names)), findings

    def _split(self, part: str) -> Sequence[str] | None:
        """Split names run together: the one way in which all of them are known."""
        if not 4 <= len(part) <= 12:
            return None
        ways = [way for way in _ways(part) if all(self._seen[name] for name in way)]
        return ways[0] if len(ways) == 1 else None


def _posts(cell: str, names: Sequence[str]) -> str:
    """Return the posts that a cell gives besides the names."""
    rest = re.sub(r"\s+", "", cell)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "、")
    return "、".join(post for post in re.split(r"[、，,；;/／|（()）：:]+", rest) if post)


def _ways(part: str) -> list[list[str]]:
    """List the ways to cut a text into two or more names of two to four characters."""
    ways: list[list[str]] = []

    def cut(rest: str, before: list[str]) -> None:
        if not rest and len(before) > 1:
            ways.append(before)
        for size in (2, 3, 4):
            if len(rest) >= size:
                cut(rest[size:], [*before, rest[:size]])

    cut(part, [])
    return ways


def _rough(cell: str) -> list[str]:
    """Cut a cell at separators and breaks; close up names padded to three characters."""
    parts: list[str] = []
    for piece in party_words.SEPARATORS.split(_BRACKETED.sub("", cell)):
        parts.extend(_close(piece.split()))
    closed = _close(parts)
    return [bare for part in closed if (bare := _bare(part)) not in _NOBODY]


def _close(parts: Sequence[str]) -> list[str]:
    """Put names together that padding or a narrow cell broke after one character."""
    closed: list[str] = []
    whole = True
    for part in parts:
        if closed and part and not (whole and len(part) > 1):
            closed[-1] += part
            whole = True
        elif part:
            closed.append(part)
            whole = len(part) > 1
    return closed


def _bare(part: str) -> str:
    name = party_words.TITLE.sub("", part).strip("：:。.（）()")
    return part if len(name) == 1 else name
