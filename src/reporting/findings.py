"""Findings: what was noticed in an input, where, and what to do about it."""

from enum import StrEnum

from reporting.language.visible import one_line
from reporting.values import Value


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word printed for officials."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


class Finding(Value):
    """One thing noticed in an input.

    Attributes
    ----------
    code : str
        Stable identifier such as ``RET-ACTUAL-UNIT``; the prefix names the step
        (``PLAN``, ``RET``, ``ASSESS``, ``PUB``, ``REL``).
    severity : Severity
        ``error`` makes ``check`` fail; ``warning`` and ``note`` do not.
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
