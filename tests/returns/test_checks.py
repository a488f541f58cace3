"""What a figure may be, held against its target: neither too small for its unit nor too strict."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, Target
from reporting.returns.layout import AskedTarget
from reporting.returns.reading.checks import CHECKS, Facts
from reporting.returns.values import Actual, ProgressRow


def broken(value: str, plan: str, unit: str, **fields: Any) -> list[tuple[str, str]]:
    """Return code and expectation of what the figure of one target due now breaks."""
    given: dict[str, Any] = {
        "target_id": "2023-001-T01", "task_id": "2023-001", "milestone_id": "2023-001-01",
        "quarter": 3, "measure": "甲", "comparator": Comparator.AT_LEAST, "value": Decimal(plan),
        "unit": unit, "basis": Basis.LEVEL, "start": 0, "end": 1, "source": "schedule",
    }  # fmt: skip
    target = Target(**(given | fields))
    actual = Actual(target_id=target.target_id, value=Decimal(value), cell="J4", sheet="指标")
    row = ProgressRow(
        unit="市甲局", quarter=3, task_id="2023-001", milestone_id="2023-001-01",
        self_rating=Grade.BEHIND, progress="推进缓慢。", cause="用地未落实", actuals=(actual,),
        file="a.xlsx", sheet="进展", cells={},
    )  # fmt: skip
    asked = AskedTarget(target=target, number=1, row_id=row.milestone_id, quote="")
    facts = Facts(row, {target.target_id: asked}, (), {}, {}, {}, 3, date(2023, 9, 30))
    return [(code, hit.expected) for code, check in CHECKS for hit in check(facts)]


LOW = {"comparator": Comparator.AT_MOST}


@pytest.mark.parametrize(
    ("value", "plan", "unit", "fields"),
    [
        ("105", "100", "%", {"measure": "投产完成率"}),
        ("160", "150", "%", {"measure": "拨备覆盖率"}),
        ("-5", "30", "%", {"measure": "事故总数同比上升", **LOW}),
        ("0.0002", "1", "亿元", {"measure": "三公经费", **LOW}),
        ("5", "20000", "套", {"quarter": 4}),
        ("0", "20000", "套", {}),
        ("12", "1", "场", {}),
        ("113", "11.4", "亿元", {}),
    ],
)
def test_honest_figure_is_no_finding(
    value: str, plan: str, unit: str, fields: dict[str, Any]
) -> None:
    """A plan may be passed, what is kept low may be tiny or fall, a year may begin slowly."""
    assert broken(value, plan, unit, **fields) == []


def test_figure_far_below_what_is_due_is_of_another_unit() -> None:
    """Two where 20000 are due was meant in 万."""
    assert broken("2", "20000", "套") == [("RET-ACTUAL-RANGE", "与计划20000套同一量级的数")]
    assert broken("105", "90", "%", measure="覆盖率") == [("RET-ACTUAL-RANGE", "不超过 100% 的数")]


def test_figure_ten_times_its_plan_is_questioned() -> None:
    """The number of the row above, or of another unit of measure, is not taken unsaid."""
    assert broken("820", "11.3", "亿元") == [("RET-ACTUAL-FAR", "11.3亿元")]
    assert broken("820", "80", "家") == [("RET-ACTUAL-FAR", "80家")]


def test_growth_of_a_hundredfold_is_questioned() -> None:
    """A cell that was made a percentage after 5 had been typed holds 500%."""
    grown = {"measure": "工业投资增长"}
    assert broken("500", "5", "%", **grown) == [("RET-ACTUAL-FAR", "5%")]
    assert broken("60", "5", "%", **grown) == broken("120", "20", "%", **grown) == []
