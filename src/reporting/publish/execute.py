"""Execute one notebook, with papermill, into bytes that depend on its inputs only."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reporting.errors import PublishError, UsageError
from reporting.notebook import SLICE_VARIABLE


class NotebookFailed(PublishError):
    """A notebook stopped before its end.

    Attributes
    ----------
    cell : int or None
        Position of the cell in ``notebook``, from 1; none when no cell is to blame.
    ename, evalue : str
        Name and text of the error.
    lines : tuple of str
        The last lines of the traceback.
    notebook : dict
        The notebook as far as it got.
    """

    def __init__(
        self,
        message: str,
        *,
        cell: int | None,
        ename: str,
        evalue: str,
        lines: tuple[str, ...],
        notebook: dict[str, Any],
    ) -> None:
        super().__init__(message)
        self.cell = cell
        self.ename = ename
        self.evalue = evalue
        self.lines = lines
        self.notebook = notebook


def check_parameters(notebook: Path, parameters: Mapping[str, int | str]) -> None:
    """Compare parameters with those that a notebook declares.

    Raises
    ------
    UsageError
        A name is unknown to the notebook, or one of the notebook's is not given.
    """
    import papermill

    declared = papermill.inspect_notebook(str(notebook)).keys()
    faults = [
        *(f"没有参数“{name}”" for name in parameters if name not in declared),
        *(f"参数“{name}”没有给出" for name in declared if name not in parameters),
    ]
    if faults:
        known = "、".join(declared) or "无"
        raise UsageError(f"{notebook.name}：{'，'.join(faults)}；笔记本声明的参数：{known}。")


def execute_notebook(
    notebook: Path,
    parameters: Mapping[str, int | str],
    slice_json: bytes | None,
    *,
    cold: bool = False,
    timeout: float = 600,
    workdir: Path | None = None,
) -> dict[str, Any]:
    """Execute a notebook, and give it as JSON; equal inputs give equal content.

    Raises
    ------
    NotebookFailed
        A cell raised, or the kernel was lost.
    """
    import nbformat
    import papermill

    source = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as scratch:
        if slice_json is not None:
            os.environ[SLICE_VARIABLE] = str(Path(scratch, "slice.json"))
            Path(scratch, "slice.json").write_bytes(slice_json)
        try:
            done = papermill.execute_notebook(
                source, None, dict(parameters), progress_bar=False,
                execution_timeout=int(timeout), cwd=str(workdir or scratch),
            )  # fmt: skip
        except papermill.exceptions.PapermillExecutionError as error:
            raise NotebookFailed(
                f"{notebook.name}第{error.cell_index + 1}格出错：{error.ename}：{error.evalue}",
                cell=error.cell_index + 1, ename=error.ename, evalue=error.evalue,
                lines=tuple(error.traceback[-5:]), notebook={},
            ) from error  # fmt: skip
        finally:
            os.environ.pop(SLICE_VARIABLE, None)
    done.metadata = source.metadata
    for cell in done.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    content: dict[str, Any] = json.loads(nbformat.writes(done))  # type: ignore[no-untyped-call]
    return content
