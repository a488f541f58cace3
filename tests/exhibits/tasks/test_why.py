"""Why a task is rated as it is: every cell named holds what is said to stand there."""

import re
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from typer.testing import CliRunner

from reporting.assess.values import Assessment
from reporting.cli import why  # noqa: F401 (registers the command)
from reporting.cli.app import app
from reporting.errors import UsageError
from reporting.exhibits.tasks.why import find_task, why_lines
from reporting.system.digests import digest

ROOT = Path(__file__).parents[3]
FIELD = re.compile(
    r"^  (本季度进展|存在问题|原因|下一步措施|需协调事项|单位自评)：(.*) ← ([A-Z]+\d+)$", re.S
)
FIGURE = re.compile(r"^    实际：(\S+) ← (\S+)!([A-Z]+\d+)（填报“(.*)”）$")


@cache
def book(file: str) -> Workbook:
    return load_workbook(ROOT / file)


def cell_of(file: str, sheet: str, address: str) -> object:
    cell = book(file)[sheet][address]
    assert isinstance(cell, Cell)
    return cell.value


def of_file(file: str) -> str:
    path = ROOT / file
    return digest(path.read_bytes()) if path.is_file() else ""


def test_every_cell_named_holds_what_is_said(real_city: Assessment) -> None:
    """Of all tasks of the demonstration, read by another library than ours."""
    fields = figures = 0
    for task in real_city.plan.tasks:
        file = sheet = ""
        for line in why_lines(real_city, task, of_file):
            if named := re.match(r"^  填报单位：\S+　(\S+)“(.+)”表$", line):
                file, sheet = named.groups()
            elif field := FIELD.match(line):
                fields += 1
                shown = str(cell_of(file, sheet, field[3])).strip()
                assert "".join(shown.split()) == "".join(field[2].split()), line
            elif figure := FIGURE.match(line):
                figures += 1
                value = cell_of(file, figure[2], figure[3])
                assert str(value) == figure[4], line
    told = [row for row in real_city.progress if row.quarter == 3]
    names = ("progress", "problem", "cause", "next_step", "coordination", "self_rating")
    assert fields == sum(bool(getattr(row, name)) for row in told for name in names)
    assert figures == sum(a.value is not None for row in told for a in row.actuals)


def test_grade_and_reason_are_those_of_the_report(real_city: Assessment) -> None:
    """The first lines name the task as the reports do, with its clause in full."""
    clauses = {clause.code: clause.text for clause in real_city.rule}
    for rating in real_city.task_ratings():
        task = real_city.plan.task(rating.task_id)
        lines = list(why_lines(real_city, task, of_file))
        assert lines[0] == f"任务{task.reference}：{task.goal}"
        assert lines[2].startswith(f"核定结果：{rating.grade}")
        assert lines[3] == f"  理由：{rating.reason}"
        assert lines[4] == f"  条款{rating.rule}：{clauses[rating.rule]}"


def test_file_that_is_gone_is_said_to_be(real_city: Assessment) -> None:
    """Its digest cannot be told; where it may still be found can."""
    task = next(t for t in real_city.plan.tasks if t.task_id == "2023-170")
    here = list(why_lines(real_city, task, of_file))
    gone = list(why_lines(real_city, task, lambda _: ""))
    assert any(re.match(r"^  SHA-256：[0-9a-f]{64}$", line) for line in here)
    assert [line for line in gone if line not in here] == [
        "  现已不在原处，请到已定版的存档中查看。"
    ]


@pytest.mark.parametrize("name", ["194", "任务194", "2023-170", "194（序170）"])
def test_task_is_found_by_any_of_its_names(name: str, real_city: Assessment) -> None:
    """By its printed number, its id, or both as sheets write them."""
    assert find_task(real_city.plan, name).task_id == "2023-170"


def test_unknown_task_is_refused(real_city: Assessment) -> None:
    """With the numbers that there are; a place is no number."""
    with pytest.raises(UsageError, match="没有任务“170序”：应为通报所用的任务号（1至"):
        find_task(real_city.plan, "170序")


def test_command_prints_the_lines(monkeypatch: pytest.MonkeyPatch, real_city: Assessment) -> None:
    """The project is found from the folder it is run in."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("reporting.pipeline.assess_period", lambda *_: real_city)
    done = CliRunner().invoke(app, ["why", "-q", "3", "--task", "194"])
    assert done.exit_code == 0, done.output
    task = find_task(real_city.plan, "194")
    assert done.output.splitlines() == "\n".join(why_lines(real_city, task, of_file)).splitlines()
