"""One count of a year is asked for once a quarter, however many dates the plan sets it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting.language.comparators import Comparator
from reporting.plan.values import Plan
from reporting.project.decisions import Decision, Verdict, write_decisions
from reporting.returns.layout import COLUMNS, FIGURES, asked
from reporting.returns.reading.read import read_returns
from reporting.returns.values import Actual, Returns

from .test_decisions import decision
from .toy import OTHER, PARAMS, PLAN, UNIT, filled, read, told

GOAL, SECOND, THIRD, FOURTH = (f"2023-001-T0{n}" for n in (1, 2, 3, 5))


def plan_with(**changes: Any) -> Plan:
    """Return the toy plan with a step for the fourth quarter, itself changed."""
    step = next(t for t in PLAN.targets if t.target_id == THIRD)
    update = {"target_id": FOURTH, "milestone_id": "2023-001-03", "quarter": 4,
              "value": Decimal(1000)} | changes  # fmt: skip
    return PLAN.model_copy(update={"targets": (*PLAN.targets, step.model_copy(update=update))})


def asked_for(plan: Plan, quarter: int) -> dict[str, str]:
    """Return each target of the first task that is asked for, and whose figure answers it."""
    questions = asked(plan, UNIT, quarter).targets
    return {
        q.target.target_id: q.same_as or q.target.target_id
        for q in questions
        if q.target.measure == "规上工业企业数字化转型"
    }


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        (1, {}),
        (2, {GOAL: SECOND, SECOND: SECOND}),
        (3, {GOAL: THIRD, THIRD: THIRD}),
        (4, {GOAL: FOURTH, FOURTH: FOURTH}),
    ],
)
def test_goal_and_step_of_one_count_are_one_question(
    quarter: int, expected: dict[str, str]
) -> None:
    """The figure is asked for the step that is due; of two due together, for one of them."""
    assert asked_for(plan_with(), quarter) == expected


@pytest.mark.parametrize(("value", "first"), [(990, GOAL), (1010, FOURTH), (1000, FOURTH)])
def test_of_two_due_together_the_harder_is_asked_for(value: int, first: str) -> None:
    """Who reaches the higher value reaches both; of equals the step has its own row."""
    found = asked_for(plan_with(value=Decimal(value)), 4)
    assert set(found.values()) == {first}


@pytest.mark.parametrize(
    "change",
    [
        {"comparator": Comparator.AT_MOST},
        {"unit": "户"},
        {"quarter": 3, "milestone_id": "2023-001-02", "target_id": "2023-001-T06"},
    ],
)
def test_what_may_be_two_counts_is_asked_for_twice(change: dict[str, Any]) -> None:
    """Another comparison, another unit of measure, two values of one quarter: each is asked."""
    plan = plan_with(**change)
    quarter = 3 if "quarter" in change else 4
    assert all(name == first for name, first in asked_for(plan, quarter).items())
    assert len(asked_for(plan, quarter)) >= 2


def test_sheet_shows_the_path_of_a_count_beside_its_figure() -> None:
    """One row a count, with its values by quarter; a count of one date has no path."""
    form = filled(UNIT, 3)
    sheet = form.sheet(FIGURES)
    column = next(at for at, spec in enumerate(COLUMNS[FIGURES], 1) if spec.field == "path")
    assert [sheet.cell(row, column).value for row in range(4, 7)] == [
        "第二季度末500，第三季度末800，第四季度末1000", None, None,
    ]  # fmt: skip
    assert GOAL not in form.rows


def figures(returns: Returns) -> dict[str, Actual]:
    return {a.target_id: a for row in returns.rows for a in row.actuals}


def test_one_figure_answers_both(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The year's value has the step's figure and its cell; a fault is told once."""
    sheet = filled(UNIT, 3, second_quarter)
    returns = read(tmp_path / "good", 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    goal, step = figures(returns)[GOAL], figures(returns)[THIRD]
    assert (goal.value, goal.cell, goal.same_as) == (Decimal(820), step.cell, THIRD)
    row = next(r for r in returns.rows if r.milestone_id == "2023-001-02")
    assert row.cells[GOAL] == row.cells[THIRD] == f"{FIGURES}!{step.cell}"
    sheet.put(THIRD, "actual", 8200)
    returns = read(tmp_path / "bad", 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-ACTUAL-FAR", FIGURES, step.cell)]
    assert {figures(returns)[name].value for name in (GOAL, THIRD)} == {None}


@pytest.mark.parametrize(
    ("verdict", "value", "counted"), [(Verdict.ACCEPT, "", 8200), (Verdict.SET, "825", 825)]
)
def test_decision_about_the_figure_is_one_about_both(
    verdict: Verdict, value: str, counted: int,
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes,
) -> None:  # fmt: skip
    """What the office takes for the step counts for the year."""
    made: Decision = decision(verdict, value=value, row_id=THIRD, typed="8200")
    write_decisions(tmp_path, PARAMS, [made])
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(THIRD, "actual", 8200)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert [f.code for f in returns.all_findings] == ["RET-DECIDED"]
    assert {figures(returns)[name].value for name in (GOAL, THIRD)} == {Decimal(counted)}


def test_sheet_sent_out_with_a_row_for_each_is_read_as_it_is(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Of the layout before, both figures are read, and that they differ is told."""
    book = load_workbook(Path(__file__).parent / "layouts" / "4.xlsx")
    sheet = book[FIGURES]
    heads = {cell.value: at for at, cell in enumerate(sheet[3], 1)}
    row = next(n for n in range(4, 8) if sheet.cell(n, heads["计划值"]).value == 800)
    sheet.cell(row, heads["本季度实际值"]).value = 830
    (tmp_path / "status" / "Q3").mkdir(parents=True)
    book.save(tmp_path / "status" / "Q3" / f"{UNIT}.xlsx")
    (tmp_path / "status" / "Q3" / f"{OTHER}.xlsx").write_bytes(other_return)
    returns = read_returns(tmp_path, PARAMS, PLAN, 3, previous=second_quarter)
    assert "RET-ACTUAL-DIFFERS" in [f.code for f in returns.all_findings]
    assert [figures(returns)[name].value for name in (GOAL, THIRD)] == [Decimal(820), Decimal(830)]
