"""The first difference between two files of one name, in words."""

import io
import json
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from reporting.documents.analyst.naming import INJECTED
from reporting.values import Value

_TEXT = frozenset({".csv", ".html", ".ipynb", ".json", ".md", ".txt", ".yml", ".yaml"})
_ZIPS = frozenset({".xlsx", ".xlsm", ".docx", ".pptx", ".zip"})
_AROUND = 20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class Difference(Value):
    """Where two files first differ, and what stands there in each."""

    file: str
    where: str
    expected: str
    found: str

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        return f"{self.file} {self.where}不一致：应为“{self.expected}”，实为“{self.found}”。"


def first_difference(name: str, expected: bytes, found: bytes) -> Difference | None:
    """Find where two files first differ: line and column of text, member of an archive.

    None when every byte is the same.
    """
    if expected == found:
        return None
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _ZIPS and (inner := _in_archive(name, expected, found)):
        return inner
    if suffix in _TEXT:
        return _in_text(name, expected, found)
    return _in_bytes(name, expected, found)


def same_members(name: str, expected: bytes, found: bytes) -> bool:
    """Tell whether two containers hold the same files in the same order, however compressed.

    Compressors differ from one machine to the next, and from one year to the next.
    """
    if PurePosixPath(name).suffix.lower() not in _ZIPS:
        return False
    try:
        one, other = _members(expected), _members(found)
    except _UNREADABLE:
        return False
    return list(one.items()) == list(other.items())


def differing_cell(expected: bytes, found: bytes) -> int:
    """Give the number of the first cell of a notebook that differs; 0 where none does by itself.

    Cells count as in the notebook that was written, without the one that holds the run's values.
    """
    one, other = (_cells(data) for data in (expected, found))
    pairs = enumerate(zip(one, other, strict=False), 1)
    return next((number for number, (was, is_now) in pairs if was != is_now), 0)


def _cells(notebook: bytes) -> list[dict[str, Any]]:
    cells = json.loads(notebook)["cells"]
    return [cell for cell in cells if INJECTED not in cell["metadata"].get("tags", ())]


def _place(expected: bytes, found: bytes) -> int:
    """Return the offset of the first byte that differs, or the shorter one's length."""
    shorter = min(len(expected), len(found))
    low, high = 0, shorter
    while low < high:
        middle = (low + high + 1) // 2
        if expected[:middle] == found[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _in_text(name: str, expected: bytes, found: bytes) -> Difference:
    place = _start_of_character(expected, _place(expected, found))
    before = expected[:place]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    column = len(before[start:].decode(errors="replace")) + 1
    return Difference(
        file=name, where=f"第{line}行第{column}个字符起",
        expected=_words(expected, place), found=_words(found, place),
    )  # fmt: skip


def _start_of_character(data: bytes, place: int) -> int:
    """Go back to where a character of several UTF-8 bytes begins."""
    while 0 < place < len(data) and 0x80 <= data[place] < 0xC0:
        place -= 1
    return place


def _words(data: bytes, place: int) -> str:
    words = data[place : place + 4 * _AROUND].decode(errors="replace")[:_AROUND]
    return words.replace("\n", "⏎") or "（文件到此为止）"


def _in_bytes(name: str, expected: bytes, found: bytes) -> Difference:
    place = _place(expected, found)
    return Difference(
        file=name, where=f"第{place + 1}个字节起",
        expected=expected[place : place + 8].hex(" ") or "（文件到此为止）",
        found=found[place : place + 8].hex(" ") or "（文件到此为止）",
    )  # fmt: skip


def _in_archive(name: str, expected: bytes, found: bytes) -> Difference | None:
    """Compare members; None when either is no archive or only the packing differs."""
    try:
        one, other = _members(expected), _members(found)
    except _UNREADABLE:
        return None
    for member in sorted(one.keys() | other.keys()):
        if member not in other:
            return Difference(file=name, where="内", expected=member, found="（没有该文件）")
        if member not in one:
            return Difference(file=name, where="内", expected="（没有该文件）", found=member)
        if one[member] != other[member]:
            inner = _in_text(name, one[member], other[member])
            return inner.model_copy(update={"where": f"内 {member} {inner.where}"})
    return None


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
