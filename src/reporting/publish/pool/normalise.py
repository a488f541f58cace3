"""Take out of an executed notebook what is not the same on every run."""

import re
import sys
from collections.abc import Mapping
from typing import Any

from reporting.documents.analyst.naming import INJECTED

# A fixed beginning, so that the time it takes does not grow with the square of the text.
_CELL_FILE = re.compile(r"<scratch>[/\\]tmp[/\\]ipykernel_\d+[/\\]\d+\.py")
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,16}\b")
_PER_RUN = ("papermill", "execution")


def normalise(executed: Any, source: Any, *, folders: Mapping[str, str]) -> None:
    """Remove times, paths, addresses and random identifiers, in place.

    Parameters
    ----------
    executed, source : NotebookNode
        The notebook after and before execution.
    folders : mapping
        Folders whose names differ from run to run or computer to computer, and what is written
        instead of them.
    """
    executed.metadata = source.metadata
    executed["nbformat_minor"] = max(source.nbformat_minor, 5)
    paths = {**folders, sys.prefix: "<python>"}
    for number, cell in enumerate(executed.cells, start=1):
        for name in _PER_RUN:
            cell.metadata.pop(name, None)
        if not cell.metadata.get("tags", True):  # papermill's
            del cell.metadata["tags"]
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
        elif source.nbformat_minor < 5:
            cell["id"] = f"cell-{number}"
        for output in cell.get("outputs", ()):
            _normalise_output(output, paths)


def _normalise_output(output: Any, paths: Mapping[str, str]) -> None:
    if output.output_type == "stream":
        output["text"] = without_paths(output.text, paths)
    elif output.output_type == "error":
        output["evalue"] = without_paths(output.evalue, paths)
        output["traceback"] = [without_paths(line, paths) for line in output.traceback]
    elif isinstance(output.data.get("text/plain"), str):
        output.data["text/plain"] = without_paths(output.data["text/plain"], paths)


def without_paths(text: str, paths: Mapping[str, str]) -> str:
    """Replace paths and memory addresses in what a program said."""
    for folder, name in paths.items():
        text = text.replace(folder, name)
    return _ADDRESS.sub("0x0", _CELL_FILE.sub("<cell>", text))
