"""Workbooks as bytes that depend on their content only."""

import io
import re
from datetime import datetime

from openpyxl import Workbook

from reporting.system.archives import make_zip, read_members
from reporting.system.scratch import swept_temporary_files
from reporting.workbooks.sharing import shared

_FIXED = datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def save_book(book: Workbook) -> bytes:
    """Return a workbook's bytes, free of times."""
    book.properties.created = book.properties.modified = _FIXED
    return saved(book, _FIXED)


def saved(book: Workbook, moment: datetime) -> bytes:
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
    return make_zip(shared(settled))


def _settled(moment: datetime, name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + f"{moment:%FT%TZ}".encode(), content)
    if name.startswith("xl/worksheets/sheet"):
        return content.replace(b' customHeight="1"', b"")
    return content
