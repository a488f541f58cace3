"""The plan commands: what they print, write and return."""

import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting import cli
from reporting.errors import InputRefused
from reporting.findings import Finding, Severity
from reporting.plan.checklist.layout import SIGNER_CELL

from .builders import ROOT, led

ROW = (
    "（1）实施甲行动。",
    "1. 新增企业100家。",
    "一季度，启动。四季度，累计新增100家。",
    "张三",
    "市商务局、市财政局",
    "市科技局",
)
FILES = [
    "checks.csv", "corrections.csv", "findings.csv", "milestones.csv", "quality.html",
    "targets.csv", "tasks.csv", "units.csv", "核对表.xlsx",
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the parameters of 2023 and its own table, to work in."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "params").mkdir()
    text = (ROOT / "params" / "2023.yml").read_text(encoding="utf-8")
    (tmp_path / "params" / "2023.yml").write_text(text, encoding="utf-8")
    (tmp_path / "data" / "2023").mkdir(parents=True)
    table = led([ROW, ("", *ROW[1:3], "", "市商务局", "/")])
    (tmp_path / "data" / "2023" / "task_table.txt").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command as a shell does, and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["reporting", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    code = stopped.value.code
    return code if isinstance(code, int) else 0


def test_plan_writes_its_files_and_a_summary(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine files, counts in Chinese, findings by code; twice the same bytes."""
    assert run("plan", "--out", "甲", monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert "2023年任务分解表：任务2项、节点4个、指标" in said
    assert "单位3个（牵头2个）；发现错误0处" in said
    assert "  ○ 说明 无责任领导 PLAN-LEADER-NONE 1处" in said
    assert said.rstrip().splitlines()[-1].startswith("已写入 甲：tasks.csv、")
    assert sorted(path.name for path in (project / "甲").iterdir()) == FILES
    assert run("plan", "--out", "乙", monkeypatch=monkeypatch) == 0
    for name in FILES:
        assert (project / "甲" / name).read_bytes() == (project / "乙" / name).read_bytes()
    assert str(project) not in (project / "甲" / "quality.html").read_text(encoding="utf-8")


def test_plan_reads_another_table(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--table names a file from the folder worked in."""
    (project / "别.txt").write_text(led([ROW]), encoding="utf-8")
    assert run("plan", "--table", "别.txt", "--out", "o", monkeypatch=monkeypatch) == 0
    assert "任务1项" in capsys.readouterr().out


def test_refusal_is_exit_2_with_its_findings(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Findings first, then one sentence, no traceback; nothing is written."""

    def refuse(*_: object, **__: object) -> None:
        noticed = Finding(
            code="PLAN-ROW-CELLS", severity=Severity.ERROR, file="表.txt", line=3,
            message="该行应有6格，实有5格。",
        )  # fmt: skip
        raise InputRefused("表.txt：应有表头，实际没有。", [noticed])

    monkeypatch.setattr("reporting.plan.read.read_checked", refuse)
    assert run("plan", "--out", "o", monkeypatch=monkeypatch) == 2
    output = capsys.readouterr()
    assert output.err.splitlines() == [
        "错误 表.txt第3行 PLAN-ROW-CELLS：该行应有6格，实有5格。",
        "错误：表.txt：应有表头，实际没有。",
    ]
    assert output.out == ""
    assert not (project / "o").exists()


def test_table_that_is_none_is_refused_in_one_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file without a table: exit 2, one line that names the file."""
    (project / "坏.txt").write_text("只有一行字", encoding="utf-8")
    assert run("plan", "--table", "坏.txt", "--out", "o", monkeypatch=monkeypatch) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("错误：坏.txt")
    assert not (project / "o").exists()


def test_init_says_what_it_made_and_does_not_do_it_twice(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The city is that of the last year; a second time is refused."""
    (project / "新.txt").write_text(led([ROW]), encoding="utf-8")
    arguments = ("init", "--table", "新.txt", "--year", "2024")
    assert run(*arguments, monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert "2024年任务分解表：任务1项" in said
    assert "参数文件：params/2024.yml" in said
    assert "city: 东莞市" in (project / "params" / "2024.yml").read_text(encoding="utf-8")
    assert run(*arguments, monkeypatch=monkeypatch) == 2
    assert capsys.readouterr().err.startswith(
        "错误：不覆盖已有内容：2024年应尚未建立，但已有 params"
    )
    assert run("plan", "--year", "2024", "--out", "o", monkeypatch=monkeypatch) == 0
    for name in FILES:
        again = (project / "outputs" / "2024" / "plan" / name).read_bytes()
        assert (project / "o" / name).read_bytes() == again


def inodes(folder: Path) -> dict[str, int]:
    """Tell which file stands at each name: one that is written again is another."""
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


def test_plan_of_unchanged_inputs_is_not_written_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first run makes the register; from the second on the files stand and the words too."""
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    *said, last = capsys.readouterr().out.rstrip().splitlines()[-5:]
    assert last.startswith("已写入 甲：tasks.csv、")
    before = inodes(project / "甲")
    assert run("plan", "--out", "甲", monkeypatch=monkeypatch) == 0
    *again, last = capsys.readouterr().out.rstrip().splitlines()[-5:]
    assert again == said
    assert last == "甲 中的文件未重写：原表、参数、核对内容和程序都没有变化。"
    assert inodes(project / "甲") == before


@pytest.mark.parametrize(
    "change",
    ["table", "params", "missing", "edited", "kept", "register", "carried", "decided", "program"],
)
def test_plan_of_anything_changed_is_written_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    """Whatever the plan is read from, and each file that it wrote, counts."""
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    capsys.readouterr()
    arguments: list[str] = []
    data = project / "data" / "2023"
    if change == "table":
        with (data / "task_table.txt").open("a", encoding="utf-8") as file:
            file.write("\n")
    elif change == "params":
        with (project / "params" / "2023.yml").open("a", encoding="utf-8") as file:
            file.write("\n# 说明\n")
    elif change == "missing":
        (project / "甲" / "quality.html").unlink()
    elif change == "edited":
        (project / "甲" / "tasks.csv").write_text("改", encoding="utf-8")
    elif change == "kept":
        (data / "核对表.xlsx").write_bytes((project / "甲" / "核对表.xlsx").read_bytes())
    elif change == "register":
        (data / "tasks.csv").unlink()
    elif change == "carried":
        header = "task_id,goal,lead_units,leaders,grade,reason\n"
        (data / "carried.csv").write_text(header, encoding="utf-8-sig")
    elif change == "decided":
        arguments = ["--same", "2023-001=8", "--same", "2023-002=15"]
    else:
        monkeypatch.setattr("reporting.publish.remembered.planned.package_hash", lambda _: "另一版")
    assert run("plan", "--out", "甲", *arguments, monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith("已写入 甲：")
    assert sorted(path.name for path in (project / "甲").iterdir()) == FILES


def test_what_changes_while_it_is_read_is_not_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table saved during the run is read by the next one."""
    from reporting.plan import write

    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    written = write.write_plan
    table = project / "data" / "2023" / "task_table.txt"

    def meanwhile(*arguments: Any) -> tuple[Path, ...]:
        bridges = ("", "2. 修缮危桥3座。", "四季度，完工。", "", "市交通局", "/")
        same = ("", *ROW[1:3], "", "市商务局", "/")
        table.write_text(led([ROW, same, bridges]), encoding="utf-8")
        return written(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(write, "write_plan", meanwhile)
        run("plan", "--out", "甲", monkeypatch=monkeypatch)
    capsys.readouterr()
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    assert "任务3项" in capsys.readouterr().out


def test_a_filled_checklist_is_received_after_a_run_that_wrote_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person typed is another file than the one that was written."""
    for _ in range(3):
        run("plan", "--out", "甲", monkeypatch=monkeypatch)
    assert "未重写" in capsys.readouterr().out
    path = project / "甲" / "核对表.xlsx"
    book = load_workbook(path)
    book["说明"].cell(*SIGNER_CELL).value = "周某"
    book.save(path)
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    assert "已收到 甲/核对表.xlsx 中填写的核对内容" in capsys.readouterr().out
    assert (project / "data" / "2023" / "核对表.xlsx").is_file()
    run("plan", "--out", "甲", monkeypatch=monkeypatch)
    assert load_workbook(path)["说明"].cell(*SIGNER_CELL).value == "周某"
