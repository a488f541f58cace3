"""Every figure of running prose is read, and what it is said of."""

import pytest

from reporting.language.said import Role, figures_said


def roles(text: str, quarter: int = 3, *units: str) -> list[tuple[str, str]]:
    """Return the figures of a text with their roles."""
    found = figures_said(text, 2023, quarter, units)
    return [(f"{item.value}{item.unit}", item.role.value) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("累计完成投资12.5亿元。", [("12.5亿元", "now")]),
        ("建成公园三十六个，造林两万零五百亩。", [("36个", "now"), ("20500亩", "now")]),
        ("漏损率由年初的9.2%降到7.8%。", [("9.2%", "other_time"), ("7.8%", "now")]),
        ("新增12家，其中民营7家、外资5家。", [("12家", "now"), ("7家", "part"), ("5家", "part")]),
        ("建成31座，另有6座在建。", [("31座", "now"), ("6座", "part")]),
        ("收入520亿元，同比增长5.1%。", [("520亿元", "now"), ("5.1%", "change")]),
        ("开工17所，比计划多2所。", [("17所", "now"), ("2所", "change")]),
        ("比上半年的8.9亿元增加6.6亿元。", [("8.9亿元", "last"), ("6.6亿元", "change")]),
        ("较去年同期的12亿元增长。", [("12亿元", "other_time")]),
        ("高于本季度80%的计划要求。", [("80%", "plan")]),
        ("完成计划180亿元的119%。", [("180亿元", "plan"), ("119%", "share")]),
        ("完成全年任务的52%。", [("52%", "share")]),
        ("下一步将建设30座。", [("30座", "hope")]),
        ("争取上级资金2.4亿元。", [("2.4亿元", "now")]),
        ("力争年内建成30座。", [("30座", "hope")]),
        ("K12+300段完成12.2公里，每餐12—15元。", [("12.2公里", "now")]),
        ("《方案（5年）》印发，“一件事”上线3项。", [("3项", "now")]),
    ],
)
def test_words_around_a_figure_tell_its_role(text: str, expected: list[tuple[str, str]]) -> None:
    """What stands now is told from parts, plans, hopes, changes and other times."""
    assert roles(text) == expected


def test_list_with_respectively_names_its_figures_in_order() -> None:
    """The names before 分别 go to the figures behind it, one by one."""
    found = figures_said("营业收入、利润总额分别为351亿元、27.2亿元。", 2023, 3)
    assert [(str(item.value), item.subject) for item in found] == [
        ("351", "营业收入"), ("27.2", "利润总额"),
    ]  # fmt: skip


def test_unit_that_a_plan_asks_in_is_known() -> None:
    """A unit of measure the tables never name is read where a target has it."""
    assert roles("数字化8030000页。", 3, "万页") == [("8030000页", "now")]


def test_words_are_quoted_as_typed() -> None:
    """Full-width digits and blanks stay in what is quoted."""
    found = figures_said("截至9月底，完成投资 １２.５ 亿元。", 2023, 3)
    assert [(item.words, item.role, str(item.value)) for item in found] == [
        ("完成投资 １２.５ 亿元", Role.NOW, "12.5")
    ]


def test_plan_in_brackets_is_of_what_stands_before_it() -> None:
    """Words of comparison name nothing, so that the figure before tells what is planned."""
    found = figures_said("“招引活动”实际为1场（第二季度末计划不少于1场）。", 2023, 2)
    assert [(item.role, item.subject) for item in found] == [
        (Role.NOW, "招引活动"), (Role.PLAN, "招引活动"),
    ]  # fmt: skip
