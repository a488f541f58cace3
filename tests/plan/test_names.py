"""Names of measures read like an official's: no verb that only leads to the figure."""

import pytest
from language.corpus import targets_of


@pytest.mark.parametrize(
    ("goal", "names"),
    [
        ("招商引资完成20亿元。", ["招商引资"]),
        ("土建完成30%。", ["土建"]),
        ("培育高新技术企业完成20家。", ["培育高新技术企业"]),
        ("平均住院日降低到7.8天。", ["平均住院日"]),
        ("审批时限缩短为8个工作日。", ["审批时限"]),
        ("库存规模减少到8万吨。", ["库存规模"]),
        ("工业投资完成20亿元，增长8%。", ["工业投资", "工业投资增长"]),
        ("碧道建设累计完成120公里，其中新建碧道完成10公里。", ["碧道建设", "新建碧道"]),
        # By how much something falls is its own quantity; what alone is named stays.
        ("单位GDP能耗下降3%。", ["单位GDP能耗下降"]),
        ("目标完成80%。", ["目标完成"]),
        ("镇街完成优才服务区建设18个。", ["镇街完成优才服务区建设"]),
        ("各镇街服务中心建成10个。", ["各镇街服务中心建成"]),
    ],
)
def test_a_name_has_no_verb_that_only_leads_to_its_figure(goal: str, names: list[str]) -> None:
    """完成 and 降低到 say that a figure is reached, not of what it is."""
    assert [target.measure for target in targets_of(goal)] == names


def test_a_step_is_named_as_the_goal_it_leads_to() -> None:
    """一季度完成5亿元 counts what the goal counts, under one name."""
    found = targets_of("招商引资20亿元。", "一季度，完成5亿元。二季度，累计完成10亿元。")
    assert {target.measure for target in found} == {"招商引资"}
