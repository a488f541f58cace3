"""What the office decided about figures and words of returns, as one file a year keeps it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from reporting.errors import InputRefused
from reporting.grades import USUAL_SCALE, Scale
from reporting.language.visible import visible
from reporting.project.params import Params
from reporting.system.digests import digest
from reporting.system.files import write_whole
from reporting.values import Value

DECISIONS = "decisions.csv"
FIGURE = "actual"
"""The field of a figure; any other is one of the row's words, or of a promise."""
PUT_OFF = "put_off"
"""The field of the day to which a unit asks to put off what it promised."""


class Verdict(StrEnum):
    """What is done with a questioned cell."""

    ACCEPT = "accept"
    SET = "set"
    RATE = "rate"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """The word printed for officials."""
        return {"accept": "采用", "set": "改值", "rate": "核定", "refuse": "不同意"}[self.value]


class Decision(Value):
    """One decision about one cell of one return.

    Attributes
    ----------
    unit, row_id, field : str
        The cell by what it answers: the unit, the id of its milestone or target, and the field
        (``actual`` for a figure).
    file, sheet, cell : str
        The cell by where it stands; taken where ``row_id`` is empty.
    digest : str
        Of what was typed there; the decision is void when the cell holds anything else.
    typed : str
        What was typed, for the reader.
    value : str
        The figure to ``set``, in the target's unit, or the grade to ``rate``.
    line : int
        Line of the file.
    """

    quarter: int
    unit: str
    row_id: str = ""
    field: str = FIGURE
    file: str = ""
    sheet: str = ""
    cell: str = ""
    digest: str
    typed: str = ""
    decision: Verdict
    value: str = ""
    reason: str
    by: str
    on: date
    line: int = 0

    @property
    def place(self) -> tuple[str, ...]:
        """What tells one cell from another."""
        where = (self.row_id, self.field) if self.row_id else (self.file, self.sheet, self.cell)
        return (str(self.quarter), self.unit, *where)

    @property
    def signed(self) -> str:
        """The reason, with who decided when."""
        return f"{self.reason}（{self.by}，{self.on.year}年{self.on.month}月{self.on.day}日）"


COLUMNS = (
    "quarter", "unit", "row_id", "field", "file", "sheet", "cell", "digest", "typed",
    "decision", "value", "reason", "by", "date",
)  # fmt: skip
_READ = frozenset({"quarter", "field", "decision", "date"})
"""Columns that are not taken as they stand."""
_NEEDED = {
    "quarter": "季度", "unit": "单位", "digest": "原填内容的摘要", "decision": "决定",
    "reason": "理由", "by": "决定人", "date": "日期",
}  # fmt: skip


def decisions_file(root: Path, params: Params) -> Path:
    """Return where a year's decisions stand."""
    return root / "data" / str(params.year) / DECISIONS


def digest_of_typed(text: str) -> str:
    """Return what tells whether a cell still holds what was decided about."""
    return digest(text.strip().encode())[:16]


def read_decisions(root: Path, params: Params) -> tuple[Decision, ...]:
    """Read a year's decisions; none where there is no file.

    Raises
    ------
    InputRefused
        A line cannot be understood; then no decision is applied.
    """
    path = decisions_file(root, params)
    if not path.is_file():
        return ()
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(f"{name} 应为 UTF-8 编码，实际不是，决定均未采用。") from None
    return parse_decisions(text, name, params.rating.scale)


def parse_decisions(text: str, name: str, scale: Scale = USUAL_SCALE) -> tuple[Decision, ...]:
    """Read decisions from the text of a file; see `read_decisions`."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if reader.fieldnames is None or (missing := set(COLUMNS) - set(reader.fieldnames)):
        lacking = "、".join(c for c in COLUMNS if not reader.fieldnames or c in missing)
        raise InputRefused(f"{name} 第1行应为表头，缺{lacking}列，决定均未采用。")
    found = list(_decisions(reader, name, scale))
    _expect_one_each(found, name)
    return tuple(found)


def _decisions(reader: "csv.DictReader[str]", name: str, scale: Scale) -> Iterator[Decision]:
    try:
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise _refused(name, line, f"应有{len(COLUMNS)}列")
            if any(row.values()):
                yield decision_of({k: v.strip() for k, v in row.items()}, name, line, scale)
    except csv.Error as error:
        raise _refused(name, reader.line_num, f"不是完整的 CSV（{error}）") from None


def decision_of(row: Mapping[str, str], name: str, line: int, scale: Scale) -> Decision:
    """Read one decision.

    Raises
    ------
    InputRefused
        Something is missing or cannot be understood; the sentence names the line.
    """
    lacking = [label for field, label in _NEEDED.items() if not row.get(field)]
    if lacking:
        raise _refused(name, line, f"缺{'、'.join(lacking)}")
    if not row["row_id"] and not (row["file"] and row["sheet"] and row["cell"]):
        raise _refused(name, line, "应写明行标识，或者文件、工作表和单元格")
    if row["quarter"] not in ("1", "2", "3", "4"):
        raise _refused(name, line, f"季度应为 1 至 4，实为“{row['quarter']}”")
    if row["decision"] not in set(Verdict):
        raise _refused(name, line, f"决定应为 accept、set、rate 或 refuse，实为“{row['decision']}”")
    verdict = Verdict(row["decision"])
    _expect_value(verdict, row, name, line, scale)
    return Decision(
        **{name: row[name] for name in COLUMNS if name not in _READ},
        field=row["field"] or FIGURE,
        quarter=int(row["quarter"]),
        decision=verdict,
        on=_day(row["date"], name, line),
        line=line,
    )


def _expect_value(
    verdict: Verdict, row: Mapping[str, str], name: str, line: int, scale: Scale
) -> None:
    value = row["value"]
    if verdict in (Verdict.ACCEPT, Verdict.REFUSE) and value:
        raise _refused(name, line, f"决定为 {verdict} 的不填取值，实为“{value}”")
    asked = row["field"] == PUT_OFF
    if asked and verdict not in (Verdict.ACCEPT, Verdict.REFUSE):
        raise _refused(name, line, f"对申请延期的决定应为 accept 或 refuse，实为“{verdict}”")
    if verdict is Verdict.REFUSE and not asked:
        raise _refused(name, line, "决定 refuse 只用于申请延期")
    if verdict is Verdict.SET and _number(value) is None:
        raise _refused(name, line, f"决定为 set 的取值应为数字，实为“{value}”")
    if verdict is Verdict.SET and row["field"] not in ("", FIGURE):
        raise _refused(name, line, "只有指标的实际值可以改值")
    if verdict is Verdict.RATE and value not in (words := [str(grade) for grade in scale.ratable]):
        raise _refused(name, line, f"决定为 rate 的取值应为{'、'.join(words)}之一，实为“{value}”")


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _day(text: str, name: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refused(name, line, f"日期应如 2023-10-25，实为“{text}”") from None


def _expect_one_each(found: Sequence[Decision], name: str) -> None:
    first: dict[tuple[str, ...], Decision] = {}
    for item in found:
        known = first.setdefault((*item.place, item.digest), item)
        if known is not item:
            raise _refused(name, item.line, f"与第{known.line}行是对同一内容的两个决定")


def _refused(name: str, line: int, why: str) -> InputRefused:
    return InputRefused(f"{name} 第{line}行{visible(why)}，决定均未采用。")


def write_decisions(root: Path, params: Params, found: Iterable[Decision]) -> Path:
    """Add decisions to a year's file; a new one on the same content takes the old one's place."""
    new = {(*item.place, item.digest): item for item in found}
    kept = [d for d in read_decisions(root, params) if (*d.place, d.digest) not in new]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in (*kept, *new.values()):
        fields = item.model_dump(mode="json") | {"date": item.on.isoformat()}
        writer.writerow(str(fields[name]) for name in COLUMNS)
    path = decisions_file(root, params)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, target.getvalue().encode())
    return path
