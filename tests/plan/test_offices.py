"""Small tables of other offices, each row held against what a careful reader finds in it."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from reporting.plan.values import MilestoneKind, Plan, Target, Task

from .builders import Row, led, page, read, tabbed, xlsx

GOLDEN = Path(__file__).parent / "golden" / "offices.yml"
TABLES: list[dict[str, Any]] = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))


def _document(rows: list[Row], title: str, header: Row) -> bytes:
    """Make a Word table whose first column is merged where it repeats."""
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows) + 1, cols=len(header))
    for at, row in enumerate((header, *rows)):
        for column, text in enumerate(row):
            if column or not at or text != rows[at - 2][0] or at == 1:
                table.cell(at, column).text = text
            else:
                table.cell(at - 1, 0).merge(table.cell(at, 0))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _made(table: dict[str, Any]) -> tuple[bytes, str]:
    """Write a table of the list in its form: content and file name."""
    title, header = table["title"], table["header"]
    rows = [task["row"] for task in table["tasks"]]
    encoding = table.get("encoding", "utf-8")
    match table["form"]:
        case "led":
            return f"{title}\n\n{led(rows, header)}".encode(encoding), "t.txt"
        case "tabs":
            return f"{title}\n{tabbed(rows, header)}".replace("\n", "\r\n").encode(), "t.txt"
        case "pipes":
            lines = (f"|{'|'.join(row)}|" for row in (header, *rows))
            return "\n".join((title, *lines)).encode(), "t.txt"
        case "html":
            return page(rows, [title], header), "t.html"
        case "xlsx":
            return xlsx(rows, [title], header), "t.xlsx"
        case "docx":
            return _document(rows, title, header), "t.docx"
    raise ValueError(table["form"])


def _milestones(plan: Plan, task: Task) -> list[list[str]]:
    """Write milestones as the list does."""
    found = []
    for item in plan.milestones_of(task.task_id):
        yearly = item.kind is MilestoneKind.YEAR
        when = "year" if yearly else "".join(map(str, item.quarters))
        found.append([*filter(None, [item.workstream]), when, item.text])
    return found


def _differences(expected: list[str], target: Target) -> list[str]:
    """Name the fields of a target that are not as the list has them."""
    source, comparator, value, unit, basis, quarter, measure, *wish = expected
    low, _, high = value.partition("~")
    agrees = {
        "source": target.source == source,
        "comparator": target.comparator.value in comparator.split("|"),
        "value": (target.value, target.value_high)
        == (Decimal(low), Decimal(high) if high else None),
        "unit": target.unit in unit.split("|"),
        "basis": target.basis.value in basis.split("|"),
        "quarter": str(target.quarter) in quarter.split("|"),
        "measure": bool(target.measure) and any(m in target.measure for m in measure.split("|")),
        "aspirational": target.aspirational == bool(wish),
    }
    return [name for name, same in agrees.items() if not same]


def _match(expected: list[str], targets: list[Target]) -> list[str]:
    """Take the target of a figure out of those found; return where it differs."""
    for target in targets:
        if not (differences := _differences(expected, target)):
            targets.remove(target)
            return differences
    return ["missing"]


@pytest.mark.parametrize("table", TABLES, ids=[table["title"] for table in TABLES])
def test_table_of_another_office(tmp_path: Path, table: dict[str, Any]) -> None:
    """People, units, milestones and targets are those of the hand-checked list."""
    content, name = _made(table)
    plan = read(tmp_path, content, name)
    assert plan.title == table["title"]
    assert len(plan.tasks) == len(table["tasks"])
    for task, expected in zip(plan.tasks, table["tasks"], strict=True):
        assert task.heading == expected["heading"]
        assert list(task.leaders) == expected["leaders"]
        assert list(task.lead_units) == expected["lead"]
        supports = [f"{s.unit}@{s.scope}" if s.scope else s.unit for s in task.supporting_units]
        assert supports == expected["support"]
        assert _milestones(plan, task) == expected["milestones"]
        targets = list(plan.targets_of(task.task_id))
        wrong = {str(e): d for e in expected["targets"] if (d := _match(e, targets))}
        assert (wrong, targets) == ({}, []), task.goal


def test_list_is_worth_its_name() -> None:
    """The list has rows of every form, and enough of them."""
    assert {table["form"] for table in TABLES} == {"led", "tabs", "pipes", "html", "xlsx", "docx"}
    tasks = [task for table in TABLES for task in table["tasks"]]
    assert len(tasks) >= 25
    assert sum(len(task["targets"]) for task in tasks) >= 100
