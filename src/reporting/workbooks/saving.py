"""Workbooks as bytes that depend on their content only."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook

from reporting.system.archives import make_zip, read_members
from reporting.system.scratch import swept_temporary_files
from reporting.workbooks.repeating import Row, repeated
from reporting.workbooks.sharing import shared

_FIXED = datetime(2000, 1, 1)
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v(?:></v>| ?/>)</c>')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


Rows = Mapping[str, Sequence[Row]]
"""By the title of a sheet, the rows that stand for its last one and are dressed like it."""
Shown = Mapping[str, Mapping[str, str]]
"""By the title of a sheet and a cell, what its formula shows in programs that reckon nothing."""


def save_book(book: Workbook, rows: Rows | None = None, shown: Shown | None = None) -> bytes:
    """Return a workbook's bytes, free of times."""
    book.properties.created = book.properties.modified = _FIXED
    return saved(book, _FIXED, rows, shown)


def saved(
    book: Workbook, moment: datetime, rows: Rows | None = None, shown: Shown | None = None
) -> bytes:
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
    # openpyxl names the sheets by their order.
    parts = {name: f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(book.sheetnames, 1)}
    for title, listed in (rows or {}).items():
        settled[parts[title]] = repeated(settled[parts[title]], listed)
    for title, values in (shown or {}).items():
        settled[parts[title]] = _with_values(settled[parts[title]], values)
    return make_zip(shared(settled))


def _with_values(content: bytes, shown: Mapping[str, str]) -> bytes:
    """Write values beside formulas, which openpyxl leaves empty."""

    def filled(match: re.Match[bytes]) -> bytes:
        text = shown.get(match[1].decode())
        if text is None:
            return match[0]
        value = escape(text).encode("ascii", "xmlcharrefreplace")
        return b'<c r="%s"%s t="str">%s<v>%s</v></c>' % (match[1], match[2], match[3], value)

    return _FORMULA.sub(filled, content)


def _settled(moment: datetime, name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + f"{moment:%FT%TZ}".encode(), content)
    if name.startswith("xl/worksheets/sheet"):
        return content.replace(b' customHeight="1"', b"")
    return content
