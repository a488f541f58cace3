"""Exhibits, paragraphs and columns, made in few words."""

from typing import Any

from reporting.documents.blocks import Block, Column, Notice, Paragraph
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step

Cell = Any
"""What `Inlines` takes: a string, a grade, an inline, or a run of them."""


def exhibit(*blocks: Block | None) -> Exhibit:
    """Put blocks together; None is nothing."""
    return Exhibit(blocks=tuple(block for block in blocks if block is not None))


def paragraph(*parts: Cell, origin: tuple[Step, ...] = ()) -> Paragraph | None:
    """Make a paragraph of what is not empty; nothing of nothing.

    ``origin`` says where its figures come from.
    """
    kept = tuple(part for part in parts if part)
    return Paragraph(inlines=kept, origin=origin) if kept else None


def nothing(words: str, origin: tuple[Step, ...] = ()) -> Notice:
    """Say that there is nothing to show, rather than show nothing."""
    return Notice(inlines=words, origin=origin)


def text(key: str, label: str, share: float = 1) -> Column:
    """Make a column of words."""
    return Column(key=key, label=label, share=share)


def mark(key: str, label: str, share: float = 1) -> Column:
    """Make a column of grades or other short words."""
    return Column(key=key, label=label, share=share, align="center")


def number(key: str, label: str, share: float = 1) -> Column:
    """Make a column of figures."""
    return Column(key=key, label=label, share=share, align="right", numeric=True)
