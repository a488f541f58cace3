"""Clock, locale and folders of one computer or another: the pack is the same, and readable."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from publish.conftest import Project

from hostile.conftest import COMMAND, TOWN_WORDS, run, small_town
from reporting import kernels

ODD = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "",
    "HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none", "XDG_CONFIG_HOME": "/proc/none",
    "FONTCONFIG_FILE": "/proc/none", "FONTCONFIG_PATH": "/proc/none",
    "COLUMNS": "40", "TERM": "dumb", "PYTHONHASHSEED": "77",
}  # fmt: skip


def pack_of(root: Path) -> dict[str, bytes]:
    pack = root / "outputs/2023/Q1"
    found = (path for path in sorted(pack.rglob("*")) if path.is_file())
    return {path.relative_to(pack).as_posix(): path.read_bytes() for path in found}


def told(stdout: bytes) -> list[str]:
    """Give what was said, the time it took aside; reports may be done in any order."""
    lines = re.sub("用时[^秒]*秒", "", stdout.decode()).splitlines()
    return sorted(re.sub(r"^\[\d+/", "[/", line) for line in lines)


def test_pack_is_the_same_anywhere(published: Path, tmp_path: Path) -> None:
    """No locale, no home, no fonts of the system, a strict umask: the same bytes, and Chinese."""
    odd = small_town(tmp_path / "另一处" / "b c")
    before = os.umask(0o077)
    try:
        other = run(odd, TOWN_WORDS, environment=ODD, python=["-X", "utf8=0"])
    finally:
        os.umask(before)
    assert other.returncode == 0, other.stderr.decode()
    assert pack_of(odd) == pack_of(published)
    assert "市甲局.pdf" in " ".join(pack_of(published))
    assert "成果目录：outputs/2023/Q1/index.html" in other.stdout.decode()
    assert told(other.stdout) == told((published / "said").read_bytes())
    assert "[1/3]" in other.stdout.decode()
    assert b"\x1b" not in other.stdout
    assert "Traceback" not in other.stderr.decode()
    mode = (odd / "outputs/2023/Q1/index.html").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_open_network_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where notebooks cannot be kept off the network, each run that executes some says so."""
    monkeypatch.setattr(kernels, "network_state", lambda: "系统不允许断开网络（某原因）。")
    assert project.publish().remarks == ("系统不允许断开网络（某原因）。",)
    assert project.publish().remarks == ()
    monkeypatch.setattr(kernels, "network_state", lambda: kernels.CUT_OFF)
    assert project.publish(force=True).remarks == ()


@pytest.mark.parametrize("words", [["check", "--quarter", "9"], ["report", "--quarter", "9"]])
def test_messages_are_chinese_without_a_locale(words: list[str], tmp_path: Path) -> None:
    """A sentence comes out as it is, to a pipe, under LANG=C."""
    (tmp_path / "params").mkdir()
    (tmp_path / "notebooks").mkdir()
    done = run(tmp_path, words, environment=ODD, python=["-X", "utf8=0"])
    assert done.returncode == 2
    assert done.stderr.decode().startswith("错误：")
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.long
@pytest.mark.parametrize("words", [[], ["--verbose"]])
def test_reader_that_goes_away_is_no_fault(words: list[str], tmp_path: Path) -> None:
    """`reporting report … | head` publishes all the same, and says nothing of a pipe."""
    root = small_town(tmp_path / "town")
    reader, writer = os.pipe()
    os.close(reader)
    aside = subprocess.PIPE if not words else writer
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "report", "--quarter", "1", "--format", "html", *words],
        cwd=root, stdout=writer, stderr=aside, check=False,
    )  # fmt: skip
    os.close(writer)
    assert not done.stderr
    assert {"manifest.json", "units/市甲局.html"} <= pack_of(root).keys()
