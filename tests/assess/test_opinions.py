"""What a unit is told beforehand: its tasks, and the parts of them that are not good."""

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from reporting.assess.opinions import opinions
from reporting.grades import Grade


def test_parts_that_are_not_good_are_named_with_their_cells() -> None:
    """The second milestone and the figure that falls short, by their own words; nothing good."""
    parts = [milestone(part=n) for n in (1, 2)]
    figure = target(milestone_id="2023-001-02", quarter=1)
    rows = [
        row(),
        row(Grade.ON_SCHEDULE, milestone_id="2023-001-02", actuals={"2023-001-T01": "80"}),
    ]
    told = opinions(rated(plan(milestones=parts, targets=[figure]), returns(rows)))
    assert [(o.part, o.grade, o.cell, o.is_good) for o in told] == [
        ("", "未达序时进度", "J4", False),
        ("指标：新增企业", "未达序时进度", "J4", False),
        ("事项：事项2", "未达序时进度", "J4", False),
    ]


def test_each_unit_is_told_its_own() -> None:
    """Of a task that two lead, neither is told what the other's parts became."""
    both = plan(
        [task(1, units=(UNIT, OTHER)), task(2, units=(OTHER,))], [milestone(), milestone(2)]
    )
    rows = [
        row(),
        row(Grade.BEHIND, "推进缓慢。", unit=OTHER),
        row(unit=OTHER, task_id="2023-002", milestone_id="2023-002-01"),
    ]
    told = opinions(rated(both, returns(rows)))
    assert [(o.unit, o.number, o.part, o.grade) for o in told] == [
        (UNIT, "1", "", "达到序时进度"),
        (OTHER, "1", "", "未达序时进度"),
        (OTHER, "1", "事项：事项1", "未达序时进度"),
        (OTHER, "2", "", "达到序时进度"),
    ]
