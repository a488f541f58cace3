"""The tables of several quarters laid together, as far as they say the same of each other."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from reporting.publish.year.packs import YearPack, left_out
from reporting.tables.fields import EXTRA, FURTHER, PERIOD, TABLES, Field
from reporting.values import Value

_TOLD = 3
"""How many tasks a sentence names."""


class Quarter(Value):
    """A quarter's pack with its files, by name."""

    pack: YearPack
    data: dict[str, bytes]


class Joined(Value):
    """The quarters that agree, and a sentence on each that does not."""

    quarters: tuple[Quarter, ...]
    remarks: tuple[str, ...]


def fields_of(name: str) -> tuple[Field, ...]:
    """Give the columns of a table that has the year and the quarter in front."""
    return (*PERIOD, *{**TABLES, **FURTHER}[name][1])


def tables_of(quarters: Iterable[Quarter]) -> dict[str, str]:
    """Give the tables that the quarters have, with their titles.

    That of columns of the office's own is one of them where any quarter has it.
    """
    titles = {name: title for name, (title, _) in TABLES.items()}
    has_extra = any(f"{EXTRA}.csv" in quarter.data for quarter in quarters)
    return titles | ({EXTRA: FURTHER[EXTRA][0]} if has_extra else {})


def agreeing(quarters: Iterable[Quarter]) -> Joined:
    """Leave out the quarters that cannot stand beside the others.

    They are those whose columns are of another program, and those whose ratings of the quarter
    before are not what that quarter says of itself: it was published anew since.
    """
    kept: list[Quarter] = []
    remarks: list[str] = []
    for quarter in quarters:
        if reason := _other_columns(quarter) or _contradiction(kept, quarter):
            remarks.append(left_out(quarter.pack.quarter, reason))
        else:
            kept.append(quarter)
    return Joined(quarters=tuple(kept), remarks=tuple(remarks))


def join_csv(quarters: Sequence[Quarter], name: str) -> bytes:
    """Lay one table of all quarters together, under one header."""
    file = f"{name}.csv"
    tables = [(quarter, quarter.data[file]) for quarter in quarters if file in quarter.data]
    bodies = [
        _of_own_quarter(quarter, data) if name == EXTRA else data.partition(b"\n")[2]
        for quarter, data in tables
    ]
    return b"".join([_header(name).encode(), *bodies])


def _of_own_quarter(quarter: Quarter, data: bytes) -> bytes:
    """Leave out what was told of earlier quarters, which their own packs tell: sums hold."""
    at = [field.name for field in fields_of(EXTRA)].index("quarter")
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\n")
    write.writerows(row for row in rows_of(data) if row[at] == str(quarter.pack.quarter))
    return out.getvalue().encode()


def rows_of(data: bytes) -> list[list[str]]:
    """Read the rows of a table, its header left out."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]


def _header(name: str) -> str:
    return ",".join(field.name for field in fields_of(name)) + "\n"


def _other_columns(quarter: Quarter) -> str:
    for name in tables_of([quarter]):
        file = f"{name}.csv"
        if not quarter.data[file].startswith(_header(name).encode()):
            return f"{file} 的列与本版软件的不同，是另一版软件生成的"
    return ""


def _contradiction(kept: Sequence[Quarter], quarter: Quarter) -> str:
    """Hold what a quarter says of the one before to what that one says."""
    number = quarter.pack.quarter
    if not kept or kept[-1].pack.quarter != number - 1:
        return ""
    before, now = _by_task(kept[-1], "grade"), _by_task(quarter, "previous")
    labels = _by_task(quarter, "label")
    wrong = [labels[task] for task in now if before.get(task, now[task]) != now[task]]
    if not wrong:
        return ""
    more = f"等{len(wrong)}项" if len(wrong) > _TOLD else ""
    return (
        f"任务{'、'.join(wrong[:_TOLD])}{more}的“上季度核定”与"
        f"第{number - 1}季度现有的核定结果不一致"
        f"（第{number - 1}季度后来重新生成过；其更正尚未定版的，请先定版）"
    )


def _by_task(quarter: Quarter, column: str) -> Mapping[str, str]:
    names = [field.name for field in fields_of("tasks")]
    task, value = names.index("task_id"), names.index(column)
    return {row[task]: row[value] for row in rows_of(quarter.data["tasks.csv"])}
