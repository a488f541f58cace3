"""Returns in other formats and shapes than they were sent out in are read all the same."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.periods import Period
from reporting.returns.layout import COLUMNS, FIGURES, IDENTITY, PROGRESS
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.sendback import annotate, write_copies
from reporting.returns.values import Returns
from reporting.workbooks.book import open_book

from .toy import OTHER, PARAMS, PLAN, UNIT, Sheet, filled, read, told

_FIRST = "2023-001-02"


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def placed(folder: Path, files: dict[str, bytes], before: tuple[Returns, ...]) -> Returns:
    """Put files into a quarter's folder under their full names, and read it."""
    status = folder / "status" / "Q3"
    status.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (status / name).write_bytes(data)
    return read_returns(folder, PARAMS, PLAN, 3, previous=before)


def test_returns_in_an_archive_are_read_and_answered(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Each file of it is a return of its own; a faulty one gets its marked copy."""
    faulty = filled(UNIT, 3, second_quarter)
    faulty.put(_FIRST, "self_rating", "差不多")
    inner = {
        f"报送/{UNIT}.xlsx": faulty.save(),
        f"报送/{OTHER}.xlsx": other_return,
        "报送/~$临时.xlsx": b"x",
        "内.zip": zipped({"a.xlsx": b""}),
        "../外.txt": b"",
    }
    returns = placed(tmp_path, {"两单位.zip": zipped(inner)}, second_quarter)
    assert [item.file for item in returns.returns] == [
        f"status/Q3/两单位.zip/报送/{UNIT}.xlsx",
        f"status/Q3/两单位.zip/报送/{OTHER}.xlsx",
    ]
    assert {f.code for f in returns.all_findings} == {"RET-RATING-WORD", "RET-FILE-OTHER"}
    copies = write_copies(tmp_path, returns, tmp_path / "out")
    (copy,) = [sent.path for sent in copies if sent.unit == UNIT]
    assert [s.name for s in open_book(copy.read_bytes()).sheets][1:3] == ["填报说明", PROGRESS]
    assert not (tmp_path / "status" / "外.txt").exists()


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", zipped({f"{n}.xlsx": b"" for n in range(301)}), b""],
)
def test_archive_that_is_not_read_is_named(
    data: bytes, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A damaged or endless one is one finding, and its unit has answered."""
    files = {f"{UNIT}.zip": data, f"{OTHER}.xlsx": other_return}
    returns = placed(tmp_path, files, second_quarter)
    assert [(f.code, f.unit) for f in returns.all_findings] == [("RET-FILE-KIND", UNIT)]


def test_names_of_an_archive_made_by_an_old_program_are_read(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Programs in Chinese write names in GB 18030 without saying so."""
    data = zipped({"AAAAAAAA.xlsx": other_return})
    data = data.replace(b"AAAAAAAA", OTHER.encode("gb18030"))
    returns = placed(tmp_path, {"报送.zip": data}, second_quarter)
    assert [item.file for item in returns.returns] == [f"status/Q3/报送.zip/{OTHER}.xlsx"]


def as_text(sheet: Sheet, name: str) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    for row in load_workbook(io.BytesIO(sheet.save()))[name].iter_rows(values_only=True):
        writer.writerow("" if v is None else str(v).removesuffix(" 00:00:00") for v in row)
    return target.getvalue().encode("gb18030")


def test_sheet_saved_as_text_is_read(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The answers of the sheet that was saved are there; the other sheet is missed."""
    usual = filled(UNIT, 3, second_quarter)
    files = {f"{UNIT}.csv": as_text(usual, PROGRESS), f"{OTHER}.xlsx": other_return}
    returns = placed(tmp_path, files, second_quarter)
    whole = read(tmp_path / "whole", 3, {UNIT: usual}, second_quarter)
    progress = [(r.milestone_id, r.progress, r.self_rating) for r in returns.returns[0].rows]
    assert progress == [(r.milestone_id, r.progress, r.self_rating) for r in whole.rows]
    codes = {f.code for f in returns.all_findings}
    assert {"RET-FILE-FORMAT", "RET-SHEET-RENAMED", "RET-SHEET-MISSING"} <= codes
    assert "RET-PLAN-ALTERED" not in codes


def test_text_that_is_no_return_is_merely_noted(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A list of the office among the returns is nobody's return."""
    files = {"联系人.csv": "姓名,电话\n甲,1".encode(), f"{OTHER}.xlsx": other_return}
    returns = placed(tmp_path, files, second_quarter)
    assert [f.code for f in returns.all_findings] == ["RET-FILE-OTHER", "RET-MISSING"]


@pytest.mark.parametrize("name", [f"{PROGRESS} - 表格 1", "Sheet1", "任务进展情况"])
def test_renamed_sheet_is_read_with_a_note(
    name: str, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A table is known by its header; marks go to the sheet as it is called."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(_FIRST, "self_rating", "差不多")
    place = sheet.address(_FIRST, "self_rating")
    sheet.sheet(PROGRESS).title = name
    data = sheet.save()
    returns = read(tmp_path, 3, {UNIT: data, OTHER: other_return}, second_quarter)
    assert told(returns) == [
        ("RET-SHEET-RENAMED", PROGRESS, ""),
        ("RET-RATING-WORD", PROGRESS, place),
    ]
    copy = annotate(data, returns.returns[0].findings, Period(year=2023, quarter=3))
    book = load_workbook(io.BytesIO(copy))
    assert book[name][place].comment.text.startswith("【错误】")
    assert book["核对意见"]["D4"].hyperlink.location == f"'{name}'!{place}"


def test_table_on_two_sheets_is_on_neither(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Which of two holds is not guessed."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.sheet(PROGRESS).title = "甲"
    sheet.book.copy_worksheet(sheet.sheet("甲")).title = "乙"
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    missing = [f for f in returns.all_findings if f.code == "RET-SHEET-MISSING"]
    assert [f.expected for f in missing] == [PROGRESS]


@pytest.mark.parametrize("remark", ["（必填，请写200字以上）", "\n请写具体", "：一句话", " [新]"])
def test_header_with_a_remark_keeps_its_column(
    remark: str, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """What somebody adds behind a header changes nothing of its column."""
    sheet = filled(UNIT, 3, second_quarter)
    cell = next(
        sheet.sheet(PROGRESS).cell(3, at)
        for at, spec in enumerate(COLUMNS[PROGRESS], 1)
        if spec.field == "progress"
    )
    cell.value = f"本季度进展{remark}"
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == []


@pytest.mark.parametrize("field", ["reporter", "approver", "reported_on"])
def test_signature_merged_over_rows_is_fine(
    field: str, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A signature for all rows in one merged cell is what empty cells below it mean."""
    sheet = filled(UNIT, 3, second_quarter)
    rows = [row_id for row_id in sheet.rows if "-T" not in row_id]
    for row_id in rows[1:]:
        sheet.put(row_id, field, None)
    area = f"{sheet.address(rows[0], field)}:{sheet.address(rows[-1], field)}"
    sheet.sheet(PROGRESS).merge_cells(area)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-MERGED", PROGRESS, area)]
    assert len({str(getattr(row, field)) for row in returns.returns[0].rows}) == 1


def test_sheet_of_figures_under_another_name_is_known_without_the_hidden_sheet(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A workbook exported sheet by sheet tells its unit by the titles that are left."""
    sheet = filled(UNIT, 3, second_quarter)
    del sheet.book[IDENTITY]
    del sheet.book["填报说明"]
    sheet.sheet(PROGRESS).title, sheet.sheet(FIGURES).title = "表1", "表2"
    returns = read(tmp_path, 3, {"报送": sheet, OTHER: other_return}, second_quarter)
    assert [f.code for f in returns.all_findings] == [
        "RET-IDENTITY-MISSING", "RET-SHEET-RENAMED", "RET-SHEET-RENAMED",
    ]  # fmt: skip
    assert len(returns.rows) == 6
