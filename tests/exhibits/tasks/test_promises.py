"""Promised steps as reports tell them: kept, late, overdue, put off; a past day is no next step."""

from datetime import date

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.grades import Grade
from reporting.returns.promises.values import Outcome, PromiseAnswer
from reporting.returns.values import Returns

DUE = date(2023, 5, 31)


def first(due: date | None = DUE) -> Returns:
    """Give a first quarter that lags, with a step promised by a day."""
    said = row(Grade.BEHIND, "场地未落实。", problem="无场地", next_step="加快选址。", due_date=due)
    return returns([said])


def answered(item: Returns, outcome: Outcome, on: date | None = None, note: str = "") -> Returns:
    """Say in a quarter's return what became of the step of the first."""
    answer = PromiseAnswer(
        promise_id="2023-001-01@1", task_id="2023-001", unit=UNIT, quarter=item.quarter,
        outcome=outcome, on=on, note=note, file="市商务局.xlsx", sheet="承诺", cells={},
    )  # fmt: skip
    parts = tuple(one.model_copy(update={"answers": (answer,)}) for one in item.returns)
    return item.model_copy(update={"returns": parts})


def second(grade: Grade = Grade.BEHIND) -> Returns:
    """Give a second quarter of the same task."""
    said = row(grade, "仍在选址。", quarter=2, milestone_id="2023-001-02")
    return returns([said], quarter=2)


def city(*rounds: Returns) -> Assessment:
    """Rate a task with a step in each of the first two quarters and the last."""
    parts = [milestone(part=n, quarters=(q,)) for n, q in enumerate((1, 2, 4), 1)]
    return rated(plan(milestones=parts), *rounds)


@pytest.mark.parametrize(
    ("outcome", "on", "counted", "state"),
    [
        (Outcome.DONE, date(2023, 5, 20), "按期完成1项", "按期完成（2023年5月20日）"),
        (Outcome.DONE, date(2023, 6, 10), "逾期完成1项", "逾期10天完成（2023年6月10日）"),
        (Outcome.NOT_DONE, None, "逾期未完成1项", "逾期30天未完成"),
        (Outcome.DROPPED, None, "不再实施1项", "不再实施"),
        (
            Outcome.PUT_OFF, date(2023, 9, 30), "逾期未完成1项",
            "逾期30天未完成，申请延期至2023年9月30日，尚未批准",
        ),
        (None, None, "时限已过、尚待核实1项", "时限已过30天，尚待核实"),
    ],
)  # fmt: skip
def test_what_became_of_a_step_is_told(
    outcome: Outcome | None, on: date | None, counted: str, state: str
) -> None:
    """Due on 31 May, told on 30 June: counted in the city's report, and named in the unit's."""
    now = second() if outcome is None else answered(second(), outcome, on, "见说明")
    found = city(first(), now)
    words = to_text(show.followed_up(found).blocks)
    head = "以前季度提出且有完成时限的措施1项，截至2023年6月30日，"
    assert f"{head}{counted}。" in words
    own = slice_for(found, Subject(kind=SubjectKind.UNIT, name=UNIT))
    assert state in to_text(show.followed_up(own).blocks)


def test_step_that_was_asked_about_and_not_answered_is_told_as_that() -> None:
    """The unit left the row empty; where no sheet asked, nobody can have answered."""
    now = answered(second(), Outcome.DONE)
    empty = now.returns[0].answers[0].model_copy(update={"outcome": None})
    parts = tuple(one.model_copy(update={"answers": (empty,)}) for one in now.returns)
    words = to_text(
        show.followed_up(city(first(), now.model_copy(update={"returns": parts}))).blocks
    )
    assert "时限已过、未答复1项。" in words
    assert "（2023年5月31日前，时限已过30天，未答复）" in words


def test_step_of_another_unit_is_not_told() -> None:
    """A unit reads of its own promises only."""
    parts = [milestone(part=n, quarters=(n,)) for n in (1, 2)]
    both = plan([task(units=(UNIT, OTHER))], parts)
    said = row(Grade.BEHIND, "未落实。", unit=OTHER, next_step="加快。", due_date=DUE)
    found = rated(both, returns([row(), said]), returns([row(quarter=2)], quarter=2))
    own = slice_for(found, Subject(kind=SubjectKind.UNIT, name=UNIT))
    assert own.commitments == ()
    assert [c.unit for c in found.commitments] == [OTHER]


def test_past_day_is_no_next_step() -> None:
    """Nothing was reported in the third quarter, whose report appears on 30 October."""
    found = city(first(), second(), returns([], quarter=3, missing=[]))
    quiet = found.model_copy(update={"progress": found.progress[:1]})
    words = to_text(show.lagging(quiet).blocks)
    assert "时限已过的措施：加快选址。（原定2023年5月31日前完成，时限已过122天，尚待核实）" in words
    assert "下一步措施：所报措施时限已过" in words


def test_day_before_the_report_appears_is_past_and_not_overdue_yet() -> None:
    """The return speaks of June, the report appears on 28 July, the day was 20 July."""
    said = row(
        Grade.BEHIND, "仍在选址。", quarter=2, milestone_id="2023-001-02", next_step="定点。",
        due_date=date(2023, 7, 20),
    )  # fmt: skip
    found = city(first(), returns([said], quarter=2))
    assert "定点。（原定2023年7月20日前完成，时限已到，待核实）" in to_text(
        show.lagging(found).blocks
    )
    assert "完成时限：2023年7月20日（时限已过，待核实）" in to_text(show.task_cards(found).blocks)


def test_how_long_a_task_lags_stands_with_it() -> None:
    """Since March, and still: two quarters in a row, 91 days after the first was due."""
    words = "滞后时间：连续2个季度滞后，到期未办结的事项最早的已逾期91天（截至2023年6月30日）。"
    found = city(first(), second())
    assert words in to_text(show.lagging(found).blocks)
    assert words in to_text(show.task_cards(found).blocks)
    assert "滞后时间" not in to_text(show.task_cards(city(first())).blocks)


def test_task_that_recovered_lags_no_more() -> None:
    """What was not asked again is not said to be overdue beside a good rating."""
    assert "滞后时间" not in to_text(show.task_cards(city(first(), second(Grade.DONE))).blocks)


def test_card_shows_what_was_asked_again() -> None:
    """The step of the first quarter stands on the second's card with what is said of it now."""
    late = row(Grade.DONE, "已落实。", quarter=2)
    item = returns([late], quarter=2)
    parts = tuple(one.model_copy(update={"overdue": ("2023-001-01",)}) for one in item.returns)
    found = rated(
        plan(milestones=[milestone(), milestone(part=2, quarters=(4,))]),
        first(), item.model_copy(update={"returns": parts}),
    )  # fmt: skip
    words = to_text(show.task_cards(found).blocks)
    assert "本季度计划：事项1（第一季度）" in words
    assert "本季度进展：已落实。" in words


@pytest.mark.parametrize(
    ("step", "mark"),
    [
        ("5月底前完成选址。", "（所写时限“5月底前”已过，待核实）"),
        ("9月底前完成选址。", ""),
        ("2024年3月底前完成选址。", ""),
        ("加快选址。", ""),
    ],
)
def test_time_in_a_steps_own_words_is_said_to_be_past(step: str, mark: str) -> None:
    """Where no day of completion is given, what the step itself says is not passed over."""
    said = row(Grade.BEHIND, "场地未落实。", quarter=2, milestone_id="2023-001-02", next_step=step)
    tasks = [task(1)]
    milestones = [milestone(1, 2, (2,))]
    city = rated(plan(tasks, milestones, []), returns([said], quarter=2))
    assert f"下一步措施：{step}{mark}（未填报完成时限）" in to_text(show.lagging(city).blocks)
    assert to_text(show.task_cards(city).blocks).endswith(f"下一步措施：{step}{mark}")
