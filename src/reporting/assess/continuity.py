"""Answers and ratings of earlier quarters under the units that answer for them today."""

from collections.abc import Callable, Iterable, Mapping

from reporting.assess.rating import rule
from reporting.assess.values import Adjustment, Assessment, Rating, ReturnStatus
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.changes import Changes, plan_at, unit_at
from reporting.plan.values import Plan
from reporting.project.changes import ChangeKind, PlanChange, in_force
from reporting.returns.promises.values import PromiseAnswer
from reporting.returns.values import ProgressRow, Return, Returns


def led_returns(returns: Returns, changes: Changes, quarter: int) -> Returns:
    """Give an earlier quarter's returns under the units of a later one.

    Where several units answer for what one of them answered for, each gets its own rows.
    """
    if not changes or returns.quarter >= quarter:
        return returns
    items = [part for item in returns.returns for part in _parts(item, returns, changes, quarter)]
    return returns.model_copy(update={"returns": tuple(items)})


def _parts(item: Return, returns: Returns, changes: Changes, quarter: int) -> list[Return]:
    rows: dict[str, list[ProgressRow]] = {}
    for row in item.rows:
        unit = unit_at(row.unit, row.task_id, changes, returns.year, row.quarter, quarter)
        rows.setdefault(unit, []).append(row.model_copy(update={"unit": unit}))
    answers = led_answers(item.answers, changes, returns.year, quarter)
    rows |= {answer.unit: [] for answer in answers if answer.unit not in rows}
    if list(rows) in ([], [item.unit]):
        return [item]
    return [
        item.model_copy(update={
            "unit": unit, "rows": tuple(own),
            "answers": tuple(answer for answer in answers if answer.unit == unit),
            "findings": tuple(f.model_copy(update={"unit": unit}) for f in item.findings),
        })
        for unit, own in rows.items()
    ]  # fmt: skip


def led_rows(
    rows: Iterable[ProgressRow], changes: Changes, year: int, quarter: int
) -> tuple[ProgressRow, ...]:
    """Give rows of earlier quarters under the units of a later one."""
    led = _unit_of(changes, year, quarter)
    return tuple(
        row.model_copy(update={"unit": unit})
        if (unit := led(row.unit, row.task_id, row.quarter)) != row.unit
        else row
        for row in rows
    )


def led_answers(
    answers: Iterable[PromiseAnswer], changes: Changes, year: int, quarter: int
) -> tuple[PromiseAnswer, ...]:
    """Give what was said of promised steps under the units of a later quarter."""
    led = _unit_of(changes, year, quarter)
    return tuple(
        answer.model_copy(update={"unit": led(answer.unit, answer.task_id, answer.quarter)})
        for answer in answers
    )


def led_ratings(
    ratings: Iterable[Rating], changes: Changes, year: int, quarter: int
) -> tuple[Rating, ...]:
    """Give ratings of earlier quarters under the units of a later one.

    Where two units that were merged had been rated for the same, the worse rating stands.
    """
    led = _unit_of(changes, year, quarter)
    found: dict[tuple[str, str | None, int], Rating] = {}
    for rating in ratings:
        if rating.unit is not None:
            unit = led(rating.unit, rating.task_id, rating.quarter)
            rating = rating.model_copy(update={"unit": unit}) if unit != rating.unit else rating
        key = (rating.subject_id, rating.unit, rating.quarter)
        found[key] = rule.worst([found[key], rating]) if key in found else rating
    return tuple(found.values())


def led_status(
    states: Iterable[ReturnStatus], changes: Changes, year: int, quarter: int
) -> tuple[ReturnStatus, ...]:
    """Give arrivals of earlier quarters under new names; a merged unit's stay its own."""
    renames = [change for change in changes if change.kind is ChangeKind.RENAME]
    led = _unit_of(renames, year, quarter)
    return tuple(
        status.model_copy(update={"unit": led(status.unit, "", status.quarter)})
        for status in states
    )


def _unit_of(changes: Changes, year: int, quarter: int) -> Callable[[str, str, int], str]:
    def unit_of(unit: str, task_id: str, then: int) -> str:
        return unit_at(unit, task_id, changes, year, then, quarter) if changes else unit

    return unit_of


def adjustments(plan: Plan, changes: Changes, quarter: int) -> tuple[Adjustment, ...]:
    """List what was changed up to a quarter, for every pack."""
    return tuple(
        Adjustment(
            kind=change.kind.label, since=change.quarter_in(plan.year), content=change.content,
            decision=change.decision, reason=change.reason, task_ids=change.task_ids,
            parties=change.parties, covers=_covered(plan, change, changes),
        )
        for change in changes
        if in_force(change, plan.year, quarter)
    )  # fmt: skip


def _covered(plan: Plan, change: PlanChange, changes: Changes) -> tuple[str, ...]:
    """Give the tasks that a change names, or else those that its units and its leader had."""
    if change.task_ids:
        return change.task_ids
    before = plan_at(plan, changes, change.quarter_in(plan.year) - 1)
    names = {change.unit, *change.units, change.leader}
    return tuple(t.task_id for t in before.tasks if names & {*t.lead_units, *t.leaders})


def expect_not_rewritten(changes: Changes, published: Mapping[int, Assessment]) -> None:
    """Expect no change to date before an edition that does not have it.

    Later quarters refer to the edition, by which nothing was changed then.

    Raises
    ------
    UsageError
        One dates before a released edition; the text names it.
    """
    for number, change in enumerate(changes, 1):
        for quarter, city in sorted(published.items()):
            since = change.quarter_in(city.period.year)
            if since <= quarter and not _has(city, change):
                line = f"第{change.line}行的 " if change.line else "的 "
                where = f"params/{city.period.year}.yml {line}changes 第{number}项"
                then = Period(year=city.period.year, quarter=since).short_label
                raise UsageError(
                    f"{where}（{change.kind.label}）自{then}起，但{city.period.short_label}已经发布，最后一版中没有这项调整：应自"
                    "尚未发布的季度起，或者先重新生成已发布的季度，定版为下一版。"
                )


def _has(published: Assessment, change: PlanChange) -> bool:
    """Tell whether an edition has a change; its reason and decision may be worded anew."""
    year = published.period.year
    said = (change.kind.label, change.quarter_in(year), change.content, change.task_ids)
    return any(
        said == (one.kind, one.since, one.content, one.task_ids) for one in published.adjustments
    )
