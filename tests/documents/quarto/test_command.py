"""Finding the Quarto command, and what is said where there is none."""

from pathlib import Path

import pytest

from documents.quarto.conftest import StandIn
from documents.sample import Notebook
from reporting.documents.quarto import find_quarto, render
from reporting.errors import UsageError


def test_variable_comes_before_path(
    stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QUARTO_PATH names the command or its folder; PATH serves without it."""
    assert find_quarto() == stand_in.command
    monkeypatch.setenv("QUARTO_PATH", str(stand_in.command.parent))
    assert find_quarto() == stand_in.command
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path))
    assert find_quarto() == stand_in.command
    monkeypatch.delenv("QUARTO_PATH")
    monkeypatch.setenv("PATH", str(stand_in.command.parent), prepend=":")
    assert find_quarto() == stand_in.command


def test_absent_quarto_is_one_sentence(
    sample: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says how to get Quarto, and that the default does not need it."""
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as caught:
        render(sample, ["html"])
    assert str(caught.value) == (
        "找不到 quarto 命令；请从 https://quarto.org 下载安装 Quarto"
        "（1.9 及以上版本可生成全部格式），或用环境变量 QUARTO_PATH 指明它的位置；"
        "默认的 typst 渲染器不需要 Quarto。"
    )
    assert caught.value.exit_code == 2


def test_wrong_variable_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A QUARTO_PATH that leads nowhere is not passed over."""
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "gone"))
    with pytest.raises(UsageError, match=r"QUARTO_PATH 指向的“.*gone”不是可以运行的 Quarto；"):
        find_quarto()


@pytest.mark.parametrize(
    ("version", "formats", "sentence"),
    [
        ("1.5.57", ["html"], "Quarto 版本过低：需要 1.6 及以上（已按 1.10 测试），.* 是 1.5.57；"),
        ("1.8.1", ["html", "pdf"], "生成 PDF 需要 Quarto 1.9 及以上（内含 Typst 0.14），.*1.8.1；"),
        ("oops", ["html"], "没有报出版本号：应为 1.10.3 这样的一行，得到“oops”；"),
    ],
)
def test_old_version_is_refused(
    version: str, formats: list[str], sentence: str, sample: Notebook, stand_in: StandIn
) -> None:
    """Numbers are compared as numbers: 1.10 is newer than 1.9."""
    stand_in.be(version=version)
    with pytest.raises(UsageError, match=sentence):
        render(sample, formats)
    assert stand_in.calls == []


def test_failing_version_says_what_quarto_said(stand_in: StandIn) -> None:
    """An installation that does not run tells why on its error stream, which is passed on."""
    stand_in.be("broken")
    with pytest.raises(UsageError) as caught:
        find_quarto()
    assert "得到“ERROR: deno: version GLIBC_2.38 not found”（退出码 1）；请从" in str(caught.value)


def test_older_version_makes_html(sample: Notebook, stand_in: StandIn) -> None:
    """Quarto 1.6 has a Typst too old for the page, but makes the other formats."""
    stand_in.be(version="1.6.40\n")
    assert list(render(sample, ["html"])) == ["html"]
