"""Read a sheet that was saved as text, its cells separated by commas or tabs (.csv)."""

import csv
import io
import re

from reporting.workbooks.book import MAX_TEXT
from reporting.workbooks.cells import Book, BookRefused, Cell, Sheet
from reporting.workbooks.parts import MAX_COLUMNS, Budget

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_SEPARATORS = ",\t;"


def open_separated(data: bytes, name: str) -> Book:
    """Read a sheet from its bytes, as Excel and WPS save it: UTF-8 or GB 18030.

    Raises
    ------
    BookRefused
        The bytes are no text, or exceed a limit.
    """
    sheet, budget = Sheet(name, hidden=False), Budget()
    text = _decoded(data)
    csv.field_size_limit(MAX_TEXT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values[:MAX_COLUMNS], 1):
                if value.strip():
                    budget.take_cell(len(value))
                    numeric = _NUMBER.fullmatch(value.strip()) is not None
                    cell = Cell(row, column, value.strip() if numeric else value, numeric)
                    sheet.cells[row, column] = cell
    except csv.Error:
        raise BookRefused("RET-FILE-HUGE", f"有单元格超过 {MAX_TEXT} 字") from None
    return Book((sheet,), date1904=False, has_macros=False, has_links=False)


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise BookRefused("RET-FILE-NOT-BOOK", "不是文字的文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BookRefused("RET-FILE-NOT-BOOK", "编码不明的文本文件")


def _separator(text: str) -> str:
    """Choose the separator that the first lines have most of."""
    head = "\n".join(text.split("\n", 40)[:40])
    return max(_SEPARATORS, key=head.count)
