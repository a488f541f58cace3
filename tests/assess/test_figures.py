"""What a target is called among its like, and which figures want checking."""

from decimal import Decimal
from typing import Any

import pytest

from assess.rating_samples import milestone, plan, target
from reporting.assess.rating.figures import is_doubtful, measure_name
from reporting.language.comparators import Comparator
from reporting.plan.figures.told import completion_text, short_text


def test_measure_is_named_with_its_subproject_where_several_count_it() -> None:
    """Three roads that each complete an investment are told apart; a lone measure is plain."""
    parts = [
        milestone(part=n).model_copy(update={"workstream": name})
        for n, name in enumerate(("甲工程", "乙工程", "丙工程"), 1)
    ]
    found = [
        target(target_id=f"2023-001-T0{n}", milestone_id=f"2023-001-0{n}", measure=measure)
        for n, measure in enumerate(("完成投资", "完成投资", "新增企业"), 1)
    ]
    whole = plan(milestones=parts, targets=found)
    names = [measure_name(whole, one) for one in found]
    assert names == ["甲工程完成投资", "乙工程完成投资", "新增企业"]


@pytest.mark.parametrize(
    ("fields", "actual", "doubtful"),
    [
        ({}, "300", True),
        ({}, "299.9", False),
        ({}, None, False),
        ({"value": Decimal(0)}, "5", False),
        ({"unit": "%", "value": Decimal(20)}, "90", False),
        ({"comparator": Comparator.AT_MOST}, "500", False),
        ({"comparator": Comparator.RANGE, "value_high": Decimal(150)}, "400", False),
        ({"comparator": Comparator.RANGE, "value_high": Decimal(150)}, "450", True),
    ],
)
def test_figure_far_beyond_its_plan_is_doubtful(
    fields: dict[str, Any], actual: str | None, doubtful: bool
) -> None:
    """Three times the plan or more, where more is better and no percentage."""
    one = target().model_copy(update=fields)
    assert is_doubtful(one, None if actual is None else Decimal(actual)) is doubtful


@pytest.mark.parametrize(
    ("fields", "actual", "words"),
    [
        ({}, "80", "80.0%"),
        ({"value": Decimal(0)}, "5", None),
        ({"value": Decimal(-5), "unit": "亿元"}, "-6", None),
        ({"unit": "%"}, "80", None),
        ({"unit": "百分点"}, "80", None),
        ({"comparator": Comparator.AT_MOST}, "80", None),
    ],
)
def test_rate_of_completion_is_written_where_something_is_completed(
    fields: dict[str, Any], actual: str, words: str | None
) -> None:
    """A limit of 100 is not 80% complete at 80, nor a planned loss of 5 over-fulfilled by 6."""
    assert completion_text(target().model_copy(update=fields), Decimal(actual)) == words


@pytest.mark.parametrize(
    ("actual", "plan", "rate", "short"),
    [
        ("3", "7", "42.9%", "57.1"),
        ("667", "2000", "33.4%", "66.6"),  # 33.35 and 66.65: both would be rounded up
        ("2", "3", "66.7%", "33.3"),
        ("1", "3", "33.3%", "66.7"),
        ("11999", "12000", "99.99%", "0.01"),
        ("6996", "10000", "69.96%", "30.04"),  # not 30.0, which is another grade
        ("699999", "1000000", "69.99%", "30.01"),
        ("70", "100", "70.0%", "30.0"),
        ("0", "5", "0.0%", "100.0"),
    ],
)
def test_rate_and_gap_are_rounded_once_and_add_up(
    actual: str, plan: str, rate: str, short: str
) -> None:
    """What is printed beside one another makes 100, and passes no limit by rounding."""
    measured = target(plan)
    assert completion_text(measured, Decimal(actual)) == rate
    assert short_text(measured, Decimal(actual)) == short
    assert Decimal(rate.rstrip("%")) + Decimal(short) == 100
