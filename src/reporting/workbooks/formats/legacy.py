"""Read the cells of an old workbook (.xls, and .et of WPS, which is the same inside)."""

import io

import xlrd
from xlrd.book import Book as OldBook
from xlrd.sheet import Sheet as OldSheet

from reporting.language.runs import Run, RunKind
from reporting.workbooks.book import MAX_MERGES, MAX_TEXT, normal_number
from reporting.workbooks.cells import Book, BookRefused, Cell, Extra, Sheet, address
from reporting.workbooks.formats.read import format_kind
from reporting.workbooks.parts import Budget

MAX_OLD = 4 * 2**20
"""Bytes of an old workbook: its reader keeps an object for each formatted cell."""
_MOST_COMMENTS = 200
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")


def is_old_book(data: bytes) -> bool:
    """Tell an old workbook by its container; a new one under a password has the same."""
    return data.startswith(_CONTAINER) and "EncryptedPackage".encode("utf-16-le") not in data


def open_old_book(data: bytes) -> Book:
    """Read an old workbook from its bytes; formulas give the values that were saved.

    Raises
    ------
    BookRefused
        The bytes are no such workbook, are protected or damaged, or exceed a limit.
    """
    if len(data) > MAX_OLD:
        raise BookRefused("RET-FILE-HUGE", f"为旧版格式，有 {len(data) // 2**20} MB")
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise BookRefused("RET-FILE-PROTECTED", "设有打开密码") from None
        raise BookRefused("RET-FILE-XLS", "不能读取的旧版文件") from None
    except Exception as error:  # its reader fails in every way on damaged files
        found = f"不能读取的旧版文件（{type(error).__name__}）"
        raise BookRefused("RET-FILE-XLS", found) from None
    budget = Budget()
    sheets = tuple(_sheet(book, sheet, budget) for sheet in book.sheets())
    extras = tuple(extra for sheet in book.sheets() for extra in _comments(sheet))
    return Book(sheets, book.datemode == 1, has_macros=False, has_links=False, extras=extras)


def _sheet(book: OldBook, sheet: OldSheet, budget: Budget) -> Sheet:
    found = Sheet(sheet.name, hidden=sheet.visibility != 0)
    for row in range(sheet.nrows):
        hidden = row in sheet.rowinfo_map and bool(sheet.rowinfo_map[row].hidden)
        for column in range(sheet.row_len(row)):
            cell = _cell(book, sheet, row, column)
            if cell is None:
                continue
            budget.take_cell(len(cell.value))
            if len(cell.value) > MAX_TEXT:
                raise BookRefused("RET-FILE-HUGE", f"有单元格超过 {MAX_TEXT} 字")
            found.cells[cell.row, cell.column] = cell
            if hidden:
                found.hidden_rows.add(cell.row)
    if len(sheet.merged_cells) > MAX_MERGES:
        raise BookRefused("RET-FILE-HUGE", f"合并单元格超过 {MAX_MERGES} 处")
    found.merges += [
        (top + 1, left + 1, low, right) for top, low, left, right in sheet.merged_cells
    ]
    found.hidden_columns += [(n + 1, n + 1) for n, info in sheet.colinfo_map.items() if info.hidden]
    return found


def _cell(book: OldBook, sheet: OldSheet, row: int, column: int) -> Cell | None:
    kind, raw = sheet.cell_type(row, column), sheet.cell_value(row, column)
    numeric = kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
    if numeric:
        value = normal_number(repr(raw))
    elif kind == xlrd.XL_CELL_BOOLEAN:
        value = "TRUE" if raw else "FALSE"
    elif kind == xlrd.XL_CELL_ERROR:
        value = xlrd.error_text_from_code.get(raw, "#ERR")
    else:
        value = str(raw).replace("\r\n", "\n").replace("\r", "\n")
    if not value.strip():
        return None
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    code = book.format_map[style.format_key].format_str if numeric else ""
    fonts = [style.font_index]
    fonts += [font for _, font in sheet.rich_text_runlist_map.get((row, column), ())]
    struck = any(0 <= n < len(book.font_list) and book.font_list[n].struck_out for n in fonts)
    return Cell(
        row=row + 1,
        column=column + 1,
        value=value,
        numeric=numeric,
        style=format_kind(code),
        error=kind == xlrd.XL_CELL_ERROR,
        runs=(Run(value, RunKind.STRUCK),) if struck else (),
    )


def _comments(sheet: OldSheet) -> list[Extra]:
    notes = sorted(sheet.cell_note_map.items())
    found = [
        Extra("comment", sheet.name, address(row + 1, column + 1), note.text.strip(), note.author)
        for (row, column), note in notes[:_MOST_COMMENTS]
    ]
    beyond = len(notes) - len(found)
    return [*found, Extra("more", text=str(beyond))] if beyond else found
