"""A table that is written down, made into the file an office would send."""

import html
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docx import Document
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tools.styles.written import Cell, Part, Written

_MARKED = re.compile(r"<(raised|struck|hidden)>(.*?)</\1>")


class Place(NamedTuple):
    """A cell of a grid, with the rows and columns it covers."""

    row: int
    column: int
    height: int
    width: int
    cell: Cell


class Run(NamedTuple):
    """Text of one kind: empty for plain text, else ``raised``, ``struck`` or ``hidden``."""

    kind: str
    text: str


def make_file(table: Written) -> tuple[str, bytes]:
    """Make the file of a table: its name and its content."""
    match table.form:
        case "xlsx":
            return "table.xlsx", _xlsx(table.parts)
        case "docx":
            return "table.docx", _docx(table.parts)
        case "html":
            return "table.html", _html(table.parts).encode()
        case "text":
            return "table.txt", table.text.encode()
        case "led":
            return "table.txt", _led(table.parts).encode()
        case "tabs":
            return "table.txt", _tabs(table.parts).encode()


def places(grid: Sequence[Sequence[Cell]]) -> Iterator[Place]:
    """Yield the cells of a grid in order, each once."""
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if cell not in ("^", "<"):
                height = _run_length([line[column] for line in grid[row + 1 :]], "^")
                width = _run_length(cells[column + 1 :], "<")
                yield Place(row, column, height, width, cell)


def runs(text: str) -> list[Run]:
    """Part marked text into its runs."""
    parts, at = [], 0
    for match in _MARKED.finditer(text):
        parts += [Run("", text[at : match.start()]), Run(match[1], match[2])]
        at = match.end()
    return [run for run in (*parts, Run("", text[at:])) if run.text]


def _run_length(cells: Sequence[Cell], mark: str) -> int:
    return 1 + next((at for at, cell in enumerate(cells) if cell != mark), len(cells))


def _xlsx(parts: Sequence[Part]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for at, part in enumerate(parts):
        _fill_sheet(book.create_sheet(part.sheet or f"Sheet{at + 1}"), part)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill_sheet(sheet: Worksheet, part: Part) -> None:
    width = max((len(row) for row in part.grid), default=1)
    for at, line in enumerate(part.lines, start=1):
        sheet.cell(at, 1, line)
        _join(sheet, at, 1, 1, width)
    for place in places(part.grid):
        row, column = len(part.lines) + place.row + 1, place.column + 1
        sheet.cell(row, column).value = _rich(place.cell)
        _join(sheet, row, column, place.height, place.width)
    for row in part.hidden.get("rows", ()):
        sheet.row_dimensions[row].hidden = True
    for column in part.hidden.get("columns", ()):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def _join(sheet: Worksheet, row: int, column: int, height: int, width: int) -> None:
    if height > 1 or width > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + height - 1,
            end_column=column + width - 1,
        )


def _rich(cell: Cell) -> Cell | CellRichText | None:
    """Turn marked text into rich text; an empty cell holds nothing."""
    if not isinstance(cell, str) or not _MARKED.search(cell):
        return None if cell == "" else cell
    fonts = {"raised": InlineFont(vertAlign="superscript"), "struck": InlineFont(strike=True)}
    return CellRichText(
        *(TextBlock(fonts[run.kind], run.text) if run.kind else run.text for run in runs(cell))
    )


def _docx(parts: Sequence[Part]) -> bytes:
    document = Document()
    for part in parts:
        for line in part.lines:
            document.add_paragraph(line)
        table = document.add_table(rows=len(part.grid), cols=len(part.grid[0]))
        for place in places(part.grid):
            cell = table.cell(place.row, place.column)
            if place.height > 1 or place.width > 1:
                last = (place.row + place.height - 1, place.column + place.width - 1)
                cell = cell.merge(table.cell(*last))
            lines = str(place.cell).split("\n")
            for at, line in enumerate(lines):
                _fill_paragraph(cell.add_paragraph() if at else cell.paragraphs[0], line)
        for line in part.after:
            document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _fill_paragraph(paragraph: object, text: str) -> None:
    for run in runs(text):
        made = paragraph.add_run(run.text)  # type: ignore[attr-defined]
        made.font.superscript = run.kind == "raised" or None
        made.font.strike = run.kind == "struck" or None
        made.font.hidden = run.kind == "hidden" or None


def _html(parts: Sequence[Part]) -> str:
    made = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>表</title></head><body>"]
    for part in parts:
        made += [f"<p>{html.escape(line)}</p>" for line in part.lines]
        made.append("<table border=1>")
        rows: dict[int, list[str]] = {at: [] for at in range(len(part.grid))}
        for place in places(part.grid):
            rows[place.row].append(_html_cell(place, "th" if place.row < part.head else "td"))
        made += [f"<tr>{''.join(cells)}</tr>" for cells in rows.values()]
        made.append("</table>")
        made += [f"<p>{html.escape(line)}</p>" for line in part.after]
    return "\n".join((*made, "</body></html>"))


def _html_cell(place: Place, tag: str) -> str:
    marks = {"raised": "sup", "struck": "del", "hidden": "span hidden"}
    text = "".join(
        f"<{marks[run.kind]}>{html.escape(run.text)}</{marks[run.kind].split()[0]}>"
        if run.kind
        else html.escape(run.text)
        for run in runs(str(place.cell))
    )
    spans = f" rowspan={place.height}" if place.height > 1 else ""
    spans += f" colspan={place.width}" if place.width > 1 else ""
    return f"<{tag}{spans}>{text.replace(chr(10), '<br>')}</{tag}>"


def _led(parts: Sequence[Part]) -> str:
    """Write rows as Word exports them: one cell a tab-led line, a blank line between rows."""
    blocks = [
        block
        for part in parts
        for block in (
            *part.lines,
            *("\n".join(f"\t{cell}" for cell in row) for row in part.grid),
            *part.after,
        )
    ]
    return "\n\n".join(blocks) + "\n"


def _tabs(parts: Sequence[Part]) -> str:
    lines = [
        line
        for part in parts
        for line in (
            *part.lines,
            *("\t".join(map(str, row)) for row in part.grid),
            *part.after,
        )
    ]
    return "\n".join(lines) + "\n"
