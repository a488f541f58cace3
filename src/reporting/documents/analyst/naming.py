"""How an analyst finds a cell: by its number in the notebook that was written, and its lines."""

from collections.abc import Mapping
from typing import Any

INJECTED = "injected-parameters"
"""Tag of the cell that execution puts after the parameters; the analyst's notebook has none."""

_LINES = 2
_LONGEST = 60


def cell_name(notebook: Mapping[str, Any], position: int) -> str:
    """Name a cell of an executed notebook as its analyst counts; code with its first lines.

    Parameters
    ----------
    position : int
        From 0, in the executed notebook.
    """
    cells = notebook["cells"]
    if _is_injected(cells[position]):
        return "给定参数的单元格"
    number = sum(not _is_injected(cell) for cell in cells[: position + 1])
    lines = _first_lines(cells[position])
    return f"第{number}格（“{lines}”）" if lines else f"第{number}格"


def _is_injected(cell: Mapping[str, Any]) -> bool:
    return INJECTED in cell.get("metadata", {}).get("tags", ())


def _first_lines(cell: Mapping[str, Any]) -> str:
    if cell["cell_type"] != "code":
        return ""
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    words = " / ".join(lines[:_LINES])
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
