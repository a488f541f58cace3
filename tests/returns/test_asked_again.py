"""What was left open goes out with the next sheets, comes back, and is judged."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporting.cli import returns as _  # noqa: F401
from reporting.cli.app import app
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.pipeline import assess_period, open_before, read_before
from reporting.project.roots import status_folder
from reporting.returns.issued import issued_of, keep_all_issued
from reporting.returns.sheets.blank import build_book
from reporting.workbooks.columns import FIRST_ROW
from returns.toy import OTHER, PARAMS, PLAN, UNIT, Sheet, filled

ROW = "2023-001-01"
"""Due in the second quarter: 500 by June."""
PART = "2023-003-01"
"""Due in the third quarter, in words."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose third quarter left something in words open."""
    monkeypatch.setattr("reporting.project.roots.find_root", lambda: tmp_path)
    monkeypatch.setattr("reporting.project.params.read_params", lambda root, year: PARAMS)
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda root, params: PLAN)
    bad = filled(OTHER, 3)
    bad.put(PART, "self_rating", "严重滞后")
    bad.put(PART, "progress", "展会选址尚未确定。")
    for name, value in (("problem", "无场地"), ("cause", "选址争议"), ("next_step", "加快选址"),
                        ("due_date", "2023-11-30")):  # fmt: skip
        bad.put(PART, name, value)
    put(tmp_path, 3, OTHER, bad)
    put(tmp_path, 3, UNIT, filled(UNIT, 3))
    return tmp_path


def put(root: Path, quarter: int, unit: str, sheet: Sheet) -> None:
    """Put a return into a quarter's folder."""
    folder = status_folder(root, PARAMS, quarter)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{unit}.xlsx").write_bytes(sheet.save())


def sent(root: Path, unit: str) -> Sheet:
    """Send the fourth quarter's sheets out, and fill the one of a unit but what was left open."""
    overdue = open_before(root, PARAMS, PLAN, 4)
    keep_all_issued(root, PLAN, 4, overdue)
    before = read_before(root, PARAMS, PLAN, 4)
    sheet = Sheet(build_book(PLAN, PARAMS, unit, 4, before, overdue.get(unit, ())), unit, 4)
    (questions,) = issued_of(root, 2023, unit, 4)
    sheet.rows = {q.row_id: row for row, q in enumerate(questions.rows, FIRST_ROW)}
    for row_id in sheet.rows:
        if row_id != PART:
            answer(sheet, row_id, "已完成", f"已完成{row_id}的各项工作。")
    return sheet


def answer(sheet: Sheet, row_id: str, rating: str, progress: str) -> None:
    """Fill a row."""
    values = {"self_rating": rating, "progress": progress, "reporter": "填报人乙",
              "approver": "审定人乙", "reported_on": "2024-01-15"}  # fmt: skip
    for name, value in values.items():
        sheet.put(row_id, name, value)


def test_what_was_left_open_is_asked_of_its_unit_alone(project: Path) -> None:
    """The other lead unit of the task was on schedule; what figures took up is not asked."""
    assert open_before(project, PARAMS, PLAN, 4) == {OTHER: (PART,)}


def test_answer_settles_what_was_left_open(project: Path) -> None:
    """The row comes back like any other, and the task is done."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    put(project, 4, OTHER, sheet)
    city = assess_period(project, PARAMS, 4)
    found = city.rating("2023-003", unit=OTHER)
    assert found is not None
    assert (found.grade, found.previous) == (Grade.DONE, Grade.FAR_BEHIND)
    assert [f.code for f in city.findings if f.unit == OTHER] == []
    part = city.rating(PART, unit=OTHER)
    assert part is not None
    assert part.evidence[0].quote == "展会已于11月举办。"


def test_row_left_empty_is_an_error_as_it_was_asked(project: Path) -> None:
    """The unit is told by the check, and the task cannot be judged."""
    put(project, 4, OTHER, sent(project, OTHER))
    city = assess_period(project, PARAMS, 4)
    found = city.rating("2023-003", unit=OTHER)
    assert found is not None
    assert found.grade is Grade.UNDECIDED
    errors = [f.code for f in city.findings if f.unit == OTHER and f.severity is Severity.ERROR]
    assert errors == ["RET-EMPTY", "RET-EMPTY"]


def test_sheet_of_before_owes_nothing_that_it_did_not_ask(project: Path) -> None:
    """Sent out without the row, it is read without a word about it."""
    before = read_before(project, PARAMS, PLAN, 4)
    sheet = Sheet(build_book(PLAN, PARAMS, OTHER, 4, before), OTHER, 4)
    sheet.rows = {"2023-003-02": FIRST_ROW}
    answer(sheet, "2023-003-02", "已完成", "参展和总结已完成。")
    put(project, 4, OTHER, sheet)
    city = assess_period(project, PARAMS, 4)
    assert [f.code for f in city.findings if f.unit == OTHER] == []
    found = city.rating("2023-003", unit=OTHER)
    assert found is not None
    assert found.grade is Grade.DONE


def test_sheets_say_how_much_is_asked_again(project: Path) -> None:
    """The command counts it, and the guide of the unit's sheet names it."""
    result = CliRunner().invoke(app, ["sheets", "--quarter", "4"])
    assert "以前季度到期尚未办结的事项1行，已一并列入1个单位的报送表。" in result.output
    book = build_book(PLAN, PARAMS, OTHER, 4, (), (PART,))
    words = [str(c.value) for r in book["填报说明"].iter_rows() for c in r]
    assert any("以前季度到期尚未办结的事项1行，注明“逾期”，请填写办理情况；" in w for w in words)
