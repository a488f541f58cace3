"""Whether the days of a round are working days: weekends, and the days off that params list.

Days off are decided year by year. They are listed in the parameters (``holidays``, and
``workdays`` for weekends that are worked); for a year without a list only weekends are known.
"""

from collections.abc import Iterator
from datetime import date

from reporting.periods import Period, full_date
from reporting.project.params import Params

_DAYS = "一二三四五六日"


def day_off(params: Params, day: date) -> str:
    """Say why a day is no working day; empty when it is one, as far as is known."""
    if day in params.holidays:
        return "是 holidays 所列的节假日"
    if day.weekday() >= 5 and day not in params.workdays:
        return f"是星期{_DAYS[day.weekday()]}"
    return ""


def calendar_notes(params: Params, quarter: int | None = None) -> Iterator[str]:
    """Name the days of the calendar that are days off, and the years without a list of them.

    Parameters
    ----------
    quarter : int, optional
        Only the days of this one.
    """
    name = f"params/{params.year}.yml"
    rounds = {q: c for q, c in sorted(params.calendar.items()) if quarter in (None, q)}
    for number, days in rounds.items():
        label = Period(year=params.year, quarter=number).label
        for word, day in (("报送截止日期", days.due), ("印发日期", days.publish)):
            if why := day_off(params, day):
                yield f"说明：{label}的{word}{full_date(day)}{why}，请核对 {name} 的 calendar。"
    listed = {day.year for day in params.holidays}
    used = {day.year for days in rounds.values() for day in (days.due, days.publish)}
    if unknown := sorted(used - listed):
        years = "、".join(f"{year}年" for year in unknown)
        yield f"说明：{name} 没有列出{years}的节假日（holidays），只核对了星期六、星期日。"
