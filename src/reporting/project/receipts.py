"""The register of receipts: ``data/<year>/receipts.csv``, what came, when, how and what became.

The file is plain CSV (UTF-8 with a byte-order mark, so that spreadsheet programs open it), one
row a file. A date of receipt that is not known is empty: nothing is taken for it.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reporting.errors import InputRefused
from reporting.system.files import write_changed
from reporting.values import Value

COLUMNS = ("file", "digest", "unit", "quarter", "round", "received_on", "channel", "status")
MAIL = "邮件"


class Receipt(Value):
    """One file that came.

    ``file`` is relative to the project; ``received_on`` is the day it arrived, None where that
    is not known; ``channel`` is how it came, ``status`` what became of it.
    """

    file: str
    digest: str
    unit: str = ""
    quarter: int
    round: int = 1
    received_on: date | None = None
    channel: str = ""
    status: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """What one receipt is known by: a file that was renamed is still the same."""
        return self.quarter, self.digest


def receipts_path(root: Path, year: int) -> Path:
    """Return where a year's register of receipts stands; it need not exist."""
    return root / "data" / str(year) / "receipts.csv"


def read_receipts(root: Path, year: int) -> tuple[Receipt, ...]:
    """Read the register; none where there is none yet.

    Raises
    ------
    InputRefused
        A row cannot be understood; the text names it.
    """
    path = receipts_path(root, year)
    if not path.is_file():
        return ()
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        return tuple(_receipt(path, number, row) for number, row in enumerate(rows, 2))
    except (UnicodeDecodeError, csv.Error):
        raise InputRefused(f"{path.name}：应为 UTF-8 编码的 CSV 文件，实际不能读取。") from None


def _receipt(path: Path, number: int, row: dict[str, str | None]) -> Receipt:
    fields = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        given = {name: value for name, value in fields.items() if value}
        return Receipt.model_validate(given)
    except ValueError:
        raise InputRefused(
            f"{path.name}第{number}行：应有季度（1—4）、次数和日期（如 2023-10-18），"
            f"实为“{'，'.join(fields.values())}”。"
        ) from None


def dated(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Give what returns are judged by: which file came on which day, where that is known."""
    return tuple(
        Receipt(file="", digest=one.digest, quarter=one.quarter, received_on=one.received_on)
        for one in receipts
        if one.received_on is not None
    )


def keep_receipts(root: Path, year: int, receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Put receipts into the register; a row of one known before keeps its date and channel."""
    known = {receipt.key: receipt for receipt in read_receipts(root, year)}
    for receipt in receipts:
        before = known.get(receipt.key)
        known[receipt.key] = receipt if before is None else _updated(before, receipt)
    kept = tuple(sorted(known.values(), key=lambda r: (r.quarter, r.file, r.digest)))
    write_changed(receipts_path(root, year), _written(kept))
    return kept


def _updated(before: Receipt, now: Receipt) -> Receipt:
    changed = {
        "unit": now.unit or before.unit,
        "received_on": before.received_on or now.received_on,
        "channel": before.channel or now.channel,
        "status": now.status or before.status,
    }
    return now.model_copy(update=changed)


def _written(receipts: Iterable[Receipt]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for receipt in receipts:
        writer.writerow("" if v is None else v for v in (getattr(receipt, n) for n in COLUMNS))
    return target.getvalue().encode("utf-8-sig")
