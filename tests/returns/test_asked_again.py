"""What was left open goes out with the next sheets, comes back, and is judged."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporting.assess.history import returns_of
from reporting.cli import returns as _  # noqa: F401
from reporting.cli.app import app
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.pipeline import assess_period, open_before, read_before
from reporting.project.changes import PlanChange
from reporting.project.roots import status_folder
from reporting.returns.issued import issued_of, keep_all_issued
from reporting.returns.layout import PROMISES
from reporting.returns.promises.follow import commitments
from reporting.returns.promises.values import NOTHING, Commitment, State
from reporting.returns.sheets.blank import build_book
from reporting.workbooks.columns import FIRST_ROW
from returns.toy import OTHER, PARAMS, PLAN, READING, UNIT, Sheet, filled

ROW = "2023-001-01"
"""Due in the second quarter: 500 by June."""
PART = "2023-003-01"
"""Due in the third quarter, in words."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose third quarter left something in words open."""
    monkeypatch.setattr("reporting.project.roots.find_root", lambda: tmp_path)
    monkeypatch.setattr("reporting.project.params.read_params", lambda root, year: PARAMS)
    monkeypatch.setattr("reporting.plan.read.read_checked", lambda root, params: READING)
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
    left = open_before(root, PARAMS, PLAN, 4)
    keep_all_issued(root, PLAN, 4, left)
    before = read_before(root, PARAMS, PLAN, 4)
    sheet = Sheet(build_book(PLAN, PARAMS, unit, 4, before, left.get(unit, NOTHING)), unit, 4)
    (questions,) = issued_of(root, 2023, unit, 4)
    sheet.rows = {q.row_id: row for row, q in enumerate(questions.rows, FIRST_ROW)}
    for row_id in sheet.rows:
        if row_id != PART:
            answer(sheet, row_id, "已完成", f"已完成{row_id}的各项工作。")
    promise(sheet, "完成", "2023-11-28")
    return sheet


def promise(sheet: Sheet, *values: str) -> None:
    """Answer to the one step that was promised: outcome, day, words."""
    for column, value in enumerate(values, 6):
        sheet.sheet(PROMISES).cell(FIRST_ROW, column).value = value or None


def answer(sheet: Sheet, row_id: str, rating: str, progress: str) -> None:
    """Fill a row."""
    values = {"self_rating": rating, "progress": progress, "reporter": "填报人乙",
              "approver": "审定人乙", "reported_on": "2024-01-15"}  # fmt: skip
    for name, value in values.items():
        sheet.put(row_id, name, value)


def test_what_was_left_open_is_asked_of_its_unit_alone(project: Path) -> None:
    """The other lead unit of the task was on schedule; what figures took up is not asked."""
    found = open_before(project, PARAMS, PLAN, 4)
    assert {unit: left.overdue for unit, left in found.items()} == {OTHER: (PART,)}


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
    assert found.grade == Grade.UNDECIDED
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
    assert found.grade == Grade.DONE


def test_sheets_say_how_much_is_asked_again(project: Path) -> None:
    """The command counts it, and the guide of the unit's sheet names it."""
    result = CliRunner().invoke(app, ["sheets", "--quarter", "4"])
    assert (
        "以前季度到期尚未办结的事项1行、承诺的措施1项，已一并列入1个单位的报送表。" in result.output
    )
    left = open_before(project, PARAMS, PLAN, 4)[OTHER]
    book = build_book(PLAN, PARAMS, OTHER, 4, (), left)
    words = [str(c.value) for r in book["填报说明"].iter_rows() for c in r]
    assert any("以前季度承诺的措施1项，见“承诺”表。" in w for w in words)
    assert any("以前季度到期尚未办结的事项1行，注明“逾期”，请填写办理情况；" in w for w in words)


def followed(root: Path) -> Commitment:
    """Follow the one step that was promised in the third quarter through the fourth."""
    rounds = read_before(root, PARAMS, PLAN, 5)
    rows = [row for item in rounds for row in item.rows]
    answers = [one for item in rounds for one in item.answers]
    found = commitments(rows, answers, (), 2023, 4)
    (one,) = [c for c in found if c.made_in == 3]
    return one


@pytest.mark.parametrize(
    ("values", "state", "days", "codes"),
    [
        (("完成", "2023-11-30"), State.KEPT, 0, []),
        (("完成", "2023-12-10"), State.LATE, 10, []),
        (("完成",), State.OPEN, 31, ["RET-PROMISE-DAY"]),
        (("未完成", "", "场地仍在协调"), State.OPEN, 31, []),
        (("未完成",), State.OPEN, 31, ["RET-PROMISE-WHY"]),
        (("不再实施", "", "市政府常务会议决定取消"), State.WITHDRAWN, 31, []),
        (("申请延期", "2024-03-31", "待审批"), State.OPEN, 31, ["RET-PROMISE-PUT-OFF"]),
        (("差不多",), State.OPEN, 31, ["RET-PROMISE-OUTCOME"]),
        ((), State.OPEN, 31, ["RET-PROMISE-OUTCOME"]),
    ],
)
def test_promised_step_is_followed(
    project: Path, values: tuple[str, ...], state: State, days: int, codes: list[str]
) -> None:
    """Due on 30 November: kept, late, open or withdrawn; what an answer leaves out is asked."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    promise(sheet, "", "")
    promise(sheet, *values)
    put(project, 4, OTHER, sheet)
    one = followed(project)
    assert (one.state, one.days_overdue(date(2023, 12, 31))) == (state, days)
    city = assess_period(project, PARAMS, 4)
    assert [f.code for f in city.findings if f.unit == OTHER] == codes


def test_promise_that_was_altered_is_told(project: Path) -> None:
    """The words of a promise are the unit's of then, not of today."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    sheet.sheet(PROMISES).cell(FIRST_ROW, 5).value = "2024-11-30"
    put(project, 4, OTHER, sheet)
    city = assess_period(project, PARAMS, 4)
    told = [(f.code, f.sheet, f.cell, f.found) for f in city.findings if f.unit == OTHER]
    assert ("RET-PLAN-ALTERED", "承诺", "E4", "2024-11-30") in told


def test_promises_sheet_that_is_taken_out_is_missing(project: Path) -> None:
    """It was asked, and the workbook says so."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    del sheet.book[PROMISES]
    put(project, 4, OTHER, sheet)
    city = assess_period(project, PARAMS, 4)
    assert [f.code for f in city.findings if f.unit == OTHER] == ["RET-SHEET-MISSING"]


@pytest.mark.parametrize(
    ("verdict", "due", "refused", "words"),
    [
        ("accept", date(2024, 3, 31), False, "经核实，同意延期至2024年3月31日。理由：会议议定"),
        ("refuse", date(2023, 11, 30), True, "经核实，不同意延期至2024年3月31日。理由：会议议定"),
    ],
)
def test_putting_off_is_granted_or_refused_by_a_decision(
    project: Path, verdict: str, due: date, refused: bool, words: str
) -> None:
    """A unit asks; the office decides, and both sheets and pack follow it."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    promise(sheet, "申请延期", "2024-03-31", "待审批")
    put(project, 4, OTHER, sheet)
    asked_for = assess_period(project, PARAMS, 4).commitments[-1]
    assert (asked_for.due, asked_for.put_off_to) == (date(2023, 11, 30), date(2024, 3, 31))
    options = ["decide", "--quarter", "4", "--unit", OTHER, "--cell", "承诺!G4", f"--{verdict}"]
    options += ["--reason", "会议议定", "--by", "王五", "--date", "2024-01-22"]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 0, result.output
    city = assess_period(project, PARAMS, 4)
    made = city.commitments[-1]
    assert (made.due, made.refused) == (due, refused)
    (told,) = [f.message for f in city.findings if f.unit == OTHER]
    assert told.startswith(words)


def test_change_that_puts_a_task_off_grants_what_its_unit_asks(project: Path) -> None:
    """A decision of the year's own list: the task runs until the fourth quarter."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    promise(sheet, "申请延期", "2023-12-20", "待审批")
    put(project, 4, OTHER, sheet)
    put_off = PlanChange.model_validate(
        {"kind": "postpone", "from": 4, "decision": "府办〔2023〕9号", "reason": "选址",
         "task": "2023-003", "was": 3, "quarter": 4}
    )  # fmt: skip
    made = assess_period(project, PARAMS, 4).commitments[-1]
    assert (made.due, made.put_off_to) == (date(2023, 11, 30), date(2023, 12, 20))
    params = PARAMS.model_copy(update={"changes": (put_off,)})
    city = assess_period(project, params, 4)
    granted = city.commitments[-1]
    assert (granted.due, granted.put_off_to) == (date(2023, 12, 20), None)
    assert [f.message for f in city.findings if f.unit == OTHER] == [
        "经核实，同意延期至2023年12月20日。理由：选址（府办〔2023〕9号）"
    ]
    later = put_off.model_copy(update={"task": "2023-001"})
    params = PARAMS.model_copy(update={"changes": (later,)})
    (told,) = [f.message for f in assess_period(project, params, 4).findings if f.unit == OTHER]
    assert told.endswith("申请延期至2023年12月20日，待批准。")


def test_step_that_was_refused_is_not_granted_by_a_change_of_its_task(project: Path) -> None:
    """What was decided of the step itself stands; due and data note say the same."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    promise(sheet, "申请延期", "2023-12-20", "待审批")
    put(project, 4, OTHER, sheet)
    options = ["decide", "--quarter", "4", "--unit", OTHER, "--cell", "承诺!G4", "--refuse"]
    options += ["--reason", "不得拖延", "--by", "王五", "--date", "2024-01-22"]
    assert CliRunner().invoke(app, options).exit_code == 0
    put_off = PlanChange.model_validate(
        {"kind": "postpone", "from": 4, "decision": "府办〔2023〕9号", "reason": "选址",
         "task": "2023-003", "was": 3, "quarter": 4}
    )  # fmt: skip
    city = assess_period(project, PARAMS.model_copy(update={"changes": (put_off,)}), 4)
    made = city.commitments[-1]
    assert (made.due, made.refused) == (date(2023, 11, 30), True)
    (told,) = [f.message for f in city.findings if f.unit == OTHER]
    assert told.startswith("经核实，不同意延期至2023年12月20日。")


def test_promises_of_a_published_quarter_are_what_it_published(project: Path) -> None:
    """An edition gives back what its returns said of promised steps."""
    sheet = sent(project, OTHER)
    answer(sheet, PART, "已完成", "展会已于11月举办。")
    put(project, 4, OTHER, sheet)
    city = assess_period(project, PARAMS, 4)
    assert returns_of(city).answers == city.answers != ()
