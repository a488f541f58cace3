"""From the grids of a source to raw rows: one a task, its cells by field.

Each grid is cut at its header, each row told by its kind, and each kind has its step.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.language.phrases import table_words
from reporting.language.phrases.labels import find_labels
from reporting.language.titles import CHAPTER, annex_title
from reporting.plan.codes import finding
from reporting.plan.parties.names import is_unit_like, split_outside
from reporting.plan.table.columns import TITLES, Columns, Vocabulary, doubled, find_header, normal
from reporting.plan.table.grid import Grid, GridRow, LooseLine, Source
from reporting.plan.table.parts import Parts, cut, goes_on
from reporting.plan.table.raw_rows import RawTable, add_task, join_row
from reporting.plan.table.row_kinds import (
    ClassifiedRow,
    Place,
    RowKind,
    classify_rows,
    title_of,
)

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


def _collect_grid(table: RawTable, grid: Grid, words: Vocabulary, source: Source) -> None:
    if grid.hidden and _is_beside(table, grid, source):
        return
    parts = cut(grid, words, table.columns, ragged=source.ragged)
    if parts is None:
        table.loose.extend(_loose_lines(grid.rows))
        return
    columns = table.columns = _columns_of(parts, table, grid, source)
    if parts.columns is None and not goes_on(parts.body, columns):
        _tell_other_table(table, parts.body, source)
        return
    titles = _loose_lines(parts.above, RowKind.TITLE)
    table.loose.extend(titles)
    above = titles[-1] if titles else grid.above
    step = _Step(table, columns, source, _heading_above(table, grid, above, parts, words, source))
    rows = classify_rows(parts, _place(step, words))
    step.leads = _lead_texts(rows, columns)
    for row in rows:
        _STEPS[row.kind](step, row)


def _columns_of(parts: Parts, table: RawTable, grid: Grid, source: Source) -> Columns:
    """Return a grid's columns: its own, or those of the table before it."""
    if parts.columns is None:
        assert table.columns is not None, "a grid without columns is not cut"
        return table.columns
    if table.columns is None or not table.rows:
        return parts.columns
    if [*map(normal, parts.columns.names)] == [*map(normal, table.columns.names)]:
        return table.columns
    lines = [*table.loose, *_loose_lines(parts.above)]
    if _annex_above(lines, lines[-1] if parts.above else grid.above) is not None:
        return parts.columns  # An annex is a table of its own.
    # A table of its own columns goes on with them; its tasks follow in order.
    return _compatible(table.columns, parts.columns, source, parts.head[0].line)


def _compatible(before: Columns, now: Columns, source: Source, line: int) -> Columns:
    if set(before.fields) != set(now.fields) or set(before.quarters) != set(now.quarters):
        expected = "、".join(normal(name) for name in before.names)
        found = "、".join(normal(name) for name in now.names)
        raise InputRefused(
            f"{source.name}第{line}行：各表的列应与首表相同（{expected}），实为{found}，未读取。"
        )
    return now


def _place(step: "_Step", words: Vocabulary) -> Place:
    titles = frozenset(normal(line.text) for line in step.table.loose if not line.after)
    has_task, name = bool(step.table.rows), step.source.name
    return Place(step.columns, words, titles, has_task, name, step.source.trimmed)


@dataclass
class _Step:
    """What the steps of a grid's rows work on; ``section`` is the title the rows are under."""

    table: RawTable
    columns: Columns
    source: Source
    section: str | None
    leads: frozenset[str] = frozenset()

    def tell(self, code: str, row: ClassifiedRow) -> None:
        """Tell of a row that is no task, by its kind and the reason."""
        texts = "｜".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.row.cells))
        found, line = texts.strip("｜"), row.row.line
        self.table.findings.append(
            finding(code, file=self.source.name, line=line, expected=row.label, found=found)
        )


def _pass_over(step: _Step, row: ClassifiedRow) -> None:
    """Leave a row that has no text, or whose text was kept before: a title, the header."""


def _keep_remark(step: _Step, row: ClassifiedRow) -> None:
    """Keep a remark for what is read around the table."""
    lines = _loose_lines([row.row], row.label)
    step.table.loose.extend(replace(line, after=True) for line in lines)


def _tell_head(step: _Step, row: ClassifiedRow) -> None:
    step.tell("PLAN-HEADER-REPEATED", row)


def _refuse_head(step: _Step, row: ClassifiedRow) -> None:
    """Refuse a table in which another header follows: the columns then mean something else."""
    header = "、".join(normal(name) for name in step.columns.names)
    raise InputRefused(
        f"{step.source.name}第{row.row.line}行：表中只应有一种表头（{header}），该行又是"
        f"表头而各列不同（{row.why.removeprefix('各列为')}），未读取，请分成两个表格。"
    )


def _tell_sum(step: _Step, row: ClassifiedRow) -> None:
    step.tell("PLAN-LEFTOVER", row)


def _begin_section(step: _Step, row: ClassifiedRow) -> None:
    step.section = step.table.section = title_of(row.row, step.columns)
    step.tell("PLAN-SECTION", row)


def _join_above(step: _Step, row: ClassifiedRow) -> None:
    step.table.findings.extend((*row.findings, *_misplaced(step, row.row)))
    code = "PLAN-ROW-JOINED" if row.kind is RowKind.JOINED else "PLAN-ROW-CONTINUED"
    join_row(step.table, row.row, step.columns, step.source, code)


def _add_task(step: _Step, row: ClassifiedRow) -> None:
    step.table.findings.extend((*row.findings, *_misplaced(step, row.row)))
    add_task(step.table, row.row, step.columns, step.section, step.source)


_STEPS: dict[RowKind, Callable[[_Step, ClassifiedRow], None]] = {
    RowKind.TITLE: _pass_over,
    RowKind.HEADER: _pass_over,
    RowKind.BLANK: _pass_over,
    RowKind.REMARK: _keep_remark,
    RowKind.REPEATED_HEAD: _tell_head,
    RowKind.OTHER_HEAD: _refuse_head,
    RowKind.SUM: _tell_sum,
    RowKind.SECTION: _begin_section,
    RowKind.JOINED: _join_above,
    RowKind.CONTINUATION: _join_above,
    RowKind.TASK: _add_task,
}


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


def _is_beside(table: RawTable, grid: Grid, source: Source) -> bool:
    """Tell of a hidden sheet; where a visible one has the tasks it may be an old draft."""
    line = grid.rows[0].line
    if not table.rows:
        found = f"工作表“{grid.place}”"
        table.findings.append(finding("PLAN-HIDDEN", file=source.name, found=found))
        return False
    where = "\n".join(line.text for line in _loose_lines(grid.rows))
    table.findings.append(
        finding("PLAN-HIDDEN-SHEET", file=source.name, line=line, expected=grid.place, found=where)
    )
    return True


def _tell_other_table(table: RawTable, rows: Sequence[GridRow], source: Source) -> None:
    where = "\n".join(text for row in rows for text in row.texts if text.strip())
    table.findings.append(
        finding("PLAN-TABLE-OTHER", file=source.name, line=rows[0].line, found=where)
    )


def _heading_above(
    table: RawTable,
    grid: Grid,
    above: LooseLine | None,
    parts: Parts,
    words: Vocabulary,
    source: Source,
) -> str | None:
    """Return the title of a whole table: the numbered line above it, or its sheet's name.

    A sheet's name is one where several sheets hold tasks, and no column their headings. A
    table without one goes on with the section of the table before it.
    """
    title = _annex_above(table.loose, above)
    if title is not None and table.rows:
        table.loose = [line for line in table.loose if line is not above]
    elif title is not None:
        pass  # That of the first annex is the title of all.
    elif above is not None and CHAPTER.match(above.text) and len(above.text) <= _LONGEST_TITLE:
        title = above.text
        table.loose = [line for line in table.loose if line is not above]
    elif grid.place and table.columns is not None and "heading" not in table.columns.fields:
        seen = [one for one in source.grids if one.place and not one.hidden]
        sheets = [one for one in seen if find_header(one.rows, words)]
        title = (
            grid.place
            if len(sheets) > 1 and not table_words.UNNAMED.fullmatch(grid.place)
            else None
        )
    if title is not None and grid.rows:
        table.section = title
        line = grid.rows[0].line
        table.findings.append(
            finding("PLAN-SECTION-ABOVE", file=source.name, line=line, found=title.strip())
        )
    return title if title is not None or grid.place else table.section


def _annex_above(lines: Sequence[LooseLine], above: LooseLine | None) -> str | None:
    """Return the title of an annex right above a table, where 附件 and a number announce it."""
    at = next((at for at, line in enumerate(lines) if line is above), None)
    if at is None or above is None or len(above.text) > _LONGEST_TITLE:
        return None
    title = annex_title(above.text)
    if title is not None:
        return title or " ".join(above.text.split())
    before = annex_title(lines[at - 1].text) if at else None
    return above.text if before == "" else None


def _loose_lines(rows: Sequence[GridRow], kind: str = "") -> list[LooseLine]:
    return [
        LooseLine(cell.line, cell.text, kind=kind)
        for row in rows
        for cell in row.cells
        if cell.own and cell.text.strip()
    ]


def _lead_texts(rows: Sequence[ClassifiedRow], columns: Columns) -> frozenset[str]:
    """Return what stands in the column of lead units."""
    body = [row.row for row in rows if row.kind not in (RowKind.TITLE, RowKind.HEADER)]
    whole = [row for row in body if len(row.cells) == columns.width]
    return frozenset(row.cells[at].text.strip() for row in whole for at in columns.fields["lead"])


def _misplaced(step: _Step, row: GridRow) -> Iterator[Finding]:
    """Tell of cells that have moved: a lead unit's name where a goal or a quarter's work stands.

    So have they where the goal names quarters, and the schedule beside it none.
    """
    columns = step.columns
    goal, *more = columns.fields["goal"]
    schedules = columns.fields.get("schedule", ())
    texts = [row.cells[at].text for at in schedules]
    moved = [
        at
        for at in (goal, *more, *schedules, *columns.quarters)
        if row.cells[at].own and row.cells[at].text.strip() in step.leads
        and is_unit_like(row.cells[at].text)
    ]  # fmt: skip
    named = [label for label in find_labels(row.cells[goal].text, 0) if not label.start]
    if any(texts) and named and not (named[0].period.deadline or named[0].period.yearly):
        moved += [] if any(find_labels(text, 0) for text in texts) else [goal]
    codes = [("PLAN-CELL-MISPLACED", at) for at in moved]
    lead = columns.fields["lead"][0]
    if moved and not all(map(is_unit_like, filter(None, split_outside(row.cells[lead].text)))):
        codes.append(("PLAN-LEAD-MISPLACED", lead))
    for code, at in codes:
        expected, found = normal(columns.names[at]), " ".join(row.cells[at].text.split())
        told = finding(code, file=step.source.name, expected=expected, found=found)
        yield told.model_copy(update={"line": row.line})
