"""What came in a quarter: filed where it is read, registered, and judged by when it came."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from reporting.errors import UsageError
from reporting.findings import HELD, Finding, Severity
from reporting.periods import full_date
from reporting.project.params import Params
from reporting.project.receipts import MAIL, Receipt, keep_receipts
from reporting.project.roots import status_folder
from reporting.returns.reading.archives import members_of, read_member
from reporting.returns.reading.files import Arrived, list_files
from reporting.returns.rules import RULES, finding
from reporting.returns.values import Return, Returns
from reporting.system.digests import digest
from reporting.system.files import write_whole
from reporting.system.names import safe_name
from reporting.workbooks.book import MAX_FILE
from reporting.workbooks.cells import BookRefused

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


def register_arrived(root: Path, params: Params, returns: Returns) -> tuple[Receipt, ...]:
    """Register every file of a quarter's folder with what became of it."""
    folder = status_folder(root, params, returns.quarter)
    arrived = [item for item in list_files(folder, root) if item.is_sound]
    receipts = [receipt for item in arrived if (receipt := _receipt(item, returns)).digest]
    return keep_receipts(root, params.year, receipts)


def _receipt(arrived: Arrived, returns: Returns) -> Receipt:
    item = next((r for r in returns.returns if _holds(r, arrived.name)), None)
    findings = [f for f in returns.all_findings if f.file == arrived.name]
    sha256 = _digest(arrived)
    after = next((r for r in returns.returns if r.corrects == sha256), None)
    return Receipt(
        file=arrived.name,
        digest=sha256,
        unit=item.unit if item else next((f.unit for f in findings if f.unit), ""),
        quarter=returns.quarter,
        round=item.round if item else after.round - 1 if after else 1,
        received_on=_day_of_folder(arrived.name),
        status=_status(arrived.name, item, findings),
    )


def _digest(arrived: Arrived) -> str:
    """Return the digest of a file, whatever its kind and size; empty where it cannot be read."""
    try:
        if arrived.member:
            return digest(read_member(arrived.path, arrived.member))
        with arrived.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, BookRefused):
        return ""


def _holds(item: Return, file: str) -> bool:
    return item.file == file or any(row.file == file for row in (*item.rows, *item.disputed))


def _day_of_folder(name: str) -> date | None:
    """Read the day of receipt of a folder that is named by it."""
    for part in PurePosixPath(name).parts[:-1]:
        if _DATED.fullmatch(part):
            try:
                return date.fromisoformat(part)
            except ValueError:
                continue
    return None


def _status(name: str, item: Return | None, findings: Sequence[Finding]) -> str:
    if item is not None:
        joined = item.file != name or any(f.code == "RET-JOINED" for f in findings)
        open_still = (
            f"{severity.label}{count}处"
            for severity in (Severity.ERROR, Severity.CONFIRM)
            if (count := sum(f.severity is severity for f in findings))
        )
        return "，".join(("已合并读入" if joined else "已读入", *open_still))
    worst = next((f for f in findings if f.severity in HELD), None)
    told = worst or next(iter(findings), None)
    return f"未读入：{RULES[told.code].title}" if told else "已被后报的取代"


def with_receipts(returns: Returns, receipts: Iterable[Receipt], params: Params) -> Returns:
    """Judge lateness by receipt, where the day of it is known."""
    days = {
        receipt.digest: receipt.received_on
        for receipt in receipts
        if receipt.quarter == returns.quarter and receipt.received_on is not None
    }
    due = params.calendar[returns.quarter].due
    items = tuple(_received(item, days, due) for item in returns.returns)
    return returns.model_copy(update={"returns": items})


def _received(item: Return, days: Mapping[str, date], due: date) -> Return:
    """Judge one return by the day on which it was first complete, where that is known."""
    last = days.get(item.sha256)
    firsts = [days.get(first) for first in item.firsts or (item.sha256,)]
    known = [day for day in firsts if day is not None]
    if len(known) == len(firsts):
        return _judged(item, max(known), last, due)
    # A first one of an unknown day came no later than the correction of it.
    if last is not None and last <= due:
        return _judged(item, last, last, due)
    return item.model_copy(update={"last_received_on": last})


def _judged(item: Return, day: date, last: date | None, due: date) -> Return:
    findings = [f for f in item.findings if f.code != "RET-LATE"]
    noted = [("RET-LATE-RECEIVED", due, day)] if day > due else []
    if last is not None and item.reported_on is not None and item.reported_on > last:
        noted.append(("RET-DAY-AFTER", last, item.reported_on))
    findings += [
        finding(
            code, expected=full_date(want), found=full_date(was), file=item.file, unit=item.unit
        )
        for code, want, was in noted
    ]
    known = {"received_on": day, "last_received_on": last}
    return item.model_copy(update=known | {"findings": tuple(findings)})


def receive(
    root: Path, params: Params, quarter: int, files: Sequence[Path], day: date, channel: str = MAIL
) -> tuple[Receipt, ...]:
    """File what came into a quarter's folder, archives file by file, and register it.

    Raises
    ------
    UsageError
        A file is not there, or is too large.
    """
    folder = status_folder(root, params, quarter)
    there = {digest(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
    receipts = []
    for path in files:
        for name, data in _contents(path):
            sha256 = digest(data)
            if sha256 in there:
                continue
            there.add(sha256)
            target = _free(folder, name)
            write_whole(target, data)
            receipts.append(
                Receipt(
                    file=target.relative_to(root).as_posix(),
                    digest=sha256,
                    quarter=quarter,
                    received_on=day,
                    channel=channel,
                    status="已收到，待核对",
                )
            )
    keep_receipts(root, params.year, receipts)
    return tuple(receipts)


def _contents(path: Path) -> list[tuple[str, bytes]]:
    if not path.is_file():
        raise UsageError(f"没有文件“{path}”。")
    if path.stat().st_size > MAX_FILE:
        raise UsageError(f"“{path.name}”应在 {MAX_FILE // 2**20} MB 以内，未收存。")
    members = members_of(path) if path.suffix.lower() == ".zip" else None
    if members is None:
        return [(path.name, path.read_bytes())]
    try:
        return [(PurePosixPath(member).name, read_member(path, member)) for member in members]
    except BookRefused as refused:
        raise UsageError(f"“{path.name}”不能拆分：{refused.found}。") from None


def _free(folder: Path, name: str) -> Path:
    pure = PurePosixPath(name)
    usual = pure.suffix[1:].isascii() and pure.suffix[1:].isalnum()
    stem, suffix = (safe_name(pure.stem), pure.suffix) if usual else (safe_name(name), "")
    path, count = folder / f"{stem}{suffix}", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}（{count}）{suffix}"
    return path
