"""Sheets under another name than the one they were sent out with, found by their table."""

from dataclasses import replace

from reporting.returns.layout import AIDS, COLUMNS, GUIDE, IDENTITY, OPINION
from reporting.returns.reading.grid import find_table
from reporting.workbooks.cells import Book

_OURS = frozenset({*COLUMNS, *AIDS, GUIDE, IDENTITY, OPINION})


def renamed_sheets(book: Book) -> dict[str, str]:
    """Return the usual name of each sheet that holds a table of ours under another name.

    Where several sheets hold the table, none is taken for it.
    """
    others = [sheet for sheet in book.sheets if sheet.name.strip() not in _OURS]
    found = {}
    for usual in COLUMNS:
        if book.sheet(usual) is None:
            alike = [s.name for s in others if find_table(replace(s, name=usual)) is not None]
            if len(alike) == 1:
                found[alike[0]] = usual
    return found


def with_usual_names(book: Book, renamed: dict[str, str]) -> Book:
    """Return a book whose sheets go by their usual names."""
    sheets = tuple(replace(s, name=renamed.get(s.name, s.name)) for s in book.sheets)
    extras = tuple(replace(e, sheet=renamed.get(e.sheet, e.sheet)) for e in book.extras)
    return replace(book, sheets=sheets, extras=extras)
