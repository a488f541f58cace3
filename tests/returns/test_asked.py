"""What a unit is asked in a quarter: what runs, and what falls due although nothing runs."""

from assess.rating_samples import UNIT, milestone, plan, target, task

from reporting.language.comparators import Certainty, Direction
from reporting.plan.values import Basis, Plan
from reporting.returns.layout import asked
from reporting.returns.promises.values import LeftOpen


def asked_in(a_plan: Plan, quarter: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the rows with their texts, and the targets with the rows they stand beside."""
    found = asked(a_plan, UNIT, quarter)
    rows = [(row.row_id, row.text) for row in found.rows]
    return rows, [(item.target.target_id, item.row_id) for item in found.targets]


def test_goal_is_asked_for_when_it_falls_due_after_the_schedule_ended() -> None:
    """A goal for December whose schedule ends in September; in between nothing is asked."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    a_plan = plan(milestones=[milestone(quarters=(2,))], targets=[goal])
    assert asked_in(a_plan, 2) == ([("2023-001-01", "事项1")], [("2023-001-T01", "2023-001-01")])
    assert asked_in(a_plan, 3) == ([], [])
    assert asked_in(a_plan, 4) == ([("2023-001", "目标1。")], [("2023-001-T01", "2023-001")])


def test_task_without_a_schedule_is_asked_for_in_every_quarter() -> None:
    """By its goal, as a whole."""
    annual = Plan.model_validate(plan().model_dump() | {"milestones": ()})
    assert [asked_in(annual, q)[0] for q in (1, 4)] == [[("2023-001", "目标1。")]] * 2


def test_figure_of_an_earlier_step_is_asked_for_when_it_falls_due() -> None:
    """Beside the first row of its task; a figure of another time stays with its step."""
    later, own = target("2", quarter=4), target("3", target_id="2023-001-T02")
    steps = [milestone(), milestone(part=2, quarters=(3,)), milestone(part=3, quarters=(4,))]
    a_plan = plan(milestones=steps, targets=[later, own])
    assert asked_in(a_plan, 1)[1] == [(t.target_id, "2023-001-01") for t in (later, own)]
    assert asked_in(a_plan, 3)[1] == []
    assert asked_in(a_plan, 4)[1] == [("2023-001-T01", "2023-001-03")]


def test_other_units_are_not_asked() -> None:
    """A unit answers for what it leads."""
    other = plan(tasks=[task(units=("市科技局",))])
    assert asked_in(other, 1) == ([], [])


def test_figures_alike_are_told_apart_by_their_sub_project() -> None:
    """Two roads that each complete 15 are asked about by their own names."""
    roads = [
        milestone(part=n).model_copy(update={"workstream": name})
        for n, name in enumerate(("甲路", "乙路", None), 1)
    ]
    figures = [
        target("15", target_id=f"2023-001-T0{n}", milestone_id=f"2023-001-0{n}") for n in (1, 2, 3)
    ]
    found = asked(plan(milestones=roads, targets=figures), UNIT, 1)
    assert [item.printed["workstream"] for item in found.targets] == ["甲路", "乙路", ""]
    goal = target("30", milestone_id=None, quarter=4, source="goal")
    whole = asked(plan(milestones=roads, targets=[goal]), UNIT, 1)
    assert [item.printed["workstream"] for item in whole.targets] == [""]


def test_edition_of_a_sheet_does_not_hang_on_how_it_shows_the_sub_project() -> None:
    """A sheet issued before figures named their sub-project asks the same."""
    road = milestone().model_copy(update={"workstream": "甲路"})
    found = asked(plan(milestones=[road], targets=[target("15")]), UNIT, 1)
    bare = tuple(item.model_copy(update={"workstream": ""}) for item in found.targets)
    assert found.model_copy(update={"targets": bare}).edition == found.edition


def test_edition_of_a_sheet_stays_when_a_reading_is_confirmed() -> None:
    """The question is the same; its value, direction and basis would make another."""
    own = target("2")
    sure = own.model_copy(
        update={"certainty": Certainty.UNCERTAIN, "rule": "甲", "understood": "乙"}
    )
    lower = own.model_copy(update={"direction": Direction.LOWER})
    first, confirmed, other = (
        asked(plan(targets=[one]), UNIT, 1).edition for one in (own, sure, lower)
    )
    assert first == confirmed
    assert first != other


def test_what_is_not_settled_is_asked_again_until_it_is() -> None:
    """After what runs, marked, with the figures that can still be reached; nothing twice."""
    steps = [milestone(), milestone(part=2, quarters=(2, 3)), milestone(part=3, quarters=(3,))]
    own = target("3", quarter=1)
    spent = target("5", target_id="2023-001-T02", quarter=1, basis=Basis.IN_QUARTER)
    a_plan = plan(milestones=steps, targets=[own, spent])
    found = asked(a_plan, UNIT, 3, LeftOpen(overdue=("2023-001-01", "2023-001-02")))
    assert [(row.row_id, row.when, row.overdue) for row in found.rows] == [
        ("2023-001-02", "第二、三季度", False),
        ("2023-001-03", "第三季度", False),
        ("2023-001-01", "第一季度（逾期）", True),
    ]
    assert [(q.target.target_id, q.row_id, q.overdue) for q in found.targets] == [
        ("2023-001-T01", "2023-001-01", True)
    ]
    assert (
        asked(a_plan, UNIT, 3, LeftOpen()).edition
        == asked(a_plan, UNIT, 3).edition
        != found.edition
    )


def test_goal_that_was_due_is_asked_again_as_a_whole() -> None:
    """Its schedule ended before, so there is no other row to ask it by."""
    goal = target("1000", milestone_id=None, quarter=2, source="goal")
    a_plan = plan(milestones=[milestone()], targets=[goal])
    found = asked(a_plan, UNIT, 3, LeftOpen(overdue=("2023-001",)))
    assert [(row.row_id, row.text, row.overdue) for row in found.rows] == [
        ("2023-001", "目标1。", True)
    ]
    assert [(q.target.target_id, q.overdue) for q in found.targets] == [("2023-001-T01", True)]
