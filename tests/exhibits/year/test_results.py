"""What became of the year's targets, and of the tasks that it leaves open."""

from decimal import Decimal

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task

from reporting.assess.rollups import total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.assess.year_end import annual_results, open_tasks
from reporting.documents.blocks import Figure, Table, text_of, walk
from reporting.documents.exhibit import Exhibit
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.plan.values import Basis, Target
from reporting.returns.values import Returns

EMPTY = [Returns(year=2023, quarter=q, returns=(), missing=(UNIT,)) for q in (1, 2, 3)]


def annual(number: int, value: str, **fields: object) -> Target:
    given: dict[str, object] = {
        "target_id": f"G{number}", "milestone_id": None, "quarter": 4, "source": "goal",
        "measure": f"指标{number}",
    }  # fmt: skip
    return target(value, **(given | fields))


def year(figures: dict[str, str | None], *targets: Target, grade: Grade = Grade.DONE) -> Assessment:
    a_plan = plan(milestones=[milestone(quarters=(4,))], targets=targets)
    return rated(a_plan, *EMPTY, returns([row(grade, actuals=figures, quarter=4)], quarter=4))


def tables(exhibit: Exhibit) -> list[list[list[str]]]:
    """Read every table of an exhibit as words."""
    return [
        [[text_of(cell) for cell in line.cells] for line in block.rows]
        for block in walk(exhibit.blocks)
        if isinstance(block, Table)
    ]


def test_every_target_of_the_year_says_by_how_much() -> None:
    """The missed come first, the furthest before the others; then what is not known."""
    city = year(
        {"G1": "120", "G2": "95", "G3": "60", "G4": None, "G5": "6", "G6": "97.5", "G7": "500"},
        annual(1, "100"), annual(2, "100"), annual(3, "100"), annual(4, "100"),
        annual(5, "5", comparator=Comparator.AT_MOST, unit="起"),
        annual(6, "95", basis=Basis.LEVEL, unit="%"), annual(7, "100"),
    )  # fmt: skip
    results, _ = tables(show.year_end(city))
    assert [line[1:] for line in results] == [
        ["指标3（家）", UNIT, "100", "60", "-40", "60.0%", "未达到"],
        ["指标5（起）", UNIT, "不多于5", "6", "+1", "—", "未达到"],
        ["指标2（家）", UNIT, "100", "95", "-5", "95.0%", "未达到"],
        ["指标4（家）", UNIT, "100", "—", "—", "—",
         "无法核实\n指标4计划100家，到期指标未填实际值。"],
        ["指标7（家）", UNIT, "100", "500", "+400", "500.0%", "待核实"],
        ["指标1（家）", UNIT, "100", "120", "+20", "120.0%", "已达到"],
        ["指标6（%）", UNIT, "95", "97.5", "+2.5", "—", "已达到"],
    ]  # fmt: skip
    assert to_text(show.year_end(city).blocks).startswith(
        "年度指标7项，其中达到年度目标的2项、未达到的3项、无法核实的1项、实际值待核实的1项。"
    )


def test_bars_are_of_running_figures_that_are_sure() -> None:
    """A rate, a limit and a figure in doubt are no part of a whole."""
    city = year(
        {"G1": "120", "G2": "97", "G3": "3", "G4": "700"}, annual(1, "100"),
        annual(2, "95", basis=Basis.LEVEL, unit="%"),
        annual(3, "5", comparator=Comparator.AT_MOST), annual(4, "100"),
    )  # fmt: skip
    (drawn,) = (b for b in show.year_results(city).blocks if isinstance(b, Figure))
    assert (
        drawn.alt
        == "条形图，累计指标完成全年目标的比例：任务1 指标1，全年目标100家、实际120家，占120.0%。"
    )


@pytest.mark.parametrize(
    ("actual", "sentence"),
    [("120", "年度指标1项，达到年度目标。"), ("80", "年度指标1项，未达到。")],
)
def test_one_target_is_said_in_one_clause(actual: str, sentence: str) -> None:
    """One is no share of anything."""
    words = to_text(show.year_results(year({"G1": actual}, annual(1, "100"))).blocks)
    assert words.startswith(sentence)


def test_a_year_without_targets_says_so() -> None:
    """Nothing to count is said; what is left open is told all the same."""
    city = year({}, grade=Grade.BEHIND)
    words = to_text(show.outlook(city).blocks)
    assert words.startswith("任务分解表没有年度量化指标。")
    assert "年末尚未办结、需结转下年的1项。" in words


def test_what_is_carried_over_stands_with_its_reasons() -> None:
    """One line a task: whose it is, how it was rated last, and why it is open."""
    city = year({"G1": "80"}, annual(1, "100"), grade=Grade.BEHIND)
    _, left = tables(show.year_end(city))
    assert left == [
        ["1", "目标1", UNIT, "未达序时进度",
         "2个事项和指标均核定为“未达序时进度”。指标1计划100家，实际80家，完成率80.0%，"
         "差20.0个百分点；年度指标“指标1”未达到"]
    ]  # fmt: skip


def test_a_year_that_leaves_nothing_open_says_so() -> None:
    """No empty table."""
    city = year({"G1": "100"}, annual(1, "100"))
    said = to_text(show.carried_over(city).blocks)
    assert said.strip() == "全年任务1项，均已完成或者达到年度进度要求，没有结转事项。"


def test_a_unit_reads_what_is_carried_over_as_its_next_steps() -> None:
    """Its own report has the list once, and no other unit's results."""
    both = plan([task(units=(UNIT, OTHER))], [milestone(quarters=(4,))], [annual(1, "100")])
    rows = [
        row(Grade.BEHIND, actuals={"G1": "80"}, quarter=4),
        row(Grade.DONE, actuals={"G1": "100"}, quarter=4, unit=OTHER),
    ]
    city = rated(both, *EMPTY, returns(rows, quarter=4))
    own = slice_for(city, Subject(kind=SubjectKind.UNIT, name=OTHER))
    (results,) = tables(show.outlook(own))
    assert [line[-1] for line in results] == ["已达到"]
    assert tables(show.next_duties(own)) == []
    assert "没有结转事项" in to_text(show.next_duties(own).blocks)
    late = slice_for(city, Subject(kind=SubjectKind.UNIT, name=UNIT))
    assert [line[3] for line in tables(show.next_duties(late))[0]] == ["未达序时进度"]
    assert "（多个单位填报的分别计入）" in to_text(show.outlook(city).blocks)


def test_before_the_year_is_over_the_outlook_stands(city: Assessment) -> None:
    """In the third quarter the year's end is projected, and nothing is carried over."""
    words = to_text(show.outlook(city).blocks)
    assert "年底预计值＝" in words
    assert "结转" not in words


def test_the_year_of_the_demonstration_adds_up(real_years: dict[int, Assessment]) -> None:
    """Reached, missed and unknown are all targets; open and settled are all tasks."""
    city = real_years[4]
    results, left = tables(show.outlook(city))
    assert len(results) == len(annual_results(city)) > 60
    assert len(left) == len(open_tasks(city))
    words = to_text(show.outlook(city).blocks)
    settled = total(city).total - len(left)
    assert f"达到年度进度要求的{settled}项，年末尚未办结、需结转下年的{len(left)}项" in words
    for line in results:
        if line[5] != "—":
            assert Decimal(line[4]) - _value(line[3]) == Decimal(line[5]), line


def _value(words: str) -> Decimal:
    """Read the plan's value, of a range the lower end."""
    return Decimal(words.removeprefix("超过").removeprefix("不多于").partition("—")[0])
