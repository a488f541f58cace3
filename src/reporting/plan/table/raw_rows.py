"""The cells of a row by field: a task of its own, or more of the task above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reporting.findings import Finding
from reporting.language.periods import read_period
from reporting.language.phrases.labels import ITEM, STOPS, find_labels, starts_with_label
from reporting.language.quantity_units import NUMBER
from reporting.language.titles import promises
from reporting.plan.codes import finding
from reporting.plan.parties.names import NONE_WORDS, is_unit_like, split_outside
from reporting.plan.table.columns import Columns, normal, plain_word
from reporting.plan.table.grid import GridRow, LooseLine, Source

_FIGURE = re.compile(rf"^\s*{NUMBER}(?=\s*$)", re.MULTILINE)


@dataclass
class RawRow:
    """The cells of one task by field, as they stand in the table.

    ``places`` are the addresses of the cells.
    ``columns`` are those of its table; ``same_number`` tells that its number is merged with that
    of the row above.
    """

    line: int
    columns: Columns
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    section: str | None = None
    same_number: bool = False


@dataclass
class RawTable:
    """Every row of a table, and what stood around it."""

    rows: list[RawRow] = field(default_factory=list)
    columns: Columns | None = None
    loose: list[LooseLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    section: str | None = None

    @property
    def all_columns(self) -> tuple[Columns, ...]:
        """The columns of its tables, each once; a second annex may have others."""
        found = {row.columns.names: row.columns for row in self.rows}
        return tuple(found.values())


def add_task(
    table: RawTable, row: GridRow, columns: Columns, section: str | None, source: Source
) -> None:
    """Add a row to the table as a task."""
    numbers = [row.cells[at] for at in columns.fields.get("number", ())]
    merged = any(cell.above and cell.text.strip() for cell in numbers)
    raw = RawRow(row.line, columns, section=section, same_number=merged)
    for name, places in columns.fields.items():
        # A cell merged across columns belongs to the first of them, but is the goal as well
        # when its row has no other.
        texts = ["" if row.cells[at].left else _text(row, at, name, columns) for at in places]
        if name == "goal" and all(row.cells[at].left for at in places):
            texts = [row.cells[places[0]].text]
        texts = _with_figures(texts, row, columns) if name == "goal" else texts
        raw.cells[name] = texts[0] if len(texts) == 1 else "\n".join(t for t in texts if t.strip())
    _keep_goal_alone(raw, row)
    lead = row.cells[columns.fields["lead"][0]]
    if (
        lead.left
        and raw.cells.get("leaders") == lead.text
        and all(map(is_unit_like, split_outside(lead.text)))
    ):
        # Merged over both columns, a unit's name is no leader's.
        raw.cells |= {"lead": lead.text, "leaders": ""}
    _note_places(raw, row, columns)
    if columns.quarters:
        raw.cells["schedule"] = _by_quarter(raw.cells.get("schedule", ""), row, columns)
    table.rows.append(raw)
    shared = [row.cells[at] for at in (*columns.fields.get("schedule", ()), *columns.quarters)]
    if any(cell.above and cell.text.strip() for cell in shared):
        table.findings.append(finding("PLAN-SCHEDULE-SHARED", file=source.name, line=row.line))
    _tell_extra(table, row, columns, source)


def _note_places(raw: RawRow, row: GridRow, columns: Columns) -> None:
    """Note where the texts of a row stand in the table, behind what is noted already."""
    quarters = {"schedule": (*columns.fields.get("schedule", ()), *columns.quarters)}
    for name, places in (columns.fields | quarters).items():
        texts = [row.cells[at] for at in sorted(places) if row.cells[at].text.strip()]
        known = [raw.places[name]] if name in raw.places else []
        found = dict.fromkeys([*known, *(cell.place for cell in texts if not cell.left)])
        if found:
            raw.places[name] = "、".join(found)


def _with_figures(texts: Sequence[str], row: GridRow, columns: Columns) -> list[str]:
    """Put a bare figure behind what it measures: the goal before it, or the header's word."""
    made: list[str] = []
    for at, text in zip(columns.fields["goal"], texts, strict=False):
        if at not in columns.units or not _FIGURE.fullmatch(row.cells[at].text):
            made.append(text)
        elif any(made):
            made[-1] += text
        else:
            made.append(plain_word(columns.names[at]) + text)
    return made


def _keep_goal_alone(raw: RawRow, row: GridRow) -> None:
    """Take the only text of a row for the goal, in whatever column a title would stand."""
    filled = [cell for cell in row.cells if cell.own and cell.text.strip()]
    if len(filled) == 1 and promises(filled[0].text):
        raw.cells |= {name: "" for name in ("number", "heading") if name in raw.cells}
        raw.cells["goal"] = filled[0].text


def _text(row: GridRow, at: int, name: str, columns: Columns) -> str:
    """Return a cell's text; that of a schedule is led by its quarter when that stands beside it."""
    text = _measured(row.cells[at].text, columns.units.get(at, ""))
    when = row.cells[at - 1].text.strip() if name == "schedule" and at - 1 in columns.extra else ""
    if not when or not text.strip() or find_labels(text, 0):
        return text
    period = read_period(when, 0, 0)
    return f"{when}，{text}" if period is not None and period.end == len(when) else text


def _measured(text: str, unit: str) -> str:
    """Give the lines that are a figure and nothing else the unit that their header announces."""
    if not unit:
        return text
    return _FIGURE.sub(lambda match: f"{match[0]}{unit}", text)


def _tell_extra(table: RawTable, row: GridRow, columns: Columns, source: Source) -> None:
    """Tell every text of a row that stands in a column of no field."""
    held = {_text(row, at, "schedule", columns) for at in columns.fields.get("schedule", ())}
    for at in columns.extra:
        cell = row.cells[at]
        text = cell.text.strip()
        if cell.own and text and f"{text}，{row.cells[(at + 1) % len(row.cells)].text}" not in held:
            expected = normal(columns.names[at]) or f"第{at + 1}"
            table.findings.append(
                finding(
                    "PLAN-COLUMN-EXTRA", file=source.name, line=cell.line,
                    expected=expected, found=text,
                )
            )  # fmt: skip


def _by_quarter(schedule: str, row: GridRow, columns: Columns) -> str:
    """Join the columns of the quarters into one schedule, each text led by its label.

    Neighbouring quarters merged into one cell share the label, as in ``三、四季度``.
    """
    parts: list[tuple[list[int], str]] = []
    for at in sorted(columns.quarters, key=lambda at: (columns.quarters[at][-1], at)):
        cell = row.cells[at]
        if cell.left:
            # The cell it continues may be empty, and so be none of the parts.
            if parts and parts[-1][0][-1] == at - 1:
                parts[-1][0].append(at)
        elif cell.text.strip() not in NONE_WORDS:
            parts.append(([at], _measured(cell.text.strip(), columns.units.get(at, ""))))
    lines = [schedule] if schedule.strip() else []
    # Merged over the whole year, a text goes by the labels it has itself.
    lines += [f"{label}，{text}" if (label := columns.label(at)) else text for at, text in parts]
    return "\n".join(lines)


def _put_together(before: str, more: str) -> str:
    """Join what a page break parted: in the middle of a sentence without a break."""
    ended = not before.strip() or before.rstrip()[-1] in STOPS
    if ended or starts_with_label(more, 0) or re.match(ITEM, more):
        return f"{before}\n{more}" if before.strip() else more
    return before.rstrip() + more.lstrip()


def join_row(table: RawTable, row: GridRow, columns: Columns, source: Source, code: str) -> None:
    """Add the cells of a row that belongs to the task above to that task; ``code`` tells how."""
    raw, added = table.rows[-1], []
    for name, places in columns.fields.items():
        for at in places:
            cell = row.cells[at]
            if not cell.own or not cell.text.strip():
                continue
            before, more = raw.cells[name], _text(row, at, name, columns)
            added.append(" ".join(more.split()))
            if name != "number":
                if name == "schedule" and code == "PLAN-ROW-CONTINUED":
                    raw.cells[name] = _put_together(before, more)
                else:
                    raw.cells[name] = f"{before}\n{more}" if before.strip() else more
    if columns.quarters and (more := _by_quarter("", _own(row), columns)):
        raw.cells["schedule"] = "\n".join(filter(str.strip, (raw.cells["schedule"], more)))
        added.append(more)
    if added:
        _note_places(raw, _own(row), columns)
        table.findings.append(
            finding(code, file=source.name, line=row.line, found="｜".join(added))
        )
    _tell_extra(table, row, columns, source)


def _own(row: GridRow) -> GridRow:
    return GridRow(tuple(replace(c, text="", above=False) if c.above else c for c in row.cells))
