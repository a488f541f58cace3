"""Join the parts of a document to its sources: by name, by link, and none that is not there."""

from collections.abc import Iterable, Iterator, Mapping

from reporting.documents.blocks import (
    Annex,
    Block,
    BulletList,
    Card,
    FieldRow,
    Heading,
    Inline,
    Link,
    Notice,
    Paragraph,
    Row,
    rebuilt,
    walk,
)
from reporting.documents.sources.values import Source, Sourced, Sources, Step
from reporting.values import Value

Blocks = tuple[Block, ...]


def sources_of(blocks: Iterable[Block]) -> Sources | None:
    """Find the block of sources; None of a document that names none."""
    return next((part for part in walk(blocks) if isinstance(part, Sources)), None)


def with_origins(blocks: Blocks) -> Blocks:
    """Let every part that leads to a source's name come from it, and keep the sources used.

    A row that links to a task is about the task. Without a block of sources nothing has an
    origin: there would be nothing to open.
    """
    sources = sources_of(blocks)
    known = {
        place: one.name
        for one in (sources.sources if sources else ())
        for place in (one.name, *one.also)
    }

    def joined(part: Value) -> Value:
        if not isinstance(part, Sourced):
            return part
        origin = _origin(part, known) if sources else ()
        return part if origin == part.origin else part.model_copy(update={"origin": origin})

    found = rebuilt(blocks, joined)
    return _pruned(found, sources) if sources else found


def _origin(part: Sourced, known: Mapping[str, str]) -> tuple[Step, ...]:
    said = tuple(
        step.model_copy(update={"of": tuple(known[name] for name in step.of if name in known)})
        for step in part.origin
    )
    named = frozenset(step.of[0] for step in said if len(step.of) == 1 and not step.words)
    led = dict.fromkeys(known[name] for name in _names(part) if name in known)
    if isinstance(part, Annex):
        said = (*said, Step(words=f"{part.label}：本文附件的编号"))
    return (*said, *(Step(of=(name,)) for name in led if name not in named))


def _names(part: Sourced) -> Iterator[str]:
    """Name what a part leads to: its own place, and its links."""
    match part:
        case Row():
            yield from filter(None, (part.anchor,))
            for cell in part.cells:
                yield from _links(cell)
        case Heading() | Annex():
            yield part.anchor
        case Card():
            yield part.heading.anchor
        case Paragraph() | Notice():
            yield from _links(part.inlines)
        case BulletList():
            for item in part.items:
                yield from _links(item)
        case FieldRow():
            yield from _links(part.value)


def _links(inlines: Iterable[Inline]) -> Iterator[str]:
    return (inline.anchor for inline in inlines if isinstance(inline, Link))


def _pruned(blocks: Blocks, sources: Sources) -> Blocks:
    """Leave out the sources that no figure leads to."""
    by_name = {one.name: one for one in sources.sources}
    used = {name for part in walk(blocks) if isinstance(part, Sourced)
            for step in part.origin for name in step.of}  # fmt: skip
    waiting = list(used)
    while waiting:
        for step in by_name[waiting.pop()].steps:
            fresh = {name for name in step.of if name in by_name} - used
            used |= fresh
            waiting += fresh
    kept = tuple(_known_steps(one, by_name) for one in sources.sources if one.name in used)
    named = {row.file for one in kept for row in one.rows}
    files = tuple(file for file in sources.files if file.name in named)
    held = sources.model_copy(update={"sources": kept, "files": files})
    return tuple(held if isinstance(block, Sources) else block for block in blocks)


def _known_steps(source: Source, by_name: dict[str, Source]) -> Source:
    steps = tuple(
        step.model_copy(update={"of": tuple(name for name in step.of if name in by_name)})
        for step in source.steps
    )
    return source if steps == source.steps else source.model_copy(update={"steps": steps})
