"""Find the return files under a folder, and open each without harm."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reporting.findings import Finding
from reporting.language.visible import code_label
from reporting.returns.reading.archives import members_of, read_member
from reporting.returns.rules import finding
from reporting.system.faults import said
from reporting.workbooks.book import MAX_FILE, open_book
from reporting.workbooks.cells import Book, BookRefused
from reporting.workbooks.formats.legacy import is_old_book, open_old_book
from reporting.workbooks.formats.opendocument import is_opendocument, open_opendocument
from reporting.workbooks.formats.separated import open_separated

BOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"})
_SURROGATES = re.compile("[\ud800-\udfff]")
_LITTER = frozenset({"thumbs.db", "desktop.ini", "readme.md"})


@dataclass(frozen=True)
class Arrived:
    """A file that may be a return; ``name`` is its path relative to the project.

    ``is_garbled`` tells that the name holds bytes that are no text; ``member`` is the entry of
    the archive at ``path`` that it stands in.
    """

    path: Path
    name: str
    is_garbled: bool = False
    member: str = ""

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The file's ending in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def is_sound(self) -> bool:
        """Whether it is a file itself, under a name that is text."""
        return self.path.is_file() and not (self.path.is_symlink() or self.is_garbled)


@dataclass(frozen=True)
class Loaded:
    """A file with its bytes, or with the finding that says why it has none."""

    arrived: Arrived
    data: bytes = b""
    fault: Finding | None = None

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


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
        if _is_litter(name):
            continue
        if _is_plain_folder(path) and path.suffix.lower() not in BOOK_SUFFIXES:
            continue
        garbled = _SURROGATES.search(path.relative_to(folder).as_posix()) is not None
        arrived = Arrived(path, _relative(path, root), garbled)
        members = members_of(path) if arrived.is_sound and arrived.suffix == ".zip" else None
        if members is None:
            yield arrived
        for member in members or ():
            if not _is_litter(PurePosixPath(member).name.lower()):
                yield Arrived(path, f"{arrived.name}/{_shown(member)}", member=member)


def _is_litter(name: str) -> bool:
    """Tell what programs leave behind; a workbook that is merely hidden is a return."""
    if name in _LITTER or name.startswith(("~$", "._", ".~")):
        return True
    return name.startswith(".") and not name.endswith(tuple(BOOK_SUFFIXES))


def _is_plain_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _relative(path: Path, root: Path) -> str:
    """Name a file relative to the project; bytes that are no text become visible."""
    # By the name it has, not by where it leads; a folder given by hand may be written otherwise.
    own = path if path.is_relative_to(root) else path.parent.resolve() / path.name
    top = root if path.is_relative_to(root) else root.resolve()
    name = (own.relative_to(top) if own.is_relative_to(top) else path).as_posix()
    return _shown(name)


def load_file(arrived: Arrived) -> Loaded:
    """Read the bytes of one file; whatever stands against it becomes its finding."""
    path, name = arrived.path, arrived.name
    if path.is_symlink():
        # Where a link leads is not the sender's to say: nothing outside is ever read.
        return Loaded(arrived, fault=finding("RET-FILE-ELSEWHERE", file=name))
    if arrived.is_garbled:
        return Loaded(arrived, fault=finding("RET-FILE-NAME", file=name))
    if path.is_dir():
        return Loaded(arrived, fault=finding("RET-FILE-FOLDER", file=name))
    suffix = arrived.suffix
    if suffix not in BOOK_SUFFIXES:
        found = f"{suffix} 文件" if suffix else "没有扩展名的文件"
        return Loaded(arrived, fault=finding("RET-FILE-OTHER", file=name, found=found))
    if not path.is_file():  # reading a pipe or a device may never end
        return Loaded(
            arrived, fault=finding("RET-FILE-UNREADABLE", file=name, found="不是普通文件")
        )
    try:
        if arrived.member:
            return Loaded(arrived, read_member(path, arrived.member))
        return Loaded(arrived, _read_bounded(path))
    except BookRefused as refused:
        return Loaded(arrived, fault=finding(refused.code, file=name, found=refused.found))
    except OSError as error:
        found = said(error)
        return Loaded(arrived, fault=finding("RET-FILE-UNREADABLE", file=name, found=found))


def open_file(loaded: Loaded) -> Opened:
    """Open the workbook of a loaded file; whatever is wrong with it becomes its finding."""
    arrived = loaded.arrived
    if loaded.fault is not None:
        return Opened(arrived, fault=loaded.fault)
    try:
        return Opened(arrived, loaded.sha256, _book_in(loaded))
    except BookRefused as refused:
        fault = finding(refused.code, file=arrived.name, found=refused.found)
        return Opened(arrived, fault=fault)
    except Exception as error:  # whatever one file does to the reader, the others are read
        found = f"读取中出错：{type(error).__name__}"
        fault = finding("RET-FILE-UNREADABLE", file=arrived.name, found=found)
        return Opened(arrived, fault=fault)


def _book_in(loaded: Loaded) -> Book:
    """Open a workbook by what its bytes are, whatever its ending says."""
    data = loaded.data
    if loaded.arrived.suffix == ".csv":
        return open_separated(data, loaded.arrived.stem)
    if is_old_book(data):
        return open_old_book(data)
    return open_opendocument(data) if is_opendocument(data) else open_book(data)


def read_again(path: Path) -> bytes:
    """Return the bytes of a file that was listed; none where it was not read."""
    if any(parent.suffix.lower() == ".zip" for parent in path.parents):
        return _read_member_again(path)
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_FILE:
        return b""
    return path.read_bytes()


def _read_member_again(path: Path) -> bytes:
    archive = next((p for p in path.parents if p.is_file() and not p.is_symlink()), None)
    if archive is None:
        return b""
    wanted = path.relative_to(archive).as_posix()
    for member in members_of(archive) or ():
        if _shown(member) == wanted:
            return read_member(archive, member)
    return b""


def _shown(name: str) -> str:
    return _SURROGATES.sub(lambda match: code_label(match[0]), name)


def _read_bounded(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise BookRefused("RET-FILE-HUGE", f"有 {path.stat().st_size // 2**20} MB")
    return path.read_bytes()
