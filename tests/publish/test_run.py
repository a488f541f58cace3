"""A run: whole or not at all, one at a time, and what fails fails alone."""

import errno
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project, inline_pool, small_city
from reporting.assess.values import Assessment
from reporting.errors import Busy, PublishError, UsageError
from reporting.periods import Period
from reporting.project.params import Params
from reporting.project.roots import STATE
from reporting.publish.locks import claims_of, holding
from reporting.publish.pool.workers import Job, Made, make_report


def test_limits_reach_the_notebook_and_no_report_is_made_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed report is made under wider bounds; those that stand stay."""
    project.failing = {f"unit/{UNIT}"}
    project.publish(formats=("html",))
    path = project.root / "params/2023.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nlimits: {{minutes: 30, memory_gb: 3}}\n", encoding="utf-8")
    project.failing = set()
    project.publish(formats=("html",))
    assert project.made == [f"unit/{UNIT}"]
    bounds: dict[str, Any] = {}
    monkeypatch.setattr(
        "reporting.publish.pool.execute.execute_notebook",
        lambda *_, **given: bounds.update(given) or {"cells": []},
    )
    make_report(project.jobs[f"unit/{UNIT}"])
    assert (bounds["timeout"], bounds["memory_bytes"]) == (1800, 3 << 30)


def test_failing_report_fails_alone(project: Project) -> None:
    """The rest stands; index and manifest say what is missing and why; the notebook is kept."""
    project.failing = {f"unit/{UNIT}"}
    outcome = project.publish()
    assert outcome.exit_code == 1
    failure = outcome.failures[0]
    assert (failure.report_id, failure.error) == (f"unit/{UNIT}", "第3格出错。")
    assert failure.kept == f".reporting/failed/2023Q3/units/{UNIT}.ipynb"
    assert (project.root / failure.kept).read_bytes() == b"{}"
    files = project.files()
    assert not [name for name in files if UNIT in name]
    assert f"units/{OTHER}.html" in files
    assert f"<li>{UNIT}：第3格出错。</li>" in files["index.html"].decode()
    # The masthead calls the paper 通报; so does the page that leads to it.
    assert "全市通报" in files["index.html"].decode()
    assert "简报" not in files["index.html"].decode()
    told = {r["report_id"]: r for r in project.manifest["reports"]}
    assert told[f"unit/{UNIT}"]["state"] == "failed"
    assert told[f"unit/{UNIT}"]["error"] == "第3格出错。"
    assert told[f"unit/{UNIT}"]["artifacts"] == []


def test_failed_report_takes_its_old_artifacts_along(project: Project) -> None:
    """A report of yesterday's data does not stand for today's, even without a manifest."""
    project.publish()
    (project.pack / "manifest.json").unlink()
    project.say(UNIT, "召开协调会4次。")
    project.failing = {f"unit/{UNIT}"}
    project.publish()
    assert not [name for name in project.files() if UNIT in name]


def test_next_run_tries_what_failed_again(project: Project) -> None:
    project.failing = {f"unit/{UNIT}"}
    project.publish()
    project.failing = set()
    outcome = project.publish()
    assert project.made == [f"unit/{UNIT}"]
    assert outcome.exit_code == 0
    assert f"units/{UNIT}.html" in project.files()
    assert not list((project.root / ".reporting/failed").rglob("*.ipynb"))


def test_part_of_an_unchanged_pack_changes_no_byte(project: Project) -> None:
    """The front page and the manifest tell nothing of the way they were come by."""
    project.publish()
    before = project.files()
    project.publish(units=(UNIT,))
    assert project.files() == before


def test_part_of_the_pack_leaves_the_rest(project: Project) -> None:
    """One unit's report is made; the others stand, and those whose data moved on say so."""
    project.publish()
    before = project.files()
    project.say(UNIT, "召开协调会4次。")
    project.publish(units=(UNIT,))
    assert project.made == [f"unit/{UNIT}"]
    after = project.files()
    changed = {name for name in after if after[name] != before.get(name)}
    own = {f"units/{UNIT}.html", f"units/{UNIT}.pdf", f"notebooks/units/{UNIT}.ipynb"}
    assert changed == own | {"index.html", "manifest.json"}
    states = {r["report_id"]: r["state"] for r in project.manifest["reports"]}
    assert states == {
        "briefing": "outdated", "leader/张三": "outdated", "leader/李四": "made",
        f"unit/{UNIT}": "made", f"unit/{OTHER}": "made",
    }  # fmt: skip
    assert "数据已更新，本份待重新生成" in after["index.html"].decode()


def test_first_part_of_a_pack_stands_alone(project: Project) -> None:
    project.publish(units=(UNIT,))
    assert set(project.files()) == {
        "index.html", "manifest.json", f"notebooks/units/{UNIT}.ipynb",
        f"units/{UNIT}.html", f"units/{UNIT}.pdf",
    }  # fmt: skip


def test_parts_add_up_to_the_whole(project: Project) -> None:
    """Unit by unit or all at once, the pack is the same."""
    project.publish(units=(UNIT,))
    project.publish(leaders=("张三",))
    project.publish()
    parts = project.files()
    project.publish(force=True)
    assert project.files() == parts


def test_report_without_a_subject_is_removed(project: Project) -> None:
    """Files that the last manifest lists and this one does not are gone; others stay."""
    project.publish(formats=("html", "pdf", "docx", "xlsx"))
    (project.pack / "units/给领导的话.docx").write_bytes(b"mine")
    (project.pack / "sheets").mkdir()
    (project.pack / "sheets/blank.xlsx").write_bytes(b"blank")
    project.publish(formats=("html",))
    files = project.files()
    assert not [n for n in files if n.endswith((".pdf", ".docx")) and n != "units/给领导的话.docx"]
    assert files["units/给领导的话.docx"] == b"mine"
    assert files["sheets/blank.xlsx"] == b"blank"
    assert "data/annex.xlsx" not in files
    assert "data/tasks.csv" in files


def test_full_disk_leaves_the_last_pack(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one file of the pack is touched when the last cannot be written."""
    project.publish()
    before = project.files()
    project.say(UNIT, "召开协调会4次。")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.parent.name == ".staging" and path.name == "5":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PublishError, match=r"磁盘空间不足，写入 .* 时中断；原有成果未动"):
        project.publish()
    assert project.files() == before
    monkeypatch.undo()


def test_full_disk_in_the_store_is_a_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PublishError, match="磁盘空间不足"):
        project.publish()
    assert not project.pack.exists()


def test_interrupted_run_resumes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made before Ctrl-C is not made again; the pack appears whole."""
    work = project.work

    def interrupted(job: Job) -> Made:
        if len(project.made) == 3:
            raise KeyboardInterrupt
        return work(job)

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(interrupted))
    with pytest.raises(KeyboardInterrupt):
        project.publish()
    assert not project.pack.exists()
    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(work))
    project.publish()
    assert project.made == [f"unit/{UNIT}", f"unit/{OTHER}"]


def test_leavings_of_a_killed_run_are_cleared(project: Project) -> None:
    project.publish()
    before = project.files()
    (project.pack / ".staging").mkdir()
    (project.pack / ".staging/3").write_bytes(b"half")
    (project.pack / f"units/{UNIT}.html").unlink()
    project.publish()
    assert project.files() == before


def test_second_run_at_once_is_refused(project: Project) -> None:
    busy = "另一个过程正在生成2023年第三季度材料或者为其定版，请等它结束后再运行"
    third = Period(year=2023, quarter=3)
    with (
        holding(project.root / STATE, claims_of(third, project.pack)),
        pytest.raises(Busy, match=busy),
    ):
        project.publish()
    assert not project.pack.exists()


def test_results_that_differ_are_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal inputs and other bytes: nobody should have to find that out alone."""
    project.publish()
    work = project.work

    def restless(job: Job) -> Made:
        made = work(job)
        if job.report_id == "briefing":
            made.artifacts["html"] += b" "
        return made

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(restless))
    outcome = project.publish(force=True)
    assert outcome.remarks == ("briefing 两次生成的结果不同，请查看日志。",)


def test_log_tells_every_step(project: Project) -> None:
    """One JSON line a step, with durations, outside the pack."""
    project.failing = {f"unit/{UNIT}"}
    outcome = project.publish()
    assert outcome.log.parent == project.root / ".reporting/log"
    lines = [json.loads(line) for line in outcome.log.read_text(encoding="utf-8").splitlines()]
    steps = [line["step"] for line in lines]
    assert steps[0] == "resolve"
    assert steps[-3:] == ["assemble", "year", "end"]
    assert steps.count("made") == 5
    failed = next(line for line in lines if line.get("error"))
    assert failed["id"] == f"unit/{UNIT}"
    assert lines[0]["seconds"] >= 0
    assert lines[-1]["failed"] == 1


def test_output_elsewhere(project: Project, tmp_path: Path) -> None:
    """Another folder gets the same pack, from the store."""
    project.publish()
    project.publish(output=tmp_path / "elsewhere")
    assert project.made == []
    found = {
        path.relative_to(tmp_path / "elsewhere").as_posix(): path.read_bytes()
        for path in (tmp_path / "elsewhere").rglob("*")
        if path.is_file()
    }
    assert found == project.files()


def test_input_changed_while_it_was_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet saved in the middle of reading is not mixed into the pack."""

    def disturbed(root: Path, params: Params, quarter: int, **_: object) -> Assessment:
        city = small_city(root, params, quarter)
        project.say(UNIT, "召开协调会9次。")
        return city

    monkeypatch.setattr(sys.modules["reporting.pipeline"], "assess_period", disturbed)
    with pytest.raises(UsageError, match="读取期间输入文件被改动"):
        project.publish()
