"""The dates of later editions: in the parameters, or given when the edition was made.

A date given to a command is kept in ``data/<year>/editions.csv``, so that the edition can be made
again from what the project holds.
"""

import csv
import io
from datetime import date
from pathlib import Path

from reporting.errors import InputRefused, UsageError
from reporting.periods import Period, full_date
from reporting.project.params import Params
from reporting.system.files import write_whole

NAME = "editions.csv"
COLUMNS = ("quarter", "edition", "date")
_Dates = dict[tuple[int, int], date]


def edition_date(root: Path, params: Params, quarter: int, number: int) -> date | None:
    """Return the date of a quarter's edition; None where nobody gave it one.

    Raises
    ------
    InputRefused
        The kept dates cannot be read.
    UsageError
        The parameters say another day than was given to a command.
    """
    dates = params.calendar.get(quarter)
    written = dates.editions.get(number) if dates else None
    kept = _read(root, params.year).get((quarter, number))
    if written and kept and written != kept:
        raise UsageError(
            f"{Period(year=params.year, quarter=quarter).label}第{number}版的日期应只有一个："
            f"参数 calendar 中为{full_date(written)}，{_path(root, params.year).name} 中为"
            f"{full_date(kept)}，请改为一致。"
        )
    return written or kept


def keep_edition_date(root: Path, params: Params, quarter: int, number: int, day: date) -> None:
    """Keep the date that was given for an edition to come; it takes the place of an earlier one.

    Raises
    ------
    UsageError
        The parameters say another day.
    """
    dates = params.calendar.get(quarter)
    written = dates.editions.get(number) if dates else None
    if written is not None and written != day:
        raise UsageError(
            f"第{number}版的日期应为参数 calendar 中的{full_date(written)}，"
            f"命令中给出的是{full_date(day)}。"
        )
    known = _read(root, params.year)
    if known.get((quarter, number)) != day:
        write_whole(_path(root, params.year), _written(known | {(quarter, number): day}))


def _path(root: Path, year: int) -> Path:
    return root / "data" / str(year) / NAME


def _read(root: Path, year: int) -> _Dates:
    path = _path(root, year)
    if not path.is_file():
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        return {
            (int(row["quarter"]), int(row["edition"])): date.fromisoformat(row["date"])
            for row in rows
        }
    except (ValueError, KeyError, TypeError, csv.Error):
        raise InputRefused(
            f"data/{year}/{NAME} 应为各列 {'、'.join(COLUMNS)} 的 CSV 文件"
            "（如 1,2,2023-05-10），实际不能读取。"
        ) from None


def _written(dates: _Dates) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for (quarter, number), day in sorted(dates.items()):
        writer.writerow((quarter, number, day.isoformat()))
    return target.getvalue().encode("utf-8-sig")
