"""What the office decided stands over figures and words, for that unit and that subject only."""

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from reporting.assess.values import Assessment, Rating
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.returns.values import Decided

TARGET, STEP, NEXT = "2023-001-T01", "2023-001-01", "2023-001-02"
REASON = "经专题会议认定。"


def city(*decided: Decided) -> Assessment:
    """Assess two units whose figures and words say that they are behind."""
    both = plan([task(1, units=(UNIT, OTHER))], [milestone()], [target()])
    rows = [row(Grade.BEHIND, "推进缓慢。", {TARGET: "80"}, unit=unit) for unit in (UNIT, OTHER)]
    return rated(both, returns(rows).model_copy(update={"decided": decided}))


def rating(of: Assessment, subject: str, unit: str = UNIT) -> Rating:
    found = of.rating(subject, unit=unit)
    assert found is not None
    return found


def test_decided_target_is_rated_as_decided() -> None:
    """Grade, clause and reason are the decision's; the figure stays its evidence."""
    given = Decided(unit=UNIT, subject_id=TARGET, grade=Grade.ON_SCHEDULE, reason=REASON)
    found = rating(city(given), TARGET)
    assert (found.grade, found.rule, found.reason) == (Grade.ON_SCHEDULE, "R13", REASON)
    assert [e.quote for e in found.evidence] == ["新增企业：实际80家"]
    other = rating(city(given), TARGET, OTHER)
    assert (other.grade, other.rule) == (Grade.BEHIND, "R5")


def test_step_of_a_figure_decided_to_be_done_is_done_at_its_word() -> None:
    """The office says that the figure is done, the unit that the step is: R13 decides of both."""
    given = Decided(unit=UNIT, subject_id=TARGET, grade=Grade.DONE, reason=REASON)
    answer = returns([row(Grade.DONE, actuals={TARGET: "80"})])
    found = rated(plan(targets=[target()]), answer.model_copy(update={"decided": (given,)}))
    for subject in (TARGET, STEP, "2023-001"):
        assert (rating(found, subject).grade, rating(found, subject).rule) == (Grade.DONE, "R13")


def test_decided_milestone_is_rated_as_decided() -> None:
    """The unit's own word stands beside it."""
    given = Decided(unit=UNIT, subject_id=STEP, grade=Grade.PAUSED, reason=REASON)
    found = rating(city(given), STEP)
    assert (found.grade, found.rule, found.reason) == (Grade.PAUSED, "R13", REASON)
    assert found.self_rating == Grade.BEHIND
    assert rating(city(given), STEP, OTHER).grade == Grade.BEHIND
    assert rating(city(given), TARGET).grade == Grade.BEHIND


def test_doubt_about_words_leaves_the_figures_to_decide() -> None:
    """An error in the progress text leaves nothing to judge by; a doubt to be settled does not."""
    for severity, grade in (
        (Severity.ERROR, Grade.UNDECIDED), (Severity.CONFIRM, Grade.ON_SCHEDULE),
    ):  # fmt: skip
        held = Finding(
            code="RET-X", severity=severity, message="待核。", unit=UNIT, file="市商务局.xlsx",
            sheet="进展", cell="I4",
        )  # fmt: skip
        one = rated(
            plan(targets=[target()]), returns([row(actuals={TARGET: "100"})], findings=[held])
        )
        assert rating(one, STEP).grade is grade
