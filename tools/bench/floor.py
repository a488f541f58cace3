"""The floor: the same cells in one warm process, and rendering; no kernel, no isolation.

``python -m tools.bench.floor CASES OUT`` prints the seconds it took once it was warm.
"""

import ast
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

from reporting.documents.artifacts import render
from reporting.notebook import SLICE_VARIABLE
from reporting.project.params import read_params
from tools.bench.cases import Case, Cases

_PARAMETERS = "parameters"


def main(cases_file: Path, out: Path) -> None:
    """Make every report after one that warms the process up."""
    mpl.use("agg")
    cases = Cases.model_validate_json(cases_file.read_bytes())
    fonts = read_params(cases.root, cases.year).fonts
    _make(cases.cases[-1], cases.formats, fonts, out)
    start = time.perf_counter()
    for case in cases.cases:
        _make(case, cases.formats, fonts, out)
    print(time.perf_counter() - start)


def _make(case: Case, formats: tuple[str, ...], fonts: Mapping[str, Any], out: Path) -> None:
    notebook = execute(case)
    for suffix, data in render(notebook, formats, renderer="typst", fonts=fonts).items():
        (out / f"{case.stem}.{suffix}").write_bytes(data)


def execute(case: Case) -> dict[str, Any]:
    """Run the cells of a notebook here; gives it with the outputs of its last expressions."""
    notebook: dict[str, Any] = json.loads(case.notebook.read_bytes())
    names: dict[str, Any] = {}
    os.environ[SLICE_VARIABLE] = str(case.slice_file)
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            if _PARAMETERS in cell["metadata"].get("tags", ()):
                names.update(case.parameters)
            elif (data := _run("".join(cell["source"]), names)) is not None:
                # Through JSON and back, as it is in the notebook of a kernel.
                shown = json.loads(json.dumps(data))
                cell["outputs"] = [{"output_type": "execute_result", "metadata": {}, "data": shown}]
    finally:
        del os.environ[SLICE_VARIABLE]
    return notebook


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; gives what its last expression shows, if anything."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    return None if value is None else value._repr_mimebundle_()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
