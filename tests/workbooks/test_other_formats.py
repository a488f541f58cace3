"""Workbooks in other formats are read cell by cell like those of today."""

import io
import zipfile

import pytest

from reporting.workbooks.cells import BookRefused, Extra
from reporting.workbooks.formats.legacy import MAX_OLD, is_old_book, open_old_book
from reporting.workbooks.formats.opendocument import is_opendocument, open_opendocument
from reporting.workbooks.formats.separated import open_separated

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def document(tables: str, styles: str = "", manifest: str = "") -> bytes:
    """Write an OpenDocument spreadsheet with some content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr(
            "content.xml",
            "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' "
            f"xmlns:style='s' xmlns:draw='d'>{styles}<office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


def table(*rows: str) -> str:
    return f"<table:table table:name='进展'>{''.join(rows)}</table:table>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(words: str, more: str = "", inside: str = "") -> str:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in words.split("|") if line)
    return f"<table:table-cell {more}>{inside}{paragraphs}</table:table-cell>"


def times(what: str, count: int) -> str:
    return f"table:number-{what}-repeated='{count}'"


def values(data: bytes) -> dict[str, str]:
    (sheet,) = open_opendocument(data).sheets
    return {c.address: c.value for c in sheet.cells.values()}


def test_opendocument_is_told_by_its_first_entry() -> None:
    """Any other archive is none."""
    assert is_opendocument(document(table()))
    assert not is_opendocument(b"PK\x03\x04" + b"\0" * 300)


def test_cells_of_a_document_have_their_places_and_values() -> None:
    """Repeated cells and rows count, lines and spaces stay, empty ends are passed over."""
    data = document(
        table(
            row(
                cell("甲|乙"), cell("", "table:number-columns-repeated='3'"), cell("丙<text:s/>丁")
            ),
            row(cell("")),
            row(
                cell("同", "table:number-columns-repeated='2'"),
                more="table:number-rows-repeated='2'",
            ),
            row(cell(""), more=times("rows", 1_048_570)),
        )
    )
    assert values(data) == {
        "A1": "甲\n乙", "E1": "丙 丁", "A3": "同", "B3": "同", "A4": "同", "B4": "同",
    }  # fmt: skip


def test_figures_and_dates_of_a_document_keep_their_kind() -> None:
    """A share is a number that is shown as one; a date is its day; a formula is known as one."""
    data = document(
        table(
            row(
                cell("95%", "office:value-type='percentage' office:value='0.95'"),
                cell("2023年10月", "office:value-type='date' office:date-value='2023-10-18'"),
                cell("7", "office:value-type='float' office:value='7' table:formula='of:=[.A1]'"),
            )
        )
    )
    (sheet,) = open_opendocument(data).sheets
    assert [(c.value, c.numeric, c.style, c.formula) for c in sheet.cells.values()] == [
        ("0.95", True, "percent", None),
        ("2023-10-18", False, "date", None),
        ("7", True, "", "[.A1]"),
    ]


def test_marks_of_a_document_are_known() -> None:
    """Text that is crossed out, merged cells, hidden rows, comments and boxes are told."""
    crossed = (
        "<style:style style:name='T1'><style:text-properties "
        "style:text-line-through-style='solid'/></style:style>"
    )
    note = "<office:annotation><text:p>初步数</text:p></office:annotation>"
    box = "<draw:custom-shape><text:p>以此为准</text:p></draw:custom-shape>"
    data = document(
        table(
            row(cell("<text:span text:style-name='T1'>80</text:span>82"), cell("值", inside=note)),
            row(
                cell("丙", "table:number-columns-spanned='2'", inside=box),
                more="table:visibility='collapse'",
            ),
        ),
        crossed,
    )
    book = open_opendocument(data)
    (sheet,) = book.sheets
    assert [(c.value, c.struck) for c in sheet.cells.values()] == [
        ("8082", True), ("值", False), ("丙", False),
    ]  # fmt: skip
    assert (sheet.hidden_rows, sheet.merges) == ({2}, [(2, 1, 2, 2)])
    assert book.extras == (
        Extra("comment", "进展", "B1", "初步数"),
        Extra("text", "进展", "A2", "以此为准"),
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document("<broken"), "RET-FILE-DAMAGED"),
        (document(table(), manifest="<encryption-data/>"), "RET-FILE-PROTECTED"),
        (
            document(table(row(cell("满", times("columns", 999)), more=times("rows", 999)))),
            "RET-FILE-HUGE",
        ),
        (document(table(row(cell("满" * 32_768)))), "RET-FILE-HUGE"),
    ],
)  # fmt: skip
def test_document_that_is_no_good_is_refused(data: bytes, code: str) -> None:
    """Damaged, protected or endless: one code each."""
    with pytest.raises(BookRefused) as refused:
        open_opendocument(data)
    assert refused.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_sheet_saved_as_text_is_read(encoding: str, separator: str) -> None:
    """Both encodings and both separators; quoted lines stay together, figures are figures."""
    lines = [["任务号", "本季度进展", "指标"], ["1", '"甲\n乙"', " 820.5 "], ["", "07-1", "1e5"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    (sheet,) = open_separated(text.encode(encoding), "进展").sheets
    assert [(c.address, c.value, c.numeric) for c in sheet.cells.values()] == [
        ("A1", "任务号", False), ("B1", "本季度进展", False), ("C1", "指标", False),
        ("A2", "1", True), ("B2", "甲\n乙", False), ("C2", "820.5", True),
        ("B3", "07-1", False), ("C3", "1e5", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"a\0b", "RET-FILE-NOT-BOOK"), (b"\xff\xff\xff", "RET-FILE-NOT-BOOK"),
     (b"a," + b"b" * 40_000, "RET-FILE-HUGE")],
)  # fmt: skip
def test_text_that_is_no_sheet_is_refused(data: bytes, code: str) -> None:
    """Bytes that are no text, or a cell that no program writes."""
    with pytest.raises(BookRefused) as refused:
        open_separated(data, "进展")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE + b"\0" * 2_000, "RET-FILE-XLS"),
        (OLE + b"\xff" * 5_000, "RET-FILE-XLS"),
        (OLE + b"\0" * MAX_OLD, "RET-FILE-HUGE"),
    ],
)
def test_old_workbook_that_is_no_good_is_refused(data: bytes, code: str) -> None:
    """Damaged or too large: one code each, whatever its reader makes of it."""
    assert is_old_book(data)
    with pytest.raises(BookRefused) as refused:
        open_old_book(data)
    assert refused.value.code == code


def test_new_workbook_under_a_password_is_no_old_one() -> None:
    """Its container is the same, its content is not."""
    assert not is_old_book(OLE + "EncryptedPackage".encode("utf-16-le"))
