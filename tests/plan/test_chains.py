"""Whether a chain of quarters counts on or adds up, at the very limits of each rule."""

from decimal import Decimal

import pytest

from .test_targets import read


def bases(goal: str, schedule: str) -> str:
    """Give quarter and the first letter of the basis of every figure of the schedule."""
    targets, _ = read(goal, schedule)
    return " ".join(f"{t.quarter}{t.basis.value[0]}" for t in targets if t.source == "schedule")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("二季度，建成2座。三季度，建成2座。四季度，建成5座。", "2c 3c 4c"),
        ("二季度，建成3座。三季度，建成2座。四季度，建成5座。", "2i 3i 4c"),
        ("二季度，建成1座。三季度，建成3座。四季度，建成5座。", "2c 3c 4c"),
    ],
)
def test_series_that_does_not_fall_counts_on_to_the_goal(schedule: str, expected: str) -> None:
    """A quarter that adds nothing is still one of a running total; a fall is not."""
    assert bases("建成驿站5座。", schedule) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((40, 90), "2i 4i"),
        ((41, 90), "2c 4c"),
        ((65, 65), "2i 4i"),
        ((66, 66), "2i 4i"),
        ((66, 67), "2c 4c"),
        ((66, 101), "2i 4i"),
    ],
)
def test_rising_figures_that_would_go_far_beyond_the_goal_count_on(
    values: tuple[int, int], expected: str
) -> None:
    """More than 1.3 times the goal if added up, and rising, and within it: all three."""
    schedule = "二季度，建成{}座。四季度，建成{}座。".format(*values)
    assert bases("建成驿站100座。", schedule) == expected


def linked(goal: str, schedule: str) -> list[str | None]:
    """Give the goal's target that each figure of the schedule leads to."""
    return [t.annual_target_id for t in read(goal, schedule)[0] if t.source == "schedule"]


@pytest.mark.parametrize(
    ("value", "goal"), [("100", "2023-005-T01"), ("90", "2023-005-T01"), ("89", None)]
)
def test_chain_that_ends_short_of_the_goal_counts_something_else(
    value: str, goal: str | None
) -> None:
    """Nine tenths in the last quarter still lead to it."""
    assert linked("建成驿站100座。", f"四季度，累计建成驿站{value}座。") == [goal]


@pytest.mark.parametrize(("value", "goal"), [("100", "2023-005-T01"), ("101", None)])
def test_figure_beyond_the_whole_year_counts_something_else(value: str, goal: str | None) -> None:
    assert linked("建成驿站100座。", f"三季度，累计建成驿站{value}座。") == [goal]


def test_amounts_are_read_exactly() -> None:
    """A goal of 0.3 is kept by 0.1 and 0.2 added up, which binary fractions would not."""
    targets, _ = read("投资0.3亿元。", "一季度，投资0.1亿元。四季度，投资0.2亿元。")
    assert [t.value for t in targets] == [Decimal("0.3"), Decimal("0.1"), Decimal("0.2")]
    assert bases("投资0.3亿元。", "一季度，投资0.1亿元。四季度，投资0.2亿元。") == "1i 4i"


@pytest.mark.parametrize(("last", "goal"), [("3020", "2023-005-T02"), ("3030", None)])
def test_chain_that_goes_far_beyond_a_goal_counts_for_its_rival_too(
    last: str, goal: str | None
) -> None:
    """Of two goals the chain may lead to, the larger one is led to up to 1.3 times its value."""
    schedule = f"三季度，新增学位4000个。四季度，新增学位{last}个。"
    assert linked("新增小学学位1800个、中学学位5400个。", schedule) == [goal, goal]


def test_points_in_time_count_on_where_one_adds_nothing() -> None:
    """By September as many as by June: what is counted there is counted from January."""
    steps = "6月底前，建成1座。9月底前，建成1座。11月底前，建成9座。"
    assert bases("建成驿站10座。", steps) == "2c 3c 4c"


@pytest.mark.parametrize(
    ("counts", "goal", "expected"),
    [
        ((1, 1, 1), 3, "2i 3i 4i"),
        ((2, 2, 3), 7, "2i 3i 4i"),
        ((1, 2, 3), 6, "2c 3c 4c"),
        ((1, 1, 2), 5, "2c 3c 4c"),
    ],
)
def test_dated_figures_of_a_year_round_text_add_up_unless_they_rise(
    counts: tuple[int, ...], goal: int, expected: str
) -> None:
    """As many again is no rise; figures that rise throughout may count on, as others may."""
    dated = "，".join(f"到{3 * n}月完工{count}个" for n, count in enumerate(counts, 2))
    assert bases(f"建成公园{goal}个。", f"全年推进，{dated}。") == expected
