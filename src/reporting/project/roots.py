"""Where a project stands: its root, and the folders that commands share."""

import os
from contextvars import ContextVar
from pathlib import Path

from reporting.errors import UsageError
from reporting.project.params import Params

STATE = ".reporting"
"""The folder of store, logs, locks and failed notebooks, at the project's root."""


VARIABLE = "REPORTING_PROJECT"
"""Environment variable that names the project where no command does."""

_CHOSEN: ContextVar[str | None] = ContextVar("project", default=None)


def choose_project(folder: str | None) -> None:
    """Take the project that a command names, until another one or none is chosen."""
    _CHOSEN.set(folder)


def chosen_project() -> tuple[str, Path] | None:
    """Give the folder that was named as the project, and what named it; None where nothing did.

    Raises
    ------
    UsageError
        A command names nothing, as with a variable of a script that was never set.
    """
    chosen = _CHOSEN.get()
    if chosen == "":
        raise UsageError("--project 应写项目文件夹，实际是空的。")
    for said, folder in (("--project", chosen), (VARIABLE, os.environ.get(VARIABLE))):
        if folder:
            return said, Path(folder).resolve()
    return None


def find_root(start: Path | None = None) -> Path:
    """Find the project's root: the folder that was named, or the nearest from here upwards.

    Parameters
    ----------
    start : Path, optional
        Where to look from instead, whatever is named.

    Raises
    ------
    UsageError
        No such folder, or the one that was named is no project.
    """
    named = chosen_project() if start is None else None
    if named is not None:
        said, folder = named
        if not _is_project(folder):
            raise UsageError(
                f"{said} 指定的 {folder} 不是项目文件夹（应含 params 和 notebooks 文件夹）。"
            )
        return folder
    here = (start or Path.cwd()).resolve()
    found = enclosing_project(here)
    if found is None:
        raise UsageError(
            f"在 {here} 及其上级文件夹中找不到项目（应含 params 和 notebooks 文件夹），"
            f"请用 --project 或者环境变量 {VARIABLE} 指明项目文件夹。"
        )
    return found


def enclosing_project(here: Path) -> Path | None:
    """Find the nearest project from a folder upwards; None where there is none."""
    return next((folder for folder in (here, *here.parents) if _is_project(folder)), None)


def other_project() -> str:
    """Say that the variable names another project than the one that the work is done in.

    Empty where it does not, or where a command has named its project.
    """
    named, here = chosen_project(), enclosing_project(Path.cwd().resolve())
    if named is None or named[0] != VARIABLE or here in (None, named[1]):
        return ""
    return f"环境变量 {VARIABLE} 指定的项目是 {named[1]}，不是当前所在的 {here}。"


def _is_project(folder: Path) -> bool:
    return (folder / "params").is_dir() and (folder / "notebooks").is_dir()


def status_folder(root: Path, params: Params, quarter: int) -> Path:
    """Return where a quarter's returns are read from."""
    return root / params.status / f"Q{quarter}"


def pack_folder(root: Path, year: int, quarter: int) -> Path:
    """Return the folder of a quarter's pack."""
    return root / "outputs" / str(year) / f"Q{quarter}"


def plan_folder(root: Path, year: int) -> Path:
    """Return where a year's plan is written to be looked at, unless told otherwise."""
    return root / "outputs" / str(year) / "plan"


def year_folder(root: Path, year: int) -> Path:
    """Return the folder of a year's tables over all quarters; it need not exist."""
    return root / "outputs" / str(year) / "data"
