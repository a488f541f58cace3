"""The lines of the sheet 自查 and its columns: what is told, and what is reckoned beside it.

The columns that are told stand first, those of what is missing before those of what will be
asked, so that each can be counted as one range. Their heads name the rule of the check that they
answer to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reporting.grades import USUAL_SCALE, Scale
from reporting.plan.figures.gaps import Bound
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import COLUMNS
from reporting.workbooks.cells import column_letters

SHOWN = ("任务号", "工作表", "事项", "情况", "待填或者待核的内容", "转到")
STATE, DETAIL, LINK = 4, 5, 6

MISSING = (
    "RET-EMPTY self_rating", "RET-EMPTY progress",
    "RET-SIGNATURE reporter", "RET-SIGNATURE approver", "RET-SIGNATURE reported_on",
    "RET-PROBLEM problem", "RET-CAUSE cause", "RET-NEXT-STEP next_step", "RET-DEADLINE due_date",
    "RET-BASIS cause", "RET-ACTUAL-EMPTY actual",
    "RET-PROMISE-OUTCOME outcome", "RET-PROMISE-DAY on", "RET-PROMISE-WHY note",
)  # fmt: skip
ASKED = (
    "RET-CELL-ERROR", "RET-RATING-WORD self_rating", "RET-TEXT-NOTHING progress",
    "RET-TEXT-STALE progress", "RET-TEXT-PLAN progress", "RET-TEXT-SAME progress",
    "RET-RATING-FIGURES self_rating", "RET-OWED-NOTHING cause", "RET-OWED-NOTHING next_step",
    "RET-DATE-TEXT due_date", "RET-DEADLINE-PAST due_date",
    "RET-DATE-TEXT reported_on", "RET-DAY-EARLY reported_on", "RET-LATE reported_on",
    "RET-ACTUAL-TEXT actual", "RET-ACTUAL-UNIT actual", "RET-ACTUAL-PERCENT actual",
    "RET-ACTUAL-RANGE actual", "RET-ACTUAL-FAR actual", "RET-ACTUAL-LEAP actual",
    "RET-ACTUAL-EARLY actual", "RET-ACTUAL-LOWER actual", "RET-ACTUAL-DIFFERS actual",
    "RET-PAUSED-COMPLETE actual", "RET-ANSWER answer", "RET-DATE-TEXT on",
)  # fmt: skip
BESIDE = (
    "missing", "asked", "grade", "said", "bare", "wordless", "answered", "rest", "plan",
    "problem", "cause", "next_step", "outcome", "note",
    "answer", "confirmed", "typed", "value", "doubted", "sound", "short",
)  # fmt: skip
"""What the told columns are reckoned from."""
PRINTED = "printed"
"""The column whose first cell holds what the workbook was sent out with."""
EARLIER = "earlier"
"""The last column; texts of last quarter stand in it and to the right of it."""

_KEYS = (*SHOWN, *MISSING, *ASKED, *BESIDE, PRINTED, EARLIER)
_AT = {key: at for at, key in enumerate(_KEYS, 1)}
TOLD = (*MISSING, *ASKED)
LAST_COLUMN = len(_KEYS)


def column_of(key: str) -> int:
    """Return the number of a column of the sheet 自查."""
    return _AT[key]


def span_of(keys: tuple[str, ...], first: int, last: int) -> str:
    """Return the range of some neighbouring columns over some rows."""
    left, right = column_letters(_AT[keys[0]]), column_letters(_AT[keys[-1]])
    return f"${left}${first}:${right}${last}"


def typed_at(sheet: str, name: str, row: int, extras: Sequence[ExtraColumn] = ()) -> str:
    """Return the place of a field of a question, as other sheets name it."""
    return f"'{sheet}'!{address_of(sheet, name, row, extras)}"


def address_of(sheet: str, name: str, row: int, extras: Sequence[ExtraColumn] = ()) -> str:
    """Return the address of a field of a question, by the head of its column."""
    return f"${column_letters(_fields(sheet, extras).index(name) + 1)}${row}"


def _fields(sheet: str, extras: Sequence[ExtraColumn]) -> list[str]:
    """Give the fields of a sheet in the order of its columns; the office's own are typed last."""
    *fields, row_id = (spec.field for spec in COLUMNS[sheet])
    return [*fields, *(column.field for column in extras), row_id]


def label_of(sheet: str, name: str) -> str:
    """Return the head of a field."""
    return next(spec.label for spec in COLUMNS[sheet] if spec.field == name)


@dataclass
class Line:
    """One question: where it stands on this sheet and on its own, and what is reckoned of it.

    ``row`` is its row here, ``asked_at`` the one on its own sheet; ``formulas`` goes by column.
    ``extras`` are the office's own columns beside it, ``own`` the columns here that tell of them;
    ``bounds`` say which figures each grade that keeps the plan does not allow, the best first.
    """

    row: int
    sheet: str
    asked_at: int
    number: str
    title: str
    formulas: dict[str, str] = field(default_factory=dict)
    plan: str = ""
    earlier: tuple[str, ...] = ()
    scale: Scale = USUAL_SCALE
    bounds: tuple[Bound | None, ...] = ()
    extras: tuple[ExtraColumn, ...] = ()
    own: Mapping[str, int] = field(default_factory=dict)

    @property
    def denies_at_once(self) -> bool:
        """Whether a figure that one of these grades does not allow is allowed by none."""
        return len(set(self.bounds)) == 1

    def at(self, key: str) -> str:
        """Return the place of a column in this line."""
        return f"${column_letters(self.column(key))}${self.row}"

    def column(self, key: str) -> int:
        """Return the number of a column, those that tell of the office's own among them."""
        return self.own.get(key) or _AT[key]

    def typed(self, name: str) -> str:
        """Return the place of what is typed into a field."""
        return typed_at(self.sheet, name, self.asked_at, self.extras)

    @property
    def earlier_span(self) -> str:
        """The cells that hold last quarter's texts."""
        first, last = _AT[EARLIER], _AT[EARLIER] + len(self.earlier) - 1
        return f"${column_letters(first)}${self.row}:${column_letters(last)}${self.row}"

    @property
    def first_typed(self) -> str:
        """The address of the first cell to be filled in."""
        spec = next(spec for spec in COLUMNS[self.sheet] if spec.fill)
        return address_of(self.sheet, spec.field, self.asked_at).replace("$", "")

    @property
    def all_typed(self) -> str:
        """The range of all cells to be filled in."""
        fields = [spec.field for spec in COLUMNS[self.sheet] if spec.fill]
        fields += [column.field for column in self.extras]
        first, last = (
            address_of(self.sheet, name, self.asked_at, self.extras)
            for name in (fields[0], fields[-1])
        )
        return f"'{self.sheet}'!{first}:{last}"
