"""Rows with too few or too many cells: told by what each column's cells look like.

A cell is put where its content can only belong. Where it could belong to several columns it
is left out and named, never guessed; a row whose goal cannot be told refuses the table.
"""

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from reporting.errors import InputRefused
from reporting.language.phrases import table_words
from reporting.plan.parties.names import is_unit_like, split_outside
from reporting.plan.table.columns import Columns
from reporting.plan.table.grid import GridCell, GridRow
from reporting.plan.table.headings import strip_number

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_NUMBERED = re.compile(r"\s*\d{1,3}\s*[.．、]\s*\S")
_LONGEST_NUMBER = 8
_MOST = 4


def align(
    row: GridRow, columns: Columns, whole: Sequence[GridRow], name: str, *, trimmed: bool = False
) -> tuple[GridRow, tuple[str, ...]]:
    """Give the cells of a row to the columns; return the row and the texts left out.

    ``trimmed`` tells that rows may lack their last cells where these are empty: the others
    then stand in their places, if they look like it.

    Raises
    ------
    InputRefused
        The goal cannot be told; the text names the line.
    """
    if trimmed and (padded := _padded(row, columns)) is not None:
        return padded, ()
    tests = _tests(columns, whole)
    if len(row.cells) < columns.width:
        choices = _spread(row, columns.width)
    else:
        choices = _squeeze(row, columns.width)
    ways = [c for c in choices if all(test(cell) for test, cell in zip(tests, c, strict=True))]
    goal = columns.fields["goal"][0]
    texts = [{choice[at].text for choice in ways} for at in range(columns.width)]
    if not ways or len(texts[goal]) != 1:
        start = " ".join(row.texts[0].split())[:20] or " ".join(row.texts[-1].split())[:20]
        raise InputRefused(
            f"{name}第{row.line}行：应有{columns.width}格，实有{len(row.cells)}格"
            f"（开头为“{start}”），无法认定各格属于哪一列，请补齐该行后重试。"
        )
    cells = tuple(
        ways[0][at] if len(texts[at]) == 1 else GridCell("", row.line)
        for at in range(columns.width)
    )
    kept = "\n".join(cell.text for cell in cells)
    rest = tuple(c.text.strip() for c in row.cells if c.text.strip() and c.text not in kept)
    return GridRow(cells), rest


def _padded(row: GridRow, columns: Columns) -> GridRow | None:
    """Put empty cells behind the others, if number, names and units are then in their places."""
    lead = columns.fields["lead"][0]
    if not lead < len(row.cells) < columns.width or not row.cells[lead].text.strip():
        return None
    empty = GridCell("", row.line)
    padded = GridRow((*row.cells, *[empty] * (columns.width - len(row.cells))))
    leaders = [padded.cells[at].text for at in columns.fields.get("leaders", ())]
    goals = [padded.cells[at].text for at in columns.fields["goal"]]
    told = any(strip_number(goal)[1] for goal in goals) and all(map(_looks_leaders, leaders))
    return padded if told and fits(padded, columns) else None


def _spread(row: GridRow, width: int) -> list[tuple[GridCell, ...]]:
    """List the ways to leave columns empty so that the cells fill the others in order."""
    missing = width - len(row.cells)
    # Of fewer cells than half, each could be of nearly any column.
    if missing > min(_MOST, width // 2):
        return []
    empty = GridCell("", row.line)
    choices = []
    for places in combinations(range(width), missing):
        cells = iter(row.cells)
        choices.append(tuple(empty if at in places else next(cells) for at in range(width)))
    return choices


def _squeeze(row: GridRow, width: int) -> list[tuple[GridCell, ...]]:
    """List the ways to join one run of neighbouring cells so that the rest fit."""
    run = len(row.cells) - width + 1
    choices = []
    for at in range(width):
        joined = row.cells[at : at + run]
        text = "\n".join(cell.text for cell in joined)
        one = GridCell(text, joined[0].line)
        choices.append((*row.cells[:at], one, *row.cells[at + run :]))
    return choices


def _tests(columns: Columns, whole: Sequence[GridRow]) -> list[Callable[[GridCell], bool]]:
    """Return for each column the test its cells pass."""
    tests: list[Callable[[GridCell], bool]] = [lambda cell: True] * columns.width
    goals = [row.cells[columns.fields["goal"][0]].text for row in whole]
    numbered = 5 * sum(bool(_NUMBERED.match(goal)) for goal in goals) >= 4 * len(goals) > 0
    heads = [row.cells[at].text for row in whole for at in columns.fields.get("heading", ())]
    formal = 2 * sum(_looks_heading(head, formal=True) for head in heads) > len(heads)
    makers: dict[str, Callable[[GridCell], bool]] = {
        "number": lambda cell: not strip_number(cell.text)[1],
        "heading": lambda cell: _looks_heading(cell.text, formal=formal),
        "goal": lambda cell: _looks_goal(cell.text, numbered=numbered),
        "schedule": lambda cell: (
            not cell.text.strip() or table_words.LABEL.search(cell.text) is not None
        ),
        "leaders": lambda cell: _looks_leaders(cell.text),
        "lead": lambda cell: _looks_units(cell.text, none=False),
        "support": lambda cell: _looks_units(cell.text, none=True),
    }
    for name, places in columns.fields.items():
        for at in places:
            tests[at] = makers[name]
    return tests


def fits(row: GridRow, columns: Columns) -> bool:
    """Tell whether a row's number and lead unit are what these columns hold."""
    numbers = [row.cells[at].text for at in columns.fields.get("number", ())]
    units = [row.cells[at].text for at in columns.fields["lead"]]
    return all(map(_looks_number, numbers)) and all(
        _looks_units(text, none=False) for text in units
    )


def _looks_number(text: str) -> bool:
    """Tell a number in any form (第4项, 5-1, 三) from a name or a text."""
    bare = text.strip()
    return not bare or (
        len(bare) <= _LONGEST_NUMBER
        and table_words.COUNTED.search(bare) is not None
        and not _looks_units(bare, none=False)
    )


def _looks_heading(text: str, *, formal: bool) -> bool:
    """Tell a heading: ``formal`` where the others of the table are numbered or say 行动."""
    rest = strip_number(text)[1]
    if rest and not formal:
        return (
            len(rest) <= 30
            and not table_words.LABEL.search(rest)
            and not _looks_units(rest, none=True)
        )
    return not rest or text.lstrip()[:1] in "（(" or "行动" in rest


def _looks_goal(text: str, *, numbered: bool) -> bool:
    if any(table_words.LEADING.match(line) for line in text.split("\n")):
        return False
    if numbered:
        return _NUMBERED.match(text) is not None
    bare = text.strip()
    return (
        len(bare) >= 6 and not _looks_units(bare, none=True) and not table_words.LABEL.match(bare)
    )


def _looks_leaders(text: str) -> bool:
    names = [re.sub(r"\s+", "", name) for name in re.split(r"[、，,;；\n]", text)]
    return all(
        not name or (_NAME.fullmatch(name) is not None and not is_unit_like(name)) for name in names
    )


def _looks_units(text: str, *, none: bool) -> bool:
    bare = text.strip()
    if bare in ("", "/", "无", "—"):
        return True
    if bare.endswith(("。", "；")) or table_words.LABEL.search(bare):
        return False
    return all(is_unit_like(name.rpartition("：")[2]) for name in split_outside(bare) if name)
