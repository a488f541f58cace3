"""What was due and is not settled is asked again, and judged by what is said of it then."""

from decimal import Decimal

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from reporting.assess.followup.overdue import overdue
from reporting.assess.values import Assessment
from reporting.grades import Grade
from reporting.plan.values import Plan
from reporting.returns.values import Returns

FIRST, SECOND = "2023-001-01", "2023-001-02"


def open_in(city: Assessment, quarter: int, then: Plan | None = None) -> dict[str, tuple[str, ...]]:
    """List what a quarter asks again, on the ratings of a city."""
    plans = dict.fromkeys(range(1, quarter), then or city.plan)
    return overdue(city.plan, city.ratings, quarter, plans)


def asked_again(item: Returns, *ids: str) -> Returns:
    """Say that the returns' workbooks asked about something once more."""
    parts = tuple(one.model_copy(update={"overdue": ids}) for one in item.returns)
    return item.model_copy(update={"returns": parts})


def steps(*quarters: int) -> Plan:
    """Plan one task with a milestone for each of some quarters."""
    return plan(milestones=[milestone(part=n, quarters=(q,)) for n, q in enumerate(quarters, 1)])


def test_unsettled_milestone_is_asked_again_and_a_settled_one_is_not() -> None:
    """Far behind in the first quarter: open; done: not."""
    bad = row(Grade.FAR_BEHIND, "尚未取得批复。")
    assert open_in(rated(steps(1, 4), returns([bad])), 2) == {UNIT: (FIRST,)}
    assert open_in(rated(steps(1, 4), returns([row(Grade.DONE, "已取得批复。")])), 2) == {}


def test_unit_that_did_not_report_is_asked_again() -> None:
    """Nobody knows whether it was done."""
    assert open_in(rated(steps(1, 4), returns(missing=[UNIT])), 2) == {UNIT: (FIRST,)}


def test_each_lead_unit_is_asked_for_what_it_did_not_settle() -> None:
    """One of two was done."""
    a_plan = plan([task(units=(UNIT, OTHER))], [milestone(), milestone(part=2, quarters=(4,))])
    good, bad = row(), row(Grade.NOT_STARTED, "尚未开工。", unit=OTHER)
    assert open_in(rated(a_plan, returns([good, bad])), 2) == {OTHER: (FIRST,)}


def test_figure_that_a_later_one_takes_up_is_asked_there() -> None:
    """Who has to reach 200 now need not answer for the 100 of before; a single one must."""
    a_plan = steps(1, 2, 4).model_copy(
        update={
            "targets": (
                target("100"),
                target("200", target_id="2023-001-T02", milestone_id=SECOND, quarter=2),
            )
        }
    )
    city = rated(a_plan, returns([row(Grade.BEHIND, actuals={"2023-001-T01": "50"})]))
    assert open_in(city, 2) == {}
    alone = a_plan.model_copy(update={"targets": a_plan.targets[:1]})
    city = rated(alone, returns([row(Grade.BEHIND, actuals={"2023-001-T01": "50"})]))
    assert open_in(city, 2) == {UNIT: (FIRST,)}


def test_words_that_were_changed_are_not_asked_under_the_old_rating() -> None:
    """The id means something else today than what was rated."""
    city = rated(steps(1, 4), returns([row(Grade.FAR_BEHIND, "尚未取得批复。")]))
    other = city.plan.milestones[0].model_copy(update={"text": "别的事项"})
    then = city.plan.model_copy(update={"milestones": (other, *city.plan.milestones[1:])})
    assert open_in(city, 2, then) == {}


def bad_first() -> Returns:
    """Give a first quarter that is far behind."""
    return returns([row(Grade.FAR_BEHIND, "尚未取得批复。")])


def test_unit_clears_itself_by_what_it_answers_later() -> None:
    """Nothing is due in the second quarter but what was left: done is done."""
    late = row(Grade.DONE, "已于5月取得批复。", quarter=2)
    city = rated(steps(1, 4), bad_first(), asked_again(returns([late], quarter=2), FIRST))
    found = city.rating("2023-001", unit=UNIT, quarter=2)
    assert found is not None
    assert (found.grade, found.rule, found.previous) == (
        Grade.ON_SCHEDULE, "R11", Grade.FAR_BEHIND,
    )  # fmt: skip
    assert open_in(city, 3) == {}


def test_what_is_still_not_done_weighs_on_the_task() -> None:
    """What runs is on schedule, what was left is not: the task is as bad as the worse."""
    now = row(quarter=2, milestone_id=SECOND)
    late = row(Grade.BEHIND, "批复仍在办理。", quarter=2)
    city = rated(steps(1, 2, 4), bad_first(), asked_again(returns([now, late], quarter=2), FIRST))
    found = city.rating("2023-001", unit=UNIT, quarter=2)
    assert found is not None
    assert found.grade == Grade.BEHIND
    assert open_in(city, 3) == {UNIT: (FIRST,)}


def test_row_that_was_asked_and_left_out_cannot_be_judged() -> None:
    """A unit does not settle what it deletes."""
    now = row(quarter=2, milestone_id=SECOND)
    city = rated(steps(1, 2, 4), bad_first(), asked_again(returns([now], quarter=2), FIRST))
    found = city.rating("2023-001", unit=UNIT, quarter=2)
    assert found is not None
    assert found.grade == Grade.UNDECIDED


def test_workbook_that_did_not_ask_is_not_charged() -> None:
    """It answers what it was asked, and is rated on that; the rest stays open."""
    city = rated(steps(1, 2, 4), bad_first(), returns([row(quarter=2, milestone_id=SECOND)], 2))
    found = city.rating("2023-001", unit=UNIT, quarter=2)
    assert found is not None
    assert found.grade == Grade.ON_SCHEDULE
    assert open_in(city, 3) == {UNIT: (FIRST,)}


def test_late_figure_is_held_against_what_was_due() -> None:
    """100 were due by March; 90 by June are ten short still, 100 settle it."""
    a_plan = steps(1, 4).model_copy(update={"targets": (target("100"),)})
    first = returns([row(Grade.BEHIND, actuals={"2023-001-T01": "50"})])
    for value, grade, gap in (
        ("90", Grade.BEHIND, Decimal(10)), ("100", Grade.ON_SCHEDULE, Decimal(0)),
    ):  # fmt: skip
        late = row(quarter=2, actuals={"2023-001-T01": value})
        city = rated(a_plan, first, asked_again(returns([late], quarter=2), FIRST))
        found = city.rating("2023-001", unit=UNIT, quarter=2)
        assert found is not None
        assert (found.grade, found.gap) == (grade, gap)
