"""The sources of a page as the one piece of JSON that its script reads."""

import json
from collections.abc import Iterable
from typing import Any

from reporting.documents.blocks import Block, walk
from reporting.documents.sources.origins import sources_of
from reporting.documents.sources.values import Source, Sourced, SourceRow, Sources, Step, key_of


def sources_json(blocks: tuple[Block, ...]) -> str:
    """Write what the page's figures lead to; empty for a document without sources.

    The JSON has these lists, and numbers that are places in them:

    ``sources``
        ``[name, title, steps, rows]`` each. A step is ``[words, of, column]``, and ``of`` holds
        places of sources. A row is ``[where, file, cells]`` with a place each in ``words`` and
        ``files``, -1 for no file; a cell is ``[label, address, text]`` with label and text in
        ``words``.
    ``steps``
        The steps of the page's parts by key. A key that is none of these names a source.
    ``files``
        ``[name, sha256, arrived]`` each.
    ``words``
        What rows and cells say, each once: many say the same.

    It holds no ``<``, so that nothing in it can end the element it stands in.
    """
    sources = sources_of(blocks)
    if sources is None:
        return ""
    asked = (step for part in walk(blocks) if isinstance(part, Sourced) for step in part.origin)
    text = json.dumps(_Page(sources).content(asked), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


class _Page:
    """The lists of a page, filled as its sources are written."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._places = {one.name: place for place, one in enumerate(sources.sources)}
        self._files = {file.name: place for place, file in enumerate(sources.files)}
        self._words: dict[str, int] = {}

    def content(self, asked: Iterable[Step]) -> dict[str, Any]:
        return {
            "sources": [self._source(one) for one in self._sources.sources],
            "steps": self._asked(asked),
            "files": [[file.name, file.sha256, file.arrived] for file in self._sources.files],
            "words": list(self._words),
        }

    def _source(self, source: Source) -> list[Any]:
        steps = [self._step(step) for step in source.steps]
        return [source.name, source.title, steps, [self._row(row) for row in source.rows]]

    def _row(self, row: SourceRow) -> list[Any]:
        cells = [[self._said(cell.label), cell.place, self._said(cell.text)] for cell in row.cells]
        return [self._said(row.where), self._files.get(row.file, -1), cells]

    def _asked(self, steps: Iterable[Step]) -> dict[str, Any]:
        """Give the steps in words; one that only leads to a source has that source's name."""
        found = {key_of(step): step for step in steps}
        return {key: self._step(step) for key, step in sorted(found.items()) if (key,) != step.of}

    def _step(self, step: Step) -> list[Any]:
        places = [self._places[name] for name in step.of]
        return [step.words, places, step.column] if step.column else [step.words, places]

    def _said(self, words: str) -> int:
        return self._words.setdefault(words, len(self._words))
