"""From the grids of a source to raw rows: one a task, its cells by field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.plan.align import align, fits
from reporting.plan.codes import finding
from reporting.plan.columns import TITLES, Columns, Vocabulary, doubled, find_header, normal
from reporting.plan.grid import Grid, GridRow, LooseLine, Source
from reporting.plan.labels import ITEM, STOPS, find_labels, starts_with_label
from reporting.plan.names import NONE_WORDS, is_unit_like, split_outside
from reporting.plan.periods import read_period
from reporting.plan.row_kinds import (
    CHAPTER,
    FEW,
    is_remark,
    is_repeated_head,
    is_sum,
    repeats,
    section_title,
)

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_HEAD_ROWS = 8
_LONGEST_TITLE = 40


@dataclass
class RawRow:
    """The cells of one task by field, as they stand in the table.

    ``same_number`` tells that its number is merged with that of the row above.
    """

    line: int
    cells: dict[str, str] = field(default_factory=dict)
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


def collect_rows(source: Source, words: Vocabulary) -> RawTable:
    """Collect the rows of every grid that belongs to the task table.

    Raises
    ------
    InputRefused
        No grid has a header whose columns can be told.
    """
    table = RawTable(loose=list(source.loose))
    for grid in source.grids:
        _collect_grid(table, grid, words, source)
    if table.columns is None:
        raise InputRefused(_no_header(source, words))
    if not table.rows:
        raise InputRefused(f"{source.name}：表头之下应有任务，实际一行也没有。")
    return table


def _no_header(source: Source, words: Vocabulary) -> str:
    for row in (row for grid in source.grids for row in grid.rows[:_HEAD_ROWS]):
        if names := doubled(row, words):
            return (
                f"{source.name}第{row.line}行：表头应只有一列“{TITLES['lead']}”，“{'、'.join(names)}”"
                "各列都是，无法分清，未读取；请在参数 headers 中写明哪一列是“协助单位”。"
            )
    first = next((row for grid in source.grids for row in grid.rows if not row.is_blank), None)
    if first is None and not source.loose:
        return f"{source.name}：应有任务分解表，实际没有任何文字。"
    if first is None:
        found = " ".join(source.loose[0].text.split())[:40]
        return (
            f"{source.name}：应有分列的任务分解表，实际各格没有分隔符（开头为“{found}”），未读取。"
        )
    found = "、".join(normal(text)[:12] for text in first.texts[:12] if text.strip())
    expected = "、".join((TITLES["goal"], TITLES["lead"]))
    return (
        f"{source.name}第{first.line}行：表头应至少有“{expected}”两列（或其同义词，可在参数 "
        f"headers 中补充），实际各格为“{found}”，无法认定各列，未读取。"
    )


def _collect_grid(table: RawTable, grid: Grid, words: Vocabulary, source: Source) -> None:
    if grid.hidden and _is_beside(table, grid, source):
        return
    found = find_header(grid.rows, words, ragged=source.ragged)
    if found is None and source.ragged:
        # Blank lines may part the cells instead of the rows: one run, cut by the header.
        run = GridRow(tuple(cell for row in grid.rows for cell in row.cells))
        grid = Grid((run,), grid.place)
        found = find_header(grid.rows, words, ragged=True)
    if found is None and table.columns is None:
        table.loose.extend(_loose_rows(grid.rows))
        return
    rows = list(grid.rows)
    if found is not None and table.columns and _goes_before(rows[: found[0]], table.columns):
        found = None  # Below a page break the header may be printed again after some rows.
    if found is not None:
        at, columns = found
        if table.columns is None or not table.rows:
            table.columns = columns
        elif [normal(n) for n in columns.names] != [normal(n) for n in table.columns.names]:
            # A table of its own columns goes on with them; its tasks follow in order.
            table.columns = _compatible(table.columns, columns, source, rows[at].line)
        if before := _loose_rows(rows[:at]):
            table.loose.extend(before)
            grid = replace(grid, above=before[-1])
        rows = _after_header(rows[at:], columns, ragged=source.ragged)
    assert table.columns is not None
    if source.ragged:
        rows = list(_regroup(rows, table.columns.width))
    if found is None and not _belongs(rows, table.columns):
        where = "\n".join(text for row in rows for text in row.texts if text.strip())
        table.findings.append(
            finding("PLAN-TABLE-OTHER", file=source.name, line=rows[0].line, found=where)
        )
        return
    _refuse_other_header(rows, table.columns, words, source)
    section = _heading_above(table, grid, words, source)
    _collect_data(table, rows, source, words, section)


def _is_beside(table: RawTable, grid: Grid, source: Source) -> bool:
    """Tell of a hidden sheet; where a visible one has the tasks it may be an old draft."""
    line = grid.rows[0].line
    if not table.rows:
        found = f"工作表“{grid.place}”"
        table.findings.append(finding("PLAN-HIDDEN", file=source.name, found=found))
        return False
    where = "\n".join(line.text for line in _loose_rows(grid.rows))
    table.findings.append(
        finding("PLAN-HIDDEN-SHEET", file=source.name, line=line, expected=grid.place, found=where)
    )
    return True


def _heading_above(table: RawTable, grid: Grid, words: Vocabulary, source: Source) -> str | None:
    """Return the title of a whole table: the numbered line above it, or its sheet's name.

    A sheet's name is one where several sheets hold tasks, and no column their headings. A
    table without one goes on with the section of the table before it.
    """
    above, title = grid.above, None
    if above is not None and CHAPTER.match(above.text) and len(above.text) <= _LONGEST_TITLE:
        title = above.text
        table.loose = [line for line in table.loose if line is not above]
    elif grid.place and table.columns is not None and "heading" not in table.columns.fields:
        seen = [one for one in source.grids if one.place and not one.hidden]
        sheets = [one for one in seen if find_header(one.rows, words)]
        title = grid.place if len(sheets) > 1 and not _UNNAMED.fullmatch(grid.place) else None
    if title is not None and grid.rows:
        table.section = title
        line = grid.rows[0].line
        table.findings.append(
            finding("PLAN-SECTION-ABOVE", file=source.name, line=line, found=title.strip())
        )
    return title if title is not None or grid.place else table.section


def _goes_before(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Tell whether rows above a table's header are tasks of the table before it."""
    whole = [row for row in rows if len(row.cells) == columns.width]
    return any(fits(row, columns) for row in whole if sum(map(bool, row.texts)) > FEW)


def _belongs(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Tell whether a table without a header goes on with the tasks of the one before it."""
    if any(len(row.cells) != columns.width for row in rows):
        return False
    filled = [row for row in rows if sum(bool(text.strip()) for text in row.texts) > 1]
    return not filled or any(fits(row, columns) for row in filled)


def _refuse_other_header(
    rows: Sequence[GridRow], columns: Columns, words: Vocabulary, source: Source
) -> None:
    """Refuse a table in which another header follows: the columns then mean something else."""
    header = [normal(name) for name in columns.names]
    for row in rows:
        names = [normal(text) for text in row.texts if text.strip()]
        known = len(set(names)) > FEW and all(words.kind(name) for name in names)
        if known and not repeats(row, columns, words):
            raise InputRefused(
                f"{source.name}第{row.line}行：表中只应有一种表头（{'、'.join(header)}），该行又是"
                f"表头而各列不同（{'、'.join(names)}），未读取，请分成两个表格。"
            )


def _compatible(before: Columns, now: Columns, source: Source, line: int) -> Columns:
    if set(before.fields) != set(now.fields) or set(before.quarters) != set(now.quarters):
        expected = "、".join(normal(name) for name in before.names)
        found = "、".join(normal(name) for name in now.names)
        raise InputRefused(
            f"{source.name}第{line}行：各表的列应与首表相同（{expected}），实为{found}，未读取。"
        )
    return now


def _loose_rows(rows: Sequence[GridRow]) -> list[LooseLine]:
    return [
        LooseLine(cell.line, cell.text)
        for row in rows
        for cell in row.cells
        if cell.own and cell.text.strip()
    ]


def _after_header(rows: list[GridRow], columns: Columns, *, ragged: bool) -> list[GridRow]:
    if not ragged:
        return rows[columns.depth :]
    rest = rows[0].cells[columns.width :]
    return ([GridRow(rest)] if rest else []) + rows[1:]


def _regroup(rows: Sequence[GridRow], width: int) -> Iterator[GridRow]:
    """Cut runs of cells that hold several rows; a run that does not divide stays one row."""
    for row in rows:
        step = width if len(row.cells) % width == 0 else len(row.cells)
        for at in range(0, len(row.cells), step):
            yield GridRow(row.cells[at : at + step])


def _collect_data(
    table: RawTable,
    rows: Sequence[GridRow],
    source: Source,
    words: Vocabulary,
    section: str | None,
) -> None:
    columns = table.columns
    assert columns is not None
    whole = [row for row in rows if len(row.cells) == columns.width]
    leads = {row.cells[at].text.strip() for row in whole for at in columns.fields["lead"]}
    remarks = False
    for row, below in zip_longest(rows, rows[1:]):
        if row.is_blank:
            continue
        remarks = is_remark(row, columns, remarks=remarks)
        if remarks:
            table.loose.extend(replace(line, after=True) for line in _loose_rows([row]))
        elif is_repeated_head(row, table.loose, columns, words):
            table.findings.append(_told("PLAN-HEADER-REPEATED", row, source))
        elif is_sum(row, columns):
            table.findings.append(_told("PLAN-LEFTOVER", row, source))
        elif (title := section_title(row, below, columns)) is not None:
            section = table.section = title
            table.findings.append(_told("PLAN-SECTION", row, source))
        else:
            if len(row.cells) != columns.width:
                row = _aligned(row, columns, whole, table, source)
            table.findings.extend(_misplaced(row, columns, leads, source))
            _add_row(table, row, columns, section, source)


def _misplaced(
    row: GridRow, columns: Columns, leads: set[str], source: Source
) -> Iterator[Finding]:
    """Tell of cells that have moved: a lead unit's name where a goal or a quarter's work stands.

    So have they where the goal names quarters, and the schedule beside it none.
    """
    goal, *more = columns.fields["goal"]
    schedules = columns.fields.get("schedule", ())
    texts = [row.cells[at].text for at in schedules]
    moved = [
        at
        for at in (goal, *more, *schedules, *columns.quarters)
        if row.cells[at].own and row.cells[at].text.strip() in leads
        and is_unit_like(row.cells[at].text)
    ]  # fmt: skip
    named = [label for label in find_labels(row.cells[goal].text, 0) if not label.start]
    if any(texts) and named and not (named[0].period.deadline or named[0].period.yearly):
        moved += [] if any(find_labels(text, 0) for text in texts) else [goal]
    for at in moved:
        expected, found = normal(columns.names[at]), " ".join(row.cells[at].text.split())
        told = finding("PLAN-CELL-MISPLACED", file=source.name, expected=expected, found=found)
        yield told.model_copy(update={"line": row.line})


def _told(code: str, row: GridRow, source: Source) -> Finding:
    texts = "｜".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
    return finding(code, file=source.name, line=row.line, found=texts.strip("｜"))


def _aligned(
    row: GridRow, columns: Columns, whole: Sequence[GridRow], table: RawTable, source: Source
) -> GridRow:
    surplus = row.cells[columns.width :]
    if len(row.cells) > columns.width and not any(cell.text.strip() for cell in surplus):
        return GridRow(row.cells[: columns.width])
    aligned, rest = align(row, columns, whole, source.name, trimmed=source.trimmed)
    found = f"{len(row.cells)}格"
    found += f"，未能认定：{'｜'.join(rest)}" if rest else "，已按各列内容对应，请核对。"
    expected = str(columns.width)
    table.findings.append(
        finding("PLAN-ROW-CELLS", file=source.name, line=row.line, expected=expected, found=found)
    )
    return aligned


def _add_row(
    table: RawTable, row: GridRow, columns: Columns, section: str | None, source: Source
) -> None:
    goals = [row.cells[at] for at in columns.fields["goal"]]
    if table.rows and all(cell.above for cell in goals) and goals[0].text.strip():
        _join(table, row, columns, source)
        return
    if table.rows and _goes_on(row, columns):
        _join(table, row, columns, source, code="PLAN-ROW-CONTINUED")
        return
    numbers = [row.cells[at] for at in columns.fields.get("number", ())]
    merged = any(cell.above and cell.text.strip() for cell in numbers)
    raw = RawRow(row.line, section=section, same_number=merged)
    for name, places in columns.fields.items():
        # A cell merged across columns belongs to the first of them, but is the goal as well
        # when its row has no other.
        texts = ["" if row.cells[at].left else _text(row, at, name, columns) for at in places]
        if name == "goal" and all(row.cells[at].left for at in places):
            texts = [row.cells[places[0]].text]
        raw.cells[name] = texts[0] if len(texts) == 1 else "\n".join(t for t in texts if t.strip())
    lead = row.cells[columns.fields["lead"][0]]
    if (
        lead.left
        and raw.cells.get("leaders") == lead.text
        and all(map(is_unit_like, split_outside(lead.text)))
    ):
        # Merged over both columns, a unit's name is no leader's.
        raw.cells |= {"lead": lead.text, "leaders": ""}
    if columns.quarters:
        raw.cells["schedule"] = _by_quarter(raw.cells.get("schedule", ""), row, columns)
    table.rows.append(raw)
    shared = [row.cells[at] for at in (*columns.fields.get("schedule", ()), *columns.quarters)]
    if any(cell.above and cell.text.strip() for cell in shared):
        table.findings.append(finding("PLAN-SCHEDULE-SHARED", file=source.name, line=row.line))
    _tell_extra(table, row, columns, source)


def _text(row: GridRow, at: int, name: str, columns: Columns) -> str:
    """Return a cell's text; that of a schedule is led by its quarter when that stands beside it."""
    text = row.cells[at].text
    when = row.cells[at - 1].text.strip() if name == "schedule" and at - 1 in columns.extra else ""
    if not when or not text.strip() or find_labels(text, 0):
        return text
    period = read_period(when, 0, 0)
    return f"{when}，{text}" if period is not None and period.end == len(when) else text


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
            parts.append(([at], cell.text.strip()))
    lines = [schedule] if schedule.strip() else []
    # Merged over the whole year, a text goes by the labels it has itself.
    lines += [f"{label}，{text}" if (label := columns.label(at)) else text for at, text in parts]
    return "\n".join(lines)


def _goes_on(row: GridRow, columns: Columns) -> bool:
    """Tell the rest of a row that a page break cut: it has neither number, heading nor goal.

    With a unit and a schedule of its own it may be a task whose goal was forgotten.
    """

    def says(*names: str) -> bool:
        places = [at for name in names for at in columns.fields.get(name, ())]
        return any(row.cells[at].own and row.cells[at].text.strip() for at in places)

    return not says("number", "heading", "goal") and not (says("lead") and says("schedule"))


def _put_together(before: str, more: str) -> str:
    """Join what a page break parted: in the middle of a sentence without a break."""
    ended = not before.strip() or before.rstrip()[-1] in STOPS
    if ended or starts_with_label(more, 0) or re.match(ITEM, more):
        return f"{before}\n{more}" if before.strip() else more
    return before.rstrip() + more.lstrip()


def _join(
    table: RawTable, row: GridRow, columns: Columns, source: Source, code: str = "PLAN-ROW-JOINED"
) -> None:
    """Add the cells of a row that belongs to the task above to that task."""
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
        table.findings.append(
            finding(code, file=source.name, line=row.line, found="｜".join(added))
        )
    _tell_extra(table, row, columns, source)


def _own(row: GridRow) -> GridRow:
    return GridRow(tuple(replace(c, text="", above=False) if c.above else c for c in row.cells))
