"""Old and new words: what differs stands out, what is the same is cut down."""

import pytest

from reporting.documents.blocks import Strong
from reporting.exhibits.building import Cell
from reporting.exhibits.editions.words import marked


def shown(side: Cell) -> str:
    """Write a side with brackets around what is marked."""
    return "".join(f"[{part.text}]" if isinstance(part, Strong) else part for part in side)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("60家", "100家", "[60]家", "[100]家"),
        ("完成3.5亿元。", "完成35亿元。", "完成[3.5]亿元。", "完成[35]亿元。"),
        ("新建10个。", "新建10个，验收。", "新建10个。", "新建10个[，验收]。"),
        ("", "60家", "（空）", "60家"),
        ("缺地", "资金到位", "缺地", "资金到位"),
        ("甲乙丙村已开工", "丁乙戊村已开工", "[甲乙丙]村已开工", "[丁乙戊]村已开工"),
    ],
)  # fmt: skip
def test_what_differs_is_marked(old: str, new: str, before: str, after: str) -> None:
    """A figure is marked whole, and texts with nothing in common not at all."""
    assert tuple(map(shown, marked(old, new))) == (before, after)


def test_long_text_is_cut_down_to_what_differs() -> None:
    """One changed quarter of four shows itself and a few words around, not the others."""
    quarters = [f"{name}季度，累计新建服务站{n}0个并完成年度计划的一部分任务。"
                for n, name in enumerate("一二三四", 1)]  # fmt: skip
    old = "".join(quarters)
    new = old.replace("30个", "35个")
    before, after = map(shown, marked(old, new))
    assert before == "……任务。三季度，累计新建服务站[30]个并完成年度计划的一部分任务……"
    assert after == before.replace("[30]", "[35]")
