"""Workbooks that LibreOffice saved again are read the same, in each format it writes."""

from pathlib import Path

import pytest

from reporting.periods import Period
from reporting.returns.layout import PROGRESS
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import ProgressRow, Returns
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Sheet

from .libreoffice import needs_office, save_again
from .toy import OTHER, PARAMS, PLAN, UNIT, filled, read

pytestmark = [pytest.mark.office, needs_office]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ("xlsx:Calc MS Excel 2007 XML", set()),
        ("xls:MS Excel 97", {"RET-FILE-FORMAT"}),
        ("ods:calc8", {"RET-FILE-FORMAT"}),
    ],
)
def test_resaved_workbook_reads_the_same(
    filters: str, told: set[str], tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Rows, figures, dates and ids survive a save by LibreOffice, and nothing else is found."""
    before = second_quarter
    files = {UNIT: filled(UNIT, 3, before), OTHER: filled(OTHER, 3, before)}
    files[UNIT].put("2023-002-T01", "actual", 75.3)
    first = read(tmp_path / "first", 3, files, before)
    status = tmp_path / "second" / "status" / "Q3"
    save_again(sorted((tmp_path / "first" / "status" / "Q3").iterdir()), status, filters)
    second = read_returns(tmp_path / "second", PARAMS, PLAN, 3, previous=before)
    assert first.all_findings == ()
    assert {f.code for f in second.all_findings} == told
    assert [_said(row) for row in second.rows] == [_said(row) for row in first.rows]


def _said(row: ProgressRow) -> ProgressRow:
    """Leave aside what the file is called."""
    return row.model_copy(update={"file": ""})


def test_copy_sent_back_opens(tmp_path: Path, second_quarter: tuple[Returns, ...]) -> None:
    """LibreOffice opens a marked copy and finds in it the cells and the comment."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put("2023-003-01", "self_rating", "差不多")
    returns = read(tmp_path, 3, {UNIT: sheet}, second_quarter)
    copy = annotate(sheet.save(), returns.returns[0].findings, Period(year=2023, quarter=3))
    (tmp_path / "copy.xlsx").write_bytes(copy)
    save_again([tmp_path / "copy.xlsx"], tmp_path / "out", "xlsx:Calc MS Excel 2007 XML")
    sent, again = open_book(copy), open_book((tmp_path / "out" / "copy.xlsx").read_bytes())
    assert [s.name for s in again.sheets] == [s.name for s in sent.sheets]
    assert [e.text for e in again.extras] == [e.text for e in sent.extras]
    one, two = sent.sheet(PROGRESS), again.sheet(PROGRESS)
    assert one is not None
    assert two is not None
    assert _typed(two) == _typed(one)


def _typed(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Leave aside what LibreOffice reckons."""
    return {place: cell.value for place, cell in sheet.cells.items() if cell.formula is None}
