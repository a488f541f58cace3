"""The plan commands: what they print, write and return."""

import sys
from pathlib import Path

import pytest

from reporting import cli
from reporting.errors import InputRefused
from reporting.findings import Finding, Severity

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
