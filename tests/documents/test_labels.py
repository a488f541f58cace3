"""Words in a chart: lines break where Chinese lines may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.documents.labels import broken, drawable_label, ems, points_wide

CLOSING = "，。、；：！？）》」』】〕”’…％"
OPENING = "（《「『【〔“‘"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("市统计局、市发展改革局", 4, ["市统计", "局、市发", "展改革局"]),
        ("各镇街（园区）及市属国企", 6, ["各镇街（园", "区）及市属国", "企"]),
        ("完成投资1374.5亿元", 6, ["完成投资", "1374.5亿元"]),
        ("“莞邑启航”", 2, ["“莞", "邑启", "航”"]),
        ("任务10 引进", 16, ["任务10 引进"]),
        ("123456789", 2, ["1234", "5678", "9"]),
        ("，，，，", 2, ["，，，，"]),
    ],
)
def test_lines_break_where_they_may(text: str, width: float, lines: list[str]) -> None:
    """Closing marks stay with what they close, opening ones with what they open."""
    assert broken(text, width) == lines


@given(st.text(alphabet="甲乙12a." + CLOSING + OPENING, max_size=40), st.integers(2, 12))
def test_no_line_begins_with_a_closing_mark(text: str, width: int) -> None:
    """Whatever the text, nothing of it is lost, and marks stand where they may."""
    lines = broken(text, width)
    assert "".join(lines) == text
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


def test_width_is_that_of_the_longest_line() -> None:
    """A Latin letter is half as wide as a Chinese character; a mark on a letter has no width."""
    assert ems("任务12") == 3
    assert ems("e\u0301") == 0.5
    assert points_wide("全年目标\n60", 9) == 36


def test_what_the_font_lacks_is_named() -> None:
    """No empty box is drawn."""
    assert drawable_label("甲\U0001f600") == "甲〔U+1F600〕"
