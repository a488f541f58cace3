"""Follow each promised step from the return that made it to what later ones say of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from reporting.periods import Period
from reporting.plan.values import Plan
from reporting.project.changes import ChangeKind, PlanChange, in_force
from reporting.returns.promises.values import Commitment, Outcome, PromiseAnswer, State
from reporting.returns.values import ProgressRow, Returns


def promise_id(row: ProgressRow) -> str:
    """Name the step that a row promises."""
    return f"{row.milestone_id}@{row.quarter}"


def commitments(
    rows: Iterable[ProgressRow],
    answers: Iterable[PromiseAnswer],
    changes: Sequence[PlanChange],
    year: int,
    quarter: int,
) -> tuple[Commitment, ...]:
    """List every step with a deadline that was promised, with what became of it by a quarter.

    Rows and answers stand under the units of the quarter.
    """
    said: dict[tuple[str, str], list[PromiseAnswer]] = {}
    for answer in sorted(answers, key=lambda one: one.quarter):
        if answer.quarter <= quarter:
            said.setdefault((answer.promise_id, answer.unit), []).append(answer)
    granted = [
        change for change in changes
        if change.kind is ChangeKind.POSTPONE and in_force(change, year, quarter)
    ]  # fmt: skip
    found: dict[tuple[str, str], Commitment] = {}
    for row in rows:
        if row.quarter > quarter or not row.next_step or row.due_date is None:
            continue
        made = _made(row, row.due_date)
        key = made.promise_id, made.unit
        if key not in found:
            found[key] = _followed(made, said.get(key, ()), granted, year)
    return tuple(found.values())


def _made(row: ProgressRow, due: date) -> Commitment:
    return Commitment(
        promise_id=promise_id(row), task_id=row.task_id, unit=row.unit, text=row.next_step,
        due=due, first_due=due, made_in=row.quarter,
    )  # fmt: skip


def _followed(
    made: Commitment, said: Iterable[PromiseAnswer], granted: Sequence[PlanChange], year: int
) -> Commitment:
    for answer in said:
        if answer.outcome is not None:
            made = _answered(made, answer, granted, year)
    return made


def _answered(
    made: Commitment, answer: PromiseAnswer, granted: Sequence[PlanChange], year: int
) -> Commitment:
    update: dict[str, object] = {
        "answered_in": answer.quarter, "note": answer.note, "put_off_to": None, "refused": False,
        "state": State.OPEN, "done_on": None,
    }  # fmt: skip
    if answer.outcome is Outcome.DROPPED:
        update["state"] = State.WITHDRAWN
    elif answer.outcome is Outcome.DONE and answer.on is not None:
        # Done on a day that nobody names is neither in time nor late.
        update["state"] = State.KEPT if answer.on <= made.due else State.LATE
        update["done_on"] = answer.on
    elif answer.outcome is Outcome.PUT_OFF and answer.on is not None:
        by_change = granting(made.task_id, answer.on, granted, year) is not None
        # What was decided of this very step goes before a change of its task.
        if answer.granted or (answer.granted is None and by_change):
            update["due"] = answer.on
        else:
            update |= {"put_off_to": answer.on, "refused": answer.granted is False}
    return made.model_copy(update=update)


def granting(
    task_id: str, day: date, changes: Iterable[PlanChange], year: int
) -> PlanChange | None:
    """Find a change that put a task off at least to a day."""
    for change in changes:
        if change.kind is ChangeKind.POSTPONE and change.task == task_id:
            assert change.quarter is not None
            if day <= Period(year=year, quarter=change.quarter).date_end:
                return change
    return None


def still_open(
    plan: Plan, previous: Iterable[Returns], changes: Sequence[PlanChange], quarter: int
) -> dict[str, tuple[Commitment, ...]]:
    """List by lead unit the steps of earlier quarters that are to be asked about in a quarter.

    ``previous`` stand under the units of the quarter. What was promised for a task that is in
    the plan no more, or is another unit's, is not asked.
    """
    before = [item for item in previous if item.quarter < quarter]
    rows = [row for item in before for row in item.rows]
    answers = [answer for item in before for answer in item.answers]
    leads = {(task.task_id, unit) for task in plan.tasks for unit in task.lead_units}
    found: dict[str, list[Commitment]] = {}
    for one in commitments(rows, answers, changes, plan.year, quarter - 1):
        if one.state is State.OPEN and (one.task_id, one.unit) in leads:
            found.setdefault(one.unit, []).append(one)
    return {unit: tuple(ones) for unit, ones in found.items()}
