"""Corrections of targets, milestones and tasks: found by words, applied whole or refused."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from plan.builders import led, read
from reporting.errors import UsageError
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, MilestoneKind, Plan, Subject, SupportingUnit

ROW = (
    "（1）实施甲行动。",
    "1. 新增企业100家，完成投资20亿元。",
    "一季度，新增企业10家。二季度，累计新增企业50家。四季度，累计新增企业100家，办会10家。",
    "张三",
    "市商务局",
    "市科技局",
)
TABLE = led([ROW, ("", "2. 修缮危桥3座。", "三季度，完成检测。", "李四", "市交通局", "/")])


def correction(
    field: str, value: Any = None, words: str = "", *, part: str = "target", **quote: Any
) -> dict[str, Any]:
    content = {"task_id": "2024-001", "field": field, "value": value, "reason": "核对原件"}
    return content | ({part: {"words": words, **quote}} if words else {})


def corrected(folder: Path, *corrections: dict[str, Any]) -> Plan:
    return read(folder, TABLE, corrections=list(corrections))


def figures(plan: Plan) -> list[tuple[str, int, str, str, str]]:
    return [
        (t.target_id[-3:], t.quarter, f"{t.comparator}{t.value}{t.unit}", str(t.basis), t.measure)
        for t in plan.targets_of("2024-001")
    ]


def test_table_of_these_tests_is_read_as_expected(tmp_path: Path) -> None:
    """What the corrections below change."""
    assert figures(read(tmp_path, TABLE)) == [
        ("T01", 4, "=100家", "cumulative", "新增企业"),
        ("T02", 4, "=20亿元", "cumulative", "完成投资"),
        ("T03", 1, "=10家", "cumulative", "新增企业"),
        ("T04", 2, "=50家", "cumulative", "新增企业"),
        ("T05", 4, "=100家", "cumulative", "新增企业"),
        ("T06", 4, "=10家", "in_quarter", "办会"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "name", "expected", "told"),
    [
        ("value", "12.5", "value", Decimal("12.5"), "计划值由“10”更正为“12.5”"),
        ("unit", "户", "unit", "户", "计量单位由“家”更正为“户”"),
        ("basis", "in_quarter", "basis", Basis.IN_QUARTER, "口径由“累计”更正为“当季”"),
        ("basis", "时点", "basis", Basis.LEVEL, "口径由“累计”更正为“时点”"),
        ("quarter", 2, "quarter", 2, "计划时点由“第一季度”更正为“第二季度”"),
        ("quarter", "第二季度", "quarter", 2, "计划时点由“第一季度”更正为“第二季度”"),
        ("comparator", "<=", "comparator", Comparator.AT_MOST, "比较由“达到”更正为“不超过”"),
        (
            "measure",
            "新登记企业",
            "measure",
            "新登记企业",
            "指标名称由“新增企业”更正为“新登记企业”",
        ),
    ],
)
def test_any_part_of_a_reading_may_be_corrected(
    tmp_path: Path, field: str, value: Any, name: str, expected: Any, told: str
) -> None:
    """The one figure changes, its words and all others stay, and the finding tells it."""
    before = read(tmp_path, TABLE)
    plan = corrected(tmp_path, correction(field, value, "一季度，新增企业10家"))
    changed = [t for t in plan.targets if t not in before.targets]
    assert [(t.target_id, getattr(t, name)) for t in changed] == [("2024-001-T03", expected)]
    assert plan.tasks == before.tasks
    assert plan.milestones == before.milestones
    (message,) = [f.message for f in plan.findings if f.code == "PLAN-CORRECTION"]
    assert message == f"“10家”的{told}，理由：核对原件"


@pytest.mark.parametrize(
    ("corrections", "understood"),
    [
        ({"comparator": "不超过"}, "第四季度当季不超过10家"),
        ({"comparator": "不超过", "direction": "越低越好"}, "第四季度当季不超过10家，越低越好"),
        ({"direction": "lower"}, "第四季度当季降至10家，越低越好"),
        ({"comparator": "<=", "direction": "higher"}, "第四季度当季不超过10家，在此限内越多越好"),
        ({"comparator": "<=", "unit": "场"}, "第四季度当季不超过10场"),
    ],
)
def test_a_limit_is_no_direction_unless_it_is_given(
    tmp_path: Path, corrections: dict[str, Any], understood: str
) -> None:
    """不超过 alone says that a figure is not to be passed, not that less is better."""
    entries = [correction(name, value, "办会10家") for name, value in corrections.items()]
    target = corrected(tmp_path, *entries).targets_of("2024-001")[-1]
    assert target.understood == understood


def test_a_range_is_corrected_by_both_its_ends(tmp_path: Path) -> None:
    """A comparison may become a range, with an upper end."""
    words = "完成投资20亿元"
    plan = corrected(
        tmp_path,
        correction("comparator", "区间", words, source="goal"),
        correction("value_high", 25, words, source="goal"),
    )
    target = plan.targets[1]
    assert (target.comparator, target.value_high) == (Comparator.RANGE, Decimal(25))


def test_a_dropped_target_leaves_the_ids_of_the_others(tmp_path: Path) -> None:
    """What led to it leads nowhere, and no other number moves."""
    plan = corrected(tmp_path, correction("drop", None, "新增企业100家", source="goal"))
    assert [name for name, *_ in figures(plan)] == ["T02", "T03", "T04", "T05", "T06"]
    assert {t.annual_target_id for t in plan.targets} == {None}
    (made,) = plan.corrections
    assert (made.subject, made.subject_id) == (Subject.TARGET, "2024-001-T01")
    assert plan.findings[-1].message.startswith("“100家”删去指标“新增企业 第四季度 累计 达到100家”")


def test_an_added_target_takes_the_next_number_and_its_place(tmp_path: Path) -> None:
    """A figure that was not read is added with all that is known of it."""
    value = {"measure": "危桥检测", "value": 2, "unit": "座", "quarter": 3,
             "basis": "in_quarter", "comparator": ">=", "direction": "higher"}  # fmt: skip
    entry = {**correction("add", value, "完成检测"), "task_id": "2024-002"}
    plan = corrected(tmp_path, entry)
    added = plan.targets_of("2024-002")[-1]
    assert (added.target_id, added.milestone_id) == ("2024-002-T02", "2024-002-01")
    task = plan.task("2024-002")
    assert task.schedule[added.start : added.end] == "完成检测"
    assert (added.measure, added.value, added.quarter) == ("危桥检测", Decimal(2), 3)


def test_a_milestone_in_another_quarter_has_its_figures_read_again(tmp_path: Path) -> None:
    """Its targets fall due when it does."""
    plan = corrected(tmp_path, correction("quarters", [3], "累计新增企业50家", part="milestone"))
    moved = plan.milestones_of("2024-001")[1]
    assert (moved.quarters, moved.kind) == ((3,), MilestoneKind.QUARTER)
    assert [t.quarter for t in plan.targets if t.milestone_id == moved.milestone_id] == [3]


def test_a_dropped_milestone_takes_its_figures_along(tmp_path: Path) -> None:
    """The schedule's words stay as they are."""
    plan = corrected(tmp_path, correction("drop", True, "新增企业10家", part="milestone"))
    assert [m.milestone_id[-2:] for m in plan.milestones_of("2024-001")] == ["02", "03"]
    assert plan.task("2024-001").schedule == ROW[2]
    assert (1, "=10家") not in [(q, what) for _, q, what, *_ in figures(plan)]


def test_a_workstream_and_a_kind_may_be_corrected(tmp_path: Path) -> None:
    """All year means all quarters."""
    words = "完成检测"
    entries = [
        {**correction("kind", "year", words, part="milestone"), "task_id": "2024-002"},
        {**correction("workstream", "危桥", words, part="milestone"), "task_id": "2024-002"},
    ]
    (milestone,) = corrected(tmp_path, *entries).milestones_of("2024-002")
    assert (milestone.quarters, milestone.workstream) == ((1, 2, 3, 4), "危桥")


def test_supporting_units_are_corrected_with_scopes_and_by_their_aliases(tmp_path: Path) -> None:
    """A name that has a canonical one is written as that."""
    value = [{"unit": "市科技局", "scope": "一期"}, "卫健局"]
    plan = read(
        tmp_path, TABLE, corrections=[correction("supporting_units", value)],
        aliases={"卫健局": "市卫生健康局"},
    )  # fmt: skip
    assert plan.tasks[0].supporting_units == (
        SupportingUnit(unit="市科技局", scope="一期"), SupportingUnit(unit="市卫生健康局"),
    )  # fmt: skip


def test_who_and_when_are_told(tmp_path: Path) -> None:
    """A signed correction carries both into its finding and its record."""
    entry = {**correction("unit", "户", "新增企业10家"), "by": "王五", "on": "2024-03-05"}
    plan = corrected(tmp_path, entry)
    (made,) = plan.corrections
    assert (made.by, str(made.on), made.source) == ("王五", "2024-03-05", "params/2024.yml")
    assert plan.findings[-1].message.endswith("，理由：核对原件（王五，2024年3月5日）")


def test_a_reading_that_is_confirmed_says_so(tmp_path: Path) -> None:
    """A correction to what was read anyway changes nothing but how surely it is known."""
    plan = corrected(tmp_path, correction("unit", "家", "新增企业10家"))
    known = {"certainty", "rule"}
    before = [t.model_dump(exclude=known) for t in read(tmp_path, TABLE).targets]
    assert [t.model_dump(exclude=known) for t in plan.targets] == before
    assert "corrected" in {t.rule for t in plan.targets}
    (message,) = [f.message for f in plan.findings if f.code == "PLAN-CORRECTION"]
    assert message == "“10家”的计量单位经核对确为“家”，理由：核对原件"


def test_words_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    """Which of how many decides; a new one in between is noticed."""
    plan = corrected(tmp_path, correction("unit", "户", "10家", occurrence=2, of=2))
    assert [t.target_id[-3:] for t in plan.targets if t.unit == "户"] == ["T06"]
    with pytest.raises(UsageError, match="“10家”应有3处，实有2处"):
        corrected(tmp_path, correction("unit", "户", "10家", occurrence=2, of=3))
    with pytest.raises(UsageError, match="“10家”应有1处，实有2处"):
        corrected(tmp_path, correction("unit", "户", "10家"))


@pytest.mark.parametrize(
    ("entries", "match"),
    [
        ([correction("unit", "户", "新增企业11家")],
         "corrections 第1条：2024-001 的季度进度安排中没有“新增企业11家”，原文可能已改"),
        ([correction("unit", "户", "一季度")], "2024-001 的“一季度”没有读作指标，无可更正"),
        ([correction("unit", "户", "企业100家，办会10家")], "应只含一个指标的数字，实际含2个"),
        ([correction("value", "二十", "办会10家")], "计划值应只填数字，计量单位另填，实为“二十”"),
        ([correction("value", True, "办会10家")], "计划值应只填数字"),
        ([correction("quarter", 5, "办会10家")], "计划时点应为 第一季度、.* 之一，实为“5”"),
        ([correction("basis", "全部", "办会10家")], "口径应为 累计、当季、时点 之一，实为“全部”"),
        ([correction("unit", " ", "办会10家")], "计量单位应为文字，实为“ ”"),
        ([correction("drop", "是", "办会10家")], "drop 的取值应为 true，实为“是”"),
        ([correction("goal", "甲", "办会10家")], "指标的字段应为 .*，实为“goal”"),
        ([correction("comparator", "range", "办会10家")], "“区间”的指标应有上限值，实际没有"),
        ([correction("comparator", ">=", "办会10家"), correction("direction", "lower", "办会10家")],
         "越低越好的指标，比较不应为“不少于”，请一并更正比较或方向"),
        ([correction("value_high", 12, "办会10家")], "有上限值的指标，比较应为“区间”"),
        ([correction("comparator", "range", "办会10家"), correction("value_high", 9, "办会10家")],
         "上限值应大于计划值10，实为9"),
        ([correction("unit", "户", "办会10家"), correction("unit", "个", "会10家")],
         "第2条：2024-001-T06 已由“params/2024.yml corrections 第1条”更正，两处更正冲突"),
        ([correction("unit", "户", "办会10家"), correction("drop", None, "办会10家")],
         "第2条：.*两处更正冲突"),
        ([correction("drop", None, "办会10家"), correction("unit", "户", "办会10家")],
         "第2条：.*两处更正冲突"),
        ([correction("leaders", "甲"), correction("leaders", "乙")], "第2条：.*两处更正冲突"),
        ([correction("add", {"measure": "甲"}, "一季度")],
         "增补的指标应写明计划时点、口径、比较、方向、计划值、计量单位，实际没有"),
        ([correction("add", 3, "一季度")], "add 的取值应为 measure、.* 各字段，实为“3”"),
        ([correction("add", {}, "办会10家")], "“办会10家”已读作指标 2024-001-T06，不能重复增补"),
        ([correction("quarters", [3, 1], "办会10家", part="milestone")],
         "quarters 应为一至四季度由先到后的若干个"),
        ([correction("quarters", "下半年", "办会10家", part="milestone")],
         "quarters 应为季度，如“第三、四季度”，实为“下半年”"),
        ([correction("kind", "月", "办会10家", part="milestone")], "kind 应为 分季度、全年 之一"),
        ([correction("text", "甲", "办会10家", part="milestone")], "节点的字段应为 .*，实为“text”"),
        ([correction("drop", None, "企业10家。二季度，累计", part="milestone")], "实际涉及2个节点"),
        ([{**correction("drop", None, "企业10家"), "task_id": "2024-009"}],
         "任务应在 2024-002 以内，实为“2024-009”，没有该任务"),
    ],
)  # fmt: skip
def test_what_fits_nothing_is_refused_in_one_sentence(
    tmp_path: Path, entries: list[dict[str, Any]], match: str
) -> None:
    """The sentence says where it was written, what was expected and what was found."""
    with pytest.raises(UsageError, match=match) as stopped:
        corrected(tmp_path, *entries)
    assert "\n" not in str(stopped.value)


def test_target_and_milestone_at_once_are_refused(tmp_path: Path) -> None:
    """A correction is of one thing."""
    both = {**correction("drop", None, "甲"), "milestone": {"words": "甲"}}
    with pytest.raises(ValueError, match="target 和 milestone 只能写一个"):
        corrected(tmp_path, both)
