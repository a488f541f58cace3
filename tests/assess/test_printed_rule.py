"""The printed rule is the rule: what a reader computes from it is what the pack says."""

import re
from decimal import Decimal

import pytest

from assess.rating_samples import milestone, plan, rated, returns, row, target
from reporting.assess.values import Assessment, Level, Rating
from reporting.exhibits.sentences import movement_sentence
from reporting.grades import GOOD, LAGGING, Grade
from reporting.language.comparators import Comparator
from reporting.plan.figures.told import completion_text, short_text
from reporting.plan.values import Basis, Target
from reporting.values import Value


@pytest.fixture(scope="module")
def city(real_years: dict[int, Assessment]) -> Assessment:
    """Give the whole year of the demonstration returns."""
    return real_years[4]


def printed(city: Assessment) -> dict[str, str]:
    return {clause.code: clause.text for clause in city.rule}


def read_order(text: str) -> list[Grade]:
    found = re.search(r"由差到好依次为：([^。]+)。", text)
    assert found
    return [Grade.model_validate(word) for word in found[1].split("、")]


def compares(text: str, before: Grade, now: Grade) -> bool:
    """Read from the clause whether two grades are compared."""
    found = re.search(r"下列情形不作比较：任一季度为([^；]+)的；([^。]+)。", text)
    assert found
    either = re.findall("“([^”]+)”", found[1])
    pairs = [set(re.findall("“([^”]+)”", words)) for words in found[2].split("；")]
    return not ({str(before), str(now)} & set(either)) and {str(before), str(now)} not in pairs


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_better_and_worse_are_recomputed_from_the_printed_order(
    city: Assessment, quarter: int
) -> None:
    """The sentence's two counts follow from the order and the exclusions of R10."""
    text = printed(city)["R10"]
    order = read_order(text)
    ratings = city.task_ratings(quarter)
    moves = [
        order.index(r.grade) - order.index(r.previous)
        for r in ratings
        if r.previous is not None and compares(text, r.previous, r.grade)
    ]
    better, worse = sum(m > 0 for m in moves), sum(m < 0 for m in moves)
    assert better
    assert worse
    said = movement_sentence(ratings)
    assert said == f"与上季度相比，核定结果有所好转的{better}项，有所下滑的{worse}项。"


def limits(city: Assessment) -> tuple[Decimal, Decimal]:
    """Read the limits from the clauses of on schedule and behind."""
    within, short = printed(city)["R4"], printed(city)["R5"]
    least = re.search(r"差距不超过([\d.]+)个百分点的", within)
    far = re.search(r"不超过([\d.]+)个百分点的", short)
    assert far
    return Decimal(least[1] if least else 0), Decimal(far[1])


def by_the_rule(city: Assessment, target: Target, rating: Rating) -> Grade:
    """Grade a figure as R4 to R7 are printed."""
    assert rating.actual is not None
    actual, plan = rating.actual, target.value
    if target.is_kept_low:
        plan = target.value_high or plan
        missing = actual - plan
    else:
        missing = plan - actual
    gap = missing if target.unit in ("%", "％", "百分点", "个百分点") else missing * 100 / plan
    tolerance, far = limits(city)
    if gap > far:
        return Grade.FAR_BEHIND
    if gap > tolerance:
        return Grade.BEHIND
    annual = next((t for t in city.plan.targets if t.target_id == target.annual_target_id), None)
    if not target.is_met(actual):
        return Grade.ON_SCHEDULE
    if target.quarter == 4:
        return Grade.ON_SCHEDULE if target.basis is Basis.IN_QUARTER else Grade.DONE
    reached = (
        annual is not None
        and annual.unit == target.unit
        and Basis.CUMULATIVE is target.basis is annual.basis
        and not target.is_kept_low
        and not annual.is_kept_low
        and annual.value >= target.value
        and annual.is_met(actual)
    )
    return Grade.DONE if reached else Grade.ON_SCHEDULE


def test_every_figure_is_graded_as_the_rule_is_printed(city: Assessment) -> None:
    """Of all figures of the year, each has the grade that a reader gets from R4 to R7."""
    targets = {t.target_id: t for t in city.plan.targets}
    judged = [r for r in city.ratings if r.level is Level.TARGET and r.gap is not None]
    assert len(judged) > 300
    wrong = [
        (r.subject_id, r.grade)
        for r in judged
        if by_the_rule(city, targets[r.subject_id], r) != r.grade
    ]
    assert wrong == []


SELF = (None, Grade.DONE, Grade.ON_SCHEDULE, Grade.BEHIND, Grade.FAR_BEHIND)
"""What a unit may say of itself beside a figure, what is set aside (R3) left out."""


class Case(Value):
    """One task of one step: its figure, what the unit says, and what comes after."""

    quarter: int
    basis: Basis = Basis.CUMULATIVE
    comparator: Comparator = Comparator.AT_LEAST
    actual: str
    claimed: Grade | None
    goal: bool = True
    later: bool = False

    @property
    def step(self) -> Target:
        return target(
            "300" if self.goal else "400", target_id="S", quarter=self.quarter, basis=self.basis,
            comparator=self.comparator, annual_target_id="G" if self.goal else None,
        )  # fmt: skip

    @property
    def annual(self) -> Target:
        return target(
            "400", target_id="G", milestone_id=None, quarter=4, source="goal", basis=self.basis,
            comparator=self.comparator,
        )  # fmt: skip

    def assessed(self) -> Assessment:
        quarters = (self.quarter, 4) if self.later else (self.quarter,)
        a_plan = plan(
            milestones=[milestone(part=n, quarters=(q,)) for n, q in enumerate(quarters, 1)],
            targets=[*([self.annual] if self.goal else []), self.step],
        )
        silent = [returns(quarter=q) for q in range(1, self.quarter)]
        answer = row(self.claimed, actuals={"S": self.actual}, quarter=self.quarter)
        return rated(a_plan, *silent, returns([answer], quarter=self.quarter))


CASES = [
    Case(quarter=quarter, basis=basis, comparator=comparator, actual=actual, claimed=claimed,
         goal=goal, later=later)
    for quarter in (2, 4)
    for basis in Basis
    for comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.AT_MOST)
    for actual in ("150", "299", "300", "301", "399", "400", "401", "700")
    for claimed in SELF
    # A step of the fourth quarter is the goal's own.
    for goal in ((True, False) if quarter == 2 else (False,))
    for later in ((True, False) if quarter == 2 else (False,))
]  # fmt: skip


def says(city: Assessment, code: str, *phrases: str) -> None:
    """Make sure that a clause still says what is read from it here."""
    for phrase in phrases:
        assert phrase in printed(city)[code], (code, phrase)


def figure_by_rule(city: Assessment, case: Case) -> Grade:
    """Grade the figure as R4 to R7 are printed."""
    says(
        city, "R7", "第四季度末到期、口径不是当季且达到计划值的",
        "此前到期、口径为累计且已经达到全年目标值的（“不多于”类和以小为好的除外）",
        "计划为“超过”的，须超过计划值",
    )  # fmt: skip
    actual, value = Decimal(case.actual), case.step.value
    missing = actual - value if case.step.is_kept_low else value - actual
    if missing > 0:
        return Grade.FAR_BEHIND if missing * 100 / value > limits(city)[1] else Grade.BEHIND
    if case.quarter == 4:
        done = case.basis is not Basis.IN_QUARTER and reaches(case, actual, value)
    else:
        early = case.goal and case.basis is Basis.CUMULATIVE and not case.step.is_kept_low
        done = early and reaches(case, actual, case.annual.value)
    return Grade.DONE if done else Grade.ON_SCHEDULE


def reaches(case: Case, actual: Decimal, value: Decimal) -> bool:
    if case.comparator is Comparator.AT_MOST:
        return actual <= value
    return actual > value if case.comparator is Comparator.MORE_THAN else actual >= value


def step_by_rule(city: Assessment, case: Case, figure: Grade) -> tuple[Grade, str]:
    """Grade a step of one figure, and give the clause, as R7 and R9 are printed."""
    says(
        city, "R7", "到期指标均已达到计划值且自评为“已完成”的事项",
        "未填自评而到期指标均核定为“已完成”的事项",
    )  # fmt: skip
    says(
        city, "R9", "指标与自评不一致的，以指标为准", "没有指标低于序时要求",
        "而自评为“未达序时进度”或者“严重滞后”的，从其自评",
        "到期指标均核定为“已完成”而自评为“达到序时进度”的，从其自评",
    )  # fmt: skip
    if figure in LAGGING:
        return figure, "R6" if figure == Grade.FAR_BEHIND else "R5"
    if case.claimed in (Grade.BEHIND, Grade.FAR_BEHIND):
        return case.claimed, "R9"
    if case.claimed == Grade.DONE and reaches(case, Decimal(case.actual), case.step.value):
        return Grade.DONE, "R7"
    if figure == Grade.DONE:
        return (Grade.DONE, "R7") if case.claimed is None else (Grade.ON_SCHEDULE, "R9")
    return Grade.ON_SCHEDULE, "R4"


def task_by_rule(
    city: Assessment, case: Case, figure: Grade, step: tuple[Grade, str]
) -> tuple[Grade, str]:
    """Grade the task of that one step, as R11 is printed."""
    says(city, "R11", "后续季度仍有安排，或者以后到期的指标尚未提前达到的任务")
    ahead = case.goal and figure != Grade.DONE
    if step[0] == Grade.DONE and (case.later or ahead):
        return Grade.ON_SCHEDULE, "R11"
    return step


def test_every_combination_is_rated_as_the_rule_is_printed() -> None:
    """Figure, step and task of every combination have grade and clause that a reader gets."""
    wrong = []
    for case in CASES:
        found = case.assessed()
        figure = figure_by_rule(found, case)
        step = step_by_rule(found, case, figure)
        whole = task_by_rule(found, case, figure, step)
        own = {r.subject_id: r for r in found.ratings if r.unit and r.quarter == case.quarter}
        said = [(own[name].grade, own[name].rule) for name in ("2023-001-01", "2023-001")]
        if (own["S"].grade, *said) != (figure, step, whole):
            wrong.append((case, (own["S"].grade, *said), (figure, step, whole)))
    assert len(CASES) > 1500
    assert wrong == []


def test_rate_and_gap_of_every_figure_add_up(city: Assessment) -> None:
    """完成率 and 差距 make 100.0 wherever both are printed."""
    targets = {t.target_id: t for t in city.plan.targets}
    seen = 0
    for rating in city.ratings:
        if rating.level is not Level.TARGET or rating.actual is None or not rating.gap:
            continue
        rate = completion_text(targets[rating.subject_id], rating.actual)
        if rate is None or rating.actual < 0:
            continue
        short = short_text(targets[rating.subject_id], rating.actual)
        assert Decimal(rate.rstrip("%")) + Decimal(short) == 100
        seen += 1
    assert seen > 20


def test_tasks_are_the_worst_of_their_parts_by_the_printed_order(city: Assessment) -> None:
    """R10: a task of one unit is rated as its worst part, by the order as printed."""
    order = read_order(printed(city)["R10"])
    assert "事项所属的指标随事项核定，不再单独计入" in printed(city)["R10"]
    owners = {t.target_id: t.milestone_id or t.task_id for t in city.plan.targets}
    for whole in city.ratings:
        if (
            whole.level is not Level.TASK
            or whole.unit is None
            or whole.rule in ("R1", "R11", "R12")
        ):
            continue
        own = [
            r for r in city.ratings_of(whole.task_id)
            if r.level is not Level.TASK and (r.unit, r.quarter) == (whole.unit, whole.quarter)
        ]  # fmt: skip
        rated = {r.subject_id for r in own}
        parts = [r.grade for r in own if owners.get(r.subject_id) not in rated]
        if parts and whole.grade not in GOOD:
            assert order.index(whole.grade) == min(map(order.index, parts)), whole
