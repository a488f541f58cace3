"""The guide's chapter 年中变化: each of its steps is taken as written, in the chapter's order."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from plan.builders import Row, params, tabbed
from typer.testing import CliRunner

from reporting.cli import change, plan, returns  # noqa: F401
from reporting.cli.app import app
from reporting.errors import ReportingError
from reporting.plan.changes import plan_at
from reporting.plan.read import read_plan
from reporting.plan.values import Plan
from reporting.project.params import read_params
from reporting.project.register import State, read_register

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/user-guide.zh-CN.md").read_text(encoding="utf-8")
(CHAPTER,) = re.findall(r"^## \S+、年中变化\n(.*?)^## ", GUIDE, re.MULTILINE | re.DOTALL)
STEPS = re.findall(
    r"(?:`|^)((?:make|reporting|\.venv/bin/reporting) [^`\n]+)", CHAPTER, re.MULTILINE
)
"""Every command of the chapter, in its order."""

MAKE = {
    "make plan": "plan --out outputs/2023/plan",
    "make sheets": "sheets --quarter 3",
    "make sheets Q=4": "sheets --quarter 4",
    "make change </dev/null || true": "change",
}
"""What the targets call, as the Makefile has them with nothing given."""

RENAME = (
    ".venv/bin/reporting change --kind rename --from 4 --unit 市科技局 --to 市科技创新局 "
    "--decision 府办〔2023〕8号 --reason 机构改革"
)

ELSEWHERE = {
    "make release": "tests/release/test_editions.py",
    "make decide Q=3": "tests/returns/test_asked_again.py",
}
"""Commands that the chapter only speaks of, and where they are run with what it says of them."""


def rows(count: int = 50) -> list[Row]:
    """Write a table of as many tasks as the chapter's examples name, under the units they name."""
    made: list[Row] = []
    for number in range(1, count + 1):
        unit, leader = ("市甲局", "张三") if number % 2 == 0 else ("市科技局", "赵六")
        goal, schedule = f"办好第{number}号实事。", "三季度，完成选址。四季度，全部建成。"
        if number in (5, 6):
            goal = f"完成{'南' if number == 5 else '北'}环路改造，长{2 * number - 7}公里。"
            schedule = "一季度，开工。四季度，通车。"
        if number == 40:
            goal = "推动规上工业企业数字化转型800家。"
            schedule = "二季度，累计转型500家。四季度，累计转型800家。"
        made.append(("实施行动。" if number == 1 else "", goal, schedule, leader, unit, "/"))
    return made


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set up a project of that table, registered, to work in."""
    for name in ("params", "notebooks", "data/2023"):
        (tmp_path / name).mkdir(parents=True)
    days = read_params(ROOT, 2023).calendar
    year = params(year=2023, table="data/2023/table.txt", status="data/2023/status", calendar=days)
    text = yaml.safe_dump(year.model_dump(mode="json"), allow_unicode=True)
    (tmp_path / "params/2023.yml").write_text(text, encoding="utf-8")
    write_table(tmp_path, rows())
    monkeypatch.chdir(tmp_path)
    step("make plan")
    return tmp_path


def write_table(root: Path, table: list[Row]) -> None:
    (root / "data/2023/table.txt").write_text(tabbed(table), encoding="utf-8")


def step(command: str, *, typed: str = "", refused: str = "") -> str:
    """Take a step as the chapter writes it; gives what it said."""
    assert command in STEPS, f"the chapter does not say {command}"
    words = MAKE.get(command) or command.partition("reporting ")[2]
    result = CliRunner().invoke(app, shlex.split(words), input=typed)
    if refused:
        assert isinstance(result.exception, ReportingError), result.output
        assert refused in str(result.exception)
    else:
        assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def plan_now(root: Path) -> Plan:
    """Read the table as it stands."""
    return read_plan(root, read_params(root, 2023))


def leads(root: Path, task_id: str, quarter: int) -> tuple[str, ...]:
    """Give who leads a task in a quarter."""
    changes = read_params(root, 2023).changes
    return plan_at(plan_now(root), changes, quarter).task(task_id).lead_units


def test_every_command_of_the_chapter_is_taken_here() -> None:
    """A command that is added to the chapter asks for its step, or for where it is taken."""
    source = Path(__file__).read_text(encoding="utf-8")
    assert STEPS
    for command in STEPS:
        assert command in {*ELSEWHERE, RENAME} or f'step("{command}"' in source, command
    for command, path in ELSEWHERE.items():
        assert command in STEPS
        assert command.split()[1] in (ROOT / path).read_text(encoding="utf-8"), command


def test_changed_table_keeps_ids_and_a_doubt_is_decided(office: Path) -> None:
    """任务表改了: one road is left of two, in other words and in another place, on line 12."""
    table = rows()
    ring = ("", "完成环路改造，长4公里。", *table[4][2:])
    changed = [*table[:4], *table[6:12], ring, *table[12:]]
    write_table(office, changed)
    step("make plan", refused="任务表有1行与登记的任务相近")
    assert len(read_register(office, 2023) or ()) == 50
    step("reporting plan --same 2023-005=12 --out outputs/2023/plan")
    found = {task.goal: task.task_id for task in plan_now(office).tasks}
    assert (found["完成环路改造，长4公里。"], found["办好第50号实事。"]) == ("2023-005", "2023-050")
    gone = [one.task_id for one in read_register(office, 2023) or () if one.state is State.GONE]
    assert gone == ["2023-006"]


def test_what_went_out_is_kept(office: Path) -> None:
    """空白表已经发出，任务表又改了: what was asked stands beside the year's data."""
    step("make sheets")
    assert len(list((office / "data/2023/issued").glob("*.json"))) == 2


def test_change_is_asked_for(office: Path) -> None:
    """逐项回答: nobody answers, and nothing is written; somebody does, and one line is."""
    before = (office / "params/2023.yml").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["change"], input="").exit_code != 0
    assert (office / "params/2023.yml").read_text(encoding="utf-8") == before
    typed = "7\n4\n2023-048\n常务会纪要\n取消\ny\n"
    said = step("make change </dev/null || true", typed=typed)
    assert "涉及任务1项：2023-048" in said
    after = (office / "params/2023.yml").read_text(encoding="utf-8")
    assert "{kind: cancel, from: 4, task: 2023-048, decision: 常务会纪要, reason: 取消}" in after


def test_change_is_given_by_options_and_only_its_sheets_are_written_again(office: Path) -> None:
    """一次写完, then 只重写内容有变的空白表."""
    step("make sheets Q=4")
    said = step(RENAME)
    assert "须重新发出1份：市科技创新局；不再需要1份：市科技局" in said
    said = step("make sheets Q=4")
    assert "已写入空白报送表1份，另有1份与上次相同，没有重写" in said
    assert "已不再需要、已经删除的：市科技局.xlsx" in said
    assert leads(office, "2023-001", 3) == ("市科技局",)
    assert leads(office, "2023-001", 4) == ("市科技创新局",)


def test_example_of_the_chapter_holds_as_written(office: Path) -> None:
    """Each line of it from its own quarter on, and not before."""
    block = re.search(r"```yaml\n(changes:.*?)```", CHAPTER, re.DOTALL)
    assert block
    path = office / "params/2023.yml"
    text = path.read_text(encoding="utf-8").replace("changes: []\n", "")
    path.write_text(text + block[1], encoding="utf-8")
    step("make plan")
    changes = read_params(office, 2023).changes
    plans = {quarter: plan_at(plan_now(office), changes, quarter) for quarter in (1, 2, 3, 4)}
    assert [leads(office, "2023-002", q) for q in (1, 2)] == [("市甲局",), ("市乙局",)]
    assert [leads(office, "2023-012", q) for q in (1, 2, 3)] == [
        ("市甲局",), ("市乙局",), ("市丙局",),
    ]  # fmt: skip
    assert [plans[q].task("2023-002").leaders for q in (2, 3)] == [("张三",), ("李四",)]
    goals = [plans[q].targets_of("2023-040")[0].value for q in (2, 3)]
    assert goals == [800, 700]
    due = [plans[q].milestones_of("2023-041")[0].due_quarter for q in (2, 3)]
    assert due == [3, 4]
    there = ["2023-050" in {task.task_id for task in plans[q].tasks} for q in (1, 2)]
    assert there == [True, False]


def test_wrong_example_is_named_by_its_line(office: Path) -> None:
    """写错了: the move is written under the name that the unit had before."""
    path = office / "params/2023.yml"
    text = path.read_text(encoding="utf-8").replace("changes: []\n", "")
    common = "decision: 纪要, reason: 因}"
    entries = [
        f"  - {{kind: rename, from: 2, unit: 市甲局, to: 市乙局, {common}",
        f"  - {{kind: move, from: 3, task: 2023-012, unit: 市甲局, to: 市丙局, {common}",
    ]
    path.write_text(text + "\n".join(["changes:", *entries, ""]), encoding="utf-8")
    line = text.count("\n") + 3
    step("make plan", refused=f"第1项（第{line - 1}行）和第2项（第{line}行）互相矛盾")
