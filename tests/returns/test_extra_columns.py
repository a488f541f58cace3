"""Columns that an office adds to the sheet 进展: asked, read, carried, told."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporting.project.asked.columns import ExtraColumn, ReturnsParams
from reporting.project.params import Params
from reporting.returns.issued import keep_issued
from reporting.returns.layout import PROGRESS, asked
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book, write_sheet
from reporting.returns.values import ExtraValue, Returns
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW
from reporting.workbooks.saving import save_book
from returns import toy

COLUMNS = (
    ExtraColumn(name="投资额", kind="number", unit="万元", required=True, help="本季度完成投资"),
    ExtraColumn(name="项目负责人", kind="text"),
    ExtraColumn(name="开工日期", kind="date"),
    ExtraColumn(name="是否已验收", kind="choice", choices=("是", "否")),
)
FIELDS = {"投资额（万元）": 19, "项目负责人": 20, "开工日期": 21, "是否已验收": 22}
ROW = "2023-001-02"


def with_columns(*columns: ExtraColumn) -> Params:
    return toy.PARAMS.model_copy(update={"returns": ReturnsParams(columns=columns)})


PARAMS = with_columns(*COLUMNS)


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy, "PARAMS", PARAMS)


def columns_of(sheet: Any) -> dict[str, int]:
    return {str(c.value).removesuffix(" *"): c.column for c in sheet[HEADER_ROW] if c.value}


def answered(**values: Any) -> toy.Sheet:
    """Answer everything well, 投资额 with 1; of the first row what is given."""
    sheet = toy.filled(toy.UNIT, 3)
    at = columns_of(sheet.sheet(PROGRESS))
    for row_id, row in sheet.rows.items():
        if "-T" not in row_id:
            sheet.sheet(PROGRESS).cell(row, at["投资额（万元）"], 1)
    for name, value in values.items():
        label = next(head for head in at if head.startswith(name))
        sheet.sheet(PROGRESS).cell(sheet.rows[ROW], at[label]).value = value
    return sheet


def read(folder: Path, sheet: toy.Sheet, params: Params = PARAMS) -> Returns:
    target = folder / "status/Q3"
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{toy.UNIT}.xlsx").write_bytes(sheet.save())
    return read_returns(folder, params, toy.PLAN, 3)


def told(returns: Returns) -> list[tuple[str, str, str]]:
    return [(f.code, f.cell, f.message) for f in returns.all_findings if f.unit == toy.UNIT]


def extra(returns: Returns) -> dict[str, ExtraValue]:
    row = next(row for row in returns.rows if row.milestone_id == ROW)
    return {one.name: one for one in row.extra}


def test_a_blank_sheet_asks_them_after_the_usual_ones() -> None:
    """With the unit in the head, a list, numbers and dates only, and how to fill them in."""
    book = build_book(toy.PLAN, PARAMS, toy.UNIT, 3)
    sheet = book[PROGRESS]
    heads = [cell.value for cell in sheet[HEADER_ROW]]
    assert heads[17:] == [
        "填报日期 *", "投资额（万元） *", "项目负责人", "开工日期", "是否已验收", "行标识",
    ]  # fmt: skip
    rules = {
        str(rule.sqref)[:1]: (rule.type, rule.formula1, rule.prompt)
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["S"] == ("decimal", "-1E+12", "本季度完成投资")
    assert rules["U"][0] == "date"
    assert rules["V"][:2] == ("list", '"是,否"')
    assert not sheet.cell(FIRST_ROW, 19).protection.locked
    guide = {row[0].value: row[1].value for row in book["填报说明"].iter_rows()}
    assert guide["投资额（万元）"] == "必填，只填数字，单位：万元。本季度完成投资"
    assert guide["是否已验收"] == "从下拉列表中选一项：是、否。"


def test_the_digest_tells_sheets_before_and_after() -> None:
    """Without columns it is what it was; each other column is another sheet."""
    usual = asked(toy.PLAN, toy.UNIT, 3)
    editions = {asked(toy.PLAN, toy.UNIT, 3, extras=COLUMNS[:n]).edition for n in range(5)}
    assert len(editions) == 5
    assert usual.edition in editions
    plain = with_columns()
    assert write_sheet(toy.PLAN, plain, toy.UNIT, 3) == write_sheet(
        toy.PLAN, toy.params(), toy.UNIT, 3
    )


def test_values_are_carried_with_their_cells(tmp_path: Path) -> None:
    """By their kinds: a number in signs of full width, a date, a choice, a text as typed."""
    text = "=1+1</td>'；张三"
    given = {"投资额": "１，２００．５", "开工日期": date(2023, 8, 1), "是否已验收": " 是 "}
    sheet = answered(**given)
    cell = sheet.sheet(PROGRESS).cell(sheet.rows[ROW], FIELDS["项目负责人"])
    cell.value, cell.data_type = text, "s"
    returns = read(tmp_path, sheet)
    assert told(returns) == []
    found = extra(returns)
    row = sheet.rows[ROW]
    assert (found["投资额"].number, found["投资额"].cell) == (Decimal("1200.5"), f"S{row}")
    assert found["投资额"].words == "1200.5万元"
    assert (found["开工日期"].day, found["是否已验收"].text) == (date(2023, 8, 1), "是")
    assert found["项目负责人"].text == text


@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("投资额", "两百多", "RET-EXTRA-KIND", "投资额（万元）应只填确定的数字”，实为“两百多”"),
        ("投资额", "约300", "RET-ACTUAL-ROUGH", "应填确数（单位：万元），“约300”是约数。"),
        ("投资额", "三百多", "RET-EXTRA-KIND", "实为“三百多”"),
        ("投资额", "3 4", "RET-EXTRA-KIND", "实为“3 4”"),
        ("投资额", None, "RET-EXTRA-MISSING", "“投资额（万元）”为必填，实际为空。"),
        ("投资额", "#N/A", "RET-CELL-ERROR", "#N/A"),
        ("开工日期", "下个月", "RET-EXTRA-KIND", "日期”，实为“下个月”"),
        ("是否已验收", "差不多", "RET-EXTRA-CHOICE", "应为是、否之一，实为“差不多”"),
        ("项目负责人", "张\u202e三", "RET-HIDDEN", "〔U+202E〕"),
    ],
)
def test_what_does_not_fit_is_told_and_not_taken(
    name: str, value: object, code: str, said: str, tmp_path: Path
) -> None:
    """One finding at the cell; no value but the text that hides something."""
    sheet = answered(**{name: value})
    returns = read(tmp_path, sheet)
    ((found, cell, message),) = told(returns)
    assert found == code
    assert said in message
    column = next(at for head, at in FIELDS.items() if head.startswith(name))
    assert cell == sheet.sheet(PROGRESS).cell(sheet.rows[ROW], column).coordinate
    assert (name in extra(returns)) == (code == "RET-HIDDEN")


def test_another_unit_is_reckoned_over_and_told(tmp_path: Path) -> None:
    """As in other cells of figures: 0.2 of 亿元 is 2000 of 万元."""
    returns = read(tmp_path, answered(投资额="0.2亿元"))
    assert [code for code, *_ in told(returns)] == ["RET-ACTUAL-CONVERTED"]
    assert extra(returns)["投资额"].number == Decimal(2000)


def test_nothing_typed_for_nothing(tmp_path: Path) -> None:
    """无 is an empty cell: of an obligatory one that is told."""
    returns = read(tmp_path, answered(投资额="无", 开工日期="—"))
    assert [code for code, *_ in told(returns)] == [
        "RET-LEFT-OUT", "RET-EXTRA-MISSING", "RET-LEFT-OUT",
    ]  # fmt: skip


def test_merged_cells_hold_one_value(tmp_path: Path) -> None:
    """As elsewhere: the first row's; the others are not said to be empty besides."""
    sheet = answered()
    rows = [row for row_id, row in sheet.rows.items() if "-T" not in row_id][:2]
    sheet.sheet(PROGRESS).merge_cells(f"S{rows[0]}:S{rows[1]}")
    assert [code for code, *_ in told(read(tmp_path, sheet))] == ["RET-MERGED-ANSWER"]


def test_a_sheet_of_before_lacks_only_what_is_obligatory(tmp_path: Path) -> None:
    """Sent out before there was such a column: asked for once, and no fault of the unit."""
    plain = with_columns()
    keep_issued(tmp_path, asked(toy.PLAN, toy.UNIT, 3))
    book = build_book(toy.PLAN, plain, toy.UNIT, 3)
    sheet = toy.filled(toy.UNIT, 3)
    new = sheet.book[PROGRESS]
    for row in range(FIRST_ROW, new.max_row + 1):
        for column in range(1, 19):
            book[PROGRESS].cell(row, column).value = new.cell(row, column).value
    for cells in sheet.book["指标"].iter_rows(min_row=FIRST_ROW):
        for cell in cells:
            book["指标"][cell.coordinate].value = cell.value
    old = toy.Sheet(book, toy.UNIT, 3, sheet.rows)
    found = told(read(tmp_path, old))
    assert [(code, message) for code, _, message in found] == [
        ("RET-EXTRA-COLUMN", "“投资额（万元）”列为必填，该表没有这一列，请补报。"),
    ]
    optional = with_columns(*COLUMNS[1:])
    assert told(read(tmp_path, old, optional)) == []


def test_a_column_of_another_measure_is_not_taken(tmp_path: Path) -> None:
    """A head with 万元 holds no 亿元, nor a number without a unit: it stands beside the table."""
    for column in (COLUMNS[0].model_copy(update={"unit": unit}) for unit in ("亿元", "")):
        returns = read(tmp_path, answered(), with_columns(column, *COLUMNS[1:]))
        codes = {code for code, *_ in told(returns)}
        assert {"RET-EXTRA-COLUMN", "RET-CELL-STRAY"} <= codes
        assert "投资额" not in extra(returns)


def test_a_column_that_a_unit_typed_is_outside(tmp_path: Path) -> None:
    """As ever."""
    sheet = answered()
    sheet.sheet(PROGRESS).cell(HEADER_ROW, 30).value = "备注"
    assert [code for code, *_ in told(read(tmp_path, sheet))] == ["RET-CELL-STRAY"]


def test_two_files_that_differ_are_asked_about(tmp_path: Path) -> None:
    """Neither value is taken; both are told with their cells."""
    target = tmp_path / "status/Q3"
    target.mkdir(parents=True)
    for name, value in (("甲", 5), ("乙", 6)):
        (target / f"{toy.UNIT}{name}.xlsx").write_bytes(save_book(answered(投资额=value).book))
    returns = read_returns(tmp_path, PARAMS, toy.PLAN, 3)
    (doubt,) = [f for f in returns.all_findings if f.code == "RET-VERSIONS-DIFFER"]
    assert "“5”" in doubt.message
    assert "“6”" in doubt.message
    assert ROW not in [row.milestone_id for row in returns.rows]
