"""Workbooks as bytes that depend on their content only."""

import io
from collections.abc import Callable

from openpyxl import Workbook

from reporting.archives import normalise_zip
from reporting.scratch import swept_temporary_files


def saved(book: Workbook, edit: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook's bytes; ``edit`` takes times out of a part, by its name and content."""
    target = io.BytesIO()
    # openpyxl writes each sheet into a temporary file first.
    with swept_temporary_files():
        book.save(target)
    return normalise_zip(target.getvalue(), edit=edit)
