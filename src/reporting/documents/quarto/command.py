"""The Quarto command: where it is, which version, and one quiet run of it."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

from reporting.errors import PublishError, UsageError

VARIABLE = "QUARTO_PATH"
OLDEST = (1, 6)
OLDEST_FOR_PDF = (1, 9)
"""The first Quarto with Typst 0.14, which the page's template needs."""
TESTED = "1.10"
_HOW = (
    "请从 https://quarto.org 下载安装 Quarto（1.9 及以上版本可生成全部格式），"
    f"或用环境变量 {VARIABLE} 指明它的位置；默认的 typst 渲染器不需要 Quarto"
)
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
_VERSION_SECONDS = 60


def find_quarto() -> Path:
    """Find the Quarto command: ``QUARTO_PATH`` first, then ``PATH``.

    ``QUARTO_PATH`` may be the command or the folder that holds it.

    Raises
    ------
    UsageError
        There is none, or it is older than 1.6; the sentence says how to get one.
    """
    command = _located()
    version = quarto_version(command)
    if version < OLDEST:
        raise UsageError(
            f"Quarto 版本过低：需要 {_dotted(OLDEST)} 及以上（已按 {TESTED} 测试），"
            f"{command} 是 {_dotted(version)}；{_HOW}。"
        )
    return command


def check_formats(command: Path, formats: Sequence[str]) -> None:
    """Refuse formats that the command is too old for.

    Raises
    ------
    UsageError
        PDF is wanted and the Typst that comes with this Quarto cannot set the page.
    """
    version = quarto_version(command)
    if "pdf" in formats and version < OLDEST_FOR_PDF:
        raise UsageError(
            f"生成 PDF 需要 Quarto {_dotted(OLDEST_FOR_PDF)} 及以上（内含 Typst 0.14），"
            f"{command} 是 {_dotted(version)}；{_HOW}。"
        )


def _located() -> Path:
    given = os.environ.get(VARIABLE)
    found = _given(given) if given else shutil.which("quarto")
    if found is None and given:
        raise UsageError(f"环境变量 {VARIABLE} 指向的“{given}”不是可以运行的 Quarto；{_HOW}。")
    if found is None:
        raise UsageError(f"找不到 quarto 命令；{_HOW}。")
    return Path(found).absolute()


def _given(place: str) -> str | None:
    if not Path(place).is_dir():
        return shutil.which(place)
    # A folder is a search path, so that the system's suffixes (.cmd, .exe) are tried.
    folders = os.pathsep.join([place, str(Path(place) / "bin")])
    return shutil.which("quarto", path=folders)


def quarto_version(command: Path) -> tuple[int, ...]:
    """Ask the command for its version, once a process for the same file."""
    return _version(str(command), command.stat().st_mtime_ns)


@lru_cache
def _version(command: str, changed: int) -> tuple[int, ...]:
    try:
        done = subprocess.run(
            [command, "--version"],
            capture_output=True,
            timeout=_VERSION_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"无法运行 {command}（{_reason(error)}）；{_HOW}。") from error
    found = re.search(r"^\s*(\d+)\.(\d+)(?:\.(\d+))?", plain_text(done.stdout), re.MULTILINE)
    if done.returncode or found is None:
        # What is wrong with an installation stands among the errors.
        said = [" ".join(plain_text(words).split()) for words in (done.stderr, done.stdout)]
        raise UsageError(
            f"{command} 没有报出版本号：应为 1.10.3 这样的一行，"
            f"得到“{next(filter(None, said), '')[:200]}”{_ended(done.returncode)}；{_HOW}。"
        )
    return tuple(int(part) for part in found.groups(default="0"))


def _ended(code: int) -> str:
    return f"（退出码 {code}）" if code else ""


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"{error.timeout:g} 秒内没有回答"
    return getattr(error, "strerror", None) or type(error).__name__


def plain_text(data: bytes) -> str:
    """Decode what a command printed, without colours and cursor movements."""
    return _ANSI.sub("", data.decode("utf-8", errors="replace")).replace("\r", "\n")


def run_quarto(
    command: Path, folder: Path, arguments: Sequence[str], *, epoch: int, timeout: float
) -> list[str]:
    """Run ``quarto render`` in a scratch folder; give the warnings of its log.

    Parameters
    ----------
    command : Path
    folder : Path
        The scratch project; nothing outside of it is written.
    arguments : sequence of str
        What follows ``quarto render``.
    epoch : int
        Seconds since 1970 that stand for the time in what is made.
    timeout : float
        Seconds.

    Raises
    ------
    PublishError
        Quarto failed, took too long or could not be started; the text is its own ``ERROR:``.
    """
    log = folder / "log.jsonl"
    line = [
        str(command), "render", *arguments,
        "--quiet", "--log", str(log), "--log-format", "json-stream",
    ]  # fmt: skip
    # Streams go to files: a program that Quarto left behind could hold a pipe open for ever.
    with tempfile.TemporaryFile(dir=folder) as out:
        code = _wait(_start(line, folder, epoch, out), timeout)
        out.seek(0)
        printed = plain_text(out.read())
    records = _records(log)
    if code:
        raise PublishError(f"Quarto 渲染失败（退出码 {code}）：{_fault(records, printed)}")
    return [words for level, words in records if level >= _WARNING]


def _start(
    line: Sequence[str], folder: Path, epoch: int, out: IO[bytes]
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            line,
            cwd=folder,
            env=_environment(folder, epoch),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        raise PublishError(f"无法运行 {line[0]}：{_reason(error)}。") from error


def _wait(process: "subprocess.Popen[bytes]", timeout: float) -> int:
    """Wait for the end; whatever ends the waiting, no process is left."""
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        raise PublishError(f"Quarto 在 {timeout:g} 秒内没有完成，已停止。") from None
    finally:
        # Also when interrupted: Quarto starts deno, pandoc and typst, which must not linger.
        _stop(process)


_WARNING, _ERROR = 30, 40
_LEVELS = {"DEBUG": 10, "INFO": 20, "WARN": 30, "WARNING": 30, "ERROR": 40, "CRITICAL": 50}


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _environment(folder: Path, epoch: int) -> Mapping[str, str]:
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        # Faces come from the folders that are named, not from what a computer happens to have.
        "TYPST_IGNORE_SYSTEM_FONTS": "true",
        "NO_COLOR": "1",
    }
    for name in ("TYPST_FONT_PATHS", "QUARTO_PROFILE", "QUARTO_LOG", "QUARTO_PDF_STANDARD"):
        environment.pop(name, None)
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or folder)
    if not os.access(home, os.W_OK):
        # Quarto keeps caches at home; where that cannot be written, the scratch folder serves.
        caches = {"HOME": ".", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "share"}
        environment |= {name: str(folder / part) for name, part in caches.items()}
    return environment


def _records(log: Path) -> list[tuple[int, str]]:
    """Read the log: a JSON object a line, with a level as number or name."""
    records = []
    text = plain_text(log.read_bytes()) if log.is_file() else ""
    for line in filter(str.strip, text.splitlines()):
        try:
            entry = json.loads(line)
            level = entry.get("level", entry.get("levelName", 0))
            words = entry.get("msg") or entry.get("message") or ""
        except (ValueError, AttributeError):
            level, words = 0, line
        if isinstance(level, str):
            level = _LEVELS.get(level.upper(), 0)
        records.append((int(level), _ANSI.sub("", str(words)).strip()))
    return records


def _fault(records: Sequence[tuple[int, str]], printed: str) -> str:
    """Choose the words that say what went wrong: the log's errors, else the ``ERROR:`` line."""
    said = [words for level, words in records if level >= _ERROR and words]
    if not said:
        said = [line for line in printed.splitlines() if line.startswith("ERROR:")]
    if not said:
        said = [line for line in printed.splitlines() if line.strip()][-3:]
    sentence = "；".join(" ".join(words.split()) for words in dict.fromkeys(said))
    return sentence.removeprefix("ERROR:").strip()[:600] or "没有说明原因"
