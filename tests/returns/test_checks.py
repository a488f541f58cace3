"""What a figure may be, held against its target: neither too small for its unit nor too strict."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.figures.series import Key
from reporting.plan.values import Basis, Target
from reporting.returns.layout import AskedTarget
from reporting.returns.prose.facts import Facts
from reporting.returns.reading.checks import CHECKS
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
        self_rating=Grade.BEHIND, progress="推进缓慢。", problem="偏慢。",
        cause="用地未落实", next_step="抓紧。", due_date=date(2023, 12, 1), actuals=(actual,),
        file="a.xlsx", sheet="进展", cells={},
    )  # fmt: skip
    asked = AskedTarget(target=target, number="1", row_id=row.milestone_id, quote="")
    facts = Facts(row, {target.target_id: asked}, (), {}, {}, {}, 3, date(2023, 9, 30))
    return [(code, hit.expected) for code, check in CHECKS for hit in check(facts)]


LOW = {"comparator": Comparator.AT_MOST}
SHARE = {"measure": "覆盖率"}


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


@pytest.mark.parametrize(
    ("limit", "within", "plan", "unit", "fields", "expected"),
    [
        ("113", "112.9", "11.3", "亿元", {}, ("RET-ACTUAL-FAR", "11.3亿元")),
        ("800", "799", "80", "家", {}, ("RET-ACTUAL-FAR", "80家")),
        ("100", "99", "10", "家", {}, ("RET-ACTUAL-FAR", "10家")),
        ("100", "99.9", "5", "%", {"measure": "投资增长"}, ("RET-ACTUAL-FAR", "5%")),
        ("1000", "999", "1", "场", {}, ("RET-ACTUAL-RANGE", "与计划1场同一量级的数")),
        ("9000", "8999", "9", "家", {}, ("RET-ACTUAL-RANGE", "与计划9家同一量级的数")),
        ("0.001", "0.0011", "2", "亿元", {}, ("RET-ACTUAL-UNIT", "亿元")),
        ("10", "11", "20000", "家", {}, ("RET-ACTUAL-RANGE", "与计划20000家同一量级的数")),
        ("1000.1", "1000", "120", "%", {}, ("RET-ACTUAL-RANGE", "合理的百分数")),
        ("-1000.1", "-1000", "120", "%", {"measure": "增长"}, ("RET-ACTUAL-RANGE", "合理的百分数")),
        (
            "100.1",
            "100",
            "90",
            "%",
            {"measure": "覆盖率"},
            ("RET-ACTUAL-RANGE", "不超过 100% 的数"),
        ),
        ("100.1", "100", "100", "%", {"measure": "占比"}, ("RET-ACTUAL-RANGE", "不超过 100% 的数")),
        ("-0.1", "0", "5", "亿元", {}, ("RET-ACTUAL-RANGE", "不小于 0 的数")),
        ("3.5", "3", "5", "家", {}, ("RET-ACTUAL-RANGE", "整数（单位：家）")),
    ],
)
def test_figure_at_the_limit_of_what_can_be(
    limit: str, within: str, plan: str, unit: str, fields: dict[str, Any],
    expected: tuple[str, str],
) -> None:  # fmt: skip
    """Each limit belongs to one side, and the least step to the other side changes the answer."""
    assert broken(limit, plan, unit, **fields) == [expected]
    assert broken(within, plan, unit, **fields) == []


def test_figure_a_thousand_times_its_plan_is_of_another_power() -> None:
    """A little below that it is only questioned."""
    assert broken("2000", "2", "亿元") == [("RET-ACTUAL-UNIT", "亿元")]
    assert broken("1999.9", "2", "亿元") == [("RET-ACTUAL-FAR", "2亿元")]


@pytest.mark.parametrize(
    ("value", "plan", "unit", "fields"),
    [
        ("90", "9", "家", {}),
        ("110", "100.5", "%", {"measure": "覆盖率"}),
        ("3.5", "5.5", "家", {}),
        ("-6", "-5", "亿元", {}),
        ("500", "50", "家", LOW),
        ("150", "10", "家", {"comparator": Comparator.RANGE, "value_high": Decimal(20)}),
    ],
)
def test_what_may_be_is_not_questioned(
    value: str, plan: str, unit: str, fields: dict[str, Any]
) -> None:
    """A handful may be passed tenfold, a plan beyond the whole or in halves says what it says."""
    assert broken(value, plan, unit, **fields) == []


def found_along(
    value: str, last: str | None, path: dict[int, str], quarter: int = 3, unit: str = "家"
) -> list[str]:
    """Return what a cumulative figure breaks, last quarter's and the plan's path beside it."""
    target = Target(
        target_id="2023-001-T01", task_id="2023-001", milestone_id="2023-001-01",
        quarter=quarter, measure="甲", comparator=Comparator.AT_LEAST,
        value=Decimal(path.get(quarter, path[4])), unit=unit, basis=Basis.CUMULATIVE, start=0,
        end=1, source="schedule",
    )  # fmt: skip
    actual = Actual(target_id=target.target_id, value=Decimal(value), cell="J4", sheet="指标")
    row = ProgressRow(
        unit="市甲局", quarter=quarter, task_id="2023-001", milestone_id="2023-001-01",
        self_rating=Grade.DONE, progress="均已办结，成效较好。", actuals=(actual,),
        file="a.xlsx", sheet="进展", cells={},
    )  # fmt: skip
    asked = AskedTarget(target=target, number="1", row_id=row.milestone_id, quote="")
    key = ("甲",)
    facts = Facts(
        row, {target.target_id: asked}, (), {target.target_id: key},
        {} if last is None else {key: (target.target_id, Decimal(last))}, {}, quarter,
        date(2023, 9, 30), {key: {q: Decimal(v) for q, v in path.items()}},
    )  # fmt: skip
    return [code for code, check in CHECKS for hit in check(facts)]


QUARTERLY = {1: "250", 2: "500", 3: "750", 4: "1000"}


@pytest.mark.parametrize(
    ("value", "last", "path", "quarter", "unit", "codes"),
    [
        ("2600", "260", {4: "1000"}, 3, "家", ["RET-ACTUAL-LEAP"]),  # a nought too many
        ("1530", "12.8", {3: "140", 4: "200"}, 3, "亿元",
         ["RET-ACTUAL-FAR"]),  # against its plan already
        ("45", "1.2", {3: "14", 4: "20"}, 3, "亿元", ["RET-ACTUAL-LEAP"]),
        ("800", "60", QUARTERLY, 3, "家", []),  # caught up with the plan
        ("12", "1", {4: "15"}, 3, "场", []),  # a handful may well leap
        ("500", "510", QUARTERLY, 2, "家", ["RET-ACTUAL-LOWER"]),
        ("1000", None, QUARTERLY, 1, "家", ["RET-ACTUAL-EARLY"]),
        ("1050", None, {4: "1000"}, 1, "家", ["RET-ACTUAL-EARLY"]),
        ("300", None, {1: "30", 2: "80", 4: "300"}, 2, "亿元", ["RET-ACTUAL-EARLY"]),
        ("1000", "600", QUARTERLY, 3, "家", []),
        ("1000", None, {4: "1000"}, 2, "家", []),  # half the year is gone
        ("1000", None, {1: "900", 4: "1000"}, 1, "家", []),  # as planned
        ("5", None, {4: "5"}, 1, "场", []),  # few may be done early
    ],
)  # fmt: skip
def test_figure_along_the_year_that_is_hardly_meant_is_asked_about(
    value: str, last: str | None, path: dict[int, str], quarter: int, unit: str, codes: list[str]
) -> None:
    """Leaps that no plan explains, falls, and a year's value in its first weeks are doubted."""
    found = found_along(value, last, path, quarter, unit)
    assert [c for c in found if c != "RET-RATING-FIGURES"] == codes


def test_loss_that_became_a_gain_is_of_no_other_power() -> None:
    """Against a planned loss of 2, a gain of 5 or 1999 is what it is; 2000 is typed in another."""
    assert broken("5", "-2", "亿元") == broken("1999", "-2", "亿元") == []
    assert broken("2000", "-2", "亿元") == [("RET-ACTUAL-UNIT", "亿元")]


def leaps(value: str, before: str, plan: str, unit: str = "家", high: str | None = None) -> bool:
    """Tell whether a figure is questioned beside last quarter's of its series."""
    target = Target(
        target_id="T", task_id="2023-001", milestone_id="2023-001-01", quarter=4, measure="甲",
        comparator=Comparator.AT_LEAST, value=Decimal(plan), unit=unit, basis=Basis.CUMULATIVE,
        value_high=None if high is None else Decimal(high), start=0, end=1, source="schedule",
    )  # fmt: skip
    actual = Actual(target_id="T", value=Decimal(value), cell="J4", sheet="指标")
    row = ProgressRow(
        unit="市甲局", quarter=3, task_id="2023-001", milestone_id="2023-001-01",
        self_rating=Grade.ON_SCHEDULE, progress="已达到。", actuals=(actual,),
        file="a.xlsx", sheet="进展", cells={},
    )  # fmt: skip
    asked = AskedTarget(target=target, number="1", row_id=row.milestone_id, quote="")
    last: dict[Key, tuple[str, Decimal]] = {("s",): ("T", Decimal(before))}
    facts = Facts(row, {"T": asked}, (), {"T": ("s",)}, last, {}, 3, date(2023, 9, 30))
    check = dict(CHECKS)["RET-ACTUAL-LEAP"]
    return [hit.expected for hit in check(facts)] == [f"{before}{unit}"]


@pytest.mark.parametrize(
    ("value", "before", "plan", "unit", "questioned"),
    [
        ("100", "10", "49", "家", True),
        ("99", "10", "49", "家", False),
        ("90", "9", "40", "家", False),
        ("100", "10", "50", "家", False),
        ("490", "10", "49", "家", False),
        ("20", "1", "9", "亿元", True),
        ("5", "0.5", "2", "亿元", True),
        ("4.9", "0.5", "2", "亿元", False),
        ("5", "0", "2", "亿元", False),
        ("100", "10", "49", "%", False),
    ],
)
def test_leap_from_last_quarter_is_questioned_where_the_plan_has_none(
    value: str, before: str, plan: str, unit: str, questioned: bool
) -> None:
    """Ten times as much, more than twice the plan, and not so far that the plan says it."""
    assert leaps(value, before, plan, unit) is questioned


def test_leap_within_a_range_is_planned() -> None:
    """Twice the range's upper end is what the plan may have meant."""
    assert not leaps("100", "10", "20", high="50")
    assert leaps("101", "10", "20", high="50")
