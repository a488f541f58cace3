"""Runs of text: which of them count."""

import pytest

from reporting.language.runs import Run, RunKind, counted, is_marked, left_out, merged, typed_marks

RAISED, LOWERED, STRUCK = RunKind.RAISED, RunKind.LOWERED, RunKind.STRUCK


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([Run("投资80"), Run("1", RAISED), Run("亿元")], "投资80亿元"),
        ([Run("投资80"), Run("[2]", RAISED), Run("亿元")], "投资80亿元"),
        ([Run("投资80亿元"), Run("①", RAISED)], "投资80亿元"),
        ([Run("投资80亿元"), Run("（注1）", RAISED)], "投资80亿元"),
        ([Run("绿化5000m"), Run("2", RAISED)], "绿化5000m²"),
        ([Run("供水3km"), Run("3", RAISED)], "供水3km³"),
        ([Run("达到1.5×10"), Run("4", RAISED), Run("吨")], "达到1.5×10⁴吨"),
        ([Run("达到10"), Run("4", RAISED), Run("吨")], "达到10吨"),
        ([Run("CO"), Run("2", LOWERED), Run("排放")], "CO2排放"),
        ([Run("PM"), Run("2.5", LOWERED)], "PM2.5"),
        ([Run("10家", STRUCK), Run("15家")], "15家"),
        ([Run("甲", RunKind.HIDDEN), Run("乙", RunKind.DELETED), Run("丙")], "丙"),
        ([Run("甲"), Run("乙", RunKind.INSERTED)], "甲乙"),
        ([Run("整格都设成上标的文字", RAISED)], "整格都设成上标的文字"),
    ],
)
def test_text_that_counts(runs: list[Run], text: str) -> None:
    """Marks of notes are no digits; powers of units stay; what is gone is gone."""
    assert counted(runs) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("投资80¹亿元", "投资80亿元"),
        ("投资80亿元²³。", "投资80亿元。"),
        ("增长5%²", "增长5%"),
        ("绿化5000m²", "绿化5000m²"),
        ("面积3km²的公园", "面积3km²的公园"),
        ("投资80亿元", "投资80亿元"),
    ],
)
def test_raised_signs_typed_as_such(text: str, read: str) -> None:
    """¹ behind a figure or a character is a mark; behind a letter it is a power."""
    assert counted(typed_marks(text)) == read


def test_runs_of_one_kind_are_one() -> None:
    """Word cuts a text anywhere; a mark is told once, with what stands before it."""
    runs = merged([Run("投资"), Run("80"), Run("", STRUCK), Run("1", RAISED), Run("2", RAISED)])
    assert runs == (Run("投资80"), Run("12", RAISED))
    assert left_out(runs) == ((Run("12", RAISED), "投资80"),)
    assert is_marked(runs)
    assert not is_marked([Run("投资80"), Run(" ", STRUCK)])
