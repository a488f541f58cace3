"""The names of workstreams (工作子项) in a schedule, each the head of a chain of its own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reporting.language.phrases.labels import CLAUSE_END, COMMAS, ITEM, Label, starts_with_label

_NAME = re.compile(
    rf"\s*(?P<item>{ITEM})?(?:"
    r"[【\[](?P<boxed>[^】\]\n]{1,40})[】\]][：:]?"
    r"|(?P<named>(?:[（(][^（()）\n]{1,40}[）)]|[^：:\n。；;！？!?]){1,60}?)[^\S\n]*[：:]"
    r"|(?P<about>[^：:\n。；;！？!?，,]{1,40}方面)[，,]"
    r"|(?P<stopped>[^：:\n。；;！？!?，,]{1,30}?)。"
    r"|(?P<alone>[^：:\n。；;！？!?，,]{1,40}?)[^\S\n]*(?=\n))"
)
_INTRODUCTION = re.compile(
    r"\s*(?:其中|即|为|具体|主要|总体|工作|任务|进度|时间|季度|阶段|分解|推进|实施|节点|目标"
    r"|要求|措施|完成|时限|期限|日期|内容|计划|安排|步骤|包括|分别|各|按|以下|如下|[，、\s])+[：:]\s*"
)


class Header(NamedTuple):
    """The name of a workstream in a text.

    ``opening`` is where its item number begins, ``start`` where the name does, ``end`` where
    what follows does; ``inline`` tells whether that goes on in the name's line, ``stopped``
    that a full stop ends the name.
    """

    opening: int
    start: int
    end: int
    name: str
    numbered: bool
    marked: bool
    stopped: bool
    inline: bool


def find_headers(text: str, labels: Sequence[Label], year: int) -> list[Header]:
    """Find the names of workstreams in order.

    A name is a short clause with a colon (or on a line of its own) right before a label.
    Where some are named so, more are found by the chain: a clause in the same form names the
    next workstream when the chain before it is complete, or starts again behind it.
    """
    candidates = [h for h in _candidates(text, year) if not is_introduction(_words(text, h))]
    certain = [h for h in candidates if _leads(text, h, labels)]
    certain = [h for h in certain if h.marked or _starts_chain(text, h, labels)]
    if sum(h.stopped for h in certain) < 2:
        # 1.启动建设。 alone is a sentence; where several lead chains, they are names.
        certain = [h for h in certain if not h.stopped]
    if len(certain) == 1 and not _is_name(certain[0]):
        certain = []
    if not certain:
        return []
    taken = {h.opening for h in certain}
    likely = [
        h for h in candidates
        if h.opening not in taken and h.marked and _is_like(h, certain)
        and (h.numbered or _starts_line(text, h.opening)) and _starts_chain(text, h, labels)
    ]  # fmt: skip
    return sorted([*certain, *likely], key=lambda h: h.opening)


def is_introduction(words: str) -> bool:
    """Tell words that only lead to what follows (具体安排如下：) from a name."""
    return _INTRODUCTION.fullmatch(words) is not None


def _candidates(text: str, year: int) -> list[Header]:
    """Give every clause that could be a name, at the start of a line or after a stop."""
    places = sorted({0, *(m.end() for m in re.finditer(CLAUSE_END, text))})
    found = (_header_at(text, place, year) for place in places)
    return [header for header in found if header is not None]


def _header_at(text: str, place: int, year: int) -> Header | None:
    match = _NAME.match(text, place)
    kind = match.lastgroup if match else None
    if match is None or kind is None:
        return None
    opening = match.end() - len(match[0].lstrip())
    name = match[kind].strip()
    if not name or starts_with_label(match[0].lstrip() + "：", year):
        return None
    if kind == "alone" and not _starts_line(text, opening):
        return None
    if kind == "stopped" and not match["item"]:
        return None
    line_end = text.find("\n", match.end())
    rest = text[match.end() : line_end if line_end >= 0 else len(text)]
    return Header(
        opening=opening,
        start=text.index(name, match.start(kind)),
        end=match.end(),
        name=name,
        numbered=match["item"] is not None,
        marked=kind not in ("alone", "stopped"),
        stopped=kind == "stopped",
        inline=bool(rest.strip()),
    )


def _words(text: str, header: Header) -> str:
    return text[header.start : header.end].strip()


def _is_name(header: Header) -> bool:
    """Tell a name from a sentence that opens a schedule: 根据部署，推进以下工作：."""
    return header.numbered or (header.marked and not re.search(f"[{COMMAS}]", header.name))


def _leads(text: str, header: Header, labels: Sequence[Label]) -> bool:
    """Tell whether a label follows right behind."""
    at = header.end + len(text[header.end :]) - len(text[header.end :].lstrip())
    return any(label.opening == at for label in labels)


def _starts_chain(text: str, header: Header, labels: Sequence[Label]) -> bool:
    """Tell whether a chain ends before a name: it reached the year's end, or starts again."""
    before = [label for label in labels if label.end <= header.opening]
    after = [label for label in labels if label.opening >= header.end]
    if not before or before[-1].period.yearly or before[-1].quarters[-1] == 4:
        return True
    return bool(after) and after[0].quarters[0] <= before[-1].quarters[0]


def _is_like(header: Header, certain: Sequence[Header]) -> bool:
    """Tell whether a name has the form of those that are certain."""
    return any(
        header.numbered == other.numbered and header.inline == other.inline for other in certain
    ) and not re.search(f"[{COMMAS}]", header.name)


def _starts_line(text: str, at: int) -> bool:
    return not text[:at].rpartition("\n")[2].strip()
