"""Open a table file by what it is, not by what it is called."""

from pathlib import Path

from reporting.errors import InputRefused, UsageError
from reporting.plan.grid import Source
from reporting.plan.sources.text import read_text

MAX_FILE = 40 * 2**20


def open_source(path: Path, root: Path) -> Source:
    """Read a table file into its source.

    Raises
    ------
    UsageError
        There is no such file.
    InputRefused
        The file is no table file, or a damaged or oversized one.
    """
    name = _relative(path, root)
    if not path.is_file():
        raise UsageError(f"找不到任务分解表：应有文件 {name}，实际没有。")
    if path.stat().st_size > MAX_FILE:
        size = path.stat().st_size // 2**20
        raise InputRefused(f"{name}：任务分解表应在 {MAX_FILE // 2**20} MB 以内，实为 {size} MB。")
    return _read(path.read_bytes(), name)


def _read(data: bytes, name: str) -> Source:
    if not data.strip():
        raise InputRefused(f"{name}：应有任务分解表，实际是空文件。")
    return read_text(data, name)


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name
