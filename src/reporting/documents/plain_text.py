"""Blocks as plain text: the words, one block a paragraph."""

from collections.abc import Iterable
from functools import singledispatch

from reporting.documents.blocks import (
    Annex,
    Block,
    BulletList,
    Card,
    Contents,
    Cover,
    Fields,
    Figure,
    Heading,
    Notice,
    Page,
    Paragraph,
    Quote,
    Table,
    text_of,
)
from reporting.documents.sources.values import Sources


def to_text(blocks: Iterable[Block]) -> str:
    """Write blocks as plain text, separated by blank lines."""
    return "\n\n".join(text for text in map(_text, blocks) if text)


@singledispatch
def _text(block: object) -> str:
    raise TypeError(f"no plain text for {type(block).__name__}")


@_text.register
def _(block: Heading) -> str:
    return block.text


@_text.register
def _(block: Paragraph) -> str:
    return text_of(block.inlines)


@_text.register
def _(block: Notice) -> str:
    return text_of(block.inlines)


@_text.register
def _(block: Table) -> str:
    lines = [block.caption] if block.caption else []
    lines.append("\t".join(column.label for column in block.columns))
    lines += ["\t".join(text_of(cell) for cell in row.cells) for row in block.rows]
    return "\n".join(lines)


@_text.register
def _(block: Figure) -> str:
    return "\n".join(text for text in (block.caption, block.alt) if text)


@_text.register
def _(block: Fields) -> str:
    return "\n".join(f"{row.label}：{text_of(row.value)}" for row in block.rows)


@_text.register
def _(block: BulletList) -> str:
    marks = (f"{n}. " if block.ordered else "· " for n in range(1, len(block.items) + 1))
    return "\n".join(mark + text_of(item) for mark, item in zip(marks, block.items, strict=True))


@_text.register
def _(block: Quote) -> str:
    return f"“{block.text}”" + (f"（{block.source}）" if block.source else "")


@_text.register
def _(block: Sources) -> str:
    return block.sentence if block.listed else ""


@_text.register
def _(block: Cover) -> str:
    sample = "示例数据" if block.is_sample else ""
    parts = (
        block.title,
        block.issue_number,
        block.issuing_office,
        block.date_text,
        block.headline_text,
        sample,
        block.seal_text,
    )
    return "\n".join(part for part in parts if part)


@_text.register
def _(block: Contents) -> str:
    return block.title


@_text.register
def _(block: Annex) -> str:
    return f"{block.label}\n{block.title}"


@_text.register
def _(block: Card) -> str:
    head = "  ".join(part for part in (block.heading.text, text_of(block.marks)) if part)
    return "\n\n".join(part for part in (head, to_text(block.blocks)) if part)


@_text.register
def _(block: Page) -> str:
    return "\n\n".join((block.heading.text, to_text(block.blocks)))
