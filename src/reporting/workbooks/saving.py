"""Workbooks as bytes that depend on their content only."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook

from reporting.system.archives import make_zip, read_members
from reporting.system.scratch import swept_temporary_files
from reporting.workbooks.repeating import Row, repeated
from reporting.workbooks.sharing import shared

_FIXED = datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


Rows = Mapping[str, Sequence[Row]]
"""By the title of a sheet, the rows that stand for its last one and are dressed like it."""


def save_book(book: Workbook, rows: Rows | None = None) -> bytes:
    """Return a workbook's bytes, free of times."""
    book.properties.created = book.properties.modified = _FIXED
    return saved(book, _FIXED, rows)


def saved(book: Workbook, moment: datetime, rows: Rows | None = None) -> bytes:
    """Return a workbook's bytes as if saved at a moment; rows keep growing with their text.

    openpyxl marks each row with a height as fixed by hand; taking that mark away lets the
    spreadsheet fit the row again when a long text is typed.
    """
    target = io.BytesIO()
    # openpyxl writes each sheet into a temporary file first.
    with swept_temporary_files():
        book.save(target)
    members = read_members(target.getvalue())
    settled = {name: _settled(moment, name, content) for name, content in members.items()}
    for title, listed in (rows or {}).items():
        # openpyxl names the sheets by their order.
        name = f"xl/worksheets/sheet{book.sheetnames.index(title) + 1}.xml"
        settled[name] = repeated(settled[name], listed)
    return make_zip(shared(settled))


def _settled(moment: datetime, name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + f"{moment:%FT%TZ}".encode(), content)
    if name.startswith("xl/worksheets/sheet"):
        return content.replace(b' customHeight="1"', b"")
    return content
