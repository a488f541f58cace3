"""The project that is worked on: named by an option or a variable, else the one around."""

import warnings
from pathlib import Path

import pytest
from commanding import run_command

from reporting.errors import UsageError
from reporting.notebook import load
from reporting.project.roots import VARIABLE, choose_project, find_root


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start with nothing named."""
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def offices(tmp_path: Path) -> dict[str, Path]:
    """Make two offices side by side, whose parameters tell them apart, and a folder of neither."""
    made = {name: tmp_path / name for name in ("甲", "乙", "elsewhere")}
    made["elsewhere"].mkdir()
    for name in ("甲", "乙"):
        (made[name] / "notebooks").mkdir(parents=True)
        (made[name] / "params").mkdir()
        (made[name] / "params/2023.yml").write_text(f"{name}: 1\n", encoding="utf-8")
    return made


def office_of(folder: Path, *arguments: str) -> str:
    """Say whose parameters a command has read, by the field that it finds in them."""
    done = run_command(folder, *arguments)
    assert done.returncode == 2, done.stdout
    return next((name for name in ("甲", "乙") if f"第1行的 {name}：" in done.stderr), done.stderr)


COMMANDS = (
    ("plan",), ("params", "--check"), ("sheets", "-q", "3"), ("check", "-q", "3"),
    ("decide", "-q", "3"), ("receive", "-q", "3", "--received", "2023-10-01", "x.xlsx"),
    ("report", "-q", "3"), ("release", "-q", "3"), ("verify", "-q", "3"),
    ("export-edition", "-q", "3"), ("diff", "-q", "3", "--from", "1"), ("distribute", "-q", "3"),
    ("why", "-q", "3", "-t", "1"),
    ("change", "--kind", "rename", "--from", "3", "--unit", "a", "--to", "b"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_takes_its_project(
    command: tuple[str, ...], offices: dict[str, Path]
) -> None:
    """Before the subcommand and after it, from a folder that is no project."""
    here, project = offices["elsewhere"], ("--project", str(offices["乙"]))
    assert office_of(here, *project, *command) == "乙"
    assert office_of(here, *command, "--project", "../甲") == "甲"


def test_named_project_wins_over_the_variable_and_it_over_the_folder(
    offices: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the variable leads away from the project around, a line says so."""
    command = ("params", "--check")
    assert office_of(offices["甲"], *command) == "甲"
    monkeypatch.setenv(VARIABLE, str(offices["乙"]))
    said = run_command(offices["甲"], *command).stderr
    assert "第1行的 乙：" in said
    assert f"指定的项目是 {offices['乙']}，不是当前所在的 {offices['甲']}。" in said
    for folder in ("elsewhere", "乙"):
        assert "提示" not in run_command(offices[folder], *command).stderr
    said = run_command(offices["甲"], "--project", "../甲", *command).stderr
    assert "第1行的 甲：" in said
    assert "提示" not in said
    monkeypatch.setenv(VARIABLE, "")
    assert office_of(offices["甲"], *command) == "甲"


def test_choice_ends_with_the_command(offices: dict[str, Path]) -> None:
    """The next one in the same process looks around again."""
    office_of(offices["elsewhere"], "--project", str(offices["乙"]), "params", "--check")
    assert office_of(offices["甲"], "params", "--check") == "甲"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--project", "elsewhere"), "--project 指定的 {here}/elsewhere 不是项目文件夹"),
        (("--project", "gone"), "--project 指定的 {here}/gone 不是项目文件夹"),
        (("--project", "甲/params"), "--project 指定的 {here}/甲/params 不是项目文件夹"),
        (("--project", "甲/params/2023.yml"), "/甲/params/2023.yml 不是项目文件夹"),
        (("--project", ""), "--project 应写项目文件夹，实际是空的。"),
        ((), "在 {here} 及其上级文件夹中找不到项目"),
    ],
)
def test_what_is_no_project_is_refused_in_a_sentence(
    arguments: tuple[str, ...], said: str, offices: dict[str, Path]
) -> None:
    """Exit 2, one line, no traceback; whichever side of the subcommand."""
    here = offices["甲"].parent
    for line in ((*arguments, "params", "--check"), ("params", "--check", *arguments)):
        done = run_command(here, *line)
        assert done.returncode == 2
        assert done.stderr.startswith("错误：")
        assert said.format(here=here) in done.stderr
        assert done.stderr.count("\n") == 1


def test_two_projects_at_once_are_refused(offices: dict[str, Path]) -> None:
    """Nobody knows which was meant."""
    here, line = offices["甲"].parent, ("--project", "甲", "params", "--check", "--project")
    assert "写了两个不同的文件夹：“甲”和“乙”" in run_command(here, *line, "乙").stderr
    assert office_of(here, *line, "甲") == "甲"


def test_load_finds_the_project_by_the_variable(
    offices: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a notebook does that was copied into a folder of a scheduler's; without it, by its own."""
    monkeypatch.chdir(offices["elsewhere"])
    with pytest.raises(UsageError, match=VARIABLE):
        load(2023, 3)
    monkeypatch.setenv(VARIABLE, str(offices["乙"]))
    with pytest.raises(UsageError, match="第1行的 乙："):
        load(2023, 3)
    monkeypatch.chdir(offices["甲"] / "notebooks")
    with (
        pytest.warns(UserWarning, match="不是当前所在的"),
        pytest.raises(UsageError, match="第1行的 乙："),
    ):
        load(2023, 3)
    monkeypatch.delenv(VARIABLE)
    with warnings.catch_warnings(), pytest.raises(UsageError, match="第1行的 甲："):
        load(2023, 3)


def test_where_to_look_from_is_not_overruled(
    offices: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What asks for a folder's own project gets it, whatever is named."""
    monkeypatch.setenv(VARIABLE, str(offices["乙"]))
    assert find_root(offices["甲"] / "params") == offices["甲"]
    choose_project("")
    try:
        assert find_root(offices["甲"]) == offices["甲"]
    finally:
        choose_project(None)
