"""The register of a year's tasks: ``data/<year>/tasks.csv``, which gives each task its id once.

The file is plain CSV (UTF-8 with a byte-order mark, so that spreadsheet programs open it),
one row a task, kept with the project. An id is never given twice and never moves: a task that
left the table keeps its row, marked as gone.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from reporting.errors import InputRefused
from reporting.system.files import write_whole
from reporting.values import Value

COLUMNS = ("task_id", "state", "goal", "schedule", "heading", "lead_units")
_ID = re.compile(r"(\d{4})-(\d{3,})")


class State(StrEnum):
    """Whether a registered task stands in the table, as the register's column says it."""

    CURRENT = "在表"
    GONE = "已不在表"


class Registered(Value):
    """A task as the register knows it.

    ``goal``, ``schedule`` and ``heading`` are the texts of the table it was last matched with,
    ``lead_units`` the names as read then.
    """

    task_id: str
    state: State = State.CURRENT
    goal: str
    schedule: str
    heading: str = ""
    lead_units: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number that the id was given, 1 for ``2023-001``."""
        return number_of(self.task_id)


Register = tuple[Registered, ...]


def register_path(root: Path, year: int) -> Path:
    """Return where a year's register stands."""
    return root / "data" / str(year) / "tasks.csv"


def id_of(year: int, number: int) -> str:
    """Write a task's id.

    Examples
    --------
    >>> id_of(2023, 5)
    '2023-005'
    """
    return f"{year}-{number:03}"


def number_of(task_id: str) -> int:
    """Return the number that an id was given.

    Examples
    --------
    >>> number_of("2023-005")
    5
    """
    return int(task_id.rpartition("-")[2])


def read_register(root: Path, year: int) -> Register | None:
    """Read a year's register; None where none was written yet.

    Raises
    ------
    InputRefused
        The file is no register of that year, or gives an id twice; the text names the line.
    """
    path = register_path(root, year)
    if not path.is_file():
        return None
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(f"{name} 应为 UTF-8 编码的任务登记表，实际不是。") from None
    return tuple(_rows(text, name, year))


def _rows(text: str, name: str, year: int) -> Iterator[Registered]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        found = "、".join(reader.fieldnames or ()) or "空白"
        raise InputRefused(f"{name} 第1行应为各列 {'、'.join(COLUMNS)}，实为 {found}。")
    seen: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            filled = sum(value is not None for value in row.values())
            raise InputRefused(f"{name} 第{line}行应有{len(COLUMNS)}列，实有{filled}列。")
        task_id = row["task_id"] or ""
        match = _ID.fullmatch(task_id)
        if match is None or int(match[1]) != year:
            raise InputRefused(
                f"{name} 第{line}行的 task_id 应为 {id_of(year, 1)} 的形式，实为“{task_id}”。"
            )
        if task_id in seen:
            raise InputRefused(
                f"{name} 第{line}行的 task_id 应只出现一次，{task_id} 已在第{seen[task_id]}行。"
            )
        if row["state"] not in tuple(State):
            words = "或".join(State)
            raise InputRefused(f"{name} 第{line}行的 state 应为{words}，实为“{row['state']}”。")
        seen[task_id] = line
        yield Registered(
            task_id=task_id,
            state=State(row["state"]),
            goal=row["goal"] or "",
            schedule=row["schedule"] or "",
            heading=row["heading"] or "",
            lead_units=tuple(name for name in (row["lead_units"] or "").split(";") if name),
        )


def register_bytes(register: Sequence[Registered]) -> bytes:
    """Write a register; equal registers give the same bytes."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for task in register:
        units = ";".join(task.lead_units)
        writer.writerow(
            (task.task_id, str(task.state), task.goal, task.schedule, task.heading, units)
        )
    return target.getvalue().encode("utf-8-sig")


def write_register(root: Path, year: int, register: Sequence[Registered]) -> Path:
    """Write a year's register, whole or not at all; an equal one is left alone."""
    path = register_path(root, year)
    content = register_bytes(register)
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)
    return path
