"""Released quarters whose inputs are no longer what their last edition was made from."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.assess.continuity import adjustments
from reporting.assess.editions.of_plan import plan_facts
from reporting.assess.history import DIFFERS, Published
from reporting.assess.values import Assessment
from reporting.errors import ReportingError
from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.plan.changes import plan_at, with_cancelled
from reporting.plan.values import Plan
from reporting.project.decisions import read_decisions
from reporting.project.editions import INPUTS, edition_folder, frozen_numbers
from reporting.project.params import Params, read_params
from reporting.project.receipts import Receipt, read_receipts
from reporting.system.digests import digest
from reporting.system.files import read_if_there

MANIFEST = "pack/manifest.json"


def differing(root: Path, params: Params, plan: Plan, published: Published) -> Iterator[Finding]:
    """Name the released quarters that would not be made again as they were published.

    ``plan`` is the table as it reads today.
    """
    for quarter, then in published.items():
        period = Period(year=params.year, quarter=quarter)
        number = frozen_numbers(root, period)[-1]
        edition = edition_folder(root, period, number)
        folder = f"{params.status}/Q{quarter}"
        found = [
            *_returns(root / folder, edition, folder),
            *_settings(root, edition / INPUTS, params, quarter),
            *_table(params, plan, then),
        ]
        if found:
            yield Finding(
                code=DIFFERS,
                severity=Severity.NOTE,
                message=f"{period.short_label}已发布第{number}版，现有的{'、'.join(found)}与发布时"
                "不同；本期仍按已发布的内容引用，如需更正，请重新生成该季度的材料。",
                file=folder,
                expected=f"第{number}版",
                found="、".join(found),
            )


def _returns(now: Path, edition: Path, folder: str) -> Iterator[str]:
    then, today = _published(edition, folder), _files(now)
    changed = [name for name in then.keys() | today.keys() if then.get(name) != today.get(name)]
    if then and changed:
        yield f"报送文件夹 {folder} 中的{len(changed)}份报表"


def _settings(root: Path, inputs: Path, params: Params, quarter: int) -> Iterator[str]:
    """Name what the office set or wrote down for a quarter otherwise than it was then."""
    if not inputs.is_dir():
        return
    try:
        before = read_params(inputs, params.year)
        decided = [_decided(at, own, quarter) for at, own in ((inputs, before), (root, params))]
        received = [_received(at, params.year, quarter) for at in (inputs, root)]
    except ReportingError:
        # Whether an edition is whole is for its proof to say.
        return
    was, is_now = before.calendar.get(quarter), params.calendar.get(quarter)
    if before.rating != params.rating:
        yield "核定规则"
    if was and is_now and was.due != is_now.due:
        yield "报送期限"
    if was and is_now and was.publish != is_now.publish:
        yield "印发日期"
    if decided[0] != decided[1]:
        yield "办公室的决定"
    if received[0] != received[1]:
        yield "收件日期"


def _decided(root: Path, params: Params, quarter: int) -> list[tuple[object, ...]]:
    own = (one for one in read_decisions(root, params) if one.quarter == quarter)
    return [(one.place, one.digest, one.decision, one.value, one.reason, one.on) for one in own]


def _received(root: Path, year: int, quarter: int) -> dict[str, object]:
    """Give the days of receipt; that a file was registered since without one changes nothing."""
    own: Sequence[Receipt] = [r for r in read_receipts(root, year) if r.quarter == quarter]
    return {receipt.digest: receipt.received_on for receipt in own if receipt.received_on}


def _table(params: Params, plan: Plan, then: Assessment) -> Iterator[str]:
    """Count the facts of the plan that are not those of the edition."""
    quarter = then.quarter
    whole = with_cancelled(plan, then.plan, params.changes, quarter)
    today = then.model_copy(
        update={
            "plan": plan_at(whole, params.changes, quarter),
            "adjustments": adjustments(whole, params.changes, quarter),
        }
    )
    if count := sum(1 for _ in plan_facts(then, today)):
        yield f"任务分解表及其调整、读法{count}处"


def _published(edition: Path, folder: str) -> dict[str, str]:
    """Give the digests of an edition's returns of its own quarter, as its pack lists them."""
    content = read_if_there(edition / MANIFEST)
    try:
        inputs = json.loads(content or b"{}")["inputs"]
        return {
            item["path"].removeprefix(f"{folder}/"): item["sha256"]
            for item in inputs
            if item["path"].startswith(f"{folder}/")
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # Whether an edition is whole is for its proof to say.
        return {}


def _files(folder: Path) -> dict[str, str]:
    """Give the digests of the workbooks in a folder, litter of office programs aside."""
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in sorted(folder.rglob("*"), key=lambda path: path.parts)
        if path.is_file() and not path.name.startswith((".", "~$"))
    }
