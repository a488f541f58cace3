"""Numbers in an office's own columns that are asked about, and sheets that come back changed."""

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.findings import Severity
from reporting.periods import Period
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import OPINION, PROGRESS
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import Returns
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW
from returns import toy

from .libreoffice import needs_office, recalculated
from .test_extra_columns import ROW, answered, columns_of, extra, told, with_columns
from .test_faults import YEAR

COLUMNS = (
    ExtraColumn(name="投资额", kind="number", unit="万元", required=True),
    ExtraColumn(name="完成率", kind="number", unit="%"),
    ExtraColumn(name="户数", kind="number"),
)
PARAMS = with_columns(*COLUMNS)


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy, "PARAMS", PARAMS)


def read(folder: Path, files: Mapping[str, bytes]) -> Returns:
    target = folder / "status/Q3"
    target.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (target / f"{name}.xlsx").write_bytes(data)
    return read_returns(folder, PARAMS, toy.PLAN, 3)


def copied(data: bytes, folder: Path, **replies: str) -> bytes:
    """Send a workbook back, and answer beside what was asked of some cells."""
    found = read(folder, {toy.UNIT: data}).returns[0].findings
    book = load_workbook(io.BytesIO(annotate(data, found, Period(year=2023, quarter=3))))
    page = book[OPINION]
    for row in range(1, page.max_row + 1):
        if (reply := replies.get(str(page.cell(row, 4).value))) is not None:
            page.cell(row, 7).value = reply
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "typed", "code", "said"),
    [
        ("投资额", "约300", "RET-ACTUAL-ROUGH", "应填确数（单位：万元），“约300”是约数。"),
        ("投资额", "300左右", "RET-ACTUAL-ROUGH", "“300左右”是约数。"),
        ("户数", "20余户", "RET-EXTRA-KIND", "户数应只填确定的数字”，实为“20余户”"),
        ("户数", "20余", "RET-ACTUAL-ROUGH", "应填确数（单位：无），“20余”是约数。"),
        ("完成率", 0.95, "RET-ACTUAL-PERCENT", "也可能是95%"),
    ],
)
def test_a_rough_number_or_a_share_is_asked_about(
    name: str, typed: object, code: str, said: str, tmp_path: Path
) -> None:
    """As of a figure: 待确认, and no value until the unit has said which."""
    returns = read(tmp_path, {toy.UNIT: answered(**{name: typed}).save()})
    ((found, _, message),) = told(returns)
    assert found == code
    assert said in message
    assert name not in extra(returns)
    severity = Severity.ERROR if code == "RET-EXTRA-KIND" else Severity.CONFIRM
    assert [f.severity for f in returns.all_findings if f.code == code] == [severity]


@pytest.mark.parametrize(
    ("name", "typed", "reply", "codes", "value"),
    [
        ("投资额", "约300", "已核实无误：按监理月报", ["RET-CONFIRMED"], "300"),
        ("投资额", "约300", "应为312.5", ["RET-REPLY"], "312.5"),
        ("投资额", "约300", "应为0.0312亿元", ["RET-ACTUAL-CONVERTED", "RET-REPLY"], "312"),
        ("投资额", "约300", "已核实无误", ["RET-ACTUAL-ROUGH", "RET-ANSWER"], None),
        ("完成率", 0.95, "已核实无误：不足百分之一", ["RET-CONFIRMED"], "0.95"),
        ("完成率", 0.95, "95", ["RET-REPLY"], "95"),
    ],
)
def test_the_answer_on_the_copy_settles_it(
    name: str, typed: object, reply: str, codes: list[str], value: str | None, tmp_path: Path
) -> None:
    """With a reason the number counts, another one stands instead, no reason leaves it open."""
    sheet = answered(**{name: typed})
    at = next(at for head, at in columns_of(sheet.sheet(PROGRESS)).items() if name in head)
    cell = sheet.sheet(PROGRESS).cell(sheet.rows[ROW], at).coordinate
    back = copied(sheet.save(), tmp_path / "1", **{cell: reply})
    returns = read(tmp_path / "2", {toy.UNIT: back})
    assert sorted(code for code, *_ in told(returns)) == codes
    found = extra(returns).get(name)
    assert (found.number if found else None) == (None if value is None else Decimal(value))


def amounts(returns: Returns) -> dict[str, tuple[Decimal | None, str]]:
    return {
        row.milestone_id: (one.number, one.cell)
        for row in returns.rows if row.unit == toy.UNIT
        for one in row.extra if one.name == "投资额"
    }  # fmt: skip


def each_its_own() -> toy.Sheet:
    """Answer everything well; each row has another 投资额, the sheet's row number."""
    sheet = answered()
    for row_id, row in sheet.rows.items():
        if "-T" not in row_id:
            sheet.sheet(PROGRESS).cell(row, 19).value = row * 10
    return sheet


def turned(sheet: toy.Sheet) -> None:
    """Turn the rows of 进展 about, the last first, as sorting does."""
    page = sheet.sheet(PROGRESS)
    last = max(row for row_id, row in sheet.rows.items() if "-T" not in row_id)
    rows = [[cell.value for cell in page[row]] for row in range(FIRST_ROW, last + 1)]
    for row, values in zip(range(FIRST_ROW, last + 1), reversed(rows), strict=True):
        for column, value in enumerate(values, 1):
            page.cell(row, column).value = value


def test_sorted_rows_keep_their_values(tmp_path: Path) -> None:
    """Each by the row that it stands in, whose name goes with it."""
    sheet = each_its_own()
    wanted = {row_id: row * 10 for row_id, row in sheet.rows.items() if "-T" not in row_id}
    turned(sheet)
    found = amounts(read(tmp_path, {toy.UNIT: sheet.save()}))
    assert {row_id: value for row_id, (value, _) in found.items()} == wanted
    assert found[ROW][1] != f"S{sheet.rows[ROW]}"


def test_a_moved_column_keeps_its_values(tmp_path: Path) -> None:
    """It is found by its head, wherever it was put."""
    sheet = each_its_own()
    page = sheet.sheet(PROGRESS)
    rows = range(HEADER_ROW, page.max_row + 1)
    for row in rows:
        first, third = page.cell(row, 19), page.cell(row, 21)
        first.value, third.value = third.value, first.value
    found = amounts(read(tmp_path, {toy.UNIT: sheet.save()}))
    assert found[ROW] == (Decimal(sheet.rows[ROW] * 10), f"U{sheet.rows[ROW]}")


def test_the_corrected_copy_replaces_one_value(tmp_path: Path) -> None:
    """A second submission on the copy: what it changes is told, the rest stays."""
    sheet = each_its_own()
    sheet.sheet(PROGRESS).cell(sheet.rows[ROW], 19).value = "约300"
    data = sheet.save()
    book = load_workbook(io.BytesIO(copied(data, tmp_path / "1")))
    book[PROGRESS].cell(sheet.rows[ROW], 19).value = 312
    out = io.BytesIO()
    book.save(out)
    returns = read(tmp_path / "2", {"一": data, "二": out.getvalue()})
    found = amounts(returns)
    assert found[ROW][0] == 312
    assert found[YEAR][0] == sheet.rows[YEAR] * 10
    item = next(item for item in returns.returns if item.unit == toy.UNIT)
    assert [(one.opinion.cell, str(one.by)) for one in item.closed] == [
        (f"S{sheet.rows[ROW]}", "已更正")
    ]


@pytest.mark.office
@needs_office
def test_a_copy_that_libreoffice_saved_again_holds_the_same(tmp_path: Path) -> None:
    """Values and places alike."""
    sheet = each_its_own()
    data = sheet.save()
    (again,) = recalculated({"a": data}, tmp_path / "office").values()
    before, after = (
        amounts(read(tmp_path / name, {toy.UNIT: one})) for name, one in (("1", data), ("2", again))
    )
    assert before == after != {}
