"""The exhibits of the city's pack on small cities: ranks, requests, work asked, silence."""

from datetime import date
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task

from reporting.assess.values import Assessment
from reporting.documents.blocks import Page, Table, text_of, walk
from reporting.documents.exhibit import Exhibit
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.exhibits.city.page import worst_tasks
from reporting.exhibits.city.words import until, until_words
from reporting.grades import Grade
from reporting.returns.promises.values import Outcome, PromiseAnswer
from reporting.returns.values import ProgressRow

THIRD = "市财政局"


def table_of(exhibit: Exhibit, number: int = 0) -> list[list[str]]:
    tables = [block for block in walk(exhibit.blocks) if isinstance(block, Table)]
    return [[text_of(cell) for cell in row.cells] for row in tables[number].rows]


def late(number: int, unit: str = UNIT, **fields: Any) -> ProgressRow:
    """Give a row that lags, of a task with one step."""
    given: dict[str, Any] = {
        "task_id": f"2023-{number:03d}", "milestone_id": f"2023-{number:03d}-01", "unit": unit,
        "problem": "场地未落实。", "cause": "指标紧。", "next_step": "加快报批。",
        "due_date": date(2023, 6, 30),
    }  # fmt: skip
    return row(Grade.BEHIND, f"推进缓慢，第{number}项。", **(given | fields))


def city_of(rows: list[ProgressRow], units: list[str], missing: tuple[str, ...] = ()) -> Assessment:
    tasks = [task(n, units=(unit,)) for n, unit in enumerate(units, 1)]
    steps = [milestone(n) for n in range(1, len(units) + 1)]
    return rated(plan(tasks, steps), returns(rows, missing=missing))


def good(number: int, unit: str = UNIT) -> ProgressRow:
    return row(
        progress=f"召开协调会{number}次。", unit=unit, task_id=f"2023-{number:03d}",
        milestone_id=f"2023-{number:03d}-01",
    )  # fmt: skip


def test_units_are_ranked_by_share_then_by_number() -> None:
    """Two of two is worse than one of one; those alike share a place; silence has none."""
    units = [OTHER, UNIT, UNIT, THIRD, "市教育局", "市公安局", "市公安局"]
    rows = [late(1, OTHER), late(2), late(3), good(5, "市教育局"), late(6, "市公安局"),
            good(7, "市公安局")]  # fmt: skip
    found = show.ranked_units(city_of(rows, units, missing=(THIRD,)))
    assert table_of(found) == [
        ["1", UNIT, "2", "2", "2", "100.0%"],
        ["2", OTHER, "1", "1", "1", "100.0%"],
        ["3", "市公安局", "2", "1", "1", "50.0%"],
        ["—", THIRD, "1", "—", "—", "未报送"],
    ]
    words = to_text(found.blocks)
    assert "5个牵头单位中，有任务未达序的3个，全部达序的1个，" in words
    assert "未报送或者均无法判定、不参加排列的1个。" in words


def test_units_alike_have_one_place() -> None:
    """Of two units with one of one neither is first."""
    found = table_of(show.ranked_units(city_of([late(1), late(2, OTHER)], [UNIT, OTHER])))
    assert [line[0] for line in found] == ["1", "1"]


def test_requests_stand_by_who_must_decide() -> None:
    """Those of one addressee follow each other; who is not named is said to be so, last."""
    rows = [
        late(1, coordination="请属地协助。"), late(2, coordination="请市科技局加快审核。"),
        late(3, coordination="请市科技局安排评审。"), good(4, OTHER),
    ]  # fmt: skip
    city = city_of(rows, [UNIT, UNIT, UNIT, OTHER])
    found = show.coordination_by_decider(city)
    assert [line[:4] for line in table_of(found)] == [
        [OTHER, "请市科技局加快审核。", UNIT, "2"],
        ["", "请市科技局安排评审。", UNIT, "3"],
        ["原文未写明", "请属地协助。", UNIT, "1"],
    ]
    assert "提出需协调事项3项，请有关方面研究决定：市科技局2项；另有1项" in to_text(found.blocks)
    assert "需协调事项，请市科技局研究答复提出单位。" in to_text(show.work_asked(city).blocks)


def test_who_did_not_report_stands_with_the_tasks() -> None:
    """The tasks that nobody knows of are named by number."""
    city = city_of([good(1)], [UNIT, OTHER, OTHER], missing=(OTHER,))
    (line,) = table_of(show.returns_with_tasks(city))
    assert line == [OTHER, "未报送", "2023年4月20日", "—", "0", "任务2、3（2项）"]
    assert f"{OTHER}未报送报表，请即补报。" in to_text(show.work_asked(city).blocks)


def test_the_last_of_several_days_is_by_when() -> None:
    """A task of two lagging steps is done when the later of them is."""
    steps = [milestone(part=at) for at in (1, 2)]
    rows = [
        late(1),
        late(1, milestone_id="2023-001-02", due_date=date(2023, 9, 15), next_step="招标。"),
    ]
    city = rated(plan(milestones=steps), returns(rows))
    assert until(city, city.plan.tasks[0]) == date(2023, 9, 15)
    assert until_words(city, city.plan.tasks[0]) == "9月15日"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_date": date(2023, 4, 1)}, "时限已过"),
        ({"due_date": None}, "未报时限"),
        ({"due_date": None, "next_step": ""}, "未报时限"),
        ({"due_date": date(2024, 1, 15)}, "2024年1月15日"),
    ],
)
def test_no_day_is_said_to_be_none(fields: dict[str, Any], words: str) -> None:
    """A day that is past promises nothing, and of what has none nobody can say by when."""
    city = city_of([late(1, **fields)], [UNIT])
    assert until_words(city, city.plan.tasks[0]) == words
    wanted = "请牵头单位重新报送措施和时限。" if "年" not in words else "按所报时限办结"
    assert wanted in to_text(show.work_asked(city).blocks)


def test_worst_are_those_of_the_rule() -> None:
    """By grade, then by how much is missing, then by number."""
    tasks = [task(n) for n in (1, 2, 3)]
    targets = [
        target("100", target_id=f"2023-00{n}-T01", task_id=f"2023-00{n}",
               milestone_id=f"2023-00{n}-01")
        for n in (1, 2, 3)
    ]  # fmt: skip
    rows = [
        row(None, f"已办{n}件。", task_id=f"2023-00{n}", milestone_id=f"2023-00{n}-01",
            actuals={f"2023-00{n}-T01": value})
        for n, value in ((1, "90"), (2, "40"), (3, "80"))
    ]  # fmt: skip
    city = rated(plan(tasks, [milestone(n) for n in (1, 2, 3)], targets), returns(rows))
    assert [rating.task_id[-1] for rating in worst_tasks(city)] == ["2", "3", "1"]
    lines = table_of(show.off_schedule(city))
    assert [line[0][:3] for line in lines] == ["任务2", "任务3", "任务1"]
    assert lines[0][1] == "严重滞后\n新增企业计划100家，实际40家，差60.0个百分点"


def test_a_city_in_order_says_so() -> None:
    """Nothing late, asked or silent leaves short sentences and a page that stands."""
    city = city_of([good(1)], [UNIT])
    (page,) = show.mayor_page(city).blocks
    assert isinstance(page, Page)
    captions = [block.caption for block in page.blocks if isinstance(block, Table)]
    assert captions == ["四个数", "全年走势（单位：项）"]
    for exhibit, words in (
        (show.off_schedule(city), "各项任务均达序。"),
        (show.ranked_units(city), "各牵头单位的任务均达序。"),
        (show.coordination_by_decider(city), "本季度没有单位提出需协调事项。"),
        (show.work_asked(city), "请各牵头单位按计划继续推进。"),
        (show.adjustments(city), "本年度任务分解表没有调整。"),
        (show.unsettled(city), "本年度第一次通报"),
        (show.commitments(city), "以前季度没有提出有完成时限的措施。"),
    ):
        assert words in to_text(exhibit.blocks)


@pytest.mark.parametrize(
    ("place", "title"), [("东莞市", "市长一页"), ("和平县", "县长一页"), ("某某大学", "一页要情")]
)
def test_the_page_is_named_for_its_reader(place: str, title: str) -> None:
    """A county has no mayor, and a school has neither."""
    city = city_of([good(1)], [UNIT])
    head = city.masthead.model_copy(update={"city": place})
    (page,) = show.mayor_page(city.model_copy(update={"masthead": head})).blocks
    assert isinstance(page, Page)
    assert page.heading.text == title


def test_next_work_is_that_of_what_lags() -> None:
    """The next quarter's steps are counted; of each lagging task the first is quoted."""
    steps = [milestone(1, 1), milestone(2, 1), milestone(2, 2, (2,))]
    steps += [milestone(1, part, (2,)) for part in (2, 3)]
    city = rated(plan([task(1), task(2)], steps), returns([late(1), good(2)]))
    found = show.next_work(city)
    assert "第二季度应推进的事项3项，其中目前滞后的1项任务2项" in to_text(found.blocks)
    assert table_of(found) == [["1", "目标1", "事项2（另有1个事项）", UNIT, "未达序时进度"]]


def test_the_years_end_tells_what_is_carried_over() -> None:
    """After the fourth quarter what stays open is counted in place of what comes next."""
    slow = late(1, quarter=4, milestone_id="2023-001-01")
    city = rated(plan(milestones=[milestone(quarters=(4,))]), returns([slow], quarter=4))
    words = to_text(show.next_work(city).blocks)
    assert "全年任务1项，年末尚未办结、需结转下年的1项，全部见附件，均已列入前面的" in words


def test_solved_points_are_counted_only() -> None:
    """What was made up for has a number; what was not has a line."""
    steps = [milestone(n, q, (q,)) for n in (1, 2) for q in (1, 2)]
    first = [late(1), late(2)]
    second = [
        row(quarter=2, milestone_id="2023-001-02", progress="召开协调会5次。"),
        late(2, quarter=2, milestone_id="2023-002-02"),
    ]
    wanted = plan([task(1), task(2)], steps)
    city = rated(wanted, returns(first), returns(second, quarter=2))
    found = show.unsettled(city)
    assert [line[0] for line in table_of(found)] == ["2"]
    assert "已追回进度（由滞后转为达到序时进度或者已完成）的1项" in to_text(found.blocks)


def test_broken_promises_stand_longest_overdue_first() -> None:
    """What was kept is counted; what was not has a line, the oldest first."""
    steps = [milestone(n, q, (q,)) for n in (1, 2) for q in (1, 2)]
    first = [late(1, due_date=date(2023, 6, 20)), late(2, due_date=date(2023, 5, 31))]
    second = [late(n, quarter=2, milestone_id=f"2023-00{n}-02") for n in (1, 2)]
    said = returns(second, quarter=2)
    answers = tuple(
        PromiseAnswer(
            promise_id=f"2023-00{n}-01@1", task_id=f"2023-00{n}", unit=UNIT, quarter=2,
            outcome=Outcome.NOT_DONE, on=None, note="", file="市商务局.xlsx",
            sheet="承诺", cells={},
        )
        for n in (1, 2)
    )  # fmt: skip
    parts = tuple(one.model_copy(update={"answers": answers}) for one in said.returns)
    city = rated(
        plan([task(1), task(2)], steps), returns(first), said.model_copy(update={"returns": parts})
    )
    found = show.commitments(city)
    assert [(line[0], line[4], line[5]) for line in table_of(found)] == [
        ("2", "5月31日", "逾期30天未完成"), ("1", "6月20日", "逾期10天未完成"),
    ]  # fmt: skip
    assert "逾期未完成2项。各项说明见附件。" in to_text(found.blocks)
