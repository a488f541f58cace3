"""Cells that span rows and columns, laid out as a grid in which every place has a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.errors import InputRefused
from reporting.language.runs import Run
from reporting.plan.table.grid import GridCell, GridRow

MAX_PLACES = 400_000


@dataclass(frozen=True)
class SpanCell:
    """A cell with the rows and columns it covers, placed at a column of its row."""

    column: int
    text: str
    rows: int = 1
    columns: int = 1
    runs: tuple[Run, ...] = ()
    at: str = ""


def lay_out(
    rows: Sequence[Sequence[SpanCell]], lines: Sequence[int], name: str, *, pad: bool
) -> list[GridRow]:
    """Lay cells out; columns that only continue others are left out.

    ``pad`` fills rows up to the table's width, and leaves columns out that hold nothing. A
    sheet has cells without end; in a page an empty cell is one, a row that is short has lost
    a cell, and which one is not for this module to tell.

    Raises
    ------
    InputRefused
        The spans cover more places than any table has.
    """
    width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    if width * len(rows) > MAX_PLACES:
        raise InputRefused(f"{name}：表格应在 {MAX_PLACES} 格以内，实为{width}列{len(rows)}行。")
    places: list[dict[int, GridCell]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        for cell in row:
            for down in range(min(cell.rows, len(rows) - at)):
                for right in range(cell.columns):
                    here = GridCell(
                        cell.text, lines[at + down], above=down > 0, left=right > 0,
                        runs=cell.runs, at=cell.at,
                    )  # fmt: skip
                    places[at + down].setdefault(cell.column + right, here)
    used = [at for at in range(width) if any(_counts(row.get(at), pad) for row in places)]
    made = []
    for held, line in zip(places, lines, strict=True):
        last = width if pad else max(held, default=-1)
        cells = tuple(held.get(at, GridCell("", line)) for at in used if at <= last)
        if cells:
            made.append(GridRow(cells))
    return made


def _counts(cell: GridCell | None, filled: bool) -> bool:
    return cell is not None and cell.own and (bool(cell.text.strip() or cell.runs) or not filled)
