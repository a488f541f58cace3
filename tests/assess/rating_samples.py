"""Small plans and returns to rate: one task, one milestone, one figure, unless told more."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from reporting.assess.assess import assess
from reporting.assess.rollups import RollUp
from reporting.assess.values import Assessment
from reporting.findings import Finding
from reporting.grades import USUAL, Grade, Kind
from reporting.language.comparators import Comparator
from reporting.periods import Period
from reporting.plan.values import (
    Basis,
    Milestone,
    MilestoneKind,
    Plan,
    Target,
    Task,
    Unit,
)
from reporting.project.params import MastheadParams, Params, QuarterDates
from reporting.project.rating import RatingRule
from reporting.returns.values import Actual, ProgressRow, Return, Returns

UNIT = "市商务局"
OTHER = "市科技局"


def params(tolerance: float = 0, far_behind: float = 30) -> Params:
    dates = {
        1: QuarterDates(due=date(2023, 4, 20), publish=date(2023, 4, 28)),
        2: QuarterDates(due=date(2023, 7, 20), publish=date(2023, 7, 28)),
        3: QuarterDates(due=date(2023, 10, 20), publish=date(2023, 10, 30)),
        4: QuarterDates(due=date(2024, 1, 20), publish=date(2024, 1, 30)),
    }
    return Params(
        year=2023,
        table="table.txt",
        status="status",
        calendar=dates,
        masthead=MastheadParams(
            city="东莞市",
            place="市",
            issuing_office="东莞市人民政府办公室",
            title="《政府工作报告》任务进展通报",
            issue_number="2023年第{quarter}期",
        ),
        rating=RatingRule(tolerance=tolerance, far_behind=far_behind),
    )


def task(number: int = 1, units: Sequence[str] = (UNIT,), **fields: Any) -> Task:
    given: dict[str, Any] = {
        "task_id": f"2023-{number:03d}",
        "number": number,
        "source_number": number,
        "heading_number": 1,
        "heading": "实施消费提振行动。",
        "action": "消费提振行动",
        "goal": f"目标{number}。",
        "schedule": f"安排{number}",
        "leaders": ("张三",),
        "lead_units": tuple(units),
    }
    return Task(**(given | fields))


def milestone(number: int = 1, part: int = 1, quarters: Sequence[int] = (1,)) -> Milestone:
    return Milestone(
        milestone_id=f"2023-{number:03d}-{part:02d}",
        task_id=f"2023-{number:03d}",
        quarters=tuple(quarters),
        kind=MilestoneKind.QUARTER,
        text=f"事项{part}",
        start=0,
        end=3,
    )


def target(value: str = "100", **fields: Any) -> Target:
    given: dict[str, Any] = {
        "target_id": "2023-001-T01",
        "task_id": "2023-001",
        "milestone_id": "2023-001-01",
        "quarter": 1,
        "measure": "新增企业",
        "comparator": Comparator.AT_LEAST,
        "value": Decimal(value),
        "unit": "家",
        "basis": Basis.CUMULATIVE,
        "start": 0,
        "end": 1,
        "source": "schedule",
    }
    return Target(**(given | fields))


def plan(
    tasks: Sequence[Task] = (),
    milestones: Sequence[Milestone] = (),
    targets: Sequence[Target] = (),
) -> Plan:
    tasks = tasks or (task(),)
    named = dict.fromkeys(unit for item in tasks for unit in item.lead_units)
    named |= dict.fromkeys(s.unit for item in tasks for s in item.supporting_units)
    return Plan(
        year=2023,
        title="任务分解表",
        issued_by=None,
        issued_on=None,
        tasks=tuple(tasks),
        milestones=tuple(milestones or (milestone(),)),
        targets=tuple(targets),
        units=tuple(Unit(name=name, kind="bureau") for name in named),
    )


def row(
    claimed: Grade | None = Grade.ON_SCHEDULE,
    progress: str = "召开协调会3次。",
    actuals: dict[str, str | None] | None = None,
    **fields: Any,
) -> ProgressRow:
    given: dict[str, Any] = {
        "unit": UNIT,
        "quarter": 1,
        "task_id": "2023-001",
        "milestone_id": "2023-001-01",
        "self_rating": claimed,
        "progress": progress,
        "file": "市商务局.xlsx",
        "sheet": "进展",
        "cells": {"progress": "I4", "self_rating": "H4"},
    }
    figures = [
        Actual(target_id=name, value=None if value is None else Decimal(value), cell=f"J{at}")
        for at, (name, value) in enumerate((actuals or {}).items(), 4)
    ]
    return ProgressRow(**(given | {"actuals": tuple(figures)} | fields))


def returns(
    rows: Sequence[ProgressRow] = (),
    quarter: int = 1,
    missing: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    reported_on: date | None = None,
) -> Returns:
    units = dict.fromkeys(r.unit for r in rows)
    made = tuple(
        Return(
            unit=unit,
            quarter=quarter,
            file=f"{unit}.xlsx",
            sha256="0" * 64,
            is_sample=False,
            reported_on=reported_on,
            rows=tuple(r for r in rows if r.unit == unit),
            findings=tuple(f for f in findings if f.unit in ("", unit)),
        )
        for unit in units
    )
    return Returns(year=2023, quarter=quarter, returns=made, missing=tuple(missing))


def rated(
    a_plan: Plan,
    *rounds: Returns,
    tolerance: float = 0,
    far_behind: float = 30,
) -> Assessment:
    period = Period(year=2023, quarter=rounds[-1].quarter)
    return assess(a_plan, rounds, params(tolerance, far_behind), period)


def roll(nothing_due: int = 0, finished: int = 0, **counts: int) -> RollUp:
    """Count tasks by the names of their grades."""
    found = dict.fromkeys(USUAL.values(), 0) | {
        USUAL[Kind[name]]: count for name, count in counts.items()
    }
    return RollUp(
        label="", total=sum(found.values()) + nothing_due, counts=found, nothing_due=nothing_due,
        finished=finished,
    )  # fmt: skip
