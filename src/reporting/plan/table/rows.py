"""From the grids of a source to raw rows: one a task, its cells by field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.parties.names import is_unit_like
from reporting.plan.schedules.labels import find_labels
from reporting.plan.table.align import align, fits
from reporting.plan.table.columns import TITLES, Columns, Vocabulary, doubled, find_header, normal
from reporting.plan.table.grid import Grid, GridRow, LooseLine, Source
from reporting.plan.table.raw_rows import RawTable, add_row
from reporting.plan.table.row_kinds import (
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
            add_row(table, row, columns, section, source)


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
