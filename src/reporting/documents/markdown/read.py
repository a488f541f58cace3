"""Markdown cells of a notebook as blocks."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import mistune

from reporting.documents.blocks import (
    Block,
    BulletList,
    Column,
    Figure,
    Heading,
    Inline,
    Link,
    Notice,
    Paragraph,
    Strong,
    Table,
    Text,
    text_of,
)
from reporting.documents.foreign import fragment_text

_parse = mistune.create_markdown(renderer="ast", plugins=["table"])
_HTML_PICTURE = re.compile(r"""<img\b[^>]*?\bsrc=["']?([^"'\s>]+)""", re.IGNORECASE)
_ANCHOR = re.compile(r"#[A-Za-z][A-Za-z0-9_-]*")


def markdown_blocks(source: str, attachments: Mapping[str, Any]) -> list[Block]:
    """Read Markdown; raw HTML in it counts for its words only.

    ``#`` is a document's title; ``##`` is a heading of level 1, ``###`` of level 2, and so on.
    Where a notebook has a cover, whose title it is, ``#`` is level 1 as well.
    """
    tokens = _parse(source)
    return [b for token in tokens for b in _blocks(token, attachments)]


def _blocks(token: Any, attachments: Mapping[str, Any]) -> Iterable[Block]:
    match token["type"]:
        case "heading":
            # The first level is the title's; see `markdown_blocks`.
            level = min(max(token["attrs"]["level"] - 1, 1), 4)
            yield Heading(level=level, text=text_of(_inlines(token["children"])))
        case "paragraph" | "block_text":
            yield from _figures(token["children"], attachments)
            inlines = _inlines(token["children"])
            if text_of(inlines).strip():
                yield Paragraph(inlines=inlines)
        case "list":
            items = tuple(_flat(item) for item in token["children"])
            yield BulletList(items=items, ordered=bool(token["attrs"].get("ordered")))
        case "block_quote":
            yield Notice(inlines=_flat(token))
        case "block_code":
            yield Paragraph(inlines=token["raw"].rstrip("\n"), indent=False)
        case "block_html":
            if text := fragment_text(token["raw"]):
                yield Paragraph(inlines=text)
        case "table":
            yield _table(token)


def images_of(source: str) -> list[tuple[str, bool]]:
    """List the pictures of a text by address, and whether each stands where it is set.

    Those in raw HTML count as pictures that do not.
    """
    return [found for token in _parse(source) for found in _images(token, top=True)]


def _images(token: Any, *, top: bool) -> Iterable[tuple[str, bool]]:
    for child in token.get("children", ()):
        if child["type"] == "image":
            yield child["attrs"]["url"], top and token["type"] in ("paragraph", "block_text")
        else:
            yield from _images(child, top=False)
    if token["type"] in ("block_html", "inline_html"):
        for address in _HTML_PICTURE.findall(token["raw"]):
            yield address, False


def _flat(token: Any) -> tuple[Inline, ...]:
    """Join all the words below a token into one run, a line each."""
    runs: list[Inline] = []
    for child in token.get("children", ()):
        inlines = _inlines(child["children"]) if _holds_inlines(child) else _flat(child)
        if not inlines and "raw" in child:
            inlines = (Text(text=child["raw"].rstrip("\n")),)
        if inlines and runs:
            runs.append(Text(text="\n"))
        runs.extend(inlines)
    return tuple(runs)


def _holds_inlines(token: Any) -> bool:
    return token["type"] in ("paragraph", "block_text", "heading")


def _inlines(tokens: Iterable[Any]) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    broken = False
    for token in tokens:
        found = tuple(_inline(token))
        # Where a source line ends, Chinese sets no space, but Latin words need one.
        if broken and found and text_of(inlines)[-1:].isascii() and text_of(found)[:1].isascii():
            inlines.append(Text(text=" "))
        broken = token["type"] == "softbreak"
        inlines.extend(found)
    return tuple(inlines)


def _inline(token: Any) -> Iterable[Inline]:
    match token["type"]:
        # Emphasis and code have no place in an official paper: their words count.
        case "text" | "codespan":
            yield Text(text=token["raw"])
        case "strong":
            yield Strong(text=text_of(_inlines(token["children"])))
        case "link":
            yield from _link(token)
        case "linebreak":
            yield Text(text="\n")
        case "inline_html":
            if token["raw"].lower().startswith("<br"):
                yield Text(text="\n")
        case _:
            yield from _inlines(token.get("children", ()))


def _link(token: Any) -> Iterable[Inline]:
    words, url = text_of(_inlines(token["children"])), token["attrs"]["url"]
    if _ANCHOR.fullmatch(url):
        yield Link(text=words, anchor=url[1:])
    else:
        # A report leads nowhere outside itself; the address stays to be read.
        yield Text(text=words if words == url else f"{words}（{url}）")


def _figures(tokens: Iterable[Any], attachments: Mapping[str, Any]) -> Iterable[Block]:
    """Find pictures attached to the cell; others are not part of the notebook."""
    for token in tokens:
        if token["type"] != "image":
            continue
        name = token["attrs"]["url"].removeprefix("attachment:")
        alt = text_of(_inlines(token["children"])) or name
        for media, data in attachments.get(name, {}).items():
            if media in ("image/png", "image/jpeg"):
                yield Figure(data=data, media=media, alt=alt)


def _table(token: Any) -> Table:
    head, *bodies = token["children"]
    columns = tuple(
        Column(
            key=f"c{number}",
            label=text_of(_inlines(cell["children"])),
            align=cell["attrs"].get("align") or "left",
        )
        for number, cell in enumerate(head["children"], 1)
    )
    rows = tuple(
        tuple(_inlines(cell["children"]) for cell in row["children"])
        for body in bodies
        for row in body["children"]
    )
    return Table(columns=columns, rows=rows)
