"""Find the table on a sheet of a return, and match its rows to what was asked."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import COLUMNS, ROW_ID, columns_of
from reporting.workbooks.cells import Cell, Sheet, address, squeeze
from reporting.workbooks.columns import ColumnSpec
from reporting.workbooks.grid import Grid, find_grid


@dataclass
class Matches:
    """Which row answers which question.

    ``by_text`` holds rows matched by number and text with the reason; ``repeated``, ``others``
    (whose words are of another task than their id) and ``added`` hold the rows that answer none.
    """

    rows: dict[str, int] = field(default_factory=dict)
    by_text: dict[str, str] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)


def find_table(sheet: Sheet, extras: Sequence[ExtraColumn] = ()) -> Grid | None:
    """Find the table of a sheet of a return; None when it has no header of ours."""
    return find_grid(sheet, columns_of(sheet.name.strip(), extras=extras))


def missing_columns(grid: Grid) -> list[ColumnSpec]:
    """Return the columns that were asked for and are gone; later ones and hidden ids aside."""
    specs = COLUMNS[grid.sheet.name.strip()]
    known = {*grid.columns, *grid.twice, ROW_ID.field}
    return [spec for spec in specs if spec.field not in known and not spec.added]


def match_rows(
    grid: Grid, questions: Mapping[str, tuple[str, ...]], key_fields: Sequence[str]
) -> Matches:
    """Match rows to questions by hidden id, else by their number and text.

    ``questions`` gives by row id the texts that ``key_fields`` must show. Where the visible
    text is another question's than the id says, the text holds: whoever moved it moved the
    answers with it.
    """
    asked: dict[tuple[str, ...], list[str]] = {}
    for row_id, texts in questions.items():
        asked.setdefault(_key(texts), []).append(row_id)
    longest = 2 * max((len(text) for texts in questions.values() for text in texts), default=0)
    likely: dict[int, list[str]] = {}
    for row in grid.rows:
        texts = tuple(grid.text(row, name) for name in key_fields)
        # Texts far longer than any asked need no comparing; a hostile sheet is full of them.
        short = max(map(len, texts)) <= longest + 100
        likely[row] = asked.get(_key(texts), []) if short else []
    matches = Matches()
    # Rows that still show what was asked come first: a copied row keeps its hidden id, whatever
    # was typed over it.
    for row in sorted(grid.rows, key=lambda row: not likely[row]):
        own = grid.text(row, ROW_ID.field).strip()
        _place(matches, row, own, _meant(own, likely[row], questions))
    return matches


def _meant(own: str, likely: Sequence[str], questions: Container[str]) -> str:
    """Choose the question of a row: by its text, by its id where texts do not tell, or none."""
    if own in (likely or questions):
        return own
    return likely[0] if len(likely) == 1 else ""


def _place(matches: Matches, row: int, own: str, row_id: str) -> None:
    if not row_id:
        matches.added.append(row)
    elif row_id in matches.rows:
        matches.repeated[row] = row_id
    else:
        matches.rows[row_id] = row
        if own != row_id:
            matches.by_text[row_id] = f"为“{own}”" if own else "缺失"


def _key(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(squeeze(text) for text in texts)


def span(cells: Iterable[Cell]) -> str:
    """Return the smallest range that holds some cells."""
    places = [(cell.row, cell.column) for cell in cells]
    top, bottom = min(r for r, _ in places), max(r for r, _ in places)
    left, right = min(c for _, c in places), max(c for _, c in places)
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"


def runs(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Group cells into runs that stand side by side in one row."""
    grouped: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        last = grouped[-1][-1] if grouped else None
        if last and last.row == cell.row and last.column + 1 == cell.column:
            grouped[-1].append(cell)
        else:
            grouped.append([cell])
    return grouped
