"""What was published of earlier quarters is what later ones refer to."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from returns.toy import PARAMS, PLAN, filled

from reporting.assess.history import DIFFERS
from reporting.assess.values import Assessment, NoteKind
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.pipeline import assess_period, read_before
from reporting.project.changes import PlanChange
from reporting.project.editions import ASSESSMENT, edition_folder
from reporting.project.params import Params
from reporting.project.receipts import Receipt, keep_receipts, receipts_path
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
    (folder / "inputs/params").mkdir(parents=True)
    written = yaml.safe_dump(params.model_dump(mode="json"), allow_unicode=True)
    (folder / f"inputs/params/{params.year}.yml").write_text(written, encoding="utf-8")


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
    assert note.message.startswith(
        "第二季度已发布第1版，现有的报送文件夹 status/Q2 中的2份报表与发布时不同"
    )


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


def changed(**calendar: date) -> Params:
    """Give parameters with another rule, and other dates of the second quarter."""
    second = PARAMS.calendar[2].model_copy(update=calendar)
    rule = PARAMS.rating.model_copy(update={"tolerance": 40.0, "far_behind": 50.0})
    return PARAMS.model_copy(
        update={"rating": rule, "calendar": PARAMS.calendar | {2: second}}
    )  # fmt: skip


def test_changed_parameters_rewrite_no_earlier_quarter(project: Path) -> None:
    """Another rule and another due date: what was published stands, and the difference is told."""
    sheet = filled("市科技局", 2)
    sheet.put("2023-001-T02", "actual", 120)
    (status_folder(project, PARAMS, 2) / "市科技局.xlsx").write_bytes(sheet.save())
    shutil.rmtree(edition_folder(project, Period(year=2023, quarter=2), 1))
    release(project, PARAMS, 2)
    before = assess_period(project, PARAMS, QUARTER)
    now = changed(due=date(2023, 7, 1), publish=date(2023, 7, 31))
    after = assess_period(project, now, QUARTER)
    assert earlier(after) == earlier(before)
    assert [s for s in after.return_status if s.quarter < QUARTER] == [
        s for s in before.return_status if s.quarter < QUARTER
    ]
    first, second = (f.message for f in after.findings if f.code == DIFFERS)
    assert first.startswith("第一季度已发布第1版，现有的核定规则与发布时不同；本期仍按")
    assert second.startswith(
        "第二季度已发布第1版，现有的核定规则、报送期限、印发日期与发布时不同；"
    )


def test_changed_parameters_are_revisions_in_the_quarters_next_edition(project: Path) -> None:
    """Made again, the quarter says what was decided otherwise, never that it was wrong."""
    now = assess_period(project, changed(due=date(2023, 7, 1)), 2)
    (edition,) = now.editions
    assert edition.number == 2
    assert edition.kinds == (NoteKind.REVISED,)
    assert {change.field for change in edition.changes} == {
        "核定规则R4",
        "核定规则R5",
        "核定规则R6",
        "报送期限",
    }


def test_table_and_decisions_of_a_released_quarter_are_compared(project: Path) -> None:
    """Words of the table are counted; what a dated change says of later quarters is none of it."""
    reworded = PLAN.tasks[1].model_copy(update={"goal": "另一目标。"})
    plan = PLAN.model_copy(update={"tasks": (PLAN.tasks[0], reworded, *PLAN.tasks[2:])})
    later = PlanChange.model_validate({
        "kind": "leader", "from": 3, "leader": PLAN.leaders[0], "to": "赵六", "decision": "分工",
        "reason": "调整",
    })  # fmt: skip
    params = PARAMS.model_copy(update={"changes": (later,)})
    assert notes(assess_period(project, params, QUARTER)) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reporting.plan.read.read_plan", lambda root, params: plan)
        city = assess_period(project, params, QUARTER)
    found = [f.found for f in city.findings if f.code == DIFFERS]
    assert found == ["任务分解表及其调整、读法1处"] * 2


def test_day_of_receipt_noted_after_the_release_is_told(project: Path) -> None:
    """A file that is only registered changes nothing; a day it came on does."""
    path = receipts_path(project, PARAMS.year)
    receipt = Receipt(file="status/Q2/市科技局.xlsx", digest="a" * 64, quarter=2)
    keep_receipts(project, PARAMS.year, [receipt])
    assert notes(assess_period(project, PARAMS, QUARTER)) == []
    path.unlink()
    keep_receipts(
        project, PARAMS.year, [receipt.model_copy(update={"received_on": date(2023, 8, 1)})]
    )
    city = assess_period(project, PARAMS, QUARTER)
    assert [f.found for f in city.findings if f.code == DIFFERS] == ["收件日期"]


def test_row_deleted_after_a_cancellation_stays_in_the_quarters_before(project: Path) -> None:
    """Cancelled from the third quarter: the two that were released would be made as they were."""
    cancelled = PlanChange.model_validate({
        "kind": "cancel", "from": 3, "task": "2023-002", "decision": "纪要", "reason": "取消",
    })  # fmt: skip
    params = PARAMS.model_copy(update={"changes": (cancelled,)})
    left = PLAN.restricted(frozenset(t.task_id for t in PLAN.tasks) - {"2023-002"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reporting.plan.read.read_plan", lambda root, params: left)
        city, second = (assess_period(project, params, quarter) for quarter in (QUARTER, 2))
    assert notes(city) == []
    assert city.rating("2023-002") is None
    assert second.editions == ()
    assert second.rating("2023-002") is not None


def cancelled(since: int) -> Params:
    """Give parameters by which a task was cancelled, written on line 70."""
    entry = {
        "kind": "cancel",
        "from": since,
        "task": "2023-002",
        "decision": "纪要",
        "reason": "因",
    }
    change = PlanChange.model_validate(entry).model_copy(update={"line": 70})
    return PARAMS.model_copy(update={"changes": (change,)})


def test_change_before_a_released_edition_is_refused(project: Path) -> None:
    """Two papers would contradict each other: neither pack, check nor sheets are made."""
    said = (
        "params/2023.yml 第70行的 changes 第1项（取消任务）自第一季度起，但第一季度已经发布，"
        "最后一版中没有这项调整：应自尚未发布的季度起，或者先重新生成已发布的季度，定版为下一版。"
    )
    with pytest.raises(UsageError, match=said):
        assess_period(project, cancelled(1), QUARTER)
    with pytest.raises(UsageError, match="自第二季度起，但第二季度已经发布"):
        read_before(project, cancelled(2), PLAN, QUARTER)
    city = assess_period(project, cancelled(3), QUARTER)
    assert "2023-002" not in {task.task_id for task in city.plan.tasks}


def test_change_that_an_edition_has_stands(project: Path) -> None:
    """The released quarter is made again with it, and is then what later ones refer to."""
    shutil.rmtree(project / "editions/2023/Q2")
    release(project, cancelled(2), 2)
    city = assess_period(project, cancelled(2), QUARTER)
    assert [one.since for one in city.adjustments] == [2]
