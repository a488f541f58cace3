"""Answers and ratings of earlier quarters under the units that answer for them today."""

from collections.abc import Callable, Iterable

from reporting.assess.rating import rule
from reporting.assess.values import Adjustment, Rating, ReturnStatus
from reporting.plan.changes import Changes, unit_at
from reporting.plan.values import Plan
from reporting.project.changes import ChangeKind, in_force
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
            parties=change.parties,
        )
        for change in changes
        if in_force(change, plan.year, quarter)
    )  # fmt: skip
