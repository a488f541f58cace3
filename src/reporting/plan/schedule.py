"""A schedule taken apart: labels, separators, names of workstreams, and the texts they bind.

The pieces follow each other without gap or overlap; put together they give the cell back.
"""

import re
from enum import StrEnum

from reporting.plan.labels import STOPS, Label, find_labels
from reporting.values import Value

_SPACE = " \t　\r\n"
_CHINESE = "[一二三四五六七八九十]{1,3}"
_ITEM = rf"(?:[（(]?\d{{1,2}}[)）.．、]|[①-⑳]|[（(]{_CHINESE}[)）]|{_CHINESE}、)"
_NAME = re.compile(rf"[ \t　]*(?P<item>{_ITEM})?[ \t　]*(?P<name>[^：:\n。；;！？]{{1,60}})[：:]")


class PieceKind(StrEnum):
    """What a piece of a schedule is."""

    LABEL = "label"
    SEPARATOR = "separator"
    WORKSTREAM = "workstream"
    TEXT = "text"


class Piece(Value):
    """A piece of a schedule; a text or label carries the quarters it is bound to.

    ``quarters`` is empty for what holds all year by having no label at all.
    """

    kind: PieceKind
    start: int
    end: int
    quarters: tuple[int, ...] = ()
    yearly: bool = False
    workstream: str | None = None
    misprint: bool = False


class Schedule(Value):
    """A schedule and its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]

    def words(self, piece: Piece) -> str:
        """Return a piece's own words."""
        return self.text[piece.start : piece.end]

    @property
    def texts(self) -> tuple[Piece, ...]:
        """The pieces that say what is to be done."""
        return tuple(p for p in self.pieces if p.kind is PieceKind.TEXT)


class _Header(Value):
    """The name of a workstream and its colon."""

    start: int
    name_start: int
    name_end: int
    end: int
    inline: bool


def parse_schedule(text: str) -> Schedule:
    """Take a schedule apart.

    Examples
    --------
    >>> schedule = parse_schedule("一季度，启动。二、三季度，推进。")
    >>> [(schedule.words(p), p.quarters) for p in schedule.texts]
    [('启动。', (1,)), ('推进。', (2, 3))]
    """
    labels = find_labels(text)
    headers = _headers(text, labels)
    labels = [
        label for label in labels
        if not any(h.name_start <= label.start < h.end for h in headers)
    ]  # fmt: skip
    marks: list[Label | _Header] = [*labels, *headers]
    marks.sort(key=lambda mark: mark.start)
    pieces: list[Piece] = []
    state = _State()
    for number, mark in enumerate(marks):
        if number == 0:
            pieces += _texts(text, 0, mark.start, state)
        stop = marks[number + 1].start if number + 1 < len(marks) else len(text)
        pieces += _marked(text, mark, stop, state)
    if not marks:
        pieces = _texts(text, 0, len(text), state)
    return Schedule(text=text, pieces=tuple(p for p in pieces if p.end > p.start))


class _State:
    """What the pieces that follow belong to."""

    def __init__(self) -> None:
        self.workstream: str | None = None
        self.inline = False
        self.quarters: tuple[int, ...] = ()
        self.yearly = False


def _marked(text: str, mark: Label | _Header, stop: int, state: _State) -> list[Piece]:
    if isinstance(mark, _Header):
        state.workstream = text[mark.name_start : mark.name_end].strip()
        state.inline, state.quarters, state.yearly = mark.inline, (), False
        return [
            Piece(kind=PieceKind.SEPARATOR, start=mark.start, end=mark.name_start),
            Piece(
                kind=PieceKind.WORKSTREAM, start=mark.name_start, end=mark.name_end,
                workstream=state.workstream,
            ),
            Piece(kind=PieceKind.SEPARATOR, start=mark.name_end, end=mark.end),
            *_texts(text, mark.end, stop, state),
        ]  # fmt: skip
    if _leaves(text, mark, state):
        state.workstream = None
    state.quarters, state.yearly = mark.quarters, mark.yearly
    label = Piece(
        kind=PieceKind.LABEL, start=mark.start, end=mark.end, quarters=mark.quarters,
        yearly=mark.yearly, workstream=state.workstream, misprint=mark.misprint,
    )  # fmt: skip
    body = min(mark.body, stop)
    separator = Piece(kind=PieceKind.SEPARATOR, start=mark.end, end=body)
    return [label, separator, *_texts(text, body, stop, state)]


def _leaves(text: str, label: Label, state: _State) -> bool:
    """Tell whether a chain that starts again on a line of its own is the whole task's."""
    on_new_line = text[: label.start].rstrip(" \t　\r").endswith("\n")
    again = bool(state.quarters) and not state.yearly and label.quarters <= state.quarters
    return state.inline and on_new_line and again


def _texts(text: str, start: int, stop: int, state: _State) -> list[Piece]:
    """Make a text of what lies between two marks, white space around it set apart."""
    inner_start, inner_stop = start, stop
    while inner_start < inner_stop and text[inner_start] in _SPACE:
        inner_start += 1
    while inner_stop > inner_start and text[inner_stop - 1] in _SPACE:
        inner_stop -= 1
    return [
        Piece(kind=PieceKind.SEPARATOR, start=start, end=inner_start),
        Piece(
            kind=PieceKind.TEXT, start=inner_start, end=inner_stop, quarters=state.quarters,
            yearly=state.yearly or not state.quarters, workstream=state.workstream,
        ),
        Piece(kind=PieceKind.SEPARATOR, start=inner_stop, end=stop),
    ]  # fmt: skip


def _headers(text: str, labels: list[Label]) -> list[_Header]:
    """Find the names of workstreams: a clause and a colon that a label follows.

    Where some are named so, a line that opens in the same form with a sentence before its
    first quarter is one as well.
    """
    certain = [h for h in _candidates(text) if _label_follows(text, h, labels)]
    if not certain:
        return []
    starts = {h.name_start for h in certain}
    likely = [
        h for h in _line_candidates(text)
        if h.name_start not in starts and _line_has_label(text, h, labels)
    ]  # fmt: skip
    return sorted([*certain, *likely], key=lambda h: h.start)


def _candidates(text: str) -> list[_Header]:
    """Give every clause that ends in a colon, at a line's start or after a stop."""
    places = sorted({0, *(m.end() for m in re.finditer(f"[{STOPS}]", text))})
    found = (_header_at(text, place) for place in places)
    return [header for header in found if header is not None]


def _line_candidates(text: str) -> list[_Header]:
    places = [0, *(m.end() for m in re.finditer("\n", text))]
    found = (_header_at(text, place) for place in places)
    return [header for header in found if header is not None]


def _header_at(text: str, place: int) -> _Header | None:
    match = _NAME.match(text, place)
    if match is None or not match["name"].strip():
        return None
    if any(label.start == 0 for label in find_labels(match["name"].strip() + "：")):
        return None
    end = match.end()
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    return _Header(
        start=match.start("item") if match["item"] else match.start("name"),
        name_start=match.start("name"), name_end=match.end("name"), end=end,
        inline=bool(rest.strip()),
    )  # fmt: skip


def _label_follows(text: str, header: _Header, labels: list[Label]) -> bool:
    at = header.end
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return any(label.start == at for label in labels)


def _line_has_label(text: str, header: _Header, labels: list[Label]) -> bool:
    line_end = text.find("\n", header.end)
    stop = line_end if line_end >= 0 else len(text)
    return any(header.end <= label.start < stop for label in labels)
