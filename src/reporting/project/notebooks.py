"""The notebooks of the kinds of report, and what of a notebook can alter a report."""

import json
from collections.abc import Mapping
from typing import Any

from reporting.errors import UsageError
from reporting.system.digests import digest_of

NOTEBOOKS: dict[str, str] = {
    "briefing": "notebooks/briefing_pack.ipynb",
    "leader": "notebooks/leader_report.ipynb",
    "unit": "notebooks/unit_report.ipynb",
}
"""The notebooks of the offices' own pack, by kind of report."""

PUBLIC_NOTEBOOKS = {"public": "notebooks/public_report.ipynb"}


def notebook_hash(content: bytes, name: str) -> str:
    """Hash what of a notebook can alter a report: its cells' sources, not outputs or metadata.

    Raises
    ------
    UsageError
        The file is no notebook.
    """
    try:
        cells = json.loads(content)["cells"]
        return digest_of([_cell(cell) for cell in cells])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{name} 不是有效的 notebook 文件，请从版本库恢复或重新保存。") from None


def _cell(cell: Mapping[str, Any]) -> list[Any]:
    source = cell["source"]
    return [
        cell["cell_type"],
        source if isinstance(source, str) else "".join(source),
        cell.get("id", ""),
        sorted(cell.get("metadata", {}).get("tags", ())),
        cell.get("attachments", {}),
    ]
