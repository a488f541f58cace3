"""A small project, and a person who fills in its 核对表."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

from plan.builders import led, params
from reporting.plan.checklist.keep import CHECKLIST, find_filled
from reporting.plan.checklist.layout import COLUMNS, DAY_CELL, SIGNER_CELL, TO
from reporting.plan.read import Reading, read_checked
from reporting.plan.values import Plan
from reporting.plan.write import write_plan
from reporting.project.params import Params, checklist_path, read_params

ROWS = [
    ("（1）实施甲行动。", "1. 新增企业100家。",
     "一季度，新增企业10家。二季度，累计新增企业50家。三季度，累计新增企业80家。四季度，累计新增企业100家，办会9场。",
     "张三", "市商务局", "市科技局"),
    ("", "2. 修缮危桥3座。", "三季度，完成检测两处。四季度，完工。", "", "市交通局", "/"),
]  # fmt: skip
DAY = date(2024, 3, 5)
Answer = tuple[str, str, Mapping[str, Any]]


class Office:
    """A project in a folder, worked on as its office does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "outputs/2024/plan"
        self.written, self.kept = self.out / CHECKLIST, root / "data/2024" / CHECKLIST
        self.put_table(ROWS)
        self.put_params()

    def put_table(self, rows: list[Any]) -> None:
        (self.root / "table.txt").write_text(led(rows), encoding="utf-8")

    def put_params(self, **fields: object) -> None:
        (self.root / "params").mkdir(exist_ok=True)
        content = params(**fields).model_dump(mode="json")
        text = yaml.safe_dump(content, allow_unicode=True)
        (self.root / "params/2024.yml").write_text(text, encoding="utf-8")

    @property
    def params(self) -> Params:
        return read_params(self.root, 2024)

    def make_plan(self) -> Plan:
        """Run what ``make plan`` runs."""
        return self.read().plan

    def read(self) -> Reading:
        found = find_filled(self.kept, self.out, may_move=True)
        reading = read_checked(self.root, self.params, checklist=found.path)
        found.keep()
        write_plan(reading, self.out, checklist_path(self.params))
        return reading

    def fill(
        self, *answers: Answer, path: Path | None = None, by: str = "王五", on: date | None = DAY
    ) -> None:
        """Fill the written workbook, or another."""
        fill(path or self.written, *answers, by=by, on=on)

    @staticmethod
    def row(sheet: Any, words: str) -> int:
        """Find the row that shows some words."""
        return row_of(sheet, words)


def fill(path: Path, *answers: Answer, by: str = "王五", on: date | None = DAY) -> None:
    """Fill cells: sheet, words that the row shows, values by field; sign on the guide."""
    book = load_workbook(path)
    guide = book["说明"]
    guide.cell(*SIGNER_CELL).value, guide.cell(*DAY_CELL).value = by, on
    for name, words, values in answers:
        sheet = book[name]
        row = row_of(sheet, words)
        for field, value in values.items():
            sheet.cell(row, column_of(name, field)).value = value
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def row_of(sheet: Any, words: str) -> int:
    """Find the row that shows some words; without words the first empty one."""
    if not words:
        return next(n for n in range(4, 99) if sheet.cell(n, 1).value is None)
    shown = {row[0].row: [str(cell.value) for cell in row] for row in sheet.iter_rows(4)}
    alone = [row for row, texts in shown.items() if words in texts]
    (found,) = alone or [row for row, texts in shown.items() if words in "|".join(texts)]
    return int(found)


def column_of(name: str, field: str) -> int:
    """Find a column by its field; a correction's goes before what is shown."""
    fields = [spec.field for spec in COLUMNS[name]]
    return 1 + fields.index(TO + field if TO + field in fields else field)
