"""Find the return files under a folder, and open each without harm."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reporting.findings import Finding
from reporting.returns.rules import finding
from reporting.workbooks.book import MAX_FILE, open_book
from reporting.workbooks.cells import Book, BookRefused

BOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_LITTER = frozenset({"thumbs.db", "desktop.ini", "readme.md"})


@dataclass(frozen=True)
class Arrived:
    """A file that may be a return; ``name`` is its path relative to the project."""

    path: Path
    name: str

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


@dataclass(frozen=True)
class Opened:
    """A file with its workbook, or with the finding that says why it has none."""

    arrived: Arrived
    sha256: str = ""
    book: Book | None = None
    fault: Finding | None = None


def list_files(folder: Path, root: Path) -> Iterator[Arrived]:
    """List everything under a folder in a fixed order, litter of office programs aside."""
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.name.lower()
        if name in _LITTER or name.startswith((".", "~$")):
            continue
        if path.is_dir() and path.suffix.lower() not in BOOK_SUFFIXES:
            continue
        yield Arrived(path, _relative(path, root))


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def open_file(arrived: Arrived) -> Opened:
    """Open one file; whatever is wrong with it becomes its finding."""
    path, name = arrived.path, arrived.name
    if path.is_dir():
        return Opened(arrived, fault=finding("RET-FILE-FOLDER", file=name))
    suffix = path.suffix.lower()
    if suffix not in BOOK_SUFFIXES and suffix != ".xls":
        found = f"{suffix} 文件" if suffix else "没有扩展名的文件"
        return Opened(arrived, fault=finding("RET-FILE-OTHER", file=name, found=found))
    try:
        data = _read_bounded(path)
        return Opened(arrived, hashlib.sha256(data).hexdigest(), open_book(data))
    except BookRefused as refused:
        return Opened(arrived, fault=finding(refused.code, file=name, found=refused.found))
    except OSError as error:
        found = error.strerror or type(error).__name__
        return Opened(arrived, fault=finding("RET-FILE-UNREADABLE", file=name, found=found))


def _read_bounded(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise BookRefused("RET-FILE-HUGE", f"有 {path.stat().st_size // 2**20} MB")
    return path.read_bytes()


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then rename: a file is complete or not there."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
