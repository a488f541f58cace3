"""Hold the returns of the lead units of one task against each other."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.findings import Finding, Severity
from reporting.language.numerals import quantity
from reporting.plan.values import Plan, Target
from reporting.returns.rules import finding
from reporting.returns.values import Actual, ProgressRow, Return

Said = tuple[Return, ProgressRow, Actual, Decimal]


def compare_leads(plan: Plan, quarter: int, items: Sequence[Return]) -> list[Return]:
    """Tell every unit that answers a target otherwise than another lead unit does.

    Where both figures meet a target, or it is not due yet, that is a reminder. Where the rating
    rests on which of them is right, both are held until the units agree or the office decides.
    """
    targets = {target.target_id: target for target in plan.targets}
    noted: dict[str, list[Finding]] = {}
    for target_id, said in _figures(items).items():
        target = targets.get(target_id)
        if target is not None and len({value for *_, value in said}) > 1:
            for item, note in _notes(target, quarter, said):
                noted.setdefault(item.file, []).append(note)
    return [_with_notes(item, noted.get(item.file, [])) for item in items]


def _figures(items: Iterable[Return]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for item in items:
        for row in item.rows:
            for actual in row.actuals:
                if actual.value is not None:
                    found.setdefault(actual.target_id, []).append((item, row, actual, actual.value))
    return found


def _notes(target: Target, quarter: int, said: Sequence[Said]) -> Iterable[tuple[Return, Finding]]:
    is_due = target.quarter == quarter
    in_doubt = is_due and not all(target.is_met(value) for *_, value in said)
    code = "RET-LEAD-GRADES" if in_doubt else "RET-LEAD-DIFFERS"
    for item, row, actual, value in said:
        others = [s for s in said if s[0] is not item and s[3] != value]
        if others:
            yield item, finding(
                code, file=item.file, sheet=actual.sheet or row.sheet, cell=actual.cell,
                unit=item.unit, task_id=target.task_id,
                expected="、".join(_place(target, other) for other in others),
                found=quantity(value, target.unit),
            )  # fmt: skip


def _place(target: Target, said: Said) -> str:
    item, row, actual, value = said
    where = f"{actual.sheet or row.sheet}{actual.cell}"
    return f"{item.unit}（{where}）所报{quantity(value, target.unit)}"


def _with_notes(item: Return, notes: Sequence[Finding]) -> Return:
    if not notes:
        return item
    held = {(n.sheet, n.cell) for n in notes if n.severity is Severity.CONFIRM}
    rows = tuple(_held(row, held) for row in item.rows)
    return item.model_copy(update={"rows": rows, "findings": (*item.findings, *notes)})


def _held(row: ProgressRow, places: set[tuple[str, str]]) -> ProgressRow:
    actuals = tuple(
        a.model_copy(update={"value": None, "held": a.value})
        if (a.sheet or row.sheet, a.cell) in places
        else a
        for a in row.actuals
    )
    return row.model_copy(update={"actuals": actuals})
