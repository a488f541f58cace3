"""Causes of delay across tasks: counted by class and quoted."""

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.grades import Grade

_SAID = {
    1: (Grade.BEHIND, "用地指标紧张。"),
    2: (Grade.BEHIND, "用地报批慢。"),
    3: (Grade.BEHIND, ""),
    4: (Grade.BEHIND, "雨天多。"),
    5: (Grade.ON_SCHEDULE, "资金拨付快。"),
}


def city() -> Assessment:
    numbers = tuple(_SAID)
    rows = [
        row(
            grade, f"{'推进缓慢' if grade == Grade.BEHIND else '按序时推进'}，办了{n}项。",
            task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01", quarter=1, cause=cause,
            unit=OTHER if n == 4 else UNIT,
        )
        for n, (grade, cause) in _SAID.items()
    ]  # fmt: skip
    tasks = [task(n, units=(OTHER,) if n == 4 else (UNIT,)) for n in numbers]
    return rated(plan(tasks, [milestone(n) for n in numbers]), returns(rows, quarter=1))


def test_causes_are_counted_across_tasks_and_quoted() -> None:
    """Each class with its tasks and words, the unclear and the unsaid last; none of a good task."""
    text = to_text(show.causes(city()).blocks)
    assert text.splitlines()[0] == (
        "滞后和暂缓的任务4项，按所报原因：用地2项、审批1项、其他1项、未说明原因1项；"
        "一项任务有几类原因的，分别计入。"
    )
    assert f"“用地指标紧张。”（任务1，{UNIT}）" in text
    assert f"“雨天多。”（任务4，{OTHER}）" in text
    assert "资金" not in text


def test_causes_of_a_unit_are_its_own() -> None:
    """Another unit's words stay out; where all is on schedule nothing is shown."""
    other = slice_for(city(), Subject(kind=SubjectKind.UNIT, name=OTHER))
    assert to_text(show.causes(other).blocks).splitlines()[0] == (
        "滞后和暂缓的任务1项，按所报原因：其他1项。"
    )
    good = rated(plan([task(1)], [milestone(1)]), returns([row(quarter=1)], quarter=1))
    assert show.causes(good).blocks == ()
