"""Titles of sections and annexes."""

import pytest

from reporting.language.titles import annex_title, promises


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("新增就业5000人", True),
        ("完成投资20亿元。", True),
        ("（一）新增城镇就业5万人", True),
        ("改造老旧小区30个", True),
        ("一、抓好10件民生实事", False),
        ("二、产业强县（2项）", False),
        ("社会事业（共12项）", False),
        ("第一章 产业", False),
        ("民生福祉", False),
    ],
)
def test_title_that_promises_a_quantity(text: str, promised: bool) -> None:
    """A count of the tasks below is no promise; any other quantity is."""
    assert promises(text) is promised


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("附件2：民生实事任务表", "民生实事任务表"),
        ("附件 1", ""),
        ("附表二、重点项目", "重点项目"),
        ("附件：任务表", "任务表"),
        ("任务表（附件）", None),
    ],
)
def test_title_of_an_annex(text: str, title: str | None) -> None:
    """What stands behind 附件 and its number."""
    assert annex_title(text) == title
