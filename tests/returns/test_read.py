"""The days of a return: when it is late, and when it was signed too early to be true."""

from datetime import date
from pathlib import Path

import pytest

from reporting.returns.values import Returns

from .toy import UNIT, filled, read

ROWS = "2023-001-02", "2023-002-01"


def findings(
    folder: Path, before: tuple[Returns, ...], *days: date, field: str = "reported_on"
) -> list[tuple[str, str, str]]:
    """Read a return that was signed, row by row, on these days."""
    sheet = filled(UNIT, 3, before)
    for row_id, day in zip(ROWS, days, strict=False):
        sheet.put(row_id, field, day)
    found = read(folder, 3, {UNIT: sheet}, before).returns[0].findings
    return [(f.code, f.expected, f.found) for f in found]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2023, 10, 20), []),
        (date(2023, 10, 21), [("RET-LATE", "2023年10月20日", "2023年10月21日")]),
        (date(2023, 7, 1), []),
        (date(2023, 6, 30), [("RET-DAY-EARLY", "2023年7月1日", "2023年6月30日")]),
    ],
)
def test_day_of_a_return_at_the_limits(
    day: date, codes: list[tuple[str, str, str]],
    tmp_path: Path, second_quarter: tuple[Returns, ...],
) -> None:  # fmt: skip
    """The due day is on time, the day after is late; the quarter's first day is no mistake."""
    assert findings(tmp_path, second_quarter, day) == codes


def test_last_day_tells_whether_a_return_is_late(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """One row signed late makes the return late, and it is told once."""
    days = date(2023, 10, 23), date(2023, 10, 22)
    assert findings(tmp_path, second_quarter, *days) == [
        ("RET-LATE", "2023年10月20日", "2023年10月23日")
    ]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2023, 10, 1), []),
        (date(2023, 9, 30), [("RET-DEADLINE-PAST", "2023年9月30日", "2023年9月30日")]),
    ],
)
def test_deadline_of_what_is_open_lies_beyond_the_quarter(
    day: date, codes: list[tuple[str, str, str]],
    tmp_path: Path, second_quarter: tuple[Returns, ...],
) -> None:  # fmt: skip
    """What is not done by the quarter's last day cannot be due on it; the next day it can."""
    assert findings(tmp_path, second_quarter, day, field="due_date") == codes
