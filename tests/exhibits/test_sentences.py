"""Sentences for none, one and many."""

from decimal import Decimal

import pytest
from assess.rating_samples import UNIT, milestone, plan, rated, returns, roll, row, task

from reporting.assess.rollups import total
from reporting.assess.slices import slice_for
from reporting.assess.values import (
    Assessment,
    ReturnState,
    ReturnStatus,
    Subject,
    SubjectKind,
)
from reporting.documents.plain_text import to_text
from reporting.exhibits import sentences, show
from reporting.grades import Grade
from reporting.language.numerals import figure, percent, points, rounded, short_of
from reporting.plan.values import SupportingUnit


def city_of(number: int) -> Assessment:
    numbers = range(1, number + 1)
    rows = [row(task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01") for n in numbers]
    return rated(plan([task(n) for n in numbers], [milestone(n) for n in numbers]), returns(rows))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "第一季度，全市共有任务0项。"),
        ({"BEHIND": 1}, "第一季度，全市共有任务1项，核定为“未达序时进度”。"),
        ({"DONE": 4}, "第一季度，全市共有任务4项，均核定为“已完成”。"),
        (
            {"DONE": 1, "BEHIND": 2},
            "第一季度，全市共有任务3项，其中达序1项（“已完成”1项），占33.3%；未达序2项（“未达序时进度”2项）。",
        ),
        ({"nothing_due": 1}, "第一季度，全市共有任务1项，属“本季度无到期事项”。"),
        (
            {"nothing_due": 2, "finished": 1},
            "第一季度，全市共有任务2项，均属“本季度无到期事项”（含此前已完成的1项）。",
        ),
        (
            {"nothing_due": 1, "BEHIND": 1},
            "第一季度，全市共有任务2项，其中属“本季度无到期事项”的1项，单列统计；"
            "其余1项，核定为“未达序时进度”。",
        ),
        (
            {"nothing_due": 5, "finished": 2, "DONE": 1, "BEHIND": 2},
            "第一季度，全市共有任务8项，其中属“本季度无到期事项”的5项（含此前已完成的2项），"
            "单列统计；其余3项中，达序1项（“已完成”1项），占33.3%；未达序2项（“未达序时进度”2项）。",
        ),
    ],
)
def test_counts_sentence(counts: dict[str, int], sentence: str) -> None:
    """No task, one, all of one grade, and a mixture each read as they should."""
    assert sentences.counts_sentence(city_of(1), roll(**counts)) == sentence


def test_counts_sentence_of_real_ratings() -> None:
    """A city of two equal tasks is said in one clause."""
    city = city_of(2)
    assert sentences.counts_sentence(city, total(city)) == (
        "第一季度，全市共有任务2项，均核定为“达到序时进度”。"
    )


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(5, 3, "较上季度增加2项"), (3, 5, "较上季度减少2项"), (0, 0, "与上季度持平")],
)
def test_change(now: int, before: int, words: str) -> None:
    """More, fewer and the same."""
    assert sentences.change(now, before) == words


def test_counts_sentence_names_who_has_most_of_what_is_late() -> None:
    """Units with more than one, most first, no one in place of another; of few tasks nobody."""
    owners = "甲甲甲乙乙丙丁"
    city = _late(owners)
    assert sentences.counts_sentence(city, total(city)).endswith("集中在甲3项、乙2项。")
    even = _late("甲甲乙乙丙丙丁丁")
    assert "集中" not in sentences.counts_sentence(even, total(even))
    few = _late("甲甲乙")
    assert sentences.counts_sentence(few, total(few)).endswith("均核定为“未达序时进度”。")
    spread = _late("甲甲甲乙丙丁戊己庚")
    assert sentences.counts_sentence(spread, total(spread)).endswith("，较多的是甲3项。")


def _late(owners: str) -> Assessment:
    numbers = range(1, len(owners) + 1)
    rows = [
        row(
            Grade.BEHIND, f"推进缓慢，办了{n}项。", unit=owners[n - 1],
            task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01",
        )
        for n in numbers
    ]  # fmt: skip
    tasks = [task(n, units=(owners[n - 1],)) for n in numbers]
    return rated(plan(tasks, [milestone(n) for n in numbers]), returns(rows))


def test_progress_sentence_is_of_what_is_due() -> None:
    """What has nothing due is counted with neither."""
    now = roll(nothing_due=6, ON_SCHEDULE=1, BEHIND=3)
    assert sentences.progress_sentence(now, now) == "达序任务与上季度持平。"
    before = roll(DONE=1, ON_SCHEDULE=1, BEHIND=2)
    assert sentences.progress_sentence(now, before) == "达序任务较上季度减少1项。"


def status(state: ReturnState, unit: str = "市商务局") -> ReturnStatus:
    return ReturnStatus(unit=unit, quarter=1, state=state)


def test_returns_sentence() -> None:
    """All on time is one clause; otherwise each state has its count, none of none."""
    on_time = status(ReturnState.ON_TIME)
    assert sentences.returns_sentence([on_time] * 2) == "应报送的2个牵头单位均按时报送。"
    assert sentences.returns_sentence([on_time, status(ReturnState.MISSING)]) == (
        "应报送的2个牵头单位中，按时报送的1个，未报送的1个。"
    )
    assert sentences.returns_sentence([on_time], "市商务局") == "市商务局本季度报表：按时报送。"


def test_returns_sentence_counts_no_zero() -> None:
    """Where no unit was on time the sentence says so and gives no count of none."""
    late, missing = status(ReturnState.LATE), status(ReturnState.MISSING)
    assert sentences.returns_sentence([late] * 3) == "应报送的3个牵头单位均未按时报送。"
    assert sentences.returns_sentence([missing] * 2) == "应报送的2个牵头单位均未报送。"
    assert sentences.returns_sentence([late]) == "应报送的1个牵头单位未按时报送。"
    assert sentences.returns_sentence([late, late, missing]) == (
        "应报送的3个牵头单位均未按时按要求报送，其中报送材料不及时的2个，未报送的1个。"
    )
    assert (
        sentences.returns_sentence([status(ReturnState.ON_TIME)]) == "应报送的1个牵头单位按时报送。"
    )


def test_sentences_about_nothing() -> None:
    """Nothing to follow up and nothing to project are said, not left out."""
    assert sentences.followup_sentence([]) == "上季度没有需要跟踪的任务。"
    assert sentences.outlook_sentence([]) == "本季度没有可以推算全年完成情况的累计指标。"
    assert sentences.movement_sentence([]) == ""
    assert sentences.disagreement_sentence([]) == ""


def test_figures_follow_the_standard() -> None:
    """No needless zeros or exponents, half away from zero, 百分点 and % written out."""
    assert figure(Decimal("1E+3")) == "1000"
    assert figure(Decimal("0.50")) == "0.5"
    assert figure(Decimal("-0")) == "0"
    assert rounded(Decimal("0.25")) == Decimal("0.3")
    assert percent(1, 8) == "12.5%"
    assert percent(1, 0) == "—"
    assert [percent(n, 100000) for n in (99940, 99960, 99999, 100000)] == [
        "99.9%", "99.96%", "99.99%", "100.0%",
    ]  # fmt: skip
    assert points(Decimal("12.50")) == "12.5个百分点"
    assert [short_of(Decimal(n)) for n in ("0", "0.04", "30", "30.04", "54.84")] == [
        "0.0", "0.04", "30.0", "30.04", "54.8",
    ]  # fmt: skip
    assert sentences.amount(Decimal("3.14159")) == "3.14"
    assert sentences.amount(None) == "—"


def test_clipped_keeps_whole_clauses() -> None:
    """A goal is cut at its first sentence, or marked as cut."""
    assert sentences.clipped("推进一事。再推进一事。") == "推进一事"
    assert sentences.clipped("甲" * 50, 10) == "甲" * 10 + "……"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Grade.FAR_BEHIND, "上季度为“严重滞后”，有所好转"),
        (Grade.ON_SCHEDULE, "上季度为“达到序时进度”，有所下滑"),
        (Grade.PAUSED, "上季度为“暂缓或调整”"),
        (Grade.NOT_REPORTED, "上季度为“未报送”"),
        (Grade.BEHIND, "与上季度相同，均为“未达序时进度”"),
    ],
)
def test_card_says_of_last_quarter_what_the_list_of_open_points_says(
    before: Grade, words: str
) -> None:
    """What cannot be compared is called neither better nor worse."""
    rating = rated(plan(), returns([row(Grade.BEHIND, "场地未落实。")])).task_ratings()[0]
    assert sentences.previous_words(rating.model_copy(update={"previous": before})) == words


def test_sentence_names_the_group_or_what_is_supported() -> None:
    """A supporting unit's report counts what it supports, and rates nothing."""
    support = (SupportingUnit(unit="市财政局"),)
    city = rated(plan([task(1, supporting_units=support)], [milestone(1)]), returns([row()]))
    group = Subject(kind=SubjectKind.GROUP, name="消费提振行动", column="action")
    helper = Subject(kind=SubjectKind.SUPPORTING, name="市财政局")
    said = [
        sentences.counts_sentence(own, total(own))
        for own in (slice_for(city, group), slice_for(city, helper))
    ]
    assert said == [
        "第一季度，“消费提振行动”共有任务1项，核定为“达到序时进度”。",
        "第一季度，市财政局协助任务1项，进展情况由牵头单位报送。",
    ]


def test_group_counts_of_a_unit_only_what_is_in_it() -> None:
    """Of a unit that did not report: the tasks of the group, and it is said so."""
    others = [task(2, action="别的行动"), task(3, action="别的行动")]
    city = rated(plan([task(1), *others], [milestone(1)]), returns([], missing=[UNIT]))
    group = Subject(kind=SubjectKind.GROUP, name="消费提振行动", column="action")
    said = to_text(show.return_states(slice_for(city, group)).blocks)
    assert "所涉任务（项）" in said
    assert "注：所涉任务和所涉错误只计“消费提振行动”的任务。" in said
    own = to_text(show.task_table(slice_for(city, group)).blocks)
    assert "目标1" in own
    assert "目标2" not in own
