"""Assess the city: every target, milestone and task of every quarter up to the period."""

from collections.abc import Iterable, Sequence

from reporting.assess.arrivals import arrivals
from reporting.assess.continuity import (
    adjustments,
    led_answers,
    led_ratings,
    led_rows,
    led_status,
)
from reporting.assess.followup.overdue import overdue
from reporting.assess.followup.reasons import stated_causes
from reporting.assess.history import Published, ratings_of, status_of
from reporting.assess.rating.rounds import Round
from reporting.assess.rating.rule import clauses
from reporting.assess.rating.tasks import rate_task
from reporting.assess.values import (
    Assessment,
    Level,
    Masthead,
    Rating,
    ReturnStatus,
    Subject,
    SubjectKind,
)
from reporting.errors import ReportingError
from reporting.findings import Finding
from reporting.labels.values import labels_of
from reporting.language.lexicon import using
from reporting.periods import Period
from reporting.plan.changes import plan_at
from reporting.plan.values import Plan
from reporting.project.changes import PlanChange
from reporting.project.params import Contact, Params
from reporting.returns.promises.follow import commitments
from reporting.returns.values import Returns


def assess(
    plan: Plan,
    returns: Sequence[Returns],
    params: Params,
    period: Period,
    *,
    published: Published | None = None,
    noticed: Sequence[Finding] = (),
) -> Assessment:
    """Rate the plan on the returns of every quarter up to the period.

    Parameters
    ----------
    returns : sequence of Returns
        One a quarter, ascending from the first; later ones than the period's are left out.
    published : mapping, optional
        Editions of earlier quarters: their ratings and arrivals stand as they were published.
    noticed : sequence of Finding, optional
        What was noticed of the quarters before.

    Raises
    ------
    ReportingError
        Counts do not add up, which would be a fault of the program.
    """
    rounds = [item for item in returns if item.quarter <= period.quarter]
    scale = params.rating.scale
    past = {q: city for q, city in (published or {}).items() if q < period.quarter}
    year, quarter, changes = period.year, period.quarter, params.changes
    plans = {item.quarter: plan_at(plan, changes, item.quarter) for item in rounds}
    ratings = _ratings([Round(plans[r.quarter], r, scale) for r in rounds], past, changes)
    now = plan_at(plan, changes, quarter)
    states = (s for r in rounds for s in _arrivals(plans[r.quarter], r, params, past))
    rows = led_rows((row for item in rounds for row in item.rows), changes, year, quarter)
    said = (answer for item in rounds for answer in item.answers)
    answers = led_answers(said, changes, year, quarter)
    assessment = Assessment(
        period=period,
        subject=Subject(kind=SubjectKind.BRIEFING, name=params.masthead.city),
        masthead=masthead_of(params, period),
        plan=now,
        progress=rows,
        ratings=led_ratings(ratings, changes, year, quarter),
        return_status=led_status(states, changes, year, quarter),
        findings=(*_findings(now, rounds, period), *noticed),
        adjustments=adjustments(plan, changes, quarter),
        answers=answers,
        commitments=commitments(rows, answers, changes, year, quarter),
        rule=clauses(params.rating),
        scale=params.rating.scale,
        is_sample=any(item.is_sample for item in rounds),
        extra_columns=params.returns.columns,
    )
    for item in rounds:
        if item.quarter not in past:
            check_counts(ratings, plans[item.quarter], item.quarter)
    with using(params.words):
        return assessment.model_copy(update={"causes": stated_causes(assessment)})


def left_open(
    plan: Plan,
    returns: Sequence[Returns],
    params: Params,
    quarter: int,
    published: Published | None = None,
) -> dict[str, tuple[str, ...]]:
    """List by lead unit what earlier quarters left open, which a quarter's sheets ask again.

    A quarter for which nothing was collected left nothing open: nobody was asked then.
    """
    past, changes = published or {}, params.changes
    rounds = [r for r in returns if r.quarter < quarter and (r.returns or r.quarter in past)]
    plans = {item.quarter: plan_at(plan, changes, item.quarter) for item in rounds}
    scale = params.rating.scale
    ratings = _ratings([Round(plans[r.quarter], r, scale) for r in rounds], past, changes)
    led = led_ratings(ratings, changes, plan.year, quarter)
    rated_by = plans | {q: city.plan for q, city in past.items()}
    return overdue(plan_at(plan, changes, quarter), led, quarter, rated_by)


def _arrivals(
    plan: Plan, item: Returns, params: Params, past: Published
) -> tuple[ReturnStatus, ...]:
    known = past.get(item.quarter)
    return arrivals(plan, item, params) if known is None else status_of(known)


def _ratings(
    rounds: Iterable[Round], past: Published, changes: Sequence[PlanChange]
) -> tuple[Rating, ...]:
    ratings: list[Rating] = []
    earlier: dict[tuple[str, str | None], Rating] = {}
    for this in rounds:
        if this.quarter in past:
            now = list(ratings_of(past[this.quarter], this.plan))
        else:
            now = [r for task in this.plan.tasks for r in rate_task(task, this, earlier)]
        led = led_ratings(now, changes, this.plan.year, this.quarter + 1)
        earlier = {(r.subject_id, r.unit): r for r in led}
        ratings += now
    return tuple(ratings)


def masthead_of(params: Params, period: Period) -> Masthead:
    """Fill in what the head of a quarter's documents says."""
    head = params.masthead
    return Masthead(
        city=head.city,
        place=head.place,
        issuing_office=head.issuing_office,
        title=head.title,
        issue_number=head.issue_number.format(quarter=period.quarter),
        publish_date=params.calendar[period.quarter].publish,
        return_to=_return_to(params.contact),
        labels=labels_of(
            params.labels,
            params.rating.scale,
            {zh: en for column in params.returns.columns for zh, en in column.english.items()},
        ),
    )


def _return_to(contact: Contact) -> str:
    ways = {
        "报送至": contact.send_to, "联系人": contact.name, "电话": contact.phone,
        "邮箱": contact.mail,
    }  # fmt: skip
    return "，".join(f"{label}{words}" for label, words in ways.items() if words)


def _findings(plan: Plan, rounds: Sequence[Returns], period: Period) -> tuple[Finding, ...]:
    now = (f for item in rounds if item.quarter == period.quarter for f in item.all_findings)
    return plan.findings + tuple(now)


def check_counts(ratings: Iterable[Rating], plan: Plan, quarter: int) -> None:
    """Make sure that every task of a quarter's plan is counted once.

    Raises
    ------
    ReportingError
        A task is missing or counted twice.
    """
    own = [rating for rating in ratings if rating.quarter == quarter]
    rated = [r.task_id for r in own if r.level is Level.TASK and r.unit is None]
    expected = [t.task_id for t in plan.tasks if t.lead_units]
    if rated != expected:
        raise ReportingError(
            f"第{quarter}季度任务数核对不符：应为{len(expected)}项，各类合计{len(rated)}项。"
        )
    keys = [(r.subject_id, r.unit) for r in own]
    if len(keys) != len(set(keys)):
        raise ReportingError("同一事项在同一季度有两个核定结果。")
