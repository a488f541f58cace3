"""The parts of a task in words: every one counted, the worst first, silence named."""

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task

from reporting.assess.values import Assessment
from reporting.exhibits.tasks.parts import parts_of, parts_words
from reporting.grades import Grade

GRADES = (Grade.ON_SCHEDULE, Grade.NOT_STARTED, Grade.DONE, Grade.ON_SCHEDULE, Grade.ON_SCHEDULE)
SAID = {
    Grade.ON_SCHEDULE: "召开协调会3次。",
    Grade.DONE: "已完成验收。",
    Grade.NOT_STARTED: "尚未启动。",
}


def of(*grades: Grade) -> Assessment:
    """Rate a task with a step of each grade."""
    steps = [milestone(part=at) for at in range(1, len(grades) + 1)]
    rows = [
        row(grade, f"{SAID[grade]}第{at}批。", milestone_id=f"2023-001-{at:02d}")
        for at, grade in enumerate(grades, 1)
    ]
    return rated(plan(milestones=steps), returns(rows))


def test_parts_are_counted_worst_first() -> None:
    """Five steps are told by grade, the one that decides before the rest."""
    assert parts_words(of(*GRADES), "2023-001") == "5个事项：1未启动、3达序时、1已完成"


def test_a_single_part_needs_no_count() -> None:
    """What has one step says nothing that the grade does not say."""
    assert parts_words(of(Grade.NOT_STARTED), "2023-001") == ""


def test_parts_add_up_to_the_number_named() -> None:
    """As many ratings are given as are counted, the first of them that of the task."""
    city = of(*GRADES)
    found = parts_of(city, "2023-001")
    assert [one.grade for one in found[:2]] == [Grade.NOT_STARTED, Grade.ON_SCHEDULE]
    assert len(found) == 5
    assert city.task_ratings()[0].grade is found[0].grade


def test_a_figure_of_no_step_is_a_part() -> None:
    """A figure that belongs to the goal stands beside the steps."""
    steps = [milestone(1, 1)]
    goal = target("100", target_id="2023-001-T09", milestone_id=None)
    city = rated(
        plan(milestones=steps, targets=[goal]), returns([row(actuals={"2023-001-T09": "50"})])
    )
    assert parts_words(city, "2023-001") == "2个事项和指标：1严重滞后、1达序时"


def test_a_silent_unit_is_named() -> None:
    """Of two lead units one may give no answer: its silence is not hidden by the other's parts."""
    steps = [milestone(part=at) for at in (1, 2)]
    rows = [row(milestone_id=f"2023-001-{at:02d}", progress=f"开会{at}次。") for at in (1, 2)]
    city = rated(plan([task(units=(UNIT, OTHER))], steps), returns(rows, missing=[OTHER]))
    assert parts_words(city, "2023-001") == f"2个事项：2达序时；{OTHER}未报送"


def test_a_step_of_several_units_counts_once() -> None:
    """A step that two units answer is one part, and the worse answer is its grade."""
    steps = [milestone(part=at) for at in (1, 2)]
    rows = [
        row(milestone_id="2023-001-01"), row(milestone_id="2023-001-02", progress="开会5次。"),
        row(unit=OTHER, milestone_id="2023-001-01", progress="走访8家。"),
        row(Grade.NOT_STARTED, "尚未启动。", unit=OTHER, milestone_id="2023-001-02"),
    ]  # fmt: skip
    city = rated(plan([task(units=(UNIT, OTHER))], steps), returns(rows))
    assert parts_words(city, "2023-001") == "2个事项：1未启动、1达序时"


def test_silence_alone_has_no_parts() -> None:
    """Where nobody reported there is nothing to count beside the grade."""
    steps = [milestone(part=at) for at in (1, 2)]
    assert parts_words(rated(plan(milestones=steps), returns(missing=[UNIT])), "2023-001") == ""
