"""How the columns and cells of a table are set in a page, and by what they sort."""

import re
from collections.abc import Sequence
from decimal import Decimal

from reporting.documents.blocks import Column, GradeMark, Inline, Table, text_of
from reporting.grades import Grade
from reporting.language.phrases import document_words

# Characters from which a cell is running text, and up to which it is not to be broken.
_LONG = 16
_SHORT = 5
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def table_classes(table: Table) -> str:
    """Name what the page's style and script do with a table."""
    asked = {
        "r-wide": table.landscape, "r-sortable": table.sortable, "r-filterable": table.filterable,
    }  # fmt: skip
    return " ".join(["r-table", *(name for name, is_asked in asked.items() if is_asked)])


def least_rem(table: Table) -> float:
    """Give the width below which the table's columns could not be read."""
    return sum(4 if column.numeric else 6.5 for column in table.columns)


def long_columns(table: Table) -> frozenset[int]:
    """Find the columns of running text, which need room to be read."""
    found = set()
    for number in range(len(table.columns)):
        long = sum(len(text_of(row.cells[number])) > _LONG for row in table.rows)
        # A quarter of the rows is enough: the others then have room to spare, and lose nothing.
        if 4 * long > len(table.rows):
            found.add(number)
    return frozenset(found)


def grade_columns(table: Table) -> frozenset[int]:
    """Find the columns that hold grades, which stay in sight when a table is scrolled."""
    return frozenset(
        number
        for row in table.rows
        for number, cell in enumerate(row.cells)
        if any(isinstance(inline, GradeMark) for inline in cell)
    )


def cell_classes(
    column: Column, words: str, *, long: bool = False, holds_grades: bool = False
) -> str:
    """Name how a cell of a column is set; what is short is not to be broken."""
    names = ["r-num"] if column.numeric else []
    if len(words) <= _SHORT or document_words.DATE.fullmatch(words):
        names.append("r-short")
    if long:
        names.append("r-long")
    if holds_grades:
        names.append("r-state")
    if column.align != "left":
        names.append(f"r-{column.align}")
    return " ".join(names)


def sort_key(cell: tuple[Inline, ...], column: Column) -> str:
    """Give the number that a cell sorts by, a grade's place or a figure's value; else nothing.

    Grades go by the order of the rating rule, the worst first.
    """
    # A grade is what the reader looks at, whatever else the cell holds; of several, the last,
    # which is this quarter's, before the others.
    grades = [inline.grade for inline in cell if isinstance(inline, GradeMark)]
    if grades:
        return _place(grades[-1], grades[:-1][-1:])
    number = _NUMBER.search(text_of(cell)) if column.numeric else None
    return number.group().replace(",", "") if number else ""


def _place(grade: Grade, before: Sequence[Grade]) -> str:
    """Write where a grade stands, the worst first, then where the one before it stood.

    What stands behind the point never reaches the next better grade of the office.
    """
    tenths = "".join(str(one.weight).replace(".", "") for one in before)
    if not grade.place:
        return f"{grade.weight}.{tenths}" if tenths else str(grade.weight)
    return str(grade.weight + Decimal(f"0.00{tenths or 0}"))
