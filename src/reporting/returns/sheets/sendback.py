"""Annotated copies to send back: faulty cells marked, a summary sheet in front."""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.returns.layout import OPINION, OPINION_AUTHOR
from reporting.returns.reading.files import read_again
from reporting.returns.rules import RULES
from reporting.returns.sheets.blank import file_stem
from reporting.returns.sheets.written import keep_written, remove_written
from reporting.returns.values import Returns
from reporting.system.files import write_whole
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import split_address
from reporting.workbooks.heights import text_lines
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, dress_list, first_of_merge, frame, put

_LIGHT = 4 * 2**20
"""Unpacked bytes up to which a workbook is opened for marking; beyond, only the summary."""

_WIDE = 50_000
"""Cells under merges and links up to which a workbook is opened: openpyxl makes each of them."""
_AREA = re.compile(rb"(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)")

_MARKS = {
    Severity.ERROR: PatternFill("solid", fgColor="F6B8B2"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE08A"),
    Severity.NOTE: PatternFill("solid", fgColor="CFE2F3"),
}
_FRAMES = {Severity.ERROR: "A61C1C", Severity.WARNING: "B07A00", Severity.NOTE: "2F6DA8"}
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_WANTED = {
    Severity.ERROR: "请更正“错误”各处后重新报送",
    Severity.WARNING: "请核实“提醒”各处，确有出入的，更正后重新报送",
    Severity.NOTE: "各处“说明”请知悉，读取有误的，更正后重新报送",
}
"""What the unit is asked to do, by the worst of what was found."""
_COLUMNS = (
    ("序号", 6.0),
    ("程度", 8.0),
    ("工作表", 10.0),
    ("单元格", 10.0),
    ("问题", 16.0),
    ("说明", 84.0),
)


def by_file(returns: Returns) -> dict[str, list[Finding]]:
    """Group the findings that concern a file by it, in the order of the files."""
    groups: dict[str, list[Finding]] = {}
    for finding in returns.all_findings:
        if finding.file:
            groups.setdefault(finding.file, []).append(finding)
    return groups


def write_copies(root: Path, returns: Returns, folder: Path) -> tuple[Path, ...]:
    """Write an annotated copy of each return with findings; copies of before are removed.

    A copy is named by its unit, or by its file where the unit is not known. Files that this
    program did not write, or that somebody changed since, are neither removed nor replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_written(folder)
    period = Period(year=returns.year, quarter=returns.quarter)
    written: dict[Path, bytes] = {}
    for file, findings in by_file(returns).items():
        path = _free_path(folder, next((f.unit for f in findings if f.unit), ""), file)
        written[path] = annotate(read_again(root / file), findings, period)
        write_whole(path, written[path])
    keep_written(folder, {path.name: data for path, data in written.items()})
    return tuple(written)


def _free_path(folder: Path, unit: str, file: str) -> Path:
    stem = file_stem(unit or Path(file).stem)
    path, count = folder / f"{stem}.xlsx", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}（{count}）.xlsx"
    return path


def annotate(data: bytes, findings: Sequence[Finding], period: Period) -> bytes:
    """Return a workbook with its faulty cells marked and a summary in front.

    A workbook that cannot be opened, or is too large to be marked, is answered by the summary
    alone.
    """
    book = _open_for_marks(data)
    marked = book is not None
    if book is None:
        book = Workbook()
        book.remove(book.worksheets[0])
    if OPINION in book.sheetnames:
        book.remove(book[OPINION])
    summary = book.create_sheet(OPINION, 0)
    # Findings name a sheet without the white space that may have got into its name.
    titles = {name.strip(): name for name in reversed(book.sheetnames)}
    titles |= {name: name for name in book.sheetnames}
    _write_summary(summary, findings, period, titles)
    if marked:
        for (name, cell), group in _by_cell(findings).items():
            if name in titles:
                _mark(book[titles[name]], cell, group)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    return save_book(book)


def _open_for_marks(data: bytes) -> Workbook | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LIGHT:
                return None
            if sum(_area(archive.read(name)) for name in archive.namelist()) > _WIDE:
                return None
        open_book(data)
        with warnings.catch_warnings():
            # openpyxl warns of extensions it drops; the copy is for reading only.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), keep_links=False)
    except Exception:  # openpyxl raises of every kind on odd files; the summary still goes out
        return None


def _area(part: bytes) -> int:
    """Count the cells under the merges and links of a part."""
    cells = 0
    for first, last in _AREA.findall(part.replace(b"\0", b"")):
        top, left = split_address(first.decode())
        bottom, right = split_address(last.decode())
        cells += (bottom - top + 1) * (right - left + 1)
    return cells


def _by_cell(findings: Sequence[Finding]) -> dict[tuple[str, str], list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.sheet and finding.cell:
            groups.setdefault((finding.sheet, finding.cell.partition(":")[0]), []).append(finding)
    return groups


def _mark(sheet: Worksheet, cell: str, findings: Sequence[Finding]) -> None:
    worst = min((f.severity for f in findings), key=_RANK.__getitem__)
    target = first_of_merge(sheet, *split_address(cell))
    target.fill = _MARKS[worst]
    frame(target, _FRAMES[worst])
    text = "\n".join(f"【{f.severity.label}】{f.message}" for f in findings)
    comment = Comment(text, OPINION_AUTHOR)
    comment.width, comment.height = 320, 40 + 34 * text_lines(text, 44)
    target.comment = comment


def _write_summary(
    sheet: Worksheet, findings: Sequence[Finding], period: Period, titles: Mapping[str, str]
) -> None:
    unit = next((f.unit for f in findings if f.unit), "")
    counts = [
        f"{severity.label}{sum(f.severity is severity for f in findings)}处"
        for severity in Severity
    ]
    worst = min((f.severity for f in findings), key=_RANK.__getitem__, default=Severity.NOTE)
    put(cell_at(sheet, 1, 1), f"{unit}　{period.label}报送表核对意见".strip("　"))
    put(
        cell_at(sheet, 2, 1),
        f"{'、'.join(counts)}。{_WANTED[worst]}；单元格可点击跳转。",
    )
    for column, (label, _) in enumerate(_COLUMNS, 1):
        put(cell_at(sheet, 3, column), label)
    ordered = sorted(findings, key=lambda f: _RANK[f.severity])
    for row, finding in enumerate(ordered, 4):
        values: tuple[int | str, ...] = (
            row - 3, finding.severity.label, finding.sheet, finding.cell,
            RULES[finding.code].title, finding.message,
        )  # fmt: skip
        for column, value in enumerate(values, 1):
            put(cell_at(sheet, row, column), value)
        _dress_row(sheet, row, finding, titles.get(finding.sheet))
    dress_list(sheet, [wide for _, wide in _COLUMNS], len(ordered))
    sheet.protection.sheet = True


def _dress_row(sheet: Worksheet, row: int, finding: Finding, title: str | None) -> None:
    cell_at(sheet, row, 2).fill = _MARKS[finding.severity]
    cell_at(sheet, row, 2).alignment = Alignment(horizontal="center", vertical="top")
    if finding.cell and title:
        cell = cell_at(sheet, row, 4)
        place = f"'{title.replace(chr(39), chr(39) * 2)}'!{finding.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
