"""A notice is cause and consequence: what changed, and under it what that moved."""

from datetime import date

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task

from reporting.assess.editions.make import with_editions
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import Cover
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.exhibits.headlines import headlines
from reporting.grades import Grade

DAY = date(2023, 8, 15)


def city(first: str | None, second: str = "200", *, other: bool = True) -> Assessment:
    """Rate two quarters; without a first figure the unit's return of the first is missing."""
    tasks = [task(1), task(2, units=(OTHER,), leaders=("李四",))]
    steps = [milestone(n, q, (q,)) for n in (1, 2) for q in (1, 2)]
    figures = [
        target(str(100 * q), target_id=f"2023-001-T0{q}", milestone_id=f"2023-001-0{q}", quarter=q)
        for q in (1, 2)
    ]
    rounds = []
    for quarter, value in ((1, first), (2, second)):
        rows = []
        if value is not None:
            rows.append(
                row(
                    quarter=quarter,
                    milestone_id=f"2023-001-0{quarter}",
                    actuals={f"2023-001-T0{quarter}": value},
                )
            )
        if other:
            rows.append(
                row(
                    unit=OTHER,
                    quarter=quarter,
                    task_id="2023-002",
                    milestone_id=f"2023-002-0{quarter}",
                )
            )
        here = {r.unit for r in rows}
        missing = [unit for unit in (UNIT, OTHER) if unit not in here]
        rounds.append(returns(rows, quarter=quarter, missing=missing))
    return rated(plan(tasks, steps, figures), *rounds)


def edited(new: Assessment, old: Assessment) -> Assessment:
    return with_editions(new, old, on=DAY, say=headlines)


def said(assessment: Assessment) -> list[str]:
    return [line for line in to_text(show.corrections(assessment).blocks).splitlines() if line]


def own(assessment: Assessment, name: str = UNIT) -> Assessment:
    return slice_for(assessment, Subject(kind=SubjectKind.UNIT, name=name))


def test_correction_of_an_earlier_quarter_tells_all_that_it_moved() -> None:
    """The fact, its rating then, the counts of that quarter, and the sentence at the head."""
    assert said(own(edited(city("60"), city("100")))) == [
        "第2版",
        "第2版（2023年8月15日）较上一版更正1处，第一季度1项任务的核定结果随之变动。",
        f"1. 更正　任务1　{UNIT}　第一季度",
        "实际值（新增企业）：原为：100家",
        "现为：60家",
        f"核定结果：第一季度，{UNIT}：达到序时进度 → 严重滞后",
        "各类任务数：第一季度“达到序时进度”减少1项，“严重滞后”增加1项。",
        "总体情况：原为：与上季度相同，均为“达到序时进度”。",
        "现为：上季度为“严重滞后”，有所好转。",
    ]


def test_return_that_came_late_is_one_fact_with_all_ratings_under_it() -> None:
    """A return of the first quarter that came after the second was published."""
    lines = said(edited(city("60"), city(None)))
    assert lines[1:5] == [
        "第2版（2023年8月15日）较上一版补报1处，第一季度1项任务的核定结果随之变动。",
        f"1. 补报　{UNIT}　第一季度　报表",
        "报送情况：原为：未报送",
        "现为：按时报送",
    ]
    assert lines[5] == f"核定结果：第一季度，{UNIT}：未报送 → 严重滞后（任务1）"


def test_each_report_tells_its_own_sentences() -> None:
    """The other unit has no notice at all; the city's names the city's sentences."""
    now = edited(city("100", "120"), city("100"))
    assert said(own(now, OTHER)) == []
    moved = [line for line in said(now) if line.startswith(("总体情况", "现为"))]
    assert moved[0] == "现为：120家"
    assert all(UNIT not in line for line in moved[1:])
    assert moved[1].startswith("总体情况：原为：第二季度，全市共有任务2项，均核定为")


def test_title_and_date_are_the_editions_own() -> None:
    """The kinds stand in the title, and the cover bears the edition's date."""
    now = own(edited(city("60"), city(None)))
    cover = next(block for block in show.cover(now).blocks if isinstance(block, Cover))
    assert cover.headline.endswith("（第2版，补报）")
    assert cover.publish_date == DAY
    assert own(city("60")).issued_on == date(2023, 7, 28)


def test_ratings_without_a_fact_are_told_as_such() -> None:
    """What nothing explains is said to have no cause, and not laid at something else."""
    old = city("100")
    ratings = tuple(
        r.model_copy(update={"grade": Grade.BEHIND})
        if (r.task_id, r.quarter) == ("2023-002", 2) else r
        for r in old.ratings
    )  # fmt: skip
    lines = said(edited(old, old.model_copy(update={"ratings": ratings})))
    assert "较上一版没有改动内容，1项任务的核定结果随之变动。" in lines[1]
    assert lines[2] == "1. 更正　没有找到对应的数据变动"


@pytest.mark.parametrize("tone", ["html", "notice"])
def test_head_of_a_report_leads_to_its_notice(tone: str) -> None:
    """The warning at the head says the same, and the place that it leads to is there."""
    now = own(edited(city("60"), city("100")))
    if tone == "notice":
        assert "较上一版更正1处，第一季度1项任务的核定结果随之变动。详见更正说明" in to_text(
            show.cover(now).blocks
        )
    else:
        anchors = [getattr(block, "anchor", "") for block in show.corrections(now).blocks]
        assert anchors.count("corrections") == 1
