"""Make loose blocks a whole: anchors, levels of headings, links, contents."""

from collections.abc import Iterable
from itertools import count

from reporting.documents.blocks import (
    Annex,
    Block,
    Contents,
    Entry,
    Figure,
    Heading,
    Link,
    Row,
    Table,
    Text,
    rebuilt,
    walk,
)
from reporting.values import Value

Blocks = tuple[Block, ...]
_Named = Heading | Annex | Table | Row | Figure
"""What may have an anchor; a link and an entry of the contents lead to one."""


def complete(blocks: Iterable[Block]) -> Blocks:
    """Give headings anchors and steady levels, mend links, and fill in the contents."""
    found = _with_steady_levels(tuple(blocks))
    found = _with_anchors(found)
    found = _without_dead_links(found)
    return _with_contents(found)


def entries_of(blocks: Blocks) -> tuple[Entry, ...]:
    """List all headings in reading order, for contents and bookmarks."""
    entries: list[Entry] = []
    for part in walk(blocks):
        if isinstance(part, Heading):
            entries.append(Entry(level=part.level, text=part.text, anchor=part.anchor))
        elif isinstance(part, Annex):
            text = f"{part.label}　{part.title}"
            entries.append(Entry(level=1, text=text, anchor=part.anchor))
    return tuple(entries)


def _with_steady_levels(blocks: Blocks) -> Blocks:
    """Let no heading be more than one level below the one before it."""
    level = 0

    def steady(part: Value) -> Value:
        nonlocal level
        # An annex is a heading of the first level, with a label before it.
        if isinstance(part, Annex):
            level = 1
        elif isinstance(part, Heading):
            level = min(part.level, level + 1)
            return part if part.level == level else part.model_copy(update={"level": level})
        return part

    return rebuilt(blocks, steady)


def _with_anchors(blocks: Blocks) -> Blocks:
    """Drop doubled anchors, and name the headings that have none."""
    given = {part.anchor for part in walk(blocks) if isinstance(part, _Named)}
    fresh = (name for number in count(1) if (name := f"section-{number}") not in given)
    met: set[str] = set()

    def named(part: Value) -> Value:
        if not isinstance(part, _Named):
            return part
        anchor = "" if part.anchor in met else part.anchor
        # Only a heading must have one: contents and bookmarks lead to it.
        if not anchor and isinstance(part, Heading | Annex):
            anchor = next(fresh)
        met.add(anchor)
        return part if anchor == part.anchor else part.model_copy(update={"anchor": anchor})

    return rebuilt(blocks, named)


def _without_dead_links(blocks: Blocks) -> Blocks:
    """Turn links that lead nowhere into words."""
    anchors = {part.anchor for part in walk(blocks) if isinstance(part, _Named)}

    def living(part: Value) -> Value:
        if isinstance(part, Link) and part.anchor not in anchors:
            return Text(text=part.text)
        return part

    return rebuilt(blocks, living)


def _with_contents(blocks: Blocks) -> Blocks:
    entries = entries_of(blocks)
    return tuple(
        block.model_copy(update={"entries": entries}) if isinstance(block, Contents) else block
        for block in blocks
    )
