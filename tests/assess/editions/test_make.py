"""An edition bears a date of its own, never before what it quotes."""

from datetime import date

import pytest

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.editions.make import fault_of_date, with_editions
from reporting.assess.values import Assessment, Edition

RECEIVED = date(2023, 5, 6)


def first() -> Assessment:
    return rated(plan(), returns(missing=[UNIT]))


def second(on: date | None) -> Assessment:
    """Make the second edition: a return that came on the 6th of May."""
    late = returns([row()], reported_on=date(2023, 4, 18))
    (item,) = late.returns
    came = item.model_copy(update={"received_on": RECEIVED})
    return with_editions(
        rated(plan(), late.model_copy(update={"returns": (came,)})), first(), number=2, on=on
    )


@pytest.mark.parametrize(
    ("on", "fault"),
    [
        (None, "2023年第一季度已发布第1版，现有数据与其不同，应有第2版自己的日期：请在命令中给出"
               "（make report Q=1 DATE=年-月-日），或者写入参数 calendar 第1季度的 editions。"),
        (date(2023, 5, 5), f"2023年第一季度第2版的日期应不早于所引用的{UNIT}第一季度报表的日期"
                           "（2023年5月6日），实为2023年5月5日。"),
        (date(2023, 5, 6), ""),
    ],
)  # fmt: skip
def test_date_is_never_before_the_newest_source(on: date | None, fault: str) -> None:
    """The day of receipt counts, not the one that was typed; the same day will do."""
    assert fault_of_date(second(on), 1) == fault


def test_date_is_never_before_the_edition_before() -> None:
    """Where no source is dated, the last edition's date is the limit, or the first's."""
    old = rated(plan(), returns([row()]))
    new = with_editions(rated(plan(), returns([row(progress="改过。")])), old, on=date(2023, 4, 27))
    assert "应不早于第1版的日期（2023年4月28日），实为2023年4月27日" in fault_of_date(new, 1)
    before = Edition(number=2, on=date(2023, 6, 1), changes=(), moves=())
    third = with_editions(
        rated(plan(), returns([row(progress="改过。")])),
        old.model_copy(update={"editions": (before,)}),
        on=date(2023, 5, 31),
    )
    assert "第3版的日期应不早于第2版的日期（2023年6月1日）" in fault_of_date(third, 2)


def test_newest_of_several_sources_is_named() -> None:
    """Two returns came after the first edition; the date has to wait for the second."""
    whole = plan([task(1), task(2, units=(OTHER,))], [milestone(1), milestone(2)])
    rows = [row(), row(unit=OTHER, task_id="2023-002", milestone_id="2023-002-01")]
    late = returns(rows)
    days = {UNIT: date(2023, 5, 6), OTHER: date(2023, 5, 9)}
    came = tuple(r.model_copy(update={"received_on": days[r.unit]}) for r in late.returns)
    new = rated(whole, late.model_copy(update={"returns": came}))
    old = rated(whole, returns(missing=[UNIT, OTHER]))
    found = fault_of_date(with_editions(new, old, on=date(2023, 5, 1)), 1)
    assert f"应不早于所引用的{OTHER}第一季度报表的日期（2023年5月9日）" in found


def test_edition_that_stands_needs_no_date() -> None:
    """Made again without a change it is what it was, dated or not; so is the first."""
    assert fault_of_date(first(), 0) == ""
    assert fault_of_date(second(None), 2) == ""
