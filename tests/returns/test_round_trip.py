"""Sheet out, filled, read in: exactly the answers come back."""

import io
import string
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reporting.grades import LAGGING, USUAL_SCALE, Grade
from reporting.language.comparators import Comparator
from reporting.language.numerals import figure
from reporting.plan.values import (
    Basis,
    Milestone,
    MilestoneKind,
    Plan,
    Target,
    Task,
    Unit,
)
from reporting.returns.layout import (
    COLUMNS,
    FIGURES,
    GUIDE,
    PROGRESS,
    SIGNATURE,
    Asked,
    asked,
)
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import write_sheet
from reporting.returns.values import ProgressRow, Returns
from reporting.workbooks.columns import FIRST_ROW

from .accounts import accounted_cells, filled_cells
from .toy import PARAMS, UNIT, blank, filled, read

_SIGNS = (
    "推进建设项目企业完成一二三年季度，。；（）“”"
    + string.ascii_letters
    + string.digits
    + "=+<>&'\" \n"
)
words = st.text(_SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool)
maybe = st.one_of(st.just(""), words)
days = st.dates(date(2023, 10, 1), date(2023, 10, 20))


@st.composite
def plans(draw: Callable[[Any], Any]) -> Plan:
    """Draw a plan of one unit with rows and figures asked in the third quarter."""
    tasks, milestones, targets = [], [], []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        task_id = f"2023-{number:03}"
        texts = draw(st.lists(words, min_size=1, max_size=3))
        schedule = "".join(texts)
        tasks.append(_task(task_id, number, draw(words), schedule))
        at = 0
        for order, text in enumerate(texts, 1):
            milestones.append(
                Milestone(
                    milestone_id=f"{task_id}-{order:02}",
                    task_id=task_id,
                    workstream=draw(st.one_of(st.none(), words)),
                    quarters=draw(st.sampled_from([(3,), (2, 3), (3, 4), (1, 2, 3, 4)])),
                    kind=MilestoneKind.QUARTER,
                    text=text,
                    start=at,
                    end=at + len(text),
                )
            )
            at += len(text)
        for order in range(1, draw(st.integers(0, 3)) + 1):
            own = draw(st.one_of(st.none(), st.sampled_from(milestones)))
            if own is None or own.task_id == task_id:
                target_id = f"{task_id}-T{order:02}"
                measure = f"{draw(words)}{order}"  # no two count the same
                targets.append(_target(target_id, task_id, own, draw(figures), measure))
    return Plan(
        year=2023,
        title="表",
        issued_by=None,
        issued_on=None,
        tasks=tuple(tasks),
        milestones=tuple(milestones),
        targets=tuple(targets),
        units=(Unit(name="市甲局", kind="bureau"),),
    )


figures = st.decimals(Decimal("0.1"), Decimal(5000), places=1)


def _task(task_id: str, number: int, goal: str, schedule: str) -> Task:
    return Task(
        task_id=task_id, number=number, source_number=None, heading_number=1, heading="甲",
        goal=goal, schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip


def _target(
    target_id: str, task_id: str, own: Milestone | None, value: Decimal, measure: str
) -> Target:
    return Target(
        target_id=target_id, task_id=task_id, quarter=4 if own is None else own.due_quarter,
        milestone_id=None if own is None else own.milestone_id, measure=measure,
        comparator=Comparator.AT_LEAST, value=value, unit="亿元", basis=Basis.CUMULATIVE,
        start=0, end=1, source="goal" if own is None else "schedule",
    )  # fmt: skip


later = st.just(date(2023, 12, 31) + timedelta(days=9))


@st.composite
def answers(draw: Callable[[Any], Any], questions: Asked) -> dict[str, dict[str, Any]]:
    """Draw what a careful unit answers, by row id."""
    found: dict[str, dict[str, Any]] = {}
    for question in questions.rows:
        grade = draw(st.sampled_from(USUAL_SCALE.claimed))
        lags, paused = grade in LAGGING, grade == Grade.PAUSED
        found[question.row_id] = {
            "self_rating": grade,
            "progress": f"第{question.row_id}项已办妥。{draw(words)}",
            "problem": draw(words if lags else maybe),
            "cause": "经市政府同意暂缓" if paused else draw(words if lags else maybe),
            "next_step": draw(words),
            "due_date": draw(later if lags else st.none() | later),
            "coordination": draw(maybe),
            "evidence": draw(maybe),
            "reporter": draw(words),
            "approver": draw(words),
            "reported_on": draw(days),
        }
    for target in (question.target for question in questions.figures):
        factor = draw(st.sampled_from([Decimal(1), Decimal("1.2"), Decimal("2.5")]))
        found[target.target_id] = {"actual": target.value * factor}
    return found


def fill(data: bytes, questions: Asked, given_answers: dict[str, dict[str, Any]]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    ids = {PROGRESS: [q.row_id for q in questions.rows]}
    ids[FIGURES] = [q.target.target_id for q in questions.figures]
    for name, row_ids in ids.items():
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        for row, row_id in enumerate(row_ids, FIRST_ROW):
            for column, spec in enumerate(COLUMNS[name], 1):
                value = given_answers[row_id].get(spec.field)
                if value not in (None, ""):
                    _type(sheet.cell(row, column), value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _type(cell: object, value: Any) -> None:
    assert isinstance(cell, Cell)
    cell.value = str(value) if isinstance(value, Grade) else value
    if isinstance(value, str):
        cell.data_type = "s"


def said(row: ProgressRow) -> dict[str, Any]:
    names = (s.field for s in COLUMNS[PROGRESS] if s.fill)
    return {name: getattr(row, name) for name in names}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_answers_come_back_exactly(data: st.DataObject) -> None:
    """For any plan and careful answers: the same answers, the same cells, no finding."""
    plan = data.draw(plans())
    questions = asked(plan, "市甲局", 3)
    given_answers = data.draw(answers(questions))
    book = fill(write_sheet(plan, PARAMS, "市甲局", 3), questions, given_answers)
    with TemporaryDirectory() as folder:
        status = Path(folder) / "status" / "Q3"
        status.mkdir(parents=True)
        (status / "任意名称.xlsx").write_bytes(book)
        returns = read_returns(Path(folder), PARAMS, plan, 3)
    assert returns.all_findings == ()
    assert {row.milestone_id: said(row) for row in returns.rows} == {
        q.row_id: given_answers[q.row_id] for q in questions.rows
    }
    came = {a.target_id: a.value for row in returns.rows for a in row.actuals}
    wanted = {q.target.target_id: q.same_as or q.target.target_id for q in questions.targets}
    assert {k: figure(v) for k, v in came.items() if v is not None} == {
        k: figure(given_answers[of]["actual"]) for k, of in wanted.items()
    }
    for row in returns.rows:
        filled_fields = {name for name, value in said(row).items() if value not in (None, "")}
        assert filled_fields | {a.target_id for a in row.actuals} == set(row.cells)


def test_signatures_hold_until_the_next(tmp_path: Path) -> None:
    """A signature left empty is the row above's, with that row's cell."""
    sheet = filled(UNIT, 3)
    first, *others = [row_id for row_id in sheet.rows if "-T" not in row_id]
    for row_id in others:
        for name in SIGNATURE:
            sheet.put(row_id, name, None)
    sheet.put(others[-1], "reporter", "填报人乙")
    returns = read(tmp_path, 3, {UNIT: sheet})
    item = returns.returns[0]
    assert item.findings == ()
    assert [row.reporter for row in item.rows] == ["填报人甲"] * 3 + ["填报人乙"]
    assert {row.cells["reported_on"] for row in item.rows} == {sheet.address(first, "reported_on")}


def test_moved_rows_and_columns_are_found(tmp_path: Path) -> None:
    """Rows inserted above, rows sorted and columns moved do not shift an answer."""
    plain_sheet = filled(UNIT, 3)
    wanted = {r.milestone_id: said(r) for r in read(tmp_path, 3, {UNIT: plain_sheet}).rows}
    sheet = filled(UNIT, 3)
    table = sheet.sheet(PROGRESS)
    cells = [[cell.value for cell in row] for row in table.iter_rows(min_row=3, max_row=7)]
    cells = [cells[0], *reversed(cells[1:])]
    table.delete_rows(3, 5)
    for dimension in table.column_dimensions.values():
        dimension.hidden = False
    for row, values in enumerate(cells, 5):
        order = [*values[9:], *values[:9]]
        for column, value in enumerate(order, 1):
            cell = table.cell(row, column)
            assert isinstance(cell, Cell)
            cell.value = value
    returns = read(tmp_path, 3, {UNIT: sheet})
    assert returns.returns[0].findings == ()
    assert {r.milestone_id: said(r) for r in returns.rows} == wanted


@pytest.fixture(scope="module")
def form(second_quarter: tuple[Returns, ...]) -> bytes:
    """Return the blank sheet that is filled."""
    return blank(UNIT, 3, second_quarter).save()


scribbles = st.dictionaries(
    st.tuples(
        st.sampled_from([GUIDE, PROGRESS, FIGURES]), st.integers(1, 14), st.integers(1, 24)
    ).filter(lambda place: place[2] != len(COLUMNS.get(place[0], ()))),
    st.one_of(words, st.integers(-5, 50000), figures, days),
    min_size=1,
    max_size=8,
)


@pytest.mark.long
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(typed=scribbles)
def test_nothing_typed_anywhere_is_lost(
    typed: dict[tuple[str, int, int], Any], second_quarter: tuple[Returns, ...], form: bytes
) -> None:
    """Whatever is typed into whichever cell stands in a row or in a finding.

    The hidden ids are left out: a changed one is quoted in the finding of its row.
    """
    sheet = filled(UNIT, 3, second_quarter)
    for (name, row, column), value in typed.items():
        _type(sheet.sheet(name).cell(row, column), value)
    data = sheet.save()
    with TemporaryDirectory() as folder:
        returns = read(Path(folder), 3, {UNIT: data}, second_quarter)
    (item,) = returns.returns
    assert filled_cells(data, form) - accounted_cells(item) == set()
