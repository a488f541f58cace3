"""Times: what a spelling names, which rule read it, and what is no time at all."""

import pytest

from reporting.language.periods import read_period, times_in


@pytest.mark.parametrize(
    ("words", "rule", "quarters", "point"),
    [
        ("每季度", "every", (1, 2, 3, 4), False),
        ("全年", "year", (1, 2, 3, 4), False),
        ("年底前", "year-point", (4,), True),
        ("上半年", "half", (1, 2), False),
        ("上半年末", "half", (1, 2), True),
        ("前3个季度", "several-quarters", (1, 2, 3), False),
        ("三、四季度", "quarters", (3, 4), False),
        ("三季度末", "quarters", (3,), True),
        ("1-9月", "months", (1, 2, 3), False),
        ("9月底前", "month", (3,), True),
        ("5月", "month", (2,), False),
        ("截至9月", "month", (3,), True),
        ("国庆前", "feast", (3,), True),
        ("国庆期间", "feast", (4,), False),
        ("元旦期间", "feast", (1,), False),
        ("2023.6.30前", "date", (2,), True),
    ],
)
def test_rule_that_reads(words: str, rule: str, quarters: tuple[int, ...], point: bool) -> None:
    """Each rule names itself, the quarters, and whether they are a point in time."""
    period = read_period(words, 0, 2023)
    assert period is not None
    assert (period.rule, period.quarters, period.point) == (rule, quarters, point)
    assert period.end == len(words)


@pytest.mark.parametrize(
    "words",
    [
        "前期工作", "初步设计", "五个季度", "四二季度", "三五季度", "13月底前", "2024年一季度",
        "一、一季度", "9-3月", "十一家企业", "国庆活动", "今后", "三千家",
    ],
)  # fmt: skip
def test_no_time_of_the_year(words: str) -> None:
    """Words that begin like a time, or name another year's, are none."""
    assert read_period(words, 0, 2023) is None


def test_any_year_may_be_named() -> None:
    """Without a year to hold them against, words may name any."""
    assert read_period("2024年一季度", 0, None) is not None


def test_times_in_a_text_do_not_overlap() -> None:
    """Each sign belongs to one time at most, and the spans are those of the text as written."""
    text = "其中第 一 季度3家，１－９月12家（国庆前），年底前全部建成"
    assert [text[time.start : time.end] for time in times_in(text, 2023)] == [
        "第 一 季度", "１－９月", "国庆前", "年底前",
    ]  # fmt: skip


def test_time_inside_a_longer_token() -> None:
    """A place inside a token is read by itself: 年度 of 本年度 before its goal."""
    text = "本年度总体目标：新增3家"
    assert read_period(text, 1, 2023) is not None
