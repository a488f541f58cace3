"""What the year before left open (结转事项), as a file of the new year, and whether it goes on.

``data/<year>/carried.csv`` is plain CSV (UTF-8 with a byte-order mark, so that spreadsheet
programs open it), one row a task. None of them is a task of the new year by standing there: each
is named beside the new table until the office has taken it up or struck the row.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.language.likeness import likeness
from reporting.plan.codes import finding
from reporting.plan.identity import POSSIBLE
from reporting.plan.values import Task
from reporting.project.kept import CARRIED
from reporting.system.files import read_if_there
from reporting.values import Value

COLUMNS = ("task_id", "goal", "lead_units", "leaders", "grade", "reason")


class Carried(Value):
    """A task that its year did not settle, as the year's last edition rated it."""

    task_id: str
    goal: str
    lead_units: tuple[str, ...]
    leaders: tuple[str, ...]
    grade: str
    reason: str


def carried_path(root: Path, year: int) -> Path:
    """Return where a year's carried tasks stand; there need be none."""
    return root / "data" / str(year) / CARRIED


def carried_bytes(carried: Iterable[Carried]) -> bytes:
    """Write carried tasks; equal ones give the same bytes."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in carried:
        writer.writerow(
            (one.task_id, one.goal, ";".join(one.lead_units), ";".join(one.leaders), one.grade,
             one.reason)
        )  # fmt: skip
    return target.getvalue().encode("utf-8-sig")


def read_carried(root: Path, year: int) -> tuple[Carried, ...]:
    """Read what was carried into a year; nothing where there is no file.

    Raises
    ------
    InputRefused
        The file is no such list; the text names the line.
    """
    content = read_if_there(carried_path(root, year))
    if content is None:
        return ()
    name = carried_path(root, year).relative_to(root).as_posix()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(f"{name} 应为 UTF-8 编码的结转事项表，实际不是。") from None
    return tuple(_rows(text, name))


def _rows(text: str, name: str) -> Iterator[Carried]:
    reader = csv.reader(io.StringIO(text, newline=""))
    head = tuple(next(reader, ()))
    if head != COLUMNS:
        raise InputRefused(
            f"{name} 第1行应为各列 {'、'.join(COLUMNS)}，实为 {'、'.join(head) or '空白'}。"
        )
    for row in reader:
        if not row:
            continue
        if len(row) != len(COLUMNS) or not (row[0] and row[1]):
            raise InputRefused(
                f"{name} 第{reader.line_num}行应有{len(COLUMNS)}列、写明任务编号和目标，"
                f"实为“{'，'.join(row)}”。"
            )
        task_id, goal, units, leaders, grade, reason = row
        yield Carried(
            task_id=task_id, goal=goal, lead_units=tuple(filter(None, units.split(";"))),
            leaders=tuple(filter(None, leaders.split(";"))), grade=grade, reason=reason,
        )  # fmt: skip


def carried_findings(
    tasks: Sequence[Task], carried: Iterable[Carried], name: str
) -> Iterator[Finding]:
    """Name each carried task beside the new one that is most like it, or say that there is none.

    ``name`` is the file of the table.
    """
    for one in carried:
        said = f"{one.task_id}“{one.goal}”（上年核定为{one.grade}）"
        score, task = max(
            ((likeness(task.goal, one.goal), task) for task in tasks),
            key=lambda pair: pair[0], default=(0.0, None),
        )  # fmt: skip
        if task is None or score < POSSIBLE:
            yield finding("PLAN-CARRIED-NONE", expected="、".join(one.lead_units), found=said)
        else:
            yield finding(
                "PLAN-CARRIED", file=name, line=task.line, task_id=task.task_id, found=said
            )
