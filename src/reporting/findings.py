"""Findings: what was noticed in an input, where, and what to do about it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from reporting.language.visible import one_line
from reporting.values import Value


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    CONFIRM = "confirm"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word printed for officials."""
        return {"error": "错误", "confirm": "待确认", "warning": "提醒", "note": "说明"}[self.value]


HELD = frozenset({Severity.ERROR, Severity.CONFIRM})
"""What keeps the cell it stands in out of every figure and grade."""


class Finding(Value):
    """One thing noticed in an input.

    Attributes
    ----------
    code : str
        Stable identifier such as ``RET-ACTUAL-UNIT``; the prefix names the step
        (``PLAN``, ``RET``, ``ASSESS``, ``PUB``, ``REL``).
    severity : Severity
        ``error`` makes ``check`` fail; the others do not. What is to ``confirm`` may be right
        but is unlikely: nothing rests on it until somebody has settled it.
    message : str
        One Chinese sentence that says what was expected and what was found.
    file, sheet, cell : str
        Where, empty when it does not apply. ``file`` is relative to the project and uses
        ``/``; ``cell`` is an A1 address.
    line : int or None
        Line of a text file, or row of a table, counted from 1.
    unit, task_id : str
        Whom and which task it concerns, empty when it concerns neither.
    expected, found : str
        The two sides of the message, for tables and for machines.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    unit: str = ""
    task_id: str = ""
    expected: str = ""
    found: str = ""

    @property
    def where(self) -> str:
        """The place in the reader's words, e.g. ``市科技局.xlsx“进展”表 G7``."""
        place = one_line(self.file.rsplit("/", 1)[-1])
        if self.sheet:
            place += f"“{one_line(self.sheet)}”表"
        if self.cell:
            place += f" {self.cell}"
        if self.line is not None:
            place += f"第{self.line}行"
        return place.strip()


class Rule(NamedTuple):
    """What a code means: how much it weighs, its heading, and its sentence.

    The message may use ``{expected}``, ``{found}``, and ``{why}``: what was expected in brackets,
    or nothing.
    """

    severity: Severity
    title: str
    message: str


class FindingMaker:
    """Makes the findings of one step from the table of its rules.

    Parameters
    ----------
    rules : mapping of str to Rule
        The step's rules by code.
    quote : callable, optional
        What is done to a text of the input before it is quoted.

    Examples
    --------
    >>> finding = FindingMaker({"X": Rule(Severity.NOTE, "空", "应为{expected}，实为{found}。")})
    >>> finding("X", expected="数字", found="若干").message
    '应为数字，实为若干。'
    """

    def __init__(
        self, rules: Mapping[str, Rule], quote: Callable[[str], str] = lambda text: text
    ) -> None:
        self._rules = rules
        self._quote = quote

    def __call__(
        self,
        code: str,
        *,
        expected: str = "",
        found: str = "",
        file: str = "",
        sheet: str = "",
        cell: str = "",
        line: int | None = None,
        unit: str = "",
        task_id: str = "",
    ) -> Finding:
        """Make the finding of a rule at a place."""
        rule = self._rules[code]
        expected, found = self._quote(expected), self._quote(found)
        why = f"（{expected}）" if expected else ""
        return Finding(
            code=code,
            severity=rule.severity,
            message=rule.message.format(expected=expected, found=found, why=why),
            file=file,
            sheet=sheet,
            cell=cell,
            line=line,
            unit=unit,
            task_id=task_id,
            expected=expected,
            found=found,
        )
