"""Headers: which column holds what."""

import pytest

from reporting.errors import UsageError
from reporting.plan.table.columns import Vocabulary, find_header, normal
from reporting.plan.table.grid import GridCell, GridRow


def _row(*texts: str) -> GridRow:
    return GridRow(tuple(GridCell(text, 1) for text in texts))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("牵 头 单 位", "lead"),
        ("牵头\n单位", "lead"),
        ("牵头单位（排第一的为总牵头）", "lead"),
        ("２０２４年度目标任务", "goal"),
        ("Ｑ１", "Q1"),
        ("第三季度进度目标", "Q3"),
        ("一季度", "Q1"),
        ("一季度，完成选址并开工建设", None),
        ("备注", None),
        ("县级包抓领导", "leaders"),
        ("第一责任人", "person"),
        ("责任落实单位", "lead"),
        ("牵头及配合单位", "duty"),
        ("其他责任单位", "support"),
        ("协同配合单位", "support"),
        ("时间进度要求", "schedule"),
        ("推进路线图", "schedule"),
        ("计划完成日期", "deadline"),
        ("建设规模及内容", "goal"),
        ("绩效目标", "goal"),
        ("年度工作要点", "work"),
        ("所属板块", "heading"),
        ("上半年目标", "Q12"),
        ("1-9月", "Q123"),
        ("一季度完成情况", None),
        ("督办单位", None),
        ("当前进度", None),
        ("联系人及电话", None),
        ("市发展改革局牵头单位会同市财政局按照年度目标任务推进", None),
        ("", None),
    ],
)
def test_word_of_a_header(text: str, kind: str | None) -> None:
    """Spaces, breaks, brackets and width do not matter; a sentence is no header."""
    assert Vocabulary().kind(text) == kind


def test_two_columns_of_units_of_one_word() -> None:
    """牵头单位 and 责任单位 side by side: the second helps, and the reader is told."""
    found = find_header([_row("目标任务", "牵头单位", "责任单位")], Vocabulary())
    assert found is not None
    assert found[1].fields == {"goal": (0,), "lead": (1,), "support": (2,)}
    assert found[1].assumed == (("责任单位", "协助单位"),)


def test_same_column_twice_is_no_header() -> None:
    """Two columns of the same meaning cannot be told apart."""
    assert find_header([_row("目标任务", "牵头单位", "牵头部门")], Vocabulary()) is None


def test_title_above_the_header_is_no_part_of_it() -> None:
    """The header is found under a title; the title does not swallow it."""
    rows = [_row("任务表", "", ""), _row("总体要求", "目标任务", "牵头单位")]
    found = find_header(rows, Vocabulary())
    assert found is not None
    assert (found[0], found[1].depth) == (1, 1)


def test_unknown_key_of_headers_is_refused() -> None:
    """A key in params that names no field is a mistake to mend."""
    with pytest.raises(UsageError, match="实为“单位栏”"):
        Vocabulary({"单位栏": ["甲"]})


def test_normal_form() -> None:
    assert normal("Ｎｏ. １") == "NO.1"
