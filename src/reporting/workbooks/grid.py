"""Find the table on a sheet by the labels of its header, wherever a program has moved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reporting.workbooks.cells import Cell, Sheet, address, squeeze
from reporting.workbooks.columns import ColumnSpec

_HEADER_WITHIN = 40
_HEADER_SHARE = 0.4
_LONGEST_LABEL = 60
_REMARKS = "([{【〔:;,。、-—"
"""Signs that part a header from a remark, once they are brought to half width."""


@dataclass(frozen=True)
class Grid:
    """A sheet with its header row and the column of each field.

    ``twice`` names the fields to be filled that have two columns: neither is read.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    twice: Mapping[str, int] = field(default_factory=dict)

    def cell(self, row: int, name: str) -> Cell | None:
        """Return the filled cell of a field in a row."""
        column = self.columns.get(name)
        return None if column is None else self.sheet.cells.get((row, column))

    def text(self, row: int, name: str) -> str:
        """Return a field's text in a row."""
        cell = self.cell(row, name)
        return cell.value if cell else ""

    def address(self, row: int, name: str) -> str:
        """Return the address of a field in a row, filled or not."""
        return address(row, self.columns[name])

    @property
    def rows(self) -> list[int]:
        """The rows below the header with something in them."""
        return sorted({row for row, _ in self.sheet.cells if row > self.header})


def find_grid(sheet: Sheet, specs: Sequence[ColumnSpec]) -> Grid | None:
    """Find the header row and its columns; None when the sheet has no header of ours."""
    labels = {_label(spec.label): spec.field for spec in specs}
    exact = frozenset(_label(spec.label) for spec in specs if spec.exact)
    best: dict[str, list[int]] = {}
    header = 0
    for row in sorted({row for row, _ in sheet.cells})[:_HEADER_WITHIN]:
        found = _columns_in(sheet, row, labels, exact)
        if len(found) > len(best):
            best, header = found, row
    if len(best) < _HEADER_SHARE * sum(not spec.added for spec in specs):
        return None
    fill = {spec.field for spec in specs if spec.fill}
    twice = {name: max(at) for name, at in best.items() if len(at) > 1 and name in fill}
    columns = {name: min(at) for name, at in best.items() if name not in twice}
    return Grid(sheet, header, columns, twice)


def _columns_in(
    sheet: Sheet, row: int, labels: Mapping[str, str], exact: frozenset[str]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for (at, column), cell in sheet.cells.items():
        if at != row or len(cell.value) > _LONGEST_LABEL:
            continue
        name = _named(cell.value, labels, exact)
        if name is not None:
            found.setdefault(name, []).append(column)
    return found


def _named(text: str, labels: Mapping[str, str], exact: frozenset[str]) -> str | None:
    """Return the field of a header; a remark that somebody put behind it changes nothing."""
    label = _label(text.replace("\n", ";"))
    if label in labels:
        return labels[label]
    begun = [known for known in labels if known not in exact and label.startswith(known)]
    longest = max(begun, key=len, default="")
    return labels[longest] if longest and label[len(longest)] in _REMARKS else None


def _label(text: str) -> str:
    return squeeze(text).replace("*", "")
