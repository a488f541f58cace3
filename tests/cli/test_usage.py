"""A wrong command line and a disk that refuses: one Chinese sentence, no English, no traceback."""

import errno
import re
from pathlib import Path

import pytest
import typer
from commanding import run_command

from reporting.cli.usage import run
from reporting.errors import ReportingError
from reporting.system.faults import said

INTEGERS = (
    "report --quarter", "sheets --quarter", "check --quarter", "release --quarter",
    "verify --quarter", "diff --quarter 3 --from", "report --quarter 3 --year",
    "report --quarter 3 --jobs", "why --quarter", "distribute --quarter",
    "export-edition --quarter 3 --edition",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("report -q 三", "选项 --quarter（-q）应为整数，收到的是“三”；用法见 reporting report"),
        ("report -q 3.5", "选项 --quarter（-q）应为整数，收到的是“3.5”；用法见 reporting report"),
        ("report -q=", "选项 --quarter（-q）应为整数，收到的是“=”；用法见 reporting report"),
        ("report", "缺少选项 --quarter（-q）；用法见 reporting report"),
        ("report -q", "选项 -q 后面缺少值；用法见 reporting"),
        ("report -q 3 --force=1", "选项 --force 不带值；用法见 reporting"),
        ("report -q 3 --fomat pdf",
         "没有选项 --fomat（相近的有 --format、--wait、--date）；用法见 reporting report"),
        ("verify -q 3 -x", "没有选项 -x；用法见 reporting verify"),
        ("report -q 3 三季度 甲", "多出了 三季度 甲，不知何意；用法见 reporting report"),
        ("receive -q 3", "缺少要处理的文件；用法见 reporting receive"),
        ("报告", "没有命令 报告；用法见 reporting"),
        ("--debug", "缺少命令；用法见 reporting"),
    ],
)  # fmt: skip
def test_wrong_word_is_one_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    done = run_command(tmp_path, *words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"错误：{sentence} --help。\n"


@pytest.mark.parametrize("words", INTEGERS)
def test_every_number_is_asked_for_in_chinese(tmp_path: Path, words: str) -> None:
    done = run_command(tmp_path, *words.split(), "第三季度")
    assert done.returncode == 2
    told = (
        "选项 --[a-z]+(（-[a-z]）)?应为整数，收到的是“第三季度”；用法见 reporting [a-z-]+ --help。"
    )
    assert re.fullmatch(f"错误：{told}\n", done.stderr)


@pytest.mark.parametrize(
    "words", ["report -q 3", "check -q 3", "verify -q 3", "backtest", "change"]
)
def test_wrong_folder_is_one_sentence(tmp_path: Path, words: str) -> None:
    done = run_command(tmp_path, *words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"错误：在 {tmp_path} 及其上级文件夹中找不到项目（应含 params 和 notebooks 文件夹），"
        "请用 --project 或者环境变量 REPORTING_PROJECT 指明项目文件夹。\n"
    )


def test_help_needs_no_error(tmp_path: Path) -> None:
    """Asked for, it is no fault; without any word it stands in for the command."""
    for words, code in (((), 2), (("--help",), 0), (("report", "--help"), 0)):
        done = run_command(tmp_path, *words)
        assert (done.returncode, done.stderr) == (code, "")
        assert "Usage" in done.stdout


def _refusing(error: BaseException) -> typer.Typer:
    app = typer.Typer()

    @app.command()
    def work() -> None:
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.EROFS, "Read-only file system", "outputs/x"),
         "文件不能读写：outputs/x：所在的磁盘是只读的。"),
        (OSError(errno.ENOSPC, "No space left on device"), "文件不能读写：磁盘空间不足。"),
        (PermissionError(errno.EACCES, "Permission denied", "d/.甲.xlsx.part", None, "d/甲.xlsx"),
         "文件不能读写：d/甲.xlsx：没有权限，或正被其他程序打开。"),
        (PermissionError(errno.EACCES, "Permission denied", "d/.甲.xlsx.part"),
         "文件不能读写：d/甲.xlsx：没有权限，或正被其他程序打开。"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "a"), "文件不能读写：a：路径太长。"),
        (OSError(999, "What is this"), "文件不能读写：系统错误 999。"),
        (OSError("no number"), "文件不能读写：系统错误 不明。"),
        (typer.Abort(), "已中断：没有得到回答。"),
        (EOFError(), "已中断：没有得到回答。"),
    ],
)  # fmt: skip
def test_refusal_of_the_system_is_one_sentence(
    error: BaseException, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["reporting"])
    with pytest.raises(ReportingError) as caught:
        run(_refusing(error))
    assert str(caught.value) == sentence
    assert caught.value.exit_code == 1


def test_windows_numbers_go_before_the_usual_ones() -> None:
    """32 and 206 come as errors without permission, or without a file, as well."""

    class WindowsError(OSError):
        winerror = 0

    held, long = (WindowsError(errno.EACCES, "used"), WindowsError(errno.ENOENT, "long"))
    held.winerror, long.winerror = 32, 206
    assert (said(held), said(long)) == ("文件正被其他程序打开", "路径太长")
