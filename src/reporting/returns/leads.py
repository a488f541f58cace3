"""Hold the returns of the lead units of one task against each other."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reporting.findings import Finding, Severity
from reporting.language.numerals import quantity
from reporting.plan.values import Plan, Target
from reporting.returns.rules import finding
from reporting.returns.values import Actual, ProgressRow, Return
from reporting.values import Value

Said = tuple[Return, ProgressRow, Actual, Decimal]


class Difference(Value):
    """What the figure of one return is told beside another's, and what becomes of it.

    ``settled`` is the figure that the office decided on for the other unit; it counts here too.
    """

    file: str
    note: Finding
    settled: Decimal | None = None


def compare_leads(plan: Plan, quarter: int, items: Sequence[Return]) -> list[Return]:
    """Tell every unit that answers a target otherwise than another lead unit does.

    Where both figures meet a target, or it is not due yet, that is a reminder. Where the rating
    rests on which of them is right, both are held until the units agree or the office decides:
    the figure that it decided on for one of them counts for the others.
    """
    targets = {target.target_id: target for target in plan.targets}
    found: dict[str, list[Difference]] = {}
    for target_id, said in _figures(items).items():
        target = targets.get(target_id)
        if target is not None and len({value for *_, value in said}) > 1:
            for difference in _differences(target, quarter, said):
                found.setdefault(difference.file, []).append(difference)
    return [_told(item, found.get(item.file, [])) for item in items]


def _figures(items: Iterable[Return]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for item in items:
        for row in item.rows:
            for actual in row.actuals:
                if actual.value is not None and not actual.same_as:
                    found.setdefault(actual.target_id, []).append((item, row, actual, actual.value))
    return found


def _differences(target: Target, quarter: int, said: Sequence[Said]) -> Iterable[Difference]:
    decided = [one for one in said if _decision_on(one) is not None]
    values = {value for *_, value in decided}
    is_due = target.quarter == quarter
    in_doubt = is_due and not all(target.is_met(value) for *_, value in said)
    for one in said:
        others = [other for other in said if other[0] is not one[0] and other[3] != one[3]]
        if not others:
            continue
        if not in_doubt or len(values) > 1:
            yield _difference("RET-LEAD-DIFFERS", target, one, others)
        elif not decided:
            yield _difference("RET-LEAD-GRADES", target, one, others)
        elif one not in decided:
            yield _settled(target, one, decided[0])


def _decision_on(said: Said) -> Finding | None:
    """Give what the office decided about a figure."""
    item, row, actual, _ = said
    place = (actual.sheet or row.sheet, actual.cell)
    decided = (note for note in item.findings if note.code == "RET-DECIDED")
    return next((note for note in decided if (note.sheet, note.cell) == place), None)


def _difference(code: str, target: Target, said: Said, others: Sequence[Said]) -> Difference:
    item, row, actual, value = said
    note = finding(
        code, file=item.file, sheet=actual.sheet or row.sheet, cell=actual.cell,
        unit=item.unit, task_id=target.task_id,
        expected="、".join(_place(target, other) for other in others),
        found=quantity(value, target.unit),
    )  # fmt: skip
    return Difference(file=item.file, note=note)


def _settled(target: Target, said: Said, decided: Said) -> Difference:
    item, row, actual, value = said
    decision = _decision_on(decided)
    assert decision is not None
    note = finding(
        "RET-DECIDED", file=item.file, sheet=actual.sheet or row.sheet, cell=actual.cell,
        unit=item.unit, task_id=target.task_id,
        expected=f"与{decided[0].unit}一致，按{quantity(decided[3], target.unit)}计"
        f"（原填{quantity(value, target.unit)}）",
        found=decision.found,
    )  # fmt: skip
    return Difference(file=item.file, note=note, settled=decided[3])


def _place(target: Target, said: Said) -> str:
    item, row, actual, value = said
    where = f"{actual.sheet or row.sheet}{actual.cell}"
    return f"{item.unit}（{where}）所报{quantity(value, target.unit)}"


def _told(item: Return, differences: Sequence[Difference]) -> Return:
    if not differences:
        return item
    by_cell = {(d.note.sheet, d.note.cell): d for d in differences}
    rows = tuple(_row(row, by_cell) for row in item.rows)
    notes = (difference.note for difference in differences)
    return item.model_copy(update={"rows": rows, "findings": (*item.findings, *notes)})


def _row(row: ProgressRow, by_cell: Mapping[tuple[str, str], Difference]) -> ProgressRow:
    actuals = tuple(
        _figure(actual, by_cell.get((actual.sheet or row.sheet, actual.cell)))
        for actual in row.actuals
    )
    return row.model_copy(update={"actuals": actuals})


def _figure(actual: Actual, difference: Difference | None) -> Actual:
    """Hold a figure that is in doubt; take the one that was decided on."""
    if difference is None:
        return actual
    if difference.settled is not None:
        return actual.model_copy(update={"value": difference.settled})
    if difference.note.severity is Severity.CONFIRM:
        return actual.model_copy(update={"value": None, "held": actual.value})
    return actual
