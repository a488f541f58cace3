"""Verbs and measures: which way is better, how surely, and by which rule."""

import pytest

from reporting.language.acts import Act, act_before, better_of, judge
from reporting.language.comparators import Certainty, Comparator, Direction


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("PM2.5浓度降至", Act("降", "down", True)),
        ("单位GDP能耗下降了", Act("下降", "down", False)),
        ("覆盖率提升到约", Act("提升", "up", True)),
        ("间距调整至", Act("调整", None, True)),
        ("培训教师", None),
        ("7月至", None),
        ("截至", None),
    ],
)
def test_verb_before_a_figure(words: str, act: Act | None) -> None:
    """A verb is known by the lexicon, or at least by the 至 behind it."""
    assert act_before(words) == act


@pytest.mark.parametrize(
    ("words", "better"),
    [
        ("供水管网漏损率", "lower"),
        ("能耗在线监测平台", None),
        ("低成本、快供给的产业空间", None),
        ("积案翻篇", "none"),
        ("热线诉求量", "none"),
        ("森林覆盖率", None),
    ],
)
def test_measure_says_which_way(words: str, better: str | None) -> None:
    """A measure counts only where it is what is measured."""
    assert better_of(words, "") == better


@pytest.mark.parametrize(
    ("words", "comparator", "mark", "expected"),
    [
        ("PM2.5浓度降至", "=", "", ("lower", "stated", "falls-to", "<=")),
        ("单位能耗下降", "=", "", ("higher", "stated", "falls-by", "=")),
        ("PM2.5浓度降至", ">=", "不低于", ("lower", "uncertain", "falls-to-at-least", ">=")),
        ("链主企业", "<=", "不超过", ("lower", "stated", "at-most", "<=")),
        ("失业率", "=", "", ("lower", "inferred", "low-measure", "<=")),
        ("失业率", ">=", "达到", ("lower", "inferred", "low-measure", "<=")),
        ("失业率", ">=", "不低于", ("lower", "uncertain", "low-measure-at-least", ">=")),
        ("失业率提高", "=", "", ("higher", "uncertain", "rises-though-lower", "=")),
        ("间距调整至", "=", "", ("higher", "uncertain", "unknown-verb", "=")),
        ("审批时限", "=", "", ("higher", "uncertain", "share-of-a-time", "=")),
        ("覆盖率", ">=", "达到", ("higher", "stated", "at-least", ">=")),
        ("热线诉求量", "=", "", ("higher", "uncertain", "open-measure", "=")),
        ("签约率", "=", "", ("higher", "inferred", "state", "=")),
    ],
)
def test_judgement(words: str, comparator: str, mark: str, expected: tuple[str, ...]) -> None:
    """Verb, word of comparison and measure decide, in this order; else it is uncertain."""
    judged = judge(words, "", "", Comparator(comparator), mark, unit="%", level=True)
    direction, certainty, rule, compared = expected
    assert judged == (Direction(direction), Certainty(certainty), rule, Comparator(compared))
