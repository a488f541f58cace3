"""What a year leaves open at its end, and what a new year takes along of it."""

from pathlib import Path

import pytest
from plan.builders import led, params
from typer.testing import CliRunner

from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.followup.carried import carried_over, year_end
from reporting.assess.values import Assessment
from reporting.assess.year_end import open_tasks
from reporting.cli import plan as plan_commands  # noqa: F401
from reporting.cli.app import app
from reporting.errors import UsageError
from reporting.grades import Grade
from reporting.plan.fit.carried import read_carried
from reporting.project.editions import ASSESSMENT, edition_folder
from reporting.project.params import read_params

IDS = [f"2023-00{n}" for n in (1, 2, 3)]


def city() -> Assessment:
    """End a year with one task done, one far behind and one of which nobody reported."""
    tasks = [task(number) for number in (1, 2, 3)]
    parts = [milestone(number, quarters=(4,)) for number in (1, 2, 3)]
    said = [
        row(Grade.DONE, "已完成。", task_id=IDS[0], milestone_id=f"{IDS[0]}-01", quarter=4),
        row(Grade.FAR_BEHIND, "未取得批复。", task_id=IDS[1], milestone_id=f"{IDS[1]}-01",
            quarter=4),
    ]  # fmt: skip
    return rated(plan(tasks, parts), *(returns(quarter=q) for q in (1, 2, 3)),
                 returns(said, quarter=4))  # fmt: skip


def test_what_is_neither_done_nor_on_schedule_is_carried() -> None:
    """With its last grade and reason; what was not told is no more settled than what lags."""
    carried = list(carried_over(city()))
    assert [(one.task_id, one.grade) for one in carried] == [
        (IDS[1], "严重滞后"), (IDS[2], "无法判定"),
    ]  # fmt: skip
    assert (carried[0].lead_units, carried[0].goal) == ((UNIT,), city().plan.task(IDS[1]).goal)
    assert carried[0].reason
    packed = [(item.task.task_id, "；".join(item.reasons)) for item in open_tasks(city())]
    assert [(one.task_id, one.reason) for one in carried] == packed


def test_year_that_was_not_released_has_nothing_to_carry_yet(tmp_path: Path) -> None:
    """Nobody knows before the last edition; the sentence names both ways on."""
    with pytest.raises(
        UsageError, match="2023年第四季度尚未定版，不能确定哪些任务须结转"
    ) as refused:
        year_end(tmp_path, 2023)
    assert "make release Q=4 YEAR=2023" in str(refused.value)


def test_new_year_goes_on_from_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command counts what it takes along, and the list is there to be read."""
    for name in ("params", "notebooks"):
        (tmp_path / name).mkdir()
    last = params(year=2023, aliases={"商务局": UNIT}).model_dump_json(exclude={"changes"})
    (tmp_path / "params/2023.yml").write_text(last, encoding="utf-8")
    found = city()
    folder = edition_folder(tmp_path, found.period, 1)
    folder.mkdir(parents=True)
    (folder / ASSESSMENT).write_text(found.model_dump_json(), encoding="utf-8")
    rows = [
        ("（1）实施甲行动。", "1. 新增企业100家。", "四季度，累计新增100家。", "张三", UNIT, "/")
    ]
    (tmp_path / "新.txt").write_text(led(rows), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    options = ["init", "--table", "新.txt", "--year", "2024", "--from", "2023"]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 0, result.output
    assert "沿用2023年：单位别名1个、词语0个、责任领导" in result.output
    assert "结转事项2项：data/2024/carried.csv（请逐项核对是否续办）" in result.output
    assert [one.task_id for one in read_carried(tmp_path, 2024)] == IDS[1:]
    assert read_params(tmp_path, 2024).people == found.plan.leaders
