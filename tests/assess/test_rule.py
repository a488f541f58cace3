"""The rating rule: its limits, its clauses, and what wins over what."""

import re
from decimal import Decimal
from typing import Any

import pytest

from assess.rating_samples import (
    OTHER,
    UNIT,
    milestone,
    params,
    plan,
    rated,
    returns,
    row,
    target,
    task,
)
from reporting.assess.rating.rule import clauses, differs, moved
from reporting.assess.rollups import total
from reporting.assess.values import Rating
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, Target
from reporting.project.rating import RatingRule
from reporting.returns.rules import RULES, finding

TARGET = "2023-001-T01"
MILESTONE = "2023-001-01"
TASK = "2023-001"


def rate(
    a_target: Target, actual: str | None, claimed: Grade | None = Grade.ON_SCHEDULE
) -> tuple[Rating, Rating]:
    """Rate one target and its milestone."""
    assessment = rated(
        plan(targets=[a_target]), returns([row(claimed, actuals={a_target.target_id: actual})])
    )
    found = assessment.rating(TARGET, unit=UNIT), assessment.rating(MILESTONE, unit=UNIT)
    assert found[0] is not None
    assert found[1] is not None
    return found[0], found[1]


@pytest.mark.parametrize(
    ("actual", "gap", "grade", "code"),
    [
        ("100", "0.00", Grade.ON_SCHEDULE, "R4"),
        ("130", "0.00", Grade.ON_SCHEDULE, "R4"),
        ("99.999", "0.001", Grade.BEHIND, "R5"),
        ("90", "10.00", Grade.BEHIND, "R5"),
        ("70", "30.00", Grade.BEHIND, "R5"),
        ("69.99", "30.01", Grade.FAR_BEHIND, "R6"),
        ("69.9999", "30.0001", Grade.FAR_BEHIND, "R6"),
        ("0", "100.00", Grade.FAR_BEHIND, "R6"),
    ],
)
def test_gap_at_the_limits(actual: str, gap: str, grade: Grade, code: str) -> None:
    """Every gap has a grade; limits belong to the better side."""
    found, _ = rate(target(), actual)
    assert (found.grade, found.rule, found.gap) == (grade, code, Decimal(gap))


def test_tolerance_belongs_to_on_schedule() -> None:
    """A gap of exactly the tolerance is on schedule, one above it behind."""
    for actual, grade in (("95", Grade.ON_SCHEDULE), ("94.99", Grade.BEHIND)):
        assessment = rated(
            plan(targets=[target()]), returns([row(actuals={TARGET: actual})]), tolerance=5
        )
        found = assessment.rating(TARGET, unit=UNIT)
        assert found is not None
        assert found.grade is grade


def test_limits_are_what_is_printed() -> None:
    """0.3 is three tenths, not the binary fraction a little below."""
    cases: list[tuple[dict[str, float], str, Grade]] = [
        ({"tolerance": 0.3}, "99.7", Grade.ON_SCHEDULE),
        ({"tolerance": 0.3}, "99.69", Grade.BEHIND),
        ({"far_behind": 0.3}, "99.7", Grade.BEHIND),
        ({"far_behind": 0.3}, "99.69", Grade.FAR_BEHIND),
    ]
    for limits, actual, grade in cases:
        assessment = rated(
            plan(targets=[target()]), returns([row(actuals={TARGET: actual})]), **limits
        )
        found = assessment.rating(TARGET, unit=UNIT)
        assert found is not None
        assert found.grade is grade


@pytest.mark.parametrize(
    ("fields", "actual", "gap", "grade"),
    [
        ({"unit": "%", "value": Decimal(95)}, "85", "10.00", Grade.BEHIND),
        ({"unit": "%", "value": Decimal(95)}, "64.9", "30.10", Grade.FAR_BEHIND),
        ({"comparator": Comparator.AT_MOST}, "100", "0.00", Grade.ON_SCHEDULE),
        ({"comparator": Comparator.AT_MOST}, "110", "10.00", Grade.BEHIND),
        ({"comparator": Comparator.AT_MOST, "value": Decimal(0)}, "1", "100.00", Grade.FAR_BEHIND),
        ({"value": Decimal(0)}, "0", "0.00", Grade.ON_SCHEDULE),
        (
            {"comparator": Comparator.RANGE, "value": Decimal(2), "value_high": Decimal(3)},
            "2", "0.00", Grade.ON_SCHEDULE,
        ),
        (
            {"comparator": Comparator.RANGE, "value": Decimal(2), "value_high": Decimal(3)},
            "4", "0.00", Grade.ON_SCHEDULE,
        ),
        (
            {"comparator": Comparator.RANGE, "value": Decimal(2), "value_high": Decimal(3)},
            "1", "50.00", Grade.FAR_BEHIND,
        ),
        ({"quarter": 1, "comparator": Comparator.MORE_THAN}, "100", "0.00", Grade.ON_SCHEDULE),
    ],
)  # fmt: skip
def test_gap_of_other_comparators(
    fields: dict[str, Any], actual: str, gap: str, grade: Grade
) -> None:
    """Percentages compare directly, upper limits are mirrored, ranges count from below."""
    found, _ = rate(target(**fields), actual)
    assert (found.grade, found.gap) == (grade, Decimal(gap))


def test_limit_is_gone_beyond() -> None:
    """Of a limit nothing is missing: the reason says that it was passed, and by how much."""
    found, _ = rate(target("5", comparator=Comparator.AT_MOST, measure="事故", unit="起"), "6")
    assert found.reason == "事故计划不多于5起，实际6起，超出20.0个百分点。"


def test_plan_below_nothing_has_no_rate() -> None:
    """A loss of 6 where 5 were planned is no 120%."""
    found, _ = rate(target("-5", unit="亿元"), "-6")
    assert found.reason == "新增企业计划-5亿元，实际-6亿元，差20.0个百分点。"


def test_year_target_reached_is_done() -> None:
    """The year's own value is done when reached; a quarter's own amount is not the year's."""
    last = milestone(quarters=(4,))
    for basis, grade in ((Basis.CUMULATIVE, Grade.DONE), (Basis.IN_QUARTER, Grade.ON_SCHEDULE)):
        year = target(quarter=4, basis=basis)
        rounds = [returns([row(quarter=4, actuals={TARGET: "100"})], quarter=4)]
        found = rated(plan(milestones=[last], targets=[year]), *rounds).rating(TARGET, unit=UNIT)
        assert found is not None
        assert found.grade is grade


def test_annual_target_is_not_judged_before_it_is_due() -> None:
    """A goal of the year held against the third quarter's actual is no lag."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    third = row(quarter=3, actuals={TARGET: "600"})
    assessment = rated(
        plan(milestones=[milestone(quarters=(3,))], targets=[goal]), returns([third], quarter=3)
    )
    assert assessment.rating(TARGET, unit=UNIT) is None
    found = assessment.rating(TASK)
    assert found is not None
    assert found.grade == Grade.ON_SCHEDULE


@pytest.mark.parametrize(
    ("actual", "grade"), [("1010", Grade.DONE), ("800", Grade.BEHIND), (None, Grade.UNDECIDED)]
)
def test_goal_that_falls_due_after_the_schedule_ended_is_asked_for(
    actual: str | None, grade: Grade
) -> None:
    """A goal of the year whose schedule ends in the third quarter is judged in the fourth."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    a_plan = plan(milestones=[milestone(quarters=(3,))], targets=[goal])
    third = row(Grade.DONE, "已完成。", quarter=3)
    last = row(Grade.DONE, "已完成。", quarter=4, milestone_id=TASK, actuals={TARGET: actual})
    found = rated(a_plan, returns([third], 3), returns([last], 4)).rating(TASK, unit=UNIT)
    assert found is not None
    assert found.grade is grade


def test_task_done_for_now_with_a_goal_still_due_is_on_schedule() -> None:
    """The schedule is over and all of it done, but the goal falls due at the year's end."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    third = row(Grade.DONE, "已完成。", quarter=3)
    for targets, grade, code in (([goal], Grade.ON_SCHEDULE, "R11"), ([], Grade.DONE, "R8")):
        a_plan = plan(milestones=[milestone(quarters=(3,))], targets=targets)
        found = rated(a_plan, returns([third], 3)).rating(TASK, unit=UNIT)
        assert found is not None
        assert (found.grade, found.rule) == (grade, code)


def test_goal_without_a_figure_is_not_asked_for_again() -> None:
    """Where the schedule is over and nothing falls due, the last rating stands."""
    a_plan = plan(milestones=[milestone(quarters=(3,))])
    third = row(Grade.BEHIND, "场地未落实。", quarter=3)
    found = rated(a_plan, returns([third], 3), returns([], 4)).rating(TASK)
    assert found is not None
    assert (found.grade, found.rule) == (Grade.BEHIND, "R12")
    assert found.reason == "本季度没有到期或者在办事项，沿用第三季度的核定结果。"


def test_step_that_falls_due_later_is_judged_then() -> None:
    """A step said in the first quarter with a figure for December: a part of the task then."""
    later = target("2", quarter=4)
    a_plan = plan(milestones=[milestone(), milestone(part=2, quarters=(4,))], targets=[later])
    last = row(Grade.DONE, "已完成。", quarter=4, milestone_id="2023-001-02", actuals={TARGET: "1"})
    assessment = rated(a_plan, returns([row()]), returns([last], 4))
    found = assessment.rating(TARGET, unit=UNIT)
    assert found is not None
    assert found.actual == 1
    whole = assessment.rating(TASK, unit=UNIT)
    assert whole is not None
    assert whole.grade == Grade.FAR_BEHIND


def test_goal_whose_figure_row_is_gone_is_undecided() -> None:
    """The year's target cannot be done by words where its row was deleted from the return."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    a_plan = plan(milestones=[milestone(quarters=(4,))], targets=[goal])
    found = rated(a_plan, returns([row(Grade.DONE, "已完成。", quarter=4)], 4)).rating(TASK)
    assert found is not None
    assert (found.grade, found.rule) == (Grade.UNDECIDED, "R2")
    assert "新增企业计划1000家，报表中没有该指标。" in found.reason


def test_figures_win_over_the_word() -> None:
    """A lag in figures stands against a claim to be on schedule, and the reason says so."""
    _, found = rate(target(), "80", Grade.DONE)
    assert (found.grade, found.rule, found.self_rating) == (Grade.BEHIND, "R5", Grade.DONE)
    assert found.reason == (
        "自评“已完成”，但新增企业计划100家，实际80家，完成率80.0%，差20.0个百分点。"
    )
    assert found.evidence[0].quote == "新增企业：实际80家"
    assert found.evidence[0].cell == "J4"


def test_own_lag_stands_over_good_figures() -> None:
    """A unit that calls itself behind is taken at its word."""
    _, found = rate(target(), "100", Grade.BEHIND)
    assert (found.grade, found.rule) == (Grade.BEHIND, "R9")


def test_own_lag_without_a_figure_does_not_say_that_the_figures_are_good() -> None:
    """A unit that owns to a lag is taken at its word, but what it left empty shows nothing."""
    _, found = rate(target(), None, Grade.BEHIND)
    assert (found.grade, found.rule) == (Grade.BEHIND, "R9")
    assert found.reason == "有到期指标无法判定，单位自评“未达序时进度”，从其自评。"
    _, found = rate(target(), "100", Grade.BEHIND)
    assert found.reason == "到期指标未见滞后，单位自评“未达序时进度”，从其自评。"
    assert "（含指标无法判定的情形）" in clauses(params().rating)[8].text


def test_done_needs_word_and_figures() -> None:
    """A milestone due now is done when its figures are met and its unit says so."""
    assert rate(target(), "100", Grade.DONE)[1].grade == Grade.DONE
    assert rate(target(), "100", Grade.DONE)[1].rule == "R7"
    assert rate(target(), "100", Grade.ON_SCHEDULE)[1].grade == Grade.ON_SCHEDULE


def two_figures(first: str, second: str, claimed: Grade, tolerance: float = 0) -> Rating:
    """Rate a milestone with two targets of 100."""
    targets = [target(), target(target_id="2023-001-T02", measure="新增投资", unit="亿元")]
    reported = row(claimed, "召开协调会3次。", {TARGET: first, "2023-001-T02": second})
    assessment = rated(plan(targets=targets), returns([reported]), tolerance=tolerance)
    found = assessment.rating(TASK)
    assert found is not None
    return found


def test_widest_gap_of_one_grade_speaks_for_the_task() -> None:
    """Of two figures behind, the one that is further behind is named, and its gap is given."""
    found = two_figures("88", "72", Grade.ON_SCHEDULE)
    assert (found.grade, found.gap) == (Grade.BEHIND, Decimal(28))
    assert "新增投资计划100亿元，实际72亿元，完成率72.0%，差28.0个百分点。" in found.reason
    assert [e.quote for e in found.evidence][:2] == ["新增投资：实际72亿元", "新增企业：实际88家"]


def test_figure_within_the_tolerance_is_not_done() -> None:
    """Done takes every figure to reach its plan, not only the first of them."""
    found = two_figures("100", "97", Grade.DONE, tolerance=5)
    assert (found.grade, found.rule, found.gap) == (Grade.ON_SCHEDULE, "R4", Decimal(3))
    assert "新增投资计划100亿元，实际97亿元，完成率97.0%，差3.0个百分点。" in found.reason
    assert two_figures("100", "100", Grade.DONE, tolerance=5).grade == Grade.DONE


def test_missing_figure_is_undecided() -> None:
    """A target due without an actual cannot be judged."""
    found, whole = rate(target(), None)
    assert (found.grade, found.rule) == (Grade.UNDECIDED, "R2")
    assert whole.grade == Grade.UNDECIDED
    assert found.reason == "新增企业计划100家，到期指标未填实际值。"


@pytest.mark.parametrize("claimed", [Grade.PAUSED, Grade.NOT_STARTED])
def test_set_aside_stands_unless_figures_deny_it(claimed: Grade) -> None:
    """Paused and not started stand alone, and are no judgement beside a target reached."""
    assert rate(target(), "0", claimed)[1].grade is claimed
    _, found = rate(target(), "100", claimed)
    assert (found.grade, found.rule) == (Grade.UNDECIDED, "R2")
    assert "两者矛盾" in found.reason


def test_nothing_counted_under_an_upper_limit_denies_no_pause() -> None:
    """No accident where at most five may happen does not say that the work began."""
    for claimed in (Grade.PAUSED, Grade.NOT_STARTED):
        _, found = rate(target("5", comparator=Comparator.AT_MOST), "0", claimed)
        assert (found.grade, found.rule) == (claimed, "R3")


def test_not_started_with_an_actual_goes_by_figures() -> None:
    """What has an actual has started."""
    assert rate(target(), "80", Grade.NOT_STARTED)[1].grade == Grade.BEHIND


def by_words(claimed: Grade | None, progress: str) -> Rating:
    found = rated(plan(), returns([row(claimed, progress)])).rating(MILESTONE, unit=UNIT)
    assert found is not None
    return found


@pytest.mark.parametrize("claimed", [Grade.DONE, Grade.BEHIND, Grade.FAR_BEHIND])
def test_words_alone_carry_the_self_rating(claimed: Grade) -> None:
    """Without figures the self-rating stands, on the quoted status sentence."""
    found = by_words(claimed, "本季度召开协调会3次，研究用地等问题。后续继续推进。")
    assert (found.grade, found.rule) == (claimed, "R8")
    assert found.evidence[0].quote == "本季度召开协调会3次，研究用地等问题。"
    assert (found.evidence[0].cell, found.evidence[0].sheet) == ("I4", "进展")


def test_bare_word_is_quoted_with_what_follows() -> None:
    """A status sentence that only repeats the grade is no evidence by itself."""
    found = by_words(Grade.BEHIND, "推进缓慢。场地未落实；资金已到位。")
    assert found.evidence[0].quote == "推进缓慢。场地未落实；资金已到位。"


@pytest.mark.parametrize(
    ("claimed", "progress"),
    [
        (Grade.DONE, "尚未完成场地改造。"),
        (Grade.ON_SCHEDULE, "推进缓慢，主要受用地影响。"),
        (Grade.ON_SCHEDULE, "总体滞后。"),
        (Grade.DONE, "未启动。"),
        (Grade.BEHIND, "已完成。"),
        (Grade.FAR_BEHIND, "本季度工作按序时推进，效果良好。"),
        (Grade.NOT_STARTED, "项目已正式开工，完成桩基10根。"),
        (Grade.PAUSED, "该项工作已完成。"),
        (Grade.ON_SCHEDULE, "因资金问题暂停施工。"),
        (Grade.ON_SCHEDULE, "该活动因故取消。"),
        (Grade.ON_SCHEDULE, "经市政府同意，暂缓实施。"),
        (Grade.ON_SCHEDULE, "项目存在滞后。"),
        (Grade.ON_SCHEDULE, "进度落后于计划。"),
        (Grade.DONE, "无法按期完成。"),
        (Grade.DONE, "未能如期竣工。"),
        (Grade.DONE, "力争年底完成。"),
        (Grade.DONE, "受征地影响，预计12月底前建成。"),
        (Grade.DONE, "正在办理前期手续。"),
        (Grade.DONE, "已完成征地拆迁主体工作，剩余12户正在协商。"),
        (Grade.DONE, "完成改造18个，还有2个项目尚未开工。"),
        (Grade.NOT_STARTED, "项目正在施工。"),
        (None, "召开协调会3次。"),
        (Grade.DONE, ""),
    ],
)
def test_words_that_carry_no_judgement(claimed: Grade | None, progress: str) -> None:
    """A text that denies its self-rating, or is missing, cannot be judged."""
    found = by_words(claimed, progress)
    assert (found.grade, found.rule) == (Grade.UNDECIDED, "R2")


@pytest.mark.parametrize(
    ("claimed", "progress"),
    [
        (Grade.BEHIND, "已完成选址，主体工程推进缓慢。"),
        (Grade.ON_SCHEDULE, "无滞后事项，按计划推进。"),
        (Grade.ON_SCHEDULE, "上级文件尚未印发，已做好前期准备。"),
        (Grade.NOT_STARTED, "尚未开工，正在办理用地手续。"),
        (Grade.PAUSED, "因政策变化暂缓实施。"),
        (Grade.ON_SCHEDULE, "项目未完成前不得拨付资金，已按规定办理。"),
        (Grade.DONE, "已完成，不存在未完成情况。"),
        (Grade.ON_SCHEDULE, "无明显滞后。"),
        (Grade.ON_SCHEDULE, "未出现停滞、搁置现象。"),
        (Grade.ON_SCHEDULE, "已解决前期滞后问题，按计划推进。"),
        (Grade.ON_SCHEDULE, "取消审批事项12项，暂停征收3项收费。"),
        (Grade.DONE, "按计划在9月底前完成改造。"),
        (Grade.DONE, "正在推进的3个项目全部完成。"),
        (Grade.DONE, "首届展会顺利举办，下届将于明年举办。"),
        (Grade.ON_SCHEDULE, "未发生停产停工事件。"),
        (Grade.DONE, "已完成改造，力争明年再完成3个。"),
        (Grade.DONE, "已完成验收，剩余3万元资金已退回。"),
        (Grade.ON_SCHEDULE, "完成18户，剩余12户正在协商。"),
    ],
)
def test_words_that_only_look_contradictory(claimed: Grade, progress: str) -> None:
    """A partial success in a lagging task, or a denied lag, is no contradiction."""
    assert by_words(claimed, progress).grade is claimed


def test_error_in_a_judged_cell_is_undecided() -> None:
    """An error finding on the self-rating's cell takes the judgement away; elsewhere not."""
    for cell, grade in (("H4", Grade.UNDECIDED), ("P4", Grade.ON_SCHEDULE)):
        fault = Finding(
            code="RET-X", severity=Severity.ERROR, message="有误。", unit=UNIT,
            file="市商务局.xlsx", sheet="进展", cell=cell,
        )  # fmt: skip
        found = rated(plan(), returns([row()], findings=[fault])).rating(MILESTONE, unit=UNIT)
        assert found is not None
        assert found.grade is grade


def test_error_in_a_figures_cell_is_undecided() -> None:
    """A figure with an error is no figure; its cell is looked for on its own sheet."""
    fault = Finding(
        code="RET-X", severity=Severity.ERROR, message="疑似计量单位有误。", unit=UNIT,
        file="市商务局.xlsx", sheet="指标", cell="J4",
    )  # fmt: skip
    only = row(actuals={TARGET: "100"})
    figures = tuple(a.model_copy(update={"sheet": "指标"}) for a in only.actuals)
    moved = only.model_copy(update={"actuals": figures})
    for reported, grade in ((moved, Grade.UNDECIDED), (only, Grade.ON_SCHEDULE)):
        city = rated(plan(targets=[target()]), returns([reported], findings=[fault]))
        found = city.rating(TARGET, unit=UNIT)
        assert found is not None
        assert found.grade is grade
        if grade == Grade.UNDECIDED:
            assert found.evidence[0].sheet == "指标"
            assert found.reason == (
                "新增企业计划100家，实际值（“指标”表J4）有错误：疑似计量单位有误。"
            )


def test_figure_over_merged_rows_is_undecided() -> None:
    """One figure over the cells of two targets may be their total; over one row it is its own."""
    for area, grade in (("J4:J5", Grade.UNDECIDED), ("J4:K4", Grade.ON_SCHEDULE)):
        fault = Finding(
            code="RET-X", severity=Severity.ERROR, message="此处多格合并。", unit=UNIT,
            file="市商务局.xlsx", sheet="进展", cell=area,
        )  # fmt: skip
        only = row(actuals={TARGET: "100"})
        city = rated(plan(targets=[target()]), returns([only], findings=[fault]))
        found = city.rating(TARGET, unit=UNIT)
        assert found is not None
        assert found.grade is grade


def test_no_return_and_no_row_differ() -> None:
    """A silent unit has not reported; a return without the row cannot be judged."""
    silent = rated(plan(), returns(missing=[UNIT])).rating(TASK)
    assert silent is not None
    assert (silent.grade, silent.rule) == (Grade.NOT_REPORTED, "R1")
    elsewhere = row(milestone_id="2023-001-09")
    found = rated(plan(), returns([elsewhere])).rating(TASK)
    assert found is not None
    assert (found.grade, found.rule) == (Grade.UNDECIDED, "R2")


def test_task_takes_the_worst_of_its_milestones() -> None:
    """One lag among several matters makes the task lag; the reason counts them."""
    parts = [milestone(part=1), milestone(part=2)]
    rows = [row(Grade.ON_SCHEDULE), row(Grade.BEHIND, "场地未落实。", milestone_id="2023-001-02")]
    found = rated(plan(milestones=parts), returns(rows)).rating(TASK)
    assert found is not None
    assert found.grade == Grade.BEHIND
    assert found.reason.startswith("2个事项中有1个核定为“未达序时进度”。")


def test_reason_of_several_parts_says_of_which_it_speaks() -> None:
    """The task's own word is the worst of its parts', which need not be the one that is quoted."""
    parts = [milestone(part=1), milestone(part=2)]
    figure = target(milestone_id="2023-001-02")
    rows = [
        row(Grade.BEHIND, "场地未落实。"),
        row(milestone_id="2023-001-02", actuals={TARGET: "80"}),
    ]
    found = rated(plan(milestones=parts, targets=[figure]), returns(rows)).rating(TASK)
    assert found is not None
    assert found.self_rating == Grade.BEHIND
    assert found.reason.startswith(
        "2个事项均核定为“未达序时进度”。其中一个自评“达到序时进度”，但新增企业计划100家，"
    )


def test_figure_of_no_step_at_hand_is_counted_as_what_it_is() -> None:
    """A goal's figure beside a step is a figure, and no second step."""
    goal = target("100", milestone_id=None, source="goal")
    found = rated(plan(targets=[goal]), returns([row(actuals={TARGET: "80"})])).rating(TASK)
    assert found is not None
    assert found.reason.startswith("2个事项和指标中有1个核定为“未达序时进度”。新增企业计划")


def test_done_for_now_is_on_schedule_while_the_year_goes_on() -> None:
    """A task is done only when nothing of the year is left."""
    parts = [milestone(part=1, quarters=(1,)), milestone(part=2, quarters=(2,))]
    first = returns([row(Grade.DONE, "已完成。")])
    second = returns([row(Grade.DONE, "已完成。", quarter=2, milestone_id="2023-001-02")], 2)
    assessment = rated(plan(milestones=parts), first, second)
    found = [assessment.rating(TASK, quarter=q) for q in (1, 2)]
    assert [(r.grade, r.rule) for r in found if r] == [
        (Grade.ON_SCHEDULE, "R11"),
        (Grade.DONE, "R8"),
    ]
    assert found[1] is not None
    assert found[1].previous == Grade.ON_SCHEDULE


def test_done_for_now_is_no_disagreement_by_the_printed_rule() -> None:
    """已完成 beside 达到序时进度 is not counted as a disagreement, and the rule says so."""
    parts = [milestone(part=1, quarters=(1,)), milestone(part=2, quarters=(2,))]
    city = rated(plan(milestones=parts), returns([row(Grade.DONE, "已完成。")]))
    found = city.rating(TASK)
    assert found is not None
    assert (found.self_rating, found.grade) == (Grade.DONE, Grade.ON_SCHEDULE)
    assert not differs(found)
    (clause,) = (c for c in city.rule if c.code == found.rule)
    assert clause.text.endswith("核定为“达到序时进度”，不视为与自评“已完成”不一致。")


def test_quarter_without_work_carries_the_last_rating() -> None:
    """A task with nothing due keeps its last rating, marked so; before its start it is on time."""
    only_second = plan(milestones=[milestone(quarters=(2,))])
    rounds = [
        returns(missing=[UNIT], quarter=1),
        returns([row(Grade.BEHIND, "场地未落实。", quarter=2)], quarter=2),
        returns(missing=[UNIT], quarter=3),
        returns(missing=[UNIT], quarter=4),
    ]
    assessment = rated(only_second, *rounds)
    found = [assessment.rating(TASK, quarter=q) for q in (1, 2, 3, 4)]
    assert [(r.grade, r.rule) for r in found if r] == [
        (Grade.ON_SCHEDULE, "R12"),
        (Grade.BEHIND, "R8"),
        (Grade.BEHIND, "R12"),
        (Grade.BEHIND, "R12"),
    ]
    reasons = [r.reason for r in found if r]
    assert reasons[0] == ("本季度没有到期或者在办事项，按计划自第二季度起推进。")
    assert reasons[3] == ("本季度没有到期或者在办事项，沿用第二季度的核定结果。")


def test_several_lead_units_are_rated_apart_and_together() -> None:
    """Each lead unit has its own rating; the combined one is the worst of them."""
    shared = plan(tasks=[task(units=(UNIT, OTHER))])
    rows = [row(Grade.DONE, "已完成。"), row(Grade.BEHIND, "场地未落实。", unit=OTHER)]
    assessment = rated(shared, returns(rows))
    grades = [assessment.rating(TASK, unit=unit) for unit in (UNIT, OTHER, None)]
    assert [r.grade for r in grades if r] == [Grade.DONE, Grade.BEHIND, Grade.BEHIND]
    counted = total(assessment)
    assert (counted.counts[Grade.BEHIND], counted.total) == (1, 1)


def test_of_units_alike_the_one_that_falls_shortest_is_told() -> None:
    """Two units far behind are one sentence, and the wider gap is the task's; it names its unit."""
    shared = plan(tasks=[task(units=(UNIT, OTHER))], targets=[target()])
    rows = [row(actuals={TARGET: "60"}), row(actuals={TARGET: "30"}, unit=OTHER)]
    found = rated(shared, returns(rows)).rating(TASK)
    assert found is not None
    assert (found.grade, found.gap) == (Grade.FAR_BEHIND, Decimal("70.00"))
    assert found.reason == (
        "2个牵头单位均核定为“严重滞后”。市科技局：自评“达到序时进度”，但新增企业计划100家，"
        "实际30家，完成率30.0%，差70.0个百分点。"
    )


def test_reason_of_several_units_says_who_is_rated_how() -> None:
    """Grades that differ are given unit by unit; a reason that names its unit names it once."""
    shared = plan(tasks=[task(units=(UNIT, OTHER))])
    found = rated(shared, returns([row(Grade.DONE, "已完成。")], missing=[OTHER])).rating(TASK)
    assert found is not None
    assert found.reason == (
        "2个牵头单位分别核定，市商务局为“已完成”，市科技局为“未报送”，取最差的一个。"
        "市科技局未报送可以读取的报表。"
    )


def test_unit_whose_file_cannot_be_read_is_not_called_silent() -> None:
    """What it said is not known until it sends a file that opens; who sent nothing is silent."""
    shared = plan(tasks=[task(units=(UNIT,))])
    came = returns([], missing=[UNIT]).model_copy(update={"received": (UNIT,)})
    found = rated(shared, came).rating(TASK)
    assert found is not None
    assert found.grade == Grade.UNDECIDED
    assert found.reason == "已收到市商务局的文件但未能读入，待其更正或者重新报送。"
    silent = rated(shared, returns([], missing=[UNIT])).rating(TASK)
    assert silent is not None
    assert silent.grade == Grade.NOT_REPORTED


def test_of_figures_alike_the_one_that_falls_shortest_is_told() -> None:
    """A milestone that misses two figures is as far behind as the worse of them."""
    other = target(target_id="2023-001-T02", measure="新增项目", unit="个")
    both = row(actuals={TARGET: "95", "2023-001-T02": "80"})
    found = rated(plan(targets=[target(), other]), returns([both])).rating(MILESTONE, unit=UNIT)
    assert found is not None
    assert found.gap == Decimal("20.00")
    assert "新增项目计划100个，实际80个" in found.reason
    assert [e.quote for e in found.evidence][:2] == ["新增项目：实际80个", "新增企业：实际95家"]


def test_milestones_alike_are_not_counted_of_each_other() -> None:
    """Of two matters that both lag the reason says both."""
    parts = [milestone(part=1), milestone(part=2)]
    rows = [row(Grade.BEHIND, "场地未落实。", milestone_id=m.milestone_id) for m in parts]
    found = rated(plan(milestones=parts), returns(rows)).rating(TASK)
    assert found is not None
    assert found.reason.startswith("2个事项均核定为“未达序时进度”。")


def test_task_without_schedule_is_rated_as_a_whole() -> None:
    """A task that has no milestone is judged by its one row, under one rating."""
    a_task = task()
    bare = plan(tasks=[a_task]).model_copy(update={"milestones": ()})
    found = rated(bare, returns([row(Grade.BEHIND, "场地未落实。", milestone_id=TASK)])).rating(
        TASK
    )
    assert found is not None
    assert found.grade == Grade.BEHIND


def test_clauses_are_made_from_the_thresholds() -> None:
    """The printed rule names the limits it decides by, and every code that ratings bear."""
    printed = {c.code: c.text for c in clauses(RatingRule(tolerance=5, far_behind=25.5))}
    assert "差距不超过5个百分点的，核定为“达到序时进度”。" in printed["R4"]
    assert printed["R5"] == "差距大于5个百分点、不超过25.5个百分点的，核定为“未达序时进度”。"
    assert printed["R6"] == "差距大于25.5个百分点的，核定为“严重滞后”。"
    assert list(printed) == [f"R{n}" for n in range(1, 14)]
    assert "实际值达到计划值（差距为0）的" in clauses(params().rating)[3].text
    assert all(re.search("。$", c.text) for c in clauses(params().rating))


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (Grade.BEHIND, Grade.DONE, 1),
        (Grade.FAR_BEHIND, Grade.BEHIND, 1),
        (Grade.ON_SCHEDULE, Grade.PAUSED, -1),
        (Grade.ON_SCHEDULE, Grade.FAR_BEHIND, -1),
        (Grade.PAUSED, Grade.FAR_BEHIND, 0),
        (Grade.FAR_BEHIND, Grade.NOT_STARTED, 0),
        (Grade.NOT_REPORTED, Grade.DONE, 0),
        (Grade.BEHIND, Grade.BEHIND, 0),
    ],
)
def test_moves_that_cannot_be_said_are_none(before: Grade, now: Grade, found: int) -> None:
    """What was set aside and what lags are not better or worse than one another."""
    assert moved(before, now) == found


@pytest.mark.parametrize(
    ("actual", "fields", "grade"),
    [
        ("400", {}, Grade.DONE),
        ("450", {}, Grade.DONE),
        ("399", {}, Grade.ON_SCHEDULE),
        ("400", {"basis": Basis.LEVEL}, Grade.ON_SCHEDULE),  # may fall again
        ("400", {"basis": Basis.IN_QUARTER}, Grade.ON_SCHEDULE),
        ("400", {"comparator": Comparator.AT_MOST, "value": Decimal(400)}, Grade.ON_SCHEDULE),
    ],
)
def test_figure_that_reached_the_years_value_is_done(
    actual: str, fields: dict[str, Any], grade: Grade
) -> None:
    """R7 as printed: a running figure at the year's value is done before the year's end."""
    basis = {k: v for k, v in fields.items() if k in ("basis", "comparator")}
    goal = target("400", target_id="2023-001-T02", milestone_id=None, quarter=4, source="goal",
                  **basis)  # fmt: skip
    step = target("300", annual_target_id=goal.target_id).model_copy(update=fields)
    found = rated(plan(targets=[goal, step]), returns([row(actuals={TARGET: actual})]))
    rating = found.rating(TARGET, unit=UNIT)
    assert rating is not None
    assert rating.grade is grade
    if grade == Grade.DONE:
        assert rating.rule == "R7"
        assert rating.reason.endswith("已达到全年目标400家。")


@pytest.mark.parametrize(
    "code", ["RET-TEXT-PLAN", "RET-TEXT-LAST", "RET-TEXT-SAME", "RET-TEXT-HOPES"]
)
def test_text_that_says_nothing_of_its_own_carries_no_rating(code: str) -> None:
    """Where no figure decides, what was copied supports nothing; where one does, it decides."""
    told = finding(code, file="市商务局.xlsx", sheet="进展", cell="I4", unit=UNIT, found="甲")
    alone = rated(plan(), returns([row()], findings=[told])).rating("2023-001-01", unit=UNIT)
    assert alone is not None
    assert alone.grade == Grade.UNDECIDED
    assert alone.reason == f"自评“达到序时进度”，但{RULES[code].title}，不足以支撑自评。"
    a_plan = plan(targets=[target()])
    said = returns([row(actuals={"2023-001-T01": "120"})], findings=[told])
    counted = rated(a_plan, said).rating("2023-001-01", unit=UNIT)
    assert counted is not None
    assert counted.grade == Grade.ON_SCHEDULE


@pytest.mark.parametrize(
    ("progress", "reason"),
    [
        ("按计划推进，方案已印发。", "自评“达到序时进度”，与进展情况所称“按计划推进”相符。"),
        ("方案已印发。", "自评“达到序时进度”，进展情况中未见与之矛盾的表述，从其自评。"),
    ],
)
def test_agreement_is_claimed_of_what_was_compared(progress: str, reason: str) -> None:
    """A word of the text's own agrees with the rating; where it has none, nothing denies it."""
    found = rated(plan(), returns([row(progress=progress)])).rating("2023-001-01", unit=UNIT)
    assert found is not None
    assert found.reason == reason
