"""How much of some works is done, as against rates and what rises or falls by a share."""

import pytest

from reporting.language.lexicon import using
from reporting.language.quantities import find_quantities
from reporting.language.shares import share_done


def shares(text: str) -> list[str | None]:
    """Read every figure of a text as a share of works."""
    return [share_done(text, quantity) for quantity in find_quantities(text, 2023)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("土建完成30%，设备安装60%。", ["so far", "so far"]),
        ("完成基础施工80%、组塔60%。", ["so far", "so far"]),
        ("完成项目文档输出以及项目80%以上开发任务。", ["so far"]),
        ("青少年服务中心100%建成。", ["so far"]),
        ("再完成20%。", ["in quarter"]),
        ("覆盖率完成80%。", [None]),
        ("完成产值增长5%。", [None]),
        ("完成增长目标5%。", [None]),
        ("完成镇街60%城管执法力量下沉街巷。", [None]),
        ("34%以上建成区面积达到要求。", [None]),
        ("完成土建30公里。", [None]),
    ],
)
def test_share_of_works(text: str, read: list[str | None]) -> None:
    """What is done of works, in the words of tables; all else is none."""
    assert shares(text) == read


def test_works_of_an_office() -> None:
    """An office names works of its own; until then a bare share of them is a state."""
    assert shares("幕墙30%。") == [None]
    with using({"幕墙": {"class": "works"}}):
        assert shares("幕墙30%。") == ["so far"]
