"""Where a reader finds in the table what the page quotes of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from reporting.plan.checklist.keep import CHECKLIST
from reporting.plan.checklist.layout import TASKS
from reporting.plan.page.quality import quality_page
from reporting.plan.read import Reading, read_checked
from reporting.plan.write import write_plan

from ..builders import docx, led, page, params, xlsx

ROWS = [
    ("（1）实施甲行动。", "1. 新增企业100家。", "一季度，启动。四季度，累计新增100家。", "张三",
     "市商务局", "市科技局"),
    ("", "2. 修缮危桥3座。", "四季度，完工。", "", "市交通局", "/"),
]  # fmt: skip
TITLE = ["甲市2024年任务分解表"]


def read(folder: Path, name: str, content: bytes) -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read_checked(folder, params(), table=path)


def first(found: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return where goal, schedule and lead unit of the first task stand."""
    places = next(iter(found.values()))
    return [places[name] for name in ("goal", "schedule", "lead")]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("表.xlsx", xlsx(ROWS, TITLE), ["B3", "C3", "E3"]),
        ("表.docx", docx(ROWS, TITLE), ["第2行第2格", "第2行第3格", "第2行第5格"]),
        ("表.html", page(ROWS, TITLE), ["第2行第2格", "第2行第3格", "第2行第5格"]),
        ("表.txt", led(ROWS).encode(), ["第9行", "第10行", "第12行"]),
    ],
)
def test_each_field_has_the_address_that_its_kind_of_file_knows(
    tmp_path: Path, name: str, content: bytes, expected: list[str]
) -> None:
    """A spreadsheet has addresses, a table rows and cells, a text lines."""
    assert first(read(tmp_path, name, content).places) == expected


def test_the_page_shows_the_address_beside_what_it_quotes(tmp_path: Path) -> None:
    """Whoever checks a reading goes to the cell, and searches no row."""
    reading = read(tmp_path, "表.xlsx", xlsx(ROWS, TITLE))
    soup = BeautifulSoup(quality_page(reading.plan, reading.marks, reading.places), "html.parser")
    cards = soup.find_all("article")
    shown = [[at.text for at in card.find_all(class_="at")] for card in cards]
    assert [places[:2] for places in shown] == [["B3", "C3"], ["B4", "C4"]]


def test_the_workbook_to_check_on_says_where_a_task_stands(tmp_path: Path) -> None:
    """原表位置 is the cell of the goal."""
    reading = read(tmp_path, "表.xlsx", xlsx(ROWS, TITLE))
    write_plan(reading, tmp_path, "核对表.xlsx")
    sheet = load_workbook(tmp_path / CHECKLIST)[TASKS]
    at = next(cell.column for cell in sheet[3] if cell.value == "原表位置")
    assert {sheet.cell(row, at).value for row in (4, 5)} == {"B3", "B4"}
