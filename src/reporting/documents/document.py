"""An executed notebook read as a document: the blocks that every renderer sets."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from reporting.documents.analyst.naming import INJECTED
from reporting.documents.blocks import (
    Block,
    Cover,
    Entry,
    Figure,
    Heading,
    walk,
)
from reporting.documents.complete import complete, entries_of
from reporting.documents.exhibit import EXHIBIT_MEDIA, read_exhibit
from reporting.documents.foreign import html_blocks, text_blocks
from reporting.documents.markdown.read import markdown_blocks
from reporting.documents.slides.values import DECK_MEDIA
from reporting.errors import PublishError
from reporting.language.visible import SafeText
from reporting.values import Value

HIDDEN_TAGS = frozenset({"remove", "remove_cell", "remove-cell", "parameters", INJECTED})
PUBLISH_TEXT = "publish-text"
"""Tag of a cell whose printed text, or plain result, is meant to stand in the report."""
_UNPRINTED = frozenset({"kind", "key", "anchor", "align", "tone", "media", "fingerprint"})
"""Fields that say how a part is set, or where it is, and are not shown."""

_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


class Document(Value):
    """A report ready to be set.

    ``blocks`` are complete: every heading has an anchor and no level is skipped, every link
    leads somewhere, tables of contents are filled in.
    """

    title: SafeText
    running_head: SafeText
    publish_date: date | None
    is_sample: bool
    blocks: tuple[Block, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All headings in reading order, for contents and bookmarks."""
        return entries_of(self.blocks)


def read_document(notebook: Mapping[str, Any]) -> Document:
    """Read an executed notebook.

    Inputs are never shown, nor cells tagged ``remove``. Exhibits are read back from their JSON;
    an analyst's own pictures and tables are carried over, texts from cells that are tagged so.
    What is not is a fault of the notebook (`reporting.documents.analyst.meant`).

    Raises
    ------
    PublishError
        A cell ended in an error.
    """
    blocks = complete([b for cell in notebook["cells"] for b in _cell_blocks(cell)])
    cover = next((block for block in blocks if isinstance(block, Cover)), None)
    if cover is None:
        title = next((block.text for block in blocks if isinstance(block, Heading)), "报告")
        return Document(
            title=title, running_head=title, publish_date=None, is_sample=False, blocks=blocks
        )
    return Document(
        title=cover.headline_text,
        running_head=f"{cover.subject_name}　{cover.period_label}",
        publish_date=cover.publish_date,
        is_sample=cover.is_sample,
        blocks=blocks,
    )


def _cell_blocks(cell: Mapping[str, Any]) -> list[Block]:
    # Parameters and what is tagged for removal are the analyst's, not the reader's.
    if HIDDEN_TAGS & set(cell.get("metadata", {}).get("tags", ())):
        return []
    if cell["cell_type"] == "markdown":
        return markdown_blocks(_joined(cell["source"]), cell.get("attachments", {}))
    meant = PUBLISH_TEXT in cell.get("metadata", {}).get("tags", ())
    outputs = _each_once(cell.get("outputs", ()))
    return [b for output in outputs for b in _output_blocks(output, text_is_meant=meant)]


def _each_once(outputs: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Leave out a picture that the cell has shown already.

    Of a cell that ends in a figure Jupyter shows the result, and matplotlib every open figure.
    """
    shown = set()
    for output in outputs:
        picture = _picture_of(output.get("data", {}))
        if picture is None or picture not in shown:
            yield output
        shown.add(picture)


def _picture_of(data: Mapping[str, Any]) -> tuple[str, str] | None:
    if EXHIBIT_MEDIA in data:
        return None
    return next(((media, _joined(data[media])) for media in _PICTURES if media in data), None)


def _output_blocks(output: Mapping[str, Any], *, text_is_meant: bool) -> Iterable[Block]:
    kind = output["output_type"]
    if kind == "error":
        raise PublishError(f"notebook 单元格执行出错：{output['ename']}: {output['evalue']}")
    if kind == "stream":
        # What goes to stderr is for the log, not for the reader.
        is_said = text_is_meant and output["name"] == "stdout"
        return text_blocks(_joined(output["text"])) if is_said else ()
    data = output["data"]
    if DECK_MEDIA in data:
        # Slides are a paper of their own.
        return ()
    if EXHIBIT_MEDIA in data:
        # An exhibit carries its blocks; what else the output holds was written from them.
        return read_exhibit(data[EXHIBIT_MEDIA]).blocks
    return _foreign_blocks(data, output.get("metadata", {}), text_is_meant=text_is_meant)


def _foreign_blocks(
    data: Mapping[str, Any], metadata: Mapping[str, Any], *, text_is_meant: bool
) -> Iterable[Block]:
    if (picture := _picture_of(data)) is not None:
        return (_picture(*picture, metadata),)
    if "text/html" in data:
        return html_blocks(_joined(data["text/html"]))
    if "text/markdown" in data:
        return markdown_blocks(_joined(data["text/markdown"]), {})
    return text_blocks(_joined(data.get("text/plain", ""))) if text_is_meant else ()


def _picture(media: str, data: str, metadata: Mapping[str, Any]) -> Figure:
    alt = str(metadata.get("alt", "")) or "本节所附图表"
    text = data if media == "image/svg+xml" else re.sub(r"\s", "", data)
    return Figure.model_validate({"data": text, "media": media, "alt": alt})


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def words(blocks: Iterable[Block]) -> str:
    """Collect every text of the blocks, pictures' included, for checks."""
    return "\n".join(text for part in walk(blocks) for text in _texts(part))


@cache
def _printed(kind: type[Value]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in _UNPRINTED)


def _texts(part: Value) -> Iterator[str]:
    for name in _printed(type(part)):
        value = getattr(part, name)
        if isinstance(value, str):
            is_picture = value.startswith("<svg")
            yield html.unescape(re.sub(r"<[^>]*>", "", value)) if is_picture else value
