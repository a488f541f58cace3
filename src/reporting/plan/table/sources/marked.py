"""What stands in a source and is no text of the plan: raised, struck, hidden and deleted text.

None of it is read, and all of it is told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporting.findings import Finding
from reporting.language.runs import (
    GONE,
    Run,
    RunKind,
    is_note_mark,
    left_out,
    typed_marks,
)
from reporting.plan.codes import finding
from reporting.plan.table.grid import Grid, GridCell, GridRow, Source, marked

_CODES = {
    RunKind.STRUCK: "PLAN-TEXT-STRUCK",
    RunKind.HIDDEN: "PLAN-TEXT-HIDDEN",
    RunKind.DELETED: "PLAN-TEXT-DELETED",
    RunKind.INSERTED: "PLAN-TEXT-INSERTED",
}
_CONTEXT = 12


def set_marks_apart(source: Source) -> Source:
    """Part marks of notes from figures, and rows whose text is all gone from the others."""
    return replace(source, grids=tuple(map(_apart, source.grids)))


def mark_findings(source: Source) -> Iterator[Finding]:
    """Tell of all that is set otherwise than plain, a row and a kind at a time."""
    for line in source.loose:
        yield from _told(((line.text, line.runs),), source.name, line.line)
    for grid in source.grids:
        for row in grid.rows:
            cells = [(cell.text, cell.runs) for cell in row.cells if cell.own]
            yield from _told([*cells, ("", row.aside)], source.name, row.line)
        for row in grid.gone:
            yield _gone(row, source.name)


def marked_rows(source: Source) -> dict[int, tuple[tuple[Run, ...], ...]]:
    """Give the marked texts of each row by its line: what was set apart, beside what counts.

    A line that two tables have says nothing, for it may be either's.
    """
    rows = [row for grid in source.grids for row in grid.rows]
    often = Counter(row.line for row in rows)
    found = {}
    for row in rows:
        texts = [cell.runs for cell in row.cells if cell.own and cell.runs]
        texts += [row.aside] if row.aside else []
        if texts and often[row.line] == 1:
            found[row.line] = tuple(texts)
    return found


def _apart(grid: Grid) -> Grid:
    rows = [replace(row, cells=tuple(map(_typed, row.cells))) for row in grid.rows]
    gone = tuple(row for row in rows if _is_gone(row))
    return replace(
        grid, rows=tuple(row for row in rows if not _is_gone(row)), gone=(*grid.gone, *gone)
    )


def _typed(cell: GridCell) -> GridCell:
    """Take the raised signs out that are typed behind a figure."""
    if cell.runs or cell.text.isascii():
        return cell
    text, runs = marked(typed_marks(cell.text))
    return replace(cell, text=text, runs=runs) if runs else cell


def _is_gone(row: GridRow) -> bool:
    """Tell a row of which nothing is left but a number: it was most likely cancelled."""
    own = [cell for cell in row.cells if cell.own]
    left = any(sign.isalpha() for cell in own for sign in cell.text)
    return not left and any(run.kind in GONE and run.text.strip() for c in own for run in c.runs)


def _gone(row: GridRow, name: str) -> Finding:
    cells = [cell for cell in row.cells if cell.own]
    kinds = dict.fromkeys(run.kind for cell in cells for run in cell.runs if run.kind in GONE)
    texts = [
        " ".join("".join(run.text for run in cell.runs).split()) if cell.runs else cell.text.strip()
        for cell in cells
    ]
    return finding(
        "PLAN-ROW-GONE",
        file=name,
        line=row.line,
        expected="、".join(kinds),
        found="｜".join(text for text in texts if text),
    )


def _told(
    cells: Iterable[tuple[str, tuple[Run, ...]]], name: str, line: int | None
) -> Iterator[Finding]:
    texts: dict[RunKind, list[str]] = {}
    for _, runs in cells:
        for run, before in left_out(runs):
            found = " ".join(run.text.split())
            if run.kind is RunKind.RAISED:
                yield _raised(run, before, name, line)
            else:
                texts.setdefault(run.kind, []).append(found)
    for kind, found_texts in texts.items():
        yield finding(_CODES[kind], file=name, line=line, found="｜".join(found_texts))


def _raised(run: Run, before: str, name: str, line: int | None) -> Finding:
    code = "PLAN-TEXT-MARK" if is_note_mark(run.text, before) else "PLAN-TEXT-RAISED"
    where = " ".join(before.split())[-_CONTEXT:]
    return finding(code, file=name, line=line, expected=where, found=run.text.strip())
