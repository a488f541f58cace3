"""What the sheets 自查 and 签审页 say of an office's own columns, as LibreOffice reckons them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import PROGRESS, SELF_CHECK, SIGN_OFF
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book
from reporting.returns.sheets.selfcheck.first import first_shown
from reporting.returns.sheets.selfcheck.lines import DETAIL, STATE
from reporting.workbooks.book import open_book
from reporting.workbooks.columns import FIRST_ROW, HINT_ROW
from returns import toy

from .libreoffice import needs_office, recalculated
from .test_extra_columns import columns_of, told, with_columns
from .test_faults import AFTER, FAIR, FIRST, YEAR

COLUMNS = (
    ExtraColumn(name="投资额", kind="number", unit="万元", required=True),
    ExtraColumn(name="完成率", kind="number", unit="%"),
    ExtraColumn(name="开工日期", kind="date"),
    ExtraColumn(name="是否已验收", kind="choice", choices=("是", "否"), required=True),
    ExtraColumn(name="备注", kind="text", required=True),
)
PARAMS = with_columns(*COLUMNS)
TYPED: dict[str, tuple[object, ...]] = {
    FIRST: (1200.5, 95, date(2023, 8, 1), "是", "无"),
    YEAR: (None, 0.95, "下个月", "差不多", None),
    FAIR: ("无", "约九成", "—", "否", "=1+1"),
    AFTER: ("#N/A", None, None, "否", "甲"),
}
SAID = {
    FIRST: ("√", ""),
    YEAR: (
        "待填2处，待核3处",
        "“投资额（万元）”必填未填；“备注”必填未填；“完成率（%）”95%请填95；“开工日期”不是日期；"
        "“是否已验收”不是可选项之一",
    ),
    FAIR: ("待填1处，待核1处", "“投资额（万元）”必填未填；“完成率（%）”应只填数字"),
    AFTER: ("待核1处", "单元格出错"),
}
FOUND = {
    YEAR: ["RET-ACTUAL-PERCENT", "RET-EXTRA-CHOICE", "RET-EXTRA-KIND",
           "RET-EXTRA-MISSING", "RET-EXTRA-MISSING"],
    FAIR: ["RET-EXTRA-KIND", "RET-EXTRA-MISSING"],
    AFTER: ["RET-CELL-ERROR"],
}  # fmt: skip
"""What the check finds, but what it only notes."""


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy, "PARAMS", PARAMS)


def filled() -> toy.Sheet:
    sheet = toy.filled(toy.UNIT, 3)
    page: Any = sheet.sheet(PROGRESS)
    at = columns_of(page)
    for row_id, values in TYPED.items():
        for column, value in zip(COLUMNS, values, strict=True):
            cell = page.cell(sheet.rows[row_id], at[column.label])
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    return sheet


@pytest.mark.office
@needs_office
def test_both_sheets_show_what_was_filled_in(tmp_path: Path) -> None:
    """自查 tells row by row what the check finds; the page to sign shows each value by name."""
    sheet = filled()
    (data,) = recalculated({"a": sheet.save()}, tmp_path / "office").values()
    lines = open_book(data).sheet(SELF_CHECK)
    page = open_book(data).sheet(SIGN_OFF)
    assert lines is not None
    assert page is not None
    shown = {i: (lines.value(sheet.rows[i], STATE), lines.value(sheet.rows[i], DETAIL))
             for i in TYPED}  # fmt: skip
    assert shown == SAID
    assert lines.value(HINT_ROW, 1) == "还有8处待填或者待核：待填3处，待核5处。"
    printed = [page.value(sheet.rows[row_id], 4).splitlines()[1:] for row_id in TYPED]
    assert printed == [
        ["投资额（万元）：1200.5", "完成率（%）：95", "开工日期：2023-08-01", "是否已验收：是",
         "备注：无"],
        ["投资额（万元）：（未填）", "完成率（%）：0.95", "开工日期：下个月", "是否已验收：差不多",
         "备注：（未填）"],
        ["投资额（万元）：无", "完成率（%）：约九成", "开工日期：—", "是否已验收：否",
         "备注：=1+1"],
        ["投资额（万元）：（单元格出错）", "是否已验收：否", "备注：甲"],
    ]  # fmt: skip
    assert page.value(3, 4).startswith("本季度进展、另加各列")


def test_the_check_finds_the_same(tmp_path: Path) -> None:
    """What the sheet tells of a row is found there, and nothing else that is more than noted."""
    sheet = filled()
    (tmp_path / "status/Q3").mkdir(parents=True)
    (tmp_path / f"status/Q3/{toy.UNIT}.xlsx").write_bytes(sheet.save())
    found = told(read_returns(tmp_path, PARAMS, toy.PLAN, 3))
    by_row = {
        row_id: sorted(code for code, cell, _ in found
                       if cell[1:] == str(sheet.rows[row_id]) and code != "RET-LEFT-OUT")
        for row_id in FOUND
    }  # fmt: skip
    assert by_row == FOUND


def test_a_blank_sheet_owes_the_obligatory_ones() -> None:
    """A preview shows how much is to be filled in, these columns among it."""
    book = build_book(toy.PLAN, PARAMS, toy.UNIT, 3)
    shown = first_shown(book)[SELF_CHECK]
    assert shown[f"E{FIRST_ROW + 1}"].endswith(
        "“投资额（万元）”必填未填；“是否已验收”必填未填；“备注”必填未填"
    )
