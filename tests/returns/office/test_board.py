"""The board: a line a unit, that leads to its files and cells, and can be filtered."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from reporting.grades import USUAL_SCALE
from reporting.periods import Period
from reporting.project.receipts import Receipt, keep_receipts
from reporting.returns.check import write_check
from reporting.returns.layout import PROGRESS
from reporting.returns.office.board import BOARD, board_note, unit_lines
from reporting.returns.office.results import filled_decisions
from reporting.returns.office.today import Today
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import Returns
from reporting.system.digests import digest

from ..test_versions import corrected
from ..toy import OTHER, PARAMS, PLAN, UNIT, filled, read

FAIR, AFTER, TURN = "2023-003-01", "2023-003-02", "2023-001-T03"
NOW = Today(day=date(2023, 10, 27), said="")


@pytest.fixture(scope="module")
def project(
    tmp_path_factory: pytest.TempPathFactory, second_quarter: tuple[Returns, ...]
) -> tuple[Path, Returns]:
    """Return a project with two rounds of one unit; its other one is silent."""
    root = tmp_path_factory.mktemp("project")
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(FAIR, "self_rating", "还行")
    sheet.put(AFTER, "self_rating", "不<b>错")
    sheet.put(TURN, "actual", 9000)
    data = sheet.save()
    found = read(root / "first", 3, {UNIT: data}, second_quarter).returns[0].findings
    copy = annotate(data, found, Period(year=2023, quarter=3))
    second = corrected(copy, {(PROGRESS, sheet.address(FAIR, "self_rating")): "已完成"})
    days = ((data, date(2023, 10, 22)), (second, date(2023, 10, 26)))
    keep_receipts(
        root, 2023,
        [Receipt(file=str(d), digest=digest(b), quarter=3, received_on=d) for b, d in days],
    )  # fmt: skip
    returns = read(root, 3, {"一": data, "二": second}, second_quarter)
    write_check(root, PARAMS, PLAN, returns, root / "out", on=NOW.day)
    return root, returns


def test_line_says_what_came_what_is_open_and_what_was_closed(
    project: tuple[Path, Returns],
) -> None:
    """Late by the first submission; the silent unit by the day of the check."""
    lines = unit_lines(project[1], PLAN, PARAMS, NOW)
    own, silent = lines
    assert own.cells(1) == (
        1, UNIT, "有错误、待确认、逾期", "2023年10月26日", 2, 1, 1, 1, 0, 0, 2, "一.xlsx、二.xlsx",
    )  # fmt: skip
    assert silent.cells(2) == (2, OTHER, "未报送、逾期", "", "", 0, 0, 0, 0, 0, 7, "")
    assert board_note(lines) == "应报送2个单位：有错误1个、未报送1个；其中逾期2个。"


def test_unknown_day_makes_nobody_late(project: tuple[Path, Returns]) -> None:
    """Nothing is taken for a day that is not known."""
    silent = unit_lines(project[1], PLAN, PARAMS, Today(day=None, said=""))[1]
    assert (silent.states, silent.late) == (("未报送",), None)


def test_page_leads_to_files_copies_and_cells(project: tuple[Path, Returns]) -> None:
    """Each link's file is there; the cell stands behind the sign, and beside it to be copied."""
    root, _ = project
    page = (root / "out" / "sendback" / "核对结果.html").read_text(encoding="utf-8")
    links = [unquote(link) for link in re.findall(r'href="([^"#][^"]*)"', page)]
    for link in links:
        assert (root / "out" / "sendback" / link.partition("#")[0]).is_file(), link
    assert "../../status/Q3/一.xlsx" in links
    assert "市科技局.xlsx#进展!H7" in links
    assert "<code>进展!H7</code>" in page
    assert 'data-copy="进展!H7" aria-label="复制单元格地址 进展!H7"' in page
    assert set(re.findall(r'href="#(\w+)"', page)) == set(re.findall(r'id="(u\d+)"', page))


def test_page_runs_its_own_script_alone(project: tuple[Path, Returns]) -> None:
    """The policy names the script by its hash; typed words stay text."""
    page = (project[0] / "out" / "sendback" / "核对结果.html").read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" in unescape(page)
    assert "不&lt;b&gt;错" in page
    assert not re.search(r"https?://", page)


def test_workbook_has_the_board_in_front_and_leads_to_cells(project: tuple[Path, Returns]) -> None:
    """The board is a list with a filter; the findings behind it take decisions as before."""
    path = project[0] / "out" / "sendback" / "核对结果.xlsx"
    book = load_workbook(path)
    assert book.sheetnames == [BOARD, "核对结果"]
    board, found = book[BOARD], book["核对结果"]
    assert [board.cell(4, c).value for c in (2, 3, 5, 6, 7, 8, 11)] == [
        UNIT, "有错误、待确认、逾期", 2, 1, 1, 1, 2,
    ]  # fmt: skip
    assert board.auto_filter.ref == "A3:L5"
    assert found.auto_filter.ref.startswith("A3:")
    assert not found.protection.autoFilter  # which is to say that it may be used
    places = {
        cell.value: cell.hyperlink.location
        for (cell,) in found.iter_rows(min_row=4, min_col=6, max_col=6)
        if cell.hyperlink
    }
    assert places == {"H7": "'进展'!H7", "M4": "'指标'!M4"}
    assert filled_decisions(path, 3, USUAL_SCALE) == ()
