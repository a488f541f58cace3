"""A small city of two units and three tasks, three quarters long."""

from datetime import date

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.grades import Grade
from reporting.plan.values import SupportingUnit
from reporting.returns.values import Returns

SECRET = "密级文字甲乙丙推进缓慢。"


@pytest.fixture(scope="session")
def city() -> Assessment:
    tasks = [
        task(1),
        task(2, units=(UNIT, OTHER)),
        task(3, units=(OTHER,), leaders=(), supporting_units=(SupportingUnit(unit=UNIT),)),
    ]
    milestones = [milestone(n, q, (q,)) for n in (1, 2, 3) for q in (1, 2, 3, 4)]
    targets = [
        target(
            str(100 * q),
            target_id=f"2023-001-T{q:02d}",
            milestone_id=f"2023-001-{q:02d}",
            quarter=q,
        )
        for q in (1, 2, 3, 4)
    ]
    return rated(plan(tasks, milestones, targets), *(_quarter(q) for q in (1, 2, 3)))


def _quarter(quarter: int) -> Returns:
    rows = [
        row(
            quarter=quarter,
            milestone_id=f"2023-001-{quarter:02d}",
            actuals={f"2023-001-T{quarter:02d}": str(90 * quarter)},
            problem="用地不足。",
            cause="指标紧。",
            next_step="加快报批。",
            due_date=date(2023, 11, 30),
        ),
        row(
            Grade.DONE, "已完成。=1+1", quarter=quarter, task_id="2023-002",
            milestone_id=f"2023-002-{quarter:02d}",
        ),
    ]  # fmt: skip
    if quarter == 2:
        return returns(rows, quarter=quarter, missing=[OTHER])
    slow = row(
        Grade.BEHIND, SECRET, unit=OTHER, quarter=quarter, task_id="2023-002",
        milestone_id=f"2023-002-{quarter:02d}", coordination="请求协调用地。",
    )  # fmt: skip
    return returns([*rows, slow], quarter=quarter)


@pytest.fixture(scope="session")
def unit_slice(city: Assessment) -> Assessment:
    return slice_for(city, Subject(kind=SubjectKind.UNIT, name=UNIT))


@pytest.fixture(scope="session")
def leader_slice(city: Assessment) -> Assessment:
    return slice_for(city, Subject(kind=SubjectKind.LEADER, name="张三"))
