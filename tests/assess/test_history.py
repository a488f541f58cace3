"""What was published of earlier quarters is what later ones refer to."""

import json
import shutil
from pathlib import Path

import pytest
from returns.toy import PARAMS, PLAN, filled

from reporting.assess.history import DIFFERS
from reporting.assess.values import Assessment
from reporting.pipeline import assess_period, read_before
from reporting.project.editions import ASSESSMENT, edition_folder
from reporting.project.params import Params
from reporting.project.roots import status_folder
from reporting.system.digests import digest

QUARTER = 3


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of the toy plan with returns of three quarters, the first two released."""
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda root, params: PLAN)
    for quarter in (1, 2, 3):
        folder = status_folder(tmp_path, PARAMS, quarter)
        folder.mkdir(parents=True)
        for unit in PLAN.lead_units:
            (folder / f"{unit}.xlsx").write_bytes(filled(unit, quarter).save())
    for quarter in (1, 2):
        release(tmp_path, PARAMS, quarter)
    return tmp_path


def release(root: Path, params: Params, quarter: int) -> None:
    """Freeze what later quarters read of an edition: its assessment and its returns."""
    city = assess_period(root, params, quarter)
    folder = edition_folder(root, city.period, 1)
    folder.mkdir(parents=True)
    (folder / ASSESSMENT).write_text(city.model_dump_json(), encoding="utf-8")
    (folder / "pack").mkdir()
    inputs = [
        {"path": path.relative_to(root).as_posix(), "sha256": digest(path.read_bytes())}
        for path in status_folder(root, params, quarter).iterdir()
    ]
    # A pack is made from more than returns.
    inputs.append({"path": params.table, "sha256": "0" * 64})
    (folder / "pack/manifest.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")


def earlier(city: Assessment) -> dict[tuple[int, str], str]:
    """Give the grades of the quarters before the last one."""
    return {(r.quarter, r.subject_id): str(r.grade) for r in city.ratings if r.quarter < QUARTER}


def notes(city: Assessment) -> list[str]:
    """Give the folders that are noted as differing from what was published."""
    return [f.file for f in city.findings if f.code == DIFFERS]


def test_nothing_is_noted_while_folders_are_as_published(project: Path) -> None:
    """Three quarters, two of them from their editions: the same as read afresh."""
    city = assess_period(project, PARAMS, QUARTER)
    assert notes(city) == []
    shutil.rmtree(project / "editions")
    afresh = assess_period(project, PARAMS, QUARTER)
    assert afresh.ratings == city.ratings
    assert afresh.progress == city.progress
    assert afresh.return_status == city.return_status


def test_emptied_folder_changes_no_earlier_quarter(project: Path) -> None:
    """A folder tidied away after its release: last quarter is what was published, and said so."""
    before = assess_period(project, PARAMS, QUARTER)
    for path in status_folder(project, PARAMS, 2).iterdir():
        path.unlink()
    after = assess_period(project, PARAMS, QUARTER)
    assert earlier(after) == earlier(before)
    assert after.ratings == before.ratings
    assert notes(after) == ["status/Q2"]
    (note,) = [f for f in after.findings if f.code == DIFFERS]
    assert note.message.startswith("第二季度已发布第1版，报送文件夹 status/Q2 现有2份与发布时不同")


def test_swapped_return_changes_no_earlier_quarter(project: Path) -> None:
    """A workbook put in later is for that quarter's next edition, not for this quarter."""
    before = assess_period(project, PARAMS, QUARTER)
    sheet = filled("市科技局", 2)
    sheet.put("2023-001-T02", "actual", 120)
    (status_folder(project, PARAMS, 2) / "市科技局.xlsx").write_bytes(sheet.save())
    after = assess_period(project, PARAMS, QUARTER)
    assert earlier(after) == earlier(before)
    assert notes(after) == ["status/Q2"]
    corrected = assess_period(project, PARAMS, 2)
    assert corrected.edition_number == 2


def test_sheets_and_check_see_the_published_quarter(project: Path) -> None:
    """The next blank sheet shows what was published, whatever the folder holds."""
    for path in status_folder(project, PARAMS, 2).iterdir():
        path.unlink()
    before = read_before(project, PARAMS, PLAN, QUARTER)
    assert [len(item.rows) for item in before] == [1, 2]
    assert [row.milestone_id for row in before[1].rows] == ["2023-001-01", "2023-002-01"]


def test_task_that_came_later_has_no_earlier_rating(project: Path) -> None:
    """A released quarter is not counted anew with tasks it did not know."""
    new = PLAN.tasks[1].model_copy(update={"task_id": "2023-009", "number": 9})
    milestone = PLAN.milestones_of("2023-002")[0]
    plan = PLAN.model_copy(
        update={
            "tasks": (*PLAN.tasks, new),
            "milestones": (
                *PLAN.milestones,
                milestone.model_copy(update={"task_id": "2023-009", "milestone_id": "2023-009-01"}),
            ),
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reporting.plan.read.read_plan", lambda root, params: plan)
        city = assess_period(project, PARAMS, QUARTER)
    assert city.rating("2023-009", quarter=2) is None
    assert city.rating("2023-009", quarter=3) is not None
