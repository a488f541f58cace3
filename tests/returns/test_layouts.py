"""Workbooks of every layout that was ever issued are read alike: columns are found by their heads.

``layouts/`` keeps one workbook of each layout as it was sent out and filled in; a new layout adds
the next number and takes none away.
"""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.returns.layout import ANSWER, COLUMNS, FIGURES
from reporting.returns.values import Returns

from .toy import OTHER, UNIT, filled, read, told

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.xlsx"))


def said(returns: Returns) -> list[tuple[object, ...]]:
    """Return what was answered, wherever it stands."""
    return [
        (row.milestone_id, row.self_rating, row.progress, row.reporter, row.reported_on,
         [(a.target_id, a.value) for a in row.actuals])
        for row in returns.rows
    ]  # fmt: skip


KNOWN = frozenset({"RET-EDITION", "RET-TEXT-LAST", "RET-TEXT-FIGURES"})
"""The plan has been read otherwise since; what the workbooks say is what the quarter before said
but for its date and its row."""


def told_of_answers(returns: Returns) -> list[tuple[str, str, str]]:
    """Return the findings that the age of a workbook does not explain."""
    return [found for found in told(returns) if found[0] not in KNOWN]


def test_there_is_a_workbook_of_each_layout() -> None:
    """None was taken away; the newest is the one that is written today."""
    assert [path.stem for path in LAYOUTS] == ["1", "2", "3", "4"]
    book, form = load_workbook(LAYOUTS[-1]), filled(UNIT, 3)
    assert book.sheetnames == form.book.sheetnames
    newest, today = book[FIGURES], form.sheet(FIGURES)
    assert [c.value for c in newest[3]] == [c.value for c in today[3]]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_workbook_of_any_layout_reads_alike(
    path: Path, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The same answers give the same rows, and an older layout is no fault of the unit's."""
    files = {UNIT: path.read_bytes(), OTHER: other_return}
    returns = read(tmp_path / "old", 3, files, second_quarter)
    assert told_of_answers(returns) == []
    today = filled(UNIT, 3, second_quarter)
    for row_id in (row for row in today.rows if "-T" not in row):
        today.put(row_id, "progress", f"达到序时进度。第3季度已做好{row_id}的各项工作。")
    files = {UNIT: today.save(), OTHER: other_return}
    assert said(returns) == said(read(tmp_path / "new", 3, files, second_quarter))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_fault_in_a_workbook_of_any_layout_is_named_where_it_stands(
    path: Path, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A figure is asked about in its own cell, whichever column that is."""
    book = load_workbook(path)
    sheet = book[FIGURES]
    column = next(c.column for c in sheet[3] if c.value == "本季度实际值")
    row = 6  # the investment, of which 11.3 are planned
    sheet.cell(row, column).value = 820
    target = io.BytesIO()
    book.save(target)
    files = {UNIT: target.getvalue(), OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    assert told_of_answers(returns) == [
        ("RET-ACTUAL-FAR", FIGURES, sheet.cell(row, column).coordinate)
    ]


def test_rows_alike_are_told_apart_by_their_sub_project() -> None:
    """The newest sheet names the sub-project beside each figure, and leaves room to answer."""
    heads = [c.value for c in load_workbook(LAYOUTS[-1])[FIGURES][3]]
    assert heads[:3] == ["任务号", "子项", "指标名称"]
    assert heads[heads.index("本季度实际值") + 1] == ANSWER


def test_unit_reads_how_it_will_be_judged_before_it_answers() -> None:
    """What is told of a figure stands in front of every column that is filled in."""
    specs = COLUMNS[FIGURES]
    first = next(at for at, spec in enumerate(specs) if spec.fill)
    told_of = [at for at, spec in enumerate(specs) if not spec.fill and spec.kind != "id"]
    assert max(told_of) < first
    assert specs[first].field == "actual"
