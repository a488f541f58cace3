"""A small project in a folder: a table of a few tasks, and the returns of its units."""

import random
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl.cell import Cell

from reporting.grades import USUAL_SCALE
from reporting.plan.read import read_plan
from reporting.plan.values import Plan
from reporting.project.params import Params, read_params
from reporting.returns.layout import COLUMNS, FIGURES, PROGRESS, Asked, asked
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book
from reporting.returns.values import Returns
from reporting.system.files import write_whole
from reporting.system.names import safe_name
from reporting.values import Value
from reporting.workbooks.cells import escaped
from reporting.workbooks.columns import FIRST_ROW
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, put

YEAR = 2023
HEAD = ("总体要求", "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位")
FREE_TEXTS = (
    "progress", "problem", "cause", "next_step", "coordination", "evidence", "reporter", "approver",
)  # fmt: skip
"""Fields that hold whatever a unit types."""

Answers = Callable[[str, int, str, str], str]
"""Gives the text of a cell for a unit, a quarter, a row id and a field."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_COLUMN = {
    name: {spec.field: at for at, spec in enumerate(specs, 1)} for name, specs in COLUMNS.items()
}


class Duty(Value):
    """One task of the table: its goal, who leads it, and how many are due by each quarter.

    Without ``steps`` the task is told in words alone.
    """

    goal: str
    unit: str
    leader: str
    steps: tuple[int, ...] = ()


def write_project(
    root: Path, home: Path, duties: Sequence[Duty], answers: Answers, *, quarter: int
) -> Plan:
    """Write a whole project into an empty folder: parameters, notebooks, table, returns.

    Parameters
    ----------
    home : Path
        The project that parameters, notebooks and lock are copied from.
    quarter : int
        The last quarter with returns.
    """
    for name in ("params", "notebooks"):
        shutil.copytree(home / name, root / name)
    shutil.copy(home / "requirements.lock", root)
    params = read_params(root, YEAR)
    write_whole(root / params.table, table_of(duties).encode())
    plan = read_plan(root, params)
    previous: tuple[Returns, ...] = ()
    for number in range(1, quarter + 1):
        folder = root / params.status / f"Q{number}"
        folder.mkdir(parents=True)
        for unit in plan.lead_units:
            data = filled_book(plan, params, unit, number, previous, answers)
            write_whole(folder / f"{safe_name(unit)}.xlsx", data)
        previous = (*previous, read_returns(root, params, plan, number, previous=previous))
    return plan


def table_of(duties: Sequence[Duty]) -> str:
    """Write a table as Word exports it: one cell a tab-led line, a blank line between rows."""
    lines = ["2023年市《政府工作报告》任务分解表", "制表单位：市政府办公室", *_cells(HEAD)]
    for number, duty in enumerate(duties, 1):
        steps = "".join(
            f"{label}季度，{f'累计建成{duty.steps[at]}个' if duty.steps else '抓好落实'}。"
            for at, label in enumerate("一二三四")
        )
        heading = "实施实事行动，改善民生。" if number == 1 else ""
        lines += _cells((heading, f"{number}. {duty.goal}", steps, duty.leader, duty.unit, "/"))
    return "\n".join(lines) + "\n"


def _cells(cells: Sequence[str]) -> list[str]:
    return [*(f"\t{cell}" for cell in cells), ""]


def filled_book(
    plan: Plan,
    params: Params,
    unit: str,
    quarter: int,
    previous: tuple[Returns, ...],
    answers: Answers,
) -> bytes:
    """Fill a unit's blank workbook: texts by ``answers``, figures a little over the plan."""
    book = build_book(plan, params, unit, quarter, previous)
    questions = asked(plan, unit, quarter)
    progress, figures = book[PROGRESS], book[FIGURES]
    columns = _COLUMN[PROGRESS]
    day = params.calendar[quarter].due - timedelta(days=3)
    for row, question in enumerate(questions.rows, FIRST_ROW):
        for field in FREE_TEXTS:
            text = answers(unit, quarter, question.row_id, field)
            type_text(cell_at(progress, row, columns[field]), text)
        rating = answers(unit, quarter, question.row_id, "self_rating")
        put(cell_at(progress, row, columns["self_rating"]), rating)
        cell_at(progress, row, columns["reported_on"]).value = day
        cell_at(progress, row, columns["due_date"]).value = date(YEAR + 1, 3, 31)
    for row, target in enumerate(questions.figures, FIRST_ROW):
        put(cell_at(figures, row, _COLUMN[FIGURES]["actual"]), _figure(questions, target.row_id))
    return save_book(book)


def type_text(cell: Cell, text: str) -> None:
    """Put a text into a cell as a spreadsheet program stores it when somebody types it."""
    cell.value = _CONTROLS.sub(lambda match: f"_x{ord(match[0]):04X}_", escaped(text))
    cell.data_type = "s"


def _figure(questions: Asked, row_id: str) -> int:
    return 10 * questions.quarter + int(row_id[-1:].isdigit())


def random_duties(rng: random.Random, units: Sequence[str]) -> tuple[Duty, ...]:
    """Draw a plan: each unit leads one task or two, under one of two leaders."""
    duties = []
    for unit in units:
        for _ in range(rng.randint(1, 2)):
            first = rng.randint(1, 9)
            steps = tuple(first * n for n in (1, 2, 3, 4))
            duties.append(
                Duty(
                    goal=f"建成服务站{steps[-1]}个以上。",
                    unit=unit,
                    leader=rng.choice(("责任领导甲", "责任领导乙")),
                    steps=steps,
                )
            )
    return tuple(duties)


def random_answers(rng: random.Random, texts: Mapping[str, str]) -> Answers:
    """Answer with any of some texts, and with any of the words for a rating."""
    pool = [*texts.values()]

    def answer(unit: str, quarter: int, row_id: str, field: str) -> str:
        if field == "self_rating":
            return str(rng.choice(USUAL_SCALE.claimed))
        plain = f"达到序时进度。第{quarter}季度完成{row_id}。"
        return rng.choice((plain, rng.choice(pool)))

    return answer
