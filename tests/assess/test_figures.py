"""What a target is called among its like, and which figures want checking."""

from decimal import Decimal
from typing import Any

import pytest

from assess.rating_samples import milestone, plan, target
from reporting.assess.rating.figures import completion_text, is_doubtful, measure_name
from reporting.language.comparators import Comparator


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
