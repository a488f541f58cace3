"""The day that a check speaks of: given, set or known from receipts, never the clock's."""

from collections.abc import Iterable
from datetime import date

from reporting.periods import full_date
from reporting.project.params import Params
from reporting.project.receipts import Receipt
from reporting.values import Value


class Today(Value):
    """A day, None where none is known, and a sentence that says how it is known."""

    day: date | None
    said: str


def today(given: date | None, params: Params, quarter: int, receipts: Iterable[Receipt]) -> Today:
    """Give the day of a check: as given, else as the parameters say, else the last receipt's."""
    if given is not None:
        return Today(day=given, said=f"日期按{full_date(given)}计（核对时给出）。")
    if (day := params.calendar[quarter].as_of) is not None:
        return Today(day=day, said=f"日期按{full_date(day)}计（参数文件给出）。")
    days = [r.received_on for r in receipts if r.quarter == quarter and r.received_on]
    if days:
        last = max(days)
        return Today(day=last, said=f"日期按{full_date(last)}计（最近一次登记收到的日期）。")
    return Today(
        day=None,
        said="没有给出日期，也没有登记收到的日期，不分提醒、催报、督办，没有生成信件；"
        f"请在核对时给出日期，如 --date {params.calendar[quarter].due.isoformat()}。",
    )
