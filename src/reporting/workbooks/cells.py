"""The cells of a workbook as values, and how they are addressed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.language.runs import Run, RunKind

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class BookRefused(Exception):
    """A file that cannot be read as a workbook.

    ``code`` names the rule (see `reporting.returns.rules`); ``found`` says what was found.
    """

    def __init__(self, code: str, found: str) -> None:
        super().__init__(found)
        self.code = code
        self.found = found


@dataclass(frozen=True)
class Cell:
    """A filled cell.

    ``value`` is text, or a number as text when ``numeric``; ``style`` is ``date``,
    ``month`` (a date shown without its day), ``percent`` or empty; ``formula`` is None for a
    constant, and ``value`` is empty when a formula has no cached value. ``error`` tells that
    the value is an error such as ``#REF!``. ``runs`` are the parts of the text where any of it
    is not plain; ``value`` holds all of them.
    """

    row: int
    column: int
    value: str
    numeric: bool = False
    style: str = ""
    formula: str | None = None
    error: bool = False
    runs: tuple[Run, ...] = ()

    @property
    def struck(self) -> bool:
        """Whether a part of the text is crossed out."""
        return any(run.kind is RunKind.STRUCK for run in self.runs)

    @property
    def raised(self) -> bool:
        """Whether a part of the text is set as superscript or subscript."""
        return any(run.kind in (RunKind.RAISED, RunKind.LOWERED) for run in self.runs)

    @property
    def address(self) -> str:
        """The A1 address."""
        return address(self.row, self.column)


@dataclass
class Sheet:
    """A worksheet's filled cells and what else matters of it.

    ``folded_rows`` are those of the hidden rows that a collapsed group holds; ``filtered`` tells
    that a filter hides rows.
    """

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    folded_rows: set[int] = field(default_factory=set)
    filtered: bool = False

    def value(self, row: int, column: int) -> str:
        """Return a cell's text, empty when it has none."""
        cell = self.cells.get((row, column))
        return cell.value if cell else ""

    @property
    def last_row(self) -> int:
        """The last row with a filled cell."""
        return max((row for row, _ in self.cells), default=0)


@dataclass(frozen=True)
class Extra:
    """What lies on a sheet besides its cells; ``text`` is what it says, or its name.

    ``kind`` is ``text`` (a box with words), ``shape``, ``picture``, ``cell picture``,
    ``attachment``, ``comment`` (``author`` wrote it), ``unread`` (a part that is damaged) or
    ``more`` (``text`` is how many there are beyond those listed).
    """

    kind: str
    sheet: str = ""
    cell: str = ""
    text: str = ""
    author: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook as far as the steps need it.

    ``oddities`` names what no spreadsheet program writes, and what was read all the same;
    ``names`` holds the texts that this program's own names stand for.
    """

    sheets: tuple[Sheet, ...]
    date1904: bool
    has_macros: bool
    has_links: bool
    extras: tuple[Extra, ...] = ()
    oddities: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name, white space aside."""
        return next((sheet for sheet in self.sheets if sheet.name.strip() == name), None)


def escaped(text: str) -> str:
    """Write a text for a cell: what looks like an escape of OOXML is none.

    Examples
    --------
    >>> escaped("_x0041_局")
    '_x005F_x0041_局'
    """
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def squeeze(text: str) -> str:
    """Return what two texts must share to be called the same: width and spaces aside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def column_letters(column: int) -> str:
    """Write a column's number as letters: 1 is ``A``, 28 is ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Write an A1 address."""
    return f"{column_letters(column)}{row}"


def split_address(text: str) -> tuple[int, int]:
    """Read an A1 address as row and column; ValueError when it is none."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
