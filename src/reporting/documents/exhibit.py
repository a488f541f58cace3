"""An exhibit: blocks, written for each program that may show a notebook."""

from collections.abc import Sequence
from typing import Any

from reporting.documents.blocks import BLOCKS, Block
from reporting.documents.html.write import to_html
from reporting.documents.markdown.write import to_markdown
from reporting.documents.plain_text import to_text
from reporting.values import Value

EXHIBIT_MEDIA = "application/vnd.reporting.exhibit+json"
"""Media type under which a notebook output carries the blocks themselves."""

NOTEBOOK_STYLE = (
    "<style>"
    ".r-table{overflow-x:auto}"
    ".r-table table{border-collapse:collapse;width:100%;table-layout:auto}"
    ".r-table caption{text-align:left;font-weight:700}"
    # Twice the class: JupyterLab sets every cell to the right by a selector of two classes.
    ".r-table.r-table th,.r-table.r-table td{padding:4px 8px;border-bottom:1px solid #ccc;"
    "text-align:left;vertical-align:top}"
    ".r-table th{word-break:keep-all}"
    ".r-table.r-table .r-num,.r-table.r-table .r-right{text-align:right}"
    ".r-table.r-table .r-center{text-align:center}"
    ".r-grade{padding:0 .4em;border-radius:3px;font-weight:700;white-space:nowrap}"
    ".r-muted{opacity:.8}"
    ".r-card{border:1px solid #bbb;border-top:3px solid #595959;padding:4px 12px;margin:12px 0}"
    ".r-fields>div{display:grid;grid-template-columns:8em 1fr;gap:0 1em;border-top:1px solid #ddd}"
    # JupyterLab floats both, at a fifth and four fifths of the width, here of their column.
    ".r-fields>div>dt,.r-fields>div>dd{float:none;width:auto;min-width:0;margin:0}"
    ".r-fields>div>dt{font-weight:700}"
    ".r-bulletin{color:#c00000;font-size:1.6em;font-weight:700}"
    ".r-notice,.r-quote{border-left:4px solid #0b4f85;padding:4px 12px;margin:8px 0}"
    # Charts are drawn for paper: their words are dark where the page may be as well.
    ".r-figure{margin:8px 0}.r-picture{background:#fff}"
    ".r-picture svg,.r-picture img{display:block;width:100%;max-width:44rem;height:auto}"
    "</style>\n"
)
"""What an exhibit needs to look decent in a notebook, where the page's style is not at hand."""


class Exhibit(Value):
    """What one call in a notebook shows.

    JupyterLab shows the HTML, other viewers the Markdown or the words; publishing reads
    the blocks back from the JSON.
    """

    blocks: tuple[Block, ...]

    def __add__(self, other: "Exhibit") -> "Exhibit":
        return Exhibit(blocks=self.blocks + other.blocks)

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        return {
            # The blocks themselves first: publishing reads these, and nothing from the others.
            EXHIBIT_MEDIA: {"blocks": BLOCKS.dump_python(self.blocks, mode="json")},
            "text/html": NOTEBOOK_STYLE + to_html(self.blocks),
            "text/markdown": to_markdown(self.blocks),
            "text/plain": to_text(self.blocks),
        }


def read_exhibit(content: dict[str, Any]) -> Exhibit:
    """Read an exhibit back from the JSON of a notebook output."""
    return Exhibit.model_validate(content)
