"""The templates that a project brings itself: the files in its folder ``templates``."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = "templates"
"""Where they lie, at the project's root."""


def template_files(root: Path) -> tuple[Path, ...]:
    """List the files there, in the order of their names; litter of systems is none."""
    folder = root / FOLDER
    found = (path for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not _is_left(path.relative_to(folder))))


def own_among(files: Mapping[str, str]) -> dict[str, str]:
    """Choose the own templates among files of the project, by their path there."""
    return {name: value for name, value in files.items() if name.startswith(f"{FOLDER}/")}


def _is_left(path: Path) -> bool:
    # What systems and editors leave beside a file begins or ends otherwise.
    return any(part.startswith((".", "~")) for part in path.parts) or path.name.endswith("~")
