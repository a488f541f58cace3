"""Lead units that answer the same target differently are both told."""

from decimal import Decimal

import pytest

from reporting.findings import Severity
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.leads import compare_leads
from reporting.returns.rules import finding
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


SIGNED = "以会展办台账为准（张三，2023年10月25日）"


def decided(item: Return, said: str = "采用填报的990万平方米") -> Return:
    """Return a return with what the office decided about its figure."""
    note = finding(
        "RET-DECIDED", expected=said, found=SIGNED, file=item.file, sheet="指标", cell="K9",
        unit=item.unit, task_id="2023-003",
    )  # fmt: skip
    return item.model_copy(update={"findings": (note,)})


def test_figure_the_office_decided_on_counts_for_the_other_unit() -> None:
    """One decision settles both, and the other unit is told whose figure holds, and why."""
    one, other = decided(returned(UNIT, "1010")), returned(OTHER, "805")
    first, second = compare_leads(a_plan("1000"), 3, [one, other])
    assert first.findings == one.findings
    assert [item.rows[0].actuals[0].value for item in (first, second)] == [1010, 1010]
    (note,) = second.findings
    assert (note.code, note.cell) == ("RET-DECIDED", "K9")
    assert note.message == (
        f"经核实，与{UNIT}一致，按1010万平方米计（原填805万平方米）。理由：{SIGNED}"
    )


def test_two_figures_that_the_office_took_both_stand() -> None:
    """What it decided for each is not asked about again; that they differ is told."""
    items = [decided(returned(UNIT, "1010")), decided(returned(OTHER, "805"))]
    found = compare_leads(a_plan("1000"), 3, items)
    assert [[n.code for n in item.findings] for item in found] == [
        ["RET-DECIDED", "RET-LEAD-DIFFERS"], ["RET-DECIDED", "RET-LEAD-DIFFERS"],
    ]  # fmt: skip
    assert [item.rows[0].actuals[0].value for item in found] == [1010, 805]


def test_figure_that_another_one_repeats_is_told_once() -> None:
    """A target that another one's figure answers is held with it, and nobody is told twice."""
    items = []
    for unit, value in ((UNIT, "990"), (OTHER, "805")):
        item = returned(unit, value)
        (actual,) = item.rows[0].actuals
        same = actual.model_copy(update={"target_id": "2023-003-T02", "same_as": TARGET})
        row = item.rows[0].model_copy(update={"actuals": (actual, same)})
        items.append(item.model_copy(update={"rows": (row,)}))
    plan = a_plan("1000")
    goal = plan.targets[0].model_copy(update={"target_id": "2023-003-T02"})
    found = compare_leads(plan.model_copy(update={"targets": (*plan.targets, goal)}), 3, items)
    assert [len(item.findings) for item in found] == [1, 1]
    assert {a.value for item in found for a in item.rows[0].actuals} == {None}
