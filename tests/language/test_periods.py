"""Which months leave open what they count, and which quarters words of the year name."""

import pytest

from reporting.language.periods import Period, read_period


def period(words: str) -> Period:
    found = read_period(words, 0, 2023)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("month", "doubtful"),
    [(month, month in (1, 4, 7, 10)) for month in range(1, 13)],
)
def test_month_that_begins_a_quarter_is_doubtful_before_it(month: int, doubtful: bool) -> None:
    """6月前 is the second quarter with or without June; 7月前 is it only without July."""
    assert period(f"{month}月前，完工。").doubtful is doubtful


@pytest.mark.parametrize("words", ["7月底前", "7月末前", "7月1日前", "7月中旬前", "7月底", "7月"])
def test_point_in_a_month_leaves_nothing_open(words: str) -> None:
    """The day or the end is named, or nothing is said to be before it."""
    assert not period(f"{words}，完工。").doubtful


@pytest.mark.parametrize(
    ("words", "quarter"), [("7月1日前", 2), ("7月2日前", 3), ("1月1日前", 1), ("7月底前", 3)]
)
def test_what_is_due_before_the_first_day_is_due_in_the_quarter_before(
    words: str, quarter: int
) -> None:
    """Nothing is left of July before 7月1日; of this year nothing lies before January."""
    assert period(f"{words}，完工。").quarters == (quarter,)


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [("三季度前", True), ("三季度末前", False), ("三季度", False), ("上半年前", True)],
)
def test_period_with_nothing_but_before_is_doubtful(words: str, doubtful: bool) -> None:
    """三季度前 may or may not count the third quarter."""
    assert period(f"{words}，完工。").doubtful is doubtful
