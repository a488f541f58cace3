"""The pages of a check: the board with the findings, and the reminder list."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from reporting.findings import Finding
from reporting.periods import Period
from reporting.returns.layout import SAMPLE_NOTE
from reporting.returns.office.board import COLUMNS as BOARD_COLUMNS
from reporting.returns.office.board import UnitLine, copies_of
from reporting.returns.office.remind import COLUMNS, Reminders
from reporting.returns.office.told import by_unit, counts, finding_cells, summary
from reporting.returns.opinions import PREVIEW_COLUMNS, Opinion
from reporting.returns.opinions import by_unit as opinions_by_unit
from reporting.returns.values import Returns
from reporting.system.glyphs import shown_letters, with_faces
from reporting.values import Value

LABELS = ("程度", "问题", "位置", "任务", "说明")
NOT_OF_A_UNIT = "未能认定单位的文件"
STATES = ("无待办", "待确认", "有错误", "未读入", "未报送", "逾期")
"""What a line may say, from the least to the most."""
_STYLES = "style-src 'unsafe-inline'"


class Link(Value):
    """A cell of a page that leads to a file; ``cell`` is an address in it, to be copied."""

    text: str
    href: str = ""
    sheet: str = ""
    cell: str = ""


class PageTable(Value):
    """A table of a page; ``kinds`` are the severities of its rows where they are findings.

    ``unit`` and ``states`` are what a filter goes by, ``anchor`` what leads here.
    """

    heading: str
    labels: tuple[str, ...]
    rows: tuple[tuple[int | str | Link, ...], ...]
    kinds: tuple[str, ...] = ()
    unit: str = ""
    states: tuple[str, ...] = ()
    anchor: str = ""


class BoardLine(Value):
    """A line of the board, with the section it leads to and the files of the unit."""

    unit: str
    states: tuple[str, ...]
    cells: tuple[int | str, ...]
    target: str
    links: tuple[Link, ...]


class Board(Value):
    """The lines of the units; ``states`` are all that may be chosen."""

    labels: tuple[str, ...]
    lines: tuple[BoardLine, ...]
    states: tuple[str, ...] = STATES


class Places(Value):
    """Where a page leads: by file, or unit, to its copy beside the page, and by file to itself."""

    copies: Mapping[str, str] = {}
    files: Mapping[str, str] = {}

    def of_file(self, file: str) -> Link:
        """Lead to a file as it came."""
        path = self.files.get(file, "")
        return Link(text=file.rsplit("/", 1)[-1], href=quote(path))


def _read(name: str) -> str:
    return files("reporting.returns.office").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_read("page.html.j2"))


@cache
def _script() -> dict[str, str]:
    """Return the board's script, and its name in the page's policy."""
    text = _read("board.js")
    sha256 = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"script": text, "script_source": f"'sha256-{sha256}'"}


def _page(
    returns: Returns,
    title: str,
    notes: Sequence[str],
    tables: Sequence[PageTable],
    board: Board | None = None,
    own: Sequence[Path] = (),
) -> bytes:
    text = _template().render(
        title=title,
        notes=notes,
        tables=tables,
        board=board,
        is_sample=returns.is_sample,
        sample_note=SAMPLE_NOTE,
        **_script(),
    )
    return (_with_letters(text, own).rstrip() + "\n").encode()


def _with_letters(page: str, own: Sequence[Path]) -> str:
    """Give the page the glyphs of its rare letters, which its policy then allows."""
    page, faces = shown_letters(page, own)
    if not faces:
        return page
    css = page.partition("<style>")[2].partition("</style>")[0]
    page = page.replace(_STYLES, f"{_STYLES}; font-src data:", 1)
    return page.replace(css, with_faces(css, faces), 1)


def check_page(
    returns: Returns,
    opinions: Sequence[Opinion] = (),
    lines: Sequence[UnitLine] = (),
    notes: Sequence[str] = (),
    places: Places | None = None,
    own: Sequence[Path] = (),
) -> bytes:
    """Return the board, and under it unit by unit the findings and how its tasks will be rated."""
    label = Period(year=returns.year, quarter=returns.quarter).label
    places = places or Places()
    found, told = by_unit(returns), opinions_by_unit(opinions)
    units = list(dict.fromkeys([*(line.unit for line in lines), *found, *told]))
    states = {line.unit: line.states for line in lines}
    tables: list[PageTable] = []
    for number, unit in enumerate(units, 1):
        marked = {"unit": unit or NOT_OF_A_UNIT, "states": states.get(unit, ())}
        shown = [_found_table(returns, unit, found[unit], places)] if unit in found else []
        rated = _preview_table(told.get(unit, []))
        shown += [rated] if rated else []
        if shown:
            first = {"heading": unit or NOT_OF_A_UNIT, "anchor": f"u{number}"}
            shown[0] = shown[0].model_copy(update=first)
        tables += [table.model_copy(update=marked) for table in shown]
    anchors = {table.unit: table.anchor for table in tables if table.anchor}
    silent = f"尚无可读报送表的单位：{'、'.join(returns.missing)}。"
    said = (summary(returns), *notes, *([silent] if returns.missing else []))
    board = _board(lines, anchors, places) if lines else None
    return _page(returns, f"{label}报送表核对结果", said, tables, board, own)


def _board(lines: Sequence[UnitLine], anchors: Mapping[str, str], places: Places) -> Board:
    return Board(
        labels=tuple(name for name, _ in BOARD_COLUMNS),
        lines=tuple(
            BoardLine(
                unit=line.unit,
                states=line.states,
                cells=line.cells(number),
                target=anchors.get(line.unit, ""),
                links=_links(line, places),
            )
            for number, line in enumerate(lines, 1)
        ),
    )


def _links(line: UnitLine, places: Places) -> tuple[Link, ...]:
    """Lead to the files of a unit, and to the copies to send back."""
    copies = copies_of(places.copies, line)
    beside = (Link(text=f"退回件：{name}", href=quote(name)) for name in copies)
    return (*map(places.of_file, line.files), *beside)


def _found_table(
    returns: Returns, unit: str, group: Sequence[Finding], places: Places
) -> PageTable:
    rows = []
    for finding in group:
        severity, title, _, task, message = finding_cells(returns, finding)
        rows.append((severity, title, _place(finding, places), task, message))
    return PageTable(
        heading=unit or NOT_OF_A_UNIT,
        labels=LABELS,
        rows=tuple(rows),
        kinds=tuple(str(finding.severity) for finding in group),
    )


def _place(finding: Finding, places: Places) -> Link | str:
    """Lead to the cell in the copy, which marks it, or else to the file as it came.

    What a browser hands to an office program keeps the cell as the part after ``#``; where it
    does not, the address can be copied.
    """
    if not finding.file:
        return finding.where
    name = places.copies.get(finding.file)
    link = Link(text=name, href=quote(name)) if name else places.of_file(finding.file)
    if not finding.cell:
        return link
    cell = f"{finding.sheet}!{finding.cell}"
    href = f"{link.href}#{quote(cell)}" if link.href else ""
    return link.model_copy(update={"href": href, "cell": cell})


def _preview_table(told: Sequence[Opinion]) -> PageTable | None:
    """Return what will be rated neither done nor on schedule, and what it rests on."""
    rows = tuple(
        (o.number, o.self_rating, o.grade, f"{o.sheet} {o.cell}".strip(), o.rule, o.sentence)
        for o in told
        if not o.is_good
    )
    return PageTable(heading="", labels=PREVIEW_COLUMNS, rows=rows) if rows else None


def reminder_page(returns: Returns, told: Reminders, own: Sequence[Path] = ()) -> bytes:
    """Return the reminder list as a page; ``own`` are the project's own fonts."""
    labels = tuple(name for name, _ in COLUMNS)
    rows = tuple(reminder.cells(number) for number, reminder in enumerate(told.owed, 1))
    table = PageTable(heading="", labels=labels, rows=rows)
    return _page(returns, told.title, told.notes, (table,), own=own)


def check_results(
    returns: Returns, opinions: Sequence[Opinion] = (), lines: Sequence[UnitLine] = ()
) -> dict[str, Any]:
    """Return the findings and the board for machines, and for the next check to compare with."""
    return {
        "year": returns.year,
        "quarter": returns.quarter,
        "returns": len(returns.returns),
        "missing": list(returns.missing),
        "is_sample": returns.is_sample,
        "counts": {str(severity): count for severity, count in counts(returns).items()},
        "units": [line.model_dump(mode="json") for line in lines],
        "findings": [finding.model_dump(mode="json") for finding in returns.all_findings],
        "opinions": [opinion.model_dump(mode="json") for opinion in opinions],
    }


def check_json(results: Mapping[str, Any]) -> str:
    """Write results down; stable field names, one finding an object."""
    return json.dumps(results, ensure_ascii=False, indent=2) + "\n"
