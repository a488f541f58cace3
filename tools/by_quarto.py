"""Render copies of the notebooks by the plain Quarto command: ``make quarto``.

``quarto render notebooks/ --execute`` runs a notebook once for each format, and writes what it
shows into the notebook itself. Here each is run once, as a copy, which Quarto then only renders.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import papermill

from reporting.documents.quarto import find_quarto
from reporting.errors import ReportingError, UsageError
from reporting.project.roots import STATE, find_root

SETTINGS = "_quarto.yml"
COPIES = Path(STATE, "quarto", "notebooks")
"""Where the copies are, in the project."""

_UP = "../"


def copy_executed(root: Path) -> Path:
    """Run each notebook into a copy, and put the settings beside the copies; gives their folder.

    Raises
    ------
    UsageError
        The project has no settings for Quarto.
    """
    if not (root / "notebooks" / SETTINGS).is_file():
        raise UsageError(f"{root / 'notebooks'} 中没有 Quarto 的设置文件 {SETTINGS}。")
    folder = root / COPIES
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = root / "notebooks"
    for path in sorted(sources.glob("*.ipynb")):
        papermill.execute_notebook(
            str(path), str(folder / path.name), cwd=str(folder), progress_bar=False
        )
    # The copies lie deeper than the notebooks: every path leads further up.
    settings = (sources / SETTINGS).read_text(encoding="utf-8")
    (folder / SETTINGS).write_text(settings.replace(_UP, _UP * len(COPIES.parts)), encoding="utf-8")
    return folder


def main() -> int:
    """Render the copies; gives Quarto's exit code."""
    try:
        command, folder = find_quarto(), copy_executed(find_root())
    except ReportingError as error:
        print(error, file=sys.stderr)
        return 2
    # The filters of the settings are run by this Python.
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    return subprocess.run([str(command), "render", str(folder)], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
