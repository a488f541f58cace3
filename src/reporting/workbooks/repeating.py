"""Rows by the hundred, each dressed as the one row that openpyxl dressed and wrote.

To make a cell of openpyxl, dress it and write it takes longer than to read the table that it
shows; most sheets that people fill in have thousands of cells and a dozen looks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

_LAST_ROW = re.compile(rb'<row r="(\d+)"[^>]*>((?:(?!<row ).)*)</row></sheetData>', re.DOTALL)
_CELL = re.compile(rb'<c r="([A-Z]+)\d+"(?: s="(\d+)")?')
_DIMENSION = re.compile(rb'(<dimension ref="[A-Z]+\d+:[A-Z]+)\d+"')
_DAY_0 = date(1899, 12, 30)

Content = str | int | date | None


@dataclass(frozen=True)
class Row:
    """The cells of a row from the first column on, and its height in points."""

    cells: Sequence[Content]
    height: float


def repeated(sheet: bytes, rows: Sequence[Row]) -> bytes:
    """Write rows where a sheet has its last row, each cell dressed as the one it replaces.

    Texts are written as they are: what must not be seen or read otherwise is for the caller.
    """
    found = _LAST_ROW.search(sheet)
    if found is None:
        raise ValueError("the sheet has no row that others could be dressed as")
    first = int(found[1])
    looks = [(letters.decode(), style.decode()) for letters, style in _CELL.findall(found[2])]
    written = "".join(_row(number, row, looks) for number, row in enumerate(rows, first))
    last = b'\\g<1>%d"' % (first + len(rows) - 1)
    head, tail = _DIMENSION.sub(last, sheet[: found.start()], count=1), sheet[found.end() :]
    return head + written.encode() + b"</sheetData>" + tail


def _row(number: int, row: Row, looks: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<c r="{letters}{number}" s="{style or 0}"{_content(value)}'
        for (letters, style), value in zip(looks, row.cells, strict=True)
    )
    return f'<row r="{number}" ht="{row.height:g}">{cells}</row>'


def _content(value: Content) -> str:
    if value is None:
        return "/>"
    if isinstance(value, date):
        return f"><v>{(value - _DAY_0).days}</v></c>"
    if isinstance(value, int):
        return f"><v>{value}</v></c>"
    space = "" if value == value.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
