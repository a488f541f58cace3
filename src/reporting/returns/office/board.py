"""The board: one line a unit that says what came, what is open and what was closed."""

from collections.abc import Mapping, Sequence
from datetime import date

from reporting.findings import Finding, Severity
from reporting.periods import full_date
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.office.today import Today
from reporting.returns.rules import RULES
from reporting.returns.values import ClosedBy, Return, Returns
from reporting.values import Value

BOARD = "单位一览"
COLUMNS = (
    ("序号", 6.0), ("单位", 26.0), ("情况", 14.0), ("收到日期", 17.0), ("第几次", 8.0),
    ("未改错误", 9.0), ("待确认", 9.0), ("已更正", 9.0), ("已答复", 9.0), ("已决定", 9.0),
    ("逾期天数", 9.0), ("文件", 34.0),
)  # fmt: skip
"""What stands in a line, and how wide."""


class UnitLine(Value):
    """What is known of one unit's return.

    Attributes
    ----------
    states : tuple of str
        What may be asked for: 未报送, 未读入, 有错误, 待确认, 逾期; 无待办 where nothing is open.
    received_on : date or None
        The day on which the last submission arrived; None where none did or it is not known.
    round : int
        The submission it is; 0 where none was read.
    errors, asked : int
        What is open: errors, and what is to be confirmed.
    corrected, answered, decided : int
        What was closed: by the unit's new values, its answers, and the office's decisions.
    late : int or None
        Days after the due day; None where that is not known.
    files : tuple of str
        The files that came of it, relative to the project.
    """

    unit: str
    states: tuple[str, ...]
    received_on: date | None
    round: int
    errors: int
    asked: int
    corrected: int
    answered: int
    decided: int
    late: int | None
    files: tuple[str, ...]

    @property
    def received(self) -> str:
        """The day of receipt in words."""
        if self.received_on is not None:
            return full_date(self.received_on)
        return "日期未登记" if self.files else ""

    def cells(self, number: int) -> tuple[int | str, ...]:
        """Return the line as the row of a list."""
        late = "" if self.late is None else self.late
        names = "、".join(name.rsplit("/", 1)[-1] for name in self.files)
        return (
            number, self.unit, "、".join(self.states), self.received, self.round or "",
            self.errors, self.asked, self.corrected, self.answered, self.decided, late, names,
        )  # fmt: skip


def unit_lines(returns: Returns, plan: Plan, params: Params, now: Today) -> tuple[UnitLine, ...]:
    """Give a line for every lead unit that was asked, in the plan's order."""
    read = {item.unit: item for item in returns.returns}
    found: dict[str, list[Finding]] = {}
    for noted in returns.all_findings:
        found.setdefault(noted.unit, []).append(noted)
    due = params.calendar[returns.quarter].due
    return tuple(
        _line(unit, read.get(unit), found.get(unit, []), returns, _late(read.get(unit), due, now))
        for unit in plan.lead_units
        if unit in read or unit in returns.missing
    )


def _line(
    unit: str, item: Return | None, found: Sequence[Finding], returns: Returns, late: int | None
) -> UnitLine:
    counts = {severity: sum(f.severity is severity for f in found) for severity in Severity}
    silent = item is None and unit not in returns.received
    errors = counts[Severity.ERROR] - sum(f.code == "RET-MISSING" for f in found)
    asked = counts[Severity.CONFIRM]
    closed = [one.by for one in item.closed] if item else []
    files = [f.file for f in found] + ([item.file, *item.files] if item else [])
    return UnitLine(
        unit=unit,
        states=_states(item, silent=silent, errors=errors, asked=asked, late=late),
        received_on=(item.last_received_on or item.received_on) if item else None,
        round=item.round if item else 0,
        errors=errors,
        asked=asked,
        corrected=closed.count(ClosedBy.CORRECTED),
        answered=_answers(item, found),
        decided=sum(f.code == "RET-DECIDED" for f in found),
        late=late,
        files=tuple(sorted(set(filter(None, files)))),
    )


def _answers(item: Return | None, found: Sequence[Finding]) -> int:
    """Count what the unit answered, once each: here, or in answer to an earlier opinion."""
    here = {(f.sheet, f.cell, f.expected) for f in found if f.code == "RET-CONFIRMED"}
    before = [c.opinion for c in item.closed if c.by is ClosedBy.ANSWERED] if item else []
    return len(here | {(f.sheet, f.cell, RULES[f.code].title) for f in before})


def _states(
    item: Return | None, *, silent: bool, errors: int, asked: int, late: int | None
) -> tuple[str, ...]:
    told = {
        "未报送": silent,
        "未读入": item is None and not silent,
        "有错误": errors > 0,
        "待确认": asked > 0,
    }
    states = [word for word, holds in told.items() if holds] or ["无待办"]
    return (*states, "逾期") if late else tuple(states)


def _late(item: Return | None, due: date, now: Today) -> int | None:
    """Return by how many days a return came late, or is late by now."""
    day = now.day
    if item is not None:
        day = item.received_on or item.first_reported_on or item.reported_on
    return None if day is None else max(0, (day - due).days)


def board_note(lines: Sequence[UnitLine]) -> str:
    """Say in one line how many units stand where; each is counted once."""
    counts: dict[str, int] = dict.fromkeys(("无待办", "有错误", "待确认", "未读入", "未报送"), 0)
    for line in lines:
        counts[line.states[0]] += 1
    said = "、".join(f"{word}{count}个" for word, count in counts.items() if count)
    late = sum("逾期" in line.states for line in lines)
    unknown = any(line.files and line.received_on is None for line in lines)
    typed = "收到日期未登记的，按填报日期计算是否逾期。" if unknown else ""
    return f"应报送{len(lines)}个单位：{said}；其中逾期{late}个。{typed}"


def copies_of(copies: Mapping[str, str], line: UnitLine) -> list[str]:
    """Return the copies to send back of a unit's files, or of the unit itself."""
    return list(dict.fromkeys(copies[key] for key in (*line.files, line.unit) if key in copies))
