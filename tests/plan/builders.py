"""Task tables made as text, Word, Excel and web pages, with real merges and numbering."""

import html
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from reporting.plan.read import read_plan
from reporting.plan.values import Plan
from reporting.project.params import Params, QuarterDates

ROOT = Path(__file__).parents[2]
HEADER = ("总体要求", "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位")
Row = Sequence[str]


def params(**fields: object) -> Params:
    """Return the parameters of a small city."""
    dates = {
        1: ("2024-04-20", "2024-04-28"),
        2: ("2024-07-20", "2024-07-28"),
        3: ("2024-10-20", "2024-10-30"),
        4: ("2025-01-20", "2025-01-30"),
    }
    return Params.model_validate(
        {
            "year": 2024,
            "table": "table.txt",
            "status": "status",
            "calendar": {q: QuarterDates(due=d, publish=p) for q, (d, p) in dates.items()},
            "masthead": {
                "city": "某市",
                "place": "市",
                "issuing_office": "某市政府",
                "title": "通报",
                "issue_number": "1",
            },
            **fields,
        }
    )


def read(folder: Path, content: str | bytes, name: str = "table.txt", **fields: object) -> Plan:
    """Write a table into a folder and read it."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return read_plan(folder, params(**{"table": name, **fields}))


def codes(plan: Plan) -> set[str]:
    """Return the codes of a plan's findings."""
    return {finding.code for finding in plan.findings}


def led(rows: Sequence[Row], header: Row = HEADER) -> str:
    """Write rows as Word exports them: one cell a tab-led line, a blank line between rows."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in (header, *rows)) + "\n"


def tabbed(rows: Sequence[Row], header: Row = HEADER, separator: str = "\t") -> str:
    """Write rows one a line."""
    return "\n".join(separator.join(row) for row in (header, *rows)) + "\n"


def real_rows() -> list[list[str]]:
    """Cut the real table into its cells by the plainest means: a tab, a blank line."""
    text = (ROOT / "data/2023/task_table.txt").read_text(encoding="utf-8").rstrip("\n1")
    blocks = re.split(r"\n\n(?=\t)", text)[1:]
    return [block[1:].split("\n\t") for block in blocks]


def merged_rows(rows: Sequence[Row]) -> list[list[str]]:
    """Leave out the printed numbers, and repeat the heading in each row under it."""
    made, heading = [], ""
    for row in rows:
        heading = re.sub(r"^\s*(?:[（(]\d+[）)]|\d+\.)\s*", "", row[0]).strip() or heading
        goal = re.sub(r"^\d+\.\s*", "", row[1])
        made.append([heading, goal, *row[2:]])
    return made


def _groups(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Yield each row with the number of rows its heading covers from here, or 0."""
    for _, group in groupby(rows, key=lambda row: row[0]):
        members = list(group)
        yield from ((row, len(members) if at == 0 else 0) for at, row in enumerate(members))


def docx(rows: Sequence[Row], title: Sequence[str], *, tables: int = 3) -> bytes:
    """Make a Word document: headings merged, goals numbered by Word, one header a table."""
    document = Document()
    for line in title:
        document.add_paragraph(line)
    size = -(-len(rows) // tables)
    body = document.element.body
    for at in range(0, len(rows), size):
        xml = _docx_table(rows[at : at + size])
        body.insert(len(body) - 1, parse_xml(xml))
        document.add_paragraph("")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _docx_table(rows: Sequence[Row]) -> str:
    parts = [f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>", "<w:gridCol/>" * 6, "</w:tblGrid>"]
    parts.append("<w:tr><w:trPr><w:tblHeader/></w:trPr>")
    parts.extend(_docx_cell(word) for word in HEADER)
    parts.append("</w:tr>")
    for row, covers in _groups(rows):
        merge = "<w:vMerge w:val='restart'/>" if covers else "<w:vMerge/>"
        first = _docx_cell(row[0] if covers else "", merge)
        numbered = _docx_cell(row[1], numbered=True)
        parts.extend(("<w:tr>", first, numbered, *map(_docx_cell, row[2:]), "</w:tr>"))
    return "".join((*parts, "</w:tbl>"))


def _docx_cell(text: str, merge: str = "", *, numbered: bool = False) -> str:
    style = "<w:pPr><w:pStyle w:val='ListNumber'/></w:pPr>" if numbered else ""
    lines = (
        f"<w:p>{style}<w:r><w:t xml:space='preserve'>{escape(line)}</w:t></w:r></w:p>"
        for line in text.split("\n")
    )
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{''.join(lines)}</w:tc>"


def xlsx(rows: Sequence[Row], title: Sequence[str], header: Row = HEADER) -> bytes:
    """Make a workbook: title lines across the table, headings merged down."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    width = len(header)
    for line in title:
        sheet.append([line])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width
        )
    sheet.append(list(header))
    for row, covers in _groups(rows):
        sheet.append([row[0] if covers else None, *row[1:]])
        if covers > 1:
            at = sheet.max_row
            sheet.merge_cells(start_row=at, end_row=at + covers - 1, start_column=1, end_column=1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def page(rows: Sequence[Row], title: Sequence[str], header: Row = HEADER) -> bytes:
    """Make a web page: headings span rows, spaces that are meant do not break."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>表</title></head><body>"]
    parts.extend(f"<p>{html.escape(line)}</p>" for line in title)
    parts.append("<table border=1><thead><tr>")
    parts.extend(f"<th>{word}</th>\n" for word in header)
    parts.append("</tr></thead><tbody>")
    for row, covers in _groups(rows):
        first = f"<td rowspan={covers}>{_lines(row[0])}</td>" if covers else ""
        parts.append(f"<tr>{first}{''.join(f'<td>{_lines(cell)}</td>' for cell in row[1:])}</tr>\n")
    parts.append("</tbody></table></body></html>")
    return "".join(parts).encode()


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line).replace(" ", "&nbsp;") for line in text.split("\n"))
