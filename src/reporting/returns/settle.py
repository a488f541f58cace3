"""Apply the office's decisions to a quarter's returns."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.findings import HELD, Finding
from reporting.grades import Grade, Scale
from reporting.language.numerals import quantity
from reporting.periods import full_date
from reporting.plan.values import Plan
from reporting.project.changes import PlanChange, in_force
from reporting.project.decisions import FIGURE, PUT_OFF, Decision, Verdict, digest_of_typed
from reporting.returns.promises.follow import granting
from reporting.returns.promises.values import Outcome, PromiseAnswer
from reporting.returns.rules import finding
from reporting.returns.values import Actual, Decided, ProgressRow, Return, Returns
from reporting.values import Value


class Place(Value):
    """A cell of a return that a decision can be about; ``row_id`` is of a milestone or target."""

    unit: str
    row_id: str
    field: str
    file: str
    sheet: str
    cell: str
    typed: str

    @property
    def digest(self) -> str:
        """What a decision about the cell as it is now is bound to."""
        return digest_of_typed(self.typed)


def places(returns: Returns) -> tuple[Place, ...]:
    """List every filled cell that a decision can be about."""
    of_rows = (place for row in returns.rows for place in _places(row))
    return (*of_rows, *(place for answer in returns.answers for place in _put_off(answer)))


def _put_off(answer: PromiseAnswer) -> Iterable[Place]:
    """Give the cell in which a unit asks to put off what it promised."""
    if answer.outcome is Outcome.PUT_OFF and answer.on is not None:
        yield Place(
            unit=answer.unit, row_id=answer.promise_id, field=PUT_OFF, file=answer.file,
            sheet=answer.sheet, cell=answer.cells["on"], typed=answer.on.isoformat(),
        )  # fmt: skip


def _places(row: ProgressRow) -> Iterable[Place]:
    for actual in row.actuals:
        if actual.typed and not actual.same_as:
            yield Place(
                unit=row.unit, row_id=actual.target_id, field=FIGURE, file=row.file,
                sheet=actual.sheet or row.sheet, cell=actual.cell, typed=actual.typed,
            )  # fmt: skip
    for name in ("progress", "self_rating"):
        if cell := row.cells.get(name):
            yield Place(
                unit=row.unit, row_id=row.milestone_id, field=name, file=row.file,
                sheet=row.sheet, cell=cell, typed=str(getattr(row, name) or ""),
            )  # fmt: skip


def settle(returns: Returns, decisions: Iterable[Decision], plan: Plan, scale: Scale) -> Returns:
    """Apply a quarter's decisions; those whose cell has changed since are named and left."""
    for decision in decisions:
        if decision.quarter == returns.quarter:
            returns = _settled(returns, decision, plan, scale)
    return returns


def _settled(returns: Returns, decision: Decision, plan: Plan, scale: Scale) -> Returns:
    place = next((p for p in places(returns) if _is_meant(decision, p)), None)
    item = next((i for i in returns.returns if place and i.file == place.file), None)
    if place is None or item is None:
        return _with_note(returns, None, _void(decision, "报表中已没有该单元格", place))
    if place.digest != decision.digest:
        return _with_note(returns, item, _void(decision, "单元格内容已改动", place))
    if place.field == PUT_OFF:
        granted = decision.decision is Verdict.ACCEPT
        return _with_put_off(returns, item, place, granted=granted, signed=decision.signed)
    row = next(r for r in item.rows if place.row_id in (r.milestone_id, *_targets(r)))
    unusable = decision.decision is Verdict.ACCEPT and _is_unusable(row, place)
    if unusable:
        return _with_note(returns, item, _void(decision, "该处没有可以采用的内容", place))
    said = _said(decision, row, place, plan)
    note = finding(
        "RET-DECIDED", expected=said, found=decision.signed, file=place.file,
        sheet=place.sheet, cell=place.cell, unit=place.unit, task_id=row.task_id,
    )  # fmt: skip
    changed = item.model_copy(update={
        "rows": tuple(_applied(r, decision, place) for r in item.rows),
        "findings": (*(f for f in item.findings if not _is_answered(f, place)), note),
    })  # fmt: skip
    decided = _decided(decision, row, place, said, scale)
    return returns.model_copy(update={
        "returns": tuple(changed if i is item else i for i in returns.returns),
        "decided": (*returns.decided, *decided),
    })  # fmt: skip


def settle_by_changes(returns: Returns, changes: Iterable[PlanChange]) -> Returns:
    """Grant what units ask to put off where a change has put their task off so far already.

    What a decision settled stays settled.
    """
    held = [change for change in changes if in_force(change, returns.year, returns.quarter)]
    for item in returns.returns:
        for answer in item.answers:
            for place in _put_off(answer) if answer.granted is None else ():
                assert answer.on is not None
                change = granting(answer.task_id, answer.on, held, returns.year)
                if change is not None:
                    signed = f"{change.reason}（{change.decision}）"
                    now = next(one for one in returns.returns if one.file == item.file)
                    returns = _with_put_off(returns, now, place, granted=True, signed=signed)
    return returns


def _with_put_off(
    returns: Returns, item: Return, place: Place, *, granted: bool, signed: str
) -> Returns:
    """Grant or refuse to put off what was promised."""
    answer = next(one for one in item.answers if one.promise_id == place.row_id)
    day = full_date(answer.on) if answer.on else ""
    note = finding(
        "RET-DECIDED", expected=f"{'同意' if granted else '不同意'}延期至{day}",
        found=signed, file=place.file, sheet=place.sheet, cell=place.cell,
        unit=place.unit, task_id=answer.task_id,
    )  # fmt: skip
    settled = answer.model_copy(update={"granted": granted})
    changed = item.model_copy(update={
        "answers": tuple(settled if one is answer else one for one in item.answers),
        "findings": (*(f for f in item.findings if not _is_request(f, place)), note),
    })  # fmt: skip
    return returns.model_copy(
        update={"returns": tuple(changed if i is item else i for i in returns.returns)}
    )


def _is_request(noted: Finding, place: Place) -> bool:
    same = (noted.file, noted.sheet, noted.cell) == (place.file, place.sheet, place.cell)
    return same and noted.code == "RET-PROMISE-PUT-OFF"


def _is_meant(decision: Decision, place: Place) -> bool:
    if decision.unit != place.unit:
        return False
    if decision.row_id:
        return (decision.row_id, decision.field) == (place.row_id, place.field)
    same = (decision.sheet, decision.cell) == (place.sheet, place.cell)
    return same and decision.file.rsplit("/", 1)[-1] == place.file.rsplit("/", 1)[-1]


def _targets(row: ProgressRow) -> tuple[str, ...]:
    return tuple(actual.target_id for actual in row.actuals)


def _actual(row: ProgressRow, place: Place) -> Actual | None:
    return next((a for a in row.actuals if a.target_id == place.row_id), None)


def _is_unusable(row: ProgressRow, place: Place) -> bool:
    """Tell whether nothing was read that could be accepted as it stands."""
    actual = _actual(row, place)
    if actual is not None:
        return actual.value is None and actual.held is None
    return row.self_rating is None


def _is_answered(noted: Finding, place: Place) -> bool:
    """Tell whether a finding is settled by a decision about its cell."""
    same = (noted.file, noted.sheet, noted.cell) == (place.file, place.sheet, place.cell)
    return same and noted.severity in HELD


def _applied(row: ProgressRow, decision: Decision, place: Place) -> ProgressRow:
    if place.field != FIGURE or decision.decision is Verdict.RATE:
        return row
    actuals = tuple(
        a.model_copy(update={"value": _value(a, decision), "held": None})
        if place.row_id in (a.target_id, a.same_as)
        else a
        for a in row.actuals
    )
    return row.model_copy(update={"actuals": actuals})


def _value(actual: Actual, decision: Decision) -> Decimal | None:
    if decision.decision is Verdict.SET:
        return Decimal(decision.value)
    return actual.value if actual.held is None else actual.held


def _said(decision: Decision, row: ProgressRow, place: Place, plan: Plan) -> str:
    """Say what was decided: 采用填报的1530亿元, 改按15.3亿元计, 核定为“严重滞后”."""
    if decision.decision is Verdict.RATE:
        return f"核定为“{decision.value}”"
    actual = _actual(row, place)
    if actual is None:
        return f"采用自评“{row.self_rating}”"
    unit = next(t.unit for t in plan.targets if t.target_id == place.row_id)
    value = _value(actual, decision)
    assert value is not None
    if decision.decision is Verdict.SET:
        return f"改按{quantity(value, unit)}计（原填“{place.typed}”）"
    return f"采用填报的{quantity(value, unit)}"


def _decided(
    decision: Decision, row: ProgressRow, place: Place, said: str, scale: Scale
) -> Sequence[Decided]:
    """Give the grade that a decision sets, where it sets one."""
    reason = f"经核实，{said}。理由：{decision.signed}。"
    if decision.decision is Verdict.RATE:
        grade: Grade | None = scale.named(decision.value)
    else:
        grade = row.self_rating if place.field != FIGURE else None
    if grade is None:
        return ()
    return (Decided(unit=row.unit, subject_id=place.row_id, grade=grade, reason=reason),)


def _void(decision: Decision, why: str, place: Place | None) -> Finding:
    """Name a decision that no longer applies."""
    words = f"{decision.decision.label}{decision.value}，{decision.signed}"
    where = place or decision
    return finding(
        "RET-DECISION-VOID", expected=why, found=words, file=where.file, sheet=where.sheet,
        cell=where.cell, unit=decision.unit,
    )  # fmt: skip


def _with_note(returns: Returns, item: Return | None, note: Finding) -> Returns:
    if item is None:
        return returns.model_copy(update={"findings": (*returns.findings, note)})
    noted = item.model_copy(update={"findings": (*item.findings, note)})
    return returns.model_copy(
        update={"returns": tuple(noted if i is item else i for i in returns.returns)}
    )
