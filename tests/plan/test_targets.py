"""Targets: what a goal and a schedule promise in figures."""

from decimal import Decimal

from reporting.findings import Finding
from reporting.plan.milestones import make_milestones
from reporting.plan.targets import make_targets
from reporting.plan.values import Basis, Comparator, Target, Task


def read(goal: str, schedule: str) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """Read the targets of a task with this goal and schedule."""
    task = Task(
        task_id="2023-005", number=5, source_number=5, heading_number=1, heading="题", goal=goal,
        schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, 2023)
    return make_targets(task, milestones)


def test_targets_are_numbered_goal_first() -> None:
    """Ids follow the order of reading, and the spans give back the words."""
    goal, schedule = "新建公园10个以上。", "一季度，动工2个。四季度，新建公园10个以上。"
    targets, findings = read(goal, schedule)
    assert [t.target_id for t in targets] == ["2023-005-T01", "2023-005-T02", "2023-005-T03"]
    assert [t.source for t in targets] == ["goal", "schedule", "schedule"]
    assert goal[targets[0].start : targets[0].end] == "10个以上"
    assert [schedule[t.start : t.end] for t in targets[1:]] == ["2个", "10个以上"]
    assert [t.quarter for t in targets] == [4, 1, 4]
    assert not findings


def test_quarters_that_add_up_to_the_goal_are_in_quarter() -> None:
    """Arithmetic tells flows from running totals, and links them to the goal."""
    flows, _ = read(
        "培训教师10名。", "一季度，培训教师4名。二季度，培训教师3名。三季度，培训教师3名。"
    )
    assert [t.basis for t in flows[1:]] == [Basis.IN_QUARTER] * 3
    rising, _ = read("培训教师10名。", "二季度，培训教师4名。四季度，培训教师10名。")
    assert [t.basis for t in rising[1:]] == [Basis.CUMULATIVE] * 2
    assert {t.annual_target_id for t in (*flows[1:], *rising[1:])} == {"2023-005-T01"}


def test_unpaired_lists_are_a_finding() -> None:
    """Figures under 分别 that do not match the items are never paired by guess."""
    paired, none = read("", "一季度，东桥、西桥分别完成投资1亿元、0.5亿元。")
    assert [(t.measure, t.value) for t in paired] == [
        ("东桥完成投资", Decimal(1)), ("西桥完成投资", Decimal("0.5")),
    ]  # fmt: skip
    assert not none
    _, findings = read("", "一季度，东桥、西桥、北桥分别完成投资1亿元、0.5亿元。")
    assert [f.code for f in findings] == ["PLAN-TARGET-PAIRING"]


def test_wishes_and_ranges_are_kept() -> None:
    """力争 governs its clause; a range keeps both ends."""
    targets, _ = read("", "二季度，力争覆盖率达到80%以上，引进2-3家龙头企业。")
    assert [(t.aspirational, t.comparator) for t in targets] == [
        (True, Comparator.AT_LEAST), (False, Comparator.RANGE),
    ]  # fmt: skip
    assert targets[1].value_high == Decimal(3)
