"""Pictures that Markdown cells show from files: carried along with the notebook."""

import base64
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from reporting.documents.markdown.read import images_of

ATTACHED = "attachment:"
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_MEDIA = frozenset(_KINDS.values())


def with_pictures(
    notebook: dict[str, Any], files: Mapping[str, bytes], place: str
) -> dict[str, Any]:
    """Attach to Markdown cells the declared pictures that they show.

    Parameters
    ----------
    files : mapping of str to bytes
        What the notebook declares, by path in the project.
    place : str
        The notebook's folder in the project.
    """
    if not files:
        return notebook
    cells = [_with_pictures(cell, files, place) for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def _with_pictures(cell: dict[str, Any], files: Mapping[str, bytes], place: str) -> dict[str, Any]:
    if cell["cell_type"] != "markdown":
        return cell
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    attached = dict(cell.get("attachments", {}))
    for url, _ in images_of(source):
        content = files.get(posixpath.normpath(posixpath.join(place, unquote(url))))
        media = None if content is None else _media(content)
        if content is None or media is None:
            continue
        attached[url] = {media: base64.b64encode(content).decode()}
        for written in (url, unquote(url), f"<{unquote(url)}>"):
            source = source.replace(f"]({written}", f"]({ATTACHED}{url}")
    if not attached:
        return cell
    return {**cell, "attachments": attached, "source": source.splitlines(keepends=True)}


def _media(content: bytes) -> str | None:
    return next((media for head, media in _KINDS.items() if content.startswith(head)), None)


def picture_faults(source: str, attachments: Mapping[str, Any]) -> Iterator[str]:
    """Say which pictures of a Markdown cell would be missing from the report."""
    for url, stands_alone in images_of(source):
        key = url.removeprefix(ATTACHED)
        name = unquote(key)
        if urlsplit(url).scheme in ("http", "https"):
            yield f"的图片“{name}”在网上，请存成文件，在 params 的 inputs 中声明"
        elif not stands_alone:
            yield (
                f"的图片“{name}”写在列表、表格、标题或者网页代码里，登不出来，"
                "请另起一段，用 ![说明](路径) 写出"
            )
        elif not _MEDIA & set(attachments.get(key, {})):
            yield (f"的图片“{name}”没有声明，或者不是 PNG、JPEG 文件，请在 params 的 inputs 中声明")
