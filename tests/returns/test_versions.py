"""Several files of one unit: rounds, later dates, halves of two divisions, and what differs."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.assess.arrivals import arrivals
from reporting.assess.values import ReturnState
from reporting.findings import HELD
from reporting.periods import Period
from reporting.project.receipts import Receipt, keep_receipts
from reporting.returns.layout import FIGURES, OPINION, PROGRESS
from reporting.returns.office.remind import reminders
from reporting.returns.office.today import Today
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import ClosedBy, Returns
from reporting.system.digests import digest

from .toy import OTHER, PARAMS, PLAN, UNIT, Sheet, did, filled, read, told

FIRST, YEAR, FAIR, AFTER = "2023-001-02", "2023-002-01", "2023-003-01", "2023-003-02"
TURN = "2023-001-T03"
FIELDS = ("self_rating", "progress", "reporter", "approver", "reported_on")
PERIOD = Period(year=2023, quarter=3)


def half(before: tuple[Returns, ...], *rows: str, day: int = 18, figures: bool = True) -> Sheet:
    """Fill a sheet in some rows only, as a division does."""
    sheet = filled(UNIT, 3, before)
    for row_id in sheet.rows:
        if "-T" in row_id:
            if not figures:
                sheet.put(row_id, "actual", None)
        elif row_id not in rows:
            for field in FIELDS:
                sheet.put(row_id, field, None)
        else:
            sheet.put(row_id, "reported_on", date(2023, 10, day))
    return sheet


def corrected(copy: bytes, cells: Mapping[tuple[str, str], str | date]) -> bytes:
    """Correct a copy that was sent back, as a spreadsheet program saves it."""
    book = load_workbook(io.BytesIO(copy))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def faulty(before: tuple[Returns, ...]) -> Sheet:
    sheet = filled(UNIT, 3, before)
    sheet.put(FAIR, "self_rating", "差不多")
    sheet.put(AFTER, "self_rating", "还行")
    return sheet


@pytest.mark.parametrize("names", [("一", "二"), ("二", "一")])
def test_corrected_copy_follows_the_first(
    names: tuple[str, str], tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Whatever the files are called and dated, the copy holds; what it did is said."""
    first = faulty(second_quarter)
    data = first.save()
    findings = read(tmp_path / "1", 3, {UNIT: data}, second_quarter).returns[0].findings
    place = first.address(FAIR, "self_rating")
    second = corrected(annotate(data, findings, PERIOD), {(PROGRESS, place): "已完成"})
    files: dict[str, bytes | Sheet] = {names[0]: data, names[1]: second, OTHER: other_return}
    returns = read(tmp_path / "2", 3, files, second_quarter)
    (item, _) = returns.returns
    assert (item.file, item.round) == (f"status/Q3/{names[1]}.xlsx", 2)
    (note,) = [f for f in returns.all_findings if f.code == "RET-VERSION"]
    assert note.message == (
        f"第2次报送，取代“{names[0]}.xlsx”：改1处（进展!{place}），"
        "原有意见办结1处、仍有1处，新出现0处。"
    )
    assert returns.missing == ()


def test_third_round_follows_the_second(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Each copy says of which round it is, through as many as it takes."""
    files: dict[str, bytes | Sheet] = {"1": faulty(second_quarter), OTHER: other_return}
    data = files["1"].save() if isinstance(files["1"], Sheet) else b""
    for number, value in (("2", "差得远"), ("3", "已完成")):
        found = read(tmp_path / number, 3, {UNIT: data}, second_quarter).returns[0].findings
        place = filled(UNIT, 3, second_quarter).address(FAIR, "self_rating")
        data = corrected(annotate(data, found, PERIOD), {(PROGRESS, place): value})
        files[number] = data
    returns = read(tmp_path / "all", 3, files, second_quarter)
    assert (returns.returns[0].file, returns.returns[0].round) == ("status/Q3/3.xlsx", 3)
    notes = [f.expected for f in returns.all_findings if f.code == "RET-VERSION"]
    assert sorted(notes) == ["第3次报送，取代“1.xlsx”", "第3次报送，取代“2.xlsx”"]


def test_copy_that_lost_its_mark_is_known_by_its_opinions(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A program that drops hidden names leaves the sheet of opinions."""
    data = faulty(second_quarter).save()
    findings = read(tmp_path / "1", 3, {UNIT: data}, second_quarter).returns[0].findings
    book = load_workbook(io.BytesIO(annotate(data, findings, PERIOD)))
    del book.defined_names["reporting_round"]
    target = io.BytesIO()
    book.save(target)
    files: dict[str, bytes | Sheet] = {"a": target.getvalue(), "b": data, OTHER: other_return}
    returns = read(tmp_path / "2", 3, files, second_quarter)
    assert (returns.returns[0].file, returns.returns[0].round) == ("status/Q3/a.xlsx", 2)
    assert OPINION in book.sheetnames


def test_later_date_holds_where_it_answers_as_much(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Two versions settled by their dates are a note; the unit owes nothing for it."""
    later = filled(UNIT, 3, second_quarter)
    later.put(AFTER, "reported_on", PARAMS.calendar[3].due)
    files: dict[str, bytes | Sheet] = {
        "一稿": filled(UNIT, 3, second_quarter), "二稿": later, OTHER: other_return,
    }  # fmt: skip
    returns = read(tmp_path, 3, files, second_quarter)
    assert told(returns) == [("RET-DUPLICATE", "", "")]
    assert returns.returns[0].file == "status/Q3/二稿.xlsx"
    assert reminders(returns, PLAN, PARAMS, Today(day=None, said="")).owed == ()


@pytest.mark.parametrize("days", [(18, 18), (17, 19), (19, 17)])
def test_halves_of_two_divisions_join(
    days: tuple[int, int],
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """Rows that one has and the other lacks are all read, and none is owed."""
    files: dict[str, bytes | Sheet] = {
        "公路科": half(second_quarter, FIRST, YEAR, day=days[0]),
        "规划科": half(second_quarter, FAIR, AFTER, day=days[1], figures=False),
        OTHER: other_return,
    }
    returns = read(tmp_path, 3, files, second_quarter)
    assert [f.code for f in returns.all_findings] == ["RET-JOINED"]
    rows = {row.milestone_id: row.file.rsplit("/", 1)[-1] for row in returns.returns[0].rows}
    assert rows == {
        FIRST: "公路科.xlsx", YEAR: "公路科.xlsx", FAIR: "规划科.xlsx", AFTER: "规划科.xlsx",
    }  # fmt: skip
    assert {a.target_id: a.value is None for r in returns.returns[0].rows for a in r.actuals} == {
        "2023-001-T01": False, TURN: False, "2023-001-T04": False, "2023-002-T01": False,
    }  # fmt: skip


def test_row_that_two_divisions_answer_otherwise_is_to_be_chosen(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Both answers are shown with their cells, and neither is taken; the other rows are."""
    one = half(second_quarter, FIRST, YEAR, FAIR)
    two = half(second_quarter, FAIR, AFTER, figures=False)
    two.put(FAIR, "progress", "达到序时进度。另有补充。")
    place = one.address(FAIR, "progress")
    files: dict[str, bytes | Sheet] = {"公路科": one, "规划科": two, OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    assert [row.milestone_id for row in returns.returns[0].rows] == [FIRST, YEAR, AFTER]
    (choice,) = [f for f in returns.all_findings if f.code == "RET-VERSIONS-DIFFER"]
    assert (choice.sheet, choice.cell, choice.file) == (PROGRESS, place, "status/Q3/公路科.xlsx")
    assert choice.message == (
        f"各份所填不同：“{did(FAIR, 3)}”（公路科.xlsx {place}）"
        f"与“达到序时进度。另有补充。”（规划科.xlsx {place}），均未采用，请确认其一。"
    )


def test_figure_that_two_divisions_give_otherwise_is_to_be_chosen(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A figure is no value while two are given for it; the words of its row stand."""
    one = half(second_quarter, FIRST, YEAR)
    two = half(second_quarter, FAIR, AFTER)
    two.put(TURN, "actual", 900)
    files: dict[str, bytes | Sheet] = {"公路科": one, "规划科": two, OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    (choice,) = [f for f in returns.all_findings if f.code == "RET-VERSIONS-DIFFER"]
    assert (choice.sheet, choice.cell) == (FIGURES, one.address(TURN, "actual"))
    values = {a.target_id: a.value for row in returns.returns[0].rows for a in row.actuals}
    assert values[TURN] is None
    assert values["2023-002-T01"] == 75


def test_two_files_of_one_date_lose_only_what_differs(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Where nothing tells which is later, the rows that are the same are read."""
    second = filled(UNIT, 3, second_quarter)
    second.put(AFTER, "progress", "达到序时进度。另有补充。")
    files: dict[str, bytes | Sheet] = {
        "一稿": filled(UNIT, 3, second_quarter), "二稿": second, OTHER: other_return,
    }  # fmt: skip
    returns = read(tmp_path, 3, files, second_quarter)
    assert [row.milestone_id for row in returns.returns[0].rows] == [FIRST, YEAR, FAIR]
    assert [f.code for f in returns.all_findings] == ["RET-VERSIONS-DIFFER", "RET-JOINED"]
    assert returns.missing == ()


def sent_back(tmp_path: Path, data: bytes, before: tuple[Returns, ...]) -> bytes:
    """Return the copy that a unit gets of its file."""
    item = read(tmp_path, 3, {UNIT: data}, before).returns[0]
    return annotate(data, item.findings, PERIOD)


def test_half_that_needed_no_correction_stands_beside_the_corrected_one(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """One division corrects its copy; the other's half is still read, and nothing is owed."""
    one = half(second_quarter, FIRST, YEAR)
    one.put(YEAR, "self_rating", "差不多")
    two = half(second_quarter, FAIR, AFTER, figures=False)
    place = one.address(YEAR, "self_rating")
    data = one.save()
    copy = sent_back(tmp_path / "1", data, second_quarter)
    files: dict[str, bytes | Sheet] = {
        "公路科": data, "规划科": two, OTHER: other_return,
        "公路科更正": corrected(copy, {(PROGRESS, place): "达到序时进度"}),
    }  # fmt: skip
    returns = read(tmp_path / "2", 3, files, second_quarter)
    assert [f.code for f in returns.all_findings] == ["RET-JOINED", "RET-VERSION"]
    rows = {row.milestone_id: row.file.rsplit("/", 1)[-1] for row in returns.returns[0].rows}
    assert rows == {
        FIRST: "公路科更正.xlsx", YEAR: "公路科更正.xlsx",
        FAIR: "规划科.xlsx", AFTER: "规划科.xlsx",
    }  # fmt: skip


def test_corrected_copy_holds_where_both_halves_answered(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The row that was to be chosen is chosen by sending the copy back; the doubt is closed."""
    one, two = half(second_quarter, FIRST, YEAR, FAIR), half(second_quarter, FAIR, AFTER)
    data = one.save()
    two.put(FAIR, "progress", "达到序时进度。另有补充。")
    place = one.address(FAIR, "progress")
    files: dict[str, bytes | Sheet] = {"公路科": data, "规划科": two, OTHER: other_return}
    doubt = read(tmp_path / "1", 3, files, second_quarter).returns[0]
    assert {r.file.rsplit("/", 1)[-1] for r in doubt.disputed} == {"公路科.xlsx", "规划科.xlsx"}
    own = [f for f in doubt.findings if f.file.endswith("公路科.xlsx")]
    chosen = "达到序时进度。两科商定以此为准，筹备工作已完成。"
    files["商定"] = corrected(annotate(data, own, PERIOD), {(PROGRESS, place): chosen})
    returns = read(tmp_path / "2", 3, files, second_quarter)
    item = next(item for item in returns.returns if item.unit == UNIT)
    assert {row.milestone_id: row.progress for row in item.rows}[FAIR] == chosen
    assert (item.disputed, item.round) == ((), 2)
    assert not [f for f in returns.all_findings if f.severity in HELD]


def test_correction_after_the_due_day_makes_nobody_late(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The first submission came in time; that the office asked again is not the unit's delay."""
    first = faulty(second_quarter)
    data = first.save()
    copy = sent_back(tmp_path / "1", data, second_quarter)
    cells: dict[tuple[str, str], str | date] = {
        (PROGRESS, first.address(row_id, name)): value
        for row_id in (FAIR, AFTER)
        for name, value in (("self_rating", "已完成"), ("reported_on", date(2023, 10, 26)))
    }
    files = {"一": data, "二": corrected(copy, cells), OTHER: other_return}
    returns = read(tmp_path / "2", 3, files, second_quarter)
    assert [f.code for f in returns.all_findings] == ["RET-VERSION"]
    states = {status.unit: status.state for status in arrivals(PLAN, returns, PARAMS)}
    assert states[UNIT] is ReturnState.ON_TIME
    late = [Receipt(file=f"{n}", digest=digest(files[n]), quarter=3, received_on=day)
            for n, day in (("一", date(2023, 10, 22)), ("二", date(2023, 10, 30)))]  # fmt: skip
    keep_receipts(tmp_path / "2", 2023, late)
    again = read(tmp_path / "2", 3, files, second_quarter)
    item = next(item for item in again.returns if item.unit == UNIT)
    assert (item.received_on, item.last_received_on) == (date(2023, 10, 22), date(2023, 10, 30))
    assert "RET-LATE-RECEIVED" in [f.code for f in item.findings]


def test_opinions_that_the_next_submission_leaves_no_more_are_closed(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """By a new value or by an answer; what is still wrong stays open."""
    first = faulty(second_quarter)
    first.put(TURN, "actual", 9000)
    data = first.save()
    copy = sent_back(tmp_path / "1", data, second_quarter)
    figure = first.address(TURN, "actual")
    told = load_workbook(io.BytesIO(copy))[OPINION]
    asked = [r for r in range(4, told.max_row + 1) if told.cell(r, 4).value == figure]
    cells = {(OPINION, f"G{row}"): "已核实无误：含技改企业" for row in asked}
    cells[PROGRESS, first.address(FAIR, "self_rating")] = "已完成"
    files: dict[str, bytes | Sheet] = {
        "一": data, "二": corrected(copy, cells), OTHER: other_return,
    }  # fmt: skip
    returns = read(tmp_path / "2", 3, files, second_quarter)
    item = next(item for item in returns.returns if item.unit == UNIT)
    closed = {(one.opinion.sheet, one.opinion.cell): one.by for one in item.closed}
    assert closed == {
        (PROGRESS, first.address(FAIR, "self_rating")): ClosedBy.CORRECTED,
        (FIGURES, figure): ClosedBy.ANSWERED,
    }
    open_still = [(f.sheet, f.cell) for f in item.findings if f.severity in HELD]
    assert open_still == [(PROGRESS, first.address(AFTER, "self_rating"))]


def test_sheet_under_another_units_name_makes_neither_unreported(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """It may be either's: both are asked, and nobody is said to have sent nothing."""
    returns = read(tmp_path, 3, {UNIT: other_return}, second_quarter)
    assert told(returns) == [("RET-UNIT-WRONG", "", "")]
    assert set(returns.missing) == set(returns.received) == {UNIT, OTHER}
    states = {status.unit: status.state for status in arrivals(PLAN, returns, PARAMS)}
    assert states == {UNIT: ReturnState.FAULTY, OTHER: ReturnState.FAULTY}
