"""Quarters: labels, limits and neighbours."""

from datetime import date, timedelta

from pydantic import Field

from reporting.errors import UsageError
from reporting.values import Value

_NUMERALS = "一二三四"


def expect_quarter(quarter: int) -> None:
    """Raise UsageError where a number is no quarter."""
    if isinstance(quarter, bool) or quarter not in (1, 2, 3, 4):
        raise UsageError(f"季度应为 1、2、3 或 4，收到的是“{quarter}”。")


def full_date(day: date) -> str:
    """Write a date as official papers do, in full and without leading zeros.

    Examples
    --------
    >>> full_date(date(2023, 10, 8))
    '2023年10月8日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


class Period(Value):
    """One quarter of one year."""

    year: int = Field(ge=2000, le=2100)
    quarter: int = Field(ge=1, le=4)

    @property
    def code(self) -> str:
        """``2023Q3``."""
        return f"{self.year}Q{self.quarter}"

    @property
    def label(self) -> str:
        """``2023年第三季度``."""
        return f"{self.year}年{self.short_label}"

    @property
    def short_label(self) -> str:
        """``第三季度``."""
        return f"第{_NUMERALS[self.quarter - 1]}季度"

    @property
    def date_start(self) -> date:
        """First day, inclusive."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def date_end(self) -> date:
        """Last day, inclusive."""
        if self.quarter == 4:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)

    @property
    def previous(self) -> "Period | None":
        """The quarter before within the year; None for the first (plans are annual)."""
        return Period(year=self.year, quarter=self.quarter - 1) if self.quarter > 1 else None

    @property
    def following(self) -> "Period | None":
        """The quarter after within the year; None for the fourth."""
        return Period(year=self.year, quarter=self.quarter + 1) if self.quarter < 4 else None


def quarter_label(quarters: tuple[int, ...]) -> str:
    """Join quarters in words.

    Examples
    --------
    >>> quarter_label((3, 4))
    '第三、四季度'
    >>> quarter_label((1, 2, 3, 4))
    '全年'
    """
    if len(quarters) == 4:
        return "全年"
    return "第" + "、".join(_NUMERALS[q - 1] for q in quarters) + "季度"


def quarter_of_month(month: int) -> int:
    """Return the quarter of a month, 1 to 12."""
    return (month + 2) // 3
