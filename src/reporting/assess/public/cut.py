"""Cut an assessment down to what the public may know.

Values are built anew from the fields that are public. A field that is added to them later is
withheld until somebody names it here.
"""

from collections.abc import Iterator, Sequence

from reporting.assess.public.quotable import is_quotable, people_of
from reporting.assess.public.withheld import Field, Withheld
from reporting.assess.values import (
    Assessment,
    Edition,
    Level,
    Masthead,
    Rating,
    Subject,
    SubjectKind,
)
from reporting.plan.values import Milestone, Plan, SupportingUnit, Target, Task, Unit
from reporting.returns.values import Actual, ProgressRow


def public_slice(city: Assessment, withheld: Withheld) -> Assessment:
    """Return what the public may know of the city's assessment.

    Problems, causes, next steps, requests, promises, names of those who report and approve,
    findings, decisions, the units' own ratings, and the files and cells of returns are not in
    it. What a unit says of its progress this quarter is, where the office rates that progress
    good: elsewhere the text tells what stands in the way. No figure or text of a cell in doubt
    is in it. How much is left out is counted.
    """
    ids = frozenset(t.task_id for t in city.plan.tasks) - withheld.task_ids
    plan = _plan(city.plan.restricted(ids), withheld)
    rows = [row for row in city.progress if row.task_id in ids]
    told = tuple(_rows(city, rows, plan, withheld))
    return Assessment(
        period=city.period,
        subject=Subject(kind=SubjectKind.PUBLIC, name=city.subject.name),
        masthead=_masthead(city.masthead),
        plan=plan,
        progress=told,
        ratings=tuple(_ratings(city, plan, withheld)),
        return_status=(),
        findings=(),
        rule=city.rule,
        scale=city.scale,
        is_sample=city.is_sample,
        editions=tuple(
            Edition(number=e.number, on=e.on, changes=(), moves=()) for e in city.editions
        ),
        withheld_tasks=len(city.plan.tasks) - len(ids),
        withheld_figures=_figures(city, rows) - _figures(city, told),
        withheld_texts=_texts(city, rows) - _texts(city, told),
    )


def _masthead(head: Masthead) -> Masthead:
    return Masthead(
        city=head.city, place=head.place, issuing_office=head.issuing_office, title=head.title,
        issue_number=head.issue_number, publish_date=head.publish_date, labels=head.labels,
    )  # fmt: skip


def _plan(plan: Plan, withheld: Withheld) -> Plan:
    hides_schedule = withheld.hides(Field.SCHEDULE)
    milestones = () if hides_schedule else tuple(_milestone(m) for m in plan.milestones)
    targets = (t for t in plan.targets if t.source == "goal" or not hides_schedule)
    return Plan(
        year=plan.year, title=plan.title, issued_by=plan.issued_by, issued_on=plan.issued_on,
        tasks=tuple(_task(t, withheld) for t in plan.tasks),
        milestones=milestones,
        targets=tuple(_target(t) for t in targets),
        units=tuple(
            Unit(name=u.name, kind=u.kind) for u in plan.units if _is_told_of(u.name, withheld)
        ),
    )  # fmt: skip


def _task(task: Task, withheld: Withheld) -> Task:
    return Task(
        task_id=task.task_id, number=task.number, source_number=task.source_number,
        by_printed=task.by_printed, heading_number=task.heading_number,
        heading=task.heading, action=task.action,
        focus=task.focus, theme=task.theme, goal=task.goal,
        schedule="" if withheld.hides(Field.SCHEDULE) else task.schedule,
        leaders=() if withheld.hides(Field.LEADERS) else tuple(
            name for name in task.leaders if not withheld.is_named_in(name)
        ),
        lead_units=task.lead_units,
        coordinating_unit=_unless(task.coordinating_unit, withheld),
        host_unit=_unless(task.host_unit, withheld),
        supporting_units=() if withheld.hides(Field.SUPPORTING_UNITS) else tuple(
            SupportingUnit(unit=one.unit, scope=one.scope) for one in task.supporting_units
            if _is_told_of(one.unit, withheld) and not withheld.is_named_in(one.scope)
        ),
    )  # fmt: skip


def _is_told_of(unit: str, withheld: Withheld) -> bool:
    return unit not in withheld.units and not withheld.is_named_in(unit)


def _unless(unit: str | None, withheld: Withheld) -> str | None:
    return unit if unit is not None and _is_told_of(unit, withheld) else None


def _milestone(one: Milestone) -> Milestone:
    return Milestone(
        milestone_id=one.milestone_id, task_id=one.task_id, workstream=one.workstream,
        quarters=one.quarters, kind=one.kind, text=one.text, start=one.start, end=one.end,
    )  # fmt: skip


def _target(one: Target) -> Target:
    return Target(
        target_id=one.target_id, task_id=one.task_id, milestone_id=one.milestone_id,
        quarter=one.quarter, measure=one.measure, comparator=one.comparator, value=one.value,
        value_high=one.value_high, unit=one.unit, basis=one.basis, aspirational=one.aspirational,
        start=one.start, end=one.end, source=one.source, annual_target_id=one.annual_target_id,
        counts_from=one.counts_from, direction=one.direction, certainty=one.certainty,
    )  # fmt: skip


def _ratings(city: Assessment, plan: Plan, withheld: Withheld) -> Iterator[Rating]:
    """Give the ratings of what the plan tells of; one of a figure tells the figure."""
    subjects = {t.task_id for t in plan.tasks} | {m.milestone_id for m in plan.milestones}
    if not withheld.hides(Field.ACTUALS):
        subjects |= {t.target_id for t in plan.targets}
    doubtful = {
        (one.target_id, row.unit, row.quarter)
        for row in city.progress for one in row.actuals if _is_in_doubt(city, row, one)
    }  # fmt: skip
    for rating in city.ratings:
        if rating.subject_id in subjects:
            is_sure = (rating.subject_id, rating.unit, rating.quarter) not in doubtful
            yield _rating(rating, with_figures=rating.level is Level.TARGET and is_sure)


def _rating(one: Rating, *, with_figures: bool) -> Rating:
    plan, actual, gap = (one.plan, one.actual, one.gap) if with_figures else (None, None, None)
    return Rating(
        level=one.level, subject_id=one.subject_id, task_id=one.task_id, unit=one.unit,
        quarter=one.quarter, grade=one.grade, plan=plan, actual=actual, gap=gap,
        rule=one.rule, reason="", previous=one.previous,
    )  # fmt: skip


def _rows(
    city: Assessment, rows: Sequence[ProgressRow], plan: Plan, withheld: Withheld
) -> Iterator[ProgressRow]:
    people = people_of(city)
    targets = {t.target_id for t in plan.targets}
    for row in rows:
        told = () if withheld.hides(Field.ACTUALS) else tuple(
            _actual(one) for one in row.actuals
            if one.target_id in targets and not _is_in_doubt(city, row, one)
        )  # fmt: skip
        quoted = row.quarter == city.quarter and is_quotable(city, row, withheld, people)
        yield ProgressRow(
            unit=row.unit, quarter=row.quarter, task_id=row.task_id,
            milestone_id=row.milestone_id, self_rating=None,
            progress=row.progress if quoted else "", actuals=told, file="", sheet="", cells={},
        )  # fmt: skip


def _is_in_doubt(city: Assessment, row: ProgressRow, one: Actual) -> bool:
    return (row.file, one.sheet or row.sheet, one.cell) in city.faulty_cells


def _actual(one: Actual) -> Actual:
    return Actual(target_id=one.target_id, value=one.value, cell="", same_as=one.same_as)


def _figures(city: Assessment, rows: Sequence[ProgressRow]) -> int:
    """Count the figures that returns of the quarter hold, those in doubt among them."""
    return sum(
        one.value is not None or one.held is not None
        for row in rows if row.quarter == city.quarter for one in row.actuals
    )  # fmt: skip


def _texts(city: Assessment, rows: Sequence[ProgressRow]) -> int:
    """Count the texts of progress in returns of the quarter."""
    return sum(bool(row.progress) for row in rows if row.quarter == city.quarter)
