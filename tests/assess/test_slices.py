"""What a report may know: its own subject's ratings, rows and findings, and nobody else's."""

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.slices import slice_for
from reporting.assess.values import (
    Assessment,
    Change,
    Edition,
    Move,
    Subject,
    SubjectKind,
)  # fmt: skip
from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.plan.values import SupportingUnit

SHARED, ALONE, SUPPORTED = "2023-001", "2023-002", "2023-003"
"""A task that both units lead, one that only the other leads, one that the unit supports."""


def note(code: str, unit: str = "", task_id: str = "") -> Finding:
    return Finding(
        code=code, severity=Severity.NOTE, message=f"{code}。", unit=unit, task_id=task_id
    )


PLANNED = (note("PLAN-A", task_id=SHARED), note("PLAN-B", task_id=ALONE), note("PLAN-NONE"))
FOUND = (
    note("RET-OWN", UNIT, SHARED), note("RET-OWN-FILE", UNIT), note("RET-OTHER", OTHER, SHARED),
    note("RET-OTHER-FILE", OTHER), note("RET-ALONE", OTHER, ALONE),
)  # fmt: skip


def city() -> Assessment:
    """Assess two units on three tasks, with findings about everything."""
    tasks = [
        task(1, units=(UNIT, OTHER)),
        task(2, units=(OTHER,), leaders=("李四",)),
        task(3, units=(OTHER,), leaders=("李四",), supporting_units=(SupportingUnit(unit=UNIT),)),
    ]
    rows = [
        row(),
        row(Grade.BEHIND, "推进缓慢。", unit=OTHER, file="市科技局.xlsx"),
        *(
            row(unit=OTHER, task_id=id_, milestone_id=f"{id_}-01", file="市科技局.xlsx")
            for id_ in (ALONE, SUPPORTED)
        ),
    ]
    whole = plan(tasks, [milestone(n) for n in (1, 2, 3)]).model_copy(update={"findings": PLANNED})
    return rated(whole, returns(rows, findings=FOUND))


def unit_slice(of: Assessment) -> Assessment:
    return slice_for(of, Subject(kind=SubjectKind.UNIT, name=UNIT))


def leader_slice(of: Assessment, name: str = "张三") -> Assessment:
    return slice_for(of, Subject(kind=SubjectKind.LEADER, name=name))


def test_unit_sees_the_ratings_made_on_its_own_return() -> None:
    """Of a task that two units lead it sees neither the other's ratings nor the combined one."""
    cut = unit_slice(city())
    assert {(r.subject_id, r.unit) for r in cut.ratings} == {
        ("2023-001-01", UNIT), (SHARED, UNIT),
    }  # fmt: skip
    assert {(r.unit, r.task_id) for r in cut.progress} == {(UNIT, SHARED)}
    assert {status.unit for status in cut.return_status} == {UNIT}
    assert [t.task_id for t in cut.plan.tasks] == [SHARED]
    assert [s.task_id for s in cut.supported] == [SUPPORTED]


def test_unit_sees_findings_about_its_tasks_and_its_own_return() -> None:
    """Another unit's faults in a common task are not its business, nor is what names nobody."""
    cut = unit_slice(city())
    assert [f.code for f in cut.findings] == ["PLAN-A", "RET-OWN", "RET-OWN-FILE"]
    assert [f.code for f in cut.plan.findings] == ["PLAN-A"]


def test_leader_sees_every_lead_unit_of_the_own_tasks() -> None:
    """The combined ratings too; nothing of a task that is another leader's."""
    cut = leader_slice(city())
    assert {(r.subject_id, r.unit) for r in cut.ratings} == {
        (subject, unit) for subject in ("2023-001-01", SHARED) for unit in (UNIT, OTHER)
    } | {(SHARED, None)}
    assert {(r.unit, r.task_id) for r in cut.progress} == {(UNIT, SHARED), (OTHER, SHARED)}
    assert [f.code for f in cut.findings] == [
        "PLAN-A", "RET-OWN", "RET-OWN-FILE", "RET-OTHER", "RET-OTHER-FILE",
    ]  # fmt: skip
    assert not cut.supported
    other = leader_slice(city(), "李四")
    assert {r.task_id for r in other.ratings} == {ALONE, SUPPORTED}
    assert [f.code for f in other.findings] == [
        "PLAN-B", "RET-OTHER-FILE", "RET-ALONE",
    ]  # fmt: skip
    assert {status.unit for status in other.return_status} == {OTHER}


def test_city_sees_everything() -> None:
    """The briefing's slice is the assessment itself."""
    whole = city()
    assert slice_for(whole, Subject(kind=SubjectKind.BRIEFING, name="东莞市")) == whole


CHANGES = {
    "own row": Change(task_id=SHARED, unit=UNIT, field="本季度进展"),
    "other's row": Change(task_id=SHARED, unit=OTHER, field="本季度进展"),
    "task": Change(task_id=SHARED, field="季度进度安排"),
    "other task": Change(task_id=ALONE, field="任务"),
    "supported task": Change(task_id=SUPPORTED, field="任务"),
    "inner of supported": Change(task_id=SUPPORTED, field="季度进度安排"),
    "own return": Change(unit=UNIT, field="报送情况"),
    "other's return": Change(unit=OTHER, field="报送情况"),
    "rule": Change(field="核定规则"),
    "leaders' text": Change(field="报告正文", reports=SubjectKind.LEADER),
    "units' text": Change(field="报告正文", reports=SubjectKind.UNIT),
    "once its own": Change(task_id=ALONE, field="牵头单位", parties=(UNIT,)),
}
MOVES = {
    f"{id_} of {unit}": Move(task_id=id_, unit=unit, old=Grade.BEHIND, new=Grade.DONE)
    for id_ in (SHARED, ALONE) for unit in (UNIT, OTHER, None)
}  # fmt: skip


def corrected() -> Assessment:
    """Give the city a second edition with every kind of change, and a third of no concern."""
    second = Edition(number=2, changes=tuple(CHANGES.values()), moves=tuple(MOVES.values()))
    third = Edition(number=3, changes=(CHANGES["other's return"],), moves=())
    return city().model_copy(update={"editions": (second, third)})


def seen(of: Assessment) -> tuple[int, list[str], list[str]]:
    (edition,) = of.editions
    changes = [name for name, change in CHANGES.items() if change in edition.changes]
    return edition.number, changes, [n for n, move in MOVES.items() if move in edition.moves]


def test_unit_sees_of_a_correction_what_its_report_shows() -> None:
    """Its own row, its tasks, the name of a task it supports; an edition of others not at all."""
    assert seen(unit_slice(corrected())) == (
        2,
        ["own row", "task", "supported task", "own return", "rule", "units' text", "once its own"],
        [f"{SHARED} of {UNIT}"],
    )


def test_leader_sees_of_a_correction_what_its_report_shows() -> None:
    """Every lead unit's rows and returns, and the ratings over all of them."""
    cut = leader_slice(corrected().model_copy(update={"editions": corrected().editions[:1]}))
    assert seen(cut) == (
        2,
        ["own row", "other's row", "task", "own return", "other's return", "rule",
         "leaders' text"],
        [f"{SHARED} of {unit}" for unit in (UNIT, OTHER, None)],
    )  # fmt: skip
