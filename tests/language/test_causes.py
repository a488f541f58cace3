"""Causes of delay are classed by their words, never by a guess."""

import pytest

from reporting.errors import InputRefused
from reporting.language.causes import Matter, matters
from reporting.language.lexicon import using


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("用地涉及权属核查和规划调整，审批环节较多。", ["用地", "审批"]),
        ("项目单位付款周期较长。", ["资金"]),
        ("第一次公开招标流标。", ["招标"]),
        ("市场需求恢复不及预期，企业决策周期延长。", ["企业意愿"]),
        ("企业参与申报的意愿不高。", ["企业意愿"]),
        ("资金已到位，但施工许可未取得。", ["审批"]),
        ("不存在资金问题，施工队伍不足。", ["其他"]),
        ("涉及单位较多，前期统筹不够。", ["其他"]),
        ("群众意愿不统一。", ["其他"]),
        (" ", []),
    ],
)
def test_cause_is_classed_by_what_it_names(words: str, named: list[str]) -> None:
    """Several matters count each; what is settled, or what no word tells, counts under none."""
    assert [str(one) for one in matters(words)] == named


def test_office_adds_words_of_its_own() -> None:
    """A word of params is classed as they say; one without its class is refused."""
    with using({"用林": {"class": "cause", "matter": "用地"}}):
        assert matters("用林未批。") == (Matter.LAND,)
    assert matters("用林未批。") == (Matter.OTHER,)
    with (
        pytest.raises(InputRefused, match=r"“用林”的.*应为词表所用的值，实为：class: cause"),
        using({"用林": {"class": "cause"}}),
    ):
        pass
