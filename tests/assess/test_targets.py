"""What must be passed, at the very value: no gap, and yet not reached."""

from decimal import Decimal

from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, target
from reporting.assess.values import Rating
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.figures.told import plan_text

TARGET, STEP = "2023-001-T01", "2023-001-01"


def year_end(actual: str, comparator: Comparator, subject: str = TARGET) -> Rating:
    """Rate the year's own target of 100, claimed to be done."""
    last = target(quarter=4, comparator=comparator)
    done = row(Grade.DONE, "已完成。", quarter=4, actuals={TARGET: actual})
    found = rated(plan(milestones=[milestone(quarters=(4,))], targets=[last]), returns([done], 4))
    rating = found.rating(subject, unit=UNIT)
    assert rating is not None
    return rating


def test_value_that_must_be_passed_is_not_reached_at_equality() -> None:
    """超过100家 with 100 is level with the plan: on schedule, not done."""
    level = year_end("100", Comparator.MORE_THAN)
    assert (level.grade, level.rule) == (Grade.ON_SCHEDULE, "R4")
    assert level.reason == "新增企业计划超过100家，实际100家，完成率100.0%，与计划值持平。"
    passed = year_end("101", Comparator.MORE_THAN)
    assert (passed.grade, passed.rule) == (Grade.DONE, "R7")
    assert passed.reason == "新增企业计划超过100家，实际101家，完成率101.0%。"
    reached = year_end("100", Comparator.AT_LEAST)
    assert (reached.grade, reached.rule) == (Grade.DONE, "R7")
    assert reached.reason == "新增企业计划100家，实际100家，完成率100.0%。"


def test_plan_is_written_with_its_comparator() -> None:
    """The sign of a percentage stands at both ends of a range, a unit of measure at its end."""
    written = {
        "100家": target(),
        "超过100家": target(comparator=Comparator.MORE_THAN),
        "不多于100家": target(comparator=Comparator.AT_MOST),
        "100—120家": target(comparator=Comparator.RANGE, value_high=Decimal(120)),
        "100%—120%": target(comparator=Comparator.RANGE, value_high=Decimal(120), unit="%"),
    }
    assert {plan_text(one): one for one in written.values()} == written
