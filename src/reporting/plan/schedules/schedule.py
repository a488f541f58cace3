"""A schedule taken apart: labels, separators, names of workstreams, and the texts they bind.

The pieces follow each other without gap or overlap; put together they give the cell back.
"""

from enum import StrEnum

from reporting.language.phrases.labels import Label, find_labels
from reporting.language.phrases.workstreams import Header, find_headers, is_introduction
from reporting.values import Value


class PieceKind(StrEnum):
    """What a piece of a schedule is."""

    LABEL = "label"
    SEPARATOR = "separator"
    WORKSTREAM = "workstream"
    TEXT = "text"


class Piece(Value):
    """A piece of a schedule.

    Attributes
    ----------
    quarters : tuple of int
        The quarters a label names or a text is bound to; empty for what holds all year by
        having no label at all.
    yearly : bool
        It holds all year, by its label or by having none.
    deadline, misprint, doubtful : bool
        What a label is besides: a month or the year's end, misspelt, or of unclear reach.
    workstream : str or None
        The name of the workstream (工作子项) it belongs to.
    """

    kind: PieceKind
    start: int
    end: int
    quarters: tuple[int, ...] = ()
    yearly: bool = False
    deadline: bool = False
    misprint: bool = False
    doubtful: bool = False
    workstream: str | None = None


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

    @property
    def labels(self) -> tuple[Piece, ...]:
        """The pieces that name quarters."""
        return tuple(p for p in self.pieces if p.kind is PieceKind.LABEL)


def parse_schedule(text: str, year: int) -> Schedule:
    """Take a schedule apart; a label of another year is part of a text.

    Examples
    --------
    >>> schedule = parse_schedule("一季度，启动。二、三季度，推进。", 2023)
    >>> [(schedule.words(p), p.quarters) for p in schedule.texts]
    [('启动。', (1,)), ('推进。', (2, 3))]
    """
    labels = find_labels(text, year)
    headers = find_headers(text, labels, year)
    labels = [label for label in labels if not any(h.start <= label.start < h.end for h in headers)]
    reader = _Reader(text)
    marks: list[Label | Header] = [*labels, *headers]
    for mark in sorted(marks, key=lambda mark: mark.opening):
        reader.read_text(mark.opening)
        if isinstance(mark, Header):
            reader.enter(mark)
        else:
            reader.bind(mark)
    reader.read_text(len(text))
    pieces = [piece for piece in reader.pieces if piece.end > piece.start]
    return Schedule(text=text, pieces=tuple(_with_bare_labels_as_texts(pieces)))


def _with_bare_labels_as_texts(pieces: list[Piece]) -> list[Piece]:
    """Take the labels as texts where there is no other: a cell that gives a time only."""
    if any(piece.kind is PieceKind.TEXT for piece in pieces):
        return pieces
    return [
        piece.model_copy(update={"kind": PieceKind.TEXT})
        if piece.kind is PieceKind.LABEL
        else piece
        for piece in pieces
    ]


class _Reader:
    """Reads from mark to mark; knows what the words that follow belong to."""

    def __init__(self, text: str) -> None:
        self.pieces: list[Piece] = []
        self._text = text
        self._at = 0
        self._header: Header | None = None
        self._label: Label | None = None

    @property
    def _workstream(self) -> str | None:
        return self._header.name if self._header else None

    def enter(self, header: Header) -> None:
        """Enter a workstream."""
        self._header, self._label = header, None
        self._add(PieceKind.SEPARATOR, header.start)
        self._add(PieceKind.WORKSTREAM, header.start + len(header.name))
        self._add(PieceKind.SEPARATOR, header.end)

    def bind(self, label: Label) -> None:
        """Bind what follows to the quarters of a label."""
        if self._leaves(label):
            self._header = None
        self._label = label
        self._add(PieceKind.SEPARATOR, label.start)
        self._add(PieceKind.LABEL, label.end)
        self._add(PieceKind.SEPARATOR, label.body)

    def read_text(self, stop: int) -> None:
        """Make a text of what lies before a mark, white space around it set apart."""
        words = self._text[self._at : stop]
        start = self._at + len(words) - len(words.lstrip())
        end = self._at + len(words.rstrip())
        self._add(PieceKind.SEPARATOR, min(start, stop))
        kind = PieceKind.SEPARATOR if _says_nothing(words) else PieceKind.TEXT
        self._add(kind, max(end, self._at))
        self._add(PieceKind.SEPARATOR, stop)

    def _add(self, kind: PieceKind, end: int) -> None:
        period = self._label.period if self._label else None
        bound = kind in {PieceKind.LABEL, PieceKind.TEXT}
        self.pieces.append(
            Piece(
                kind=kind,
                start=self._at,
                end=max(end, self._at),
                quarters=period.quarters if period and bound else (),
                yearly=bound and (period is None or period.yearly),
                deadline=bool(period and bound and period.deadline),
                misprint=bool(period and bound and period.misprint),
                doubtful=bool(period and bound and period.doubtful),
                workstream=self._workstream if kind is not PieceKind.SEPARATOR else None,
            )
        )
        self._at = max(end, self._at)

    def _leaves(self, label: Label) -> bool:
        """Tell whether a label on a new line is the whole task's, not the workstream's.

        It is after a workstream written in one line, when the chain starts again or the year
        is named.
        """
        if self._header is None or self._label is None or not self._header.inline:
            return False
        if self._text[: label.opening].rpartition("\n")[2].strip():
            return False
        if label.period.yearly:
            return "\n" not in self._text[self._header.end : self._label.end]
        return not self._label.period.yearly and label.quarters[0] <= self._label.quarters[0]


def _says_nothing(words: str) -> bool:
    """Tell words that promise nothing: marks alone, 无, or an introduction (安排如下：)."""
    kept = "".join(c for c in words if c.isalnum())
    return kept in {"", "无", "暂无"} or is_introduction(words)
