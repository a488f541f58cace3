"""The notebooks of the kinds of report, and what of a notebook can alter a report."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reporting.assess.values import Change, SubjectKind
from reporting.digests import digest_of
from reporting.errors import UsageError

NOTEBOOKS = {
    SubjectKind.BRIEFING: "notebooks/briefing_pack.ipynb",
    SubjectKind.LEADER: "notebooks/leader_report.ipynb",
    SubjectKind.UNIT: "notebooks/unit_report.ipynb",
}


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


def edited_notebooks(root: Path, before: Path) -> tuple[Change, ...]:
    """Name the notebooks whose cells are not those of another project folder.

    What an editor leaves in outputs and metadata does not count; a folder that holds none of
    them has nothing to compare.
    """
    changes = []
    for kind, name in NOTEBOOKS.items():
        old, new = before / name, root / name
        if not (old.is_file() and new.is_file()):
            continue
        hashes = [notebook_hash(path.read_bytes(), name) for path in (old, new)]
        if hashes[0] != hashes[1]:
            changes.append(
                Change(
                    field="报告正文", old="上一版的正文", new="修改后的正文",
                    old_where=name, new_where=name, reports=kind,
                )
            )  # fmt: skip
    return tuple(changes)
