"""The command: options, summary, exit codes, one sentence for what is wrong."""

import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project
from reporting.cli import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run ``reporting report`` in the project; gives exit code, output, errors."""
    monkeypatch.chdir(project.root)

    def run(*arguments: str) -> tuple[int, str, str]:
        project.made.clear()
        monkeypatch.setattr(sys, "argv", ["reporting", "report", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return run


def test_summary_of_a_whole_pack(command: Command) -> None:
    """Lines for each report off a terminal, then what was made and where."""
    code, out, _ = command("--quarter", "3")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "[1/5] 通报 已生成"
    assert lines[5].startswith("2023年第三季度材料：新生成5份，沿用0份，用时")
    assert lines[-1] == "成果目录：outputs/2023/Q3/index.html"


def test_failure_is_told_and_exits_1(command: Command, project: Project) -> None:
    project.failing = {f"unit/{UNIT}"}
    code, out, _ = command("--quarter", "3")
    assert code == 1
    assert "新生成4份，沿用0份，未生成1份" in out
    kept = f".reporting/failed/2023Q3/units/{UNIT}.ipynb"
    assert f"未生成 {UNIT}：第3格出错。出错的 notebook 保存在 {kept}。" in out
    assert "详细记录：.reporting/log/" in out


def test_dry_run_lists_reasons_and_makes_nothing(command: Command, project: Project) -> None:
    command("--quarter", "3", "--unit", UNIT)
    code, out, _ = command("--quarter", "3", "--dry-run")
    assert code == 0
    assert out.splitlines() == [
        "生成　通报　新增", "生成　张三　新增", "生成　李四　新增",
        f"沿用　{UNIT}　未变", f"生成　{OTHER}　新增",
        "共5份：将生成4份，沿用1份。",
    ]  # fmt: skip
    assert project.made == []


def test_selection_and_formats(command: Command, project: Project) -> None:
    code, _, _ = command(
        "--quarter", "3", "--unit", UNIT, "--leader", "李四", "--format", "html"
    )  # fmt: skip
    assert code == 0
    assert project.made == ["leader/李四", f"unit/{UNIT}"]
    assert not [name for name in project.files() if name.endswith(".pdf")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-q", "5"), "错误：季度应为 1、2、3 或 4，收到的是“5”。\n"),
        (("-q", "3", "--unit", "市商务厅"), "错误：没有牵头单位“市商务厅”，相近的有：市商务局。\n"),
        (("-q", "3", "--year", "1999"), "错误：没有1999年的参数文件"),
        (("-q", "3", "--format", "odt"), "错误：格式应为 html、pdf、docx、pptx、xlsx 之一"),
    ],
)
def test_wrong_usage_is_one_sentence(
    command: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_verbose_prints_the_log(command: Command) -> None:
    _, out, err = command("--quarter", "3", "--verbose")
    assert '"step": "made"' in err
    assert "[1/5]" not in out


def test_interruption_is_a_sentence(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reporting.publish.run.publish", interrupted)
    code, _, err = command("--quarter", "3")
    assert code == 130
    assert err == "已中断；已生成的报告留待下次直接使用，重新运行同一命令即可完成。\n"


def test_missing_round_is_told(command: Command, project: Project) -> None:
    """Without a folder of the quarter nobody has reported; the summary says so."""
    shutil.rmtree(project.root / "data/2023/status/Q2")
    code, out, _ = command("--quarter", "3")
    assert code == 0
    assert "没有第2季度的报送文件夹 data/2023/status/Q2，该季度全部按未报送处理。" in out


LEAVING = """
import atexit, os, signal
from reporting.cli import main
atexit.register(os.kill, os.getpid(), signal.SIGINT)
main()
"""


def test_interrupt_after_all_is_done_changes_nothing() -> None:
    """Ctrl-C while Python takes itself down: the exit code is that of the command."""
    for words, code in (["--help"], 0), (["report", "-q", "9"], 2):
        done = subprocess.run(
            [sys.executable, "-c", LEAVING, *words], capture_output=True, encoding="utf-8"
        )
        assert done.returncode == code, done.stderr
        assert "KeyboardInterrupt" not in done.stderr
