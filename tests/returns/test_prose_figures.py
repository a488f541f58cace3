"""Figures in a unit's prose are held against its cells, the plan and last quarter."""

from decimal import Decimal
from pathlib import Path

import pytest

from reporting.assess.assess import assess
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.periods import Period
from reporting.plan.values import Basis, Target
from reporting.returns.prose.figures import Known, disagreements
from reporting.returns.values import Returns

from .toy import PARAMS, PLAN, UNIT, filled, read

TURN, TURNED = "2023-001-02", "2023-001-T03"


def known(measure: str, actual: str, **more: object) -> Known:
    """Give a target of 15 by the third quarter and 20 in the year, 9.8 of it last quarter."""
    unit, basis = str(more.pop("unit", "亿元")), more.pop("basis", Basis.CUMULATIVE)
    target = Target(
        target_id=f"T-{measure}", task_id="2023-001", milestone_id="2023-001-01", quarter=3,
        measure=measure, comparator=Comparator.AT_LEAST, value=Decimal(15), unit=unit,
        basis=Basis(str(basis)), start=0, end=1, source="schedule",
    )  # fmt: skip
    return Known(
        target, "", "", is_own=True, actual=Decimal(actual), last=Decimal("9.8"),
        planned=(Decimal(15),), annual=Decimal(20),
    )  # fmt: skip


def found(text: str, *targets: Known) -> list[tuple[str, str, str]]:
    """Return what a text disagrees with: the kind, its words, and the value that is known."""
    said = disagreements(text, targets or (known("高速完成投资", "15.5"),), 2023, 3)
    return [(d.against.value, d.said.words, f"{d.right.normalize()}") for d in said]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("截至9月底，累计完成投资12.5亿元。", "累计完成投资12.5亿元"),
        ("高速完成投资125000万元。", "高速完成投资125000万元"),
        ("今年以来完成投资十二点五亿元，同比增长6%。", "今年以来完成投资十二点五亿元"),
        ("本季度投资2.7亿元，累计12.5亿元。", "累计12.5亿元"),
        ("完成投资155亿元。", "完成投资155亿元"),
    ],
)
def test_figure_that_differs_from_its_cell_is_found(text: str, words: str) -> None:
    """However it is written, in whichever unit, as a total or alone."""
    assert found(text) == [("actual", words, "15.5")]


@pytest.mark.parametrize(
    "text",
    [
        "累计完成投资15.5亿元，其中本季度5.7亿元。",
        "完成投资约15.5亿元，较去年同期的12.5亿元增加3亿元。",
        "完成投资15.50亿元，占年度计划20亿元的77.5%。",
        "总投资38亿元，三季度完成投资5.7亿元。",
        "预计全年完成投资21亿元。",
        "比上半年的9.8亿元增加5.7亿元，达到15.5亿元。",
        "超过15亿元的计划。",
    ],
)
def test_parts_plans_and_other_times_are_no_contradiction(text: str) -> None:
    """What counts something else than the cell is not held against it."""
    assert found(text) == []


def test_figures_of_two_sub_projects_that_are_swapped_are_both_found() -> None:
    """Each figure is held against the target its own words name."""
    text = "东线完成投资6.4亿元；西线完成投资15.5亿元。"
    pair = known("东线完成投资", "15.5"), known("西线完成投资", "6.4")
    assert found(text, *pair) == [
        ("actual", "东线完成投资6.4亿元", "15.5"), ("actual", "西线完成投资15.5亿元", "6.4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资15.5亿元，比上半年的8.9亿元多6.6亿元。", ("last", "比上半年的8.9亿元", "9.8")),
        ("投资15.5亿元，超过三季度12亿元的目标。", ("plan", "超过三季度12亿元", "15")),
        ("投资15.5亿元，完成年度任务的91%。", ("share", "完成年度任务的91%", "77.5")),
        ("投资15.5亿元，仅完成全年任务的五成。", ("share", "仅完成全年任务的五成", "77.5")),
    ],
)
def test_last_value_plan_and_share_are_checked(text: str, expected: tuple[str, ...]) -> None:
    """What the prose quotes of last quarter and of the plan, and the share it works out."""
    assert found(text) == [expected]


def in_quarter() -> Known:
    return known("投资", "5.7", basis=Basis.IN_QUARTER)


def test_target_of_the_quarter_is_held_against_the_quarter() -> None:
    """A running total is no answer to what the quarter alone counts."""
    assert found("三季度投资5.7亿元，累计15.5亿元。", in_quarter()) == []
    assert found("三季度投资4.7亿元，累计15.5亿元。", in_quarter()) == [
        ("actual", "三季度投资4.7亿元", "5.7")
    ]


def told(folder: Path, before: tuple[Returns, ...], text: str) -> Returns:
    """Read a return whose figures are 820 companies of 800 planned, and whose prose is given."""
    sheet = filled(UNIT, 3, before)
    sheet.put(TURN, "progress", text)
    return read(folder, 3, {UNIT: sheet}, before)


def test_figures_that_lead_to_different_grades_are_held(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Both places are named, and the rating says that it waits."""
    returns = told(tmp_path, second_quarter, "累计推动企业数字化转型720家。投资11.5亿元。")
    note = next(f for f in returns.all_findings if f.code == "RET-PROSE-GRADE")
    assert note.severity is Severity.CONFIRM
    assert (note.sheet, note.message) == (
        "指标",
        "进展情况（进展I4）称“累计推动企业数字化转型720家”，指标所填为“规上工业企业数字化转型”820家，"
        "两处不一致，按哪一个核定结果不同，请核对。",
    )
    city = assess(PLAN, [*second_quarter, returns], PARAMS, Period(year=2023, quarter=3))
    rating = city.rating(TURNED, unit=UNIT)
    assert rating is not None
    assert rating.grade == Grade.UNDECIDED


def test_figures_that_lead_to_one_grade_are_a_reminder(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Both are above the plan: the unit is reminded, the figure stands."""
    returns = told(tmp_path, second_quarter, "累计推动企业数字化转型810家。投资11.5亿元。")
    codes = [(f.code, f.cell) for f in returns.all_findings if f.sheet == "指标"]
    assert codes == [("RET-PROSE-FIGURE", "M4")]
    assert all(actual.value is not None for row in returns.rows for actual in row.actuals)
