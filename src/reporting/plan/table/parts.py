"""Cut a grid into what stands above its header, the header, and the rows below it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reporting.plan.table.align import fits
from reporting.plan.table.columns import Columns, Vocabulary, find_header
from reporting.plan.table.grid import Grid, GridRow

FEW = 3


class Parts(NamedTuple):
    """A grid in its parts; without a header of its own, ``columns`` is None and all is body."""

    above: tuple[GridRow, ...]
    head: tuple[GridRow, ...]
    body: tuple[GridRow, ...]
    columns: Columns | None = None


def cut(grid: Grid, words: Vocabulary, known: Columns | None, *, ragged: bool) -> Parts | None:
    """Cut a grid at its header; None where it has none and no table stands before it.

    ``known`` are the columns of the table before, whose tasks may go on here. In a ``ragged``
    grid the rows are cut by the header's width.
    """
    rows = grid.rows
    found = find_header(rows, words, ragged=ragged)
    if found is None and ragged:
        # Blank lines may part the cells instead of the rows: one run, cut by the header.
        rows = (GridRow(tuple(cell for row in rows for cell in row.cells)),)
        found = find_header(rows, words, ragged=True)
    if found is None and known is None:
        return None
    if found is not None and known is not None and _are_tasks(rows[: found[0]], known):
        found = None  # Below a page break the header may be printed again after some rows.
    if found is None:
        assert known is not None
        return Parts((), (), _body(rows, known, ragged=ragged))
    at, columns = found
    head, below = _head(rows[at:], columns, ragged=ragged)
    return Parts(tuple(rows[:at]), head, _body(below, columns, ragged=ragged), columns)


def goes_on(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Tell whether a table without a header goes on with the tasks of the one before it."""
    if any(len(row.cells) != columns.width for row in rows):
        return False
    filled = [row for row in rows if sum(bool(text.strip()) for text in row.texts) > 1]
    return not filled or any(fits(row, columns) for row in filled)


def _are_tasks(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Tell whether rows above a table's header are tasks of the table before it."""
    whole = [row for row in rows if len(row.cells) == columns.width]
    return any(fits(row, columns) for row in whole if sum(map(bool, row.texts)) > FEW)


def _head(
    rows: Sequence[GridRow], columns: Columns, *, ragged: bool
) -> tuple[tuple[GridRow, ...], Sequence[GridRow]]:
    """Part the header from what follows it, in a ragged grid also in its own row."""
    if not ragged:
        return tuple(rows[: columns.depth]), rows[columns.depth :]
    cells = rows[0].cells
    rest = [GridRow(cells[columns.width :])] if len(cells) > columns.width else []
    return (GridRow(cells[: columns.width]),), [*rest, *rows[1:]]


def _body(rows: Sequence[GridRow], columns: Columns, *, ragged: bool) -> tuple[GridRow, ...]:
    return tuple(_regrouped(rows, columns.width)) if ragged else tuple(rows)


def _regrouped(rows: Sequence[GridRow], width: int) -> Iterator[GridRow]:
    """Cut runs of cells that hold several rows; a run that does not divide stays one row."""
    for row in rows:
        step = width if len(row.cells) % width == 0 else len(row.cells)
        for at in range(0, len(row.cells), step):
            yield GridRow(row.cells[at : at + step])
