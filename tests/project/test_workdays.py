"""Days of the calendar that are days off are named, and so is what is not known."""

from datetime import date

import pytest

from reporting.errors import UsageError
from reporting.project.params import Params, parse_params
from reporting.project.workdays import calendar_notes, day_off

from .test_params import TEXT

UNKNOWN = "没有列出2023年、2024年的节假日（holidays），只核对了星期六、星期日。"


def listed(**fields: tuple[date, ...]) -> Params:
    """Give the parameters of the demonstration with days listed."""
    return parse_params(TEXT, 2023).model_copy(update=fields)


def test_weekend_is_named_and_the_unlisted_years_are_said() -> None:
    """Of the demonstration's eight days one is a Saturday."""
    assert list(calendar_notes(listed())) == [
        "说明：2023年第四季度的报送截止日期2024年1月20日是星期六，"
        "请核对 params/2023.yml 的 calendar。",
        f"说明：params/2023.yml {UNKNOWN}",
    ]


def test_listed_holiday_is_named_and_a_worked_weekend_is_not() -> None:
    """Both years are listed now, so nothing is unknown."""
    days = listed(holidays=(date(2023, 10, 30), date(2024, 1, 1)), workdays=(date(2024, 1, 20),))
    assert list(calendar_notes(days)) == [
        "说明：2023年第三季度的印发日期2023年10月30日是 holidays 所列的节假日，"
        "请核对 params/2023.yml 的 calendar。",
    ]


def test_one_quarter_is_looked_at_alone() -> None:
    """The sheets of the third quarter have nothing to say of January."""
    notes = list(calendar_notes(listed(holidays=(date(2023, 10, 1),)), 3))
    assert notes == []
    assert day_off(listed(), date(2023, 10, 22)) == "是星期日"


def test_day_of_both_kinds_is_refused() -> None:
    """A day is off or it is worked."""
    both = "holidays: [2023-10-07]\nworkdays: [2023-10-07]\n"
    with pytest.raises(UsageError, match="holidays 和 workdays 不应都列出 2023-10-07"):
        parse_params(TEXT + both, 2023)
