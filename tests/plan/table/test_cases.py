"""Tables of other offices: which tasks they have, whose, due when, with which figures."""

from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml

from reporting.plan.read import read_plan
from reporting.plan.values import Plan

from ..builders import codes, params

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
