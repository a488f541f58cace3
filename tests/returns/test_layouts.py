"""Workbooks of every layout that was ever issued are read alike: columns are found by their heads.

``layouts/`` keeps one workbook of each layout as it was sent out and filled in; a new layout adds
the next number and takes none away.
"""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.layout import ANSWER, COLUMNS, FIGURES, GUIDE
from reporting.returns.reading.read import read_returns
from reporting.returns.values import Returns

from .toy import OTHER, PARAMS, PLAN, UNIT, filled, read, told

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.xlsx"))


def said(returns: Returns) -> list[tuple[object, ...]]:
    """Return what was answered, wherever it stands."""
    return [
        (row.milestone_id, row.self_rating, row.progress, row.reporter, row.reported_on,
         sorted((a.target_id, a.value) for a in row.actuals))
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
    assert [path.stem for path in LAYOUTS] == ["1", "2", "3", "4", "5"]
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
    plans = next(c.column for c in sheet[3] if c.value == "计划值")
    row = next(n for n in range(4, 8) if sheet.cell(n, plans).value == 11.3)  # the investment
    sheet.cell(row, column).value = 820
    target = io.BytesIO()
    book.save(target)
    files = {UNIT: target.getvalue(), OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    assert told_of_answers(returns) == [
        ("RET-ACTUAL-FAR", FIGURES, sheet.cell(row, column).coordinate)
    ]


def longer() -> Plan:
    """Return the plan with one task and its row more."""
    task, milestone = PLAN.task("2023-002"), PLAN.milestones[3]
    assert milestone.task_id == task.task_id
    update = {"task_id": "2023-004", "number": 4, "source_number": 4}
    row = {"task_id": "2023-004", "milestone_id": "2023-004-01"}
    return PLAN.model_copy(
        update={
            "tasks": (*PLAN.tasks, task.model_copy(update=update)),
            "milestones": (*PLAN.milestones, milestone.model_copy(update=row)),
        }
    )


def without_figures() -> Plan:
    """Return the plan without what is counted."""
    return PLAN.model_copy(update={"targets": ()})


def due_earlier() -> Params:
    """Return the parameters with another day of return."""
    dates = PARAMS.calendar[3].model_copy(update={"due": date(2023, 10, 9)})
    return PARAMS.model_copy(update={"calendar": {**PARAMS.calendar, 3: dates}})


def strays(
    folder: Path, data: bytes, plan: Plan = PLAN, params: Params = PARAMS
) -> list[tuple[str, str]]:
    """Return what of a workbook's instructions is told of as its unit's, by cell."""
    path = folder / f"status/Q3/{UNIT}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    returns = read_returns(folder, params, plan, 3)
    assert [item.unit for item in returns.returns] == [UNIT]
    return [(f.cell, f.found) for f in returns.all_findings if f.sheet == GUIDE]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("plan", "params"),
    [(PLAN, due_earlier()), (longer(), PARAMS), (without_figures(), due_earlier())],
    ids=["another day", "a row more", "no figures"],
)
def test_instructions_of_an_earlier_day_or_table_are_not_the_unit_s(
    path: Path, plan: Plan, params: Params, tmp_path: Path
) -> None:
    """Days and counts were those of the time it was sent out."""
    assert strays(tmp_path, path.read_bytes(), plan, params) == []


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_what_a_unit_writes_among_the_instructions_is_told(path: Path, tmp_path: Path) -> None:
    """Its own words are, though they begin as ours do, or stand in our sentence."""
    book = load_workbook(path)
    book[GUIDE]["B5"] = "请于2023年10月20日前报送，我局因停电晚2日。"
    book[GUIDE]["C6"] = "量化指标4项，见附件。"
    target = io.BytesIO()
    book.save(target)
    assert strays(tmp_path, target.getvalue(), longer(), due_earlier()) == [
        ("B5", "请于2023年10月20日前报送，我局因停电晚2日。"), ("C6", "量化指标4项，见附件。"),
    ]  # fmt: skip


def test_workbook_that_holds_its_texts_is_held_to_them(tmp_path: Path) -> None:
    """An instruction with another number is not as the newest layout was sent out."""
    book = load_workbook(LAYOUTS[-1])
    book[GUIDE]["B5"] = "请于2023年10月31日前报送，逾期的将在通报中注明。"
    target = io.BytesIO()
    book.save(target)
    assert [cell for cell, _ in strays(tmp_path, target.getvalue())] == ["B5"]


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
