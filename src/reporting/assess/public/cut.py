"""Cut an assessment down to what the public may know.

Values are built anew from the fields that are public. A field that is added to them later is
withheld until somebody names it here.
"""

from reporting.assess.public.withheld import Field, Withheld
from reporting.assess.values import Assessment, Edition, Level, Rating, Subject, SubjectKind
from reporting.grades import GOOD
from reporting.plan.values import Milestone, Plan, Target, Task
from reporting.returns.values import Actual, ProgressRow


def public_slice(city: Assessment, withheld: Withheld) -> Assessment:
    """Return what the public may know of the city's assessment.

    Problems, causes, next steps, requests, promises, names of those who report and approve,
    findings, decisions, the units' own ratings, and the files and cells of returns are not in
    it. What a unit says of its progress is, where the office rates that progress good: elsewhere
    the text tells what stands in the way. No figure or text of a cell in doubt is in it.
    """
    ids = frozenset(t.task_id for t in city.plan.tasks) - withheld.task_ids
    return Assessment(
        period=city.period,
        subject=Subject(kind=SubjectKind.PUBLIC, name=city.subject.name),
        masthead=city.masthead,
        plan=_plan(city.plan.restricted(ids), withheld),
        progress=tuple(_row(city, r, withheld) for r in city.progress if r.task_id in ids),
        ratings=tuple(
            _rating(r) for r in city.ratings if r.task_id in ids and _is_told(r, withheld)
        ),
        return_status=(),
        findings=(),
        rule=city.rule,
        is_sample=city.is_sample,
        editions=tuple(
            Edition(number=e.number, on=e.on, changes=(), moves=()) for e in city.editions
        ),
        withheld_tasks=len(city.plan.tasks) - len(ids),
    )


def _plan(plan: Plan, withheld: Withheld) -> Plan:
    hides_schedule = Field.SCHEDULE in withheld.fields
    milestones = () if hides_schedule else tuple(_milestone(m) for m in plan.milestones)
    targets = (t for t in plan.targets if t.source == "goal" or not hides_schedule)
    return Plan(
        year=plan.year, title=plan.title, issued_by=plan.issued_by, issued_on=plan.issued_on,
        tasks=tuple(_task(t, withheld) for t in plan.tasks),
        milestones=milestones,
        targets=tuple(_target(t) for t in targets),
        units=tuple(u for u in plan.units if u.name not in withheld.units),
    )  # fmt: skip


def _task(task: Task, withheld: Withheld) -> Task:
    hides = withheld.fields
    return Task(
        task_id=task.task_id, number=task.number, source_number=task.source_number,
        by_printed=task.by_printed, heading_number=task.heading_number,
        heading=task.heading, action=task.action,
        focus=task.focus, theme=task.theme, goal=task.goal,
        schedule="" if Field.SCHEDULE in hides else task.schedule,
        leaders=() if Field.LEADERS in hides else task.leaders,
        lead_units=task.lead_units,
        coordinating_unit=_unless(task.coordinating_unit, withheld),
        host_unit=_unless(task.host_unit, withheld),
        supporting_units=() if Field.SUPPORTING_UNITS in hides else tuple(
            one for one in task.supporting_units if one.unit not in withheld.units
        ),
    )  # fmt: skip


def _unless(unit: str | None, withheld: Withheld) -> str | None:
    return None if unit in withheld.units else unit


def _milestone(one: Milestone) -> Milestone:
    return Milestone(
        milestone_id=one.milestone_id, task_id=one.task_id, workstream=one.workstream,
        quarters=one.quarters, kind=one.kind, text=one.text, start=one.start, end=one.end,
    )  # fmt: skip


def _target(one: Target) -> Target:
    return one.model_copy(update={"rule": "", "understood": ""})


def _is_told(rating: Rating, withheld: Withheld) -> bool:
    """Tell whether a rating may be told; that of a figure tells the figure."""
    return rating.level is not Level.TARGET or Field.ACTUALS not in withheld.fields


def _rating(one: Rating) -> Rating:
    return Rating(
        level=one.level, subject_id=one.subject_id, task_id=one.task_id, unit=one.unit,
        quarter=one.quarter, grade=one.grade, plan=one.plan, actual=one.actual, gap=one.gap,
        rule=one.rule, reason="", previous=one.previous,
    )  # fmt: skip


def _row(city: Assessment, row: ProgressRow, withheld: Withheld) -> ProgressRow:
    actuals = () if Field.ACTUALS in withheld.fields else row.actuals
    return ProgressRow(
        unit=row.unit, quarter=row.quarter, task_id=row.task_id, milestone_id=row.milestone_id,
        self_rating=None,
        progress=row.progress if _is_quotable(city, row, withheld) else "",
        actuals=tuple(_actual(one) for one in actuals if not _is_in_doubt(city, row, one)),
        file="", sheet="", cells={},
    )  # fmt: skip


def _is_quotable(city: Assessment, row: ProgressRow, withheld: Withheld) -> bool:
    """Tell whether its progress is good, beyond doubt, and repeats nothing withheld."""
    rating = city.rating(row.milestone_id, unit=row.unit, quarter=row.quarter)
    if Field.PROGRESS in withheld.fields or rating is None or rating.grade not in GOOD:
        return False
    if (row.file, row.sheet, row.cells.get("progress", "")) in city.faulty_cells:
        return False
    kept = (
        row.problem, row.cause, row.next_step, row.coordination, row.evidence,
        row.reporter, row.approver, *withheld.units,
    )  # fmt: skip
    return not any(text and text in row.progress for text in kept)


def _is_in_doubt(city: Assessment, row: ProgressRow, one: Actual) -> bool:
    return (row.file, one.sheet or row.sheet, one.cell) in city.faulty_cells


def _actual(one: Actual) -> Actual:
    return Actual(target_id=one.target_id, value=one.value, cell="", same_as=one.same_as)
