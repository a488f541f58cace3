"""A county whose year moves: its table in Word, its returns, and what it decides on the way."""

import csv
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import docx
from commanding import run_command
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
_HEAD = ("总体要求", "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位")
_PARAMS = """\
year: 2023
table: data/2023/table.docx
status: data/2023/status
calendar:
  1: {due: 2023-04-20, publish: 2023-04-28}
  2: {due: 2023-07-20, publish: 2023-07-28}
  3: {due: 2023-10-20, publish: 2023-10-30}
  4: {due: 2024-01-19, publish: 2024-01-30}
masthead:
  city: 安平县
  place: 县
  issuing_office: 安平县人民政府办公室
  title: 县政府重点工作进展通报
  issue_number: "2023年第{quarter}期"
rating: {tolerance: 0, far_behind: 30}
formats: [html]
"""
_DAYS = {1: date(2023, 4, 12), 2: date(2023, 7, 12), 3: date(2023, 10, 12), 4: date(2024, 1, 12)}
_BEHIND = {
    "存在问题": "施工队伍不足，进度慢于计划。",
    "原因": "雨天多，两处场地交付晚。",
    "下一步措施": "增派施工队伍，赶上计划。",
}


@dataclass(frozen=True)
class Said:
    """What a unit says of one row: its own grade, its text, and figures by what they count."""

    grade: str
    progress: str
    figure: str | float | None = None
    due: str = ""


@dataclass
class County:
    """The project's folder, and what the office and the units do in it."""

    root: Path
    changes: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, root: Path) -> "County":
        """Set up the folder, without a table."""
        shutil.copytree(ROOT / "notebooks", root / "notebooks")
        shutil.copy(ROOT / "requirements.lock", root)
        (root / "params").mkdir()
        (root / "data/2023").mkdir(parents=True)
        county = cls(root)
        county.decide()
        return county

    def decide(self, *entries: str) -> None:
        """Write changes into the parameters, after those of before."""
        self.changes.extend(entries)
        listed = "".join(f"  - {{{entry}}}\n" for entry in self.changes)
        text = _PARAMS + (f"changes:\n{listed}" if listed else "")
        (self.root / "params/2023.yml").write_text(text, encoding="utf-8")

    def issue_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Write the table as the office's Word file."""
        document = docx.Document()
        document.add_paragraph("2023年县政府工作任务分解表")
        document.add_paragraph("制表单位：县政府办公室")
        table = document.add_table(rows=0, cols=len(_HEAD))
        for row in (_HEAD, *rows):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.save(str(self.root / "data/2023/table.docx"))

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run a command of the program; gives what it printed."""
        done = run_command(self.root, *arguments)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sheet(self, quarter: int, unit: str, name: str = "进展") -> list[dict[str, str]]:
        """Read a sheet of the blank workbook of a unit: a row each, by the words of its heads."""
        book = load_workbook(self.root / f"outputs/2023/Q{quarter}/sheets/{unit}.xlsx")
        return form(book, name).rows if name in book.sheetnames else []

    def sheets(self, quarter: int) -> set[str]:
        """Name the units that have a blank workbook."""
        return {p.stem for p in (self.root / f"outputs/2023/Q{quarter}/sheets").glob("*.xlsx")}

    def answer(self, quarter: int, said: Mapping[str, Mapping[str, Said]]) -> None:
        """Fill and return the workbooks: by unit, then by words of the plan of a row."""
        folder = self.root / f"data/2023/status/Q{quarter}"
        folder.mkdir(parents=True, exist_ok=True)
        for unit, answers in said.items():
            source = self.root / f"outputs/2023/Q{quarter}/sheets/{unit}.xlsx"
            (folder / source.name).write_bytes(source.read_bytes())
            fill(folder / source.name, quarter, answers)

    def ratings(self, quarter: int) -> dict[str, str]:
        """Read the published grade of each task by its number."""
        rows = self.table(quarter, "tasks")
        return {row["task_id"][-3:]: row["grade"] for row in rows}

    def table(self, quarter: int, name: str) -> list[dict[str, str]]:
        """Read a table of the pack."""
        path = self.root / f"outputs/2023/Q{quarter}/data/{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@dataclass(frozen=True)
class Form:
    """A sheet of a workbook whose cells go by the words of their heads, in its third line."""

    sheet: Worksheet

    @property
    def heads(self) -> list[str]:
        """The heads without the mark of what must be filled in."""
        return [str(cell.value or "").removesuffix(" *") for cell in self.sheet[3]]

    @property
    def lines(self) -> range:
        """The lines under the heads."""
        return range(4, self.sheet.max_row + 1)

    @property
    def rows(self) -> list[dict[str, str]]:
        """What stands in the lines."""
        return [{head: self.told(line, head) for head in self.heads} for line in self.lines]

    def told(self, line: int, head: str) -> str:
        """Give what a cell says; nothing is empty words."""
        value = self.sheet.cell(line, self.heads.index(head) + 1).value
        return "" if value is None else str(value)

    def put(self, line: int, head: str, value: object) -> None:
        """Type into a cell."""
        cell = self.sheet.cell(line, self.heads.index(head) + 1)
        assert isinstance(cell, Cell)
        cell.value = value  # type: ignore[assignment]


def form(book: Workbook, name: str) -> Form:
    """Open a sheet of a workbook."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return Form(sheet)


def fill(path: Path, quarter: int, answers: Mapping[str, Said]) -> None:
    """Type what a unit says into its workbook; a row without an answer stays empty.

    A task's figure answers whatever is due by now and asks for it.
    """
    book = load_workbook(path)
    rows, figures = form(book, "进展"), form(book, "指标")
    given: dict[str, str | float | None] = {}
    for line in rows.lines:
        plan = rows.told(line, "本季度计划（原文）")
        said = next((answer for words, answer in answers.items() if words in plan), None)
        if said is not None:
            _fill_progress(rows, line, quarter, said)
            given.setdefault(rows.told(line, "任务号"), said.figure)
    for line in figures.lines:
        if figures.told(line, "计划时点").startswith(f"第{'一二三四'[quarter - 1]}季度"):
            figures.put(line, "本季度实际值", given.get(figures.told(line, "任务号")))
    book.save(path)


def _fill_progress(rows: Form, line: int, quarter: int, said: Said) -> None:
    fields: dict[str, object] = {"单位自评": said.grade, "本季度进展": said.progress}
    if said.due:
        fields |= _BEHIND | {"完成时限": said.due}
    fields |= {"填报人": "经办人甲", "审定人": "审定人乙", "填报日期": _DAYS[quarter]}
    for head, value in fields.items():
        rows.put(line, head, value)


def swap(path: Path, words: str, figure: float) -> None:
    """Put another figure into a return that came already."""
    book = load_workbook(path)
    figures = form(book, "指标")
    for line in figures.lines:
        if words in figures.told(line, "计划原文"):
            figures.put(line, "本季度实际值", figure)
    book.save(path)
