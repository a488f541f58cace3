"""Lead units that answer the same target differently are both told."""

from decimal import Decimal

import pytest

from reporting.findings import Severity
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.leads import compare_leads
from reporting.returns.values import Actual, ProgressRow, Return

from .toy import OTHER, PLAN, UNIT

TARGET = "2023-003-T01"


def a_plan(value: str, quarter: int = 3, comparator: Comparator = Comparator.AT_LEAST) -> Plan:
    target = Target(
        target_id=TARGET, task_id="2023-003", milestone_id=None, quarter=quarter, measure="展会",
        comparator=comparator, value=Decimal(value), unit="万平方米", basis=Basis.CUMULATIVE,
        start=0, end=1, source="goal",
    )  # fmt: skip
    return PLAN.model_copy(update={"targets": (target,)})


def returned(unit: str, value: str | None) -> Return:
    actual = Actual(
        target_id=TARGET, value=None if value is None else Decimal(value), cell="K9", sheet="指标",
        typed=value or "",
    )  # fmt: skip
    row = ProgressRow(
        unit=unit, quarter=3, task_id="2023-003", milestone_id="2023-003-01", self_rating=None,
        progress="已办。", actuals=(actual,), file=f"{unit}.xlsx", sheet="进展", cells={},
    )  # fmt: skip
    return Return(
        unit=unit, quarter=3, file=f"{unit}.xlsx", sha256="", is_sample=False, reported_on=None,
        rows=(row,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "plan", "code"),
    [
        ("990", "805", a_plan("1000"), "RET-LEAD-GRADES"),
        ("1010", "805", a_plan("1000"), "RET-LEAD-GRADES"),
        ("12", "15", a_plan("12", comparator=Comparator.AT_MOST), "RET-LEAD-GRADES"),
        ("1037", "1004", a_plan("1000"), "RET-LEAD-DIFFERS"),  # both met
        ("263", "253", a_plan("1000", quarter=4), "RET-LEAD-DIFFERS"),  # not due yet
    ],
)
def test_both_units_are_told_of_the_other_figure(
    one: str, other: str, plan: Plan, code: str
) -> None:
    """Each is told the other's figure and cell; what decides a rating is held."""
    found = compare_leads(plan, 3, [returned(UNIT, one), returned(OTHER, other)])
    notes = [n for item in found for n in item.findings]
    assert [(n.code, n.unit, n.cell) for n in notes] == [(code, UNIT, "K9"), (code, OTHER, "K9")]
    assert notes[0].message.startswith(
        f"同一指标{OTHER}（指标K9）所报{other}万平方米，本单位所报{one}万平方米，"
    )
    held = code == "RET-LEAD-GRADES"
    assert (notes[0].severity is Severity.CONFIRM) is held
    assert all((item.rows[0].actuals[0].value is None) is held for item in found)


@pytest.mark.parametrize(("one", "other"), [("990", "990"), ("990", "990.0"), ("990", None)])
def test_like_answers_and_one_alone_are_no_finding(one: str, other: str | None) -> None:
    """Who says the same, and who is silent, contradicts nobody."""
    found = compare_leads(a_plan("1000"), 3, [returned(UNIT, one), returned(OTHER, other)])
    assert [item.findings for item in found] == [(), ()]
