"""A person corrects three readings in the 核对表; they are applied to the end, signed."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from plan.checklist.filling import fill

from reporting.plan.checklist.keep import CHECKLIST, find_filled
from reporting.plan.read import read_checked
from reporting.plan.values import Plan
from reporting.plan.write import write_plan
from reporting.project.params import checklist_path
from reporting.release.provenance import CRATE
from reporting.returns.layout import FIGURES
from reporting.returns.sheets.blank import write_sheet

from .conftest import A, Office, make_office

DAY = date(2023, 3, 20)
ANSWERS = (
    ("指标", "10个", {"value": 12, "reason": "原件第2页为12个"}),
    ("任务", "修缮危桥", {"supporting_units": "市甲局、市丙局", "reason": "漏印市丙局"}),
    ("节点", "制定方案。", {"quarters": "第一、二季度", "reason": "会议纪要", "by": "赵六"}),
)


@dataclass(frozen=True)
class Checked:
    """The office after its 核对表 was filled in and the edition frozen."""

    office: Office
    plan: Plan
    crate: list[dict[str, object]]

    @property
    def out(self) -> Path:
        return self.office.root / "outputs/2023/plan"


def make_plan(office: Office) -> Plan:
    """Run what ``make plan`` runs."""
    root, params = office.root, office.params
    out, kept = root / "outputs/2023/plan", root / checklist_path(params)
    found = find_filled(kept, out, may_move=True)
    reading = read_checked(root, params, checklist=found.path)
    found.keep()
    write_plan(reading, out, checklist_path(params))
    return reading.plan


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Plan, fill in, plan again, publish, freeze."""
    office = make_office(tmp_path_factory.mktemp("checked"))
    make_plan(office)
    fill(office.root / "outputs/2023/plan" / CHECKLIST, *ANSWERS, on=DAY)
    plan = make_plan(office)
    office.report()
    frozen = office.freeze()
    crate = json.loads((office.root / frozen.folder / CRATE).read_bytes())["@graph"]
    return Checked(office, plan, crate)


def test_readings_are_corrected_in_the_tables(checked: Checked) -> None:
    """The CSV files hold the corrected readings, and who made them, when and why."""
    tables = {
        name: list(csv.DictReader(io.StringIO((checked.out / f"{name}.csv").read_text("utf-8"))))
        for name in ("targets", "tasks", "milestones", "corrections")
    }
    assert [row["value"] for row in tables["targets"] if row["source"] == "schedule"] == ["12"]
    assert tables["tasks"][1]["supporting_units"] == "市甲局;市丙局"
    assert tables["milestones"][-1]["quarters"] == "1;2"
    assert [(row["by"], row["on"], row["reason"]) for row in tables["corrections"]] == [
        ("王五", "2023-03-20", "原件第2页为12个"),
        ("王五", "2023-03-20", "漏印市丙局"),
        ("赵六", "2023-03-20", "会议纪要"),
    ]


def test_the_page_tells_the_corrections(checked: Checked) -> None:
    """Each stands in its card, signed."""
    page = (checked.out / "quality.html").read_text(encoding="utf-8")
    assert "“10个”的计划值由“10”更正为“12”，理由：原件第2页为12个（王五，2023年3月20日）" in page


def test_the_blank_sheet_asks_by_the_corrected_reading(checked: Checked) -> None:
    """The unit reads how it will be judged."""
    data = write_sheet(checked.plan, checked.office.params, A, 1)
    sheet = load_workbook(io.BytesIO(data))[FIGURES]
    shown = {str(cell.value) for row in sheet.iter_rows(4) for cell in row}
    assert {"12", "第一季度当季达到12个，越多越好"} <= shown


def test_the_report_tells_who_corrected_what_and_why(checked: Checked) -> None:
    """The data notes list every correction that concerns the report."""
    page = BeautifulSoup((checked.office.pack / "briefing_pack.html").read_bytes(), "html.parser")
    text = page.get_text(" ", strip=True)
    assert "经核对，更正任务分解表的读法3处。" in text
    for words in ("原件第2页为12个", "漏印市丙局", "会议纪要", "王五", "赵六", "2023年3月20日"):
        assert words in text
    unit = (checked.office.pack / f"units/{A}.html").read_text(encoding="utf-8")
    assert "原件第2页为12个" in unit
    assert "漏印市丙局" not in unit


def test_the_edition_keeps_the_workbook_and_describes_each_correction(checked: Checked) -> None:
    """Inputs hold the filled 核对表; the metadata say who corrected, when and why."""
    files = {unquote(str(item["@id"])) for item in checked.crate if item["@type"] == "File"}
    assert "inputs/data/2023/核对表.xlsx" in files
    made = [item for item in checked.crate if item["@type"] == "UpdateAction"]
    sources = [item["object"] for item in made]
    assert all(isinstance(source, dict) for source in sources)
    assert {unquote(source["@id"]) for source in sources} == {"inputs/data/2023/核对表.xlsx"}  # type: ignore[index]
    assert [(item["description"], item["endTime"]) for item in made] == [
        (reason, "2023-03-20") for reason in ("原件第2页为12个", "漏印市丙局", "会议纪要")
    ]
    people = {item["@id"]: item["name"] for item in checked.crate if item["@type"] == "Person"}
    agents = [item["agent"] for item in made]
    assert all(isinstance(agent, dict) for agent in agents)
    assert [people[agent["@id"]] for agent in agents] == ["王五", "王五", "赵六"]  # type: ignore[index]


def test_nothing_moves_when_it_is_run_again(checked: Checked) -> None:
    """A second run makes the same files and reuses every report."""
    before = {path.name: path.read_bytes() for path in checked.out.iterdir()}
    assert make_plan(checked.office) == checked.plan
    assert {path.name: path.read_bytes() for path in checked.out.iterdir()} == before
    assert checked.office.report().made == ()
