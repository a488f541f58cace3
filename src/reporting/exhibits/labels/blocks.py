"""Blocks under the labels of an office: heads, names of fields, grades and captions.

What stands under a label is a value of the table or the returns and stays as it is.
"""

from reporting.documents.blocks import (
    Block,
    Column,
    Contents,
    FieldRow,
    Figure,
    GradeMark,
    Inlines,
    Muted,
    Row,
    Table,
    Text,
    rebuilt,
)
from reporting.documents.slides.values import BarChart, Deck, Slide
from reporting.labels.values import Labels
from reporting.values import Value

_GRADES = frozenset({"self", "grade", "grades", "before", "now", "label"})
"""Keys of columns whose words are grades, or heads of what is counted."""
_RATED = frozenset({"单位自评", "核定结果"})


def labelled(blocks: tuple[Block, ...], labels: Labels) -> tuple[Block, ...]:
    """Give blocks under the labels of an office; with the usual ones, the blocks themselves."""
    if labels.are_usual:
        return blocks
    return rebuilt(blocks, lambda part: _part(part, labels))


def _part(part: Value, labels: Labels) -> Value:
    match part:
        case GradeMark():
            return part.model_copy(update={"grade": labels.grade(part.grade)})
        case Column() | Contents():
            field = "label" if isinstance(part, Column) else "title"
            return part.model_copy(update={field: labels(getattr(part, field))})
        case FieldRow():
            value = _words(part.value, labels) if part.label in _RATED else part.value
            return part.model_copy(update={"label": labels(part.label), "value": value})
        case Figure():
            return part.model_copy(update={"caption": labels(part.caption)})
        case Table():
            rows = tuple(_row(part, row, labels) for row in part.rows)
            return part.model_copy(update={"caption": labels(part.caption), "rows": rows})
    return part


def _row(table: Table, row: Row, labels: Labels) -> Row:
    cells = tuple(
        _words(cell, labels) if column.key in _GRADES else cell
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return row.model_copy(update={"cells": cells})


def _words(cell: Inlines, labels: Labels) -> Inlines:
    return tuple(
        part.model_copy(update={"text": labels(part.text)})
        if isinstance(part, Text | Muted)
        else part
        for part in cell
    )


def labelled_slides(deck: Deck, labels: Labels) -> Deck:
    """Give slides under the labels of an office."""
    return deck.model_copy(update={"slides": tuple(_slide(slide, labels) for slide in deck.slides)})


def _slide(slide: Slide, labels: Labels) -> Slide:
    parts = tuple(
        _chart(part, labels) if isinstance(part, BarChart) else labelled((part,), labels)[0]
        for part in slide.parts
    )
    return slide.model_copy(update={"parts": parts})


def _chart(chart: BarChart, labels: Labels) -> BarChart:
    series = tuple(one.model_copy(update={"name": labels(one.name)}) for one in chart.series)
    categories = tuple(map(labels, chart.categories))
    return chart.model_copy(update={"categories": categories, "series": series})
