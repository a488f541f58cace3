"""Widths of columns: nothing broken that should not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.documents.blocks import (
    Column,
    Table,
)
from reporting.documents.layout.sections import PORTRAIT_PT
from reporting.documents.layout.widths import balanced, column_widths


def test_columns_are_wide_enough() -> None:
    """Figures, grades and names are not broken, and the widths fill the page."""
    columns = (
        Column(key="n", label="序号", share=0.1),
        Column(key="t", label="内容", share=9),
        Column(key="v", label="实际值", share=0.1, numeric=True),
    )
    table = Table(columns=columns, rows=(("1", "很长的内容" * 30, "1,234,567.89"),))
    widths = column_widths(table, PORTRAIT_PT, 10.5)
    assert sum(widths) == pytest.approx(PORTRAIT_PT)
    assert widths[0] >= 2 * 10.5
    assert widths[2] >= 12 * 0.55 * 10.5


@pytest.mark.parametrize(
    ("label", "width", "words"),
    [
        ("指标（计量单位）", 7.5, "指标\n（计量单位）"),
        ("指标（计量单位）", 8, "指标（计量单位）"),
        ("指标（计量单位）", 4.5, "指标（计\n量单位）"),
        ("责任领导", 3.2, "责任\n领导"),
    ],
)
def test_long_label_breaks_before_its_bracket(label: str, width: float, words: str) -> None:
    """A bracket keeps together where there is room for it; other labels break evenly."""
    assert balanced(label, width) == words


@given(st.text(alphabet="甲乙丙，、（）”", min_size=1, max_size=20), st.integers(1, 9))
def test_no_line_of_a_label_begins_with_a_closing_mark(label: str, width: int) -> None:
    """Nor ends with an opening one, where there is a better place; nothing is lost."""
    lines = balanced(label, width).split("\n")
    assert "".join(lines) == label
    assert not any(line[0] in "，、）”" for line in lines[1:])
    assert not any(line[-1] == "（" for line in lines[:-1])
