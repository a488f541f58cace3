"""A step promised by a date (承诺), what its unit says of it, and what became of it."""

from datetime import date
from enum import StrEnum

from reporting.values import Value


class Outcome(StrEnum):
    """What a unit says of a step that it promised."""

    DONE = "完成"
    NOT_DONE = "未完成"
    PUT_OFF = "申请延期"
    DROPPED = "不再实施"


OUTCOME_WORDS = {str(one): one for one in Outcome} | {
    "已完成": Outcome.DONE, "延期": Outcome.PUT_OFF, "延期至": Outcome.PUT_OFF,
    "尚未完成": Outcome.NOT_DONE, "取消": Outcome.DROPPED,
}  # fmt: skip
DATED = frozenset({Outcome.DONE, Outcome.PUT_OFF})
"""Outcomes that name a day."""


class PromiseAnswer(Value):
    """What a return says of a step promised earlier.

    ``on`` is the day on which it was done, or to which it is asked to be put off; ``granted``
    tells what the office decided of that, None while it has not. ``cells`` gives the address of
    each filled field on ``sheet`` of ``file``.
    """

    promise_id: str
    task_id: str
    unit: str
    quarter: int
    outcome: Outcome | None = None
    on: date | None = None
    note: str = ""
    granted: bool | None = None
    file: str
    sheet: str
    cells: dict[str, str]


class State(StrEnum):
    """What became of a promised step; ``label`` is for officials."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The words printed."""
        return {
            "open": "尚未办结",
            "kept": "按期完成",
            "late": "逾期完成",
            "withdrawn": "不再实施",
        }[self.value]


class Commitment(Value):
    """A next step with a deadline, and what became of it.

    Attributes
    ----------
    promise_id : str
        The id of its row and the quarter in which it was made: ``2023-005-02@2``.
    due : date
        The day it stands by now; ``first_due`` is the one that was promised.
    made_in : int
        The quarter of the return that promised it.
    done_on : date or None
        When it was done, as its unit says.
    put_off_to : date or None
        The day to which its unit asks to put it off, until that is granted or refused.
    refused : bool
        Putting it off was refused.
    answered_in : int or None
        The quarter of the last return that says something of it.
    note : str
        What the unit says of it.
    """

    promise_id: str
    task_id: str
    unit: str
    text: str
    due: date
    first_due: date
    made_in: int
    state: State = State.OPEN
    done_on: date | None = None
    put_off_to: date | None = None
    refused: bool = False
    answered_in: int | None = None
    note: str = ""

    def days_overdue(self, day: date) -> int:
        """Count the days from the deadline to when it was done, else to a day; 0 for none."""
        return max(0, ((self.done_on or day) - self.due).days)


class LeftOpen(Value):
    """What earlier quarters left open for a unit, which is asked about again.

    ``overdue`` holds ids of milestones that were due and are not settled (of a task that was
    asked about as a whole, the task's own), ``promises`` the steps that are open.
    """

    overdue: tuple[str, ...] = ()
    promises: tuple[Commitment, ...] = ()


NOTHING = LeftOpen()
