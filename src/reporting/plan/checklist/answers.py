"""Read a filled 核对表: corrections and ticks, each with who, when and the cell it stands in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import Field

from reporting.errors import UsageError
from reporting.language.visible import visible
from reporting.plan.checklist.layout import (
    ADDED,
    BY,
    CHECKED,
    COLUMNS,
    DAY_CELL,
    GUIDE,
    IDENTITY,
    MARK,
    NO_MILESTONE,
    NO_TARGET,
    ON,
    REASON,
    ROW_ID,
    SIGNATURE,
    SIGNER_CELL,
    SUBJECTS,
    TICK,
    TO,
    Key,
    read_key,
    text_digest,
)
from reporting.plan.corrections.entries import ADD, DROP, Entered
from reporting.plan.values import Subject, Task
from reporting.project.params import Correction, Quote
from reporting.system.digests import digest_of
from reporting.values import Value
from reporting.workbooks.book import MAX_TEXT, open_book
from reporting.workbooks.cells import Book, BookRefused, Cell, squeeze
from reporting.workbooks.grid import Grid, find_grid

_NO_DAY: date | None = None
_TICKS = frozenset({TICK, "√", "✔", "是"})
_NOTHING = frozenset({"无", "（空）", "/", "／"})
_LISTS = frozenset({"leaders", "lead_units", "supporting_units"})
_OPTIONAL = frozenset({"coordinating_unit", "host_unit", "workstream"})
_SOURCES = {"年度目标": "goal", "季度进度安排": "schedule"}
_UNSIGNED = f"应填{{}}（或在“{GUIDE}”表统一填写），实为空。"
_APART = frozenset({*SIGNATURE, "number", "source", "words"})
"""Cells of an added target that are no fields of it."""
_PARTED = str.maketrans(dict.fromkeys("，,；;\n", "、"))


class Tick(Value):
    """A row that somebody ticked; ``digest`` is of the reading that was ticked."""

    subject: Subject
    key: Key
    digest: str
    by: str
    on: date
    where: str


class Filled(Value):
    """What an office filled in.

    ``cells`` gives the filled cells by sheet and row name, in order of their fields, so that a
    new 核对表 shows them again; the rows of `ADDED` are named by their order.
    """

    entries: tuple[Entered, ...] = ()
    ticks: tuple[Tick, ...] = ()
    cells: dict[str, dict[str, dict[str, str]]] = Field(default_factory=dict)
    by: str = ""
    on: date | None = None

    @property
    def digest(self) -> str:
        """Digest of everything filled in."""
        return fills_digest(self.cells, self.by, self.on)


def fills_digest(
    cells: Mapping[str, Mapping[str, Mapping[str, str]]], by: str, on: date | None
) -> str:
    """Digest what is filled in, wherever its rows stand."""
    filled = {
        name: sorted((row, dict(values)) for row, values in rows.items() if values)
        for name, rows in cells.items()
        if any(rows.values())
    }
    return digest_of([filled, by, on.isoformat() if on else ""])


def read_checklist(data: bytes, file: str, tasks: Sequence[Task], year: int) -> Filled:
    """Read a filled 核对表 of a table.

    Raises
    ------
    UsageError
        It is of another table, or a cell cannot be meant; the sentence names sheet and cell.
    """
    reader = _Reader(opened(data, file), file)
    reader.expect_table(tasks, year)
    return reader.filled()


def is_edited(data: bytes, file: str) -> bool:
    """Tell whether something was filled in since a 核对表 was written, of whatever table."""
    try:
        return _Reader(opened(data, file), file).is_edited
    except UsageError:
        return True


def filled_digest(data: bytes, file: str) -> str:
    """Digest what is filled in; the same for two copies that say the same.

    Raises
    ------
    UsageError
        It cannot be read.
    """
    return _Reader(opened(data, file), file).digest


def opened(data: bytes, file: str) -> Book:
    """Open a 核对表.

    Raises
    ------
    UsageError
        It cannot be read, or is no 核对表.
    """
    try:
        book = open_book(data)
    except BookRefused as refused:
        raise UsageError(f"{file}：应为核对表工作簿，不能读取：{refused.found}。") from None
    if book.sheet(IDENTITY) is None:
        raise UsageError(f"{file}：应为本软件生成的核对表，实际没有“{IDENTITY}”表。")
    return book


def identity(book: Book) -> dict[str, str]:
    """Read what a 核对表 says of itself: names in the first column, values in the second."""
    sheet = book.sheet(IDENTITY)
    assert sheet is not None
    return {
        sheet.value(row, 1): sheet.value(row, 2)
        for row in range(1, sheet.last_row + 1)
        if sheet.value(row, 1)
    }


class _Reader:
    """Reads one workbook; stops at the first cell that cannot be meant."""

    def __init__(self, book: Book, file: str) -> None:
        self._book, self._file = book, file
        self._name = file.rpartition("/")[2]
        self._facts = identity(book)
        self._changed: set[str] = set()
        self._by, self._on = "", _NO_DAY
        self._numbers: dict[str, str] = {}

    def _refusal(self, sheet: str, place: str, fault: str) -> UsageError:
        return UsageError(f"{self._where(sheet, place)}：{fault}")

    def _where(self, sheet: str, place: str) -> str:
        return f"{self._name}“{sheet}”表{f' {place}' if place else ''}"

    def expect_table(self, tasks: Sequence[Task], year: int) -> None:
        """Stop at the 核对表 of another year or table."""
        found = self._facts.get("year", "")
        if found != str(year):
            raise self._refusal(IDENTITY, "B1", f"应为{year}年的核对表，实为“{found}”年的。")
        known = {name: digest for name, digest in self._facts.items() if name not in _FACTS}
        now = {task.task_id: text_digest(task) for task in tasks}
        if not set(known.items()) & set(now.items()):
            raise self._refusal(
                IDENTITY, "", "这是另一张任务分解表的核对表，应为参数中 table 所指的表的，"
                "没有一项任务的原文相同。",
            )  # fmt: skip
        self._numbers = {
            name: task.task_id for task in tasks for name in (task.label, task.reference)
        }
        self._changed = {name for name in known if known[name] != now.get(name)}

    def filled(self) -> Filled:
        """Read everything filled in as corrections and ticks."""
        self._by, self._on = self._signer()
        entries: list[Entered] = []
        ticks: list[Tick] = []
        for row in self._all_rows():
            if not row.texts:
                continue
            self._choose(row)
            if row.sheet == ADDED:
                entries.append(self._addition(row))
            else:
                entries += self._corrections(row)
                ticks += self._tick(row)
        cells = self.cells()
        return Filled(
            entries=tuple(entries), ticks=tuple(ticks), cells=cells, by=self._by, on=self._on
        )

    def cells(self) -> dict[str, dict[str, dict[str, str]]]:
        """Give the filled cells by sheet and row name."""
        cells: dict[str, dict[str, dict[str, str]]] = {name: {} for name in COLUMNS}
        for row in self._all_rows():
            if row.texts:
                cells[row.sheet][row.name] = row.texts
        return cells

    @property
    def digest(self) -> str:
        """Digest of everything filled in."""
        return fills_digest(self.cells(), *self._signer())

    @property
    def is_edited(self) -> bool:
        """Whether something was filled in since the workbook was written."""
        return self.digest != self._facts.get("base")

    def _all_rows(self) -> "Iterator[_Row]":
        for name in COLUMNS:
            yield from self._rows(name)

    def _signer(self) -> tuple[str, date | None]:
        sheet = self._book.sheet(GUIDE)
        if sheet is None:
            return "", None
        day = sheet.cells.get(DAY_CELL)
        return sheet.value(*SIGNER_CELL).strip(), self._day(GUIDE, day) if day else None

    def _rows(self, name: str) -> "Iterator[_Row]":
        sheet = self._book.sheet(name)
        if sheet is None:
            raise self._refusal(name, "", "应有该表，实际没有。")
        grid = find_grid(sheet, COLUMNS[name])
        missing = [s.label for s in COLUMNS[name] if grid is None or s.field not in grid.columns]
        if grid is None or missing:
            raise self._refusal(name, "", f"应有“{'”“'.join(missing)}”列，实际没有或有两列。")
        seen: dict[str, int] = {}
        for at in grid.rows:
            row = self._row(grid, name, at, len(seen))
            if row is None:
                continue
            if row.name in seen:
                first = seen[row.name]
                raise self._refusal(name, f"第{at}行", f"与第{first}行是同一行，请删去其中一行。")
            seen[row.name] = at
            yield row

    def _row(self, grid: Grid, name: str, at: int, count: int) -> "_Row | None":
        """Read a row's filled cells; None for one that asks and says nothing."""
        cells = {
            spec.field: cell
            for spec in COLUMNS[name]
            if spec.fill and (cell := grid.cell(at, spec.field)) and _has_content(cell)
        }
        texts = {field: self._text(name, cell) for field, cell in cells.items()}
        if name == ADDED:
            key = Key(task_id="")
            return _Row(name, grid, at, f"{count + 1:03}", key, "", texts, cells) if texts else None
        key_read = read_key(grid.text(at, ROW_ID))
        if key_read is None:
            raise self._refusal(
                name, f"第{at}行", "该行不是核对表原有的行，要增补指标请填“增补”表。"
            )
        digest, _, printed = grid.text(at, MARK).partition(" ")
        if printed != _printed_digest(grid, at, name):
            raise self._refusal(
                name, f"第{at}行", "灰底的单元格被改动，请恢复原样，更正请填在“更正为”各列。"
            )
        return _Row(name, grid, at, key_read.text, key_read, digest, texts, cells)

    def _choose(self, row: "_Row") -> None:
        """Refuse a word that its drop-down does not offer."""
        for spec in COLUMNS[row.sheet]:
            text = row.texts.get(spec.field)
            if spec.choices and text is not None and text not in spec.choices:
                expected = "、".join(spec.choices)
                raise self._refusal(
                    row.sheet, row.place(spec.field), f"应为 {expected} 之一，实为“{text}”。"
                )

    def _signed(self, row: "_Row") -> tuple[str, date]:
        by = row.texts.get(BY, self._by)
        on = self._day(row.sheet, row.cells[ON]) if ON in row.texts else self._on
        if not by:
            raise self._refusal(row.sheet, row.place(BY), _UNSIGNED.format("核对人"))
        if on is None:
            raise self._refusal(row.sheet, row.place(ON), _UNSIGNED.format("日期"))
        return by, on

    def _corrections(self, row: "_Row") -> list[Entered]:
        fields = [field for field in row.texts if field not in SIGNATURE]
        if not fields:
            if CHECKED not in row.texts:
                raise self._refusal(
                    row.sheet, row.place(next(iter(row.texts))),
                    "该行填了原因或签名，却没有更正，也没有打“已核对”。",
                )  # fmt: skip
            return []
        if REASON not in row.texts:
            raise self._refusal(row.sheet, row.place(REASON), "有更正的行应填原因，实为空。")
        if row.key.task_id in self._changed:
            raise self._refusal(
                row.sheet, row.place(fields[0]),
                f"任务 {row.key.task_id} 的原文已与核对时不同，请清空该行所填内容后重新运行，"
                "再在新的核对表上更正。",
            )  # fmt: skip
        return [self._correction(row, field) for field in fields]

    def _correction(self, row: "_Row", field: str) -> Entered:
        by, on = self._signed(row)
        name = field.removeprefix(TO)
        subject = SUBJECTS[row.sheet]
        correction = Correction(
            task_id=row.key.task_id, field=name, value=_value(name, row.texts[field]),
            reason=row.texts[REASON], by=by, on=on,
            target=row.key.quote if subject is Subject.TARGET else None,
            milestone=row.key.quote if subject is Subject.MILESTONE else None,
        )  # fmt: skip
        where = self._where(row.sheet, row.place(field))
        return Entered(correction=correction, where=where, file=self._file)

    def _tick(self, row: "_Row") -> Iterator[Tick]:
        if CHECKED in row.texts:
            by, on = self._signed(row)
            yield Tick(
                subject=SUBJECTS[row.sheet], key=row.key, digest=row.digest, by=by, on=on,
                where=self._where(row.sheet, row.place(CHECKED)),
            )  # fmt: skip

    def _addition(self, row: "_Row") -> Entered:
        by, on = self._signed(row)
        for spec in COLUMNS[ADDED]:
            if spec.field in ("number", "source", "words", REASON) and spec.field not in row.texts:
                raise self._refusal(ADDED, row.place(spec.field), f"应填{spec.label}，实为空。")
        task_id = self._numbers.get(row.texts["number"])
        if task_id is None:
            number = row.texts["number"]
            raise self._refusal(ADDED, row.place("number"), f"表中没有任务“{number}”。")
        source, words = _SOURCES[row.texts["source"]], row.texts["words"]
        correction = Correction(
            task_id=task_id, field=ADD, reason=row.texts[REASON], by=by, on=on,
            value={field: text for field, text in row.texts.items() if field not in _APART},
            target=Quote.model_validate({"source": source, "words": words}),
        )  # fmt: skip
        where = self._where(ADDED, f"第{row.at}行")
        return Entered(correction=correction, where=where, file=self._file)

    def _text(self, name: str, cell: Cell) -> str:
        """Read a filled cell as plain text."""
        if cell.formula is not None or cell.error:
            raise self._refusal(name, cell.address, "应直接填写内容，不用公式，实为公式或错误值。")
        if cell.struck or cell.raised:
            raise self._refusal(name, cell.address, "有删除线或上下标，不知以何为准，请填写清楚。")
        if cell.style in ("date", "month"):
            return self._day(name, cell).isoformat()
        text = cell.value.strip()
        if cell.style == "percent" and cell.numeric:
            raise self._refusal(
                name, cell.address, f"应为不带百分号的数字，实为百分比格式的{text}。"
            )
        return TICK if text in _TICKS else text

    def _day(self, name: str, cell: Cell) -> date:
        if cell.numeric and cell.style in ("date", "month") and cell.value.isdigit():
            first = date(1904, 1, 1) if self._book.date1904 else date(1899, 12, 30)
            return first + timedelta(days=int(cell.value))
        text = cell.value.strip()
        for sign in "年月/.":
            text = text.replace(sign, "-")
        try:
            return date(*map(int, text.removesuffix("日").split("-")))
        except (TypeError, ValueError):
            raise self._refusal(
                name, cell.address, f"应为日期，如 2023-03-20，实为“{cell.value}”。"
            ) from None


@dataclass(frozen=True)
class _Row:
    """A row of a sheet: its name, the digest of what was read, and its filled cells."""

    sheet: str
    grid: Grid
    at: int
    name: str
    key: Key
    digest: str
    texts: dict[str, str]
    cells: Mapping[str, Cell]

    def place(self, field: str) -> str:
        """Return the address of a field, filled or not."""
        return self.grid.address(self.at, field)


_FACTS = frozenset({"year", "base"})
"""What the identity says besides the digest of each task."""


def _printed_digest(grid: Grid, row: int, name: str) -> str:
    return shown_digest(name, {s.field: grid.text(row, s.field) for s in COLUMNS[name]})


def shown_digest(name: str, cells: Mapping[str, str | int]) -> str:
    """Digest the cells of a row that are not to be filled."""
    shown = [spec.field for spec in COLUMNS[name] if not spec.fill and spec.kind != "id"]
    texts = (visible(str(cells.get(field, "")))[:MAX_TEXT] for field in shown)
    return digest_of([squeeze(text) for text in texts])[:16]


def _has_content(cell: Cell) -> bool:
    return bool(cell.value.strip()) or cell.formula is not None or cell.error


def _value(field: str, text: str) -> object:
    """Bring what was typed into the form of a correction."""
    if text in (NO_MILESTONE, NO_TARGET) and field == DROP:
        return True
    if field in _OPTIONAL and text in _NOTHING:
        return None
    if field not in _LISTS:
        return text
    if text in _NOTHING:
        return []
    names = [part.strip() for part in text.translate(_PARTED).split("、") if part.strip()]
    return [_supporting(name) for name in names] if field == "supporting_units" else names


def _supporting(name: str) -> object:
    """Read ``子项：单位`` as a unit that supports one sub-project only."""
    scope, colon, unit = name.replace(":", "：").rpartition("：")
    return {"unit": unit.strip(), "scope": scope.strip()} if colon else name
