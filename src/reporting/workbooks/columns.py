"""The columns of a sheet that people fill in, and the rows they stand under."""

from reporting.values import Value

TITLE_ROW = 1
HINT_ROW = 2
HEADER_ROW = 3
FIRST_ROW = 4


class ColumnSpec(Value):
    """A column of a sheet.

    ``fill`` columns are for whoever is asked; ``must`` ones are obligatory; ``wide`` is the
    width in characters; ``kind`` is ``text``, ``grade``, ``choice`` (one of ``choices``),
    ``date``, ``number`` or ``id``, which is hidden. An ``added`` one is missing in workbooks
    that were sent out before there was such a column. The head of an ``exact`` one takes no remark.
    ``help`` is shown where the cell is filled in.
    """

    field: str
    label: str
    wide: float
    fill: bool = False
    must: bool = False
    kind: str = "text"
    choices: tuple[str, ...] = ()
    added: bool = False
    exact: bool = False
    help: str = ""
