"""Tables of other offices: which tasks they have, whose, due when, with which figures."""

from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml

from reporting.plan.read import read_plan
from reporting.plan.values import Plan

from ..builders import codes, page, params, read, tabbed, xlsx
from .made import NUMBERED, TASKS, document, word_row

CASES = Path(__file__).parent / "cases"
EXPECTED: dict[str, Any] = yaml.safe_load((CASES / "expected.yml").read_text(encoding="utf-8"))


def _read(folder: Path, name: str) -> Plan:
    copy(CASES / name, folder / name)
    return read_plan(folder, params(table=name))


@pytest.mark.parametrize("name", EXPECTED)
def test_tasks_of_an_office(tmp_path: Path, name: str) -> None:
    """Units, leaders and quarters are those that a reader of the file sees."""
    plan = _read(tmp_path, name)
    told = [
        {
            "lead": list(task.lead_units),
            "support": [one.unit for one in task.supporting_units],
            "leaders": list(task.leaders),
            "quarters": _quarters(plan, task.task_id),
        }
        for task in plan.tasks
    ]
    assert told == EXPECTED[name]["tasks"]


def _quarters(plan: Plan, task_id: str) -> str:
    """Return the quarters in which something is due; a milestone of all year is due at its end."""
    return "".join(sorted({str(one.due_quarter) for one in plan.milestones_of(task_id)}))


@pytest.mark.parametrize("name", [name for name in EXPECTED if "targets" in EXPECTED[name]])
def test_figures_of_an_office(tmp_path: Path, name: str) -> None:
    """No figure is made of a mark, nor of what is struck, hidden or due in another year."""
    plan = _read(tmp_path, name)
    told = [f"{target.value:f} {target.unit} Q{target.quarter}" for target in plan.targets]
    assert told == EXPECTED[name]["targets"]


@pytest.mark.parametrize("name", EXPECTED)
def test_findings_of_an_office(tmp_path: Path, name: str) -> None:
    """What is not read is told, and nothing is an error."""
    plan = _read(tmp_path, name)
    assert set(EXPECTED[name]["told"]) <= codes(plan)
    assert not [f for f in plan.findings if f.severity.value == "error"]


OTHER_YEARS = {
    "limit": (("目标任务", "完成时限", "牵头单位"), ("建成车站3座。", "2026年12月", "市甲局"), ""),
    "column": (
        ("目标任务", "一季度", "进度安排", "牵头单位"),
        ("建成车站3座。", "开工。", "2025年底前建成。", "市甲局"),
        "1",
    ),
    "span": (("目标任务", "完成时限", "牵头单位"), ("建成车站3座。", "2023—2025年", "市甲局"), "4"),
    "both": (
        ("目标任务", "完成时限", "牵头单位"),
        ("建成车站3座。", "2026年建成。2024年6月底前开工。", "市甲局"),
        "2",
    ),
}


@pytest.mark.parametrize("form", ["xlsx", "docx", "txt"])
@pytest.mark.parametrize("case", OTHER_YEARS)
def test_time_limits_of_other_years(tmp_path: Path, case: str, form: str) -> None:
    """A limit in another year is no milestone, and is told; one that reaches this year is."""
    header, row, quarters = OTHER_YEARS[case]
    data = {
        "xlsx": lambda: xlsx([row], [], header),
        "docx": lambda: document([word_row(*header), word_row(*row)]),
        "txt": lambda: tabbed([row], header).encode(),
    }[form]()
    plan = read(tmp_path, data, f"t.{form}")
    assert _quarters(plan, plan.tasks[0].task_id) == quarters
    assert ("PLAN-YEAR-OTHER" in codes(plan)) is (case in ("limit", "column", "both"))


@pytest.mark.parametrize(
    "limit", ["2026年，其中2024年6月底前开工", "2026年建成，2024年6月底前开工"]
)
def test_limit_of_this_year_inside_a_sentence_of_another(tmp_path: Path, limit: str) -> None:
    """Nothing of this year is dropped, and the reader is asked to look at the quarter."""
    header, row = ("目标任务", "完成时限", "牵头单位"), ("修桥。", limit, "市甲局")
    plan = read(tmp_path, tabbed([row], header))
    assert [part.text for part in plan.milestones] == [limit]
    assert [f.found for f in plan.findings if f.code == "PLAN-LABEL-NONE"] == ["6月底前"]


RARE = [("王𬍛", "县𡐓村指挥部"), ("欧阳𪸩", "䶮口镇"), ("迪丽努尔·阿不都热依木", "㙦塘街道办")]


@pytest.mark.parametrize(("leader", "unit"), RARE)
@pytest.mark.parametrize("form", ["xlsx", "docx", "html", "txt"])
def test_rare_names_of_people_and_places(tmp_path: Path, leader: str, unit: str, form: str) -> None:
    """Characters beyond the basic plane are letters like any other, in every kind of file."""
    row = (*TASKS[0][:3], leader, unit, TASKS[0][5])
    data = {
        "xlsx": lambda: xlsx([row], [], NUMBERED),
        "docx": lambda: document([word_row(*NUMBERED), word_row(*row)]),
        "html": lambda: page([row], [], NUMBERED),
        "txt": lambda: tabbed([row], NUMBERED).encode(),
    }[form]()
    plan = read(tmp_path, data, f"t.{form}")
    assert (plan.tasks[0].leaders, plan.tasks[0].lead_units) == ((leader,), (unit,))
    assert not {"PLAN-UNIT-UNCLEAR", "PLAN-LEADER-UNCLEAR"} & codes(plan)
