"""Execute one notebook, with papermill, into bytes that depend on its inputs only."""

import os
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting.documents.analyst.naming import cell_name
from reporting.documents.fonts.own import OWN_VARIABLE, own_names, usable_in_charts
from reporting.documents.remembered import CHARTS_VARIABLE
from reporting.errors import PublishError
from reporting.kernels.confine import MEMORY, OFFLINE, OUTPUT, SCRATCH
from reporting.kernels.environment import kernel_environment
from reporting.kernels.guard.told import GUARD, Listener
from reporting.kernels.spec import KERNEL_NAME
from reporting.notebook import SLICE_VARIABLE
from reporting.publish.pool.normalise import normalise, without_paths
from reporting.system.own_fonts import usable
from reporting.system.scratch import scratch_folder

if TYPE_CHECKING:
    from reporting.kernels.engine import Run

_LAST_LINES = 8
_LOG_BYTES = 1 << 14
_LONGEST_LINE = 200
_COLOUR = re.compile("\x1b\\[[0-9;]*[A-Za-z]")


_UNDECLARED = "（笔记本旁边的文件和模块，在 params 的 inputs 中声明后才能使用）"
_HINTS = dict.fromkeys(("FileNotFoundError", "ModuleNotFoundError"), _UNDECLARED)


class NotebookFailed(PublishError):
    """A notebook stopped before its end.

    Attributes
    ----------
    cell : int or None
        Position of the cell in ``notebook``, from 1; none when no cell is to blame. The message
        names it as the analyst counts, who has no cell of given parameters.
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


def execute_notebook(
    notebook: Path,
    parameters: Mapping[str, int | str],
    slice_json: bytes | None,
    *,
    inputs: Mapping[str, bytes] | None = None,
    place: str = "",
    charts: bytes | None = None,
    cold: bool = False,
    timeout: float = 600,
    workdir: Path | None = None,
    memory_bytes: int = 2 << 30,
    output_bytes: int = 32 << 20,
    offline: bool = True,
    guarded: bool = True,
) -> dict[str, Any]:
    """Execute a notebook in a process of its own; equal inputs give equal content.

    Parameters
    ----------
    slice_json : bytes or None
        The assessment that `reporting.notebook.load` gives; without it the notebook looks for
        the project from its working folder upwards.
    inputs : mapping of str to bytes, optional
        Files that the notebook may read besides, by their path in the project.
    place : str
        Folder of the notebook in the project, from which it reads them; it runs in a copy.
    charts : bytes or None
        Figures that need not be drawn again (`reporting.documents.remembered`).
    cold : bool
        Start Python anew instead of forking a warmed process.
    timeout : float
        Seconds for the whole notebook.
    workdir : Path, optional
        Working folder of the notebook; by default an empty one that is removed afterwards.
    memory_bytes, output_bytes : int
        What the notebook's process may have, and may say, at most.
    offline : bool
        Cut the network off, where the system allows it (`reporting.kernels.network_state`).
    guarded : bool
        Refuse what the notebook has not declared (`reporting.kernels.guard`).

    Raises
    ------
    NotebookFailed
        A cell raised, wanted what it has not declared, a bound was reached, or the kernel was lost.
    """
    import nbformat
    from nbformat.v4.rwbase import split_lines, strip_transient

    from reporting.kernels.engine import Run

    source = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    with scratch_folder() as folder:
        cwd = workdir or _laid_out(folder / "work", place, inputs or {})
        env = kernel_environment() | {
            SCRATCH: str(folder),
            MEMORY: str(memory_bytes),
            OUTPUT: str(output_bytes),
            OFFLINE: "1" if offline else "",
            **_own_fonts(folder / "work", inputs or {}),
            **dict(_handed_over(folder, {SLICE_VARIABLE: slice_json, CHARTS_VARIABLE: charts})),
        }
        run = Run(
            folder=folder, cwd=cwd, env=env, cold=cold, timeout=timeout,
            memory_bytes=memory_bytes, output_bytes=output_bytes,
        )  # fmt: skip
        with _guarding(folder / "refused", run) if guarded else nullcontext():
            complete = _run(source, parameters, run)
        paths = {str(cwd): "<work>", str(folder / "work"): "<project>", str(folder): "<scratch>"}
        last_words = without_paths(_last_words(folder / "log"), paths)
    executed = run.notebook if run.notebook is not None else source
    normalise(executed, source, folders=paths)
    # As it stands in a file, where texts are lists of lines.
    strip_transient(executed)  # type: ignore[no-untyped-call]
    content: dict[str, Any] = split_lines(executed)  # type: ignore[no-untyped-call]
    if not complete:
        raise _failure(notebook.name, run, content, last_words, paths)
    return content


def _laid_out(root: Path, place: str, inputs: Mapping[str, bytes]) -> Path:
    """Set up as much of the project as a notebook may read; gives its own folder there."""
    folder = root / place
    folder.mkdir(parents=True)
    for name, content in inputs.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _own_fonts(root: Path, inputs: Mapping[str, bytes]) -> dict[str, str]:
    """Tell where the project's own fonts lie among what a notebook may read; gives a variable."""
    names = own_names(inputs)
    fonts = usable_in_charts(usable([root / name for name in names])) if names else ()
    return {OWN_VARIABLE: os.pathsep.join(map(str, fonts))} if fonts else {}


@contextmanager
def _guarding(path: Path, run: "Run") -> Iterator[None]:
    """Have a run tell of what is refused, through a file."""
    run.env[GUARD] = str(path)
    run.listener = Listener(path)
    try:
        yield
    finally:
        run.listener.close()


def _handed_over(folder: Path, contents: Mapping[str, bytes | None]) -> Iterator[tuple[str, str]]:
    """Write what the notebook reads into files; gives the variables that name them."""
    for variable, content in contents.items():
        if content is not None:
            path = folder / f"{variable.lower()}.json"
            path.write_bytes(content)
            yield variable, str(path)


def _run(source: Any, parameters: Mapping[str, int | str], run: "Run") -> bool:
    import papermill

    from reporting.kernels.engine import ENGINE_NAME, StoppedEarly

    try:
        papermill.execute_notebook(
            source,
            None,
            dict(parameters),
            engine_name=ENGINE_NAME,
            kernel_name=KERNEL_NAME,
            language="python",
            progress_bar=False,
            run=run,
        )
    except StoppedEarly:
        return False
    return True


def _last_words(log: Path) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _LOG_BYTES))
        return file.read().decode("utf-8", "replace")


def _failure(
    name: str, run: "Run", content: dict[str, Any], last_words: str, paths: Mapping[str, str]
) -> NotebookFailed:
    cell = None if run.cell is None else run.cell + 1
    where = name if run.cell is None else f"{name}{cell_name(content, run.cell)}"
    lines = [without_paths(strip_colour(line), paths) for line in run.traceback]
    ename, evalue = run.ename, without_paths(strip_colour(run.evalue), paths)
    match run.stop:
        case "error":
            message = f"{where}出错：{ename}：{_first_line(evalue)}"
            message += _memory_hint(run) if _is_memory(ename) else _HINTS.get(ename, "")
        case "refused":
            message = f"{where}{without_paths(run.refused, paths)}"
            ename, evalue = ename or "NotDeclared", run.refused
        case "timeout":
            ename, evalue = "Timeout", f"{run.timeout:g}秒"
            message = (
                f"{where}超时：整个笔记本限时{_spoken(run.timeout)}，"
                "可在 params 的 limits.minutes 中放宽。"
            )
        case "output":
            ename, evalue = "OutputTooLarge", f"{run.output_bytes}字节"
            message = f"{where}输出过多：一个笔记本最多输出{run.output_bytes / (1 << 20):g} MB。"
        case "unheard":
            ename, evalue = "OutputNotReceived", f"{run.output_bytes}字节"
            message = (
                f"{where}的输出没有收全：可能是输出过多（一个笔记本最多输出"
                f"{run.output_bytes / (1 << 20):g} MB），也可能是计算机太忙，请等空闲时重新运行。"
            )
        case "start":
            ename = "KernelNotStarted"
            message = f"{name}的内核没有启动：{_first_line(evalue)}"
        case _:
            ename, evalue = "KernelDied", _exit_words(run.exit_code)
            message = f"{where}执行时内核退出（{evalue}）。"
            if run.exit_code is not None and run.exit_code < 0:
                message += f"也可能是内存不够{_memory_hint(run)}。"
    if not lines:
        lines = last_words.splitlines()
    return NotebookFailed(
        message,
        cell=cell,
        ename=ename,
        evalue=evalue,
        lines=tuple(lines[-_LAST_LINES:]),
        notebook=content,
    )


def _is_memory(ename: str) -> bool:
    # Libraries have errors of their own: numpy's _ArrayMemoryError, ArrowMemoryError.
    return ename.endswith("MemoryError")


def _memory_hint(run: "Run") -> str:
    most = run.memory_bytes / (1 << 30)
    return f"（一个笔记本最多用{most:g} GB内存，可在 params 的 limits.memory_gb 中放宽）"


def _spoken(seconds: float) -> str:
    return f"{seconds / 60:g}分钟" if seconds >= 60 else f"{seconds:g}秒"


def _exit_words(code: int | None) -> str:
    if code is None:
        return "原因不明"
    if code >= 0:
        return f"退出码{code}"
    try:
        return f"信号{signal.Signals(-code).name}"
    except ValueError:
        return f"信号{-code}"


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


def strip_colour(text: str) -> str:
    """Remove the terminal's colour codes."""
    return _COLOUR.sub("", text)
