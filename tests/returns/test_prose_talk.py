"""Texts that say nothing of their own: the plan, last quarter, other rows, hopes, no word."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from reporting.returns.prose.talk import (
    likeness_to_last,
    likeness_to_plan,
    only_hopes,
    says_nothing,
)
from reporting.returns.values import Returns

from .toy import UNIT, filled, read

PLAN = "完成水保批复，全线开工建设，累计完成投资3亿元。"
LAST = "截至6月底，已召开专班会议2次，完成可研报告初稿。"


@pytest.mark.parametrize(
    ("text", "percent", "new"),
    [
        ("完成水保批复，全线开工建设，累计完成投资3亿元。", 100, ""),
        ("正常推进。已完成水保批复，全线开工建设，累计完成投资3亿元。", 100, ""),
        ("本季度，完成水保批复；全线开工建设；累计完成投资达到3亿元。", 100, ""),
        ("已顺利完成水保批复并全线开工建设，完成投资3亿元以上。", 100, ""),
    ],
)
def test_plan_copied_is_told_with_its_degree(text: str, percent: int, new: str) -> None:
    """What turns a plan into a report adds nothing to it."""
    found = likeness_to_plan(text.replace("本季度，", ""), PLAN, 2023)
    assert found is not None
    assert (found.percent, found.new) == (percent, new)


@pytest.mark.parametrize(
    "text",
    [
        "水保批复8月2日取得，全线开工建设，累计完成投资3亿元。",
        "完成水保批复，全线开工建设，累计完成投资3.2亿元。",
        "已完成水保批复，4个标段进场，桩基施工过半。",
        "已开工。",
    ],
)
def test_words_of_its_own_are_no_copy_of_the_plan(text: str) -> None:
    """A date, a figure or a sentence of its own is progress."""
    assert likeness_to_plan(text, PLAN, 2023) is None


@pytest.mark.parametrize(
    ("text", "has_figures"),
    [
        ("截至9月底，已召开专班会议2次，完成可研报告初稿。", False),
        ("达到序时进度。截至9月底，已召开专班会议2次，完成可研报告初稿。", False),
        ("截至三季度末，已召开专班会议2次；完成可研报告初稿。", False),
        ("截至9月底，已召开专班会议5次，完成可研报告初稿。", True),
    ],
)
def test_last_quarters_words_are_known_again(text: str, has_figures: bool) -> None:
    """Dates, marks and the word of the grade do not make a text new; figures are told apart."""
    found = likeness_to_last(text, LAST, 2023)
    assert found is not None
    assert found.has_figures is has_figures


def test_new_words_are_no_copy_of_last_quarter() -> None:
    """What goes on from there is progress."""
    text = "截至9月底，可研报告通过专家评审，用地预审已上报省厅。"
    assert likeness_to_last(text, LAST, 2023) is None


@pytest.mark.parametrize(
    "text",
    ["？？？", "aaaaaaa", "……", "——", "123", "暂无进展。", "同一季度。", "同上季度", "好好好好"],
)
def test_text_without_a_word_says_nothing(text: str) -> None:
    """Signs, letters, and what points elsewhere."""
    assert says_nothing(text, is_idle=False)


@pytest.mark.parametrize("text", ["已印发。", "无人机项目开工。", "A级景区新增2家。"])
def test_short_text_may_say_something(text: str) -> None:
    """Few words are words."""
    assert not says_nothing(text, is_idle=False)


@pytest.mark.parametrize(
    "text",
    [
        "下一步将加快选址，力争年内开工。",
        "计划11月组织评审，拟于12月印发办法，届时认定3家。",
        "正常推进。将于下半年启动建设，确保明年投用。",
        "10月将完成二次结构，新院基坑支护拟于11月完成。",
    ],
)
def test_hopes_alone_are_told(text: str) -> None:
    """A text in the future tense says nothing of the quarter."""
    assert only_hopes(text)


@pytest.mark.parametrize(
    "text",
    [
        "已完成选址，力争年内开工。",
        "方案8月印发；下一步将组织培训。",
        "按计划推进各项工作，召开会议2次。",
        "“拟建项目库”入库12个。",
        "",
    ],
)
def test_what_was_done_may_be_followed_by_hopes(text: str) -> None:
    """One sentence of what was done is enough."""
    assert not only_hopes(text)


def test_copies_are_told_in_their_cells(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """The plan's words, last quarter's and one text in two rows are three findings."""
    sheet = filled(UNIT, 3, second_quarter)
    rows = [row for row in sheet.rows if "-T" not in row]
    sheet.put(rows[0], "progress", "达到序时进度。累计转型800家，完成投资11.3亿元。")
    sheet.put(rows[1], "progress", f"达到序时进度。第3季度已做好{rows[1]}的各项工作。")
    for row in rows[2:]:
        sheet.put(row, "progress", "高度重视，压实责任，取得阶段性成效。")
    returns = read(tmp_path, 3, {UNIT: sheet}, second_quarter)
    codes = [(f.code, f.cell) for f in returns.all_findings if f.code.startswith("RET-TEXT")]
    assert ("RET-TEXT-PLAN", sheet.address(rows[0], "progress")) in codes
    assert ("RET-TEXT-LAST", sheet.address(rows[1], "progress")) in codes
    same = [cell for code, cell in codes if code == "RET-TEXT-SAME"]
    assert same == [sheet.address(row, "progress") for row in rows[2:]]


def test_endless_sign_is_compared_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell of ten thousand times one sign is compared with another without taking minutes."""
    compared: list[int] = []

    def recorded(junk: None, a: str, b: str, *, autojunk: bool) -> SequenceMatcher[str]:
        compared.append(max(len(a), len(b)))
        return SequenceMatcher(junk, a, b, autojunk=autojunk)

    monkeypatch.setattr("reporting.returns.prose.talk.SequenceMatcher", recorded)
    text = f"已完成园区道路硬化，{'进' * 10_000}，其余路段正在施工。"
    found = likeness_to_last(text, text.replace("园区", "厂区"), 2023)
    assert found is not None
    assert found.new == "园"
    assert max(compared) < 60
