"""What the demonstration's office writes down of the returns: decisions, and days of receipt."""

from datetime import timedelta
from pathlib import Path

from reporting.plan.values import Plan
from reporting.project.decisions import Decision, Verdict, decisions_file, write_decisions
from reporting.project.params import Params
from reporting.project.receipts import MAIL, keep_receipts, receipts_path
from reporting.returns.layout import SAMPLE_MARK
from reporting.returns.receipts import register_arrived
from reporting.returns.settle import places
from reporting.returns.values import Returns

_DECIDED_IN = 2
"""The quarter in which the office asks and decides; what is mistaken later stays open."""
_BY = "示例经办人"


def forget(root: Path, params: Params) -> None:
    """Take away what was written down of the returns that are written anew."""
    for path in (decisions_file(root, params), receipts_path(root, params.year)):
        path.unlink(missing_ok=True)


def register(root: Path, params: Params, returns: Returns) -> None:
    """Register a quarter's returns as received on the day on which each unit signed."""
    days = {item.file: item.reported_on for item in returns.returns}
    known = [r for r in register_arrived(root, params, returns) if r.file in days]
    dated = (r.model_copy(update={"received_on": days[r.file], "channel": MAIL}) for r in known)
    keep_receipts(root, params.year, dated)


def decide_mistaken(root: Path, params: Params, plan: Plan, returns: Returns) -> int:
    """Decide about the figures of a quarter that stand in another unit; return how many."""
    if returns.quarter != _DECIDED_IN:
        return 0
    units = {target.target_id: target.unit for target in plan.targets}
    mistaken = {
        (noted.file, noted.cell)
        for noted in returns.all_findings
        if noted.code == "RET-ACTUAL-UNIT"
    }
    day = params.calendar[returns.quarter].due + timedelta(days=4)
    found = [
        Decision(
            quarter=returns.quarter, unit=place.unit, row_id=place.row_id, field=place.field,
            digest=place.digest, typed=place.typed, decision=Verdict.SET,
            value=place.typed.removesuffix("元"),
            reason=f"{SAMPLE_MARK}：经电话核实，单位应为{units[place.row_id]}",
            by=_BY, on=day,
        )
        for place in places(returns)
        if (place.file, place.cell) in mistaken and place.field == "actual"
    ]  # fmt: skip
    if found:
        write_decisions(root, params, found)
    return len(found)
