"""Bands and grades of an office: what they come to, at the thresholds, and what is refused."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reporting.grades import USUAL_SCALE, Grade, Kind, Scale
from reporting.project.colours import LEAST_CONTRAST, contrast
from reporting.project.rating import RatingRule

GOOD, BAD, WORST = (kind.value for kind in (Kind.ON_SCHEDULE, Kind.BEHIND, Kind.FAR_BEHIND))
COLOURS = ("#00603f", "#8a4b00", "#8f3b00", "#5e2f75", "#a3160f")


def band(name: str, kind: str, up_to: float | None = None, **more: str) -> dict[str, Any]:
    """Write a band as YAML gives it."""
    return {"name": name, "counts_as": kind} | more | ({} if up_to is None else {"up_to": up_to})


def rule(*limits: float, kinds: tuple[str, ...], **more: Any) -> RatingRule:
    """Make a rule of bands 甲, 乙 …; the last has no limit."""
    bands = [
        {"name": name, "counts_as": kind, "colour": colour}
        | ({} if limit is None else {"up_to": limit})
        for name, kind, colour, limit in zip(
            "甲乙丙丁戊", kinds, COLOURS, (*limits, None), strict=False
        )
    ]
    return RatingRule.model_validate({"bands": bands} | more)


RULES = {
    2: rule(10, kinds=(GOOD, WORST)),
    3: rule(10, 30, kinds=(GOOD, BAD, WORST)),
    4: rule(0, 10.5, 30, kinds=(GOOD, BAD, BAD, WORST)),
    5: rule(0, 5, 10, 30, kinds=(GOOD, GOOD, BAD, BAD, WORST)),
}


@pytest.mark.parametrize("count", RULES)
def test_a_gap_at_the_limit_is_of_the_better_band(count: int) -> None:
    scale = RULES[count].scale
    for before, after in pairwise(scale.bands):
        assert before.up_to is not None
        assert scale.of_gap(before.up_to) == before.grade
        assert scale.of_gap(before.up_to + Decimal("1e-20")) == after.grade


@given(st.sampled_from(list(RULES)), st.decimals(0, 1000, allow_nan=False))
def test_every_gap_has_the_band_that_its_limits_say(count: int, gap: Decimal) -> None:
    scale = RULES[count].scale
    passed = [band for band in scale.bands if band.up_to is not None and gap > band.up_to]
    assert scale.of_gap(gap) == scale.bands[len(passed)].grade


@given(st.sampled_from(list(RULES)), st.lists(st.decimals(0, 100), min_size=2, max_size=2))
def test_a_greater_gap_never_weighs_less(count: int, gaps: list[Decimal]) -> None:
    scale = RULES[count].scale
    small, great = (scale.of_gap(gap) for gap in sorted(gaps))
    assert great.weight <= small.weight
    assert great.order >= small.order


def test_without_bands_the_scale_is_the_usual_one() -> None:
    assert RatingRule().scale == USUAL_SCALE
    assert all(
        one is other
        for one, other in zip(RatingRule().scale.grades, USUAL_SCALE.grades, strict=True)
    )


def test_the_usual_limits_stand() -> None:
    scale = RatingRule(tolerance=2.5, far_behind=20).scale
    assert [str(scale.of_gap(Decimal(gap))) for gap in ("2.5", "2.51", "20", "20.01")] == [
        GOOD, BAD, BAD, WORST,
    ]  # fmt: skip


def test_grades_of_one_kind_are_told_apart() -> None:
    scale = RULES[4].scale
    better, worse = scale.of((Kind.BEHIND,))
    assert better != worse
    assert worse.weight < better.weight
    assert better.key == "behind"
    assert worse.key == "behind_2"
    assert len({grade.style.shape for grade in scale.grades}) == len(scale.grades)


def test_own_words_are_understood_and_doubtful_ones_are_not() -> None:
    scale = RULES[4].scale
    assert scale.parse("丙。") == scale.grades[3]
    assert scale.parse("未达序时进度") is None
    assert str(scale.parse("严重滞后")) == "丁"
    assert RULES[2].scale.parse("滞后") is None


def test_other_grades_are_renamed_and_keep_what_is_not_said() -> None:
    own = RatingRule.model_validate({"grades": {"已完成": {"name": "办妥", "colour": "#004080"}}})
    done = own.scale[Kind.DONE]
    assert (done.word, done.short, done.style.shape) == ("办妥", "办妥", "●")
    assert done.style.colour == "#004080"
    assert contrast(done.style.colour, done.style.tint) >= LEAST_CONTRAST
    assert own.scale.grades[1] == Grade.ON_SCHEDULE


def test_a_scale_travels_as_text() -> None:
    scale = RULES[5].scale
    again = Scale.model_validate_json(scale.model_dump_json())
    assert again == scale
    assert [grade.style for grade in again.grades] == [grade.style for grade in scale.grades]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"bands": [band("绿", GOOD)]}, "至少应有两档，实为1档"),
        ({"bands": [band("绿", GOOD), band("红", WORST)]}, "“绿”缺 up_to"),
        ({"bands": [band("绿", GOOD, 1), band("红", WORST, 9)]}, "最后一档“红”不写 up_to"),
        (
            {"bands": [band("绿", GOOD, 9), band("黄", BAD, 9), band("红", WORST)]},
            "“黄”的 up_to 应大于前一档“绿”的9，实为9",
        ),
        ({"bands": [band("绿", GOOD, 1), band("绿", WORST)]}, "名称均为“绿”"),
        ({"bands": [band("红", WORST, 1), band("绿", GOOD)]}, "counts_as 不能更好"),
        ({"bands": [band("绿", BAD, 1), band("红", WORST)]}, "counts_as 应为达到序时进度"),
        ({"bands": [band("绿", GOOD, 1), band("红", GOOD)]}, "不能为达到序时进度"),
        ({"bands": [band("绿", "未启动", 1), band("红", WORST)]}, "应为达到序时进度、"),
        ({"bands": [band("绿", "好", 1), band("红", WORST)]}, "实为“好”"),
        ({"bands": [band("绿", GOOD, 1, shape="●"), band("红", WORST, shape="●")]}, "图形均为“●”"),
        ({"bands": [band("绿", GOOD, 1, colour="#7fdd7f"), band("红", WORST)]}, "看不清"),
        ({"bands": [band("绿", GOOD, 1, colour="green"), band("红", WORST)]}, "六位十六进制"),
        ({"tolerance": 3, "bands": [band("绿", GOOD, 1), band("红", WORST)]}, "不再写 tolerance"),
        ({"grades": {"完成啦": {"name": "办妥"}}}, "实为“完成啦”"),
        (
            {"bands": [band("绿", GOOD, 1), band("红", WORST)], "grades": {GOOD: {"name": "好"}}},
            "已由 bands 分档",
        ),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_in_one_sentence(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        RatingRule.model_validate(given)
    assert said in str(raised.value)
