"""Where a project stands: its root, and the folders that commands share."""

from pathlib import Path

from reporting.errors import UsageError
from reporting.project.params import Params

STATE = ".reporting"
"""The folder of store, logs, lock and failed notebooks, at the project's root."""


def find_root(start: Path | None = None) -> Path:
    """Find the project's root: the nearest folder, from ``start`` upwards, with ``params/``.

    Raises
    ------
    UsageError
        No such folder.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "params").is_dir() and (folder / "notebooks").is_dir():
            return folder
    raise UsageError(f"在 {here} 及其上级文件夹中找不到项目（应含 params 和 notebooks 文件夹）。")


def status_folder(root: Path, params: Params, quarter: int) -> Path:
    """Return where a quarter's returns are read from."""
    return root / params.status / f"Q{quarter}"


def pack_folder(root: Path, year: int, quarter: int) -> Path:
    """Return the folder of a quarter's pack."""
    return root / "outputs" / str(year) / f"Q{quarter}"


def year_folder(root: Path, year: int) -> Path:
    """Return the folder of a year's tables over all quarters; it need not exist."""
    return root / "outputs" / str(year) / "data"
