"""A text that is shortened says less, and nothing else: figures and quotations are kept whole."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.language.clip import ELLIPSIS, clip
from reporting.plan.read import read_plan
from reporting.project.params import read_params
from reporting.project.roots import find_root
from reporting.returns.reading.read import read_returns

OPEN, CLOSE = "“‘（(《〈「【〔", "”’）)》〉」】〕"


def is_sound(text: str, longest: int) -> bool:
    """Tell whether a clip breaks nothing: no figure at its end, no mark left open by it."""
    short = clip(text, longest)
    if short == text:
        return True
    body, _, closers = short.rpartition(ELLIPSIS)
    whole = text.startswith(body) and set(closers) <= set(CLOSE)
    cut_figure = bool(body) and (body[-1].isdigit() or body[-1] in OPEN)
    opened = [short.count(a) - short.count(b) for a, b in zip(OPEN, CLOSE, strict=True)]
    before = [text.count(a) - text.count(b) for a, b in zip(OPEN, CLOSE, strict=True)]
    left_open = any(now > max(0, was) for now, was in zip(opened, before, strict=True))
    return whole and not cut_figure and not left_open and len(body) <= longest


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("完成土地整备5000亩，涉及13个镇街", 9, "完成土地整备……"),
        ("完成土地整备5000亩，涉及13个镇街", 10, "完成土地整备……"),
        ("完成土地整备5000亩，涉及13个镇街", 11, "完成土地整备5000亩……"),
        ("全年完成投资1,530.5亿元以上", 10, "全年完成投资……"),
        ("新增产值15万平方米厂房", 6, "新增产值……"),
        ("总体合格率98%以上", 8, "总体合格率……"),
        ("推动“莞邑启航 逐梦湾区”行动", 8, "推动“莞邑启航……”"),
        ("持续推进平台建设，办好“莞邑启航”活动", 14, "持续推进平台建设，办好……"),
        ("（一）甲、乙、丙、丁", 7, "（一）甲、乙……"),
        ("短句。", 3, "短句。"),
        ("办好《“书香》”活动周", 6, "办好《“书香……”》"),
        ("000《“》”", 6, "……"),
    ],
)
def test_text_is_cut_where_nothing_breaks(text: str, longest: int, short: str) -> None:
    """A figure goes with its unit of measure or not at all; a quotation is closed or left out."""
    assert clip(text, longest) == short
    assert is_sound(text, longest)


@pytest.mark.long
def test_no_clip_of_any_text_of_the_year_ends_in_a_figure_or_an_open_mark() -> None:
    """Of the table and of the demonstration returns, at every length that pages use."""
    root = find_root(Path(__file__).parent)
    params = read_params(root, 2023)
    plan = read_plan(root, params)
    texts = {task.goal for task in plan.tasks} | {task.schedule for task in plan.tasks}
    texts |= {target.measure for target in plan.targets}
    for quarter in (1, 2, 3, 4):
        rows = read_returns(root, params, plan, quarter).rows
        texts |= {text for row in rows for text in (row.progress, row.problem, row.cause)}
    lines = {" ".join(text.split()) for text in texts}
    assert len(lines) > 1000
    lengths = (22, 30, 34, 42, 60, 90, 120)
    wrong = [(n, clip(text, n)) for text in lines for n in lengths if not is_sound(text, n)]
    assert wrong == []
    assert not any(re.search(r"[\d“（《]……", clip(t, n)) for t in lines for n in lengths)


@given(
    st.text(alphabet="投资完成5000亩1.2万%，。；、“”（）《》 a", max_size=60), st.integers(3, 40)
)
def test_no_clip_of_any_text_breaks_a_figure_or_a_quotation(text: str, longest: int) -> None:
    """Whatever is typed."""
    assert is_sound(text, longest)
