"""However a table is edited after sheets went out, an answer reaches its own task or is told."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plan.builders import Row, params, tabbed

from reporting.errors import InputRefused
from reporting.language.likeness import likeness
from reporting.plan.read import read_checked, read_plan
from reporting.plan.values import Plan
from reporting.plan.write import register_tasks
from reporting.returns.issued import keep_all_issued
from reporting.returns.layout import asked
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book
from reporting.returns.values import Returns
from reporting.workbooks.columns import FIRST_ROW
from returns.toy import Sheet

PARKS, ROADS = "市城管局", "市交通局"
ROWS: Final[tuple[Row, ...]] = (
    ("实施甲行动。", "新建口袋公园6个。", "一季度，建成2个。", "张三", PARKS, "/"),
    ("", "改造公厕20座。", "一季度，改造5座。", "张三", PARKS, "/"),
    ("", "改造垃圾中转站20座。", "一季度，改造5座。", "张三", PARKS, "/"),
    ("", "完成南环路改造，长3公里。", "一季度，开工。四季度，通车。", "李四", ROADS, "/"),
    ("", "完成北环路改造，长5公里。", "一季度，开工。四季度，通车。", "李四", ROADS, "/"),
    ("", "新增公交线路4条。", "一季度，开通1条。", "李四", ROADS, "/"),
)
NEW: Final[tuple[Row, ...]] = (
    ("", "举办灯会3场。", "一季度，举办1场。", "张三", PARKS, "/"),
    ("", "改造路灯400盏。", "一季度，改造5座。", "张三", PARKS, "/"),
    ("", "建成停车场7座。", "一季度，开工。四季度，通车。", "李四", ROADS, "/"),
)
"""Rows that come in; two have the very schedule of others."""

Edit = tuple[str, int, int]
_KINDS = ("delete", "insert", "swap", "reword", "renumber", "reschedule")
_EDITS = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 20), st.integers(0, 20)),
    min_size=1, max_size=6,
)  # fmt: skip


def edited(edits: Sequence[Edit]) -> list[tuple[int | None, Row]]:
    """Edit the table; each row keeps the place that it had at first, a new one has none."""
    rows: list[tuple[int | None, Row]] = list(enumerate(ROWS))
    coming = list(NEW)
    for kind, one, other in edits:
        at, to = one % len(rows), other % len(rows)
        origin, (head, goal, schedule, *who) = rows[at]
        if kind == "delete" and len(rows) > 1:
            del rows[at]
        elif kind == "insert" and coming:
            rows.insert(at, (None, coming.pop()))
        elif kind == "swap":
            rows[at], rows[to] = rows[to], rows[at]
        elif kind == "reword":
            rows[at] = origin, (head, goal.replace("。", "，确保质量。"), schedule, *who)
        elif kind == "reschedule":
            rows[at] = origin, (head, goal, schedule.replace("一季度，", "一季度，全面"), *who)
        elif kind == "renumber":
            rows = [
                (come_from, (row[0], f"{n}. {row[1].partition('. ')[2] or row[1]}", *row[2:]))
                for n, (come_from, row) in enumerate(rows, 1)
            ]
    return rows


def read(folder: Path, rows: Sequence[Row]) -> Plan:
    """Read rows as the project's table, under one heading."""
    under = [("实施甲行动。" if at == 0 else "", *row[1:]) for at, row in enumerate(rows)]
    (folder / "table.txt").write_text(tabbed(under), encoding="utf-8")
    return read_plan(folder, params())


@cache
def answered() -> dict[str, bytes]:
    """Fill the sheets of the first quarter; each row says whose answer it is."""
    with TemporaryDirectory() as name:
        plan = read(Path(name), ROWS)
    books = {}
    for unit in plan.lead_units:
        sheet = Sheet(build_book(plan, params(), unit, 1), unit, 1)
        questions = asked(plan, unit, 1)
        sheet.rows = {q.row_id: row for row, q in enumerate(questions.rows, FIRST_ROW)}
        sheet.rows |= {q.target.target_id: r for r, q in enumerate(questions.targets, FIRST_ROW)}
        for row in questions.rows:
            sheet.put(row.row_id, "self_rating", "达到序时进度")
            sheet.put(row.row_id, "progress", f"达到序时进度。已做好{row.goal}")
        for figure in questions.targets:
            sheet.put(figure.target.target_id, "actual", 1000 + int(figure.number))
        books[unit] = sheet.save()
    return books


def returned(folder: Path, edits: Sequence[Edit], *, issued: bool) -> tuple[Plan, Returns] | None:
    """Send out, edit, read; None where the table is refused with a list to decide."""
    plan = read(folder, ROWS)
    register_tasks(folder, read_checked(folder, params()))
    if issued:
        keep_all_issued(folder, plan, 1)
    target = folder / "status" / "Q1"
    target.mkdir(parents=True)
    for unit, content in answered().items():
        (target / f"{unit}.xlsx").write_bytes(content)
    try:
        now = read(folder, [row for _, row in edited(edits)])
    except InputRefused:
        return None
    return now, read_returns(folder, params(), now, 1)


@pytest.mark.parametrize("issued", [True, False])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(edits=[("delete", 0, 0)] * 3)
@example(edits=[("insert", 0, 0), ("insert", 0, 0), ("delete", 3, 0)])
@given(edits=_EDITS)
def test_no_answer_reaches_a_task_of_other_words(issued: bool, edits: list[Edit]) -> None:
    """By text and by figure; what is not led is a finding of its unit."""
    with TemporaryDirectory() as name:
        told = returned(Path(name), edits, issued=issued)
    if told is None:
        return
    plan, returns = told
    origins = {
        task.task_id: origin for task, (origin, _) in zip(plan.tasks, edited(edits), strict=True)
    }
    found: set[int] = set()
    for row in returns.rows:
        if not row.progress:
            continue
        (mine,) = [n for n, one in enumerate(ROWS) if row.progress.endswith(one[1])]
        found.add(mine)
        alike = likeness(plan.task(row.task_id).goal, ROWS[mine][1])
        assert origins[row.task_id] == mine or alike > 0.9
        figures = {a.value for a in row.actuals if a.value is not None}
        assert figures <= {1001 + mine}
    told_of = [f.message for f in returns.all_findings]
    refused = [message for message in told_of if "未能认定报送单位" in message]
    for lost in [row for n, row in enumerate(ROWS) if n not in found]:
        # A unit that leads nothing any more is told of its whole workbook.
        unread = lost[4] not in plan.lead_units and any(lost[4] in said for said in refused)
        assert unread or any(lost[1] in message for message in told_of)
