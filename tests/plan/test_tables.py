"""The CSV tables: columns, forms, and that nothing is lost or guarded."""

import csv
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns.toy import PLAN

from reporting.findings import Finding, Severity
from reporting.plan.tables import plan_tables
from reporting.plan.values import Milestone, Plan, SupportingUnit, Target, Task, Unit

ANY = st.text(alphabet='市局甲（）();\\,"\n\r=- 1', min_size=1, max_size=8)


def rows(plan: Plan, name: str) -> list[dict[str, str]]:
    text = plan_tables(plan)[name].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_task(**fields: Any) -> Plan:
    first = PLAN.tasks[0].model_copy(update=fields)
    return PLAN.model_copy(update={"tasks": (first, *PLAN.tasks[1:])})


def items(cell: str) -> list[str]:
    """Take a list cell apart as docs/plan-tables.md says; items are still escaped."""
    return re.findall(r"(?:\\.|[^;\\])+", cell, re.S)


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.S)


def supporting(cell: str) -> tuple[SupportingUnit, ...]:
    """Take supporting units apart as docs/plan-tables.md says."""
    found = []
    for item in items(cell):
        parts = re.fullmatch(r"((?:\\.|[^()\\])+)(?:\(((?:\\.|[^()\\])*)\))?", item, re.S)
        assert parts
        scope = None if parts[2] is None else plain(parts[2])
        found.append(SupportingUnit(unit=plain(parts[1]), scope=scope))
    return tuple(found)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("tasks.csv", Task),
        ("milestones.csv", Milestone),
        ("targets.csv", Target),
        ("units.csv", Unit),
        ("findings.csv", Finding),
    ],
)
def test_columns_are_the_fields_in_order(name: str, kind: Any) -> None:
    """Every field of a value is a column, in the value's order; also without a row."""
    empty = PLAN.model_copy(update={"tasks": (), "milestones": (), "targets": (), "units": ()})
    for plan in (PLAN, empty):
        header = plan_tables(plan)[name].decode().split("\n")[0]
        assert header == ",".join(f'"{field}"' for field in kind.model_fields)


def test_values_are_written_in_their_plain_forms() -> None:
    """Lists by `;`, nothing as empty, true and false, figures without an exponent."""
    target = PLAN.targets[0].model_copy(update={"value": Decimal("1.10E+3"), "aspirational": True})
    plan = PLAN.model_copy(update={"targets": (target, *PLAN.targets[1:])})
    assert rows(plan, "tasks.csv")[2]["lead_units"] == "市科技局;市商务局"
    assert rows(plan, "milestones.csv")[3]["quarters"] == "1;2;3;4"
    assert rows(plan, "milestones.csv")[3]["kind"] == "year"
    first, second, *_ = rows(plan, "targets.csv")
    assert (first["value"], first["value_high"], first["aspirational"]) == ("1100", "", "true")
    assert (first["milestone_id"], first["basis"], first["comparator"]) == ("", "cumulative", ">=")
    assert (second["aspirational"], second["annual_target_id"]) == ("false", "2023-001-T01")


def test_a_text_like_a_formula_stays_as_it_is() -> None:
    """CSV is data: no guard is put before a sign, and line breaks of a cell are kept."""
    goal = '=1+1\n"甲",乙\r丙'
    data = plan_tables(with_task(goal=goal))["tasks.csv"]
    assert rows(with_task(goal=goal), "tasks.csv")[0]["goal"] == goal
    assert '"=1+1\n""甲"",乙\r丙"'.encode() in data
    assert data.endswith(b"\n")
    assert b"\r\n" not in data


def test_supporting_units_with_a_scope_are_told_from_brackets_of_a_name() -> None:
    """A full-width bracket belongs to the name; a half-width one holds the scope."""
    units = (
        SupportingUnit(unit="大湾区大学（筹）"),
        SupportingUnit(unit="市商务局", scope="1号(东)段"),
    )
    cell = rows(with_task(supporting_units=units), "tasks.csv")[0]["supporting_units"]
    assert cell == r"大湾区大学（筹）;市商务局(1号\(东\)段)"


@given(
    units=st.lists(st.builds(SupportingUnit, unit=ANY, scope=st.none() | ANY), max_size=4),
    leaders=st.lists(ANY, max_size=4),
    goal=ANY,
)
def test_lists_are_lossless(units: list[SupportingUnit], leaders: list[str], goal: str) -> None:
    """Whatever signs names hold, the documented form gives the same values back."""
    plan = with_task(supporting_units=tuple(units), leaders=tuple(leaders), goal=goal)
    row = rows(plan, "tasks.csv")[0]
    assert supporting(row["supporting_units"]) == tuple(units)
    assert [plain(item) for item in items(row["leaders"])] == leaders
    assert row["goal"] == goal


def test_findings_are_rows() -> None:
    """A finding's place and both sides of its message are columns."""
    noticed = Finding(
        code="PLAN-X", severity=Severity.NOTE, message="应为甲，实为乙。", file="a.txt", line=7,
        task_id="2023-001", expected="甲", found="乙",
    )  # fmt: skip
    plan = PLAN.model_copy(update={"findings": (noticed,)})
    assert list(rows(plan, "findings.csv")[0].values()) == [
        "PLAN-X", "note", "应为甲，实为乙。", "a.txt", "", "", "7", "", "2023-001", "甲", "乙",
    ]  # fmt: skip
