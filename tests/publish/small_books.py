"""Small notebooks for tests, as foreign ones are: the plain kernel, no outputs."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4


def write_notebook(path: Path, *sources: str, parameters: str = "") -> Path:
    """Write a notebook of code cells; the parameters cell comes first when there is one."""
    build: Any = v4
    first = [build.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]})]
    cells = [build.new_code_cell(text, id=f"cell-{n}") for n, text in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = build.new_notebook(
        cells=[*(first if parameters else []), *cells], metadata={"kernelspec": kernel}
    )
    nbformat.write(book, path)  # type: ignore[no-untyped-call]
    return path
