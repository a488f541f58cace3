"""What every source of a task table becomes: grids of cells, and the lines around them."""

from dataclasses import dataclass, replace

from reporting.language.runs import Run, counted, is_marked


@dataclass(frozen=True)
class GridCell:
    """One cell of a table.

    ``line`` is the line or row of the source where it starts. ``above`` and ``left`` tell
    that the cell continues a merged one; its text is then that of the merged cell. ``runs`` are
    the parts of what stands in it where any of that is not plain; ``text`` is what counts of it.
    ``at`` is its address in the reader's words, empty where a source counts lines alone.
    """

    text: str
    line: int
    above: bool = False
    left: bool = False
    runs: tuple[Run, ...] = ()
    at: str = ""

    @property
    def own(self) -> bool:
        """Whether the text stands here, and not in the merged cell it continues."""
        return not (self.above or self.left)

    @property
    def place(self) -> str:
        """Where a reader finds it: the cell, or else the line."""
        return self.at or f"第{self.line}行"


@dataclass(frozen=True)
class GridRow:
    """One row of a table; ``aside`` is what stands in its hidden columns."""

    cells: tuple[GridCell, ...]
    aside: tuple[Run, ...] = ()

    @property
    def line(self) -> int:
        """Line or row of the source where the row starts."""
        return self.cells[0].line

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells."""
        return tuple(cell.text for cell in self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether no cell has a text."""
        return not any(cell.text.strip() for cell in self.cells)


def marked(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """Return the text that counts of runs, and the runs where any is not plain."""
    return counted(runs), runs if is_marked(runs) else ()


@dataclass(frozen=True)
class LooseLine:
    """A line of text outside every table.

    ``line`` is None where lines are not counted; ``after`` tells that a table stood before it;
    ``kind`` says what kind of row it was, and why, where it stood in one; ``runs`` are its
    parts where any is not plain.
    """

    line: int | None
    text: str
    after: bool = False
    kind: str = ""
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Grid:
    """One table.

    ``place`` names it in the reader's words (a sheet), empty when it is alone; ``above`` is
    the line of text right above it; ``hidden`` tells that a reader does not see it; ``gone`` are
    the rows that were left out of it, because all of their text is hidden, struck or deleted.
    """

    rows: tuple[GridRow, ...]
    place: str = ""
    above: LooseLine | None = None
    hidden: bool = False
    gone: tuple[GridRow, ...] = ()


@dataclass(frozen=True)
class Unseen:
    """Signs in a text that cannot be seen, by their code points; ``gone`` were left out of it."""

    line: int | None
    place: str
    gone: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A table file as read.

    ``ragged`` tells that rows were found by blank lines and may hold several rows or parts of
    one; ``trimmed`` that they may lack their last cells where these are empty. ``notes`` are
    the encoding where it is not UTF-8, and what was hidden or looks like something else;
    ``unseen`` are the signs that nobody sees.
    """

    name: str
    grids: tuple[Grid, ...]
    loose: tuple[LooseLine, ...] = ()
    ragged: bool = False
    trimmed: bool = False
    notes: tuple[str, ...] = ()
    unseen: tuple[Unseen, ...] = ()


def addressed(source: Source) -> Source:
    """Give the cells of tables that have rows and columns an address in the reader's words.

    One that a spreadsheet has already names its sheet where the file has several.
    """
    several = len(source.grids) > 1
    grids = tuple(_addressed(grid, several=several) for grid in source.grids)
    return replace(source, grids=grids)


def _addressed(grid: Grid, *, several: bool) -> Grid:
    named = f"“{grid.place}”表" if several and grid.place else ""
    rows = tuple(
        replace(
            row, cells=tuple(_at(cell, named, number) for number, cell in enumerate(row.cells, 1))
        )
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def _at(cell: GridCell, named: str, number: int) -> GridCell:
    if cell.own or cell.at:
        return replace(cell, at=named + (cell.at or f"第{cell.line}行第{number}格"))
    return cell
