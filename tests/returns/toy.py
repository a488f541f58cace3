"""A small plan with every kind of question, and returns that answer it well."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reporting.language.comparators import Comparator
from reporting.plan.checklist.answers import Filled
from reporting.plan.figures.understood import understood
from reporting.plan.read import Reading
from reporting.plan.values import (
    Basis,
    Milestone,
    MilestoneKind,
    Plan,
    Target,
    Task,
    Unit,
)
from reporting.project.params import Params, QuarterDates
from reporting.returns.layout import COLUMNS, FIGURES, PROGRESS, asked
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book
from reporting.returns.values import Returns
from reporting.workbooks.columns import FIRST_ROW
from reporting.workbooks.saving import save_book

UNIT, OTHER = "市科技局", "市商务局"
_COLUMN = {
    name: {spec.field: at for at, spec in enumerate(specs, 1)} for name, specs in COLUMNS.items()
}


def params() -> Params:
    calendar = {
        1: ("2023-04-20", "2023-04-28"),
        2: ("2023-07-20", "2023-07-28"),
        3: ("2023-10-20", "2023-10-30"),
        4: ("2024-01-20", "2024-01-30"),
    }
    return Params(
        year=2023,
        table="table.txt",
        status="status",
        calendar={q: QuarterDates(due=d, publish=p) for q, (d, p) in calendar.items()},
        masthead={
            "city": "某市",
            "place": "市",
            "issuing_office": "某市政府",
            "title": "通报",
            "issue_number": "1",
        },
    )


def _task(number: int, goal: str, schedule: str, *leads: str) -> Task:
    return Task(
        task_id=f"2023-{number:03}",
        number=number,
        source_number=number,
        heading_number=1,
        heading="总体要求",
        goal=goal,
        schedule=schedule,
        leaders=("甲",),
        lead_units=leads,
    )


def _milestones(task: Task, quarters: Mapping[str, tuple[int, ...]]) -> list[Milestone]:
    found, at = [], 0
    for number, (text, span) in enumerate(quarters.items(), 1):
        start = task.schedule.index(text, at)
        at = start + len(text)
        found.append(
            Milestone(
                milestone_id=f"{task.task_id}-{number:02}",
                task_id=task.task_id,
                quarters=span,
                kind=MilestoneKind.YEAR if len(span) == 4 else MilestoneKind.QUARTER,
                text=text,
                start=start,
                end=at,
            )
        )
    return found


def _target(task: Task, number: int, milestone: int | None, words: str, **more: Any) -> Target:
    source = "goal" if milestone is None else "schedule"
    text = task.goal if milestone is None else task.schedule
    start = text.index(words)
    target = Target(
        target_id=f"{task.task_id}-T{number:02}",
        task_id=task.task_id,
        milestone_id=None if milestone is None else f"{task.task_id}-{milestone:02}",
        comparator=Comparator.AT_LEAST,
        start=start,
        end=start + len(words),
        source=source,
        **more,
    )
    return target.model_copy(update={"understood": understood(target)})


def plan() -> Plan:
    """Three tasks: quantified by the quarter, over the whole year, and led by two units."""
    one = _task(
        1,
        "推动规上工业企业数字化转型1000家。",
        "二季度，累计转型500家。三季度，累计转型800家，完成投资11.3亿元。四季度，累计转型1000家。",
        UNIT,
    )
    two = _task(2, "数字化覆盖率达到90%。", "全年持续推进平台建设，做好服务保障。", UNIT)
    three = _task(
        3,
        "办好展会3场。",
        "三季度，筹备举办首届智能装备展会。三、四季度，组织企业参展并做好总结。",
        UNIT,
        OTHER,
    )
    turn = {"measure": "规上工业企业数字化转型", "unit": "家", "basis": Basis.CUMULATIVE}
    return Plan(
        year=2023,
        title="任务分解表",
        issued_by=None,
        issued_on=None,
        tasks=(one, two, three),
        milestones=(
            *_milestones(
                one,
                {
                    "累计转型500家。": (2,),
                    "累计转型800家，完成投资11.3亿元。": (3,),
                    "累计转型1000家。": (4,),
                },
            ),
            *_milestones(two, {two.schedule: (1, 2, 3, 4)}),
            *_milestones(
                three,
                {"筹备举办首届智能装备展会。": (3,), "组织企业参展并做好总结。": (3, 4)},
            ),
        ),
        targets=(
            _target(one, 1, None, "1000家", quarter=4, value=Decimal(1000), **turn),
            _target(
                one, 2, 1, "500家", quarter=2, value=Decimal(500),
                annual_target_id="2023-001-T01", **turn,
            ),
            _target(
                one, 3, 2, "800家", quarter=3, value=Decimal(800),
                annual_target_id="2023-001-T01", **turn,
            ),
            _target(
                one, 4, 2, "11.3亿元", quarter=3, value=Decimal("11.3"),
                measure="投资", unit="亿元", basis=Basis.IN_QUARTER,
            ),
            _target(
                two, 1, None, "90%", quarter=4, value=Decimal(90),
                measure="数字化覆盖率", unit="%", basis=Basis.LEVEL,
            ),
        ),
        units=(
            Unit(name=UNIT, aliases=("科技局",), kind="bureau"),
            Unit(name=OTHER, kind="bureau"),
        ),
    )  # fmt: skip


PLAN, PARAMS = plan(), params()
READING = Reading(plan=PLAN, tasks=PLAN.tasks, parts={}, filled=Filled(), marks={})


@dataclass
class Sheet:
    """A workbook that is being filled; cells by row id and field."""

    book: Workbook
    unit: str
    quarter: int
    rows: dict[str, int] = field(default_factory=dict)

    def address(self, row_id: str, name: str) -> str:
        sheet = FIGURES if "-T" in row_id else PROGRESS
        cell = self.sheet(sheet).cell(self.rows[row_id], _COLUMN[sheet][name])
        return str(cell.coordinate)

    def sheet(self, name: str) -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def put(self, row_id: str, name: str, value: object) -> None:
        sheet = FIGURES if "-T" in row_id else PROGRESS
        cell = self.sheet(sheet).cell(self.rows[row_id], _COLUMN[sheet][name])
        assert isinstance(cell, Cell)
        cell.value = value  # type: ignore[assignment]

    def save(self) -> bytes:
        return save_book(self.book)


def blank(unit: str, quarter: int, previous: tuple[Returns, ...] = ()) -> Sheet:
    sheet = Sheet(build_book(PLAN, PARAMS, unit, quarter, previous), unit, quarter)
    questions = asked(PLAN, unit, quarter)
    sheet.rows = {q.row_id: row for row, q in enumerate(questions.rows, FIRST_ROW)}
    sheet.rows |= {q.target.target_id: r for r, q in enumerate(questions.figures, FIRST_ROW)}
    return sheet


GOOD: dict[int, dict[str, float]] = {
    1: {"2023-002-T01": 30},
    2: {"2023-001-T01": 520, "2023-001-T02": 520, "2023-002-T01": 60},
    3: {"2023-001-T01": 820, "2023-001-T03": 820, "2023-001-T04": 11.5, "2023-002-T01": 75},
}


def did(row_id: str, quarter: int) -> str:
    """Say what was done: in the third quarter in other words than before."""
    if quarter == 3:
        return f"达到序时进度。逐家走访企业，验收大部分项目，{row_id}已转入总结。"
    return f"达到序时进度。第{quarter}季度已做好{row_id}的各项工作。"


def filled(unit: str, quarter: int, previous: tuple[Returns, ...] = ()) -> Sheet:
    """Answer everything well: no finding follows from it."""
    sheet = blank(unit, quarter, previous)
    day = PARAMS.calendar[quarter].due
    for row_id in sheet.rows:
        if "-T" in row_id:
            sheet.put(row_id, "actual", GOOD[quarter][row_id])
            continue
        sheet.put(row_id, "self_rating", "达到序时进度")
        sheet.put(row_id, "progress", did(row_id, quarter))
        sheet.put(row_id, "reporter", "填报人甲")
        sheet.put(row_id, "approver", "审定人甲")
        sheet.put(row_id, "reported_on", date(day.year, day.month, 18))
    return sheet


def read(
    folder: Path,
    quarter: int,
    files: Mapping[str, "bytes | Sheet"],
    previous: tuple[Returns, ...] = (),
) -> Returns:
    """Write files into a status folder and read it; other units answer well."""
    target = folder / "status" / f"Q{quarter}"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.save() if isinstance(content, Sheet) else content
        (target / f"{name}.xlsx").write_bytes(data)
    return read_returns(folder, PARAMS, PLAN, quarter, previous=previous)


def told(returns: Returns) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of every finding."""
    return [(f.code, f.sheet, f.cell) for f in returns.all_findings]
