"""What fits on a slide: sizes, heights of rows, and what goes on the next page.

A presentation has no flow: what is too long runs over the edge. So lengths are estimated here,
and every line has a fixed pitch, whichever face the office has.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import floor

from reporting.documents.blocks import BulletList, GradeMark, Inline, Row, Table, Text
from reporting.documents.layout.widths import balanced, column_widths, text_lines
from reporting.documents.slides.values import BarChart, Part, Slide
from reporting.language.clip import clip
from reporting.values import Value

WIDTH_PT, HEIGHT_PT = 960, 540
"""16 : 9, as screens are."""
MARGIN_PT = 44
BODY_PT, LIST_PT, REMARK_PT, FOOT_PT = 18, 22, 14, 12
PITCH = 1.25
GAP_PT = 24
CELL_PT = (6, 4)
"""Room in a cell beside and above its text."""
_COUNTED_PT = 8.5
"""Room beside a text that `column_widths` takes off."""
_SLACK_EM = 0.4
"""Programs break a line a little earlier than the estimate where faces differ."""
_LIST_GAP_PT = 10


class Box(Value):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


TITLE = Box(left=MARGIN_PT, top=22, width=WIDTH_PT - 2 * MARGIN_PT - 116, height=76)
BODY = Box(left=MARGIN_PT, top=116, width=WIDTH_PT - 2 * MARGIN_PT, height=376)
_TITLE_SIZES = ((28, 2), (24, 2), (20, 3))
"""Sizes of a message, and how many lines of it there is room for."""


def title_of(text: str) -> tuple[str, int]:
    """Choose the size of a message; one that is too long for the smallest is cut."""
    line = text.replace("\n", " ")
    for size, lines in _TITLE_SIZES:
        width = TITLE.width / size - _SLACK_EM
        if text_lines(line, width) <= lines:
            return line, size
    return clip(line, floor(width * lines) - 2), size


def boxes(slide: Slide) -> list[Box]:
    """Share out the room below the message among a slide's parts."""
    height = room(slide)
    if len(slide.parts) == 1:
        return [BODY.model_copy(update={"height": height})]
    first = (BODY.width - GAP_PT) * slide.share
    second = BODY.left + first + GAP_PT
    return [
        Box(left=BODY.left, top=BODY.top, width=first, height=height),
        Box(left=second, top=BODY.top, width=BODY.width - first - GAP_PT, height=height),
    ]


def room(slide: Slide) -> float:
    """Tell how high the parts of a slide may be."""
    return BODY.height - remark_height(slide)


def remark_height(slide: Slide) -> float:
    """Tell how high a slide's remark is."""
    if not slide.remark:
        return 0
    lines = text_lines(slide.remark, BODY.width / REMARK_PT - _SLACK_EM)
    return lines * REMARK_PT * PITCH + 10


def pages(slide: Slide) -> list[Slide]:
    """Part a slide whose rows or items are too many; each page keeps message and notes.

    What stands beside them stays on the first page.
    """
    cut = [_cut(part, box) for part, box in zip(slide.parts, boxes(slide), strict=True)]
    longest = max(map(len, cut))
    if longest == 1:
        return [slide.model_copy(update={"parts": tuple(part for (part,) in cut)})]
    first = tuple(pieces[0] for pieces in cut)
    rest = chain.from_iterable(pieces[1:] for pieces in cut)
    found = [first, *((part,) for part in rest)]
    return [
        slide.model_copy(
            update={"title": f"{slide.title}（{number}/{len(found)}）", "parts": parts}
        )
        for number, parts in enumerate(found, 1)
    ]


def _cut(part: Part, box: Box) -> list[Part]:
    match part:
        case BarChart():
            return [part]
        case Table():
            return list(_cut_table(part, box))
        case BulletList():
            return list(_cut_list(part, box))


def _cut_table(table: Table, box: Box) -> Iterator[Table]:
    widths = widths_of(table, box.width)
    head = head_height(table, widths)
    rows = [_shortened(row, widths, box.height - head) for row in table.rows]
    heights = [row_height(row, widths) for row in rows]
    for start, end in _runs(heights, box.height - head):
        yield table.model_copy(update={"rows": tuple(rows[start:end])})


def _cut_list(items: BulletList, box: Box) -> Iterator[BulletList]:
    most = floor(box.height / (LIST_PT * PITCH)) - 1
    width = list_width(box.width)
    kept = [
        item
        if text_lines(written(item), width) <= most
        else (Text(text=clip(written(item), floor(width * most * 0.9))),)
        for item in items.items
    ]
    for start, end in _runs([item_height(item, box.width) for item in kept], box.height):
        yield items.model_copy(update={"items": tuple(kept[start:end])})


def _runs(heights: Sequence[float], most: float) -> list[tuple[int, int]]:
    """Part a run of heights so that each part is no higher than that, and all much alike."""
    found = list(_filled(heights, most))
    # As many pages as needed, but not a last one with a single row.
    while True:
        most -= BODY_PT * PITCH
        evener = list(_filled(heights, most))
        if len(found) == 1 or len(evener) > len(found) or most < max(heights):
            return found
        found = evener


def _filled(heights: Sequence[float], most: float) -> Iterator[tuple[int, int]]:
    start, filled = 0, 0.0
    for at, height in enumerate(heights):
        if at > start and filled + height > most:
            yield start, at
            start, filled = at, 0.0
        filled += height
    yield start, len(heights)


def _shortened(row: Row, widths: Sequence[float], most: float) -> Row:
    """Cut the texts of a row that would fill more than a page by itself."""
    if row_height(row, widths) <= most:
        return row
    lines = floor((most - 2 * CELL_PT[1]) / (BODY_PT * PITCH))
    cells = tuple(
        cell
        if text_lines(written(cell), _ems(width)) <= lines
        else (Text(text=clip(written(cell).replace("\n", " "), floor(_ems(width) * lines * 0.9))),)
        for cell, width in zip(row.cells, widths, strict=True)
    )
    return row.model_copy(update={"cells": cells})


def widths_of(table: Table, width: float) -> list[float]:
    """Share out the width of a table, in points."""
    more = 2 * CELL_PT[0] + _SLACK_EM * BODY_PT - _COUNTED_PT
    found = column_widths(table, width - more * len(table.columns), BODY_PT)
    return [one + more for one in found]


def head_height(table: Table, widths: Sequence[float]) -> float:
    """Estimate how high the head of a table is."""
    labels = (label_of(c.label, w) for c, w in zip(table.columns, widths, strict=True))
    lines = max(label.count("\n") + 1 for label in labels)
    return lines * BODY_PT * PITCH + 2 * CELL_PT[1]


def label_of(label: str, width: float) -> str:
    """Break a label into the lines it takes in a column."""
    return balanced(label, _ems(width))


def row_height(row: Row, widths: Sequence[float]) -> float:
    """Estimate how high a row is."""
    lines = max(
        text_lines(written(cell), _ems(width))
        for cell, width in zip(row.cells, widths, strict=True)
    )
    return lines * BODY_PT * PITCH + 2 * CELL_PT[1]


def _ems(width: float) -> float:
    return max((width - 2 * CELL_PT[0]) / BODY_PT - _SLACK_EM, 1)


def list_width(width: float) -> float:
    """Tell how many em an item of a list has beside its mark."""
    return width / LIST_PT - 1.5 - _SLACK_EM


def item_height(item: Sequence[Inline], width: float) -> float:
    """Estimate how high an item of a list is."""
    lines = text_lines(written(item), list_width(width))
    return lines * LIST_PT * PITCH + _LIST_GAP_PT


def written(inlines: Sequence[Inline]) -> str:
    """Join inlines as a slide writes them: a grade with its shape."""
    return "".join(map(inline_text, inlines))


def inline_text(part: Inline) -> str:
    """Write one inline."""
    if isinstance(part, GradeMark):
        return f"{part.grade.style.shape}\u00a0{part.grade}"
    return part.text
