"""Blocks as Markdown in which every text is escaped."""

import re
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
    GradeMark,
    Heading,
    Inline,
    Link,
    Muted,
    Notice,
    Page,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from reporting.documents.sources.values import Sources

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~^$&:=\"'@/%;,?])")
# The full-width space too, which a reader written in Python strips as white space.
_LEADING_SPACE = re.compile(r"^[ \u3000]+|[ \u3000]+$", re.MULTILINE)


_BREAK_IN_TABLE = " <br>"
"""A cell has one line; where HTML does not count, the space keeps its lines apart."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown (CommonMark with pipe tables).

    Links are their words only: where they lead to has no name in CommonMark, and a reader that
    makes a document of it, as pandoc does, fails on one that leads nowhere.
    """
    return "\n\n".join(text for text in map(_markdown, blocks) if text)


def escape(text: str, line_break: str = "\\\n") -> str:
    """Escape ASCII punctuation, all of which CommonMark allows to be escaped.

    Spaces at the ends of a line would be markup (code, line break) or be lost; they become
    character references.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", text)
    kept = _LEADING_SPACE.sub(
        lambda match: "".join(f"&#{ord(space)};" for space in match.group()), escaped
    )
    # A number at a line's start is a list only before "." or ")", which are escaped.
    return line_break.join(line or "&#8203;" if "\n" in kept else line for line in kept.split("\n"))


def _inlines(inlines: Iterable[Inline], line_break: str = "\\\n") -> str:
    return "".join(_inline(inline, line_break) for inline in inlines)


def _inline(inline: Inline, line_break: str) -> str:
    match inline:
        case Text() | Muted() | Link():
            return escape(inline.text, line_break)
        case Strong():
            return f"**{escape(inline.text, line_break)}**" if inline.text.strip() else ""
        case GradeMark():
            return f"{inline.grade.style.shape} {inline.grade}"


@singledispatch
def _markdown(block: object) -> str:
    raise TypeError(f"no Markdown for {type(block).__name__}")


@_markdown.register
def _(block: Sources) -> str:
    return escape(block.sentence) if block.listed else ""


@_markdown.register
def _(block: Heading) -> str:
    return f"{'#' * (block.level + 1)} {escape(block.text, ' ')}"


@_markdown.register
def _(block: Paragraph) -> str:
    return _inlines(block.inlines)


@_markdown.register
def _(block: Notice) -> str:
    return "> " + _inlines(block.inlines).replace("\n", "\n> ")


@_markdown.register
def _(block: BulletList) -> str:
    marks = (f"{n}. " if block.ordered else "- " for n in range(1, len(block.items) + 1))
    return "\n".join(
        # Lines of an item stand under its text, or they would end the list.
        mark + _inlines(item).replace("\n", "\n" + " " * len(mark))
        for mark, item in zip(marks, block.items, strict=True)
    )


@_markdown.register
def _(block: Quote) -> str:
    source = f"\n>\n> {escape(block.source)}" if block.source else ""
    return "> " + escape(block.text).replace("\n", "\n> ") + source


@_markdown.register
def _(block: Fields) -> str:
    return "\n".join(
        f"- **{escape(row.label, ' ')}**：" + _inlines(row.value).replace("\n", "\n  ")
        for row in block.rows
    )


@_markdown.register
def _(block: Table) -> str:
    rules = {"left": ":---", "center": ":---:", "right": "---:"}
    head = [escape(column.label, _BREAK_IN_TABLE) for column in block.columns]
    rule = ["---:" if column.numeric else rules[column.align] for column in block.columns]
    rows = [[_inlines(cell, _BREAK_IN_TABLE) for cell in row.cells] for row in block.rows]
    lines = "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))
    return f"{escape(block.caption)}\n\n{lines}" if block.caption else lines


@_markdown.register
def _(block: Figure) -> str:
    # The picture itself is in the HTML; Markdown carries its message.
    return escape("\n".join(text for text in (block.caption, block.alt) if text))


@_markdown.register
def _(block: Cover) -> str:
    title = f"# {escape(block.headline_text, ' ')}"
    facts = "　".join(escape(text) for text in (*_head(block), block.seal_text) if text)
    sample = "\n\n> 示例数据" if block.is_sample else ""
    return f"{title}\n\n{facts}{sample}"


def _head(block: Cover) -> tuple[str, ...]:
    return block.title, block.issue_number, block.issuing_office, block.date_text


@_markdown.register
def _(block: Contents) -> str:
    return "\n".join(
        f"{'  ' * (entry.level - 1)}- {escape(entry.text, ' ')}"
        for entry in block.entries
        if entry.level <= block.depth
    )


@_markdown.register
def _(block: Annex) -> str:
    return f"**{escape(block.label)}**\n\n## {escape(block.title, ' ')}"


@_markdown.register
def _(block: Card) -> str:
    parts = (_markdown(block.heading), _inlines(block.marks), to_markdown(block.blocks))
    return "\n\n".join(part for part in parts if part)


@_markdown.register
def _(block: Page) -> str:
    return "\n\n".join((_markdown(block.heading), to_markdown(block.blocks)))
