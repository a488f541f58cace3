"""Make loose blocks a whole: anchors, levels of headings, links, contents."""

from collections.abc import Iterable, Iterator
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
from reporting.documents.sources.origins import with_origins
from reporting.documents.sources.values import Sources
from reporting.language.heading_numbers import is_numbered, renumbered
from reporting.values import Value

Blocks = tuple[Block, ...]
_NAMED = (Heading, Annex, Table, Row, Figure)
"""What may have an anchor; a link and an entry of the contents lead to one."""


def complete(blocks: Iterable[Block]) -> Blocks:
    """Give headings anchors and steady levels, mend links, and fill in the contents."""
    found = _without_bare_headings(tuple(blocks))
    found = _with_steady_levels(found)
    found = _with_anchors(found)
    found = with_origins(found)
    found = _without_dead_links(found)
    return _with_contents(found)


def entries_of(blocks: Blocks) -> tuple[Entry, ...]:
    """List all headings in reading order, for contents and bookmarks."""
    entries: list[Entry] = []
    for part in walk(blocks):
        if isinstance(part, Heading):
            entries.append(
                Entry(level=part.level, text=part.text, anchor=part.anchor, origin=part.origin)
            )
        elif isinstance(part, Annex):
            text = f"{part.label}　{part.title}"
            entries.append(Entry(level=1, text=text, anchor=part.anchor, origin=part.origin))
    return tuple(entries)


def _without_bare_headings(blocks: Blocks) -> Blocks:
    """Leave out numbered headings that nothing stands under, and count the others on.

    A heading without a number may be all that somebody wanted to say.
    """
    kept = tuple(
        block
        for at, block in enumerate(blocks)
        if not (isinstance(block, Heading) and _is_bare(block, blocks[at + 1 :]))
    )
    # Of a document of nothing else they are all that was said.
    return blocks if len(kept) in (0, len(blocks)) else tuple(_counted_on(kept))


def _is_bare(heading: Heading, rest: Blocks) -> bool:
    if not is_numbered(heading.text, heading.level):
        return False
    for block in rest:
        if isinstance(block, Annex):
            return True
        if isinstance(block, Sources) and not block.listed:
            continue
        if not isinstance(block, Heading):
            return False
        if block.level <= heading.level:
            return True
    return True


def _counted_on(blocks: Blocks) -> Iterator[Block]:
    """Count headings on; those of the second level begin anew below each of the first."""
    places = dict.fromkeys(range(1, 5), 0)
    for block in blocks:
        if isinstance(block, Annex):
            places = dict.fromkeys(places, 0)
        if isinstance(block, Heading):
            level = block.level
            places |= {lower: 0 for lower in places if lower > level}
            if is_numbered(block.text, level):
                places[level] += 1
                text = renumbered(block.text, level, places[level])
                block = block.model_copy(update={"text": text})
        yield block


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
    given = {part.anchor for part in walk(blocks) if isinstance(part, _NAMED)}
    fresh = (name for number in count(1) if (name := f"section-{number}") not in given)
    met: set[str] = set()

    def named(part: Value) -> Value:
        if not isinstance(part, _NAMED):
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
    anchors = {part.anchor for part in walk(blocks) if isinstance(part, _NAMED)}

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
