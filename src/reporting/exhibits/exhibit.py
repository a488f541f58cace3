"""An exhibit: blocks with one face for each program that may show a notebook."""

from collections.abc import Sequence
from typing import Any

from reporting.exhibits.blocks import BLOCKS, Block
from reporting.exhibits.html import to_html
from reporting.exhibits.markdown import to_markdown
from reporting.exhibits.plaintext import to_text
from reporting.values import Value

EXHIBIT_MEDIA = "application/vnd.reporting.exhibit+json"
"""Media type under which a notebook output carries the blocks themselves."""


class Exhibit(Value):
    """What one call in a notebook shows.

    JupyterLab shows the HTML face, other viewers the Markdown or the words; publishing reads
    the blocks back from the JSON.
    """

    blocks: tuple[Block, ...]

    def __add__(self, other: "Exhibit") -> "Exhibit":
        return Exhibit(blocks=self.blocks + other.blocks)

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        return {
            EXHIBIT_MEDIA: {"blocks": BLOCKS.dump_python(self.blocks, mode="json")},
            "text/html": to_html(self.blocks),
            "text/markdown": to_markdown(self.blocks),
            "text/plain": to_text(self.blocks),
        }


def read_exhibit(content: dict[str, Any]) -> Exhibit:
    """Read an exhibit back from the JSON of a notebook output."""
    return Exhibit.model_validate(content)
