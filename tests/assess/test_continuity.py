"""A year in which units change: history goes along, and earlier quarters stay what they were."""

from pathlib import Path
from typing import Any

import pytest
from plan.test_changes import NEW, change
from returns.toy import OTHER, PARAMS, PLAN, UNIT, filled

from reporting.assess.rollups import total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import Table, text_of
from reporting.exhibits.adjustments import adjusted, adjustments
from reporting.grades import Grade
from reporting.pipeline import assess_period, read_before
from reporting.plan.changes import plan_at
from reporting.project.changes import PlanChange
from reporting.project.roots import status_folder
from reporting.returns.sheets.blank import build_book


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of the toy plan, with good returns of two quarters under the old names."""
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda root, params: PLAN)
    for quarter in (1, 2):
        folder = status_folder(tmp_path, PARAMS, quarter)
        folder.mkdir(parents=True)
        (folder / "甲.xlsx").write_bytes(filled(UNIT, quarter).save())
    return tmp_path


def assessed(project: Path, quarter: int, *changes: PlanChange) -> Assessment:
    """Assess a quarter with changes in the parameters."""
    return assess_period(project, PARAMS.model_copy(update={"changes": changes}), quarter)


def graded(city: Assessment, quarter: int) -> dict[str, Grade]:
    """Give the grades of the tasks of a quarter."""
    return {r.task_id: r.grade for r in city.task_ratings(quarter)}


RENAME = change("rename", 2, unit=UNIT, to=NEW)


def test_renamed_unit_keeps_what_it_said(project: Path) -> None:
    """Nobody is 未报送, nothing is solved, and last quarter's word stands beside this one's."""
    plain, city = assessed(project, 2), assessed(project, 2, RENAME)
    assert graded(city, 1) == graded(plain, 1)
    assert graded(city, 2) == graded(plain, 2)
    now = city.rating("2023-001", unit=NEW, quarter=2)
    assert now is not None
    assert now.previous == plain.rating("2023-001", unit=UNIT, quarter=2).previous  # type: ignore[union-attr]
    own = slice_for(city, Subject(kind=SubjectKind.UNIT, name=NEW))
    assert [row.quarter for row in own.progress] == [1, 2, 2]
    assert {str(s.state) for s in own.return_status} == {"按时报送"}


def test_quarter_before_the_rename_knows_only_the_old_name(project: Path) -> None:
    """The first quarter's pack is what it was."""
    assert assessed(project, 1, RENAME) == assessed(project, 1)


def test_next_sheet_shows_what_was_said_under_the_old_name(project: Path) -> None:
    """The new unit finds last quarter's progress and figure in its sheet."""
    changes = (change("rename", 3, unit=UNIT, to=NEW),)
    params = PARAMS.model_copy(update={"changes": changes})
    before = read_before(project, params, PLAN, 3)
    book = build_book(plan_at(PLAN, changes, 3), params, NEW, 3, before)
    texts = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows()
             for cell in row}  # fmt: skip
    assert "达到序时进度。第2季度已做好2023-002-01的各项工作。" in texts
    assert "520" in texts


def test_moved_task_takes_its_last_figure_along(project: Path) -> None:
    """The new lead unit is held to what the old one reported."""
    changes = (change("move", 3, task="2023-001", unit=UNIT, to=OTHER),)
    params = PARAMS.model_copy(update={"changes": changes})
    before = read_before(project, params, PLAN, 3)
    moved = {(row.unit, row.task_id) for item in before for row in item.rows}
    assert moved == {(OTHER, "2023-001"), (UNIT, "2023-002")}


def test_merged_units_have_one_rating_each_quarter(project: Path) -> None:
    """Both had been rated for a task: the worse one is what the merged unit starts from."""
    city = assessed(project, 2, change("merge", 2, units=[UNIT, OTHER], to=NEW))
    keys = [(r.subject_id, r.unit, r.quarter) for r in city.ratings]
    assert len(keys) == len(set(keys))
    assert {r.unit for r in city.ratings} == {NEW, None}


def test_cancelled_task_is_in_no_count_from_then_on(project: Path) -> None:
    """The first quarter counts three tasks, the second two."""
    cancel = change("cancel", 2, task="2023-002")
    assert total(assessed(project, 1, cancel)).total == 3
    city = assessed(project, 2, cancel)
    assert total(city).total == 2


def test_changes_are_printed_to_whom_they_concern(project: Path) -> None:
    """City and unit read what, from when, by which decision; a unit not concerned reads nothing."""
    city = assessed(project, 2, RENAME, change("leader", 3, leader="甲", to="乙"))
    words = str(adjustments(city).model_dump())
    assert f"{UNIT}更名为{NEW}" in words
    assert "府办〔2023〕8号" in words
    assert "第二季度" in words
    assert "乙" not in words
    cancel: dict[str, Any] = {"task": "2023-002"}
    other = slice_for(
        assessed(project, 2, change("cancel", 2, **cancel)),
        Subject(kind=SubjectKind.UNIT, name=OTHER),
    )
    assert other.adjustments == ()


@pytest.mark.parametrize("kind", ["leader", "rename"])
def test_change_of_a_leader_or_a_name_lists_the_tasks_it_changes(project: Path, kind: str) -> None:
    """It names no task and changes all of the leader's, or of the unit's; no others are listed."""
    leader = PLAN.tasks[0].leaders[0]
    made = (
        change("leader", 2, leader=leader, to="新领导")
        if kind == "leader"
        else change("rename", 2, unit=UNIT, to=NEW)
    )
    concerned = [
        str(task.number) for task in PLAN.tasks
        if (leader in task.leaders if kind == "leader" else UNIT in task.lead_units)
    ]  # fmt: skip
    assert concerned
    (table,) = (b for b in adjusted(assessed(project, 2, made)).blocks if isinstance(b, Table))
    assert text_of(table.rows[0].cells[2]) == "、".join(concerned)
