"""The results of a check as a workbook in which the office decides, and reading it back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reporting.errors import InputRefused
from reporting.findings import Finding, Severity
from reporting.grades import Scale
from reporting.periods import Period
from reporting.project.decisions import Decision, Verdict, decision_of
from reporting.returns.layout import SAMPLE_NOTE
from reporting.returns.office.board import BOARD, UnitLine, copies_of
from reporting.returns.office.board import COLUMNS as BOARD_COLUMNS
from reporting.returns.rules import RULES
from reporting.returns.settle import Place, places
from reporting.returns.values import Returns
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import BookRefused, Cell, Sheet, column_letters
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW, ColumnSpec
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, dress_list, dress_questions, font, put, whole_or_text

NAME = "核对结果"
_WORDS = {verdict.label: verdict for verdict in Verdict}
_COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(field="number", label="序号", wide=6),
    ColumnSpec(field="severity", label="程度", wide=8),
    ColumnSpec(field="unit", label="单位", wide=18),
    ColumnSpec(field="task", label="任务", wide=6),
    ColumnSpec(field="sheet", label="工作表", wide=9),
    ColumnSpec(field="cell", label="单元格", wide=9),
    ColumnSpec(field="title", label="问题", wide=15),
    ColumnSpec(field="message", label="说明", wide=50),
    ColumnSpec(field="typed", label="填报内容", wide=20),
    ColumnSpec(field="decision", label="决定", wide=8, fill=True, choices=tuple(_WORDS)),
    ColumnSpec(field="value", label="取值", wide=12, fill=True),
    ColumnSpec(field="reason", label="理由", wide=26, fill=True),
    ColumnSpec(field="by", label="决定人", wide=9, fill=True),
    ColumnSpec(field="date", label="日期", wide=12, fill=True, kind="date"),
    ColumnSpec(field="row_id", label="行标识", wide=12, kind="id"),
    ColumnSpec(field="field", label="字段", wide=12, kind="id"),
    ColumnSpec(field="file", label="文件", wide=12, kind="id"),
    ColumnSpec(field="quarter", label="季度", wide=6, kind="id"),
    ColumnSpec(field="digest", label="摘要", wide=12, kind="id"),
)
_HINT = (
    "白色格由核定机关填写：采用＝照填报内容采用；改值＝取值填新的数字；核定＝取值填核定结果。"
    "填好保存后再次运行核对即生效。没有填报内容的各处不能作决定，请单位更正。"
)
_ASKED = ("decision", "value", "reason", "by", "date")


def results_book(
    returns: Returns,
    lines: Sequence[UnitLine] = (),
    note: str = "",
    copies: Mapping[str, str] | None = None,
) -> bytes:
    """Return the board, and the findings one row each with columns for a decision.

    Parameters
    ----------
    note : str
        What stands above the board.
    copies : mapping of str to str
        The copies to send back, by file or unit: they lie beside this workbook.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = NAME
    _fill_results(sheet, returns, copies or {})
    _fill_board(book.create_sheet(BOARD, 0), returns, lines, note, copies or {})
    book.active = 0
    return save_book(book)


def _fill_board(
    sheet: Worksheet,
    returns: Returns,
    lines: Sequence[UnitLine],
    note: str,
    copies: Mapping[str, str],
) -> None:
    label = Period(year=returns.year, quarter=returns.quarter).label
    put(cell_at(sheet, 1, 1), f"{label}报送情况{BOARD}")
    put(cell_at(sheet, 2, 1), note)
    for column, (name, _) in enumerate(BOARD_COLUMNS, 1):
        put(cell_at(sheet, HEADER_ROW, column), name)
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line.cells(number), 1):
            put(cell_at(sheet, FIRST_ROW + number - 1, column), value)
    dress_list(sheet, [wide for _, wide in BOARD_COLUMNS], len(lines))
    for row, line in enumerate(lines, FIRST_ROW):
        if beside := copies_of(copies, line):
            _link(cell_at(sheet, row, 2), beside[0])
    _let_filter(sheet, len(BOARD_COLUMNS), len(lines))


def _let_filter(sheet: Worksheet, columns: int, count: int) -> None:
    area = f"A{HEADER_ROW}:{column_letters(columns)}{max(HEADER_ROW, FIRST_ROW + count - 1)}"
    sheet.auto_filter.ref = area


def _link(cell: WrittenCell, file: str, place: str | None = None) -> None:
    """Lead to a workbook in the same folder, and to a cell of it."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=quote(file), location=place)
    cell.font = font(colour="1F5C94")


def _fill_results(sheet: Worksheet, returns: Returns, copies: Mapping[str, str]) -> None:
    label = Period(year=returns.year, quarter=returns.quarter).label
    put(cell_at(sheet, TITLE_ROW, 1), f"{label}报送表{NAME}")
    put(cell_at(sheet, HINT_ROW, 1), _HINT + (SAMPLE_NOTE if returns.is_sample else ""))
    for column, spec in enumerate(_COLUMNS, 1):
        put(cell_at(sheet, HEADER_ROW, column), spec.label)
    known = {(p.file, p.sheet, p.cell): p for p in places(returns)}
    found = sorted(returns.all_findings, key=lambda f: list(Severity).index(f.severity))
    for number, finding in enumerate(found, 1):
        values = _values(
            number, finding, returns, known.get((finding.file, finding.sheet, finding.cell))
        )
        values |= {"quarter": str(returns.quarter)}
        for column, spec in enumerate(_COLUMNS, 1):
            put(cell_at(sheet, FIRST_ROW + number - 1, column), values.get(spec.field))
    dress_questions(sheet, _COLUMNS, len(found), year=returns.year)
    _let_filter(sheet, len(_COLUMNS), len(found))
    column = next(n for n, spec in enumerate(_COLUMNS, 1) if spec.field == "cell")
    for row, finding in enumerate(found, FIRST_ROW):
        if finding.cell and finding.file in copies:
            place = f"'{finding.sheet.replace(chr(39), chr(39) * 2)}'!{finding.cell}"
            _link(cell_at(sheet, row, column), copies[finding.file], place)


def _values(
    number: int, finding: Finding, returns: Returns, place: Place | None
) -> dict[str, str | int | None]:
    values: dict[str, str | int | None] = {
        "number": number, "severity": finding.severity.label, "unit": finding.unit,
        "task": whole_or_text(returns.label_of(finding.task_id)), "sheet": finding.sheet,
        "cell": finding.cell, "title": RULES[finding.code].title, "message": finding.message,
        "file": finding.file,
    }  # fmt: skip
    if place is not None:
        values |= place.model_dump(include={"row_id", "field", "typed"})
        values |= {"digest": place.digest}
    return values


def filled_decisions(path: Path, quarter: int, scale: Scale) -> tuple[Decision, ...]:
    """Read what the office filled in; none where there is no workbook.

    Raises
    ------
    InputRefused
        A row cannot be understood; then none is applied.
    """
    if not path.is_file():
        return ()
    try:
        sheet = open_book(path.read_bytes()).sheet(NAME)
    except BookRefused as error:
        raise InputRefused(f"{path.name} 不能读取（{error.found}），决定均未采用。") from None
    if sheet is None:
        raise InputRefused(f"{path.name} 应有“{NAME}”表，实际没有，决定均未采用。")
    columns = _columns(sheet)
    rows = sorted({row for row, _ in sheet.cells if row >= FIRST_ROW})
    filled = ({f: _text(sheet.cells.get((row, c))) for f, c in columns.items()} for row in rows)
    pairs = [
        (row, said)
        for row, said in zip(rows, filled, strict=True)
        if any(said.get(name) for name in _ASKED)
    ]
    return tuple(_decision(said, quarter, path.name, row, scale) for row, said in pairs)


def _columns(sheet: Sheet) -> dict[str, int]:
    labels = {spec.label: spec.field for spec in _COLUMNS}
    heads = (c for c in sheet.cells.values() if c.row == HEADER_ROW)
    return {labels[c.value.strip()]: c.column for c in heads if c.value.strip() in labels}


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.numeric and cell.style == "date":
        return (date(1899, 12, 30) + timedelta(days=int(float(cell.value)))).isoformat()
    return cell.value.strip()


def _decision(said: dict[str, str], quarter: int, name: str, row: int, scale: Scale) -> Decision:
    if not said.get("digest"):
        raise InputRefused(f"{name} 第{row}行没有可以作决定的填报内容，决定均未采用。")
    if said.get("quarter") != str(quarter):
        raise InputRefused(f"{name} 第{row}行不是本季度的核对结果，决定均未采用。")
    word = said.get("decision", "")
    if word and word not in _WORDS:
        words = "、".join(_WORDS)
        raise InputRefused(f"{name} 第{row}行决定应为{words}之一，实为“{word}”，决定均未采用。")
    empty = dict.fromkeys(("row_id", "field", "file", "sheet", "cell", "value"), "")
    verdict = {"decision": str(_WORDS[word])} if word else {}
    return decision_of(empty | said | verdict, name, row, scale)
