"""Tasks as cards: lines of a label and what it announces, one card a task.

重点工作：…, 牵头单位：…, 第一季度：… stand one below the other, as lines of text or in a table of
two or four columns. A card begins where a label comes again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reporting.language.row_words import is_note, is_page_number
from reporting.language.titles import CHAPTER
from reporting.plan.table.columns import Vocabulary, find_header
from reporting.plan.table.grid import Grid, GridCell, GridRow, LooseLine, Source

_LABELLED = re.compile(
    r"\s*(?:[【\[](?P<framed>[^【】\[\]：:\n]{2,16})[】\]]\s*[：:]?"
    r"|(?P<bare>[^：:。；;，,【】\[\]\n]{2,16})[：:])(?P<text>.*)",
    re.DOTALL,
)
_LONGEST_TITLE = 40


class _Line(NamedTuple):
    """A line of the source; ``label`` is empty where it has none."""

    line: int
    label: str
    text: str


@dataclass
class _Card:
    """One task: what each label announces, the labels in order."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    section: bool = False


def read_cards(source: Source, words: Vocabulary) -> Source:
    """Lay the cards of a source out as one table; a source without cards stays as it is."""
    if any(find_header(grid.rows, words, ragged=source.ragged) for grid in source.grids):
        return source
    lines = list(_lines(source, words))
    cards, loose = _cards(lines)
    named = [card for card in cards if not card.section]
    labels = tuple(dict.fromkeys(label for card in named for label in card.texts))
    header = GridRow(tuple(GridCell(label, lines[0].line) for label in labels)) if labels else None
    if header is None or find_header([header], words) is None:
        return source
    rows = tuple(_row(card, labels) for card in cards)
    return replace(
        source,
        grids=(Grid((header, *rows)),),
        loose=tuple(loose),
        ragged=False,
        trimmed=False,
        notes=(*source.notes, f"卡片：{len(named)}张"),
    )


def _lines(source: Source, words: Vocabulary) -> Iterator[_Line]:
    """Yield the lines of a source, those of its tables a label and a text at a time."""
    for at, line in enumerate(source.loose, 1):
        for text in line.text.split("\n"):
            yield _labelled(text, line.line or at, words)
    for row in (row for grid in source.grids for row in grid.rows):
        cells = [cell for cell in row.cells if cell.own]
        for label, cell in zip(cells[::2], cells[1::2], strict=False):
            bare = label.text.strip(" 　：:【】[]\n")
            if words.kind(bare) is not None:
                yield _Line(label.line, bare, cell.text)
            else:
                yield _Line(label.line, "", f"{label.text} {cell.text}".strip())
        if len(cells) % 2:
            yield _labelled(cells[-1].text, cells[-1].line, words)


def _labelled(text: str, line: int, words: Vocabulary) -> _Line:
    match = _LABELLED.fullmatch(text)
    label = (match["framed"] or match["bare"]).strip() if match else ""
    if match is None or words.kind(label) is None:
        return _Line(line, "", text)
    return _Line(line, label, match["text"].strip())


def _cards(lines: Iterable[_Line]) -> tuple[list[_Card], list[LooseLine]]:
    """Part lines into cards and titles between them, and what belongs to no card."""
    cards: list[_Card] = []
    loose: list[LooseLine] = []
    last = ""
    for line in lines:
        if line.label:
            if not cards or cards[-1].section or line.label in cards[-1].texts:
                cards.append(_Card(line.line))
            cards[-1].texts[line.label] = line.text
            last = line.label
        elif _is_title(line.text):
            cards.append(_Card(line.line, {"": line.text.strip()}, section=True))
            last = ""
        elif not line.text.strip():
            continue
        elif not last or is_note(line.text) or is_page_number(line.text):
            loose.append(LooseLine(line.line, line.text, after=bool(last)))
        else:
            cards[-1].texts[last] += f"\n{line.text.strip()}"
    return cards, loose


def _is_title(text: str) -> bool:
    bare = text.strip()
    return (
        CHAPTER.match(bare) is not None and len(bare) <= _LONGEST_TITLE and bare[-1] not in "。；"
    )


def _row(card: _Card, labels: Sequence[str]) -> GridRow:
    if card.section:
        return GridRow((GridCell(card.texts[""], card.line),))
    return GridRow(tuple(GridCell(card.texts.get(label, ""), card.line) for label in labels))
